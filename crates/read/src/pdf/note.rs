//! Footnotes by layout: small print at the foot of a page, behind a mark.

use crate::{Block, BlockKind, Line};

/// Points; print that is smaller than running text by less is running text. Producers' sizes waver by a tenth.
const SMALLER: f32 = 0.8;

/// The size in which most letters of the blocks are printed, in points.
pub(super) fn usual_size<'b>(blocks: impl Iterator<Item = &'b Block>) -> Option<f32> {
    let mut sizes: Vec<(f32, usize)> = Vec::new();
    for line in blocks.flat_map(|block| &block.lines) {
        let Some(look) = line.look else { continue };
        match sizes.iter_mut().find(|(size, _)| (*size - look.size).abs() < 0.3) {
            Some((_, letters)) => *letters += line.text.len(),
            None => sizes.push((look.size, line.text.len())),
        }
    }
    sizes.into_iter().max_by_key(|&(_, letters)| letters).map(|(size, _)| size)
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
    let Some(first) =
        page[start..end].iter().position(|block| block.lines.first().is_some_and(begins_with_mark))
    else {
        return;
    };
    let small_print = page.splice(start + first..end, []).flat_map(|block| block.lines).collect();
    let notes = notes(small_print);
    page.splice(start + first..start + first, notes);
}

/// Cuts small print at its marks. A mark that stands on a line of its own is put before the note's first line.
fn notes(lines: Vec<Line>) -> Vec<Block> {
    let mut notes: Vec<Block> = Vec::new();
    for line in lines {
        match notes.last_mut() {
            Some(note) if !begins_with_mark(&line) => note.lines.push(line),
            _ => notes.push(Block::new(BlockKind::Note, vec![line])),
        }
    }
    notes
}

/// True for a line that opens with a footnote's mark: a raised number, or a number alone.
fn begins_with_mark(line: &Line) -> bool {
    let digits = line.text.bytes().take_while(u8::is_ascii_digit).count();
    let raised = line.raised.first().is_some_and(|mark| mark.start == 0 && mark.end == digits);
    (1..=3).contains(&digits) && (raised || line.text.trim_end().len() == digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Look;

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
            line("0300 123 000", 9.0, 0),
        ]);
        mark(&mut page, 12.0);
        assert!(page.iter().all(|block| block.kind == BlockKind::Paragraph));
    }
}
