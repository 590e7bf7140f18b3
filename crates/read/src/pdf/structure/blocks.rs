//! Blocks from the structure tree, with the text that the tree leaves out.
//!
//! Trees are seldom complete: producers forget the tail of a line, or leave whole boxes untagged. A run of glyphs that no
//! element claims joins the block before it if both stand on one line. All other runs become blocks by layout, placed by
//! their height on the page among the blocks of the tree. Artifacts are placed likewise.

use std::collections::HashMap;
use std::ops::Range;

use super::agreement::{self, Order};
use super::misplaced::return_misplaced;
use super::tree::Element;
use super::walk::{self, DraftBlock};
use crate::block::{Block, BlockKind};
use crate::pdf::glyphs::Page;
use crate::pdf::layout;
use crate::pdf::line::lines;
use crate::pdf::run::Run;

/// The blocks of a tree, and how much of the content it holds.
pub(in crate::pdf) struct TreeBlocks {
    pub(in crate::pdf) blocks: Vec<Block>,
    /// Content glyphs inside the tree.
    pub(in crate::pdf) glyphs: usize,
    /// Content glyphs outside the tree.
    pub(in crate::pdf) unplaced: usize,
    /// The order of the tree against that of the page.
    pub(in crate::pdf) order: Order,
}

/// The blocks of the tree in its order, with the rest of the text placed by layout.
pub(in crate::pdf) fn blocks(root: &Element, pages: &[Page]) -> TreeBlocks {
    let mut drafts = walk::drafts(root, pages);
    drop_strays(&mut drafts);

    let mut found = TreeBlocks { blocks: Vec::new(), glyphs: 0, unplaced: 0, order: Order::default() };
    let mut outside = Vec::new();
    let mut owners_of = owners(&drafts, pages);
    return_misplaced(&mut drafts, pages, &mut owners_of);
    for (index, page) in pages.iter().enumerate() {
        let owners = std::mem::take(&mut owners_of[index]);
        let mut rest: Vec<Run<'_>> = Vec::new();
        let mut artifacts: Vec<Run<'_>> = Vec::new();
        // The last owned glyph before the run, and the end of the run before.
        let mut owned_before = None;
        let mut seen = 0;
        for range in unowned(page, &owners) {
            owned_before = (seen..range.start).rev().find(|&at| owners[at].is_some()).or(owned_before);
            seen = range.end;
            let glyphs = page.glyphs[range.clone()].iter().filter(|glyph| !glyph.blank).count();
            let run = Run { page, glyphs: range };
            if page.glyphs[run.glyphs.start].artifact {
                artifacts.push(run);
            } else if let Some(draft) = owner_on_line(page, &owners, owned_before, run.glyphs.start) {
                found.glyphs += glyphs;
                drafts[draft].insert(run);
            } else {
                found.unplaced += glyphs;
                rest.push(run);
            }
        }
        let owned = owners.iter().zip(&page.glyphs);
        found.glyphs += owned.filter(|(owner, glyph)| owner.is_some() && !glyph.blank).count();
        let artifacts = lines(&artifacts).into_iter().map(|line| Block::new(BlockKind::Artifact, vec![line]));
        outside.push((page.number, artifacts.collect::<Vec<Block>>(), layout::paragraphs(lines(&rest))));
    }
    for draft in drafts {
        let lines = lines(&draft.runs);
        if draft.kind == BlockKind::Figure {
            found.blocks.extend(layout::paragraphs(lines).into_iter().map(of_figure));
        } else if !lines.is_empty() {
            found.blocks.push(Block::new(draft.kind, lines));
        }
    }
    found.order = Order::of(&found.blocks);
    found.blocks = agreement::mend(found.blocks);
    for (page, artifacts, rest) in outside {
        insert_by_height(&mut found.blocks, artifacts, page);
        insert_by_height(&mut found.blocks, rest, page);
    }
    found
}

/// A block of the text of a figure: words are text, whatever they are set on; the numbers of an axis are not.
fn of_figure(block: Block) -> Block {
    /// Words, at least; one alone is a name or the label of a part.
    const FEWEST_WORDS: usize = 2;
    let words = block.lines.iter().flat_map(|line| line.text.split_whitespace());
    let words = words.filter(|word| word.chars().filter(|letter| letter.is_alphabetic()).count() > 1).count();
    let kind = if words >= FEWEST_WORDS { BlockKind::Paragraph } else { BlockKind::Figure };
    Block::new(kind, block.lines)
}

/// Removes runs more than one page away from the rest of their block. Word sometimes puts the MCID of one page under an
/// element of another.
fn drop_strays(drafts: &mut [DraftBlock<'_>]) {
    for draft in drafts {
        let mut glyphs: HashMap<u32, usize> = HashMap::new();
        for run in &draft.runs {
            *glyphs.entry(run.page.number).or_default() += run.glyphs.len();
        }
        let home = glyphs.into_iter().max_by_key(|&(page, count)| (count, std::cmp::Reverse(page)));
        if let Some((home, _)) = home {
            draft.runs.retain(|run| run.page.number.abs_diff(home) <= 1);
        }
    }
}

/// For each glyph of each page, the index of the block that claims it.
fn owners(drafts: &[DraftBlock<'_>], pages: &[Page]) -> Vec<Vec<Option<usize>>> {
    let mut owners: Vec<Vec<Option<usize>>> =
        pages.iter().map(|page| vec![None; page.glyphs.len()]).collect();
    for (index, draft) in drafts.iter().enumerate() {
        for run in &draft.runs {
            // Pages are numbered from one, in order.
            let owners = (run.page.number as usize).checked_sub(1).and_then(|page| owners.get_mut(page));
            let owners = owners.and_then(|owners| owners.get_mut(run.glyphs.clone()));
            debug_assert!(owners.is_some(), "a run of a page that is not of this file");
            owners.unwrap_or_default().fill(Some(index));
        }
    }
    owners
}

/// The runs of glyphs that no block claims, cut where artifacts begin and end.
fn unowned(page: &Page, owners: &[Option<usize>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, owner) in owners.iter().enumerate() {
        if owner.is_some() {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == at && page.glyphs[at].artifact == page.glyphs[run.start].artifact => {
                run.end = at + 1;
            }
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The owner of the glyph `before`, if the glyph `at` follows it on the same line.
fn owner_on_line(page: &Page, owners: &[Option<usize>], before: Option<usize>, at: usize) -> Option<usize> {
    let before = before?;
    let (left, right) = (&page.glyphs[before], &page.glyphs[at]);
    let level = (left.baseline - right.baseline).abs() < 0.5 * right.size;
    let near = (right.left - left.right).abs() < 2.0 * right.size.max(1.0);
    owners[before].filter(|_| level && near)
}

/// Inserts blocks of one page by their height: each before the first block of that page that begins lower.
fn insert_by_height(blocks: &mut Vec<Block>, mut new: Vec<Block>, page: u32) {
    if new.is_empty() {
        return;
    }
    let top = |block: &Block| block.lines.first().and_then(|line| Some((line.page?, line.look?.baseline)));
    let height = |block: &Block| top(block).map_or(0.0, |(_, baseline)| baseline);
    new.sort_by(|a, b| height(a).total_cmp(&height(b)));
    let mut new = new.into_iter().peekable();
    let mut merged = Vec::with_capacity(blocks.len() + new.len());
    for block in blocks.drain(..) {
        if let Some((number, baseline)) = top(&block) {
            while let Some(next) =
                new.next_if(|next| number > page || (number == page && baseline > height(next)))
            {
                merged.push(next);
            }
        }
        merged.push(block);
    }
    merged.extend(new);
    *blocks = merged;
}
