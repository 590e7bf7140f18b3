//! Blocks by layout, for what no structure tree holds.

use super::device::Page;
use super::line::{Piece, cells, lines};
use super::{note, table};
use crate::block::{Block, BlockKind, Line, Look};
use crate::bullet::opens_with_bullet;

/// The blocks of pages that are not tagged: lines in the order of the content stream, cut where the
/// layout shows a new beginning.
pub(super) fn blocks(pages: &[Page]) -> Vec<Block> {
    let mut by_page: Vec<Vec<Block>> = Vec::with_capacity(pages.len());
    let mut tables = 0;
    for page in pages {
        let mut all = Vec::new();
        let (mut content, mut artifacts) = (Vec::new(), Vec::new());
        let mut start = 0;
        for at in 1..=page.letters.len() {
            let ends = page.letters.get(at).is_none_or(|next| next.artifact != page.letters[start].artifact);
            if ends {
                let to = if page.letters[start].artifact { &mut artifacts } else { &mut content };
                to.push(Piece { page, letters: start..at });
                start = at;
            }
        }
        all.extend(lines(&artifacts).into_iter().map(|line| Block::new(BlockKind::Artifact, vec![line])));
        for part in table::parts(cells(&content)) {
            match part {
                table::Part::Text(lines) => all.extend(segment(lines)),
                table::Part::Table(rows) => {
                    all.extend(table::blocks(rows, tables));
                    tables += 1;
                }
            }
        }
        by_page.push(all);
    }
    let running = by_page.iter().flatten().filter(|block| block.kind != BlockKind::Artifact);
    if let Some(usual) = note::usual_size(running) {
        for page in &mut by_page {
            note::mark(page, usual);
        }
    }
    by_page.into_iter().flatten().collect()
}

/// Cuts lines of one page into blocks.
pub(super) fn segment(lines: Vec<Line>) -> Vec<Block> {
    let leading = usual_leading(&lines);
    let right = lines.iter().filter_map(|line| Some(line.look?.right)).fold(0.0, f32::max);
    let mut blocks: Vec<Block> = Vec::new();
    for line in lines {
        let last = blocks.last().and_then(|block| block.lines.last());
        let joins = last.is_some_and(|last| follows(last, &line, leading, right));
        match blocks.last_mut() {
            Some(block) if joins => block.lines.push(line),
            _ => blocks.push(Block::new(BlockKind::Paragraph, vec![line])),
        }
    }
    blocks
}

/// The distance between two lines of running text, in sizes of their letters: the commonest one.
fn usual_leading(lines: &[Line]) -> f32 {
    let mut counts = [0_u32; 40];
    for pair in lines.windows(2) {
        if let Some(leading) = leading(&pair[0], &pair[1])
            && (0.8..2.6).contains(&leading)
        {
            counts[(leading * 10.0) as usize] += 1;
        }
    }
    let most = counts.iter().enumerate().max_by_key(|(at, count)| (**count, std::cmp::Reverse(*at)));
    most.filter(|(_, count)| **count > 0).map_or(1.3, |(at, _)| at as f32 / 10.0 + 0.1)
}

fn leading(above: &Line, below: &Line) -> Option<f32> {
    let (above, below) = (above.look?, below.look?);
    Some((below.baseline - above.baseline) / below.size.max(above.size).max(1.0))
}

/// True if a line goes on with the block of the line above it.
fn follows(above: &Line, below: &Line, usual: f32, right: f32) -> bool {
    let (Some(upper), Some(lower)) = (above.look, below.look) else { return false };
    let Some(leading) = leading(above, below) else { return false };
    let same_letters = (upper.size - lower.size).abs() < 0.6 && upper.bold == lower.bold;
    let near = (0.5..=usual + 0.25).contains(&leading);
    // Writers break a heading where it pleases them; what goes on in a small letter goes on.
    let small = below.text.chars().next().is_some_and(char::is_lowercase);
    near && same_letters && !opens(&below.text) && (small || !ends_early(&upper, &lower, below, right))
}

/// True if the line above leaves so much room that the first word of the line below would have stood on it:
/// the end of a paragraph.
fn ends_early(upper: &Look, lower: &Look, below: &Line, right: f32) -> bool {
    let letters = below.text.chars().count().max(1) as f32;
    let letter = (lower.right - lower.left) / letters;
    let first = below.text.split_whitespace().next().map_or(0, |word| word.chars().count()) as f32;
    upper.right + (first + 2.0) * letter < right - 0.5 * lower.size
}

/// True if the text opens a numbered or bulleted paragraph.
pub(super) fn opens(text: &str) -> bool {
    let text = text.trim_start();
    if opens_with_bullet(text) {
        return true;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=3).contains(&digits) && text[digits..].starts_with(". ")
}
