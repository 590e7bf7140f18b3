//! How an index is opened, and what it reads with.

use std::path::Path;
use std::sync::Arc;

use quotable_read::{Budget, Readers};

use crate::error::Result;
use crate::index::Index;
use crate::worker::WorkerCommand;

/// Opens an index with other than the usual settings. Made by [`Index::builder`].
#[derive(Clone)]
pub struct IndexBuilder {
    pub(crate) readers: Arc<Readers>,
    pub(crate) worker: Option<WorkerCommand>,
    pub(crate) budget: Budget,
    /// `None` for one for each core: asking the system for them takes longer than many a search.
    threads: Option<usize>,
    pub(crate) writer_memory: usize,
}

impl Default for IndexBuilder {
    /// Every format of this build, no worker process, the default budget, a thread for each core up to eight,
    /// 64 MiB for writing.
    fn default() -> Self {
        Self {
            readers: Arc::new(Readers::default()),
            worker: None,
            budget: Budget::default(),
            threads: None,
            writer_memory: 64 << 20,
        }
    }
}

impl IndexBuilder {
    /// The formats that a refresh reads.
    #[must_use]
    pub fn readers(mut self, readers: Readers) -> Self {
        self.readers = Arc::new(readers);
        self
    }

    /// Reads files in processes of their own, so that a crash, an endless loop or a flood of memory costs that
    /// file alone. Without one, files are read in threads of this process, within the budget but with nothing
    /// to stop a reader that does not keep to it. The worker has its own readers: [`readers`](Self::readers)
    /// then only decides which files are read.
    #[must_use]
    pub fn worker(mut self, command: WorkerCommand) -> Self {
        self.worker = Some(command);
        self
    }

    /// What reading one file may cost.
    #[must_use]
    pub fn budget(mut self, budget: Budget) -> Self {
        self.budget = budget;
        self
    }

    /// How many threads there are to be.
    pub(crate) fn thread_count(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8);
        self.threads.unwrap_or_else(cores)
    }

    /// How many files are read at once; at least one.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads.max(1));
        self
    }

    /// How many bytes may be held in memory before paragraphs are written; at least 15 million.
    #[must_use]
    pub fn writer_memory(mut self, bytes: usize) -> Self {
        self.writer_memory = bytes.max(15_000_000);
        self
    }

    /// Opens the index in a folder.
    ///
    /// # Errors
    /// [`NotFound`](crate::ErrorKind::NotFound) if there is none, [`OlderFormat`](crate::ErrorKind::OlderFormat)
    /// or [`NewerFormat`](crate::ErrorKind::NewerFormat) if another version wrote it,
    /// [`Foreign`](crate::ErrorKind::Foreign) if another program did, [`Damaged`](crate::ErrorKind::Damaged), [`Io`](crate::ErrorKind::Io).
    pub fn open(self, folder: impl AsRef<Path>) -> Result<Index> {
        Index::open_with(self, folder.as_ref(), false)
    }

    /// Opens the index in a folder for reading: nothing is ever written, no lock is taken.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn open_read_only(self, folder: impl AsRef<Path>) -> Result<Index> {
        Index::open_with(self, folder.as_ref(), true)
    }

    /// Opens the index in a folder, or makes an empty one there (and the folder).
    ///
    /// # Errors
    /// Those of [`open`](Self::open) except `NotFound`; [`ReadOnly`](crate::ErrorKind::ReadOnly).
    pub fn open_or_create(self, folder: impl AsRef<Path>) -> Result<Index> {
        Index::open_or_create_with(self, folder.as_ref())
    }

    /// Makes an empty index in the place of whatever index stands in the folder: of any version, damaged or not. What
    /// was put in by a [`Writer`](crate::Writer) is lost; files of other kinds in the folder are left alone. An index
    /// that can be opened is better rebuilt with [`RefreshOptions::reread`](crate::RefreshOptions::reread), which
    /// answers from the old state until the new one is whole.
    ///
    /// # Errors
    /// [`Locked`](crate::ErrorKind::Locked), [`Foreign`](crate::ErrorKind::Foreign) if the index is of another program,
    /// [`ReadOnly`](crate::ErrorKind::ReadOnly), [`Io`](crate::ErrorKind::Io).
    pub fn replace(self, folder: impl AsRef<Path>) -> Result<Index> {
        Index::replace_with(self, folder.as_ref())
    }

    /// An empty index in memory.
    ///
    /// # Errors
    /// If the engine fails, which it should not.
    pub fn in_memory(self) -> Result<Index> {
        Index::in_memory_with(self)
    }
}

impl std::fmt::Debug for IndexBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IndexBuilder")
            .field("worker", &self.worker)
            .field("budget", &self.budget)
            .field("threads", &self.threads)
            .field("writer_memory", &self.writer_memory)
            .finish_non_exhaustive()
    }
}
