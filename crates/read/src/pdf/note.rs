//! Footnotes by layout: small print at the foot of a page, behind a mark.

use std::collections::HashMap;

use crate::block::{Block, BlockKind, Line};

/// Points; print that is smaller than running text by less is running text. Producers' sizes waver by a tenth.
const SMALLER: f32 = 0.8;

/// The size in which most letters of the blocks are printed, in points.
pub(super) fn usual_size<'b>(blocks: impl Iterator<Item = &'b Block>) -> Option<f32> {
    /// Steps in a point: producers' sizes waver by a tenth.
    const STEPS: f32 = 2.0;
    let mut sizes: HashMap<i32, usize> = HashMap::new();
    for line in blocks.flat_map(|block| &block.lines) {
        let Some(look) = line.look else { continue };
        *sizes.entry((look.size * STEPS).round() as i32).or_default() += line.text.len();
    }
    let most = sizes.into_iter().max_by_key(|&(size, letters)| (letters, size));
    most.map(|(size, _)| size as f32 / STEPS)
}

/// Makes notes of the small print that ends a page, from its first mark on. `usual` is the size of running text.
///
/// What stands below in full size (a page number, a running foot) stays what it is.
pub(super) fn mark(page: &mut Vec<Block>, usual: f32) {
    let small = |block: &Block| {
        block.kind == BlockKind::Paragraph
            && block.lines.iter().all(|line| line.look.is_some_and(|look| look.size < usual - SMALLER))
    };
    let end = page.iter().rposition(small).map_or(0, |last| last + 1);
    let start = page[..end].iter().rposition(|block| !small(block)).map_or(0, |above| above + 1);
    let lines: Vec<&Line> = page[start..end].iter().flat_map(|block| &block.lines).collect();
    let begins = |at: usize| begins_with_mark(lines[at], lines.get(at + 1).copied());
    let Some(first) = (0..lines.len()).find(|&at| begins(at)) else { return };
    // A mark opens its block, or stands in one of its own.
    let mut before = 0;
    let holds_first = |block: &Block| {
        before += block.lines.len();
        before > first
    };
    let Some(block) = page[start..end].iter().position(holds_first) else { return };
    let small_print = page.splice(start + block..end, []).flat_map(|block| block.lines).collect();
    let notes = notes(small_print);
    page.splice(start + block..start + block, notes);
}

/// Cuts small print at its marks. A mark that stands on a line of its own is put before the note's first line.
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

/// True for a line that opens with a footnote's mark: a raised number, or a number alone that is smaller than the line
/// after it. A number of the same size is that of the page.
fn begins_with_mark(line: &Line, next: Option<&Line>) -> bool {
    let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
    let raised = line.raised.first().is_some_and(|mark| mark.start == 0 && mark.end == digits);
    let size = |line: &Line| line.look.map(|look| look.size);
    let smaller = || next.is_some_and(|next| size(line) < size(next));
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
    fn small_print_behind_a_mark_is_a_note_each() {
        let mut page = page(vec![
            line("4. Officers of the Hartle board meet monthly.", 12.0, 0),
            line(&"They speak of the harbour, and of the bridge. ".repeat(4), 12.0, 0),
            line("7 The board of Hartle was founded in spring,", 9.0, 1),
            line("and dissolved in autumn.", 9.0, 0),
            line("8", 6.0, 0),
            line("See the council’s own account.", 9.0, 0),
            line("23", 12.0, 0),
        ]);
        let usual = usual_size(page.iter()).unwrap();
        mark(&mut page, usual);
        let kinds: Vec<(BlockKind, usize)> =
            page.iter().map(|block| (block.kind, block.lines.len())).collect();
        let (paragraph, note) = (BlockKind::Paragraph, BlockKind::Note);
        assert_eq!(kinds, [(paragraph, 1), (paragraph, 1), (note, 2), (note, 2), (paragraph, 1)]);
    }

    #[test]
    fn small_print_without_a_mark_is_none() {
        let mut page = page(vec![
            line("Officers of the Hartle board meet monthly, and twice in May.", 12.0, 0),
            line("Piccadilly House", 9.0, 0),
            line("23", 9.0, 0),
            line("Inspection of Hartle", 9.0, 0),
        ]);
        mark(&mut page, 12.0);
        assert!(page.iter().all(|block| block.kind == BlockKind::Paragraph));
    }
}
