//! Options of a refresh.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::cancel::CancelFlag;
use crate::ingest::ocr::Ocr;

/// The progress of a refresh.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress<'a> {
    /// Number of files read so far, with those that failed.
    pub done: usize,
    /// Number of files to read in all.
    pub total: usize,
    /// Number of files that failed so far.
    pub failed: usize,
    /// The file that was read last, relative to the corpus.
    pub path: &'a str,
}

/// A callback after every file of a refresh.
pub type ProgressCall = Arc<dyn Fn(Progress<'_>) + Send + Sync>;

/// Who may read an index in a folder, by the permissions of the folder on Unix. The owner always may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum IndexAccess {
    /// Those who may read every source: the texts are in the index. Access control lists are not looked at.
    Private,
    /// Everyone who may enter the folder of the corpus, whatever they may read there.
    Shared,
}

/// Options of a refresh.
#[derive(Clone)]
#[non_exhaustive]
pub struct RefreshOptions {
    /// Called after every file, from the thread that called `refresh`.
    pub progress: Option<ProgressCall>,
    /// Stops the refresh when raised. The files read so far are committed, and the next refresh reads the others.
    pub cancel: CancelFlag,
    /// Whether to follow links to files and folders, within the corpus and outside it. If not, links that lead outside
    /// are reported.
    pub follow_links: bool,
    /// The time between commits, which an interruption can cost at most.
    pub commit_every: Duration,
    /// How long to wait for another writer. With zero, the refresh fails at once with
    /// [`Locked`](crate::ErrorKind::Locked).
    pub wait: Duration,
    /// Whether to read unchanged files again that crashed their reader or went over its budget. Each may cost the whole
    /// budget again.
    pub retry: bool,
    /// Whether to read every file again, changed or not. Meanwhile the index answers from its last commit.
    pub reread: bool,
    /// Files that are no reports, wherever they lie: a table of metadata. They are not counted among those that are not
    /// read.
    pub no_reports: Vec<PathBuf>,
    /// Whether to empty the index if all of its files are gone at once. If not, the refresh fails with
    /// [`AllGone`](crate::ErrorKind::AllGone) and leaves the index as it is: the folder of a share that is not mounted is
    /// empty.
    pub allow_empty: bool,
    /// Recognises the text (OCR) of pages of PDFs that are pictures, also of files that were read without it. Pages whose text was
    /// recognised once keep it, whatever later refreshes say.
    pub ocr: Option<Ocr>,
    /// Who may read the index. `None` leaves it as it was; a new index is [`Private`](IndexAccess::Private).
    pub access: Option<IndexAccess>,
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
            no_reports: Vec::new(),
            allow_empty: false,
            ocr: None,
            access: None,
        }
    }
}

impl RefreshOptions {
    /// Sets a callback after every file.
    #[must_use]
    pub fn progress(mut self, call: impl Fn(Progress<'_>) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(call));
        self
    }

    /// Sets the flag that stops the refresh.
    #[must_use]
    pub fn cancel(mut self, flag: CancelFlag) -> Self {
        self.cancel = flag;
        self
    }

    /// Sets whether to follow links.
    #[must_use]
    pub fn follow_links(mut self, follow: bool) -> Self {
        self.follow_links = follow;
        self
    }

    /// Sets the time between commits.
    #[must_use]
    pub fn commit_every(mut self, every: Duration) -> Self {
        self.commit_every = every;
        self
    }

    /// Sets how long to wait for another writer.
    #[must_use]
    pub fn wait(mut self, wait: Duration) -> Self {
        self.wait = wait;
        self
    }

    /// Sets whether to read files again that failed for a cause that may have passed.
    #[must_use]
    pub fn retry(mut self, retry: bool) -> Self {
        self.retry = retry;
        self
    }

    /// Sets what recognises text on pages that are pictures.
    #[must_use]
    pub fn ocr(mut self, ocr: Option<Ocr>) -> Self {
        self.ocr = ocr;
        self
    }

    /// Sets who may read the index, from now on.
    #[must_use]
    pub fn access(mut self, access: IndexAccess) -> Self {
        self.access = Some(access);
        self
    }

    /// Adds a file that is no report.
    #[must_use]
    pub fn no_report(mut self, file: impl Into<PathBuf>) -> Self {
        self.no_reports.push(file.into());
        self
    }

    /// Sets whether to empty the index if all of its files are gone at once.
    #[must_use]
    pub fn allow_empty(mut self, allow: bool) -> Self {
        self.allow_empty = allow;
        self
    }

    /// Sets whether to read every file again, or only those that changed.
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
            .field("allow_empty", &self.allow_empty)
            .field("ocr", &self.ocr)
            .field("access", &self.access)
            .finish_non_exhaustive()
    }
}
