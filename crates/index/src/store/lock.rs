//! One writer at a time.
//!
//! The lock is one of the operating system's on an open file, and so is released when its holder ends, however
//! it ends: a lock cannot be left behind. What is written in the file says who holds it, for the others.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::error::{Error, ErrorKind, Result};
use crate::holder::Holder;

/// The right to write, given back on drop.
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

/// Where the lock of an index stands.
#[derive(Debug, Clone)]
pub(crate) enum IndexLock {
    /// A file, for an index in a folder.
    File(PathBuf),
    /// A flag, for an index in memory.
    Memory(Arc<AtomicBool>),
}

impl IndexLock {
    /// Takes the lock, trying again for as long as `wait`, and in any case for longer than it takes another process to
    /// see who [holds](Self::holder) it.
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

    /// Who holds the lock at this moment, as far as can be told without writing.
    pub(crate) fn holder(&self) -> Option<Holder> {
        match self {
            Self::File(path) => {
                let mut file = File::open(path).ok()?;
                match file.try_lock_shared() {
                    // Taken and given back at once: see `take`.
                    Ok(()) | Err(TryLockError::Error(_)) => None,
                    Err(TryLockError::WouldBlock) => read_holder(&mut file),
                }
            }
            Self::Memory(flag) => flag.load(Ordering::Acquire).then(Holder::this_process),
        }
    }

    fn try_take(&self) -> Result<WriteLock> {
        match self {
            Self::File(path) => try_take_file(path),
            Self::Memory(flag) => {
                if flag.swap(true, Ordering::Acquire) {
                    return Err(locked(Some(Holder::this_process())));
                }
                Ok(WriteLock { _held: Held::Flag { flag: flag.clone() } })
            }
        }
    }
}

fn try_take_file(path: &Path) -> Result<WriteLock> {
    let opened = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
    let mut file = opened.map_err(|error| match error.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            Error::new(ErrorKind::ReadOnly, "the index cannot be written; open it for reading only")
                .at(path)
                .because(error)
        }
        _ => Error::io("the lock of the index could not be opened", path, error),
    })?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(locked(read_holder(&mut file)).at(path)),
        Err(TryLockError::Error(error)) => {
            return Err(Error::io("the lock of the index could not be taken", path, error));
        }
    }
    // Who holds the lock is a courtesy to others: failing to say so is no reason not to write.
    let _ = write_holder(&mut file);
    Ok(WriteLock { _held: Held::File { _file: file } })
}

fn locked(holder: Option<Holder>) -> Error {
    let who = holder.as_ref().map_or_else(|| "another process".to_owned(), Holder::to_string);
    Error::new(ErrorKind::Locked, format!("the index is being written by {who}; try again when it has ended"))
        .held_by(holder)
}

fn write_holder(file: &mut File) -> std::io::Result<()> {
    let text = serde_json::to_string(&Holder::this_process())?;
    file.set_len(0)?;
    file.rewind()?;
    file.write_all(text.as_bytes())?;
    file.flush()
}

fn read_holder(file: &mut File) -> Option<Holder> {
    let mut text = String::new();
    file.take(4096).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}
