//! Running heads, running feet and page numbers, where the format itself does not set them apart.

use std::collections::{HashMap, HashSet};

use quotable_read::{Block, BlockKind, Document, Line};

/// How many lines from the top and from the bottom of a page may be furniture.
const DEEP: usize = 3;

/// The blocks without furniture. What the format calls an artifact goes; so does a line at the top or bottom of
/// its page that is a bare page number, or that stands there (but for its digits) on many pages.
pub(crate) fn strip(document: &Document) -> Vec<Block> {
    let mut blocks: Vec<Block> =
        document.blocks.iter().filter(|block| block.kind != BlockKind::Artifact).cloned().collect();
    // A file that sets its furniture apart has none in its text.
    let set_apart = blocks.len() < document.blocks.len();
    if document.pages < 2 || (document.tagged && set_apart) {
        return blocks;
    }
    let outer = outer_lines(&blocks);
    // Heads and feet apart: a name at the foot of every page is a title at the top of the first.
    let mut pages_of: HashMap<(bool, String), HashSet<Option<u32>>> = HashMap::new();
    for &Outer { block, line, top, .. } in &outer {
        let line = &blocks[block].lines[line];
        pages_of.entry((top, pattern(&line.text))).or_default().insert(line.page);
    }
    let many = (document.pages as usize / 3).max(2);
    let mut drop: Vec<(usize, usize)> = outer
        .iter()
        .filter(|&&Outer { block, line, outermost, top }| {
            let text = blocks[block].lines[line].text.trim();
            let pattern = (top, pattern(text));
            let number = is_page_number(text) && outermost;
            number
                || (pages_of.get(&pattern).is_some_and(|pages| pages.len() >= many)
                    && text.chars().count() < 150)
        })
        .map(|outer| (outer.block, outer.line))
        .collect();
    drop.sort_unstable();
    for &(block, line) in drop.iter().rev() {
        blocks[block].lines.remove(line);
    }
    blocks.retain(|block| !block.lines.is_empty());
    blocks
}

/// A line near the top or bottom of its page.
#[derive(Debug, Clone, Copy)]
struct Outer {
    /// Indices of the block, and of the line in it.
    block: usize,
    line: usize,
    /// Nearer to the top than to the bottom.
    top: bool,
    /// Nothing stands between it and the edge.
    outermost: bool,
}

/// The lines near the top and bottom of each page.
fn outer_lines(blocks: &[Block]) -> Vec<Outer> {
    let mut pages: HashMap<u32, Vec<(usize, usize)>> = HashMap::new();
    for (index, block) in blocks.iter().enumerate() {
        for (at, line) in block.lines.iter().enumerate() {
            if let Some(page) = line.page {
                pages.entry(page).or_default().push((index, at));
            }
        }
    }
    let mut outer = Vec::new();
    for mut lines in pages.into_values() {
        let height = |&(block, line): &(usize, usize)| baseline(&blocks[block].lines[line]);
        if lines.iter().all(|place| height(place).is_some()) {
            let known = |place: &(usize, usize)| height(place).unwrap_or(0.0);
            lines.sort_by(|a, b| known(a).total_cmp(&known(b)));
        }
        // Lines side by side stand on one level.
        let mut levels = vec![0_usize; lines.len()];
        for at in 1..lines.len() {
            let level = match (height(&lines[at - 1]), height(&lines[at])) {
                (Some(above), Some(below)) => below - above < 8.0,
                _ => false,
            };
            levels[at] = levels[at - 1] + usize::from(!level);
        }
        let last = levels.last().copied().unwrap_or(0);
        for ((block, line), level) in lines.into_iter().zip(levels) {
            let from_edge = level.min(last - level);
            if from_edge < DEEP {
                outer.push(Outer { block, line, top: level <= last - level, outermost: from_edge == 0 });
            }
        }
    }
    outer
}

fn baseline(line: &Line) -> Option<f32> {
    line.look.map(|look| look.baseline)
}

/// A line's text with its digits made alike.
fn pattern(text: &str) -> String {
    text.trim().chars().map(|letter| if letter.is_ascii_digit() { '0' } else { letter }).collect()
}

/// `12`, `Page 12`, `12 of 40`, `- 12 -`.
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
    use super::*;

    fn page(number: u32, texts: &[&str]) -> Vec<Block> {
        let line = |text: &&str| {
            let mut line = Line::plain(*text);
            line.page = Some(number);
            Block::new(BlockKind::Paragraph, vec![line])
        };
        texts.iter().map(line).collect()
    }

    #[test]
    fn running_lines_and_page_numbers_go() {
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
        assert_eq!(texts.len(), 15, "two lines go from every page, and a number within it stays");
    }
}
