//! The lock of an index: one writer at a time.
//!
//! The operating system locks an open file and releases it when the process ends, in whatever way, so a lock is never
//! left behind. The file's content names the holder for other processes; it does not lock.

use std::fs::{File, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};
use crate::holder::Holder;
use crate::store::directory::folder::IndexFolder;

/// The right to write. Released on drop.
#[derive(Debug)]
pub(crate) struct WriteLock {
    _held: Held,
}

#[derive(Debug)]
enum Held {
    File { _file: File },
    Flag { flag: Arc<AtomicBool> },
}

impl Drop for Held {
    fn drop(&mut self) {
        if let Self::Flag { flag } = self {
            flag.store(false, Ordering::Release);
        }
    }
}

/// The lock of an index, taken or not.
#[derive(Debug, Clone)]
pub(crate) enum IndexLock {
    /// The file [`LOCK`], for an index in a folder.
    File(IndexFolder),
    /// A flag, for an index in memory.
    Memory(Arc<AtomicBool>),
}

/// The name of the lock file.
const LOCK: &str = "lock";

impl IndexLock {
    /// Takes the lock. Tries for as long as `wait`, and for 5 ms at least: [`holder`](Self::holder) locks the file for
    /// a moment, in whatever process, and that is no writer to report.
    pub(crate) fn take(&self, wait: Duration) -> Result<WriteLock> {
        const PAUSE: Duration = Duration::from_millis(50);
        const MOMENT: Duration = Duration::from_millis(5);
        let (began, wait) = (Instant::now(), wait.max(MOMENT));
        loop {
            match self.try_take() {
                Err(error) if error.kind() == ErrorKind::Locked && began.elapsed() < wait => {
                    std::thread::sleep(PAUSE.min(wait));
                }
                taken => return taken,
            }
        }
    }

    /// The holder of the lock at this moment; `None` if there is none, or it cannot be found out. Writes nothing.
    pub(super) fn holder(&self) -> Option<Holder> {
        match self {
            Self::File(folder) => {
                let mut file = folder.read(Path::new(LOCK)).ok()?;
                match file.try_lock_shared() {
                    // Nobody holds it. The shared lock just taken is released with the file: see `take`.
                    Ok(()) | Err(TryLockError::Error(_)) => None,
                    Err(TryLockError::WouldBlock) => read_holder(&mut file),
                }
            }
            Self::Memory(flag) => flag.load(Ordering::Acquire).then(Holder::this_process),
        }
    }

    fn try_take(&self) -> Result<WriteLock> {
        match self {
            Self::File(folder) => try_take_file(folder),
            Self::Memory(flag) => {
                if flag.swap(true, Ordering::Acquire) {
                    return Err(locked(Some(Holder::this_process())));
                }
                Ok(WriteLock { _held: Held::Flag { flag: flag.clone() } })
            }
        }
    }
}

fn try_take_file(folder: &IndexFolder) -> Result<WriteLock> {
    let path = &folder.path().join(LOCK);
    let mut file = folder.lock_file(Path::new(LOCK)).map_err(|error| match error.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            let message = "the index cannot be written: its lock file cannot be opened for writing; open the index \
                           for reading only, or have its folder made writable";
            Error::new(ErrorKind::ReadOnly, message)
                .at(path)
                .because(error)
        }
        _ => Error::io("the lock file of the index could not be opened", path, error),
    })?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(locked(read_holder(&mut file)).at(path)),
        Err(TryLockError::Error(error)) => {
            // Some network file systems have no locks.
            let message = "the lock file of the index could not be locked; keep the index on a local disk";
            return Err(Error::io(message, path, error));
        }
    }
    // Best effort: the name of the holder is for messages of other processes alone.
    let _ = write_holder(&mut file);
    Ok(WriteLock { _held: Held::File { _file: file } })
}

fn locked(holder: Option<Holder>) -> Error {
    let who = holder.as_ref().map_or_else(|| "another process".to_owned(), Holder::to_string);
    let message = format!("the index is being written by {who}; wait until it has ended, then try again");
    Error::new(ErrorKind::Locked, message).held_by(holder)
}

fn write_holder(file: &mut File) -> std::io::Result<()> {
    let text = serde_json::to_string(&Holder::this_process())?;
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(text.as_bytes())?;
    file.flush()
}

/// `None` while the holder is still writing its name.
fn read_holder(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.take(4096).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}
