//! From blocks to units: what will become a paragraph, a heading, a row or a note.

use std::collections::BTreeMap;

use quotable_read::{Block, BlockKind, Line, Look, is_bullet, is_dash, opens_with_bullet};

use crate::Grade;
use crate::join::{Flow, Vocabulary, cleaned};
use crate::judgement::grade_at_end;

/// Characters; a longer text is no heading.
const LONGEST_HEADING: usize = 260;

/// One paragraph, heading, row or note in the making.
#[derive(Debug, Clone)]
pub(crate) struct Unit {
    pub(crate) kind: Kind,
    /// The printed number, without its dot.
    pub(crate) number: Option<String>,
    /// The number or bullet as it stood before the text.
    pub(crate) label: String,
    pub(crate) flow: Flow,
    /// The look of the first line.
    pub(crate) look: Option<Look>,
    /// The left edge of the second line, in points: where the text of a hanging number or bullet stands.
    pub(crate) hanging: Option<f32>,
    /// True if every line is bold.
    pub(crate) bold: bool,
    /// How many lines the page shows.
    pub(crate) lines: usize,
}

/// What a unit is, so far as its block tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The format calls it a heading of this level (one-based).
    Heading(u8),
    /// Running text.
    Text,
    /// An item of a list whose label is a bullet or a dash.
    Bullet,
    /// A row of a table: its cells that are not empty.
    Row(Vec<String>),
    /// A footnote.
    Note,
    /// A line of a table of contents.
    Contents,
}

impl Unit {
    fn new(kind: Kind, lines: &[Line], vocabulary: &Vocabulary) -> Self {
        let mut flow = Flow::default();
        flow.push_lines(lines, vocabulary);
        let left = |line: &Line| line.look.map(|look| look.left);
        Self {
            kind,
            number: None,
            label: String::new(),
            flow,
            look: lines.first().and_then(|line| line.look),
            hanging: lines.get(1).and_then(left).or_else(|| lines.first().and_then(left)),
            bold: lines.iter().all(|line| line.look.is_some_and(|look| look.bold)),
            lines: lines.len(),
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.flow.text
    }

    /// The page on which the unit begins, one-based.
    pub(crate) fn page(&self) -> Option<u32> {
        self.flow.pages.first()
    }

    /// The page on which it ends.
    pub(crate) fn last_page(&self) -> Option<u32> {
        self.flow.pages.last()
    }

    /// True for running text and bullets: what may go on over a page.
    pub(crate) fn is_flowing(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Bullet)
    }

    /// Takes the printed number or the bullet from the front of the text.
    fn take_label(&mut self, item: bool) {
        let length = if let Some(length) = bullet_length(&self.flow.text, item) {
            self.kind = Kind::Bullet;
            length
        } else if let Some((number, length)) = number_and_length(&self.flow.text, item) {
            self.number = Some(number);
            length
        } else {
            return;
        };
        self.label = self.flow.text[..length].to_owned();
        self.flow.cut_front(length);
    }

    /// True if the lines after the first hang to the right of it, as behind a number or a bullet.
    pub(crate) fn hangs(&self) -> bool {
        matches!((self.hanging, self.look), (Some(hanging), Some(look)) if hanging > look.left + 6.0)
    }

    /// True for a numbered paragraph that bears a heading's style: lines of text that are not bold. The page break
    /// may have taken the full stop that would show it to be prose.
    fn is_numbered_prose(&self) -> bool {
        self.lines > 1 && !self.bold && number_and_length(self.text(), false).is_some()
    }

    /// True if the text could be a heading: short, and no sentence that merely ends.
    pub(crate) fn reads_as_heading(&self) -> bool {
        let text = self.text();
        let length = text.chars().count();
        let sentence = text.ends_with(['.', ';', ',']) && grade_at_end(text).is_none();
        (4..=LONGEST_HEADING).contains(&length)
            && !is_grade(text)
            && !holds_sentences(text)
            && self.lines <= 5
            && !sentence
            && text.chars().any(char::is_alphabetic)
    }
}

/// The units of the blocks, in order; artifacts are gone.
pub(crate) fn units(blocks: &[Block], vocabulary: &Vocabulary) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut rest = blocks;
    while let Some((block, after)) = rest.split_first() {
        match block.kind {
            BlockKind::Artifact => rest = after,
            BlockKind::Cell { table, row, .. } => {
                let same_row = |block: &&Block| matches!(block.kind, BlockKind::Cell { table: t, row: r, .. } if (t, r) == (table, row));
                // Notes of a cell follow it; they do not end the row.
                let near = rest.iter().take_while(|block| same_row(block) || block.kind == BlockKind::Note);
                let last = near.enumerate().filter(|(_, block)| same_row(block)).last();
                let length = last.map_or(1, |(last, _)| last + 1);
                let (cells, after) = rest.split_at(length);
                row_units(cells, vocabulary, &mut units);
                rest = after;
            }
            kind => {
                units.extend(items(&block.lines).filter_map(|lines| unit(kind, lines, vocabulary)));
                rest = after;
            }
        }
    }
    units.retain(|unit| unit.text().chars().any(char::is_alphanumeric));
    units
}

/// The items of a list that a format gives as one block. A line that opens with a dash may as well go on with a
/// sentence: it begins an item behind a colon, or where an item above has the same sign.
fn items(lines: &[Line]) -> impl Iterator<Item = &[Line]> {
    let sign = |line: &Line| line.text.trim_start().chars().next().filter(|_| opens_with_bullet(&line.text));
    let mut signs: Vec<char> = lines.first().and_then(sign).into_iter().collect();
    lines.chunk_by(move |above, line| {
        let Some(sign) = sign(line).filter(|_| !signs.is_empty()) else { return true };
        let known = signs.contains(&sign);
        if !known && !above.text.trim_end().ends_with(':') {
            return true;
        }
        signs.push(sign);
        false
    })
}

fn unit(kind: BlockKind, lines: &[Line], vocabulary: &Vocabulary) -> Option<Unit> {
    let (kind, item) = match kind {
        BlockKind::Heading { level } => (Kind::Heading(level), false),
        BlockKind::Item { .. } => (Kind::Text, true),
        BlockKind::Note => (Kind::Note, false),
        BlockKind::Contents => (Kind::Contents, false),
        BlockKind::Figure => return None,
        _ => (Kind::Text, false),
    };
    let mut unit = Unit::new(kind, lines, vocabulary);
    match unit.kind {
        Kind::Text => unit.take_label(item),
        // Writers take a heading's style for prose and lists too; what reads as such is.
        Kind::Heading(_)
            if !unit.reads_as_heading()
                || bullet_length(unit.text(), false).is_some()
                || unit.is_numbered_prose() =>
        {
            unit.kind = Kind::Text;
            unit.take_label(true);
        }
        Kind::Note => take_note_number(&mut unit, lines),
        _ => {}
    }
    unit.flow.close();
    Some(unit)
}

/// The mark before a footnote is its number; cleaning has taken it from the text if it was raised.
fn take_note_number(unit: &mut Unit, lines: &[Line]) {
    let first = lines.first().map(|line| line.text.trim_start()).unwrap_or_default();
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        unit.number = Some(first[..digits].to_owned());
        if unit.flow.text.starts_with(&first[..digits]) {
            unit.flow.cut_front(digits);
        }
    }
}

/// Words; a text in a heading's style that is longer and in which a sentence ends is prose.
const LONG_FOR_HEADING: usize = 20;

/// True for a text of some length in which one sentence ends and another begins.
fn holds_sentences(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = |pair: &[&str]| {
        pair[0].ends_with('.') && pair[0].len() > 4 && pair[1].starts_with(char::is_uppercase)
    };
    words.len() > LONG_FOR_HEADING && words.windows(2).any(ends)
}

/// True for a line that is a grade and nothing else: `Good`, `Grade 4 (Inadequate)`.
fn is_grade(text: &str) -> bool {
    let inner = text
        .split_once('(')
        .filter(|(before, _)| before.starts_with("Grade "))
        .map_or(text, |(_, inner)| inner);
    Grade::from_printed(inner).is_some()
}

/// A row of a table; or, where only one cell holds anything, running text that a table lays out.
fn row_units(blocks: &[Block], vocabulary: &Vocabulary, units: &mut Vec<Unit>) {
    let mut columns: BTreeMap<u32, Vec<&Block>> = BTreeMap::new();
    let mut notes = Vec::new();
    for block in blocks {
        let BlockKind::Cell { column, .. } = block.kind else {
            notes.extend(unit(block.kind, &block.lines, vocabulary));
            continue;
        };
        columns.entry(column).or_default().push(block);
    }
    let cells: Vec<Vec<&Block>> = columns.into_values().collect();
    match cells.as_slice() {
        [blocks] => {
            units.extend(
                blocks.iter().filter_map(|block| unit(BlockKind::Paragraph, &block.lines, vocabulary)),
            );
        }
        // A number or a bullet in a column of its own.
        [label, blocks] if is_label(label) => {
            let (first, others) = blocks.split_at(1);
            let mut lines = label.iter().flat_map(|block| block.lines.clone()).collect::<Vec<Line>>();
            lines.extend(first.iter().flat_map(|block| block.lines.clone()));
            units.extend(unit(BlockKind::Item { depth: 0 }, &lines, vocabulary));
            units.extend(
                others.iter().filter_map(|block| unit(BlockKind::Paragraph, &block.lines, vocabulary)),
            );
        }
        _ => {
            let mut row: Option<Unit> = None;
            let mut texts = Vec::new();
            for blocks in &cells {
                let lines: Vec<Line> = blocks.iter().flat_map(|block| block.lines.clone()).collect();
                let cell = Unit::new(Kind::Text, &lines, vocabulary);
                texts.push(cell.text().to_owned());
                match row.as_mut() {
                    None => row = Some(cell),
                    Some(row) => {
                        row.flow.push("|", None, vocabulary);
                        row.flow.append(&cell.flow, vocabulary);
                        row.lines += cell.lines;
                        row.bold &= cell.bold;
                    }
                }
            }
            if let Some(mut row) = row {
                row.kind = Kind::Row(texts);
                units.push(row);
            }
        }
    }
    units.extend(notes);
}

fn is_label(blocks: &[&Block]) -> bool {
    let [block] = blocks else { return false };
    let text = block.lines.iter().map(cleaned).collect::<String>();
    let text = text.trim();
    let number = text.trim_end_matches('.');
    let numbered = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    numbered || (text.chars().count() == 1 && text.chars().all(is_bullet))
}

/// The length in bytes of the bullet that opens the text.
fn bullet_length(text: &str, item: bool) -> Option<usize> {
    let mut letters = text.char_indices();
    let (_, first) = letters.next()?;
    let next = letters.next();
    let apart = next.is_none_or(|(_, letter)| letter.is_whitespace());
    let dash = is_dash(first) && apart;
    // Courier's letter o, which Word uses for the second level of a list.
    let round = item && first == 'o' && apart;
    (is_bullet(first) || dash || round).then_some(first.len_utf8())
}

/// The number that opens the text, and its length in bytes with its dot.
///
/// With a dot it is one wherever it stands; without, only in what the format calls an item of a list
/// (`11 per cent of care leavers` is none).
fn number_and_length(text: &str, item: bool) -> Option<(String, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let rest = &text[digits..];
    let (after, length) = match rest.strip_prefix(['.', ')']) {
        Some(after) => (after, digits + 1),
        None if item => (rest, digits),
        None => return None,
    };
    let begins = after.trim_start().chars().next()?;
    let spaced = after.starts_with(' ') || (length > digits && begins.is_uppercase());
    let opens = begins.is_uppercase() || matches!(begins, '‘' | '’' | '“' | '"' | '\'' | '(' | '[');
    let opens = opens || (length > digits && begins.is_alphanumeric());
    (spaced && opens).then(|| (text[..digits].to_owned(), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(kind: BlockKind, lines: &[&str]) -> Vec<(Kind, String)> {
        let lines = lines.iter().map(|text| Line::plain(*text)).collect();
        let blocks = [Block::new(kind, lines)];
        let units = units(&blocks, &Vocabulary::default());
        units.into_iter().map(|unit| (unit.kind.clone(), unit.text().to_owned())).collect()
    }

    #[test]
    fn each_dash_of_a_list_in_one_block_is_an_item() {
        let items = read(
            BlockKind::Paragraph,
            &["• Of the pupils of Hartle:", "― nine walk to", "school", "― none rides."],
        );
        let texts: Vec<&str> = items.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["Of the pupils of Hartle:", "nine walk to school", "none rides."]);
        assert!(items.iter().all(|(kind, _)| *kind == Kind::Bullet));
    }

    #[test]
    fn a_dash_within_an_item_is_no_item() {
        let items =
            read(BlockKind::Paragraph, &["• Hartle keeps two homes (the Hartle", "– Westmere trust)"]);
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].1, "Hartle keeps two homes (the Hartle – Westmere trust)");
    }

    #[test]
    fn prose_in_a_headings_style_is_prose() {
        let heading = BlockKind::Heading { level: 1 };
        let prose = "Children in Hartle are heard and their wishes are written down with care. Staff know each \
                     child well and they are";
        assert_eq!(read(heading, &[prose])[0].0, Kind::Text);
        assert_eq!(read(heading, &["The experiences of children in St. Hartle"])[0].0, Kind::Heading(1));
    }
}
