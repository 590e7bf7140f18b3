//! Options of a search.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Instant;

use quotable_codebook::CodeBook;
use quotable_query::Scope;
use quotable_report::UnknownName;
use serde::{Deserialize, Serialize};

use crate::answer_progress::{AnswerProgress, AnswerProgressCall};
use crate::cancel::CancelFlag;
use crate::error::Result;
use crate::interrupt::{Account, Interrupt};

/// The order of hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Sort {
    /// Best first, by BM25; equal scores in report order.
    #[default]
    Relevance,
    /// Report order: newest first by [`Report::day`](quotable_report::Report::day), undated last, then by path, then by position in the report.
    Date,
    /// Oldest first by [`Report::day`](quotable_report::Report::day), undated last, then by path, then by position in the
    /// report.
    Oldest,
    /// By the authority's key, then in report order; reports without an authority last.
    Authority,
}

impl Sort {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Date, Self::Oldest, Self::Authority];

    /// The name used in JSON: `relevance`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Date => "date",
            Self::Oldest => "oldest",
            Self::Authority => "authority",
        }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Sort {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

/// Whether boilerplate is searched: paragraphs of twelve words or more that five or more reports contain word for
/// word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Boilerplate {
    /// Boilerplate is found and counted like any other text; [`Counts::boilerplate`](crate::Counts::boilerplate) says
    /// how much of the counts it is.
    #[default]
    Include,
    /// Boilerplate is excluded, from denominators too; [`Counts::boilerplate`](crate::Counts::boilerplate) says how
    /// much was excluded. Its words still count where the scope is a theme chunk or a report.
    Exclude,
}

impl Boilerplate {
    /// Every treatment.
    pub const ALL: [Self; 2] = [Self::Include, Self::Exclude];

    /// The name used in tables and JSON: `include`, `exclude`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Include => "include",
            Self::Exclude => "exclude",
        }
    }
}

impl fmt::Display for Boilerplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Boilerplate {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

/// Whether copies count: files that hold the same report, byte for byte, word for word, or in another format. Reports that
/// a [`Writer`](crate::Writer) put in are no copies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Duplicates {
    /// Of all copies of a report that a search may look in, it looks in the one in the fewest folders, then of the shortest
    /// path.
    #[default]
    Once,
    /// Every source counts.
    Keep,
}

impl Duplicates {
    /// Every treatment.
    pub const ALL: [Self; 2] = [Self::Once, Self::Keep];

    /// The name used in tables and JSON: `once`, `keep`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Once => "once",
            Self::Keep => "keep",
        }
    }
}

impl fmt::Display for Duplicates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Duplicates {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

/// Options of a search: the text that is searched, the order of hits, and limits.
///
/// ```
/// use std::time::{Duration, Instant};
///
/// use quotable_index::{Boilerplate, CancelFlag, Index, SearchOptions, Sort};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("westmere/2024.txt", b"Care is late.")?;
/// writer.put_bytes("harrow/2024.txt", b"Care is good.")?;
/// writer.finish()?;
/// let flag = CancelFlag::new();
/// let options = SearchOptions::default()
///     .sort(Sort::Date)
///     .tables(true)
///     .boilerplate(Boilerplate::Exclude)
///     .within("westmere")
///     .cancel(flag.clone())
///     .deadline(Instant::now() + Duration::from_secs(2));
/// let search = index.search_with(&"care".parse()?, &options)?;
/// assert_eq!(search.count()?.paragraphs, 1);
/// // From here on, or from another thread in the middle of a search, it fails with `Cancelled`.
/// flag.cancel();
/// assert_eq!(search.count().unwrap_err().kind(), quotable_index::ErrorKind::Cancelled);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SearchOptions {
    /// The order of hits in [`Search::top`](crate::Search::top).
    pub sort: Sort,
    /// Whether to search rows of tables too.
    pub tables: bool,
    /// Whether to search footnotes too.
    pub notes: bool,
    /// The unit of text within which the query must match, unless the query itself names one.
    pub scope: Scope,
    /// Whether to search boilerplate.
    pub boilerplate: Boilerplate,
    /// Whether copies of a report count as one.
    pub duplicates: Duplicates,
    /// The part of the corpus to search: a file, or a folder with everything in it, as a path relative to the corpus,
    /// compared letter by letter. `None` is the whole corpus. Denominators are restricted to it too.
    pub within: Option<String>,
    /// The code book that defines `@names`, and the themes of `theme:`: it then finds the paragraphs that
    /// [`labels`](CodeBook::labels) gives the theme, by section or by words. Without a code book an `@name` is an
    /// error, and `theme:` goes by sections alone.
    pub codebook: Option<CodeBook>,
    /// Set it to stop a running search, which then fails with [`Cancelled`](crate::ErrorKind::Cancelled).
    pub cancel: CancelFlag,
    /// A search still running at this time fails with [`Deadline`](crate::ErrorKind::Deadline).
    pub deadline: Option<Instant>,
    /// The most words of the corpus that one wildcard, regular expression, fuzzy or inflected word may match. A query
    /// beyond it fails with [`OverLimit`](crate::ErrorKind::OverLimit); no word is left out in silence.
    pub most_expansions: usize,
    /// The most posting lists that the search may open at once: one for each word of the corpus that a word or pattern
    /// of the query matches, again at each place in the query where that stands. A list takes about a kilobyte of
    /// memory, and twice that where positions are read, as in a phrase or a proximity; it counts twice then. A query
    /// beyond the limit fails with [`OverLimit`](crate::ErrorKind::OverLimit).
    pub most_lists: usize,
    /// The most work that one answer may take. A step is about what it takes to decode a posting or to merge a position,
    /// some nanoseconds; looking at a word of the corpus for a pattern counts as several. Steps depend on the query and
    /// the index alone, so that an answer is refused always or never. A query beyond the limit fails with
    /// [`OverLimit`](crate::ErrorKind::OverLimit).
    ///
    /// For comparison: `the w/5 of`, two of the most frequent words of English, takes less than a million steps in two
    /// hundred inspection reports, and the default is a thousand million.
    pub most_steps: u64,
    /// Called while an analysis is worked on: collocates, keywords, sequences of words, trends, and what other crates make of
    /// many searches. Counts and hits take too little time.
    pub progress: Option<AnswerProgressCall>,
    /// Whether to search the body: running text, bullets and headings. False for what a query finds in tables or notes
    /// alone; it must then need words.
    pub(crate) body: bool,
    /// The account that several searches draw on together; `None`: each answer has its own.
    pub(crate) account: Option<Arc<Account>>,
}

impl Default for SearchOptions {
    /// Best first; paragraphs of body text, boilerplate included, of the whole corpus, copies counted once; no code book, no deadline; at
    /// most 100,000 words for one pattern, 120,000 posting lists and a thousand million steps.
    fn default() -> Self {
        Self {
            sort: Sort::default(),
            tables: false,
            notes: false,
            scope: Scope::default(),
            boilerplate: Boilerplate::default(),
            duplicates: Duplicates::default(),
            within: None,
            codebook: None,
            cancel: CancelFlag::default(),
            deadline: None,
            most_expansions: 100_000,
            most_lists: 120_000,
            most_steps: 1_000_000_000,
            progress: None,
            body: true,
            account: None,
        }
    }
}

impl SearchOptions {
    /// Sets the order of hits.
    #[must_use]
    pub fn sort(mut self, sort: Sort) -> Self {
        self.sort = sort;
        self
    }

    /// Sets whether to search rows of tables.
    #[must_use]
    pub fn tables(mut self, tables: bool) -> Self {
        self.tables = tables;
        self
    }

    /// Sets whether to search footnotes.
    #[must_use]
    pub fn notes(mut self, notes: bool) -> Self {
        self.notes = notes;
        self
    }

    /// Sets the unit of text within which the query must match.
    #[must_use]
    pub fn scope(mut self, scope: Scope) -> Self {
        self.scope = scope;
        self
    }

    /// Sets the flag that stops the search.
    #[must_use]
    pub fn cancel(mut self, flag: CancelFlag) -> Self {
        self.cancel = flag;
        self
    }

    /// Sets whether to search boilerplate.
    #[must_use]
    pub fn boilerplate(mut self, boilerplate: Boilerplate) -> Self {
        self.boilerplate = boilerplate;
        self
    }

    /// Sets whether copies of a report count as one.
    #[must_use]
    pub fn duplicates(mut self, duplicates: Duplicates) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// Restricts the search to one file or folder of the corpus.
    #[must_use]
    pub fn within(mut self, path: impl Into<String>) -> Self {
        self.within = Some(path.into());
        self
    }

    /// Sets the code book of `@names` and themes.
    #[must_use]
    pub fn codebook(mut self, book: CodeBook) -> Self {
        self.codebook = Some(book);
        self
    }

    /// Sets the time at which the search fails.
    #[must_use]
    pub fn deadline(mut self, deadline: Instant) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Sets how many words one pattern may match.
    #[must_use]
    pub fn most_expansions(mut self, most: usize) -> Self {
        self.most_expansions = most;
        self
    }

    /// Sets how many posting lists the search may open at once.
    #[must_use]
    pub fn most_lists(mut self, most: usize) -> Self {
        self.most_lists = most;
        self
    }

    /// Sets how many steps one answer may take.
    #[must_use]
    pub fn most_steps(mut self, most: u64) -> Self {
        self.most_steps = most;
        self
    }

    /// Sets what is called while an analysis is worked on.
    #[must_use]
    pub fn progress(mut self, call: impl Fn(AnswerProgress) + Send + Sync + 'static) -> Self {
        self.progress = Some(AnswerProgressCall::new(call));
        self
    }

    /// Reports that `done` of `total` is done of a step, named in words. For work that consists of many searches, to be called
    /// between them.
    ///
    /// # Errors
    /// [`Cancelled`](crate::ErrorKind::Cancelled) once the cancel flag is raised; [`Deadline`](crate::ErrorKind::Deadline) past
    /// the deadline.
    pub fn advance(&self, step: &'static str, done: u64, total: u64) -> Result<()> {
        self.report(step, done, total);
        self.interrupt().look()
    }

    /// Reports progress, for loops that check themselves whether to stop.
    pub(crate) fn report(&self, step: &'static str, done: u64, total: u64) {
        if let Some(call) = &self.progress {
            call.call(AnswerProgress::new(step, done, total));
        }
    }

    /// A check of the cancel flag, the deadline and the steps, for the loops of one answer.
    pub(crate) fn interrupt(&self) -> Interrupt {
        let account = self.account.clone().unwrap_or_else(|| Account::new(self.most_steps));
        Interrupt::new(self.cancel.clone(), self.deadline, account)
    }

    /// The same options for searches that are part of one answer, and together take no more steps than one may.
    #[must_use]
    pub(crate) fn of_one_answer(mut self) -> Self {
        self.account.get_or_insert_with(|| Account::new(self.most_steps));
        self
    }
}
