//! Whose an index is: an index that others own or can write to is not trusted with text, nor believed unasked.

use std::fs::{self, Metadata};
use std::path::Path;

use crate::error::{Error, Result};
use crate::store::directory::folder::without_end;

/// Whose the folder of an index is. On systems other than Unix, every folder that is not a link is
/// [`Own`](Self::Own).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Ownership {
    /// It belongs to the user who runs the program (the effective user), and nobody else can write to it.
    Own,
    /// It belongs to another user.
    OfAnotherUser {
        /// The number of that user.
        uid: u32,
    },
    /// It belongs to the user who runs the program, but others can write to it: all, or a group that is not the user's
    /// own.
    WritableByOthers,
    /// It is a link.
    Link,
}

/// Whose the folder of an index is. The folder need not hold an index yet.
///
/// A file system that keeps no permissions, as on most memory sticks, shows every file as executable and writable by
/// all. Its indexes count as the user's own if they belong to the user: nothing there is protected any better.
pub(crate) fn ownership(index: &Path) -> Result<Ownership> {
    let of_index = metadata(index)?;
    Ok(match of(&of_index) {
        Ownership::WritableByOthers if keeps_no_permissions(index) => Ownership::Own,
        ownership => ownership,
    })
}

/// Whose an index is that was found in a folder above the one that a person named: nobody has vouched for it. Stricter
/// than [`ownership`]: it counts as writable by others also if the folder around it is, even a sticky one such as
/// `/tmp`, and whatever the file system keeps.
pub(crate) fn ownership_from_above(index: &Path) -> Result<Ownership> {
    let own = of(&metadata(index)?);
    let around = match index.parent() {
        Some(around) => is_writable_by_others(&metadata(around)?),
        None => false,
    };
    Ok(if own == Ownership::Own && around { Ownership::WritableByOthers } else { own })
}

/// Without following a link.
fn metadata(folder: &Path) -> Result<Metadata> {
    fs::symlink_metadata(without_end(folder))
        .map_err(|error| Error::io("the folder could not be examined", folder, error))
}

fn of(folder: &Metadata) -> Ownership {
    if folder.is_symlink() {
        return Ownership::Link;
    }
    match owner(folder) {
        Some(uid) => Ownership::OfAnotherUser { uid },
        None if is_writable_by_others(folder) => Ownership::WritableByOthers,
        None => Ownership::Own,
    }
}

/// The owner, if it is another user.
#[cfg(unix)]
fn owner(folder: &Metadata) -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    Some(folder.uid()).filter(|uid| *uid != rustix::process::geteuid().as_raw())
}

#[cfg(not(unix))]
fn owner(_: &Metadata) -> Option<u32> {
    None
}

/// True if all users can write to the folder, or a group other than the user's own: many systems give each user a group
/// of their own, and let it write.
#[cfg(unix)]
fn is_writable_by_others(folder: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let (by_all, by_group) = (folder.mode() & 0o002 != 0, folder.mode() & 0o020 != 0);
    by_all || by_group && folder.gid() != rustix::process::getegid().as_raw()
}

#[cfg(not(unix))]
fn is_writable_by_others(_: &Metadata) -> bool {
    false
}

/// True if a file of the user's own in the index is executable by all: no program makes its data so. Another user
/// cannot make such a file, since it would not belong to this one.
#[cfg(unix)]
fn keeps_no_permissions(index: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let commit = fs::symlink_metadata(index.join(crate::store::commit::COMMIT));
    commit.is_ok_and(|file| file.is_file() && owner(&file).is_none() && file.mode() & 0o777 == 0o777)
}

#[cfg(not(unix))]
fn keeps_no_permissions(_: &Path) -> bool {
    false
}

#[cfg(all(test, unix))]
#[allow(clippy::unwrap_used, reason = "clippy allows unwrap in test functions, but not in their helpers")]
mod tests {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    use std::path::PathBuf;

    use super::*;
    use crate::store::commit::COMMIT;

    fn folder(parent: &Path, name: &str, mode: u32) -> PathBuf {
        let folder = parent.join(name);
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).unwrap();
        folder
    }

    #[test]
    fn an_own_folder_may_be_written_by_its_owner_and_group_alone() {
        let temp = tempfile::tempdir().unwrap();
        let of = |name: &str, mode| {
            let folder = folder(temp.path(), name, mode);
            (ownership(&folder).unwrap(), ownership_from_above(&folder).unwrap())
        };
        // The group of the folder is that of the process, on systems that do not pass on the parent's.
        let own_group = {
            use std::os::unix::fs::MetadataExt as _;
            let folder = folder(temp.path(), "group", 0o700);
            fs::metadata(folder).unwrap().gid() == rustix::process::getegid().as_raw()
        };
        assert_eq!(of("a", 0o755), (Ownership::Own, Ownership::Own));
        assert_eq!(of("b", 0o700), (Ownership::Own, Ownership::Own));
        assert_eq!(of("c", 0o757), (Ownership::WritableByOthers, Ownership::WritableByOthers));
        assert_eq!(of("d", 0o1777), (Ownership::WritableByOthers, Ownership::WritableByOthers));
        if own_group {
            assert_eq!(of("e", 0o775), (Ownership::Own, Ownership::Own));
        }
    }

    #[test]
    fn from_above_the_folder_around_counts_too() {
        let temp = tempfile::tempdir().unwrap();
        for (name, mode) in [("sticky", 0o1777), ("open", 0o777)] {
            let index = folder(&folder(temp.path(), name, mode), "index", 0o755);
            assert_eq!(ownership(&index).unwrap(), Ownership::Own, "{name}");
            assert_eq!(ownership_from_above(&index).unwrap(), Ownership::WritableByOthers, "{name}");
        }
    }

    #[test]
    fn a_link_is_told_from_what_it_leads_to() {
        let temp = tempfile::tempdir().unwrap();
        let index = folder(temp.path(), "index", 0o755);
        symlink(&index, temp.path().join("link")).unwrap();
        assert_eq!(ownership(&temp.path().join("link")).unwrap(), Ownership::Link);
        assert_eq!(ownership_from_above(&temp.path().join("link")).unwrap(), Ownership::Link);
        assert!(ownership(&temp.path().join("nothing")).is_err());
    }

    #[test]
    fn on_a_file_system_without_permissions_a_named_index_is_the_users_own() {
        let temp = tempfile::tempdir().unwrap();
        let index = folder(temp.path(), "index", 0o777);
        let write = |mode| {
            fs::write(index.join(COMMIT), "{}").unwrap();
            fs::set_permissions(index.join(COMMIT), fs::Permissions::from_mode(mode)).unwrap();
            (ownership(&index).unwrap(), ownership_from_above(&index).unwrap())
        };
        assert_eq!(write(0o666), (Ownership::WritableByOthers, Ownership::WritableByOthers));
        assert_eq!(write(0o777), (Ownership::Own, Ownership::WritableByOthers));
    }

    #[test]
    fn a_folder_of_another_user_is_told() {
        let temp = tempfile::tempdir().unwrap();
        let index = folder(temp.path(), "index", 0o777);
        if std::os::unix::fs::chown(&index, Some(65534), None).is_err() {
            eprintln!("SKIPPED: only an administrator can give a folder to another user");
            return;
        }
        assert_eq!(ownership(&index).unwrap(), Ownership::OfAnotherUser { uid: 65534 });
        assert_eq!(ownership_from_above(&index).unwrap(), Ownership::OfAnotherUser { uid: 65534 });
    }
}
