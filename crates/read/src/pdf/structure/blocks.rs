//! Blocks from what the walk gathered, and from what no element holds.

use std::collections::HashMap;
use std::ops::Range;

use super::tree::Element;
use super::walk::{self, Draft};
use crate::block::{Block, BlockKind};
use crate::pdf::device::Page;
use crate::pdf::geometry;
use crate::pdf::line::{Piece, lines};

/// The blocks of a tree, and how much of the pages it holds.
pub(in crate::pdf) struct Found {
    pub(in crate::pdf) blocks: Vec<Block>,
    /// Letters of content that stand in the tree.
    pub(in crate::pdf) letters: usize,
    /// Letters of content that do not.
    pub(in crate::pdf) unplaced: usize,
}

/// The blocks of the tree in its order; what it does not hold is placed by layout.
pub(in crate::pdf) fn blocks(root: &Element, pages: &[Page]) -> Found {
    let mut drafts = walk::drafts(root, pages);
    drop_strays(&mut drafts);

    let mut found = Found { blocks: Vec::new(), letters: 0, unplaced: 0 };
    let mut outside = Vec::new();
    let mut owners_of = owners(&drafts, pages);
    for (index, page) in pages.iter().enumerate() {
        let owners = std::mem::take(&mut owners_of[index]);
        let mut rest: Vec<Piece<'_>> = Vec::new();
        let mut artifacts: Vec<Piece<'_>> = Vec::new();
        // The last letter before the run that a block holds.
        let mut held = None;
        let mut seen = 0;
        for range in unowned(page, &owners) {
            held = (seen..range.start).rev().find(|&at| owners[at].is_some()).or(held);
            seen = range.end;
            let letters = page.letters[range.clone()].iter().filter(|letter| !letter.is_space(page)).count();
            let piece = Piece { page, letters: range };
            if page.letters[piece.letters.start].artifact {
                artifacts.push(piece);
            } else if let Some(draft) = neighbour(page, &owners, held, piece.letters.start) {
                found.letters += letters;
                drafts[draft].insert(piece);
            } else {
                found.unplaced += letters;
                rest.push(piece);
            }
        }
        let owned = owners.iter().zip(&page.letters);
        found.letters += owned.filter(|(owner, letter)| owner.is_some() && !letter.is_space(page)).count();
        let artifacts = lines(&artifacts).into_iter().map(|line| Block::new(BlockKind::Artifact, vec![line]));
        outside.push((page.number, artifacts.collect::<Vec<Block>>(), geometry::segment(lines(&rest))));
    }
    for draft in drafts {
        let lines = lines(&draft.pieces);
        if !lines.is_empty() {
            found.blocks.push(Block::new(draft.kind, lines));
        }
    }
    for (page, artifacts, rest) in outside {
        place(&mut found.blocks, artifacts, page);
        place(&mut found.blocks, rest, page);
    }
    found
}

/// Takes from each block what stands more than a page away from most of it: Word sometimes hangs a run of
/// one page under an element of another.
fn drop_strays(drafts: &mut [Draft<'_>]) {
    for draft in drafts {
        let mut letters: HashMap<u32, usize> = HashMap::new();
        for piece in &draft.pieces {
            *letters.entry(piece.page.number).or_default() += piece.letters.len();
        }
        let home = letters.into_iter().max_by_key(|&(page, count)| (count, std::cmp::Reverse(page)));
        if let Some((home, _)) = home {
            draft.pieces.retain(|piece| piece.page.number.abs_diff(home) <= 1);
        }
    }
}

/// For each letter of each page, the block that holds it.
fn owners(drafts: &[Draft<'_>], pages: &[Page]) -> Vec<Vec<Option<usize>>> {
    let mut owners: Vec<Vec<Option<usize>>> =
        pages.iter().map(|page| vec![None; page.letters.len()]).collect();
    for (index, draft) in drafts.iter().enumerate() {
        for piece in &draft.pieces {
            // Pages are numbered from one, in order.
            if let Some(owners) = owners.get_mut(piece.page.number as usize - 1) {
                owners[piece.letters.clone()].fill(Some(index));
            }
        }
    }
    owners
}

/// The runs of letters that no block holds, those of artifacts apart from others.
fn unowned(page: &Page, owners: &[Option<usize>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, owner) in owners.iter().enumerate() {
        if owner.is_some() {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.end == at && page.letters[at].artifact == page.letters[run.start].artifact => {
                run.end = at + 1;
            }
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// The block that holds the letter before this one, if both stand on one line.
fn neighbour(page: &Page, owners: &[Option<usize>], before: Option<usize>, at: usize) -> Option<usize> {
    let before = before?;
    let (left, right) = (&page.letters[before], &page.letters[at]);
    let level = (left.baseline - right.baseline).abs() < 0.5 * right.size;
    let near = (right.left - left.right).abs() < 2.0 * right.size.max(1.0);
    owners[before].filter(|_| level && near)
}

/// Puts blocks of one page where they stand on it: before the first block of that page that begins lower.
fn place(blocks: &mut Vec<Block>, mut new: Vec<Block>, page: u32) {
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
