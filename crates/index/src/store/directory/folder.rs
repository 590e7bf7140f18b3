//! The folder of an index, opened once; its files are opened relative to it.
//!
//! A folder may come from a stranger, in an archive or on a shared disk. So no link is followed, in it or to it: a link
//! named `lock` would otherwise let an ordinary search overwrite a file anywhere. Every name is a single part of a path,
//! files are created only where there is none, and only regular files are read, so that a pipe cannot block the program.

#[cfg(not(unix))]
mod portable;
#[cfg(unix)]
mod unix;

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

#[cfg(not(unix))]
use self::portable as system;
#[cfg(unix)]
use self::unix as system;
use crate::error::{Error, ErrorKind, Result};
use crate::network_file_system::NetworkFileSystem;
use crate::store::readable_by::ReadableBy;

/// The open folder of an index.
#[derive(Debug, Clone)]
pub(crate) struct IndexFolder {
    path: PathBuf,
    handle: system::Handle,
}

/// How to open a file of the folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Access {
    /// For reading a file that exists.
    Read,
    /// For writing a file that does not exist.
    New,
    /// For reading and writing, created if it does not exist. Never truncated.
    Lock,
}

/// What a name in the folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
    Link,
    /// A pipe, a socket or a device.
    Other,
}

/// True for names that files of an index may have: all but two have an extension.
fn is_index_name(name: &OsStr) -> bool {
    name == "lock" || name == "corpus" || name.as_encoded_bytes().contains(&b'.')
}

impl IndexFolder {
    /// Opens a folder that exists.
    ///
    /// # Errors
    /// [`Link`](ErrorKind::Link) if the folder is a link, or holds one; [`NotFound`](ErrorKind::NotFound) if there is no
    /// folder; [`Io`](ErrorKind::Io).
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let path = &without_end(path);
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => {
                Error::new(ErrorKind::NotFound, "there is no index in the folder").at(path)
            }
            _ if is_link(path) => {
                let message = "the folder of the index is a link, and links are not followed there; name the folder \
                               that it leads to, or delete the link";
                Error::new(ErrorKind::Link, message).at(path)
            }
            _ => Error::io("the folder of the index could not be opened", path, error),
        };
        let folder = Self { path: path.to_owned(), handle: system::open_folder(path).map_err(failed)? };
        for (name, kind) in system::entries(&folder.handle).map_err(failed)? {
            // A folder of another name may be somebody's own.
            if kind == Kind::Other || kind == Kind::Folder && is_index_name(&name) {
                let message = "the folder of the index holds something that is no file; delete the folder of the index, \
                               and search again to build a new one";
                return Err(Error::new(ErrorKind::Link, message).at(path.join(name)));
            }
            if kind == Kind::Link {
                let message = "the folder of the index holds a link, which no index does, and a link could lead \
                               Quotable to overwrite other files; delete the folder of the index, and search again to \
                               build a new one";
                return Err(Error::new(ErrorKind::Link, message).at(path.join(name)));
            }
        }
        Ok(folder)
    }

    /// Opens a folder, and creates it, with the folders above it, if it does not exist.
    ///
    /// # Errors
    /// Those of [`open`](Self::open), and [`ReadOnly`](ErrorKind::ReadOnly) if it may not be created.
    pub(crate) fn create(path: &Path) -> Result<Self> {
        let path = &without_end(path);
        // Of a link that leads nowhere this creates nothing, and `open` then reports the link.
        if fs::symlink_metadata(path).is_err() {
            let above =
                path.parent().filter(|above| *above != Path::new("")).map_or(Ok(()), fs::create_dir_all);
            above.and_then(|()| system::create_folder(path)).map_err(|error| match error.kind() {
                io::ErrorKind::PermissionDenied => {
                    Error::new(ErrorKind::ReadOnly, "the folder of the index could not be created")
                        .at(path)
                        .because(error)
                }
                _ => Error::io("the folder of the index could not be created", path, error),
            })?;
        }
        Self::open(path)
    }

    /// True if the path is a folder with a regular file of that name. Follows no link at either.
    pub(crate) fn holds(path: &Path, name: &str) -> bool {
        let path = &without_end(path);
        fs::symlink_metadata(path).is_ok_and(|folder| folder.is_dir())
            && fs::symlink_metadata(path.join(name)).is_ok_and(|file| file.is_file())
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens a file for reading.
    pub(crate) fn read(&self, name: &Path) -> io::Result<File> {
        self.open_file(name, Access::Read)
    }

    /// Creates a file for writing. Fails if it exists.
    pub(super) fn create_new(&self, name: &Path) -> io::Result<File> {
        self.open_file(name, Access::New)
    }

    /// Opens the lock file, and creates it if it does not exist.
    pub(crate) fn lock_file(&self, name: &Path) -> io::Result<File> {
        let file = self.open_file(name, Access::Lock)?;
        // The file is written to, so a second name that it has elsewhere would be too.
        if system::has_other_names(&file)? {
            return Err(io::Error::other("the file has another name elsewhere (a hard link); delete it"));
        }
        Ok(file)
    }

    fn open_file(&self, name: &Path, access: Access) -> io::Result<File> {
        let file = system::open(&self.handle, single(name)?, access)?;
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is no regular file"));
        }
        Ok(file)
    }

    /// True if there is anything of that name.
    pub(super) fn exists(&self, name: &Path) -> io::Result<bool> {
        system::exists(&self.handle, single(name)?)
    }

    /// Gives a file the name `to`, in the place of any file of that name.
    pub(super) fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        system::rename(&self.handle, single(from)?, single(to)?)
    }

    /// Removes a file.
    pub(crate) fn remove(&self, name: &Path) -> io::Result<()> {
        system::remove(&self.handle, single(name)?)
    }

    /// True if the folder was deleted or moved since it was opened.
    pub(crate) fn is_gone(&self) -> bool {
        system::is_gone(&self.handle, &self.path).unwrap_or(false)
    }

    /// The network file system that the folder is on; `None` on a disk of this machine, or if that is not known.
    pub(crate) fn network(&self) -> Option<NetworkFileSystem> {
        system::network(&self.handle)
    }

    /// The names of everything in the folder, in no order.
    pub(crate) fn names(&self) -> io::Result<Vec<OsString>> {
        Ok(system::entries(&self.handle)?.into_iter().map(|(name, _)| name).collect())
    }

    /// The group of the folder; `None` on systems without groups.
    pub(crate) fn group(&self) -> io::Result<Option<u32>> {
        system::group(&self.handle)
    }

    /// Takes the folder away from users who may not read what `readable_by` may, and the right to write from all but the
    /// owner. Gives nobody anything. True if users could enter the folder who no longer can.
    pub(crate) fn restrict(&self, readable_by: ReadableBy) -> io::Result<bool> {
        system::restrict(&self.handle, readable_by.mode())
    }

    /// Opens the folder and its files to everyone who may enter the folder `like`.
    pub(crate) fn open_like(&self, like: &Path) -> io::Result<()> {
        system::open_like(&self.handle, like)
    }

    /// Makes names and deletions durable.
    pub(super) fn sync(&self) -> io::Result<()> {
        system::sync(&self.handle)
    }
}

/// The path without a separator at its end, which would make the system follow a link there.
pub(crate) fn without_end(path: &Path) -> PathBuf {
    path.components().collect()
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_symlink())
}

/// The name itself if it is a single part of a path. tantivy's list of files names the files that it deletes, and a
/// stranger may have written that list.
fn single(name: &Path) -> io::Result<&Path> {
    let mut parts = name.components();
    match (parts.next(), parts.next()) {
        (Some(Component::Normal(part)), None) if part == name.as_os_str() => Ok(name),
        _ => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("{} is no name of a file", name.display()),
        )),
    }
}

#[cfg(test)]
mod tests;
