//! Runs the parts of a query that must match in a theme chunk or a report.
//!
//! The postings of one paragraph cannot tell what the rest of its chunk contains. So each such part is run first, as a
//! query of its own over single paragraphs, and the chunks or reports that it matches are kept as
//! [ranges](ScopeRanges) of documents, which the evaluator then reads like postings.

use quotable_query::Scope;
use tantivy::TERMINATED;

use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::search::compile::compile;
use crate::search::evaluate::{Needed, SourceDocs, open};
use crate::search::expansion::too_many_lists;
use crate::search::options::SearchOptions;
use crate::search::plan::Plan;
use crate::search::ranges::{ScopeRanges, SegmentRanges};
use crate::search::theme_chunk::{chunk_around, theme_starts};
use crate::store::state::State;

/// Number of ranges that take as much memory as a posting list.
const RANGES_PER_LIST: usize = 128;

/// Runs every scoped part of a plan, nested ones first, and stores in the plan the chunks and reports that match.
pub(super) fn resolve(
    state: &State,
    plan: &mut Plan,
    options: &SearchOptions,
    interrupt: &mut Interrupt,
) -> Result<()> {
    let mut known = ScopeRanges::default();
    run(state, plan, options, &mut known, interrupt)?;
    plan.ranges = known;
    Ok(())
}

/// Adds the ranges of the scoped parts of `plan` to `known`. A part that occurs several times, at whatever depth, is
/// run once.
fn run(
    state: &State,
    plan: &Plan,
    options: &SearchOptions,
    known: &mut ScopeRanges,
    interrupt: &mut Interrupt,
) -> Result<()> {
    // The part names its scope itself: the scope of the options must not be wrapped around it again.
    let options = SearchOptions { scope: Scope::Paragraph, ..options.clone() };
    for (scope, query) in &plan.scoped {
        if known.get(*scope, query).is_some() {
            continue;
        }
        let mut inner = compile(state, query, &options, interrupt)?;
        run(state, &inner, &options, known, interrupt)?;
        for (scope, query) in &inner.scoped {
            inner.ranges.share(known, *scope, query);
        }
        let ranges = matching(state, &inner, *scope, interrupt)?;
        known.insert(*scope, query.clone(), ranges);
        if known.len() / RANGES_PER_LIST > options.most_lists {
            return Err(too_many_lists(options.most_lists, query));
        }
    }
    Ok(())
}

/// The theme chunks or reports with at least one paragraph that matches the plan.
fn matching(state: &State, plan: &Plan, scope: Scope, interrupt: &mut Interrupt) -> Result<SegmentRanges> {
    let scorer_interrupt = interrupt.clone();
    let mut segments = SegmentRanges::new();
    for (segment, reader) in state.searcher().segment_readers().iter().enumerate() {
        let source_ranges = state.sources().ranges(segment);
        // Without starts, the chunk around a paragraph is its whole report.
        let theme_starts = if scope == Scope::Theme { theme_starts(state, reader)? } else { Vec::new() };
        let needed = Needed::Documents;
        let mut scorer = open(plan, state, reader, source_ranges, segment, needed, &scorer_interrupt)?;
        let mut live = SourceDocs::new(source_ranges, None);
        let mut ranges = Vec::new();
        let mut doc = scorer.seek(0);
        while doc != TERMINATED {
            interrupt.step()?;
            let mut next = doc + 1;
            if live.seek(doc) == doc
                && scorer.holds(doc)
                && let Some(source) = live.current()
            {
                let chunk = chunk_around(doc, source, &theme_starts);
                // One paragraph is enough: skip the rest of the chunk.
                next = chunk.end;
                ranges.push(chunk);
            }
            doc = scorer.seek(next);
        }
        interrupt.look()?;
        segments.push(ranges);
    }
    Ok(segments)
}
