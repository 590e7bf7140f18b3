//! Options of a search.

use std::time::Instant;

use quotable_codebook::CodeBook;
use quotable_query::Scope;
use serde::{Deserialize, Serialize};

use crate::cancel::CancelFlag;
use crate::interrupt::Interrupt;

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

    /// Watches the flag and the deadline.
    pub(crate) fn interrupt(&self) -> Interrupt {
        Interrupt::new(self.cancel.clone(), self.deadline)
    }
}
