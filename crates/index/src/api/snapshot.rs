//! The handle of one committed state of the index.

pub(crate) mod search;

use std::ops::Range;
use std::sync::Arc;

use quotable_codebook::CodeBook;
use quotable_query::Query;
use quotable_report::Report;

use crate::answer::chunk::{self, Chunk};
use crate::answer::code_counts::{self, CodeCounts};
use crate::answer::coverage::{self, Themes};
use crate::answer::reports::{self, ReportHead};
use crate::api::snapshot::search::Search;
use crate::error::Result;
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::hit::Hit;
use crate::search::options::SearchOptions;
use crate::search::words;
use crate::source::{Source, Status};
use crate::store::state::State;

/// One committed state of an index, unchanged by whatever is committed later. Clones share it.
#[derive(Debug, Clone)]
pub struct Snapshot(Arc<State>);

impl Snapshot {
    pub(super) fn new(state: Arc<State>) -> Self {
        Self(state)
    }

    /// Searches, in paragraphs of body text, bullets and headings.
    ///
    /// # Errors
    /// [`Query`](crate::ErrorKind::Query) if a pattern is not valid,
    /// [`UnknownValue`](crate::ErrorKind::UnknownValue) if a filter asks for what is not there,
    /// [`Unsupported`](crate::ErrorKind::Unsupported), or if the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Search> {
        self.search_with(query, &SearchOptions::default())
    }

    /// The same as [`search`](Self::search), with options.
    ///
    /// # Errors
    /// See there.
    pub fn search_with(&self, query: &Query, options: &SearchOptions) -> Result<Search> {
        CompiledQuery::new(&self.0, query, options).map(|compiled| Search::new(self, compiled))
    }

    /// Every source on record, in report order, those that could not be read too.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn reports(&self) -> Result<Vec<Source>> {
        reports::all(&self.0)
    }

    /// What is known of every report without reading its text from the index, in report order. Sources that could not
    /// be read are left out.
    pub fn report_heads(&self) -> impl Iterator<Item = ReportHead<'_>> {
        reports::heads(&self.0)
    }

    /// What is known of the report at a path without reading its text from the index; `None` if there is none or it
    /// could not be read.
    pub fn report_head(&self, path: &str) -> Option<ReportHead<'_>> {
        reports::head(&self.0, path)
    }

    /// A whole report, by its path or its id; `None` if there is none or it could not be read.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn report(&self, name: &str) -> Result<Option<Report>> {
        match self.0.find(name) {
            Some(source) => self.0.report(source),
            None => Ok(None),
        }
    }

    /// A paragraph by its id, as a hit without matches.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn paragraph(&self, id: &str) -> Result<Option<Hit>> {
        match id.parse::<Id>() {
            Ok(id) => reports::paragraph(&self.0, &id),
            Err(_) => Ok(None),
        }
    }

    /// The paragraph of a hit with `bytes` of its text marked instead: the pages of the citation are those of these
    /// bytes. `None` if this state has no such paragraph.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn cite(&self, hit: &Hit, bytes: Range<usize>) -> Result<Option<Hit>> {
        reports::cite(&self.0, hit, bytes)
    }

    /// The paragraph of that id with up to `n` before and `n` after it in its report, in order, as hits without
    /// matches, headings, rows of tables and notes among them. Empty if there is no such paragraph.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the id is that of a report, or if the index cannot be read.
    pub fn around(&self, id: &Id, n: u32) -> Result<Vec<Hit>> {
        reports::around(&self.0, id, n)
    }

    /// The theme chunk that holds the paragraph of that id; `None` if there is no such paragraph.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the id is that of a report, or if the index cannot be read.
    pub fn chunk(&self, id: &Id) -> Result<Option<Chunk>> {
        chunk::of_paragraph(&self.0, id)
    }

    /// How much of the text each theme of the code book covers, by year and by grade. Reads the stored text of every
    /// paragraph once, and never the sources.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn themes(&self, book: &CodeBook) -> Result<Themes> {
        self.themes_with(book, &SearchOptions::default())
    }

    /// The same as [`themes`](Self::themes), of the text that the options select: a part of the corpus, tables and
    /// notes too, boilerplate left out. Order, scope and code book of the options are ignored.
    ///
    /// # Errors
    /// If the index cannot be read, [`Cancelled`](crate::ErrorKind::Cancelled) or
    /// [`Deadline`](crate::ErrorKind::Deadline).
    pub fn themes_with(&self, book: &CodeBook, options: &SearchOptions) -> Result<Themes> {
        coverage::themes(&self.0, book, options)
    }

    /// Runs every query of a code book, in the order of the book: topics by their words alone, without their sections.
    /// Names and themes are looked up in this book, whichever the options name.
    ///
    /// # Errors
    /// Those of [`search_with`](Self::search_with) and of [`Search::count`].
    pub fn count_codes(&self, book: &CodeBook, options: &SearchOptions) -> Result<Vec<CodeCounts>> {
        code_counts::count(&self.0, book, options)
    }

    /// Number of paragraphs, tables and notes included, in which a word occurs. The word must be folded as
    /// [`analyse::fold`](quotable_query::analyse::fold) does.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn word_frequency(&self, word: &str) -> Result<u64> {
        words::frequency(&self.0, word)
    }

    /// Number of paragraphs, tables and notes included.
    pub fn paragraph_count(&self) -> u64 {
        self.0.sources().size([true; 3]).0
    }

    /// What this state is.
    pub fn status(&self) -> Status {
        self.0.status()
    }
}
