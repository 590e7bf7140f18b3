//! Settings that an index is opened with and a refresh reads files by.

use std::sync::Arc;

use quotable_read::{Budget, Readers};

use crate::ingest::worker::WorkerCommand;

/// How files are read and paragraphs written.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) readers: Arc<Readers>,
    /// `None` to read files in threads of this process.
    pub(crate) worker: Option<WorkerCommand>,
    pub(crate) budget: Budget,
    /// `None` for one thread a core. The cores are counted when they are needed: asking the system takes longer than
    /// many a search.
    pub(crate) threads: Option<usize>,
    /// In bytes.
    pub(crate) writer_memory: usize,
}

impl Settings {
    /// Number of files read at once.
    pub(crate) fn thread_count(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get).min(8);
        self.threads.unwrap_or_else(cores)
    }
}

impl Default for Settings {
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

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Settings")
            .field("worker", &self.worker)
            .field("budget", &self.budget)
            .field("threads", &self.threads)
            .field("writer_memory", &self.writer_memory)
            .finish_non_exhaustive()
    }
}
