//! Runs the parts of a query that must hold in a theme chunk or a report.
//!
//! "In a chunk" cannot be answered from the postings of one paragraph. So each such part is run first, as a query of its
//! own over single paragraphs, and the chunks or reports it matches are kept as [ranges](ScopeRanges) of documents, which
//! the evaluator then reads like postings.

use quotable_query::Scope;
use tantivy::TERMINATED;

use crate::error::Result;
use crate::search::compile::compile;
use crate::search::evaluate::{Needed, SourceDocs, open};
use crate::search::options::SearchOptions;
use crate::search::plan::Plan;
use crate::search::ranges::{ScopeRanges, SegmentRanges};
use crate::search::unit::{theme_starts, unit_around};
use crate::store::state::State;

/// Runs every scoped part of a plan, those inside others first, and stores where they hold in the plan.
pub(crate) fn resolve(state: &State, plan: &mut Plan, options: &SearchOptions) -> Result<()> {
    let mut known = ScopeRanges::default();
    run(state, plan, options, &mut known)?;
    plan.ranges = known;
    Ok(())
}

/// Adds the ranges of the scoped parts of `plan` to `known`. A part that occurs several times, at whatever depth, is run
/// once.
fn run(state: &State, plan: &Plan, options: &SearchOptions, known: &mut ScopeRanges) -> Result<()> {
    let options = SearchOptions { scope: Scope::Paragraph, ..options.clone() };
    for (scope, query) in &plan.scoped {
        if known.get(*scope, query).is_some() {
            continue;
        }
        let mut inner = compile(state, query, &options)?;
        run(state, &inner, &options, known)?;
        inner.ranges.clone_from(known);
        known.insert(*scope, query.clone(), holding(state, &inner, *scope, &options)?);
    }
    Ok(())
}

/// The theme chunks or reports in which the query holds of some paragraph.
fn holding(state: &State, plan: &Plan, scope: Scope, options: &SearchOptions) -> Result<SegmentRanges> {
    let mut interrupt = options.interrupt();
    let stop = interrupt.clone();
    let mut held = SegmentRanges::new();
    for (number, reader) in state.searcher().segment_readers().iter().enumerate() {
        let runs = state.sources().ranges(number);
        let theme_starts = if scope == Scope::Theme { theme_starts(state, reader)? } else { Vec::new() };
        let mut node = open(plan, state.fields(), reader, runs, number, Needed::Documents, &stop)?;
        let mut live = SourceDocs::new(runs, None);
        let mut ranges = Vec::new();
        let mut doc = node.seek(0);
        while doc != TERMINATED {
            interrupt.step()?;
            let mut next = doc + 1;
            if live.seek(doc) == doc
                && node.holds(doc)
                && let Some(run) = live.current()
            {
                let unit = unit_around(doc, run, &theme_starts);
                // One paragraph is enough.
                next = unit.end;
                ranges.push(unit);
            }
            doc = node.seek(next);
        }
        interrupt.look()?;
        held.push(ranges);
    }
    Ok(held)
}
