//! Runs the parts of a query that must match in a theme chunk or a report.
//!
//! The postings of one paragraph cannot tell what the rest of its chunk contains. So each such part is run first, as a
//! query of its own over single paragraphs, and the chunks or reports that it matches are kept as
//! [ranges](ScopeRanges) of documents, which the evaluator then reads like postings.

use std::time::Instant;

use std::ops::Range;

use quotable_query::Scope;
use tantivy::{DocId, TERMINATED};

use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::search::compile::{compile, compile_topics};
use crate::search::evaluate::{Needed, SourceDocs, open};
use crate::search::expansion::too_many_lists;
use crate::search::filter::Topics;
use crate::search::options::SearchOptions;
use crate::search::plan::Plan;
use crate::search::ranges::ScopeRanges;
use crate::search::theme_chunk::{chunk_around, theme_starts};
use crate::store::kept_documents::DocumentRanges;
use crate::store::state::State;

/// Number of ranges that take as much memory as a posting list.
const RANGES_PER_LIST: usize = 128;

/// Runs every scoped part of a plan, nested ones first, and stores in the plan the chunks and reports that match. Finds the
/// documents of topics that are asked for again.
pub(super) fn resolve(
    state: &State,
    plan: &mut Plan,
    options: &SearchOptions,
    interrupt: &mut Interrupt,
) -> Result<()> {
    run_scoped(state, plan, options, interrupt)?;
    for (key, topics) in std::mem::take(&mut plan.asked) {
        // Not at the cost of this answer, which does without: with steps of its own, and half of the time that is left.
        let now = Instant::now();
        let half = |deadline: Instant| now + deadline.saturating_duration_since(now) / 2;
        let deadline = options.deadline.map(half);
        let options = SearchOptions { scope: Scope::Paragraph, account: None, deadline, ..options.clone() };
        if let Ok(documents) = documents_of(state, &topics, &options) {
            state.kept_documents().keep(key, documents);
        }
    }
    Ok(())
}

/// The documents of topics.
fn documents_of(state: &State, topics: &Topics, options: &SearchOptions) -> Result<DocumentRanges> {
    let mut interrupt = options.interrupt();
    let mut plan = compile_topics(state, topics, options, &mut interrupt)?;
    run_scoped(state, &mut plan, options, &mut interrupt)?;
    matching(state, &plan, Scope::Paragraph, &mut interrupt)
}

/// Runs the scoped parts of a plan.
fn run_scoped(
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

/// The theme chunks or reports with at least one paragraph that matches the plan; with the scope of a paragraph, those
/// paragraphs.
pub(super) fn matching(
    state: &State,
    plan: &Plan,
    scope: Scope,
    interrupt: &mut Interrupt,
) -> Result<DocumentRanges> {
    let scorer_interrupt = interrupt.clone();
    let mut segments = DocumentRanges::new();
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
                let chunk = match scope {
                    Scope::Paragraph | Scope::Sentence => doc..next,
                    _ => chunk_around(doc, source, &theme_starts),
                };
                // One paragraph is enough: skip the rest of the chunk.
                next = chunk.end;
                match ranges.last_mut().filter(|last: &&mut Range<DocId>| last.end == chunk.start) {
                    Some(last) if scope == Scope::Paragraph => last.end = chunk.end,
                    _ => ranges.push(chunk),
                }
            }
            doc = scorer.seek(next);
        }
        interrupt.look()?;
        segments.push(ranges);
    }
    Ok(segments)
}

#[cfg(test)]
mod tests {
    use quotable_codebook::CodeBook;

    use crate::api::index::Index;
    use crate::search::compiled::CompiledQuery;
    use crate::search::options::SearchOptions;

    #[test]
    fn topics_that_are_asked_for_again_have_the_same_documents() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        let lines =
            ["Herons wait.", "The mill waits.", "No herons, no mill.", "Staff leave herons.", "Nothing."];
        for number in 0..40_usize {
            let text: Vec<&str> =
                (0..=number % 7).map(|at| lines[(number * 3 + at * 5) % lines.len()]).collect();
            writer.put_bytes(&format!("{number:02}.txt"), text.join("\n\n").as_bytes()).unwrap();
        }
        writer.finish().unwrap();
        let book = "[[query]]\nname = 'birds'\nkind = 'topic'\nquery = 'heron* NOT leave'\n\n[[query]]\nname = 'mills'\nkind = 'topic'\nquery = 'mill'\n";
        let options = SearchOptions::default().codebook(CodeBook::parse("book", book).unwrap());
        let queries = [
            "theme:birds",
            "theme:birds AND wait",
            "NOT theme:birds",
            "theme:* mill",
            "NOT theme:*",
            "theme:mills w/r theme:birds",
            "theme:birds OR theme:mills OR nothing",
        ];
        let snapshot = index.snapshot();
        let counts = |query: &str| {
            let search = snapshot.search_with(&query.parse().unwrap(), &options).unwrap();
            (search.count_paragraphs().unwrap(), search.top(100).unwrap().counts.occurrences)
        };
        let first: Vec<_> = queries.iter().map(|query| counts(query)).collect();
        assert!(first.iter().all(|(paragraphs, _)| *paragraphs > 0), "{first:?}");
        for _ in 0..3 {
            assert_eq!(queries.iter().map(|query| counts(query)).collect::<Vec<_>>(), first);
        }
    }

    #[test]
    fn what_is_kept_of_topics_is_not_at_the_cost_of_the_answer() {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for number in 0..100_usize {
            let text = ["The heron waits.", "Herons and the mill."].repeat(50).join("\n\n");
            writer.put_bytes(&format!("{number:02}.txt"), text.as_bytes()).unwrap();
        }
        writer.finish().unwrap();
        let book = "[[query]]\nname = 'birds'\nkind = 'topic'\nquery = 'heron*'\n";
        let options = SearchOptions::default().codebook(CodeBook::parse("book", book).unwrap());
        let query = "theme:birds".parse().unwrap();
        let steps = || {
            let options = options.clone().of_one_answer();
            CompiledQuery::new(&index.store().state(), &query, &options).unwrap();
            options.interrupt().taken()
        };
        let first = steps();
        // The second time, the topic's documents are found and kept, which takes thousands of steps; from the third time on they are there.
        assert!(steps() <= first);
        assert!(steps() <= first);
    }
}
