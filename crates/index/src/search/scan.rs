//! A search run over every segment.

use std::borrow::Cow;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::search::compiled::CompiledQuery;
use crate::search::evaluate::{Frequencies, Needed, Scorer, SourceDocs, open};
use crate::search::found::{FoundParagraph, SegmentDoc};
use crate::search::options::Boilerplate;
use crate::search::score::LengthClass;
use crate::store::boilerplate::BoilerplateTable;
use crate::store::sources::SourceRange;

/// What a scan is to give.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct ScanOptions<'a> {
    /// Whether paragraphs are scored; otherwise scores are zero.
    pub(crate) scored: bool,
    /// The sources to look at; all if `None`.
    pub(crate) sources: Option<&'a [bool]>,
}

/// Gives every paragraph that matches, those of one source one after another. Boilerplate is left out if the options
/// say so, and then given to `left_out`.
pub(crate) fn scan(
    compiled: &CompiledQuery,
    how: ScanOptions<'_>,
    mut each: impl FnMut(FoundParagraph, SegmentDoc),
    mut left_out: impl FnMut(FoundParagraph),
) -> Result<()> {
    let CompiledQuery { state, plan, bm25, options, .. } = compiled;
    let wanted = both(plan.within.as_deref(), how.sources);
    let mut interrupt = options.interrupt();
    let stop = interrupt.clone();
    let mut counts = vec![0_u32; plan.units];
    for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
        interrupt.look()?;
        let runs = state.sources().ranges(segment);
        let mut searched = SegmentParagraphs::open(compiled, wanted.as_deref(), segment, reader)?;
        let mut node = open(plan, state.fields(), reader, runs, segment, Needed::Frequencies, &stop)?;
        let mut give = |found: FoundParagraph, doc| {
            if found.boilerplate > 0 && options.boilerplate == Boilerplate::Exclude {
                left_out(found);
            } else {
                each(found, SegmentDoc { segment, doc });
            }
        };
        if node.prefers_windows(reader.max_doc(), plan.units) {
            let table = how.scored.then(|| bm25.table(node.cost()));
            searched.sweep(
                &mut node,
                plan.units,
                reader.max_doc(),
                &mut interrupt,
                |searched, run, doc, often| {
                    let occurrences = often.counts(doc).fold(0, u32::saturating_add);
                    let length = || searched.length(doc);
                    let score = table.as_ref().map_or(0.0, |table| table.score(often.counts(doc), length()));
                    give(searched.found_in(run, doc, occurrences, score), doc);
                },
            )?;
            continue;
        }
        searched.walk(&mut node, &mut interrupt, |searched, node, doc| {
            counts.fill(0);
            let (standing, occurrences) = node.count_occurrences(doc, &mut counts);
            if standing.is_hit() {
                let length = || searched.length(doc);
                let score = if how.scored { bm25.score(counts.iter().copied(), length()) } else { 0.0 };
                give(searched.found(doc, occurrences, score), doc);
            }
        })?;
    }
    Ok(())
}

/// The paragraphs of a segment that are searched, and what is known of each whatever the query.
pub(crate) struct SegmentParagraphs<'a> {
    runs: SourceDocs<'a>,
    lengths: Norms,
    boilerplate: &'a BoilerplateTable,
    segment: usize,
}

impl<'a> SegmentParagraphs<'a> {
    /// Those of the wanted sources; of all if `None`.
    pub(crate) fn open(
        compiled: &'a CompiledQuery,
        wanted: Option<&'a [bool]>,
        segment: usize,
        reader: &SegmentReader,
    ) -> Result<Self> {
        let state = &compiled.state;
        let runs = SourceDocs::new(state.sources().ranges(segment), wanted);
        Ok(Self { runs, lengths: Norms::open(compiled, reader)?, boilerplate: state.boilerplate()?, segment })
    }

    /// Gives every one of them that may match.
    fn walk(
        &mut self,
        node: &mut Scorer<'_>,
        interrupt: &mut Interrupt,
        mut each: impl FnMut(&Self, &mut Scorer<'_>, DocId),
    ) -> Result<()> {
        let mut doc = node.seek(0);
        while doc != TERMINATED {
            interrupt.step()?;
            let next = self.seek(doc);
            if next == doc {
                each(self, node, doc);
            }
            doc = node.seek(next.max(doc + 1));
        }
        interrupt.look()
    }

    /// Gives every one of them that matches, with its source and how often the units of the query occur there. The node
    /// must be one of which frequencies say so, a window at a time.
    pub(crate) fn sweep(
        &mut self,
        node: &mut Scorer<'_>,
        units: usize,
        documents: DocId,
        interrupt: &mut Interrupt,
        mut each: impl FnMut(&Self, &SourceRange, DocId, &Frequencies),
    ) -> Result<()> {
        let mut runs = self.runs.clone();
        let mut stop = interrupt.clone();
        let is_over = || stop.look().is_err();
        node.for_each_in_windows(&mut runs, documents, units, is_over, |run, doc, often| {
            each(self, run, doc, often)
        });
        interrupt.look()
    }

    /// The first of them at or after a document. Documents must not decrease.
    pub(crate) fn seek(&mut self, doc: DocId) -> DocId {
        self.runs.seek(doc)
    }

    /// How long a paragraph is.
    pub(crate) fn length(&self, doc: DocId) -> LengthClass {
        self.lengths.of(doc)
    }

    /// The number of the source of the paragraph at which they stand.
    pub(crate) fn source(&self) -> u32 {
        self.runs.current().map_or(0, |run| run.source)
    }

    /// A number that none of the sources is below from that of the current paragraph to before a document.
    pub(crate) fn least_source(&self, end: DocId) -> u32 {
        self.runs.min_source(end).unwrap_or(0)
    }

    /// In how many reports the paragraph stands, if it is boilerplate; else zero.
    pub(crate) fn boilerplate(&self, doc: DocId) -> u32 {
        self.boilerplate.of(self.segment, doc)
    }

    /// The paragraph at which they stand, as found.
    pub(crate) fn found(&self, doc: DocId, occurrences: u32, score: f64) -> FoundParagraph {
        self.runs
            .current()
            .map_or_else(FoundParagraph::default, |run| self.found_in(run, doc, occurrences, score))
    }

    /// A paragraph of a source, as found.
    pub(crate) fn found_in(
        &self,
        run: &SourceRange,
        doc: DocId,
        occurrences: u32,
        score: f64,
    ) -> FoundParagraph {
        let boilerplate = self.boilerplate(doc);
        FoundParagraph { source: run.source, ordinal: doc - run.base, occurrences, boilerplate, score }
    }
}

/// How many paragraphs match.
pub(crate) fn count_paragraphs(compiled: &CompiledQuery) -> Result<u64> {
    let CompiledQuery { state, plan, options, .. } = compiled;
    let mut interrupt = options.interrupt();
    let stop = interrupt.clone();
    let is_all = plan.within.is_none() && options.boilerplate != Boilerplate::Exclude;
    let mut count = 0;
    for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
        interrupt.look()?;
        let runs = state.sources().ranges(segment);
        let mut node = open(plan, state.fields(), reader, runs, segment, Needed::Documents, &stop)?;
        let all = if is_all && !reader.has_deletes() { node.doc_count() } else { None };
        if let Some(all) = all {
            count += all;
            continue;
        }
        if options.boilerplate != Boilerplate::Exclude && node.prefers_windowed_count(reader.max_doc()) {
            let mut live = SourceDocs::new(runs, plan.within.as_deref());
            count += node.count_in_windows(&mut live, reader.max_doc(), || interrupt.look().is_err());
            interrupt.look()?;
            continue;
        }
        let mut searched = SegmentParagraphs::open(compiled, plan.within.as_deref(), segment, reader)?;
        searched.walk(&mut node, &mut interrupt, |searched, node, doc| {
            let is_left_out = || options.boilerplate == Boilerplate::Exclude && searched.boilerplate(doc) > 0;
            count += u64::from(node.count_occurrences(doc, &mut []).0.is_hit() && !is_left_out());
        })?;
    }
    Ok(count)
}

/// Those that are marked in both; all are marked where nothing is said.
fn both<'a>(one: Option<&'a [bool]>, other: Option<&'a [bool]>) -> Option<Cow<'a, [bool]>> {
    match (one, other) {
        (Some(one), Some(other)) => {
            Some(one.iter().zip(other).map(|(one, other)| *one && *other).collect::<Vec<_>>().into())
        }
        (one, other) => one.or(other).map(Cow::Borrowed),
    }
}

/// How long each paragraph is.
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

    /// A paragraph has words in one field alone, and longer ones have a greater class.
    fn of(&self, doc: DocId) -> LengthClass {
        LengthClass(self.0.iter().map(|lengths| lengths.fieldnorm_id(doc)).max().unwrap_or(0))
    }
}
