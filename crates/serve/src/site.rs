//! The corpus that is served, and what all requests share.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use quotable::worker::WorkerCommand;
use quotable::{CodeBook, Index, SearchOptions, Snapshot};
use tokio::sync::Semaphore;

use crate::guard::Guard;
use crate::kept::KeptChecks;
use crate::limits::Limits;
use crate::model::KeptModel;
#[cfg(feature = "pdf")]
use crate::printer::Printer;
use crate::refresh::Refreshing;
use crate::settings::Settings;
use crate::themes::{KeptThemes, Theme};

/// Commits of other processes are looked for at most this often.
const RELOAD: Duration = Duration::from_secs(2);

/// Articles checked at the same time.
const MOST_CHECKS: usize = 2;

/// The corpus that is served, and what all requests share.
pub(crate) struct Site {
    pub(crate) index: Index,
    pub(crate) corpus: Option<PathBuf>,
    pub(crate) within: Option<String>,
    pub(crate) book: CodeBook,
    pub(crate) reader: Option<WorkerCommand>,
    pub(crate) refresh: Refreshing,
    #[cfg(feature = "pdf")]
    pub(crate) printer: Printer,
    pub(crate) checks: KeptChecks,
    pub(crate) model: KeptModel,
    themes: KeptThemes,
    pub(crate) guard: Guard,
    /// Answers that may be worked on at the same time.
    pub(crate) permits: Arc<Semaphore>,
    /// Articles that may be checked at the same time: each may hold many megabytes until its answer is sent.
    pub(crate) check_permits: Arc<Semaphore>,
    /// Files that may be sent at the same time: each holds a thread as long as its client reads.
    pub(crate) downloads: Arc<Semaphore>,
    pub(crate) time: Duration,
    reloaded: Mutex<Option<Instant>>,
}

impl Site {
    pub(crate) fn new(settings: Settings, guard: Guard, permits: usize) -> Self {
        Self {
            index: settings.index,
            corpus: settings.corpus,
            within: settings.within,
            book: CodeBook::builtin(),
            reader: settings.reader,
            refresh: Refreshing::new(settings.refresh),
            #[cfg(feature = "pdf")]
            printer: settings.printer,
            checks: KeptChecks::default(),
            model: KeptModel::default(),
            themes: KeptThemes::default(),
            guard,
            permits: Arc::new(Semaphore::new(permits)),
            check_permits: Arc::new(Semaphore::new(MOST_CHECKS)),
            downloads: Arc::new(Semaphore::new(2 * permits)),
            time: settings.time,
            reloaded: Mutex::new(None),
        }
    }

    /// The state of the index that one request answers from.
    pub(crate) fn snapshot(&self) -> Snapshot {
        let mut reloaded = self.reloaded.lock().unwrap_or_else(PoisonError::into_inner);
        if reloaded.is_none_or(|last| last.elapsed() > RELOAD) {
            *reloaded = Some(Instant::now());
            // While another process replaces the index, the last commit goes on answering.
            let _ = self.index.reload();
        }
        self.index.snapshot()
    }

    /// The themes that the corpus has, as far as they are known.
    pub(crate) fn themes(&self, snapshot: &Snapshot) -> Arc<Vec<Theme>> {
        self.themes.get(snapshot, &self.book, self.unbound_options())
    }

    /// The options of every search of a request.
    pub(crate) fn options(&self, limits: &Limits) -> SearchOptions {
        self.unbound_options().cancel(limits.cancel.clone()).deadline(limits.deadline)
    }

    /// The options of work for all requests.
    fn unbound_options(&self) -> SearchOptions {
        let options = SearchOptions::default().codebook(self.book.clone());
        match &self.within {
            Some(within) => options.within(within),
            None => options,
        }
    }
}
