//! Writing reports that are not files.

use std::time::Duration;

use quotable_report::Report;

use crate::lock::WriteLock;
use crate::{Error, ErrorKind, Id, Index, Result};

/// Puts reports into an index and takes them out. Nothing shows until [`commit`](Self::commit); what was not
/// committed is forgotten on drop.
pub struct Writer {
    index: Index,
    _lock: WriteLock,
}

impl Writer {
    pub(crate) fn open(index: &Index, wait: Duration) -> Result<Self> {
        let lock = index.lock()?.take(wait)?;
        Ok(Self { index: index.clone(), _lock: lock })
    }

    /// Puts in a report, in the place of any of the same path. A refresh leaves it alone.
    ///
    /// # Errors
    /// [`Invalid`](ErrorKind::Invalid) if the path is empty or longer than 4096 bytes; [`Io`](ErrorKind::Io).
    pub fn put(&mut self, report: &Report) -> Result<Id> {
        let _ = (&self.index, report);
        Err(Error::new(ErrorKind::Unsupported, "put is not written yet"))
    }

    /// Reads the bytes of a file as a refresh would, and puts in the report.
    ///
    /// # Errors
    /// [`Unreadable`](ErrorKind::Unreadable) if they cannot be read, and those of [`put`](Self::put).
    pub fn put_bytes(&mut self, path: &str, bytes: &[u8]) -> Result<Id> {
        let _ = (path, bytes);
        Err(Error::new(ErrorKind::Unsupported, "put_bytes is not written yet"))
    }

    /// Takes out the source of a path; false if there is none.
    ///
    /// # Errors
    /// [`Io`](ErrorKind::Io).
    pub fn remove(&mut self, path: &str) -> Result<bool> {
        let _ = path;
        Err(Error::new(ErrorKind::Unsupported, "remove is not written yet"))
    }

    /// Makes what was put and removed so far visible and durable, at once.
    ///
    /// # Errors
    /// [`Io`](ErrorKind::Io); then nothing of it shows.
    pub fn commit(&mut self) -> Result<()> {
        Err(Error::new(ErrorKind::Unsupported, "commit is not written yet"))
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("index", &self.index).finish_non_exhaustive()
    }
}
