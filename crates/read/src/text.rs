//! Plain text: hard-wrapped, numbered, or pasted from a web page.
//!
//! Plain text marks nothing, so that everything is inferred. Form feeds end pages. Tab stops and wide gaps separate cells,
//! unless the words on both sides of them read on (see `text_gap`). Paragraphs end at blank lines and labels, and in
//! hard-wrapped text at lines that end before the margin. Where a line between two blank lines is too long to be wrapped,
//! the text was pasted, and each line there is a paragraph. Copying from a PDF or a mail breaks lines anywhere: a line that
//! goes on in the middle of a sentence, or of a quotation, is joined to the one above it. [`line_role`] finds the lines that
//! open numbered paragraphs without a sign behind their numbers, and those that continue a value in a form.

mod line_role;

use std::path::Path;

use crate::block::{Block, BlockKind, Line};
use crate::budget::Budget;
use crate::bullet::opens_with_bullet;
use crate::document::Document;
use crate::encoding::decode;
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::Reader;
use crate::sniff::{has_extension, refuse_other};
use crate::text_gap::is_row;
use line_role::{LineRole, line_roles};

/// Reads plain text in any common encoding.
///
/// Pages end at form feeds. Tables, paragraphs and list items are inferred from white space and labels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlainText;

/// The longest line, in characters, of hard-wrapped text. Among longer lines each line is a paragraph. An address without a
/// space is not counted: no program wraps it.
const WIDEST_WRAP: usize = 120;

impl Reader for PlainText {
    fn format(&self) -> &'static str {
        "text"
    }

    fn recognises(&self, path: &Path, _head: &[u8]) -> bool {
        has_extension(path, &["txt", "text"])
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        refuse_other(bytes, "text", false)?;
        let decoded = decode(bytes, None, "text")?;
        let text = &decoded.text;
        if text.len() > budget.output {
            return Err(ReadError::new(
                ReadErrorKind::OverBudget,
                format!(
                    "the file holds {} bytes of text, far more than a report; split the file, or raise the limit",
                    text.len()
                ),
            ));
        }
        let mut document = Document::new(self.format());
        document.warnings.extend(decoded.warning());
        let paged = text.contains('\u{c}');
        let mut tables = 0;
        for (index, page) in text.split('\u{c}').enumerate() {
            let number = paged.then(|| u32::try_from(index + 1).unwrap_or(u32::MAX));
            blocks(page, number, &mut tables, &mut document.blocks);
            document.pages = number.unwrap_or(0);
        }
        if document.blocks.is_empty() {
            return Err(ReadError::new(
                ReadErrorKind::Empty,
                "the file holds nothing but white space; save it again, with its text",
            ));
        }
        Ok(document)
    }
}

/// Adds the blocks of one page. `number` is the page, one-based; `tables` counts the tables of the document.
pub(crate) fn blocks(page: &str, number: Option<u32>, tables: &mut u32, blocks: &mut Vec<Block>) {
    let lengths: Vec<usize> = lines(page).map(length).collect();
    let widest = lengths.iter().copied().filter(|length| *length <= WIDEST_WRAP).max().unwrap_or(0);
    // The number of rows of the open table, and the start of each column of its last row, in characters. Blank lines keep
    // the table open but end the row.
    let mut rows: Option<u32> = None;
    let mut columns: Vec<usize> = Vec::new();
    let mut open = OpenParagraph::default();
    let roles = line_roles(&lines(page).collect::<Vec<_>>());
    let mut above = "";
    // True between two blank lines if a line there is too long to be wrapped.
    let mut pasted = false;
    let all: Vec<Vec<(usize, &str)>> = lines(page).map(cells).collect();
    for ((index, text), role) in lines(page).enumerate().zip(roles) {
        if above.is_empty() {
            let run = lengths[index..].iter().take_while(|length| **length > 0);
            pasted = run.into_iter().any(|length| *length > WIDEST_WRAP);
        }
        let mut cells = all[index].clone();
        let around = || (nearest(all[..index].iter().rev()), nearest(all[index + 1..].iter()));
        let joined;
        // Where a row above is open, a line below it may continue its cells.
        if columns.is_empty() && cells.len() > 1 && !is_row(&cells, around()) {
            joined = cells.iter().map(|(_, cell)| *cell).collect::<Vec<_>>().join(" ");
            cells = vec![(0, joined.as_str())];
        }
        let goes_on = match role {
            LineRole::Item | LineRole::Opens => false,
            LineRole::Continued => true,
            LineRole::Text => (!pasted && wraps(above, text, widest)) || open.goes_on_in(text),
        };
        if !goes_on || open.lines.is_empty() {
            close(&mut open, blocks);
            open.is_item = role == LineRole::Item;
        }
        // The blocks of the last row are the last blocks: no paragraph has come since.
        let row = blocks.len() - columns.len();
        if !columns.is_empty() && continues_row(&cells, &columns, text) {
            for (start, cell) in &cells {
                let column = columns.partition_point(|column| column <= start).saturating_sub(1);
                blocks[row + column].lines.push(line(cell, number));
            }
        } else if cells.len() > 1 {
            close(&mut open, blocks);
            let row = rows.unwrap_or(0);
            for (column, (_, cell)) in cells.iter().enumerate() {
                let column = u32::try_from(column).unwrap_or(u32::MAX);
                let kind = BlockKind::Cell { table: *tables, row, column };
                blocks.push(Block::new(kind, vec![line(cell, number)]));
            }
            columns = cells.iter().map(|(start, _)| *start).collect();
            rows = Some(row + 1);
        } else {
            columns.clear();
            if let [(_, only)] = cells.as_slice() {
                end_table(&mut rows, tables);
                open.push(line(only, number));
            }
        }
        above = text;
    }
    close(&mut open, blocks);
    end_table(&mut rows, tables);
}

/// The first of some lines that is not blank.
fn nearest<'l, 't>(mut lines: impl Iterator<Item = &'l Vec<(usize, &'t str)>>) -> &'l [(usize, &'t str)]
where
    't: 'l,
{
    lines.find(|cells| !cells.is_empty()).map_or(&[], Vec::as_slice)
}

/// The lines of a page, without the white space at their ends. Text from the clipboard may have no line ends but carriage
/// returns, or the separators of Unicode.
fn lines(page: &str) -> impl Iterator<Item = &str> {
    let usual = page.contains('\n');
    let ends =
        move |letter| if usual { letter == '\n' } else { matches!(letter, '\r' | '\u{2028}' | '\u{2029}') };
    page.split(ends).map(str::trim_end)
}

/// The length of a line in characters; 1 for an address, which cannot be wrapped.
fn length(line: &str) -> usize {
    let characters = line.chars().count();
    if characters > WIDEST_WRAP && !line.trim_start().contains(' ') { 1 } else { characters }
}

/// The lines of a paragraph that may go on.
#[derive(Default)]
struct OpenParagraph {
    lines: Vec<Line>,
    /// True if a quotation is left open.
    quoting: bool,
    /// True if it opens with a number that nothing parts from the text.
    is_item: bool,
}

/// Words; a line of fewer is a heading or a label, below which another text begins.
const SHORTEST_BROKEN: usize = 3;

impl OpenParagraph {
    fn push(&mut self, line: Line) {
        for letter in line.text.chars() {
            match letter {
                '“' => self.quoting = true,
                '”' => self.quoting = false,
                '"' => self.quoting = !self.quoting,
                _ => {}
            }
        }
        self.lines.push(line);
    }

    /// True if a line goes on in the middle of the sentence, or of the quotation, that this paragraph ends in.
    fn goes_on_in(&self, below: &str) -> bool {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else { return false };
        let below = below.trim_start();
        let ended = last.text.ends_with(['.', '!', '?', ':', ';', '…']);
        let label = self.lines.len() == 1 && last.text.split_whitespace().nth(SHORTEST_BROKEN - 1).is_none();
        if ended || label || below.is_empty() || opens_item(below) {
            return false;
        }
        if below.starts_with(char::is_lowercase) {
            // A list without bullets: its entries begin in lower case too.
            return !first.text.starts_with(char::is_lowercase);
        }
        self.quoting && !below.starts_with(['“', '"', '‘', '\''])
    }
}

/// True if a line below a row continues its cells: one cell, or several that all begin in lower case.
fn continues_row(cells: &[(usize, &str)], columns: &[usize], text: &str) -> bool {
    let small = cells.iter().all(|(_, cell)| cell.starts_with(char::is_lowercase));
    let within = cells.iter().all(|(start, _)| columns.iter().any(|column| column <= start));
    within && !opens_item(text) && (cells.len() == 1 || (small && cells.len() > 1))
}

/// The white space between two columns, at least.
const COLUMN_GAP: &str = "   ";

/// The longest text, in characters, taken for a label before a gap and not for a cell: `12.`, `•`.
const LONGEST_LABEL: usize = 4;

/// The cells of a line, separated by tab stops or wide gaps, each with its start in characters.
fn cells(text: &str) -> Vec<(usize, &str)> {
    let mut cells: Vec<(usize, &str)> = Vec::new();
    let (mut at, mut column) = (0, 0);
    // The next wide gap, searched once for all tab stops before it: a line may hold megabytes of them.
    let mut gap = 0;
    while at < text.len() {
        let rest = text[at..].trim_start();
        let blank = text.len() - rest.len();
        column += text[at..blank].chars().count();
        at = blank;
        let opens_with_label = cells.is_empty() && opens_with_label(rest);
        let from = if opens_with_label { at + label_end(rest) } else { at };
        if gap < from || from == 0 {
            gap = text[from..].find(COLUMN_GAP).map_or(text.len(), |found| from + found);
        }
        let tab = text[from..gap].find('\t').map_or(gap, |found| from + found);
        let cell = text[at..tab].trim();
        if !cell.is_empty() {
            cells.push((column, cell));
        }
        column += text[at..tab].chars().count();
        at = tab;
    }
    cells
}

/// True if a text opens with a label: `12.`, `•`, `(a)`, `iv`; not with a word, which is a cell.
fn opens_with_label(text: &str) -> bool {
    let end = text.char_indices().take(LONGEST_LABEL + 1).find(|(_, letter)| letter.is_whitespace());
    let Some((end, _)) = end else { return false };
    let label = &text[..end];
    let is_roman = |letter: char| matches!(letter.to_ascii_lowercase(), 'i' | 'v' | 'x' | 'l' | 'c');
    label.chars().count() == 1 || !label.chars().all(char::is_alphabetic) || label.chars().all(is_roman)
}

/// The length, in bytes, of a label and the gap after it.
fn label_end(text: &str) -> usize {
    let label = text.find(char::is_whitespace).unwrap_or(text.len());
    text.len() - text[label..].trim_start().len()
}

fn line(text: &str, page: Option<u32>) -> Line {
    Line { page, ..Line::plain(text) }
}

fn close(open: &mut OpenParagraph, blocks: &mut Vec<Block>) {
    let open = std::mem::take(open);
    if !open.lines.is_empty() {
        let kind = if open.is_item { BlockKind::Item { depth: 0 } } else { BlockKind::Paragraph };
        blocks.push(Block::new(kind, open.lines));
    }
}

fn end_table(rows: &mut Option<u32>, tables: &mut u32) {
    if rows.take().is_some() {
        *tables += 1;
    }
}

/// True if the line above was full, so that the first word below had no room on it: both are of one paragraph. `widest` is
/// the length of the longest line, in characters.
fn wraps(above: &str, below: &str, widest: usize) -> bool {
    let first = below.split_whitespace().next();
    let Some(first) = first else { return false };
    if above.is_empty() || opens_item(below) {
        return false;
    }
    // A tenth of slack: ragged lines break a word or two early.
    above.chars().count() + first.chars().count() + 1 + widest / 10 > widest
}

/// True if a line opens a numbered or bulleted paragraph.
fn opens_item(line: &str) -> bool {
    let line = line.trim_start();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let numbered = (1..=3).contains(&digits) && {
        let rest = &line[digits..];
        rest.starts_with(". ") || rest.starts_with(") ") || rest.starts_with("  ")
    };
    numbered || opens_with_bullet(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &[u8]) -> Vec<String> {
        let document = PlainText.read(text, &Budget::default()).unwrap();
        document.blocks.iter().map(|block| block.text().replace('\n', "/")).collect()
    }

    #[test]
    fn hard_wrapped_lines_join_until_a_short_one() {
        let text = b"Inspection of Westmere\n\n1. The first paragraph is wrapped by hand at\n   some forty letters, and ends here.\n2. The second has a number of its own and\n   goes on.\nA line of its own\n";
        assert_eq!(
            texts(text),
            [
                "Inspection of Westmere",
                "1. The first paragraph is wrapped by hand at/some forty letters, and ends here.",
                "2. The second has a number of its own and/goes on.",
                "A line of its own",
            ]
        );
    }

    #[test]
    fn long_lines_are_paragraphs_and_tabs_separate_cells() {
        let long = "word ".repeat(40);
        let text = format!("{long}\n{long}\nHelp and protection\tgood\nLeaders\tinadequate\n");
        let document = PlainText.read(text.as_bytes(), &Budget::default()).unwrap();
        let kinds: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).collect();
        let cell = |row, column| BlockKind::Cell { table: 0, row, column };
        assert_eq!(
            kinds,
            [BlockKind::Paragraph, BlockKind::Paragraph, cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1)]
        );
    }

    #[test]
    fn wide_gaps_separate_cells_and_the_line_below_continues_them() {
        let text = "1.      Leaders know the families that they serve\n\nJudgement               Grade\n\nThe impact of leaders   Requires improvement\non practice             to be good\nwith children\n\nLeaders are new.\n";
        assert_eq!(
            texts(text.as_bytes()),
            [
                "1.      Leaders know the families that they serve",
                "Judgement",
                "Grade",
                "The impact of leaders/on practice/with children",
                "Requires improvement/to be good",
                "Leaders are new.",
            ]
        );
    }

    #[test]
    fn gaps_inside_prose_make_no_table() {
        let text = "1. Staff are kind.\tThey listen.\n\n2. Staff of the\thome are kind.\n\nStaff of the   home are kind.\n\nTides\tturn.\n";
        assert_eq!(
            texts(text.as_bytes()),
            [
                "1. Staff are kind. They listen.",
                "2. Staff of the home are kind.",
                "Staff of the home are kind.",
                "Tides turn."
            ]
        );
        let table = "Area\tGrade\nHelp\tgood\n\nName of the home:\tThe Moorings\n";
        assert_eq!(
            texts(table.as_bytes()),
            ["Area", "Grade", "Help", "good", "Name of the home:", "The Moorings"]
        );
    }

    #[test]
    fn lines_broken_in_a_sentence_or_a_quotation_join() {
        let long = format!("So {}", "word ".repeat(40));
        let long = long.trim_end();
        let text = format!(
            "The report on Westmere says that plans\nare late and that \u{201c}leaders of the\nCouncil have not\nacted\u{201d} on them.\nA line of its own\nThe board should:\nimprove the plans it has\nreduce the number of cases\nLeaders\nof the service\n\n{long} that\ngoes on.\nhttps://example.org/{}\n",
            "a".repeat(200)
        );
        let address = format!("https://example.org/{}", "a".repeat(200));
        assert_eq!(
            texts(text.as_bytes()),
            [
                "The report on Westmere says that plans/are late and that “leaders of the/Council have not/acted” on them.",
                "A line of its own",
                "The board should:",
                "improve the plans it has",
                "reduce the number of cases",
                "Leaders",
                "of the service",
                &format!("{long} that/goes on."),
                &address,
            ]
        );
        assert_eq!(texts(b"One is here.\r\rTwo is here."), ["One is here.", "Two is here."]);
    }

    #[test]
    fn each_numbered_line_is_a_paragraph() {
        for (numbers, kind) in [
            (["1 ", "2 ", "3 "], BlockKind::Item { depth: 0 }),
            (["1.1 ", "1.2 ", "1.3 "], BlockKind::Item { depth: 0 }),
            (["1: ", "2: ", "3: "], BlockKind::Paragraph),
            (["1.", "2.", "3."], BlockKind::Paragraph),
        ] {
            let texts =
                ["Herons stand at the weir of Hartle all day long.", "Otters do.", "Nobody counts the eels."];
            let text: String =
                numbers.iter().zip(texts).map(|(number, text)| format!("{number}{text}\n")).collect();
            let document = PlainText.read(text.as_bytes(), &Budget::default()).unwrap();
            let kinds: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).collect();
            assert_eq!(kinds, [kind; 3], "{text}");
        }
        let wrapped = "The wardens rang the herons in the year of\n2019 And then they went. They counted some\n12 Otters.";
        assert_eq!(texts(wrapped.as_bytes()).len(), 1);
    }

    #[test]
    fn a_value_in_a_form_goes_on_below() {
        let form = "Name of Home: The Old Mill House and\nWeir Cottage\nAddress: 4 MILL LANE\nHARTLE, HX1 2YZ\nManager: Ann Reed\n\nVisited:\nThe mill\nThe weir\n";
        assert_eq!(
            texts(form.as_bytes()),
            [
                "Name of Home: The Old Mill House and/Weir Cottage",
                "Address: 4 MILL LANE/HARTLE, HX1 2YZ",
                "Manager: Ann Reed",
                "Visited:",
                "The mill",
                "The weir",
            ]
        );
    }

    #[test]
    fn a_form_feed_ends_the_page() {
        let document = PlainText.read(b"one\x0ctwo", &Budget::default()).unwrap();
        assert_eq!(document.pages, 2);
        assert_eq!(document.blocks[1].page(), Some(2));
    }

    #[test]
    fn encodings_are_detected() {
        assert_eq!(texts("\u{feff}café".as_bytes()), ["café"]);
        assert_eq!(texts(&[0xFF, 0xFE, b'c', 0, 0xE9, 0]), ["cé"]);
        let document = PlainText.read(b"the children\x92s plans", &Budget::default()).unwrap();
        assert_eq!(document.blocks[0].text(), "the children’s plans");
        assert_eq!(document.warnings[0].code, "encoding-guessed");
    }

    #[test]
    fn binary_data_is_refused() {
        let error = PlainText.read(b"a\0b", &Budget::default()).unwrap_err();
        assert_eq!(error.kind(), ReadErrorKind::Mislabelled);
        assert!(error.to_string().contains("save it as UTF-8"), "{error}");
    }
}
