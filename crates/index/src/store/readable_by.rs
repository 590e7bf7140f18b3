//! Who may read the files of a corpus, and so who may read their texts in the index.

use std::fs::Metadata;
use std::path::Path;

/// Who may read something, besides its owner, by the permissions of a Unix file. Access control lists are not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ReadableBy {
    /// The members of the group.
    pub(crate) group: bool,
    /// All other users.
    pub(crate) others: bool,
}

impl ReadableBy {
    pub(crate) const EVERYONE: Self = Self { group: true, others: true };

    /// Those of both.
    #[must_use]
    pub(crate) fn and_also(self, other: Self) -> Self {
        Self { group: self.group && other.group, others: self.others && other.others }
    }

    /// Those of `self` who may read the file too. `group` is the group that `self` speaks of.
    #[must_use]
    pub(crate) fn and_file(self, file: &Metadata, group: Option<u32>) -> Self {
        self.and(permissions(file), group, 0o4)
    }

    /// Those of `self` who may open the files in the folder too.
    #[must_use]
    pub(crate) fn and_folder(self, folder: &Metadata, group: Option<u32>) -> Self {
        self.and(permissions(folder), group, 0o1)
    }

    /// `bit` is the permission that counts, as one octal digit of a mode.
    fn and(self, permissions: Option<Permissions>, group: Option<u32>, bit: u32) -> Self {
        let Some(Permissions { mode, group: owner }) = permissions else { return self };
        let others = mode & bit != 0;
        // Members of another group are others to this file.
        let of_group = if group == Some(owner) { mode >> 3 & bit != 0 } else { others };
        Self { group: self.group && of_group, others: self.others && others }
    }

    /// Those of `self` who may reach the folder through the folders above it too.
    #[must_use]
    pub(crate) fn and_above(self, folder: &Path, group: Option<u32>) -> Self {
        let above = folder.ancestors().skip(1).filter_map(|folder| folder.metadata().ok());
        above.fold(self, |readable_by, folder| readable_by.and_folder(&folder, group))
    }

    /// The permissions that a file or folder may have which only these and its owner may read, as a file mode.
    pub(crate) fn mode(self) -> u32 {
        0o700 | if self.group { 0o070 } else { 0 } | if self.others { 0o007 } else { 0 }
    }
}

/// The permissions and the group of a file.
struct Permissions {
    mode: u32,
    group: u32,
}

#[cfg(unix)]
fn permissions(file: &Metadata) -> Option<Permissions> {
    use std::os::unix::fs::MetadataExt as _;
    Some(Permissions { mode: file.mode(), group: file.gid() })
}

/// `None`: the system has no such permissions.
#[cfg(not(unix))]
fn permissions(_: &Metadata) -> Option<Permissions> {
    None
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn and(mode: u32, group: u32) -> (bool, bool) {
        let readable_by = ReadableBy::EVERYONE.and(Some(Permissions { mode, group }), Some(7), 0o4);
        (readable_by.group, readable_by.others)
    }

    #[test]
    fn the_index_is_open_to_those_who_may_read_the_file() {
        assert_eq!(and(0o644, 7), (true, true));
        assert_eq!(and(0o640, 7), (true, false));
        assert_eq!(and(0o600, 7), (false, false));
        assert_eq!(and(0o604, 7), (false, true));
        // The group of the index is another than that of the file.
        assert_eq!(and(0o640, 8), (false, false));
        assert_eq!(and(0o644, 8), (true, true));
    }

    #[test]
    fn modes_leave_out_who_may_not_read() {
        assert_eq!(ReadableBy::EVERYONE.mode(), 0o777);
        assert_eq!(ReadableBy { group: true, others: false }.mode(), 0o770);
        assert_eq!(ReadableBy { group: false, others: false }.mode(), 0o700);
    }
}
