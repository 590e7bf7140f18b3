//! The handle of one committed state of the index.

pub(crate) mod search;

use std::ops::Range;
use std::sync::Arc;

use quotable_codebook::CodeBook;
use quotable_query::Query;
use quotable_report::Report;

use crate::answer::chunk::{self, Chunk};
use crate::answer::code_counts::{self, CodeCounts, CodeTable};
use crate::answer::coverage::{self, Themes};
use crate::answer::facet::Facet;
use crate::answer::reports::{self, ReportHead};
use crate::answer::trend::{self, Period, Trend, TrendQuery};
use crate::api::snapshot::search::Search;
use crate::error::Result;
use crate::failure::Failure;
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::hit::Hit;
use crate::search::options::{Duplicates, SearchOptions};
use crate::search::stream::HitStream;
use crate::search::words::{self, WordCount};
use crate::source::{Source, Status};
use crate::store::state::State;

/// One committed state of an index. Later commits do not change it. Clones share it.
///
/// ```
/// use quotable_index::Index;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("west.txt", b"Children wait. Other children do not.")?;
/// writer.commit()?;
/// let snapshot = index.snapshot();
/// writer.remove("west.txt")?;
/// writer.finish()?;
/// // The snapshot still has the report.
/// let most = snapshot.vocabulary()?.max_by_key(|word| word.occurrences).expect("a word");
/// assert_eq!((most.word.as_str(), most.occurrences, most.paragraphs), ("children", 2, 1));
/// assert_eq!(snapshot.paragraphs()?.count(), 1);
/// assert_eq!(index.snapshot().paragraph_count(), 0);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Snapshot(Arc<State>);

impl Snapshot {
    pub(super) fn new(state: Arc<State>) -> Self {
        Self(state)
    }

    /// Prepares a search of body text, bullets and headings.
    ///
    /// # Errors
    /// [`Query`](crate::ErrorKind::Query) if a pattern or a filter is not valid,
    /// [`UnknownValue`](crate::ErrorKind::UnknownValue) if no report has the value or the field of a filter,
    /// [`Unsupported`](crate::ErrorKind::Unsupported) if the query has an `@name` and the options no code book,
    /// [`OverLimit`](crate::ErrorKind::OverLimit) if its patterns match more words than the options allow, those of
    /// [`Search::count`] for the time that this takes, and [`Damaged`](crate::ErrorKind::Damaged) or
    /// [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Search> {
        self.search_with(query, &SearchOptions::default())
    }

    /// The same as [`search`](Self::search), with options.
    ///
    /// # Errors
    /// Those of [`search`](Self::search).
    pub fn search_with(&self, query: &Query, options: &SearchOptions) -> Result<Search> {
        CompiledQuery::new(&self.0, query, options).map(|compiled| Search::new(self, compiled))
    }

    /// Every source on record, in report order, with those that could not be read.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn reports(&self) -> Result<Vec<Source>> {
        reports::all(&self.0)
    }

    /// The files at or below `within` (relative to the corpus; `None` for all) that could not be read, and why, in the
    /// order of their paths. No answer about that part holds their text.
    pub fn unread(&self, within: Option<&str>) -> Vec<Failure> {
        reports::unread(&self.0, within)
    }

    /// The files at or below `within` (relative to the corpus; `None` for all) that are not read, because no reader knows
    /// their format or because they are hidden, in the order of their paths. [`Source::failure`] has the cure. Files that
    /// are no documents are not on record.
    pub fn skipped(&self, within: Option<&str>) -> Vec<Source> {
        reports::skipped(&self.0, within)
    }

    /// The sources at or below `within` that hold the same report as another there: pairs of the path of each copy and of
    /// that which answers take in its place, in the order of the copies' paths.
    pub fn copies(&self, within: Option<&str>) -> Vec<(String, String)> {
        reports::copies(&self.0, within)
    }

    /// The metadata of every report, in report order, without loading texts. Sources that could not be read are left out.
    pub fn report_heads(&self) -> impl Iterator<Item = ReportHead<'_>> {
        reports::heads(&self.0)
    }

    /// The metadata of the report at a path, without loading its text; `None` if there is no report or it could not be read.
    pub fn report_head(&self, path: &str) -> Option<ReportHead<'_>> {
        reports::head(&self.0, path)
    }

    /// Everything on record of the source at a path, as [`reports`](Self::reports) lists it; `None` if there is none.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn source(&self, path: &str) -> Result<Option<Source>> {
        reports::source(&self.0, path)
    }

    /// The paragraphs of the report at a path, in order, as hits without matches: body text, headings, rows of tables and
    /// notes. Empty if there is no report or it could not be read. Memory grows with the report alone, so that a whole
    /// corpus can be read report by report.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    ///
    /// ```
    /// use quotable_index::Index;
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = index.writer()?;
    /// writer.put_bytes("west.txt", b"Staff are few.\n\nChildren wait.")?;
    /// writer.finish()?;
    /// let paragraphs = index.snapshot().paragraphs_of("west.txt")?;
    /// assert_eq!((paragraphs.len(), paragraphs[1].text.as_str()), (2, "Children wait."));
    /// assert!(index.snapshot().paragraphs_of("east.txt")?.is_empty());
    /// # Ok::<(), quotable_index::Error>(())
    /// ```
    pub fn paragraphs_of(&self, path: &str) -> Result<Vec<Hit>> {
        reports::paragraphs_of(&self.0, path)
    }

    /// A whole report, by path or id; `None` if there is no report or it could not be read.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn report(&self, name: &str) -> Result<Option<Report>> {
        match self.0.find(name) {
            Some(source) => self.0.report(source),
            None => Ok(None),
        }
    }

    /// A paragraph by its id, as a hit without matches.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn paragraph(&self, id: &str) -> Result<Option<Hit>> {
        match id.parse::<Id>() {
            Ok(id) => reports::paragraph(&self.0, &id),
            Err(_) => Ok(None),
        }
    }

    /// Every paragraph, those of copies too, as a hit without matches, in report order: body text, headings, rows of tables and notes, each with
    /// its citation. Memory does not grow with their number. [`report_head`](Self::report_head) has what a citation lacks,
    /// such as fields and grades.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn paragraphs(&self) -> Result<HitStream> {
        let options = SearchOptions::default().tables(true).notes(true).most_steps(u64::MAX);
        let options = options.duplicates(Duplicates::Keep);
        self.search_with(&Query::All, &options)?.every()
    }

    /// The vocabulary: every folded word of body text, bullets and headings with its counts, in byte order. The counts are
    /// exact, and those of [`Search::count`] for the word. Takes some 60 bytes of memory for each word.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn vocabulary(&self) -> Result<impl ExactSizeIterator<Item = WordCount> + use<>> {
        words::vocabulary(&self.0).map(Vec::into_iter)
    }

    /// The paragraph of a hit with `bytes` of its text marked instead of its matches; the citation gives the pages of these
    /// bytes. `None` if this snapshot lacks the paragraph.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn cite(&self, hit: &Hit, bytes: Range<usize>) -> Result<Option<Hit>> {
        reports::cite(&self.0, hit, bytes)
    }

    /// The paragraph with this id and up to `n` paragraphs before and after it in its report, in order, as hits without matches.
    /// Includes headings, rows of tables and notes. Empty if there is no such paragraph.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the id is that of a report;
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn around(&self, id: &Id, n: u32) -> Result<Vec<Hit>> {
        reports::around(&self.0, id, n)
    }

    /// The theme chunk of the paragraph with this id; `None` if there is no such paragraph.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the id is that of a report,
    /// [`OverLimit`](crate::ErrorKind::OverLimit) if the chunk has more than 16 MiB of text;
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn chunk(&self, id: &Id) -> Result<Option<Chunk>> {
        chunk::of_paragraph(&self.0, id)
    }

    /// The amount of text that each theme of the code book covers, by year and by grade. Each topic is a search of the index: no
    /// text is read. The sums are those of [`CodeBook::labels`] over all paragraphs.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn themes(&self, book: &CodeBook) -> Result<Themes> {
        self.themes_with(book, &SearchOptions::default())
    }

    /// The same as [`themes`](Self::themes), for the text that the options select: a folder, tables, notes, boilerplate. Order,
    /// scope and code book of the options are ignored.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read;
    /// [`Cancelled`](crate::ErrorKind::Cancelled) or
    /// [`Deadline`](crate::ErrorKind::Deadline).
    pub fn themes_with(&self, book: &CodeBook, options: &SearchOptions) -> Result<Themes> {
        coverage::themes(&self.0, book, options)
    }

    /// Counts every query of a code book, in the order of the book. Topics count by their words alone, without their sections.
    /// Names and themes are resolved in `book`; the code book of the options is ignored.
    ///
    /// # Errors
    /// Those of [`search_with`](Self::search_with) and of [`Search::count`].
    pub fn count_codes(&self, book: &CodeBook, options: &SearchOptions) -> Result<Vec<CodeCounts>> {
        code_counts::counts(&self.0, book, options)
    }

    /// Counts every query of a code book by the values of up to three facets, with denominators and rates, in the order of the
    /// book; without facets, each table has the total alone. As in [`count_codes`](Self::count_codes), topics count by their
    /// words.
    ///
    /// # Errors
    /// Those of [`count_codes`](Self::count_codes), and of [`Search::count_by`] for the facets.
    pub fn tabulate_codes(
        &self,
        book: &CodeBook,
        options: &SearchOptions,
        by: &[Facet],
    ) -> Result<Vec<CodeTable>> {
        code_counts::tables(&self.0, book, options, by)
    }

    /// How often several queries find something, period by period, with rates, shares and intervals. Runs the queries in
    /// several threads. Order and limits of the options hold for each query.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) without a query; those of [`search_with`](Self::search_with) and of
    /// [`Search::count`].
    pub fn trend(&self, queries: &[TrendQuery], by: Period, options: &SearchOptions) -> Result<Trend> {
        trend::trend(&self.0, queries, by, options)
    }

    /// The number of paragraphs with a word, tables and notes included. The word must be folded by
    /// [`analyse::fold`](quotable_query::analyse::fold).
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn word_frequency(&self, word: &str) -> Result<u64> {
        words::frequency(&self.0, word)
    }

    /// The number of all paragraphs, tables and notes included.
    pub fn paragraph_count(&self) -> u64 {
        self.0.sources().size([true; 3]).0
    }

    /// The status of this snapshot: its size, corpus hash and version.
    pub fn status(&self) -> Status {
        self.0.status()
    }
}
