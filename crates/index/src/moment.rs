//! A point in time.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::civil::DateTime;
use quotable_report::Date;
use serde::{Deserialize, Serialize};

/// A point in time, to the second. `Display` is `2026-11-22 16:10 UTC`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(u64);

/// The beginning of 1970.
const EPOCH: DateTime = DateTime::constant(1970, 1, 1, 0, 0, 0, 0);

impl Moment {
    /// The moment that is `seconds` after the beginning of 1970, UTC.
    pub fn from_seconds(seconds: u64) -> Self {
        Self(seconds)
    }

    /// Now, by the clock of the system; 1970 if that clock shows an earlier time.
    pub fn now() -> Self {
        Self(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs())
    }

    /// Seconds since the beginning of 1970, UTC.
    pub fn seconds(self) -> u64 {
        self.0
    }

    /// The day, in UTC; `None` past the year 9999.
    pub fn day(self) -> Option<Date> {
        let date = self.date_time()?.date();
        Date::new(date.year().unsigned_abs(), date.month().unsigned_abs(), date.day().unsigned_abs())
    }

    /// Date and time in UTC; `None` past the year 9999.
    ///
    /// A civil time, since `jiff::Timestamp` ends some hours before the year 9999 does.
    fn date_time(self) -> Option<DateTime> {
        EPOCH.checked_add(Duration::from_secs(self.0)).ok()
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.date_time() {
            Some(time) => write!(f, "{} {:02}:{:02} UTC", time.date(), time.hour(), time.minute()),
            None => write!(f, "{} seconds after 1970", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn moments_are_written_as_date_and_time() {
        assert_eq!(Moment::from_seconds(0).to_string(), "1970-01-01 00:00 UTC");
        assert_eq!(Moment::from_seconds(951_782_400).to_string(), "2000-02-29 00:00 UTC");
        assert_eq!(Moment::from_seconds(1_795_363_860).to_string(), "2026-11-22 16:11 UTC");
    }

    #[test]
    fn the_last_day_is_that_of_the_year_9999() {
        let last = Moment::from_seconds(253_402_300_799);
        assert_eq!(last.to_string(), "9999-12-31 23:59 UTC");
        assert_eq!(last.day(), "9999-12-31".parse().ok());
        let after = Moment::from_seconds(253_402_300_800);
        assert_eq!((after.day(), after.to_string()), (None, "253402300800 seconds after 1970".to_owned()));
        assert_eq!(Moment::from_seconds(u64::MAX).day(), None);
    }

    #[test]
    fn a_moment_is_stored_as_its_seconds() {
        let stored = serde_json::to_string(&Moment::from_seconds(951_782_400)).unwrap();
        assert_eq!(stored, "951782400");
    }
}
