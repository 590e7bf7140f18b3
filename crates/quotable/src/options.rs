//! What a caller may ask of a refresh and of a search.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use quotable_query::Scope;
use serde::{Deserialize, Serialize};

use crate::codebook::CodeBook;

/// A flag by which one thread asks another to stop. Clones share the flag.
#[derive(Debug, Clone, Default)]
pub struct CancelFlag(Arc<AtomicBool>);

impl CancelFlag {
    /// A flag that nobody has raised.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks to stop. Cannot be taken back.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// True once someone has asked to stop.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

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

/// The order of hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Sort {
    /// Best first (BM25); equals in report order.
    #[default]
    Relevance,
    /// Report order: newest publication first, undated last, then path, then place in the report.
    Date,
    /// By the authority's key, then report order; without authority last.
    Authority,
}

/// What becomes of boilerplate: paragraphs of twelve words or more that stand, word for word, in five reports or
/// more.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Boilerplate {
    /// It is found and counted as any other text, and [`Counts::boilerplate`](crate::Counts::boilerplate) says how
    /// much of it there is.
    #[default]
    Include,
    /// It is left out, of denominators too; [`Counts::boilerplate`](crate::Counts::boilerplate) still says how much.
    /// A scope of theme chunks or reports still sees its words.
    Exclude,
}

/// What is searched and in which order it is given.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SearchOptions {
    /// The order of [`Search::top`](crate::Search::top).
    pub sort: Sort,
    /// Whether rows of tables are searched too.
    pub tables: bool,
    /// Whether footnotes are searched too.
    pub notes: bool,
    /// The unit in which a conjunction must hold, where the query does not say.
    pub scope: Scope,
    /// Whether boilerplate is found.
    pub boilerplate: Boilerplate,
    /// The part of the corpus that is searched: a file, or a folder and all in it, by its path relative to the corpus,
    /// letter by letter. The whole corpus if there is none. It restricts what is divided by, too.
    pub within: Option<String>,
    /// Where `@names` are looked up, and what `theme:` finds: paragraphs that the book's [`labels`](CodeBook::labels)
    /// give the theme, by section or by words. Without a code book names are errors, and `theme:` is of sections alone.
    pub codebook: Option<CodeBook>,
    /// Raised to stop a search, which then fails with [`Cancelled`](crate::ErrorKind::Cancelled).
    pub cancel: CancelFlag,
    /// When to give up: a search that goes on longer fails with [`Deadline`](crate::ErrorKind::Deadline).
    pub deadline: Option<Instant>,
    /// The most words that one wildcard, regular expression or the like may stand for. More fail with
    /// [`OverLimit`](crate::ErrorKind::OverLimit); nothing is ever cut.
    pub most_expansions: usize,
}

impl Default for SearchOptions {
    /// Best first, in paragraphs of body text with boilerplate, of the whole corpus; no code book, no deadline, and
    /// at most 100,000 words for one pattern.
    fn default() -> Self {
        Self {
            sort: Sort::default(),
            tables: false,
            notes: false,
            scope: Scope::default(),
            boilerplate: Boilerplate::default(),
            within: None,
            codebook: None,
            cancel: CancelFlag::default(),
            deadline: None,
            most_expansions: 100_000,
        }
    }
}

impl SearchOptions {
    /// The same options, in the given order.
    #[must_use]
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// The same options, rows of tables searched or not.
    #[must_use]
    pub fn tables(mut self, tables: bool) -> Self {
        self.tables = tables;
        self
    }

    /// The same options, footnotes searched or not.
    #[must_use]
    pub fn notes(mut self, notes: bool) -> Self {
        self.notes = notes;
        self
    }

    /// The same options, in the given unit.
    #[must_use]
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// The same options, stopped by the given flag.
    #[must_use]
    pub fn cancel(mut self, flag: CancelFlag) -> Self {
        self.cancel = flag;
        self
    }

    /// The same options, boilerplate found or not.
    #[must_use]
    pub fn boilerplate(mut self, boilerplate: Boilerplate) -> Self {
        self.boilerplate = boilerplate;
        self
    }

    /// The same options, in one file or folder of the corpus.
    #[must_use]
    pub fn within(mut self, path: impl Into<String>) -> Self {
        self.within = Some(path.into());
        self
    }

    /// The same options, with names and themes of that code book.
    #[must_use]
    pub fn codebook(mut self, book: CodeBook) -> Self {
        self.codebook = Some(book);
        self
    }

    /// The same options, given up at that moment.
    #[must_use]
    pub fn deadline(mut self, deadline: Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// The same options, with at most so many words for one pattern.
    #[must_use]
    pub fn most_expansions(mut self, most: usize) -> Self {
        self.most_expansions = most;
        self
    }
}
