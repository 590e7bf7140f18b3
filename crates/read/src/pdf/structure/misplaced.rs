//! Words that the structure tree puts into another paragraph than the page.
//!
//! Word numbers marked content by page, and now and then names the page of a list's label wrongly: then the label is some
//! words from the middle of another page. The page shows where these belong: on one line between two words of the same
//! paragraph, drawn between them.

use std::ops::Range;

use super::walk::DraftBlock;
use crate::block::BlockKind;
use crate::pdf::glyphs::{Glyph, Page};
use crate::pdf::run::Run;

/// Moves runs of glyphs that are drawn in the middle of a line of another block into that block. `owners` names for each
/// glyph of each page the block that claims it, and is kept up to date.
pub(super) fn return_misplaced<'p>(
    drafts: &mut [DraftBlock<'p>],
    pages: &'p [Page],
    owners: &mut [Vec<Option<usize>>],
) {
    for (page, owners) in pages.iter().zip(owners) {
        let segments = segments(page, owners);
        for three in segments.windows(3) {
            let [(before, left), (owner, own), (behind, right)] = three else { continue };
            if before != behind
                || owner == before
                || !(is_running(drafts, *owner) && is_running(drafts, *before))
            {
                continue;
            }
            let printed = |range: &Range<usize>| {
                let mut glyphs = page.glyphs[range.clone()].iter().filter(|glyph| !glyph.blank);
                let first = glyphs.next()?;
                Some((first, glyphs.next_back().unwrap_or(first)))
            };
            let (Some((_, above)), Some((first, last)), Some((below, _))) =
                (printed(left), printed(own), printed(right))
            else {
                continue;
            };
            if goes_on(above, first) && (goes_on(last, below) || wraps(last, below)) {
                let is_own = |run: &Run<'_>| {
                    run.page.number == page.number
                        && run.glyphs.start >= own.start
                        && run.glyphs.end <= own.end
                };
                let moved: Vec<Run<'p>> =
                    drafts[*owner].runs.iter().filter(|run| is_own(run)).cloned().collect();
                drafts[*owner].runs.retain(|run| !is_own(run));
                for run in moved {
                    owners[run.glyphs.clone()].fill(Some(*before));
                    drafts[*before].insert(run);
                }
            }
        }
    }
}

/// The runs of glyphs with one owner each and something printed, in the order of the content stream.
fn segments(page: &Page, owners: &[Option<usize>]) -> Vec<(usize, Range<usize>)> {
    let mut segments: Vec<(usize, Range<usize>)> = Vec::new();
    for (at, (glyph, owner)) in page.glyphs.iter().zip(owners).enumerate() {
        let Some(owner) = *owner else { continue };
        match segments.last_mut() {
            Some((last, range)) if *last == owner => range.end = at + 1,
            _ if glyph.blank => {}
            _ => segments.push((owner, at..at + 1)),
        }
    }
    segments
}

/// True for a block of running text, which nothing stands in the middle of.
fn is_running(drafts: &[DraftBlock<'_>], at: usize) -> bool {
    matches!(
        drafts[at].kind,
        BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Cell { .. } | BlockKind::Heading { .. }
    )
}

/// True if the second glyph stands right behind the first one on the same line.
fn goes_on(left: &Glyph, right: &Glyph) -> bool {
    let size = left.size.max(right.size).max(1.0);
    left.turn == right.turn
        && (left.baseline - right.baseline).abs() < 0.1 * size
        && (-0.3..2.0).contains(&((right.left - left.right) / size))
}

/// True if the second glyph begins the next line below the first one.
fn wraps(above: &Glyph, below: &Glyph) -> bool {
    let size = above.size.max(below.size).max(1.0);
    above.turn == below.turn
        && (0.8..2.0).contains(&((below.baseline - above.baseline) / size))
        && below.left < above.left
}
