//! Settings of an index that apply to reading files and to writing.

use std::sync::Arc;

use quotable_read::{Budget, Readers};

use crate::ingest::understanding::Understanding;
use crate::ingest::worker::WorkerCommand;

/// The readers and limits for reading files, and the threads and memory for writing.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) readers: Arc<Readers>,
    /// `None` to read files in threads of this process.
    pub(crate) worker: Option<WorkerCommand>,
    pub(crate) budget: Budget,
    pub(crate) understanding: Understanding,
    /// `None` for one thread a core, at most 8. Cores are counted when a refresh needs the number, since asking the
    /// system takes longer than most searches.
    pub(crate) threads: Option<usize>,
    /// The memory for indexing, in bytes.
    pub(crate) writer_memory: usize,
}

impl Settings {
    /// The number of files to read at once.
    pub(super) fn thread_count(&self) -> usize {
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
            understanding: Understanding::default(),
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
