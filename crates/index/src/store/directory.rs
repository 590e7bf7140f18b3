//! Where the engine keeps its files.
//!
//! The engine's own directory makes its two small files readable by their owner alone, and opens a lock for
//! writing even to read, so that an index could be neither shared nor kept on a read-only medium. Here files take
//! the permissions that the folder's owner set, reading writes nothing, and writers are kept apart by
//! [`lock`](crate::store::lock) alone.

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

/// The folder or memory of one index, and what may be done there.
#[derive(Debug, Clone)]
pub(crate) struct IndexDirectory {
    inner: Box<dyn Directory>,
    /// The same for those who read files from end to end.
    whole: Box<dyn Directory>,
    /// `None` for reading.
    permit: Option<WritePermit>,
}

/// The right to change what is in a place, until it is withdrawn.
///
/// The engine merges segments in threads of its own, and where a write has failed it does not wait for them. Whoever
/// gives back the lock withdraws the permit first: a thread that comes late then changes nothing under the next writer.
#[derive(Debug, Clone)]
struct WritePermit(Arc<RwLock<bool>>);

/// Withdraws the permit on drop, once what is being done under it is done.
#[derive(Debug)]
pub(crate) struct WriteGrant(WritePermit);

impl Drop for WriteGrant {
    fn drop(&mut self) {
        *self.0.0.write().unwrap_or_else(PoisonError::into_inner) = false;
    }
}

impl IndexDirectory {
    /// A folder that exists, for reading.
    pub(crate) fn folder(folder: &Path) -> tantivy::Result<Self> {
        let whole = Folder { files: MmapDirectory::open(folder)?, scattered: None, path: folder.to_owned() };
        let inner = Folder { scattered: Some(scattered(folder)?), ..whole.clone() };
        Ok(Self { inner: Box::new(inner), whole: Box::new(whole), permit: None })
    }

    /// Memory, for reading.
    pub(crate) fn memory() -> Self {
        Self::of(Box::new(RamDirectory::create()))
    }

    fn of(inner: Box<dyn Directory>) -> Self {
        Self { whole: inner.clone(), inner, permit: None }
    }

    /// The same place, for reading files from end to end.
    pub(crate) fn for_whole_files(&self) -> Self {
        Self { inner: self.whole.clone(), ..self.clone() }
    }

    /// The same place, for writing as long as the second is kept.
    pub(crate) fn for_writing(&self) -> (Self, WriteGrant) {
        let permit = WritePermit(Arc::new(RwLock::new(true)));
        (Self { permit: Some(permit.clone()), ..self.for_whole_files() }, WriteGrant(permit))
    }

    /// Does something that changes what is here, if it may be done.
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
        // After a commit the engine deletes what the commit before it needed. Should the power fail, the new name
        // must not come later to the disk than that.
        self.inner.sync_directory()
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, _lock: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}

/// A folder. Small files are written here; everything else is the engine's own way.
#[derive(Debug, Clone)]
struct Folder {
    files: MmapDirectory,
    /// For files of which a search reads here a little and there a little: without it they are files like others.
    scattered: Option<MmapDirectory>,
    path: PathBuf,
}

/// The kinds of file in which a search reads at a few places. Of what it reads from end to end, or in nearly every page,
/// the system does well to read ahead.
const SCATTERED: [&str; 4] = ["idx", "pos", "store", "term"];

/// The files of a folder without reading ahead, where the system can be told so: what is asked for is read, and not the
/// hundred pages around it.
fn scattered(folder: &Path) -> tantivy::Result<MmapDirectory> {
    #[cfg(unix)]
    let files = MmapDirectory::open_with_madvice(folder, tantivy::directory::Advice::Random);
    #[cfg(not(unix))]
    let files = MmapDirectory::open(folder);
    Ok(files?)
}

/// What a small file is called, after its name, until it is whole.
pub(crate) const UNFINISHED: &str = ".unfinished.tmp";

/// One writer at a time, and the engine writes its small files one after another: one name is enough, and what a
/// crash leaves under it is overwritten.
fn unfinished(path: &Path) -> PathBuf {
    PathBuf::from(format!("{}{UNFINISHED}", path.display()))
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let is_scattered = path.extension().is_some_and(|kind| SCATTERED.iter().any(|known| kind == *known));
        let scattered = self.scattered.as_ref().filter(|_| is_scattered);
        scattered.unwrap_or(&self.files).get_file_handle(path)
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
