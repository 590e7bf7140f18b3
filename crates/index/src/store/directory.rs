//! The directory of tantivy's files: a folder, or memory.
//!
//! tantivy's own `MmapDirectory` maps files, so that one cut short by another program ends this one with a signal; it
//! follows links, verifies no checksum unless asked, and makes its two small files readable by their owner alone. This
//! directory reads [checked files](checked) of a [folder](folder) that follows no link, gives files the permissions
//! that the folder has, writes nothing while reading, and takes no lock: [`lock`](crate::store::lock) keeps writers
//! apart.

mod block_cache;
mod checked;
#[cfg(test)]
pub(crate) mod fault;
pub(crate) mod folder;
#[cfg(test)]
mod tests;

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, RamDirectory, TerminatingWrite as _, WatchCallback, WatchHandle,
    WritePtr,
};

use self::block_cache::BlockCache;
use self::checked::{CheckedFile, CheckedWriter, Form};
use self::folder::IndexFolder;

/// The folder or memory of one index, and the right to change it.
#[derive(Debug, Clone)]
pub(crate) struct IndexDirectory {
    inner: Box<dyn Directory>,
    /// `None` for reading only.
    permit: Option<WritePermit>,
}

/// The right to change the files of a directory; false once it is withdrawn.
///
/// tantivy merges segments in threads of its own, and after a failed write it does not wait for them. So a writer
/// withdraws the permit before it gives back the lock: a late thread cannot change files under the next writer.
#[derive(Debug, Clone)]
struct WritePermit(Arc<RwLock<bool>>);

/// Withdraws the permit on drop, after waiting for changes under way.
#[derive(Debug)]
pub(crate) struct WriteGrant(WritePermit);

impl Drop for WriteGrant {
    fn drop(&mut self) {
        *self.0.0.write().unwrap_or_else(PoisonError::into_inner) = false;
    }
}

impl IndexDirectory {
    /// A folder, for reading.
    pub(super) fn of_folder(folder: &IndexFolder) -> Self {
        Self::of(Box::new(Folder { folder: folder.clone(), cache: Arc::new(BlockCache::new()) }))
    }

    /// A new directory in memory, for reading.
    pub(super) fn memory() -> Self {
        Self::of(Box::new(RamDirectory::create()))
    }

    fn of(inner: Box<dyn Directory>) -> Self {
        Self { inner, permit: None }
    }

    /// The same directory, for writing until the grant is dropped.
    pub(super) fn for_writing(&self) -> (Self, WriteGrant) {
        let permit = WritePermit(Arc::new(RwLock::new(true)));
        (Self { permit: Some(permit.clone()), ..self.clone() }, WriteGrant(permit))
    }

    /// Runs `change` unless the permit is withdrawn. It holds the permit's lock for reading, so that the grant's drop
    /// waits for it.
    fn change<T>(&self, change: impl FnOnce() -> T) -> io::Result<T> {
        let Some(permit) = &self.permit else { return Err(io::ErrorKind::PermissionDenied.into()) };
        let granted = permit.0.read().unwrap_or_else(PoisonError::into_inner);
        if *granted { Ok(change()) } else { Err(io::ErrorKind::PermissionDenied.into()) }
    }
}

impl Directory for IndexDirectory {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let failed = |error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() };
        self.change(|| self.inner.delete(path)).map_err(failed)?
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let failed = |error| OpenWriteError::wrap_io_error(error, path.to_owned());
        self.change(|| self.inner.open_write(path)).map_err(failed)?
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.change(|| self.inner.atomic_write(path, data))??;
        // After writing the commit file, tantivy deletes the files of the commit before it. If the power fails, the
        // disk must not hold the deletions without the new commit file.
        self.inner.sync_directory()
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        // The lock of the index guards all of this: see `lock`.
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        // Watching would poll in a thread; `Store::reload` looks for new commits when it is called.
        Ok(WatchHandle::empty())
    }
}

/// A folder of [checked files](checked).
#[derive(Debug, Clone)]
struct Folder {
    folder: IndexFolder,
    cache: Arc<BlockCache>,
}

/// The suffix of a small file while it is written.
pub(super) const UNFINISHED: &str = ".unfinished.tmp";

/// The name of a small file while it is written. Always the same for a file: there is one writer at a time, which
/// writes small files one after another, so that a file left by a crash is replaced.
fn unfinished(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}{UNFINISHED}", path.display()))
}

/// The most bytes of a small file: the lists of segments and of files have some hundred bytes for each.
const LARGEST_SMALL: u64 = 16 << 20;

/// Reads a whole small file. A file without checksums, as other programs and older versions write them, is read as it
/// is, so that its reader can say what it is.
///
/// # Errors
/// [`InvalidData`](io::ErrorKind::InvalidData) if a checksum is wrong.
pub(super) fn read_small(folder: &IndexFolder, name: &Path) -> io::Result<Vec<u8>> {
    small_content(folder, name).map(|content| content.unwrap_or_else(|unchecked| unchecked))
}

/// Reads a whole small file that has checksums.
///
/// # Errors
/// [`InvalidData`](io::ErrorKind::InvalidData) if a checksum is wrong or there are none.
pub(super) fn read_checked(folder: &IndexFolder, name: &Path) -> io::Result<Vec<u8>> {
    small_content(folder, name)?.map_err(|_| {
        io::Error::new(io::ErrorKind::InvalidData, format!("{} has no checksums", name.display()))
    })
}

/// The content of a small file; `Err` inside with its bytes if it has no checksums.
fn small_content(folder: &IndexFolder, name: &Path) -> io::Result<Result<Vec<u8>, Vec<u8>>> {
    let file = folder.read(name)?;
    // Room for all of it: else it is read in pieces of 32 bytes, 64, and so on.
    let length = usize::try_from(file.metadata()?.len().min(LARGEST_SMALL)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(length + 1);
    file.take(LARGEST_SMALL + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST_SMALL {
        let message = format!("{} is larger than such a file can be", name.display());
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    }
    checked::content(name, bytes)
}

/// The bytes of a file with this name and content.
#[cfg(test)]
pub(crate) fn checked_bytes(name: &Path, content: &[u8]) -> Vec<u8> {
    checked::checked(Form::WHOLE, name, content)
}

/// The content of a file with this name and these bytes.
#[cfg(test)]
pub(crate) fn content_of(name: &Path, bytes: &[u8]) -> Vec<u8> {
    checked::content(name, bytes.to_vec()).unwrap().unwrap()
}

/// Reads all of a file of a segment and verifies its checksums.
pub(super) fn verify_file(folder: &IndexFolder, name: &Path) -> io::Result<()> {
    CheckedFile::open(folder, name, &Arc::new(BlockCache::new()))?.verify()
}

fn not_read(error: io::Error, name: &Path) -> OpenReadError {
    match error.kind() {
        io::ErrorKind::NotFound => OpenReadError::FileDoesNotExist(name.to_owned()),
        _ => OpenReadError::wrap_io_error(error, name.to_owned()),
    }
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let file =
            CheckedFile::open(&self.folder, path, &self.cache).map_err(|error| not_read(error, path))?;
        Ok(Arc::new(file))
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.folder.remove(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => DeleteError::FileDoesNotExist(path.to_owned()),
            _ => DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() },
        })
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.folder.exists(path).map_err(|error| not_read(error, path))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = self.folder.create_new(path).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(error, path.to_owned()),
        })?;
        Ok(WritePtr::new(Box::new(CheckedWriter::new(Form::IN_PARTS, file, path))))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        read_small(&self.folder, path).map_err(|error| not_read(error, path))
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        // Readers see the old content or the new: renaming is atomic, and the content is on the disk before the name.
        let unfinished = unfinished(path);
        match self.folder.remove(&unfinished) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = CheckedWriter::new(Form::WHOLE, self.folder.create_new(&unfinished)?, path);
        file.write_all(data)?;
        file.terminate()?;
        self.folder.rename(&unfinished, path)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.folder.sync()
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        // `IndexDirectory` takes none.
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
