//! Random samples that can be drawn again.
//!
//! Every paragraph found gets a number: the first eight bytes, big-endian, of the BLAKE3 hash of the text `ID SEED`. So does
//! every occurrence; that of the second of a paragraph is of `ID 2 SEED`, and so on. The sample is what has the smallest numbers
//! (bottom-k sampling: Cohen and Kaplan, "Summarizing Data Using Bottom-k Sketches", PODC 2007). Ids are hashes of paths
//! and places, so the sample does not depend on the machine, on the order of the scan or on how the index was built.
//!
//! Reservoir sampling would be as random. But it depends on the order in which paragraphs come, so that one new report
//! changes the whole sample. Here a paragraph leaves the sample only when a new one has a smaller number, and the sample of
//! 50 is part of the sample of 100: work that was done on a sample is not lost when the corpus grows.

use std::collections::BinaryHeap;
use std::fmt::Write as _;

use crate::error::Result;
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::fetch::fetch_all;
use crate::search::found::FoundParagraph;
use crate::search::hit::{Counts, Hits};
use crate::search::order::HitOrder;

/// Draws `n` of the paragraphs found, in the order of the search.
pub(crate) fn paragraphs(compiled: &CompiledQuery, n: usize, seed: u64) -> Result<Hits> {
    let (counts, drawn) = draw(compiled, n, seed, |_| 1)?;
    let order = HitOrder::new(compiled);
    let mut drawn: Vec<FoundParagraph> = drawn.into_iter().map(|(found, _)| found).collect();
    drawn.sort_by_key(|found| order.key(found));
    Ok(Hits { counts, hits: fetch_all(compiled, &drawn)? })
}

/// A paragraph, and the numbers, from zero, of those of its occurrences that were drawn.
pub(crate) type DrawnParagraph = (FoundParagraph, Vec<u32>);

/// Draws `n` of the occurrences: each paragraph with the numbers, from zero, of those of its occurrences that were drawn.
/// In report order.
pub(crate) fn occurrences(
    compiled: &CompiledQuery,
    n: usize,
    seed: u64,
) -> Result<(Counts, Vec<DrawnParagraph>)> {
    let (counts, drawn) = draw(compiled, n, seed, |found| found.occurrences)?;
    let mut by_paragraph: Vec<DrawnParagraph> = Vec::new();
    for (found, number) in drawn {
        match by_paragraph.last_mut() {
            Some((last, numbers)) if *last == found => numbers.push(number),
            _ => by_paragraph.push((found, vec![number])),
        }
    }
    Ok((counts, by_paragraph))
}

/// The `n` units with the smallest numbers, each with its paragraph and its number in it, from zero; sorted by these. A
/// paragraph has as many units as `units` says.
fn draw(
    compiled: &CompiledQuery,
    n: usize,
    seed: u64,
    units: impl Fn(&FoundParagraph) -> u32,
) -> Result<(Counts, Vec<(FoundParagraph, u32)>)> {
    // A max-heap: the greatest number is on top, to be dropped first.
    let mut drawn: BinaryHeap<(u64, FoundParagraph, u32)> = BinaryHeap::new();
    let mut report: Option<(u32, String)> = None;
    let mut text = String::new();
    let counts = compiled.each(true, |found, _| {
        if report.as_ref().is_none_or(|(source, _)| *source != found.source) {
            let path = compiled.state.sources().entry(found.source).map_or("", |entry| entry.path.as_str());
            report = Some((found.source, Id::of_report(path).to_string()));
        }
        let id = report.as_ref().map_or("", |(_, id)| id.as_str());
        for unit in 0..units(&found) {
            text.clear();
            // Writing to a string cannot fail.
            let _ = write!(text, "{id}.{}", found.ordinal);
            if unit > 0 {
                let _ = write!(text, " {}", unit + 1);
            }
            let _ = write!(text, " {seed}");
            let key = (number(&text), found, unit);
            if drawn.len() < n {
                drawn.push(key);
            } else if let Some(mut greatest) = drawn.peek_mut()
                && key < *greatest
            {
                *greatest = key;
            }
        }
    })?;
    let mut drawn: Vec<(FoundParagraph, u32)> =
        drawn.into_iter().map(|(_, found, unit)| (found, unit)).collect();
    drawn.sort_unstable();
    Ok((counts, drawn))
}

/// The number of a unit.
fn number(text: &str) -> u64 {
    let mut bytes = [0; 8];
    blake3::Hasher::new().update(text.as_bytes()).finalize_xof().fill(&mut bytes);
    u64::from_be_bytes(bytes)
}
