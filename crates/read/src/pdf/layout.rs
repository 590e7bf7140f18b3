//! Blocks inferred from the layout of a page, for PDFs without a structure tree and for text outside the tree.
//!
//! Lines keep the order of the content stream. Where two lines stand side by side there is a table (see [`table`]);
//! the rest is cut into paragraphs by line spacing, by a change of type, by labels of lists, and by lines that end
//! before the right margin.

use std::cmp::Reverse;

use super::glyphs::Page;
use super::line::{Run, cells, lines, look};
use super::{footnote, hanging_number, table};
use crate::block::{Block, BlockKind, Line, Look};
use crate::bullet::opens_with_bullet;

/// The blocks of pages without a structure tree.
pub(super) fn blocks(pages: &[Page]) -> Vec<Block> {
    let mut by_page: Vec<Vec<Block>> = Vec::with_capacity(pages.len());
    let mut tables = 0;
    for page in pages {
        let mut blocks = Vec::new();
        let (mut content, mut artifacts) = (Vec::new(), Vec::new());
        let mut start = 0;
        for at in 1..=page.glyphs.len() {
            let ends = page.glyphs.get(at).is_none_or(|next| next.artifact != page.glyphs[start].artifact);
            if ends {
                let to = if page.glyphs[start].artifact { &mut artifacts } else { &mut content };
                to.push(Run { page, glyphs: start..at });
                start = at;
            }
        }
        blocks.extend(lines(&artifacts).into_iter().map(|line| Block::new(BlockKind::Artifact, vec![line])));
        for region in table::regions(cells(&content)) {
            match region {
                table::Region::Text(lines) => blocks.extend(paragraphs(lines)),
                table::Region::Table(rows) => {
                    blocks.extend(table::blocks(rows, tables));
                    tables += 1;
                }
            }
        }
        by_page.push(blocks);
    }
    let content = by_page.iter().flatten().filter(|block| block.kind != BlockKind::Artifact);
    if let Some(text_size) = footnote::text_size(content) {
        for page in &mut by_page {
            footnote::mark_footnotes(page, text_size);
        }
    }
    by_page.into_iter().flatten().collect()
}

/// Cuts lines of one page into paragraphs.
pub(super) fn paragraphs(lines: Vec<Line>) -> Vec<Block> {
    let leading = usual_leading(&lines);
    let margin = lines.iter().map(|line| look(line).right).fold(0.0, f32::max);
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines {
        let last = blocks.last().and_then(|block| block.lines.last());
        let joins = last.is_some_and(|last| continues(last, &line, leading, margin));
        match blocks.last_mut() {
            Some(block) if joins => block.lines.push(line),
            _ => blocks.push(Block::new(BlockKind::Paragraph, vec![line])),
        }
    }
    blocks
}

/// The commonest leading (distance between baselines) of some lines, as a multiple of the type size.
fn usual_leading(lines: &[Line]) -> f32 {
    /// Assumed where no two lines follow each other; about what word processors set by default.
    const DEFAULT: f32 = 1.3;
    // A histogram in steps of a tenth. Below 0.8 lines overlap, and above 2.6 they are apart.
    let mut counts = [0_u32; 40];
    for pair in lines.windows(2) {
        let leading = leading(&look(&pair[0]), &look(&pair[1]));
        if (0.8..2.6).contains(&leading) {
            counts[(leading * 10.0) as usize] += 1;
        }
    }
    let most = counts.iter().enumerate().max_by_key(|(at, count)| (**count, Reverse(*at)));
    // The upper edge of the commonest step.
    most.filter(|(_, count)| **count > 0).map_or(DEFAULT, |(at, _)| at as f32 / 10.0 + 0.1)
}

fn leading(above: &Look, below: &Look) -> f32 {
    (below.baseline - above.baseline) / below.size.max(above.size).max(1.0)
}

/// True if `below` continues the paragraph of `above`. `margin` is the right edge of the longest line, in points.
fn continues(above: &Line, below: &Line, usual_leading: f32, margin: f32) -> bool {
    let (upper, lower) = (look(above), look(below));
    let same_type = (upper.size - lower.size).abs() < 0.6 && upper.bold == lower.bold;
    let near = (0.5..=usual_leading + 0.25).contains(&leading(&upper, &lower));
    // Headings are broken anywhere, so a short line proves nothing before a lower-case letter.
    let lower_case = below.text.chars().next().is_some_and(char::is_lowercase);
    near && same_type
        && !opens_item(&below.text)
        && (lower_case || !ends_early(&upper, &lower, below, margin))
}

/// True if the first word of `below` had room at the end of the line above it: the writer ended a paragraph there.
fn ends_early(upper: &Look, lower: &Look, below: &Line, margin: f32) -> bool {
    let characters = below.text.chars().count().max(1) as f32;
    let width = (lower.right - lower.left) / characters;
    let first = below.text.split_whitespace().next().map_or(0, |word| word.chars().count()) as f32;
    upper.right + (first + 2.0) * width < margin - 0.5 * lower.size
}

/// True if the text opens a numbered or bulleted paragraph.
fn opens_item(text: &str) -> bool {
    let text = text.trim_start();
    if opens_with_bullet(text) {
        return true;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) && text[digits..].starts_with(". ") {
        return true;
    }
    // `1.8.4 The board`, but not `2.5 million`.
    let Some((number, rest)) = text.split_once(' ') else { return false };
    hanging_number::levels(number.trim_end_matches('.')) > 1
        && rest.trim_start().starts_with(char::is_uppercase)
}
