//! Where the structure tree and the page part.
//!
//! A tree says which lines are one paragraph and in which order paragraphs are read; so does the page, by the distances
//! between its lines. Some producers make a paragraph of each printed line, or one of a whole page, and some write the
//! elements in another order than they are printed. So each paragraph of the tree is held to the page: lines that the page
//! sets as one paragraph are joined, lines that it sets apart are cut, and [`Order`] counts the paragraphs of the tree
//! that the page prints in another order.

use std::collections::HashMap;

use crate::block::{Block, BlockKind, Line, Look};
use crate::bullet::opens_with_bullet;
use crate::pdf::line::look;

/// Type sizes that differ by less than this, in points, are equal.
const SAME_SIZE: f32 = 0.6;

/// Leadings that differ by less than this share are equal.
const SAME_LEADING: f32 = 0.06;

/// Characters; a shorter line is one of an address or of a table, wherever it ends.
const SHORTEST_PROSE: usize = 45;

/// Left edges that differ by less than this, in points, are aligned.
const SAME_LEFT: f32 = 3.0;

/// Lines of one paragraph are nearer than this many usual leadings.
const APART: f32 = 1.45;

/// Lines further apart than this many type sizes are of one paragraph only where other paragraphs show it.
const WIDEST_LEADING: f32 = 2.0;

/// Pairs of lines inside the paragraphs of the tree by which the usual leading is known.
const FEWEST_PAIRS: usize = 2;

/// The paragraphs of the tree, as the page has them.
pub(super) fn mend(blocks: Vec<Block>) -> Vec<Block> {
    let leading = Leadings::of(&blocks);
    let blocks = split_apart(blocks, &leading);
    join_lines(blocks, &leading)
}

/// The leadings inside the paragraphs of a document: for each type size in half points, the distance between baselines
/// that is commonest, in points.
struct Leadings(HashMap<i32, f32>);

impl Leadings {
    fn of(blocks: &[Block]) -> Self {
        // For each size, the leadings inside paragraphs and those between them.
        let mut leadings: HashMap<i32, (Vec<f32>, Vec<f32>)> = HashMap::new();
        for block in blocks.iter().filter(|block| is_text(block)) {
            for (size, leading) in block.lines.windows(2).filter_map(|pair| measured(&pair[0], &pair[1])) {
                leadings.entry(size).or_default().0.push(leading);
            }
        }
        for pair in blocks.windows(2).filter(|pair| is_same_flow(&pair[0], &pair[1])) {
            if let (Some(above), Some(below)) = (pair[0].lines.last(), pair[1].lines.first())
                && let Some((size, leading)) = measured(above, below)
            {
                leadings.entry(size).or_default().1.push(leading);
            }
        }
        let usual = |(size, (inside, between)): (i32, (Vec<f32>, Vec<f32>))| {
            // A tree of lines has hardly a paragraph with two: there the least common distance is that of lines.
            let is_known = inside.len() >= FEWEST_PAIRS && 4 * inside.len() >= between.len();
            let leading =
                if is_known { commonest(&inside) } else { least_common(&[inside, between].concat()) };
            let widest = WIDEST_LEADING * size as f32 / 2.0;
            leading.filter(|leading| is_known || *leading <= widest).map(|leading| (size, leading))
        };
        Self(leadings.into_iter().filter_map(usual).collect())
    }

    /// The usual leading of a type size, in points.
    fn usual(&self, size: f32) -> Option<f32> {
        self.0.get(&half_points(size)).copied()
    }
}

/// True for a block of running text. Cells are some: many reports are set inside a table that nobody sees.
fn is_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Cell { .. })
}

/// True if two blocks may be one paragraph: a cell goes on in itself alone.
fn is_same_flow(above: &Block, below: &Block) -> bool {
    let in_cell = |block: &Block| matches!(block.kind, BlockKind::Cell { .. });
    is_text(above) && is_text(below) && (above.kind == below.kind || !(in_cell(above) || in_cell(below)))
}

fn half_points(size: f32) -> i32 {
    (size * 2.0).round() as i32
}

/// The size and the leading of two lines, if the second is below the first and set in the same type.
fn measured(above: &Line, below: &Line) -> Option<(i32, f32)> {
    let (upper, lower) = (look(above), look(below));
    let leading = lower.baseline - upper.baseline;
    let same_size = (upper.size - lower.size).abs() < SAME_SIZE;
    (above.page == below.page && same_size && leading > 0.5 * upper.size && leading < 4.0 * upper.size)
        .then(|| (half_points(lower.size), leading))
}

/// The leading that most of some leadings are near to.
fn commonest(leadings: &[f32]) -> Option<f32> {
    let near = |one: f32| leadings.iter().filter(|other| is_same(**other, one)).count();
    // Thousands of lines have a few leadings: each is counted once.
    let mut distinct: Vec<f32> = Vec::new();
    for leading in leadings {
        if !distinct.iter().any(|known| (known - leading).abs() < 0.05) && distinct.len() < 64 {
            distinct.push(*leading);
        }
    }
    distinct.into_iter().max_by(|a, b| near(*a).cmp(&near(*b)).then(b.total_cmp(a)))
}

/// The smallest leading that at least a tenth of some leadings are near to.
fn least_common(leadings: &[f32]) -> Option<f32> {
    let near = |one: f32| leadings.iter().filter(|other| is_same(**other, one)).count();
    let mut sorted = leadings.to_vec();
    sorted.sort_by(f32::total_cmp);
    sorted.dedup_by(|next, first| (*next - *first).abs() < 0.05);
    let few = leadings.len().div_ceil(10).max(FEWEST_PAIRS);
    sorted.into_iter().take(64).find(|leading| near(*leading) >= few)
}

fn is_same(one: f32, other: f32) -> bool {
    (one - other).abs() < SAME_LEADING * one.max(other)
}

/// Cuts paragraphs between lines that the page sets further apart than lines of one paragraph.
fn split_apart(blocks: Vec<Block>, leading: &Leadings) -> Vec<Block> {
    let mut split = Vec::with_capacity(blocks.len());
    for block in blocks {
        if block.kind != BlockKind::Paragraph || block.lines.len() < 3 {
            split.push(block);
            continue;
        }
        let Block { kind, lines, .. } = block;
        let mut open: Vec<Line> = Vec::new();
        for line in lines {
            if open.last().is_some_and(|last| is_apart(last, &line, leading)) {
                split.push(Block::new(kind, std::mem::take(&mut open)));
            }
            open.push(line);
        }
        split.push(Block::new(kind, open));
    }
    split
}

/// True if a new paragraph begins below a line: after a gap, with a capital or a label, where a sentence has ended.
fn is_apart(above: &Line, below: &Line, leading: &Leadings) -> bool {
    let (upper, lower) = (look(above), look(below));
    let Some(usual) = leading.usual(upper.size) else { return false };
    let gap = lower.baseline - upper.baseline;
    above.page == below.page
        && (upper.size - lower.size).abs() < SAME_SIZE
        && gap > APART * usual
        && ends_sentence(&above.text)
        && !below.text.starts_with(char::is_lowercase)
}

/// True if the text ends as a sentence does.
fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '’', '"', '\'', ')', ']', ' ']).ends_with(['.', '?', '!', ':', ';'])
}

/// Joins elements of one line each that the page sets as one paragraph.
fn join_lines(blocks: Vec<Block>, leading: &Leadings) -> Vec<Block> {
    let margins = Margins::of(&blocks);
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    // The lines of the last element of the last block.
    let mut last_lines = 0;
    for block in blocks {
        let lines = block.lines.len();
        let goes_on =
            joined.last().is_some_and(|above| continues(above, last_lines, &block, leading, &margins));
        match joined.last_mut() {
            Some(above) if goes_on => above.lines.extend(block.lines),
            _ => joined.push(block),
        }
        last_lines = lines;
    }
    joined
}

/// True if an element continues the paragraph of the one above it. `last_lines` is the number of lines of that element.
fn continues(above: &Block, last_lines: usize, below: &Block, leading: &Leadings, margins: &Margins) -> bool {
    let (Some(end), Some(start)) = (above.lines.last(), below.lines.first()) else { return false };
    if !is_same_flow(above, below) || end.page != start.page || opens_item(&start.text) {
        return false;
    }
    // One of the two is a line; most often both are.
    if last_lines > 1 && below.lines.len() > 1 {
        return false;
    }
    let (upper, lower) = (look(end), look(start));
    let same_type = (upper.size - lower.size).abs() < SAME_SIZE && upper.bold == lower.bold;
    let gap = lower.baseline - upper.baseline;
    let near = leading.usual(lower.size).is_some_and(|usual| is_same(gap, usual));
    if !same_type || !near || !is_aligned(above, start) {
        return false;
    }
    // The writer goes on where the line is full: inside a sentence; and where a sentence ends there by chance, if both are
    // lines. Only a page whose lines show where they are full tells this before a capital.
    let ended = ends_sentence(&end.text);
    let inside_sentence = !ended && start.text.starts_with(char::is_lowercase);
    let both_lines = last_lines == 1 && below.lines.len() == 1;
    let is_prose = end.text.chars().count() >= SHORTEST_PROSE;
    let before_capital =
        (!ended || both_lines) && is_prose && margins.is_known(end) && !is_field(&start.text);
    margins.is_full(end, start) && (inside_sentence || before_capital)
}

/// True for a line of a form: a label and a colon before its value.
fn is_field(text: &str) -> bool {
    let label = text.split_once(':').map(|(label, _)| label);
    label.is_some_and(|label| label.split_whitespace().count() <= 4)
}

/// True if a line is set below the text of a block: at the left edge of its last line, behind the label of its first, or
/// at the margin below an indent.
fn is_aligned(above: &Block, below: &Line) -> bool {
    /// Text hangs behind its label by this much at most, in points.
    const WIDEST_LABEL: f32 = 60.0;
    let left = look(below).left;
    let Some(last) = above.lines.last() else { return false };
    let indent = left - look(last).left;
    let first = above.lines.len() == 1;
    let hangs = opens_item(&last.text) || matches!(above.kind, BlockKind::Item { .. });
    indent.abs() < SAME_LEFT || (first && indent < 0.0) || (first && hangs && indent < WIDEST_LABEL)
}

/// True if the text opens a numbered or bulleted paragraph.
fn opens_item(text: &str) -> bool {
    let text = text.trim_start();
    let label = text.split_whitespace().next().unwrap_or_default();
    let bare = label.trim_start_matches('(').trim_end_matches(['.', ')', ':']);
    let digits = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let numbered = digits && (bare.contains('.') || bare.len() < label.len());
    let lettered =
        bare.len() < label.len() && bare.chars().count() <= 4 && bare.chars().all(char::is_alphanumeric);
    opens_with_bullet(text) || numbered || (label.starts_with('(') && lettered)
}

/// For each page, the right edges of its lines of running text, in points.
struct Margins(HashMap<Option<u32>, Vec<f32>>);

impl Margins {
    fn of(blocks: &[Block]) -> Self {
        let mut margins: HashMap<Option<u32>, Vec<f32>> = HashMap::new();
        for line in blocks.iter().filter(|block| is_text(block)).flat_map(|block| &block.lines) {
            margins.entry(line.page).or_default().push(look(line).right);
        }
        margins.values_mut().for_each(|edges| edges.sort_by(f32::total_cmp));
        Self(margins)
    }

    /// The right edges of the page of a line, rising.
    fn edges(&self, line: &Line) -> &[f32] {
        self.0.get(&line.page).map_or(&[], Vec::as_slice)
    }

    /// True if several lines of the page end where its longest line does, so that there is its margin.
    fn is_known(&self, line: &Line) -> bool {
        /// Lines that end within this many type sizes of the longest one.
        const SLACK: f32 = 4.0;
        const FEWEST_LINES: usize = 3;
        let edges = self.edges(line);
        let full = edges.last().map_or(f32::MAX, |margin| margin - SLACK * look(line).size);
        edges.len() - edges.partition_point(|edge| *edge < full) >= FEWEST_LINES
    }

    /// True if the first word of the line below had no room at the end of the line above.
    fn is_full(&self, above: &Line, below: &Line) -> bool {
        let Some(margin) = self.edges(above).last() else { return false };
        let (upper, lower) = (look(above), look(below));
        let width = (lower.right - lower.left) / below.text.chars().count().max(1) as f32;
        let first = below.text.split_whitespace().next().map_or(0, |word| word.chars().count());
        upper.right + (first + 1) as f32 * width > margin - 0.5 * lower.size
    }
}

/// How far the order of the tree is that of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(in crate::pdf) struct Order {
    /// Paragraphs that follow another on the same page.
    pub(in crate::pdf) followed: usize,
    /// Those that the page prints above the one before them, in the same column.
    pub(in crate::pdf) backwards: usize,
    /// The pages of these, rising.
    pub(in crate::pdf) pages: Vec<u32>,
}

impl Order {
    /// Compares the order of some blocks with their places.
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut order = Self::default();
        let mut last: Option<(u32, Look)> = None;
        let flowing = |block: &&Block| {
            matches!(block.kind, BlockKind::Paragraph | BlockKind::Item { .. } | BlockKind::Heading { .. })
        };
        for block in blocks.iter().filter(flowing) {
            let Some(first) = block.lines.first().and_then(|line| Some((line.page?, line.look?))) else {
                continue;
            };
            if let Some((page, above)) = last
                && page == first.0
            {
                order.followed += 1;
                let overlap = above.right.min(first.1.right) - above.left.max(first.1.left);
                let narrower = (above.right - above.left).min(first.1.right - first.1.left);
                let higher = first.1.baseline < above.baseline - 0.75 * above.size.max(first.1.size);
                if higher && overlap > 0.5 * narrower {
                    order.backwards += 1;
                    order.pages.push(page);
                }
            }
            last = Some(first);
        }
        order.pages.sort_unstable();
        order.pages.dedup();
        order
    }
}
