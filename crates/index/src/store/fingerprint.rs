//! Fingerprints, by which a refresh sees without reading a file that it has not changed.

use std::fs::Metadata;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// Size, times and number of a file.
///
/// Size and time of writing alone do not tell two files apart that exchange names, or a file from the one that
/// `cp -p` copied over it: programs set the time of writing as they like. The time of status change cannot be set, and
/// changes with content, times, permissions and, on most file systems, names. It is not that of a file whose folder is
/// renamed, so the number is compared too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    /// In bytes.
    pub(crate) size: u64,
    /// When the file was last written: nanoseconds since 1970.
    pub(super) modified: i64,
    /// When the file's status last changed: nanoseconds since 1970; 0 on systems without this time.
    pub(super) changed: i64,
    /// The inode number; 0 on systems without, and on file systems that change it at times.
    pub(super) inode: u64,
    /// False if the file was changed so shortly before it was read that another write could leave its times unchanged.
    pub(super) settled: bool,
}

const SECOND: i64 = 1_000_000_000;

/// The longest that [`Fingerprint::unsettled_for`] is on a file system with a fast clock.
pub(crate) const FAST_TICK: Duration = Duration::from_millis(50);

impl Fingerprint {
    /// The fingerprint of a file with this metadata.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().map_or(0, since_1970);
        let (changed, inode) = status_of(metadata);
        Self { size: metadata.len(), modified, changed, inode, settled: false }.settled_now()
    }

    /// The same fingerprint, for content that is read from now on.
    pub(crate) fn settled_now(mut self) -> Self {
        self.settled = self.unsettled_for().is_zero();
        self
    }

    /// For how much longer a write could leave the times unchanged.
    pub(crate) fn unsettled_for(&self) -> Duration {
        let now = since_1970(SystemTime::now());
        [self.modified, self.changed]
            .map(|time| {
                // A time in the future comes from the clock of another machine. A write here would change it.
                let age = Duration::from_nanos(now.abs_diff(time));
                tick(time).saturating_sub(age)
            })
            .into_iter()
            .fold(Duration::ZERO, Duration::max)
    }

    /// True if the file that now has the fingerprint `now` has the same content as when it had this one.
    pub(crate) fn is_current(&self, now: &Self) -> bool {
        let same_number = self.inode == now.inode || self.inode == 0 || now.inode == 0;
        self.settled && self.has_times_of(now) && same_number
    }

    /// The fingerprint to store in the place of this one for a file that now has the fingerprint `now` and still has the
    /// same content.
    ///
    /// Some network file systems number files anew whenever they are mounted. A file that has another number, and whose
    /// status has not changed, is on one: its number is not compared again, so that it is not read at every refresh.
    pub(crate) fn renewed(&self, now: Self) -> Self {
        let renumbered = self.settled && self.has_times_of(&now);
        Self { inode: if renumbered { 0 } else { now.inode }, ..now }
    }

    fn has_times_of(&self, other: &Self) -> bool {
        (self.size, self.modified, self.changed) == (other.size, other.modified, other.changed)
    }
}

/// The longest time between two changes of a file that leave the same time. Times of files have the resolution of the
/// file system's clock. Whole seconds are a sign of a slow clock, of two seconds on FAT; other clocks tick every 10 ms
/// or faster.
fn tick(time: i64) -> Duration {
    if time % SECOND == 0 { Duration::from_secs(2) } else { FAST_TICK }
}

/// Nanoseconds since 1970; 0 before.
fn since_1970(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}

/// The time of status change and the inode number.
#[cfg(unix)]
fn status_of(metadata: &Metadata) -> (i64, u64) {
    use std::os::unix::fs::MetadataExt as _;

    let changed = metadata.ctime().saturating_mul(SECOND).saturating_add(metadata.ctime_nsec());
    (changed, metadata.ino())
}

#[cfg(not(unix))]
fn status_of(_: &Metadata) -> (i64, u64) {
    (0, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEFORE: Fingerprint = Fingerprint {
        size: 7,
        modified: 1_700_000_000_123_456_789,
        changed: 1_700_000_000_123_456_789,
        inode: 4,
        settled: true,
    };

    #[test]
    fn any_difference_but_that_of_an_unknown_number_is_a_change() {
        assert!(BEFORE.is_current(&BEFORE));
        assert!(!Fingerprint { settled: false, ..BEFORE }.is_current(&BEFORE));
        for now in [
            Fingerprint { size: 8, ..BEFORE },
            Fingerprint { modified: 1, ..BEFORE },
            Fingerprint { changed: 1, ..BEFORE },
            Fingerprint { inode: 5, ..BEFORE },
        ] {
            assert!(!BEFORE.is_current(&now), "{now:?}");
        }
        assert!(Fingerprint { inode: 0, ..BEFORE }.is_current(&BEFORE));
    }

    /// On a file system that numbers files anew, a file is compared once and then trusted by its times.
    #[test]
    fn a_number_that_changes_alone_is_not_compared_again() {
        let now = Fingerprint { inode: 5, ..BEFORE };
        let renewed = BEFORE.renewed(now);
        assert_eq!(renewed, Fingerprint { inode: 0, ..now });
        assert!(renewed.is_current(&Fingerprint { inode: 6, ..BEFORE }));
        let replaced = Fingerprint { inode: 5, changed: BEFORE.changed + 1, ..BEFORE };
        assert_eq!(BEFORE.renewed(replaced), replaced);
    }

    #[test]
    fn a_time_settles_after_a_tick_of_its_clock() {
        let now = since_1970(SystemTime::now());
        let of = |age: i64| Fingerprint { modified: 1, changed: (now - age) / 10 * 10 + 1, ..BEFORE };
        let left = of(0).unsettled_for();
        assert!(left <= FAST_TICK, "{left:?}");
        assert!(!Fingerprint { changed: now + 40 * SECOND / 1000, ..BEFORE }.settled_now().settled);
        assert!(of(60 * SECOND / 1000).settled_now().settled);
        let whole = Fingerprint { changed: now / SECOND * SECOND, ..BEFORE }.settled_now();
        assert!(!whole.settled, "a clock of whole seconds");
        assert!(BEFORE.settled_now().settled);
    }
}
