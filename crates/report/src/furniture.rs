//! Removes page furniture: running heads, running feet and page numbers.
//!
//! A format may set furniture apart as artifacts (ISO 32000-1, 14.8.2.2). Where it does not, furniture is the text near
//! the edge of a page that repeats on many pages, digits aside: Lin, "Header and footer extraction by page-association"
//! (SPIE 5010, 2003). Heads and feet are counted apart, because the name at the foot of every page may also be the title
//! at the top of the first.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use quotable_read::{Block, BlockKind, Document, Line};

/// Rows of lines from the top and from the bottom of a page that may be furniture.
const EDGE_ROWS: usize = 3;
/// Characters; longer lines are text, however often they repeat.
const LONGEST_FURNITURE: usize = 150;
/// Points; lines with baselines nearer than this are side by side, in one row.
const ROW_HEIGHT: f32 = 8.0;

/// The blocks of `document` without artifacts and without furniture. A line near the edge of its page is furniture if it
/// repeats on a third of the pages (two at least), or if it is outermost and a page number.
pub(crate) fn strip(document: &Document) -> Vec<Block> {
    let mut blocks: Vec<Block> =
        document.blocks.iter().filter(|block| block.kind != BlockKind::Artifact).cloned().collect();
    // A tagged file that marks some of its furniture marks all of it.
    let has_artifacts = blocks.len() < document.blocks.len();
    if document.pages < 2 || (document.tagged && has_artifacts) {
        return blocks;
    }
    let edge_lines = edge_lines(&blocks);
    let mut pages_of: HashMap<(bool, Print), HashSet<Option<u32>>> = HashMap::new();
    for &EdgeLine { block, line, top, .. } in &edge_lines {
        let line = &blocks[block].lines[line];
        pages_of.entry((top, Print::of(line))).or_default().insert(line.page);
    }
    let many = (document.pages as usize / 3).max(2);
    let is_furniture = |&&EdgeLine { block, line, outermost, top }: &&EdgeLine| {
        let line = &blocks[block].lines[line];
        let text = line.text.trim();
        let repeats = pages_of.get(&(top, Print::of(line))).is_some_and(|pages| pages.len() >= many);
        (outermost && is_page_number(text)) || (repeats && text.chars().count() < LONGEST_FURNITURE)
    };
    let mut furniture: Vec<(usize, usize)> =
        edge_lines.iter().filter(is_furniture).map(|edge| (edge.block, edge.line)).collect();
    // Pages that all say the same are copies of one, and no furniture.
    if furniture.len() == blocks.iter().map(|block| block.lines.len()).sum::<usize>() {
        furniture.retain(|&(block, line)| is_page_number(&blocks[block].lines[line].text));
    }
    // Backwards, so that the indices of lines still to be removed stay right.
    furniture.sort_unstable();
    for &(block, line) in furniture.iter().rev() {
        blocks[block].lines.remove(line);
    }
    blocks.retain(|block| !block.lines.is_empty());
    blocks
}

/// A line near the top or bottom of its page.
#[derive(Debug, Clone, Copy)]
struct EdgeLine {
    /// Index of the block.
    block: usize,
    /// Index of the line in its block.
    line: usize,
    /// Nearer to the top than to the bottom.
    top: bool,
    /// In the first or last row of the page.
    outermost: bool,
}

/// The lines in the first and last [`EDGE_ROWS`] rows of each page. Rows follow the baselines where every line of the
/// page has one; else each line is a row, in reading order.
fn edge_lines(blocks: &[Block]) -> Vec<EdgeLine> {
    struct Placed {
        block: usize,
        line: usize,
        baseline: Option<f32>,
    }
    let mut pages: HashMap<u32, Vec<Placed>> = HashMap::new();
    for (index, block) in blocks.iter().enumerate() {
        for (at, line) in block.lines.iter().enumerate() {
            if let Some(page) = line.page {
                let baseline = line.look.map(|look| look.baseline);
                pages.entry(page).or_default().push(Placed { block: index, line: at, baseline });
            }
        }
    }
    let mut edge_lines = Vec::new();
    for mut lines in pages.into_values() {
        let gap = |above: &Placed, below: &Placed| Some(below.baseline? - above.baseline?);
        if lines.iter().all(|line| line.baseline.is_some()) {
            let heights = |a: &Placed, b: &Placed| Some(a.baseline?.total_cmp(&b.baseline?));
            lines.sort_by(|a, b| heights(a, b).unwrap_or(Ordering::Equal));
        }
        let mut rows = Vec::with_capacity(lines.len());
        let mut last_row = 0;
        for (at, line) in lines.iter().enumerate() {
            if let Some(above) = at.checked_sub(1) {
                let side_by_side = gap(&lines[above], line).is_some_and(|gap| gap < ROW_HEIGHT);
                last_row += usize::from(!side_by_side);
            }
            rows.push(last_row);
        }
        for (line, row) in lines.into_iter().zip(rows) {
            let from_edge = row.min(last_row - row);
            if from_edge < EDGE_ROWS {
                edge_lines.push(EdgeLine {
                    block: line.block,
                    line: line.line,
                    top: row <= last_row - row,
                    outermost: from_edge == 0,
                });
            }
        }
    }
    edge_lines
}

/// What is the same on every page that repeats a line: its words, digits aside, and how they look. A heading in words
/// that also open another page, as those of a table of grades do, is larger or bolder there.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Print {
    text: String,
    /// Size in half points, and bold.
    look: Option<(i32, bool)>,
}

impl Print {
    fn of(line: &Line) -> Self {
        let look = line.look.map(|look| ((look.size * 2.0).round() as i32, look.bold));
        Self { text: mask_digits(&line.text), look }
    }
}

/// A line's text with its digits made alike, so that `Page 3` and `Page 4` repeat.
fn mask_digits(text: &str) -> String {
    text.trim().chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect()
}

/// True for `12`, `Page 12`, `12 of 40`, `- 12 -`.
fn is_page_number(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut numbers = 0;
    for word in words {
        if word.bytes().all(|byte| byte.is_ascii_digit()) && word.len() <= 4 {
            numbers += 1;
        } else if !matches!(word, "page" | "of") {
            return false;
        }
    }
    (1..=2).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use quotable_read::Look;

    use super::*;

    /// A page with a block for each line.
    fn page(number: u32, texts: &[&str]) -> Vec<Block> {
        let line = |text: &&str| {
            let mut line = Line::plain(*text);
            line.page = Some(number);
            Block::new(BlockKind::Paragraph, vec![line])
        };
        texts.iter().map(line).collect()
    }

    #[test]
    fn repeated_edge_lines_and_page_numbers_are_removed() {
        let mut document = Document::new("text");
        document.pages = 3;
        for (number, word) in [(1, "one"), (2, "two"), (3, "three")] {
            let foot = format!("Page {number}");
            let body = format!("Paragraph {word} stands alone here.");
            let more = format!("More of {word} follows.");
            let lines = ["Inspection of Westmere", &body, &more, "12", &body, &more, &foot];
            document.blocks.extend(page(number, &lines));
        }
        let texts: Vec<String> = strip(&document).iter().map(Block::text).collect();
        assert_eq!(texts[..3], ["Paragraph one stands alone here.", "More of one follows.", "12"]);
        assert_eq!(texts.len(), 15, "head and foot go from every page, a number inside it stays");
    }

    #[test]
    fn copies_of_a_page_are_kept() {
        let mut document = Document::new("text");
        document.pages = 2;
        for number in 1..=2 {
            document.blocks.extend(page(number, &["Dear keeper", "Herons are here.", &number.to_string()]));
        }
        let texts: Vec<String> = strip(&document).iter().map(Block::text).collect();
        assert_eq!(texts, ["Dear keeper", "Herons are here.", "Dear keeper", "Herons are here."]);
    }

    #[test]
    fn a_heading_in_the_words_of_a_table_on_another_page_stays() {
        let mut document = Document::new("text");
        document.pages = 5;
        let words = "Is the service safe?";
        for (number, first, size) in
            [(1, "Rating", 11.0), (2, words, 11.0), (3, words, 15.0), (4, words, 15.0)]
        {
            let mut lines = page(number, &[first, "A", "B", "C", "D", "E", "F"]);
            for (line, baseline) in lines.iter_mut().flat_map(|block| &mut block.lines).zip(0_u8..) {
                line.look = Some(Look::new(0.0, 100.0, f32::from(baseline) * 20.0, size));
            }
            document.blocks.extend(lines);
        }
        let left = |document: &Document| strip(document).iter().filter(|block| block.text() == words).count();
        assert_eq!(left(&document), 1, "two that look alike are a running head");
        document.blocks.retain(|block| block.page() != Some(4));
        assert_eq!(left(&document), 2);
    }

    #[test]
    fn page_numbers_are_told_from_other_numbers() {
        for text in ["12", "Page 12", "12 of 40", "Page 12 of 40", "- 12 -"] {
            assert!(is_page_number(text), "{text}");
        }
        for text in ["", "Page", "12 children", "123456", "1 2 3"] {
            assert!(!is_page_number(text), "{text}");
        }
    }
}
