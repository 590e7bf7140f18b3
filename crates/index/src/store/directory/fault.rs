//! For tests: a directory whose writes fail as on a full disk, without permission, or when the power fails.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

use super::folder::IndexFolder;
use super::{IndexDirectory, unfinished};

/// A way of failing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The disk is full: writes fail, deletions do not.
    Full,
    /// The permission is gone: writes and deletions fail.
    Denied,
    /// One operation fails, and those after it succeed.
    Once,
    /// The power fails: every operation from then on fails, and writes that were not synced are lost.
    Power,
}

/// The files of a folder: content by name.
pub(super) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Makes operations fail as planned. Clones share the plan and the count of operations.
#[derive(Debug, Clone, Default)]
pub(crate) struct Faults(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// Number of operations so far.
    done: u64,
    /// The fault, and the number of the operation at which it begins.
    planned: Option<(Fault, u64)>,
    /// Files whose content was synced.
    synced: Files,
    /// The disk of a file system that writes new names when the folder is synced, and deletions at once.
    slow: Files,
    /// The disk of a file system that writes new names at once, and deletions when the folder is synced.
    hasty: Files,
}

/// The kinds of operation that may fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Write,
    Delete,
}

impl Faults {
    pub(crate) fn plan(fault: Fault, at: u64) -> Self {
        let faults = Self::default();
        faults.state().planned = Some((fault, at));
        faults
    }

    /// Number of operations so far.
    pub(crate) fn done(&self) -> u64 {
        self.state().done
    }

    /// The files on the disk after the power failed. `hasty` is the order in which the file system writes: see
    /// [`State`].
    pub(crate) fn after_power_failed(&self, hasty: bool) -> Files {
        let state = self.state();
        if hasty { state.hasty.clone() } else { state.slow.clone() }
    }

    /// A directory in the folder, with these faults. The files that exist count as synced.
    pub(crate) fn directory(&self, folder: &IndexFolder) -> IndexDirectory {
        let directory = IndexDirectory::of_folder(folder);
        let files = files(folder.path()).unwrap();
        let mut state = self.state();
        state.slow.clone_from(&files);
        state.hasty = files;
        IndexDirectory::of(Box::new(Faulty {
            inner: directory.inner,
            folder: folder.path().to_owned(),
            faults: self.clone(),
        }))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn step(&self, operation: Operation) -> io::Result<()> {
        let mut state = self.state();
        state.done += 1;
        let Some((fault, at)) = state.planned else { return Ok(()) };
        if state.done < at || (fault == Fault::Once && state.done > at) {
            return Ok(());
        }
        match fault {
            Fault::Full if operation == Operation::Delete => Ok(()),
            Fault::Full | Fault::Once => Err(io::ErrorKind::StorageFull.into()),
            Fault::Denied => Err(io::ErrorKind::PermissionDenied.into()),
            Fault::Power => Err(io::Error::other("the power failed")),
        }
    }
}

fn files(folder: &Path) -> io::Result<Files> {
    let read = |entry: io::Result<fs::DirEntry>| {
        let entry = entry?;
        Ok((PathBuf::from(entry.file_name()), fs::read(entry.path())?))
    };
    fs::read_dir(folder)?.map(read).collect()
}

/// A folder whose operations fail as planned.
#[derive(Debug, Clone)]
struct Faulty {
    inner: Box<dyn Directory>,
    folder: PathBuf,
    faults: Faults,
}

impl Directory for Faulty {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.faults
            .step(Operation::Delete)
            .map_err(|error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.to_owned() })?;
        self.inner.delete(path)?;
        self.faults.state().slow.remove(path);
        Ok(())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.faults
            .step(Operation::Write)
            .map_err(|error| OpenWriteError::wrap_io_error(error, path.to_owned()))?;
        let writes = self.inner.open_write(path)?;
        let watched = Watched { writes, directory: self.clone(), name: path.to_owned() };
        Ok(WritePtr::new(Box::new(watched)))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        if let Err(error) = self.faults.step(Operation::Write) {
            // Half of the data was written.
            let _ = fs::write(self.folder.join(unfinished(path)), &data[..data.len() / 2]);
            return Err(error);
        }
        self.inner.atomic_write(path, data)?;
        let mut state = self.faults.state();
        state.synced.insert(path.to_owned(), data.to_owned());
        state.hasty.insert(path.to_owned(), data.to_owned());
        Ok(())
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.faults.step(Operation::Write)?;
        self.inner.sync_directory()?;
        let names = files(&self.folder)?.into_keys();
        let mut state = self.faults.state();
        let known = |name: PathBuf| {
            let content = state.synced.get(&name).or_else(|| state.slow.get(&name));
            (name.clone(), content.cloned().unwrap_or_default())
        };
        let now: Files = names.map(known).collect();
        state.slow.clone_from(&now);
        state.hasty = now;
        Ok(())
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// A file being written. Each write may fail, after half of its bytes.
struct Watched {
    writes: WritePtr,
    directory: Faulty,
    name: PathBuf,
}

impl Write for Watched {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = self.directory.faults.step(Operation::Write) {
            let _ = self.writes.write(&bytes[..bytes.len() / 2]);
            return Err(error);
        }
        self.writes.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writes.flush()
    }
}

impl TerminatingWrite for Watched {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.directory.faults.step(Operation::Write)?;
        self.writes.terminate_ref(token)?;
        let content = fs::read(self.directory.folder.join(&self.name))?;
        let mut state = self.directory.faults.state();
        if let Some(there) = state.slow.get_mut(&self.name) {
            there.clone_from(&content);
        }
        state.hasty.insert(self.name.clone(), content.clone());
        state.synced.insert(self.name.clone(), content);
        Ok(())
    }
}
