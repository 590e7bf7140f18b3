//! Options of a refresh.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::cancel::CancelFlag;

/// How far a refresh has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// Files read so far, those that failed included.
    pub done: usize,
    /// Files to read in all.
    pub total: usize,
    /// Files of `done` that failed.
    pub failed: usize,
    /// The file that was read last, relative to the corpus.
    pub path: &'a str,
}

/// What is called after every file of a refresh.
pub type ProgressCall = Arc<dyn Fn(Progress<'_>) + Send + Sync>;

/// How a refresh is to be done.
#[derive(Clone)]
#[non_exhaustive]
pub struct RefreshOptions {
    /// Called after every file, from the thread that called `refresh`.
    pub progress: Option<ProgressCall>,
    /// Raised to stop: what has been read is committed, and the rest is left for the next refresh.
    pub cancel: CancelFlag,
    /// Whether links are followed: to files and folders within the corpus and outside it.
    /// Otherwise links are reported and left alone.
    pub follow_links: bool,
    /// How often what has been read so far is committed, so that an interruption costs little.
    pub commit_every: Duration,
    /// How long to wait for another writer; zero gives [`Locked`](crate::ErrorKind::Locked) at once.
    pub wait: Duration,
    /// Whether files that crashed their reader or went over its budget are read once more, though they have not
    /// changed. Each may cost the whole budget again.
    pub retry: bool,
    /// Whether every file is read again, whatever is known of it. The index answers from its last commit meanwhile.
    pub reread: bool,
}

impl Default for RefreshOptions {
    /// No progress, links not followed, a commit every 30 seconds, no waiting.
    fn default() -> Self {
        Self {
            progress: None,
            cancel: CancelFlag::new(),
            follow_links: false,
            commit_every: Duration::from_secs(30),
            wait: Duration::ZERO,
            retry: false,
            reread: false,
        }
    }
}

impl RefreshOptions {
    /// The same options, with a callback after every file.
    #[must_use]
    pub fn progress(mut self, call: impl Fn(Progress<'_>) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(call));
        self
    }

    /// The same options, stopped by the given flag.
    #[must_use]
    pub fn cancel(mut self, flag: CancelFlag) -> Self {
        self.cancel = flag;
        self
    }

    /// The same options, links followed or not.
    #[must_use]
    pub fn follow_links(mut self, follow: bool) -> Self {
        self.follow_links = follow;
        self
    }

    /// The same options, committing at least this often.
    #[must_use]
    pub fn commit_every(mut self, every: Duration) -> Self {
        self.commit_every = every;
        self
    }

    /// The same options, waiting so long for another writer.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// The same options, trying again what failed for a cause that may have passed, or not.
    #[must_use]
    pub fn retry(mut self, retry: bool) -> Self {
        self.retry = retry;
        self
    }

    /// The same options, every file read again or only what has changed.
    #[must_use]
    pub fn reread(mut self, reread: bool) -> Self {
        self.reread = reread;
        self
    }
}

impl fmt::Debug for RefreshOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshOptions")
            .field("progress", &self.progress.is_some())
            .field("follow_links", &self.follow_links)
            .field("commit_every", &self.commit_every)
            .field("wait", &self.wait)
            .field("retry", &self.retry)
            .field("reread", &self.reread)
            .finish_non_exhaustive()
    }
}
