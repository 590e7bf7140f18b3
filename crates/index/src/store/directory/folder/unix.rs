//! Files of a folder by its handle: `openat` and the like, without following links.

use std::ffi::{OsStr, OsString};
use std::fs::{DirBuilder, File};
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::Path;
use std::sync::Arc;

use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, fchmod, fsync, openat, renameat, statat, unlinkat};

use super::{Access, Kind, is_index_name};
use crate::network_file_system::NetworkFileSystem;

pub(super) type Handle = Arc<File>;

/// The permissions for reading and writing, of the owner, the group and all others.
const READ_WRITE: u32 = 0o666;
/// The permissions of a file mode, without the type of the file.
const PERMISSIONS: u32 = 0o7777;

pub(super) fn open_folder(path: &Path) -> io::Result<Handle> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(Arc::new(File::from(rustix::fs::open(path, flags, Mode::empty())?)))
}

pub(super) fn open(folder: &Handle, name: &Path, access: Access) -> io::Result<File> {
    // Opening a pipe without NONBLOCK would wait for its other end. Regular files ignore the flag.
    let careful = OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let flags = match access {
        Access::Read => OFlags::RDONLY,
        Access::New => OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL,
        Access::Lock => OFlags::RDWR | OFlags::CREATE,
    };
    // A file is open to those who may enter the folder, less what the umask takes.
    let mode = if access == Access::Read { 0 } else { mode(folder)? & READ_WRITE };
    Ok(File::from(openat(folder, name, flags | careful, Mode::from_bits_truncate(mode))?))
}

pub(super) fn exists(folder: &Handle, name: &Path) -> io::Result<bool> {
    match statat(folder, name, AtFlags::SYMLINK_NOFOLLOW) {
        Ok(_) => Ok(true),
        Err(rustix::io::Errno::NOENT) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

pub(super) fn rename(folder: &Handle, from: &Path, to: &Path) -> io::Result<()> {
    Ok(renameat(folder, from, folder, to)?)
}

pub(super) fn remove(folder: &Handle, name: &Path) -> io::Result<()> {
    Ok(unlinkat(folder, name, AtFlags::empty())?)
}

/// Creates a folder that only its owner may write to.
pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    match DirBuilder::new().mode(0o755).create(path) {
        // By another process, meanwhile.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        created => created,
    }
}

/// The names in the folder.
pub(super) fn entries(folder: &Handle) -> io::Result<Vec<(OsString, Kind)>> {
    let mut entries = Vec::new();
    for entry in Dir::read_from(folder)? {
        let entry = entry?;
        let name = OsStr::from_bytes(entry.file_name().to_bytes());
        if name == "." || name == ".." {
            continue;
        }
        let kind = match entry.file_type() {
            // Some file systems do not list the types.
            FileType::Unknown => match statat(folder, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW) {
                Ok(stat) => FileType::from_raw_mode(stat.st_mode),
                // Deleted meanwhile.
                Err(rustix::io::Errno::NOENT) => continue,
                Err(error) => return Err(error.into()),
            },
            known => known,
        };
        let kind = match kind {
            FileType::RegularFile => Kind::File,
            FileType::Directory => Kind::Folder,
            FileType::Symlink => Kind::Link,
            _ => Kind::Other,
        };
        entries.push((name.to_owned(), kind));
    }
    Ok(entries)
}

/// True if there is another folder, or none, at the path of the open one.
pub(super) fn is_gone(folder: &Handle, path: &Path) -> io::Result<bool> {
    let open = folder.metadata()?;
    match std::fs::symlink_metadata(path) {
        Ok(now) => Ok((now.dev(), now.ino()) != (open.dev(), open.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(error),
    }
}

/// The network file system that the folder is on.
#[cfg(target_os = "linux")]
pub(super) fn network(folder: &Handle) -> Option<NetworkFileSystem> {
    // The field is signed or not, of 32 bits or 64, as the processor has it; the numbers have 32 bits.
    NetworkFileSystem::of_magic(rustix::fs::fstatfs(folder).ok()?.f_type as u32)
}

#[cfg(not(target_os = "linux"))]
pub(super) fn network(_: &Handle) -> Option<NetworkFileSystem> {
    None
}

pub(super) fn sync(folder: &Handle) -> io::Result<()> {
    Ok(fsync(folder)?)
}

pub(super) fn has_other_names(file: &File) -> io::Result<bool> {
    Ok(file.metadata()?.nlink() > 1)
}

pub(super) fn group(folder: &Handle) -> io::Result<Option<u32>> {
    Ok(Some(folder.metadata()?.gid()))
}

pub(super) fn mode(folder: &Handle) -> io::Result<u32> {
    Ok(folder.metadata()?.mode() & PERMISSIONS)
}

/// Takes all permissions away from the folder that `kept` lacks, and those to write from all but the owner. Its files
/// cannot be reached then. True if users could enter the folder who no longer can.
pub(super) fn restrict(folder: &Handle, kept: u32) -> io::Result<bool> {
    let now = mode(folder)?;
    let then = now & (kept | !0o777) & !0o022;
    if now != then {
        fchmod(folder, Mode::from_bits_truncate(then))?;
    }
    Ok(now & !then & 0o011 != 0)
}

/// Gives the folder the permissions to read and enter that `like` has, and its files those to read.
pub(super) fn open_like(folder: &Handle, like: &Path) -> io::Result<()> {
    let now = mode(folder)?;
    let open = now | std::fs::metadata(like)?.mode() & 0o055;
    fchmod(folder, Mode::from_bits_truncate(open))?;
    for (name, kind) in entries(folder)? {
        if kind != Kind::File || !is_index_name(&name) {
            continue;
        }
        let file = self::open(folder, Path::new(&name), Access::Read)?;
        // A file with a second name elsewhere would be opened there too.
        if file.metadata()?.is_file() && !has_other_names(&file)? {
            let own = file.metadata()?.mode() & PERMISSIONS;
            fchmod(&file, Mode::from_bits_truncate(own | open & 0o044))?;
        }
    }
    Ok(())
}
