//! A search run over every segment.

use std::borrow::Cow;
use std::ops::Range;

use quotable_query::Scope;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, SegmentReader, TERMINATED};

use crate::copies::column;
use crate::document::TURN;
use crate::evaluate::{Runs, Standing, Union, open};
use crate::intervals::Interval;
use crate::plan::Plan;
use crate::schema::COPY;
use crate::search::Compiled;
use crate::table::{Run, reach};
use crate::watch::Watch;
use crate::{Boilerplate, Error, Result, SearchOptions, Snapshot};

/// A paragraph that matches.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Found {
    /// The number of its source: its place in report order.
    pub(crate) source: u32,
    /// Its place among the paragraphs of the source, one-based.
    pub(crate) ordinal: u32,
    pub(crate) occurrences: u32,
    /// In how many reports the paragraph stands, if it is boilerplate; else zero.
    pub(crate) copies: u32,
    pub(crate) score: f64,
}

/// Found paragraphs are told apart by their keys alone; see [`Key`](crate::order::Key).
impl Eq for Found {}

impl PartialOrd for Found {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Found {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.source, self.ordinal).cmp(&(other.source, other.ordinal))
    }
}

/// Where a paragraph stands in the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub(crate) segment: usize,
    pub(crate) doc: DocId,
}

/// What a scan is to give.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scan<'a> {
    /// Whether paragraphs are scored; otherwise scores are zero.
    pub(crate) scored: bool,
    /// The sources to look at; all if `None`.
    pub(crate) sources: Option<&'a [bool]>,
}

/// Gives every paragraph that matches, those of one source one after another. Boilerplate is left out if the options
/// say so, and then given to `left_out`.
pub(crate) fn scan(
    compiled: &Compiled,
    how: Scan<'_>,
    mut each: impl FnMut(Found, Place),
    mut left_out: impl FnMut(Found),
) -> Result<()> {
    let Compiled { snapshot, plan, scale, options, .. } = compiled;
    let wanted_sources = both(plan.within.as_deref(), how.sources);
    let copies = snapshot.copies()?;
    let mut watch = Watch::new(options);
    let stop = watch.clone();
    let mut counts = vec![0_u32; plan.units];
    let mut out = Vec::new();
    for (segment, reader) in snapshot.searcher().segment_readers().iter().enumerate() {
        watch.look()?;
        let runs = snapshot.table().runs(segment);
        let lengths = Lengths::open(compiled, reader)?;
        let hashes = if copies.is_empty() { None } else { column(reader, COPY)? };
        let mut node = open(plan, snapshot.fields(), reader, runs, segment, &stop)?;
        let mut sources = Sources { runs, at: 0 };
        let mut wanted = Runs::new(runs, wanted_sources.as_deref());
        let mut doc = node.seek(wanted.seek(0));
        while doc != TERMINATED {
            watch.step()?;
            let next = wanted.seek(doc);
            if next > doc {
                doc = node.seek(next);
                continue;
            }
            if let Some(run) = sources.find(doc) {
                counts.fill(0);
                let occurrences = match node.frequency(doc) {
                    Some(frequency) => {
                        counts.fill(frequency);
                        Some(frequency)
                    }
                    None => {
                        out.clear();
                        let standing = node.matches(doc, Interval::WHOLE, &mut out, &mut counts);
                        standing.is_hit().then(|| u32::try_from(out.len()).unwrap_or(u32::MAX))
                    }
                };
                if let Some(occurrences) = occurrences {
                    let score = if how.scored { scale.score(&counts, lengths.of(doc)) } else { 0.0 };
                    let hash = hashes.as_ref().and_then(|hashes| hashes.first(doc));
                    let copies = hash.and_then(|hash| copies.reports(hash)).unwrap_or(0);
                    let ordinal = doc - run.base;
                    let found = Found { source: run.source, ordinal, occurrences, copies, score };
                    if copies > 0 && options.boilerplate == Boilerplate::Exclude {
                        left_out(found);
                    } else {
                        each(found, Place { segment, doc });
                    }
                }
            }
            doc = node.seek(doc + 1);
        }
        watch.look()?;
    }
    Ok(())
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

/// Runs of documents of each segment, in order and apart.
pub(crate) type Held = Vec<Vec<Range<DocId>>>;

/// The theme chunks or reports in which the query holds of some paragraph.
pub(crate) fn holding(
    snapshot: &Snapshot,
    plan: &Plan,
    scope: Scope,
    options: &SearchOptions,
) -> Result<Held> {
    let mut watch = Watch::new(options);
    let stop = watch.clone();
    let mut held = Held::new();
    let mut counts = vec![0_u32; plan.units];
    let mut out = Vec::new();
    for (number, reader) in snapshot.searcher().segment_readers().iter().enumerate() {
        let runs = snapshot.table().runs(number);
        let turns = if scope == Scope::Theme { turns(snapshot, reader)? } else { Vec::new() };
        let mut node = open(plan, snapshot.fields(), reader, runs, number, &stop)?;
        let mut sources = Sources { runs, at: 0 };
        let mut ranges = Vec::new();
        let mut doc = node.seek(0);
        while doc != TERMINATED {
            watch.step()?;
            let mut next = doc + 1;
            if let Some(run) = sources.find(doc) {
                out.clear();
                let holds = node.frequency(doc).is_some()
                    || node.matches(doc, Interval::WHOLE, &mut out, &mut counts) != Standing::No;
                if holds {
                    let unit = unit_of(doc, run, &turns);
                    // One paragraph is enough.
                    next = unit.end;
                    ranges.push(unit);
                }
            }
            doc = node.seek(next);
        }
        watch.look()?;
        held.push(ranges);
    }
    Ok(held)
}

/// The paragraphs around a document between two turns, all of one source.
pub(crate) fn unit_of(doc: DocId, run: &Run, turns: &[DocId]) -> Range<DocId> {
    let (first, end) = (run.base + 1, run.base + run.len + 1);
    let after = turns.partition_point(|&turn| turn <= doc);
    let turn = after.checked_sub(1).and_then(|before| turns.get(before)).copied();
    let next = turns.get(after).copied();
    turn.map_or(first, |turn| turn.max(first))..next.map_or(end, |next| next.min(end))
}

/// The paragraphs with which a theme chunk begins, save the first of each source.
pub(crate) fn turns(snapshot: &Snapshot, reader: &SegmentReader) -> Result<Vec<DocId>> {
    let field = [snapshot.fields().facet];
    let mut union = Union::open(reader, &field, std::iter::once(TURN), IndexRecordOption::Basic)?;
    let mut turns = Vec::new();
    let mut doc = union.seek(0);
    while doc != TERMINATED {
        turns.push(doc);
        doc = union.seek(doc + 1);
    }
    Ok(turns)
}

/// Finds the source of one document after another. Documents must not decrease.
struct Sources<'a> {
    runs: &'a [Run],
    at: usize,
}

impl<'a> Sources<'a> {
    /// The live source in which the document is a paragraph.
    fn find(&mut self, doc: DocId) -> Option<&'a Run> {
        let ahead = self.runs.get(self.at..)?;
        self.at += reach(ahead, doc);
        self.runs.get(self.at).filter(|run| run.base < doc)
    }
}

/// How many words each paragraph has, as precisely as the engine keeps it.
struct Lengths(Vec<FieldNormReader>);

impl Lengths {
    fn open(compiled: &Compiled, reader: &SegmentReader) -> Result<Self> {
        let fields = compiled.plan.fields.iter();
        Ok(Self(
            fields
                .map(|&field| reader.get_fieldnorms_reader(field))
                .collect::<tantivy::Result<_>>()
                .map_err(Error::of_engine)?,
        ))
    }

    /// A paragraph has words in one field alone.
    fn of(&self, doc: DocId) -> u32 {
        self.0.iter().map(|lengths| lengths.fieldnorm(doc)).max().unwrap_or(0)
    }
}
