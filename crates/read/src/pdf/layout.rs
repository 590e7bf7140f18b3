//! Blocks inferred from the layout of a page, for PDFs without a structure tree and for text outside the tree.
//!
//! Position decides, not the order of the content stream: see [`region`] for what stands where. Running text is cut into
//! paragraphs by line spacing, by a change of type, by labels of lists, by indents, and by lines that end before the
//! margin.

use std::cmp::Reverse;

use super::direction::is_right_to_left;
use super::glyphs::Page;
use super::line::{cells, lines, look};
use super::region::Region;
use super::run::Run;
use super::turn::Turn;
use super::{footnote, hanging_number, initial, region, table};
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
        let mut artifacts = lines(&artifacts);
        // Text that is turned is apart from the rest, whose places are those of another page. First what most of the page
        // is.
        for lines in by_turn(cells(&content)) {
            let (lines, marks) = initial::without_watermarks(initial::join(lines));
            artifacts.extend(marks);
            for region in region::regions(lines, page.width) {
                match region {
                    Region::Text(lines) => blocks.extend(paragraphs(lines)),
                    Region::Columns(columns) => blocks.extend(paragraphs_of_columns(columns)),
                    Region::Table(rows, gutters) => {
                        blocks.extend(table::blocks(rows, &gutters, tables));
                        tables += 1;
                    }
                }
            }
        }
        let artifacts = artifacts.into_iter().map(|line| Block::new(BlockKind::Artifact, vec![line]));
        blocks.splice(0..0, artifacts);
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

/// The lines of each turn: first those of the turn that most lines have.
fn by_turn(lines: Vec<(Turn, Line)>) -> Vec<Vec<Line>> {
    let mut turns: Vec<(Turn, Vec<Line>)> = Vec::new();
    for (turn, line) in lines {
        match turns.iter_mut().find(|(of, _)| *of == turn) {
            Some((_, lines)) => lines.push(line),
            None => turns.push((turn, vec![line])),
        }
    }
    turns.sort_by_key(|(_, lines)| Reverse(lines.len()));
    turns.into_iter().map(|(_, lines)| lines).collect()
}

/// Cuts lines of one page into paragraphs.
pub(super) fn paragraphs(lines: Vec<Line>) -> Vec<Block> {
    let margins = Margins::of(&lines);
    let mut of_lines = margins.of_stretches(&lines).into_iter();
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines = lines.into_iter().peekable();
    while let Some(line) = lines.next() {
        let margins = of_lines.next().unwrap_or(margins);
        let joins = blocks.last().is_some_and(|block| {
            margins.continues(&block.lines, &line) && !is_set_in(&block.lines, &line, lines.peek())
        });
        match blocks.last_mut() {
            Some(block) if joins => block.lines.push(line),
            _ => blocks.push(Block::new(BlockKind::Paragraph, vec![line])),
        }
    }
    blocks
}

/// The paragraphs of columns, from the left. One that a column breaks goes on at the top of the next.
fn paragraphs_of_columns(columns: Vec<Vec<Line>>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut above: Option<Margins> = None;
    for column in columns {
        let margins = Margins::of(&column);
        let mut new = paragraphs(column);
        let last = blocks.last_mut().zip(above.as_ref());
        if let (Some((block, above)), Some(first)) = (last, new.first())
            && let (Some(upper), Some(lower)) = (block.lines.last(), first.lines.first())
            && above.breaks_off(upper, lower)
        {
            block.lines.extend(new.remove(0).lines);
        }
        blocks.append(&mut new);
        above = Some(margins);
    }
    blocks
}

/// The edges and the spacing of some lines.
#[derive(Debug, Clone, Copy)]
struct Margins {
    /// Left edge of the line that begins furthest left, in points.
    left: f32,
    /// Right edge of the longest line, in points.
    right: f32,
    /// The usual leading, as a multiple of the type size.
    leading: f32,
    /// True if one line alone ends where the longest one does: it need not be full.
    is_lone: bool,
}

impl Margins {
    fn of(lines: &[Line]) -> Self {
        /// Type sizes by which the ends of full lines differ.
        const RAGGED: f32 = 4.0;
        let right = lines.iter().map(|line| look(line).right).fold(0.0, f32::max);
        let is_full = |line: &&Line| look(line).right > right - RAGGED * look(line).size;
        Self {
            left: lines.iter().map(|line| look(line).left).fold(f32::INFINITY, f32::min),
            right,
            leading: usual_leading(lines),
            is_lone: lines.iter().filter(is_full).count() < 2,
        }
    }

    /// For each line the margins of the lines around it that are set alike: small print may be narrower than the rest.
    /// Lines that are much shorter, such as those of an address, keep the margins of all.
    fn of_stretches(self, lines: &[Line]) -> Vec<Self> {
        let mut all = Vec::with_capacity(lines.len());
        let mut start = 0;
        while start < lines.len() {
            let pairs = lines[start..].windows(2);
            let alike = pairs.take_while(|pair| {
                let (upper, lower) = (look(&pair[0]), look(&pair[1]));
                is_same_type(&upper, &lower) && (0.5..=self.leading + 0.25).contains(&leading(&upper, &lower))
            });
            let end = start + alike.count() + 1;
            let own = Self { leading: self.leading, ..Self::of(&lines[start..end]) };
            let is_wide = end - start > 2 && own.right - own.left > STRETCH * (self.right - self.left);
            all.resize(end, if is_wide { own } else { self });
            start = end;
        }
        all
    }

    /// True if `below` continues the paragraph of the lines above.
    fn continues(&self, above: &[Line], below: &Line) -> bool {
        let Some(above) = above.last() else { return false };
        let (upper, lower) = (look(above), look(below));
        let near = (0.5..=self.leading + 0.25).contains(&leading(&upper, &lower));
        // Headings are broken anywhere, so a short line proves nothing before a lower-case letter.
        near && is_same_type(&upper, &lower)
            && !opens_item(&below.text)
            && (begins_low(below)
                || !(self.ends_early(&upper, below) || self.ends_by_words(&above.text, below)))
    }

    /// True if a sentence ends in a line that nothing shows to be full, and another begins below it.
    fn ends_by_words(&self, above: &str, below: &Line) -> bool {
        self.is_lone && above.ends_with(['.', '?', '!']) && below.text.starts_with(char::is_uppercase)
    }

    /// True if `below`, at the top of the next column, continues a paragraph that ends its column with the line `above`.
    fn breaks_off(&self, above: &Line, below: &Line) -> bool {
        let (upper, lower) = (look(above), look(below));
        let ended =
            above.text.trim_end_matches(['”', '’', '"', '\'', ')', ']']).ends_with(['.', '?', '!', ':', ';']);
        is_same_type(&upper, &lower)
            && !opens_item(&below.text)
            && (begins_low(below) || (!ended && !self.ends_early(&upper, below)))
    }

    /// True if the first word of `below` had room at the end of the line above it: the writer ended a paragraph there.
    fn ends_early(&self, upper: &Look, below: &Line) -> bool {
        let lower = look(below);
        let characters = below.text.chars().count().max(1) as f32;
        let width = (lower.right - lower.left) / characters;
        let first = below.text.split_whitespace().next().map_or(0, |word| word.chars().count()) as f32;
        let room = (first + 2.0) * width + 0.5 * lower.size;
        if below.text.chars().find(|letter| letter.is_alphabetic()).is_some_and(is_right_to_left) {
            upper.left - room > self.left
        } else {
            upper.right + room < self.right
        }
    }
}

/// Lines that are set alike have their own margins if they take at least this share of the width of all.
const STRETCH: f32 = 0.75;

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

fn is_same_type(one: &Look, other: &Look) -> bool {
    (one.size - other.size).abs() < 0.6 && one.bold == other.bold
}

fn begins_low(line: &Line) -> bool {
    line.text.chars().next().is_some_and(char::is_lowercase)
}

/// True if an indent shows that `below` begins a paragraph: it is set in from the lines above and below, or it stands
/// out like the first line of a paragraph whose other lines are set in.
fn is_set_in(above: &[Line], below: &Line, next: Option<&Line>) -> bool {
    let [first, .., last] = above else { return false };
    let (first, upper, lower) = (look(first), look(last), look(below));
    let size = lower.size.max(1.0);
    let aligned = |one: f32, other: f32| (one - other).abs() < 0.3 * size;
    let indent = lower.left - upper.left;
    // Entries of a table of contents are set in by their level.
    if begins_low(below) || !below.text.contains(char::is_alphabetic) || below.text.contains("....") {
        return false;
    }
    let follows = next.map(look).filter(|next| leading(&lower, next) < 2.6 && is_same_type(&lower, next));
    if (0.7 * size..6.0 * size).contains(&indent) {
        // Text that is centred is set in by chance.
        let centred = aligned(lower.left + lower.right, upper.left + upper.right);
        !centred && follows.is_none_or(|next| aligned(next.left, upper.left)) && !opens_item(&above[0].text)
    } else if (-6.0 * size..-0.7 * size).contains(&indent) {
        let hangs = above[1..].iter().all(|line| aligned(look(line).left, upper.left));
        hangs
            && aligned(first.left, lower.left)
            && follows.is_none_or(|next| next.left > lower.left - 0.3 * size)
    } else {
        false
    }
}

/// True if the text opens a numbered or bulleted paragraph.
fn opens_item(text: &str) -> bool {
    let text = text.trim_start();
    if opens_with_bullet(text) {
        return true;
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits)
        && [". ", "\t", ".\t"].iter().any(|behind| text[digits..].starts_with(behind))
    {
        return true;
    }
    // `1.8.4 The board`, but not `2.5 million`.
    let Some((number, rest)) = text.split_once(' ') else { return false };
    hanging_number::levels(number.trim_end_matches('.')) > 1
        && rest.trim_start().starts_with(char::is_uppercase)
}
