//! The directory of tantivy's files: a folder, or memory.
//!
//! tantivy's own `MmapDirectory` makes its two small files readable by their owner alone, and opens a lock file for
//! writing even to read, so that an index could be neither shared nor kept on a read-only medium. This directory gives
//! files the permissions that the folder has, writes nothing while reading, and takes no lock:
//! [`lock`](crate::store::lock) keeps writers apart.

#[cfg(test)]
pub(crate) mod fault;
#[cfg(test)]
mod tests;

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, RamDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// The folder or memory of one index, and the right to change it.
#[derive(Debug, Clone)]
pub(crate) struct IndexDirectory {
    inner: Box<dyn Directory>,
    /// The same files, mapped for reading from end to end.
    sequential: Box<dyn Directory>,
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
    /// A folder that exists, for reading.
    pub(super) fn folder(folder: &Path) -> tantivy::Result<Self> {
        let sequential =
            Folder { files: MmapDirectory::open(folder)?, random_access: None, path: folder.to_owned() };
        let inner = Folder { random_access: Some(open_random_access(folder)?), ..sequential.clone() };
        Ok(Self { inner: Box::new(inner), sequential: Box::new(sequential), permit: None })
    }

    /// A new directory in memory, for reading.
    pub(super) fn memory() -> Self {
        Self::of(Box::new(RamDirectory::create()))
    }

    fn of(inner: Box<dyn Directory>) -> Self {
        Self { sequential: inner.clone(), inner, permit: None }
    }

    /// The same directory, for reading files from end to end.
    pub(super) fn for_sequential_reads(&self) -> Self {
        Self { inner: self.sequential.clone(), ..self.clone() }
    }

    /// The same directory, for writing until the grant is dropped.
    pub(super) fn for_writing(&self) -> (Self, WriteGrant) {
        let permit = WritePermit(Arc::new(RwLock::new(true)));
        // Merging reads whole segments.
        (Self { permit: Some(permit.clone()), ..self.for_sequential_reads() }, WriteGrant(permit))
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

/// A folder. Writes small files itself, with the permissions of the folder; the rest is tantivy's.
#[derive(Debug, Clone)]
struct Folder {
    files: MmapDirectory,
    /// Opens the files named by [`RANDOM_ACCESS`]; `None` to open them like all others.
    random_access: Option<MmapDirectory>,
    path: PathBuf,
}

/// Extensions of the files in which a search reads a few scattered pages. For the others, columns and norms, of which
/// it reads nearly every page, the system's read-ahead helps.
const RANDOM_ACCESS: [&str; 4] = ["idx", "pos", "store", "term"];

/// Opens a folder without read-ahead, on systems where a mapping can be advised so: a page fault then reads one page
/// and not the hundred around it.
fn open_random_access(folder: &Path) -> tantivy::Result<MmapDirectory> {
    #[cfg(unix)]
    let files = MmapDirectory::open_with_madvice(folder, tantivy::directory::Advice::Random);
    #[cfg(not(unix))]
    let files = MmapDirectory::open(folder);
    Ok(files?)
}

/// The suffix of a small file while it is written.
pub(super) const UNFINISHED: &str = ".unfinished.tmp";

/// The name of a small file while it is written. Always the same for a file: there is one writer at a time, which
/// writes small files one after another, so that a file left by a crash is overwritten.
fn unfinished(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}{UNFINISHED}", path.display()))
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let is_random_access =
            path.extension().is_some_and(|kind| RANDOM_ACCESS.iter().any(|known| kind == *known));
        let random_access = self.random_access.as_ref().filter(|_| is_random_access);
        random_access.unwrap_or(&self.files).get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.files.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.files.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.files.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.files.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        // Readers see the old content or the new: renaming is atomic, and the content is on the disk before the name.
        let unfinished = self.path.join(unfinished(path));
        let mut file = File::create(&unfinished)?;
        file.write_all(data)?;
        file.sync_data()?;
        drop(file);
        fs::rename(&unfinished, self.path.join(path))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.files.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.files.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.files.watch(callback)
    }
}
