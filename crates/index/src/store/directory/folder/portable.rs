//! Files of a folder by their paths, for systems without `openat`. Links are looked for before a file is opened.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use super::{Access, Kind};
use crate::network_file_system::NetworkFileSystem;

pub(super) type Handle = PathBuf;

pub(super) fn open_folder(path: &Path) -> io::Result<Handle> {
    if fs::symlink_metadata(path)?.is_dir() {
        Ok(path.to_owned())
    } else {
        Err(io::ErrorKind::NotADirectory.into())
    }
}

pub(super) fn open(folder: &Handle, name: &Path, access: Access) -> io::Result<File> {
    let path = folder.join(name);
    if fs::symlink_metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(io::Error::other("it is no regular file"));
    }
    match access {
        Access::Read => File::open(path),
        Access::New => File::create_new(path),
        Access::Lock => OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path),
    }
}

pub(super) fn exists(folder: &Handle, name: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(folder.join(name)) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

pub(super) fn rename(folder: &Handle, from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(folder.join(from), folder.join(to))
}

pub(super) fn remove(folder: &Handle, name: &Path) -> io::Result<()> {
    fs::remove_file(folder.join(name))
}

pub(super) fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

/// True if there is no folder at its path any more.
pub(super) fn is_gone(_: &Handle, path: &Path) -> io::Result<bool> {
    exists(&path.to_owned(), Path::new("")).map(|exists| !exists)
}

pub(super) fn network(_: &Handle) -> Option<NetworkFileSystem> {
    None
}

/// The names in the folder.
pub(super) fn entries(folder: &Handle) -> io::Result<Vec<(OsString, Kind)>> {
    let entry = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        let kind = match entry.file_type()? {
            kind if kind.is_symlink() => Kind::Link,
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File,
            _ => Kind::Other,
        };
        Ok((entry.file_name(), kind))
    };
    fs::read_dir(folder)?.map(entry).collect()
}

pub(super) fn sync(_: &Handle) -> io::Result<()> {
    Ok(())
}

pub(super) fn has_other_names(_: &File) -> io::Result<bool> {
    Ok(false)
}

pub(super) fn group(_: &Handle) -> io::Result<Option<u32>> {
    Ok(None)
}

pub(super) fn restrict(_: &Handle, _: u32) -> io::Result<bool> {
    Ok(false)
}

pub(super) fn open_like(_: &Handle, _: &Path) -> io::Result<()> {
    Ok(())
}
