//! Where the engine keeps its files.
//!
//! The engine's own directory makes its two small files readable by their owner alone, and opens a lock for
//! writing even to read, so that an index could be neither shared nor kept on a read-only medium. Here files take
//! the permissions that the folder's owner set, reading writes nothing, and writers are kept apart by
//! [`lock`](crate::lock) alone.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    DirectoryLock, FileHandle, Lock, MmapDirectory, RamDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// The folder or memory of one index.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    inner: Box<dyn Directory>,
    /// `None` for memory.
    folder: Option<PathBuf>,
    writes: bool,
}

/// What a small file is called until it is whole.
pub(crate) const UNFINISHED: &str = ".unfinished.tmp";

impl Place {
    /// A folder that exists.
    pub(crate) fn folder(folder: &Path, writes: bool) -> tantivy::Result<Self> {
        let inner = MmapDirectory::open(folder)?;
        Ok(Self { inner: Box::new(inner), folder: Some(folder.to_owned()), writes })
    }

    /// Memory.
    pub(crate) fn memory() -> Self {
        Self { inner: Box::new(RamDirectory::create()), folder: None, writes: false }
    }

    /// The same place, opened for writing.
    pub(crate) fn for_writing(&self) -> tantivy::Result<Self> {
        match &self.folder {
            Some(folder) => Self::folder(folder, true),
            None => Ok(Self { writes: true, ..self.clone() }),
        }
    }

    fn may_write(&self) -> io::Result<()> {
        if self.writes { Ok(()) } else { Err(io::Error::from(io::ErrorKind::PermissionDenied)) }
    }
}

impl Directory for Place {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.may_write()
            .map_err(|error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() })?;
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.may_write().map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        self.inner.open_write(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.may_write()?;
        let Some(folder) = &self.folder else { return self.inner.atomic_write(path, data) };
        // One writer at a time, and the engine writes its small files one after another: one name is enough,
        // and what a crash leaves under it is overwritten.
        let unfinished = folder.join(format!("{}{UNFINISHED}", path.display()));
        let mut file = File::create(&unfinished)?;
        file.write_all(data)?;
        file.sync_data()?;
        drop(file);
        fs::rename(&unfinished, folder.join(path))?;
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
