//! From blocks to elements: headings, running text, list items, table rows, footnotes.
//!
//! A block is the unit of the file's format, an element the unit of the report. One block may hold several items of a
//! list, several cells make one row, and a table that only lays out text is no table at all. A paragraph that a page
//! break cuts is two elements until understanding joins them.

mod label;
mod lone_number;
mod numbering;

use std::collections::BTreeMap;

use quotable_profile::Profile;
use quotable_read::{Block, BlockKind, Line, Look, opens_with_bullet};

use crate::element::label::{bullet_length, is_label, leading_number};
use crate::element::numbering::Numbering;
use crate::grade::{any_trailing_grade, is_grade};
use crate::join::{PagedText, Vocabulary};

/// Characters; longer text is no heading.
const LONGEST_HEADING: usize = 260;
/// Lines; text that runs over more is no heading.
const MOST_HEADING_LINES: usize = 5;
/// Words; longer text in which a sentence ends is prose, even in a heading's style.
const LONG_HEADING: usize = 20;
/// Lines; a numbered text that runs over more is a paragraph.
const MOST_TITLE_LINES: usize = 2;
/// Words; a cell of a table with more is prose, and its row is no row of data.
const LONGEST_CELL: usize = 25;
/// Points; smaller shifts to the right are no hanging indent.
const HANGING_INDENT: f32 = 6.0;

/// A heading, paragraph, list item, table row or footnote on its way to a paragraph of the report.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    pub(crate) kind: ElementKind,
    /// The printed number, without its dot.
    pub(crate) number: Option<String>,
    /// The number or bullet as printed, removed from the front of the text.
    pub(crate) label: String,
    pub(crate) content: PagedText,
    /// The look of the first line.
    pub(crate) look: Option<Look>,
    /// The left edge of the second line, else of the first, in points: behind a number or bullet the text hangs there.
    pub(crate) text_left: Option<f32>,
    /// True if every line is bold.
    pub(crate) bold: bool,
    /// True if the last line is bold.
    pub(crate) ends_bold: bool,
    /// The number of lines on the page.
    pub(crate) lines: usize,
    /// True if the format marks it as quoted from elsewhere.
    pub(crate) quoted: bool,
}

/// The kind of an element, as far as its block tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ElementKind {
    /// A heading of this level (one-based).
    Heading(u8),
    /// Running text.
    Text,
    /// An item of a list whose label is a bullet or a dash.
    Bullet,
    /// A row of a table: the texts of its cells that hold any, left to right.
    Row(Vec<String>),
    /// A footnote.
    Note,
    /// A line of a table of contents.
    Contents,
}

impl Element {
    fn new(kind: ElementKind, lines: &[Line], vocabulary: &Vocabulary) -> Self {
        let mut content = PagedText::default();
        content.push_lines(lines, vocabulary);
        let left = |line: &Line| line.look.map(|look| look.left);
        let is_bold = |line: &Line| line.look.is_some_and(|look| look.bold);
        Self {
            kind,
            number: None,
            label: String::new(),
            content,
            look: lines.first().and_then(|line| line.look),
            text_left: lines.get(1).and_then(left).or_else(|| lines.first().and_then(left)),
            bold: lines.iter().all(is_bold),
            ends_bold: lines.last().is_some_and(is_bold),
            lines: lines.len(),
            quoted: false,
        }
    }

    /// The text, without printed number or bullet.
    pub(crate) fn text(&self) -> &str {
        &self.content.text
    }

    /// The page on which the element begins, one-based.
    pub(crate) fn page(&self) -> Option<u32> {
        self.content.pages.first()
    }

    /// The page on which the element ends, one-based.
    pub(crate) fn last_page(&self) -> Option<u32> {
        self.content.pages.last()
    }

    /// True for running text and bullets, which may continue on the next page.
    pub(crate) fn is_flowing(&self) -> bool {
        matches!(self.kind, ElementKind::Text | ElementKind::Bullet)
    }

    /// Moves the printed number or the bullet from the front of the text to `number` and `label`. `in_list`: the format
    /// calls the element an item of a list.
    fn take_label(&mut self, in_list: bool, maker: &Maker<'_>) {
        let length = if let Some(length) = bullet_length(self.text(), in_list) {
            self.kind = ElementKind::Bullet;
            length
        } else if let Some(number) = maker.numbering.number(self.text()) {
            self.number = Some(number.printed);
            number.length
        } else if let Some((number, length)) = leading_number(self.text(), in_list) {
            self.number = Some(number);
            length
        } else {
            return;
        };
        self.label = self.content.text[..length].to_owned();
        self.content.remove_prefix(length);
    }

    /// True if the lines after the first are indented, as behind a number or a bullet.
    pub(crate) fn has_hanging_indent(&self) -> bool {
        matches!((self.text_left, self.look), (Some(left), Some(look)) if left > look.left + HANGING_INDENT)
    }

    /// True for a numbered paragraph in a heading's style: several lines that are not bold. It need not end in a full
    /// stop, because a page break may have cut it.
    fn is_numbered_prose(&self, maker: &Maker<'_>) -> bool {
        let numbered =
            || leading_number(self.text(), false).is_some() || maker.numbering.number(self.text()).is_some();
        self.lines > 1 && !self.bold && numbered()
    }

    /// True if the text could be a heading: short and no sentence, unless the sentence gives a grade.
    pub(crate) fn reads_as_heading(&self, profile: &Profile) -> bool {
        let text = self.text();
        let length = text.chars().count();
        let sentence = text.ends_with(['.', ';', ',']) && any_trailing_grade(text, profile).is_none();
        (4..=LONGEST_HEADING).contains(&length)
            // A grade alone is a cell of the judgements, which layout has taken out of its table.
            && !is_grade(text, profile)
            && !holds_sentence_end(text)
            && self.lines <= MOST_HEADING_LINES
            && !sentence
            && text.chars().any(char::is_alphabetic)
    }
}

/// The elements of `blocks`, in order. Artifacts, figures and text without a letter or digit are left out.
pub(crate) fn elements(blocks: &[Block], vocabulary: &Vocabulary, profile: &Profile) -> Vec<Element> {
    let maker = Maker { vocabulary, profile, numbering: Numbering::of(blocks, profile) };
    let mut elements = Vec::new();
    let mut rest = blocks;
    while let Some((block, after)) = rest.split_first() {
        match block.kind {
            BlockKind::Artifact => rest = after,
            BlockKind::Cell { table, row, .. } => {
                let same_row = |block: &&Block| matches!(block.kind, BlockKind::Cell { table: t, row: r, .. } if (t, r) == (table, row));
                // A footnote of a cell follows the cell and does not end the row.
                let near = rest.iter().take_while(|block| same_row(block) || block.kind == BlockKind::Note);
                let last = near.enumerate().filter(|(_, block)| same_row(block)).last();
                let length = last.map_or(1, |(last, _)| last + 1);
                let (cells, after) = rest.split_at(length);
                maker.push_row(cells, &mut elements);
                rest = after;
            }
            kind => {
                elements.extend(split_items(&block.lines).filter_map(|lines| maker.element(kind, lines)));
                rest = after;
            }
        }
    }
    // Rules, rows of dots and empty cells.
    elements.retain(|element| element.text().chars().any(char::is_alphanumeric));
    lone_number::attach(&mut elements);
    elements
}

/// Splits the lines of a block that holds a whole list.
///
/// A line that opens with a dash may also continue a sentence. It begins an item only if the block itself begins with a
/// sign, and if the line above ends in a colon or an earlier item has the same sign.
fn split_items(lines: &[Line]) -> impl Iterator<Item = &[Line]> {
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

/// Moves the mark in front of a footnote to its number. The mark comes from the line as printed: cleaning has removed it
/// from the text if it was raised.
fn take_note_number(note: &mut Element, lines: &[Line]) {
    let Some(first) = lines.first().map(|line| line.text.trim_start()) else { return };
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        note.number = Some(first[..digits].to_owned());
        if note.text().starts_with(&first[..digits]) {
            note.content.remove_prefix(digits);
        }
    }
}

/// True for long text in which one sentence ends and another begins. A stop behind up to three letters is taken for an
/// abbreviation's (`St.`, `Nos.`).
fn holds_sentence_end(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = |pair: &[&str]| {
        pair[0].ends_with('.') && pair[0].len() > 4 && pair[1].starts_with(char::is_uppercase)
    };
    words.len() > LONG_HEADING && words.windows(2).any(ends)
}

/// Makes the elements of one document.
struct Maker<'a> {
    vocabulary: &'a Vocabulary,
    profile: &'a Profile,
    numbering: Numbering<'a>,
}

impl Maker<'_> {
    /// True for a short text that a pattern of the profile's `headings` matches.
    fn is_named_heading(&self, element: &Element) -> bool {
        let mut patterns = self.profile.rules.sections.headings.iter().flatten();
        element.lines <= MOST_TITLE_LINES
            && patterns.any(|pattern| pattern.is_in(element.text()))
            && element.reads_as_heading(self.profile)
    }

    /// The element of the lines of one block or item; `None` for a figure.
    fn element(&self, kind: BlockKind, lines: &[Line]) -> Option<Element> {
        let quoted = kind == BlockKind::Quote;
        let (kind, in_list) = match kind {
            BlockKind::Heading { level } => (ElementKind::Heading(level), false),
            BlockKind::Item { .. } => (ElementKind::Text, true),
            BlockKind::Note => (ElementKind::Note, false),
            BlockKind::Contents => (ElementKind::Contents, false),
            BlockKind::Figure => return None,
            _ => (ElementKind::Text, false),
        };
        let mut element = Element::new(kind, lines, self.vocabulary);
        element.quoted = quoted;
        match element.kind {
            // What the profile calls a heading is one, numbered or not.
            ElementKind::Text if self.is_named_heading(&element) => {}
            // A number that has others below it heads a section.
            ElementKind::Text
                if element.lines <= MOST_TITLE_LINES && element.reads_as_heading(self.profile) =>
            {
                match self.numbering.heading_level(element.text()) {
                    Some(level) => element.kind = ElementKind::Heading(level),
                    None => element.take_label(in_list, self),
                }
            }
            ElementKind::Text => element.take_label(in_list, self),
            // Authors also use heading styles for prose and lists: the text overrules the style.
            ElementKind::Heading(_)
                if !element.reads_as_heading(self.profile)
                    || bullet_length(element.text(), false).is_some()
                    || element.is_numbered_prose(self) =>
            {
                element.kind = ElementKind::Text;
                element.take_label(true, self);
            }
            ElementKind::Note => take_note_number(&mut element, lines),
            _ => {}
        }
        element.content.finish();
        Some(element)
    }

    /// Adds the cells of one row, with their footnotes behind them.
    ///
    /// Word processors use tables for layout: a row with one filled cell is running text, one with a number or bullet in the
    /// first of two cells is a list item, and one with prose in a cell is prose, cell by cell. Only the rest are rows of a
    /// table.
    fn push_row(&self, blocks: &[Block], elements: &mut Vec<Element>) {
        let mut columns: BTreeMap<u32, Vec<&Block>> = BTreeMap::new();
        let mut notes = Vec::new();
        for block in blocks {
            let BlockKind::Cell { column, .. } = block.kind else {
                notes.extend(self.element(block.kind, &block.lines));
                continue;
            };
            columns.entry(column).or_default().push(block);
        }
        let paragraph = |block: &&Block| self.element(BlockKind::Paragraph, &block.lines);
        let cells: Vec<Vec<&Block>> = columns.into_values().collect();
        match cells.as_slice() {
            [blocks] => elements.extend(blocks.iter().filter_map(paragraph)),
            [label, blocks] if is_label(label, &self.numbering) => {
                let (first, others) = blocks.split_at(1);
                let lines: Vec<Line> =
                    label.iter().chain(first).flat_map(|block| block.lines.clone()).collect();
                elements.extend(self.element(BlockKind::Item { depth: 0 }, &lines));
                elements.extend(others.iter().filter_map(paragraph));
            }
            _ if cells.iter().any(|blocks| is_prose(blocks)) => {
                elements.extend(cells.iter().flatten().filter_map(paragraph));
            }
            _ => elements.extend(self.table_row(&cells)),
        }
        elements.extend(notes);
    }

    /// A row of a table, its cells separated by ` | `.
    fn table_row(&self, cells: &[Vec<&Block>]) -> Option<Element> {
        let mut row: Option<Element> = None;
        let mut texts = Vec::new();
        for blocks in cells {
            let lines: Vec<Line> = blocks.iter().flat_map(|block| block.lines.clone()).collect();
            let cell = Element::new(ElementKind::Text, &lines, self.vocabulary);
            texts.push(cell.text().to_owned());
            match row.as_mut() {
                None => row = Some(cell),
                Some(row) => {
                    row.content.push("|", None, self.vocabulary);
                    row.content.append(&cell.content, self.vocabulary);
                    row.lines += cell.lines;
                    row.bold &= cell.bold;
                }
            }
        }
        let mut row = row?;
        row.kind = ElementKind::Row(texts);
        Some(row)
    }
}

/// True for a cell that holds prose.
fn is_prose(blocks: &[&Block]) -> bool {
    let words = blocks.iter().flat_map(|block| &block.lines).map(|line| line.text.split_whitespace().count());
    words.sum::<usize>() > LONGEST_CELL
}

#[cfg(test)]
mod tests {
    use quotable_profile::Profiles;

    use super::*;

    /// Kind and text of the elements of one block.
    fn read(kind: BlockKind, lines: &[&str]) -> Vec<(ElementKind, String)> {
        let lines = lines.iter().map(|text| Line::plain(*text)).collect();
        let blocks = [Block::new(kind, lines)];
        let elements = elements(&blocks, &Vocabulary::default(), Profiles::built_in().general());
        elements.into_iter().map(|element| (element.kind.clone(), element.text().to_owned())).collect()
    }

    #[test]
    fn a_list_in_one_block_is_split_at_its_dashes() {
        let items = read(
            BlockKind::Paragraph,
            &["• Of the pupils of Hartle:", "― nine walk to", "school", "― none rides."],
        );
        let texts: Vec<&str> = items.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["Of the pupils of Hartle:", "nine walk to school", "none rides."]);
        assert!(items.iter().all(|(kind, _)| *kind == ElementKind::Bullet));
    }

    #[test]
    fn a_dash_inside_a_sentence_begins_no_item() {
        let items =
            read(BlockKind::Paragraph, &["• Hartle keeps two homes (the Hartle", "– Westmere trust)"]);
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].1, "Hartle keeps two homes (the Hartle – Westmere trust)");
    }

    #[test]
    fn prose_in_a_heading_style_is_text() {
        let heading = BlockKind::Heading { level: 1 };
        let prose = "Children in Hartle are heard and their wishes are written down with care. Staff know each \
                     child well and they are";
        assert_eq!(read(heading, &[prose])[0].0, ElementKind::Text);
        assert_eq!(
            read(heading, &["The experiences of children in St. Hartle"])[0].0,
            ElementKind::Heading(1)
        );
    }
}
