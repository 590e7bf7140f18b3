//! Runs a compiled query over every segment.
//!
//! There are three ways to run a query on a segment. A query of words alone that count as one is evaluated by the blocks of
//! its postings, a [`Batch`] at a time. Any other query of frequent words without positions is evaluated a *window* of
//! documents at a time, with a bit for each (see [`Scorer::for_each_in_windows`]). The rest goes from candidate to
//! candidate: [`Scorer::seek`] reads document numbers alone, and [`Scorer::count_occurrences`] then decides whether the
//! candidate matches.

use std::borrow::Cow;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::search::compiled::CompiledQuery;
use crate::search::evaluate::{Frequencies, Needed, Scorer, SourceDocs, Union};
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::options::Boilerplate;
use crate::search::score::LengthClass;
use crate::store::boilerplate::SegmentBoilerplate;
use crate::store::sources::SourceRange;

/// Options of a scan.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ScanOptions<'a> {
    /// Whether to compute scores; otherwise they are zero.
    pub(super) scored: bool,
    /// By source number, whether to search the source; `None` is all.
    pub(super) sources: Option<&'a [bool]>,
}

/// What a scan does with the paragraphs that it finds. Those of one source come one after another.
pub(super) trait Collector {
    /// Takes a paragraph that matches.
    fn collect(&mut self, found: FoundParagraph, doc: SegmentDoc);

    /// Takes a paragraph that matches and is boilerplate, which the options exclude.
    fn exclude(&mut self, found: FoundParagraph);

    /// Takes paragraphs at once, boilerplate among them even if the options exclude it, and returns true; or returns false, to
    /// be given them one by one.
    fn collect_batch(&mut self, _: &Batch<'_>) -> bool {
        false
    }
}

/// Some paragraphs of one source that match a query of words of one unit and nothing else.
pub(super) struct Batch<'b> {
    pub(super) paragraphs: &'b SegmentParagraphs<'b>,
    pub(super) source: &'b SourceRange,
    pub(super) docs: &'b [DocId],
    /// How often the words occur in each.
    pub(super) counts: &'b [u32],
}

/// A function as a collector.
struct Each<E>(E);

impl<E: FnMut(FoundParagraph, SegmentDoc)> Collector for Each<E> {
    #[inline]
    fn collect(&mut self, found: FoundParagraph, doc: SegmentDoc) {
        self.0(found, doc);
    }

    fn exclude(&mut self, _: FoundParagraph) {}
}

/// Calls `each` with every paragraph that matches, those of one source one after another, without boilerplate that the
/// options exclude.
pub(super) fn scan(
    compiled: &CompiledQuery,
    options: ScanOptions<'_>,
    each: impl FnMut(FoundParagraph, SegmentDoc),
) -> Result<()> {
    scan_into(compiled, options, &mut Each(each))
}

/// Hands every paragraph that matches to a collector.
pub(super) fn scan_into<C: Collector>(
    compiled: &CompiledQuery,
    scan: ScanOptions<'_>,
    collector: &mut C,
) -> Result<()> {
    let CompiledQuery { state, plan, bm25, options, .. } = compiled;
    let wanted = intersection(plan.searched.as_deref(), scan.sources);
    let mut interrupt = options.interrupt();
    let scorer_interrupt = interrupt.clone();
    let mut counts = vec![0_u32; plan.units];
    let excludes_boilerplate = options.boilerplate == Boilerplate::Exclude;
    for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
        interrupt.look()?;
        let mut paragraphs = SegmentParagraphs::open(compiled, wanted.as_deref(), segment, reader)?;
        let needed = Needed::Frequencies;
        let mut scorer = compiled.open(reader, segment, needed, &scorer_interrupt)?;
        let emit = |collector: &mut C, found: FoundParagraph, doc| {
            if found.boilerplate > 0 && excludes_boilerplate {
                collector.exclude(found);
            } else {
                collector.collect(found, SegmentDoc { segment, doc });
            }
        };
        if scorer.prefers_windows(reader.max_doc(), plan.units) {
            let documents = reader.max_doc();
            if let Some(words) = scorer.lone_words() {
                paragraphs.each_batch(words, documents, &mut interrupt, |batch| {
                    if collector.collect_batch(batch) {
                        return;
                    }
                    for (&doc, &count) in batch.docs.iter().zip(batch.counts) {
                        let length = batch.paragraphs.length(doc);
                        let score = if scan.scored { bm25.score([count], length) } else { 0.0 };
                        emit(collector, batch.paragraphs.found_in(batch.source, doc, count, score), doc);
                    }
                })?;
                continue;
            }
            let table = scan.scored.then(|| bm25.table(scorer.cost()));
            paragraphs.each_windowed(
                &mut scorer,
                plan.units,
                documents,
                &mut interrupt,
                |paragraphs, source, doc, frequencies| {
                    let occurrences = frequencies.counts(doc).fold(0, u32::saturating_add);
                    let length = paragraphs.length(doc);
                    let table = table.as_ref();
                    let score = table.map_or(0.0, |table| table.score(frequencies.counts(doc), length));
                    emit(collector, paragraphs.found_in(source, doc, occurrences, score), doc);
                },
            )?;
            continue;
        }
        paragraphs.each_candidate(&mut scorer, &mut interrupt, |paragraphs, scorer, doc| {
            counts.fill(0);
            let (matched, occurrences) = scorer.count_occurrences(doc, &mut counts);
            if matched.is_hit() {
                let score = if scan.scored {
                    bm25.score(counts.iter().copied(), paragraphs.length(doc))
                } else {
                    0.0
                };
                emit(collector, paragraphs.found(doc, occurrences, score), doc);
            }
        })?;
    }
    Ok(())
}

/// Counts the paragraphs that match.
pub(super) fn count_paragraphs(compiled: &CompiledQuery) -> Result<u64> {
    let CompiledQuery { state, plan, options, .. } = compiled;
    let mut interrupt = options.interrupt();
    let scorer_interrupt = interrupt.clone();
    let excludes_boilerplate = options.boilerplate == Boilerplate::Exclude;
    let is_unrestricted = plan.searched.is_none() && !excludes_boilerplate;
    let mut count = 0;
    for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
        interrupt.look()?;
        let ranges = state.sources().ranges(segment);
        let needed = Needed::Documents;
        let mut scorer = compiled.open(reader, segment, needed, &scorer_interrupt)?;
        // The document frequency of a single word is its count, if no document was removed since.
        let known = if is_unrestricted && !reader.has_deletes() { scorer.doc_count() } else { None };
        if let Some(known) = known {
            count += known;
            continue;
        }
        if !excludes_boilerplate && scorer.prefers_windowed_count(reader.max_doc()) {
            interrupt.charge(scorer.windowed_postings())?;
            let mut live = SourceDocs::new(ranges, plan.searched.as_deref());
            count += scorer.count_in_windows(&mut live, reader.max_doc(), || interrupt.look().is_err());
            interrupt.look()?;
            continue;
        }
        let mut paragraphs = SegmentParagraphs::open(compiled, plan.searched.as_deref(), segment, reader)?;
        paragraphs.each_candidate(&mut scorer, &mut interrupt, |paragraphs, scorer, doc| {
            let is_excluded = || excludes_boilerplate && paragraphs.boilerplate(doc) > 0;
            count += u64::from(scorer.count_occurrences(doc, &mut []).0.is_hit() && !is_excluded());
        })?;
    }
    Ok(count)
}

/// The paragraphs of a segment to search, with their sources, lengths and boilerplate: all that is known without the
/// query. Also a cursor over them, which only moves forward.
pub(super) struct SegmentParagraphs<'a> {
    sources: SourceDocs<'a>,
    norms: Norms,
    /// `None` if the segment has none.
    boilerplate: Option<&'a SegmentBoilerplate>,
}

impl<'a> SegmentParagraphs<'a> {
    /// Opens the paragraphs of the `wanted` sources, by source number; `None` is all.
    pub(super) fn open(
        compiled: &'a CompiledQuery,
        wanted: Option<&'a [bool]>,
        segment: usize,
        reader: &SegmentReader,
    ) -> Result<Self> {
        let state = &compiled.state;
        let sources = SourceDocs::new(state.sources().ranges(segment), wanted);
        Ok(Self {
            sources,
            norms: Norms::open(compiled, reader)?,
            boilerplate: state.boilerplate()?.segment(segment),
        })
    }

    /// Calls `each` with every candidate: a document that the scorer seeks to and that is one of these paragraphs.
    fn each_candidate(
        &mut self,
        scorer: &mut Scorer<'_>,
        interrupt: &mut Interrupt,
        mut each: impl FnMut(&Self, &mut Scorer<'_>, DocId),
    ) -> Result<()> {
        let mut doc = scorer.seek(0);
        while doc != TERMINATED {
            interrupt.step()?;
            let next = self.seek(doc);
            if next == doc {
                each(self, scorer, doc);
            }
            doc = scorer.seek(next.max(doc + 1));
        }
        // An interrupted scorer ends as if there were no more paragraphs: tell the two apart.
        interrupt.look()
    }

    /// Calls `each` with every paragraph that matches, its source, and how often each unit of the query occurs in it.
    /// The scorer must [prefer windows](Scorer::prefers_windows).
    pub(super) fn each_windowed(
        &mut self,
        scorer: &mut Scorer<'_>,
        units: usize,
        documents: DocId,
        interrupt: &mut Interrupt,
        mut each: impl FnMut(&Self, &SourceRange, DocId, &Frequencies),
    ) -> Result<()> {
        interrupt.charge(scorer.windowed_postings())?;
        let mut sources = self.sources.clone();
        let mut check = interrupt.clone();
        let is_over = || check.look().is_err();
        scorer.for_each_in_windows(&mut sources, documents, units, is_over, |source, doc, frequencies| {
            each(self, source, doc, frequencies);
        });
        interrupt.look()
    }

    /// Calls `each` with the paragraphs that contain any of the words, some of one source at a time.
    pub(super) fn each_batch(
        &mut self,
        words: &mut Union,
        documents: DocId,
        interrupt: &mut Interrupt,
        mut each: impl FnMut(&Batch<'_>),
    ) -> Result<()> {
        interrupt.charge(words.cost())?;
        let mut sources = self.sources.clone();
        let mut check = interrupt.clone();
        let is_over = || check.look().is_err();
        words.for_each_batch(&mut sources, documents, is_over, |source, docs, counts| {
            each(&Batch { paragraphs: self, source, docs, counts });
        });
        interrupt.look()
    }

    /// Moves the cursor to the first of these paragraphs at or after a document. Documents must not decrease.
    pub(super) fn seek(&mut self, doc: DocId) -> DocId {
        self.sources.seek(doc)
    }

    /// The length of a paragraph.
    #[inline]
    pub(super) fn length(&self, doc: DocId) -> LengthClass {
        self.norms.length(doc)
    }

    /// The number of the source of the paragraph at the cursor.
    pub(super) fn source(&self) -> u32 {
        let source = self.sources.current();
        debug_assert!(source.is_some(), "the cursor is past the last paragraph");
        source.map_or(0, |source| source.source)
    }

    /// A lower bound of the source numbers of the paragraphs from the cursor up to but not including `end`: zero if
    /// there are too many sources to look at each.
    pub(super) fn least_source(&self, end: DocId) -> u32 {
        self.sources.min_source(end).unwrap_or(0)
    }

    /// True if a paragraph from `first` to `last` may be boilerplate.
    pub(super) fn may_have_boilerplate(&self, first: DocId, last: DocId) -> bool {
        self.boilerplate.is_some_and(|boilerplate| boilerplate.may_have(first, last))
    }

    /// True if a paragraph is boilerplate.
    #[inline]
    pub(super) fn is_boilerplate(&self, doc: DocId) -> bool {
        self.boilerplate.is_some_and(|boilerplate| boilerplate.has(doc))
    }

    /// Number of reports that contain the paragraph word for word, if it is boilerplate; else zero.
    #[inline]
    fn boilerplate(&self, doc: DocId) -> u32 {
        self.boilerplate.map_or(0, |boilerplate| boilerplate.reports_with(doc))
    }

    /// The paragraph at the cursor, as found.
    pub(super) fn found(&self, doc: DocId, occurrences: u32, score: f64) -> FoundParagraph {
        let source = self.sources.current();
        debug_assert!(source.is_some(), "the cursor is past the last paragraph");
        source.map_or_else(FoundParagraph::default, |source| self.found_in(source, doc, occurrences, score))
    }

    /// A paragraph of the given source, as found.
    #[inline]
    pub(super) fn found_in(
        &self,
        source: &SourceRange,
        doc: DocId,
        occurrences: u32,
        score: f64,
    ) -> FoundParagraph {
        let boilerplate = self.boilerplate(doc);
        // The document at `base` is the source's own entry, so ordinals begin with 1.
        FoundParagraph { source: source.source, ordinal: doc - source.base, occurrences, boilerplate, score }
    }
}

/// The sources marked in both; `None` marks all.
fn intersection<'a>(one: Option<&'a [bool]>, other: Option<&'a [bool]>) -> Option<Cow<'a, [bool]>> {
    match (one, other) {
        (Some(one), Some(other)) => {
            Some(one.iter().zip(other).map(|(one, other)| *one && *other).collect::<Vec<_>>().into())
        }
        (one, other) => one.or(other).map(Cow::Borrowed),
    }
}

/// The field norms of a segment: the length of each paragraph in each field that is searched.
struct Norms(Vec<FieldNormReader>);

impl Norms {
    fn open(compiled: &CompiledQuery, reader: &SegmentReader) -> Result<Self> {
        let fields = compiled.plan.fields.iter();
        Ok(Self(
            fields
                .map(|&field| reader.get_fieldnorms_reader(field))
                .collect::<tantivy::Result<_>>()
                .map_err(Error::of_engine)?,
        ))
    }

    #[inline]
    fn length(&self, doc: DocId) -> LengthClass {
        if let [only] = self.0.as_slice() {
            return LengthClass(only.fieldnorm_id(doc));
        }
        // A paragraph has words in one field alone; its class in the others is zero.
        let class = self.0.iter().map(|norms| norms.fieldnorm_id(doc)).max();
        debug_assert!(class.is_some(), "a search has at least one field");
        LengthClass(class.unwrap_or(0))
    }
}
