//! Footnotes by layout: small print at the foot of a page, behind a mark.
//!
//! An untagged PDF does not say what a footnote is. One is recognised by three things together: its type is smaller than
//! running text, nothing but small print follows it (save for full-sized page numbers and running feet), and it opens
//! with a number that is superscript or smaller still.

use std::collections::HashMap;

use super::line::look;
use crate::block::{Block, BlockKind, Line};

/// Small print is smaller than running text by more than this, in points.
const SMALLER: f32 = 0.8;

/// Notes are no further apart than this many type sizes.
const WIDEST_GAP: f32 = 2.0;

/// Blocks below the notes of a page, and lines of small print among these, at most.
const MOST_FEET: usize = 4;
const MOST_LINES_OF_FEET: usize = 3;

/// The size, in points, of most of the text; `None` if there is none.
pub(super) fn text_size<'b>(blocks: impl Iterator<Item = &'b Block>) -> Option<f32> {
    /// Sizes are counted in half points: producers' sizes waver by a tenth.
    const STEPS_PER_POINT: f32 = 2.0;
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    for line in blocks.flat_map(|block| &block.lines) {
        *sizes.entry((look(line).size * STEPS_PER_POINT).round() as i32).or_default() += line.text.len();
    }
    let most = sizes.into_iter().max_by_key(|&(size, bytes)| (bytes, size));
    most.map(|(size, _)| size as f32 / STEPS_PER_POINT)
}

/// Makes notes of the small print that ends a page, from its first mark on. `text_size` is the size of running text.
///
/// Full-sized text below it, such as a page number, stays as it is.
pub(super) fn mark_footnotes(page: &mut Vec<Block>, text_size: f32) {
    let small = |block: &Block| {
        block.kind == BlockKind::Paragraph
            && block.lines.iter().all(|line| look(line).size < text_size - SMALLER)
    };
    let mut foot = page.len();
    // Below the notes there may be a page number and running feet, a line or two each.
    let (start, end, first) = loop {
        let end = page[..foot].iter().rposition(small).map_or(0, |last| last + 1);
        let mut start = page[..end].iter().rposition(|block| !small(block)).map_or(0, |above| above + 1);
        // Small print that stands apart from what is above it is something else.
        let apart = |at: &usize| stands_apart(&page[at - 1], &page[*at]);
        start = (start + 1..end).rev().find(apart).unwrap_or(start);
        let lines: Vec<&Line> = page[start..end].iter().flat_map(|block| &block.lines).collect();
        let begins = |at: usize| begins_with_mark(lines[at], lines.get(at + 1).copied());
        match (0..lines.len()).find(|&at| begins(at)) {
            Some(first) => break (start, end, first),
            None if start == 0 || lines.len() > MOST_LINES_OF_FEET => return,
            None => foot = start,
        }
        if page[foot..].iter().filter(|block| block.kind != BlockKind::Artifact).count() > MOST_FEET {
            return;
        }
    };
    // The notes begin with the block of that line.
    let mut before = 0;
    let holds_first = |block: &Block| {
        before += block.lines.len();
        before > first
    };
    let block = page[start..end].iter().position(holds_first);
    debug_assert!(block.is_some(), "the line is of one of these blocks");
    let Some(block) = block else { return };
    let small_print = page.splice(start + block..end, []).flat_map(|block| block.lines).collect();
    let notes = notes(small_print);
    page.splice(start + block..start + block, notes);
}

/// True if the gap between two blocks is wider than any between notes.
fn stands_apart(above: &Block, below: &Block) -> bool {
    let (Some(upper), Some(lower)) = (above.lines.last(), below.lines.first()) else { return false };
    let (upper, lower) = (look(upper), look(lower));
    lower.baseline - upper.baseline > WIDEST_GAP * upper.size.max(lower.size)
}

/// Cuts small print at its marks. A mark on a line of its own begins the note below it.
fn notes(lines: Vec<Line>) -> Vec<Block> {
    let mut notes: Vec<Block> = Vec::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let begins = begins_with_mark(&line, lines.peek());
        match notes.last_mut() {
            Some(note) if !begins => note.lines.push(line),
            _ => notes.push(Block::new(BlockKind::Note, vec![line])),
        }
    }
    notes
}

/// True if a line opens with the mark of a footnote: a superscript number, or a number alone that is smaller than the
/// line after it. A number of the same size is a page number.
fn begins_with_mark(line: &Line, next: Option<&Line>) -> bool {
    let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
    let raised = line.raised.first().is_some_and(|mark| mark.start == 0 && mark.end == digits);
    let smaller = || next.is_some_and(|next| look(line).size < look(next).size);
    (1..=3).contains(&digits) && (raised || (line.text.trim_end().len() == digits && smaller()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Look;

    fn line(text: &str, size: f32, raised: usize) -> Line {
        let mut line = Line::plain(text);
        line.look = Some(Look::new(70.0, 500.0, 100.0, size));
        if raised > 0 {
            line.raised.push(0..raised);
        }
        line
    }

    fn page(lines: Vec<Line>) -> Vec<Block> {
        lines.into_iter().map(|line| Block::new(BlockKind::Paragraph, vec![line])).collect()
    }

    #[test]
    fn each_mark_begins_a_note() {
        let mut page = page(vec![
            line("4. Officers of the Hartle board meet monthly.", 12.0, 0),
            line(&"They speak of the harbour, and of the bridge. ".repeat(4), 12.0, 0),
            line("7 The board of Hartle was founded in spring,", 9.0, 1),
            line("and dissolved in autumn.", 9.0, 0),
            line("8", 6.0, 0),
            line("See the council’s own account.", 9.0, 0),
            line("23", 12.0, 0),
        ]);
        let text_size = text_size(page.iter()).unwrap();
        mark_footnotes(&mut page, text_size);
        let kinds: Vec<(BlockKind, usize)> =
            page.iter().map(|block| (block.kind, block.lines.len())).collect();
        let (paragraph, note) = (BlockKind::Paragraph, BlockKind::Note);
        assert_eq!(kinds, [(paragraph, 1), (paragraph, 1), (note, 2), (note, 2), (paragraph, 1)]);
    }

    #[test]
    fn small_print_without_a_mark_is_no_note() {
        let mut page = page(vec![
            line("Officers of the Hartle board meet monthly, and twice in May.", 12.0, 0),
            line("Piccadilly House", 9.0, 0),
            line("23", 9.0, 0),
            line("Inspection of Hartle", 9.0, 0),
        ]);
        mark_footnotes(&mut page, 12.0);
        assert!(page.iter().all(|block| block.kind == BlockKind::Paragraph));
    }
}
