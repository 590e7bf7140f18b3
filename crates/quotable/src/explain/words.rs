//! The words of the corpus that parts of the query stand for, and those near them.

use std::cmp::Reverse;

use quotable_query::{Leaf, Query};
use tantivy::TERMINATED;
use tantivy::schema::IndexRecordOption;

use super::{LeafWords, WordCount};
use crate::error::Result;
use crate::evaluate::Union;
use crate::expansion::{live_frequency, vocabulary};
use crate::search::Search;
use crate::snapshot::Snapshot;
use crate::watch::Watch;

/// The most near words that are offered.
const NEAREST: usize = 10;
/// The most words near which others are looked for, each time in the whole vocabulary.
const OFFERED: usize = 20;

/// What each distinct leaf of the query stands for.
pub(super) fn of_leaves(search: &Search, watch: &mut Watch) -> Result<Vec<LeafWords>> {
    let (snapshot, plan) = (search.snapshot(), &search.0.plan);
    // Scopes of theme chunks and reports are planned apart; the matcher knows all leaves.
    let mut all: Vec<LeafWords> = Vec::new();
    let mut offered = 0;
    for leaf in plan.matcher.leaves() {
        let known = plan.leaves.iter().find(|known| known.leaf.query() == leaf.query());
        let terms = match (known, leaf.exact()) {
            (Some(known), _) => known.terms.clone(),
            (None, Some(word)) => vec![word.to_owned()],
            (None, None) => vocabulary(snapshot, &plan.fields, leaf, watch)?,
        };
        let words = counted(snapshot, plan, terms, watch)?;
        let wanted = words.is_empty() && offered < OFFERED;
        offered += usize::from(wanted);
        let nearest = if wanted { nearest(search, leaf, watch)? } else { Vec::new() };
        all.push(LeafWords { query: leaf.query().to_string(), words, nearest });
    }
    Ok(all)
}

/// Counts words; those that stand nowhere any more are left out.
fn counted(
    snapshot: &Snapshot,
    plan: &crate::plan::Plan,
    terms: Vec<String>,
    watch: &mut Watch,
) -> Result<Vec<WordCount>> {
    let mut words = Vec::with_capacity(terms.len());
    for word in terms {
        let (mut occurrences, mut paragraphs) = (0, 0);
        for reader in snapshot.searcher().segment_readers() {
            let term = std::iter::once(word.as_str());
            let mut union = Union::open(reader, &plan.fields, term, IndexRecordOption::WithFreqs)?;
            let mut doc = union.seek(0);
            while doc != TERMINATED {
                watch.step()?;
                if !reader.is_deleted(doc) {
                    occurrences += u64::from(union.frequency());
                    paragraphs += 1;
                }
                doc = union.seek(doc + 1);
            }
        }
        if paragraphs > 0 {
            words.push(WordCount { word, occurrences, paragraphs });
        }
    }
    words.sort_by(|one, other| {
        (Reverse(one.occurrences), &one.word).cmp(&(Reverse(other.occurrences), &other.word))
    });
    Ok(words)
}

/// The words of the corpus nearest to that of a leaf.
fn nearest(search: &Search, leaf: &Leaf, watch: &mut Watch) -> Result<Vec<WordCount>> {
    let word = match leaf.query() {
        Query::Word(word) | Query::Inflected(word) | Query::Fuzzy { word, .. } => word,
        _ => return Ok(Vec::new()),
    };
    let (snapshot, plan) = (search.snapshot(), &search.0.plan);
    // Two letters of a short word are most of it.
    let most = if word.chars().count() < 5 { 1 } else { 2 };
    let mut near: Vec<WordCount> = Vec::new();
    for distance in 1..=most {
        let Ok(fuzzy) = Leaf::new(&Query::fuzzy(word, distance)) else { break };
        let mut terms = vocabulary(snapshot, &plan.fields, &fuzzy, watch)?;
        terms.retain(|term| near.iter().all(|known| known.word != *term));
        // Paragraphs are quickly counted, and choose whose occurrences are.
        let mut frequent = Vec::with_capacity(terms.len());
        for term in terms {
            frequent.push((Reverse(live_frequency(snapshot, &plan.fields, &term)?), term));
        }
        frequent.sort_unstable();
        let best = frequent.into_iter().map(|(_, term)| term).take(NEAREST - near.len()).collect();
        near.extend(counted(snapshot, plan, best, watch)?);
    }
    Ok(near)
}
