//! The handle of a query over one snapshot.

use std::sync::Arc;

use quotable_query::Query;

use crate::answer::chunk::{self, Chunks};
use crate::answer::collocates::{self, CollocateOptions, Collocates};
use crate::answer::concordance::{self, Lines};
use crate::answer::count::{self, CountTable};
use crate::answer::dispersal::{self, Dispersal};
use crate::answer::explain::{self, Explanation};
use crate::answer::extent::Extent;
use crate::answer::facet::Facet;
use crate::answer::group::{self, Groups};
use crate::answer::hint::{self, Hint};
use crate::answer::in_scope;
use crate::answer::keywords::{self, KeywordOptions, Keywords};
use crate::answer::left_out::{self, LeftOut};
use crate::answer::ngrams::{self, NgramOptions, Ngrams};
use crate::answer::provenance::{self, Provenance};
use crate::answer::unjudged::{self, Dating, Unjudged};
use crate::api::snapshot::Snapshot;
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::hit::{Counts, Cursor, Hit, Hits, ReportCount};
use crate::search::options::SearchOptions;
use crate::search::sample;
use crate::search::stream::{BUFFERED, HitStream};
use crate::search::top;

/// A query compiled for one snapshot, with its options. Borrows nothing; later commits do not change its answers. Clones
/// share it.
///
/// ```
/// use quotable_index::Index;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("west.txt", b"Plans drift.\n\nReviews of plans are late.\n\nStaff stay.")?;
/// writer.finish()?;
/// let search = index.search(&"plans".parse()?)?;
/// // How much, the best, every one, and each word in its context: all from one state of the index.
/// assert_eq!(search.count()?.occurrences, 2);
/// assert_eq!(search.top(1)?.hits.len(), 1);
/// for hit in search.every()? {
///     assert!(hit?.text.contains("lans"));
/// }
/// let lines = search.concordance(2, 2)?.collect::<quotable_index::Result<Vec<_>>>()?;
/// assert_eq!((lines[1].pre.as_str(), lines[1].keyword.as_str()), ("Reviews of ", "plans"));
/// // What another person needs to repeat the count.
/// assert!(search.provenance().to_string().ends_with("query: plans"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Search {
    snapshot: Snapshot,
    compiled: Arc<CompiledQuery>,
}

impl Search {
    pub(super) fn new(snapshot: &Snapshot, compiled: CompiledQuery) -> Self {
        Self { snapshot: snapshot.clone(), compiled: Arc::new(compiled) }
    }

    /// The query as given.
    pub fn query(&self) -> &Query {
        &self.compiled.query
    }

    /// The query with every `@name` replaced by its query in the code book.
    pub fn read_as(&self) -> &Query {
        &self.compiled.read
    }

    /// The options.
    pub fn options(&self) -> &SearchOptions {
        &self.compiled.options
    }

    /// The searched snapshot.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Counts occurrences, paragraphs and reports.
    ///
    /// # Errors
    /// [`Cancelled`](crate::ErrorKind::Cancelled), [`Deadline`](crate::ErrorKind::Deadline),
    /// [`OverLimit`](crate::ErrorKind::OverLimit) if it takes more steps than the options allow;
    /// [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub fn count(&self) -> Result<Counts> {
        self.compiled.count()
    }

    /// Counts paragraphs only: [`Counts::paragraphs`], often much faster than all counts.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn count_paragraphs(&self) -> Result<u64> {
        self.compiled.count_paragraphs()
    }

    /// Counts what the same query finds in rows of tables and in footnotes, where the options leave these out: a phrase that
    /// stands only there is not found, and the reader must know.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn left_out(&self) -> Result<LeftOut> {
        left_out::left_out(&self.compiled)
    }

    /// Counts by report, for reports with a match, in report order.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn count_by_report(&self) -> Result<Vec<ReportCount>> {
        self.compiled.count_by_report()
    }

    /// Counts by the values of one facet, or by the combinations of values of two or three.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) for no facet, more than three, or the same facet twice, and those of
    /// [`count`](Self::count).
    pub fn count_by(&self, facets: &[Facet]) -> Result<CountTable> {
        count::by(&self.compiled, facets)
    }

    /// Several tables at once, in the order given: each as [`count_by`](Self::count_by) makes it, for the time of little more
    /// than one.
    ///
    /// # Errors
    /// Those of [`count_by`](Self::count_by), for any of the tables.
    pub fn count_by_each(&self, tables: &[&[Facet]]) -> Result<Vec<CountTable>> {
        count::by_each(&self.compiled, tables)
    }

    /// The paragraphs, words and reports of the restricted corpus: the denominators of the total of a [`CountTable`].
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn extent(&self) -> Result<Extent> {
        count::extent(&self.compiled)
    }

    /// The first `n` hits in the order of [`SearchOptions::sort`], with exact counts.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn top(&self, n: usize) -> Result<Hits> {
        top::counted(&self.compiled, n, None)
    }

    /// A page: the `n` hits after the first `skipped`, in the order of [`SearchOptions::sort`], with exact counts. Takes memory for
    /// `skipped + n` positions; [`top_after`](Self::top_after) goes on from a hit in the memory of its own `n`.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn page(&self, skipped: usize, n: usize) -> Result<Hits> {
        top::page(&self.compiled, skipped, n)
    }

    /// A random sample of `n` of the paragraphs found, in the order of [`SearchOptions::sort`], with the counts of all. The same
    /// seed draws the same sample on every machine; every paragraph is as likely as any other.
    ///
    /// The sample is of those with the smallest hashes of their id and the seed (bottom-k sampling), not a reservoir: when the
    /// corpus grows, a paragraph leaves it only for a new one, and a smaller sample is part of a larger one of the same seed.
    ///
    /// ```
    /// use quotable_index::Index;
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = index.writer()?;
    /// let text: String = (0..50).map(|number| format!("Plan {number} is late.\n\n")).collect();
    /// writer.put_bytes("west.txt", text.as_bytes())?;
    /// writer.finish()?;
    /// let search = index.search(&"plan".parse().unwrap())?;
    /// let (ten, twenty) = (search.sample(10, 1)?.hits, search.sample(20, 1)?.hits);
    /// assert_eq!((ten.len(), twenty.len()), (10, 20));
    /// assert!(ten.iter().all(|hit| twenty.iter().any(|other| other.id == hit.id)));
    /// assert_ne!(ten, search.sample(10, 2)?.hits);
    /// # Ok::<(), quotable_index::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn sample(&self, n: usize, seed: u64) -> Result<Hits> {
        sample::paragraphs(&self.compiled, n, seed)
    }

    /// A random sample of `n` occurrences, each in its context as in [`concordance`](Self::concordance), in report order, with
    /// the counts of all. Drawn as [`sample`](Self::sample) draws paragraphs; only the paragraphs drawn are read.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn sample_concordance(&self, before: u32, after: u32, n: usize, seed: u64) -> Result<Lines> {
        concordance::sampled(&self.compiled, [before, after], n, seed)
    }

    /// The next `n` hits after a cursor, in the same order, with the counts of the whole search. A cursor of an earlier snapshot
    /// works too: the hits are those after its position in this one.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the cursor belongs to another order or is not valid, and those
    /// of [`count`](Self::count).
    pub fn top_after(&self, n: usize, cursor: &Cursor) -> Result<Hits> {
        top::counted(&self.compiled, n, Some(cursor))
    }

    /// The first `n` hits in the order of [`SearchOptions::sort`], without counts. Returns the hits of [`top`](Self::top), much
    /// faster: most paragraphs need not be scored.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn top_hits(&self, n: usize) -> Result<Vec<Hit>> {
        top::uncounted(&self.compiled, n)
    }

    /// The first `groups` groups by a facet, each with its first `hits` hits. Groups are sorted by their first hits, in the order
    /// of [`SearchOptions::sort`].
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn top_grouped(&self, by: Facet, groups: usize, hits: usize) -> Result<Groups> {
        group::top(&self.compiled, by, groups, hits)
    }

    /// The first `n` theme chunks with a match. Chunks are sorted by their best paragraphs, in the order of
    /// [`SearchOptions::sort`]. With [`SearchOptions::scope`] set to theme chunks, a conjunction may match across a chunk.
    ///
    /// # Errors
    /// [`OverLimit`](crate::ErrorKind::OverLimit) if a chunk has more than 16 MiB of text, and those of
    /// [`count`](Self::count).
    pub fn top_chunks(&self, n: usize) -> Result<Chunks> {
        chunk::top(&self.compiled, n)
    }

    /// An iterator over all hits in report order, with the counts of the search. Memory does not grow with the number of hits:
    /// the search is run again for every 65,000 of them. The iterator borrows nothing.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn every(&self) -> Result<HitStream> {
        HitStream::open(&self.compiled, BUFFERED)
    }

    /// An iterator over all occurrences in report order, each with up to `before` and `after` words of context, with the counts
    /// of the search. A context that reaches the first or last word of the paragraph extends to its edge. Memory is bounded as
    /// in [`every`](Self::every).
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn concordance(&self, before: u32, after: u32) -> Result<Lines> {
        concordance::lines(&self.compiled, before, after)
    }

    /// The words that stand near the occurrences more often than chance puts them there, or the concepts of the code book of
    /// the [options](SearchOptions::codebook). Reads the postings of all words, once.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the windows have no words or too many,
    /// [`Unsupported`](crate::ErrorKind::Unsupported) if concepts are asked for without a code book, and those of
    /// [`count`](Self::count).
    pub fn collocates(&self, options: &CollocateOptions) -> Result<Collocates> {
        collocates::collocates(&self.compiled.of_one_answer(), options)
    }

    /// The words and sequences of words that the paragraphs found have more of than those that another search of the same
    /// snapshot finds; without one, than the rest of what the options look in. The limit of steps is that of this search.
    ///
    /// # Errors
    /// [`NoReports`](crate::ErrorKind::NoReports) if one of the parts has no words, [`Invalid`](crate::ErrorKind::Invalid)
    /// if the lengths are not valid or `against` is of another snapshot, and those of [`count`](Self::count).
    pub fn keywords(&self, against: Option<&Self>, options: &KeywordOptions) -> Result<Keywords> {
        let target = self.compiled.of_one_answer();
        match against {
            Some(against) => {
                keywords::keywords(&target, &against.compiled.in_answer_of(&target), false, options)
            }
            None => {
                let rest = CompiledQuery::new(&target.state, &Query::All, &target.options)?;
                keywords::keywords(&target, &rest, true, options)
            }
        }
    }

    /// The same as [`keywords`](Self::keywords), against the rest of what another search of the same snapshot finds.
    ///
    /// # Errors
    /// Those of [`keywords`](Self::keywords).
    pub fn keywords_in(&self, whole: &Self, options: &KeywordOptions) -> Result<Keywords> {
        let target = self.compiled.of_one_answer();
        keywords::keywords(&target, &whole.compiled.in_answer_of(&target), true, options)
    }

    /// The words, or sequences of words, of the paragraphs found, with their frequency and their spread over the reports.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the lengths are not valid, and those of [`count`](Self::count).
    pub fn ngrams(&self, options: &NgramOptions) -> Result<Ngrams> {
        ngrams::ngrams(&self.compiled.of_one_answer(), options)
    }

    /// Where in each report the occurrences are: what a dispersion plot draws.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn dispersal(&self) -> Result<Dispersal> {
        dispersal::dispersal(&self.compiled)
    }

    /// Queries that may have been meant, or that find more of the same: the words as a phrase, a concept of the code book, a
    /// number in all its ways of writing. `counts` are those of this search. Each hint takes a search of its own.
    ///
    /// ```
    /// use quotable_index::{Hint, Index};
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = index.writer()?;
    /// writer.put_bytes("west.txt", b"Care leavers wait. Leavers of care homes wait too.")?;
    /// writer.finish()?;
    /// let search = index.search(&"care leavers".parse().unwrap())?;
    /// let hints = search.hints(&search.count()?)?;
    /// assert!(matches!(&hints[0], Hint::Phrase { words: 2, phrase, occurrences: 1 } if phrase == "\"care leavers\""));
    /// # Ok::<(), quotable_index::Error>(())
    /// ```
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn hints(&self, counts: &Counts) -> Result<Vec<Hint>> {
        hint::hints(&self.compiled, counts)
    }

    /// Explains how the query was read: its tree after folding, the words that each leaf matches, the number of paragraphs that
    /// each filter passes, and, if nothing is found, the parts at fault.
    ///
    /// # Errors
    /// Those of [`count`](Self::count).
    pub fn explain(&self) -> Result<Explanation> {
        explain::explain(&self.compiled)
    }

    /// Checks that there is a report to look in: in the part of the corpus that the options name, and passed by the
    /// filters at the top of the query.
    ///
    /// # Errors
    /// [`NoReports`](crate::ErrorKind::NoReports) if that part of the corpus has no report, which says what became of its
    /// files; [`UnknownValue`](crate::ErrorKind::UnknownValue) if the filters pass none, with the nearest values; and
    /// those of [`count`](Self::count).
    pub fn require_reports(&self) -> Result<()> {
        in_scope::require_reports(&self.compiled)
    }

    /// The reports that each filter of the query leaves out without knowing whether it would pass them, for the filters
    /// that have any.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn unjudged(&self) -> Result<Vec<Unjudged>> {
        unjudged::unjudged(&self.compiled)
    }

    /// How many of the reports to look in have no day of publication.
    pub fn dating(&self) -> Dating {
        unjudged::dating(&self.compiled)
    }

    /// Version, corpus, query and options, to repeat the counts.
    pub fn provenance(&self) -> Provenance {
        provenance::of(&self.compiled)
    }
}
