//! From tokens to blocks.

use std::collections::HashMap;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::charset::{self, Charset};
use super::destination::{Destination, destination};
use super::flow::{Flow, FlowKind};
use super::group::Group;
use super::sign::{letter, symbol};
use super::token::{Token, Tokens};
use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::bullet::is_bullet;
use crate::document::{Document, Warning};
use crate::error::{ReadError, ReadErrorKind};
use crate::inline_text::prepend_label;
use crate::table_grid::TableGrid;

/// Groups per level of nesting in the budget.
const GROUPS_PER_LEVEL: usize = 16;
/// Tokens between two looks at the clock.
const TOKENS_PER_CLOCK_CHECK: usize = 4096;
/// Bytes of the budget for each paragraph, besides those of its text: a file of empty lines must not take much memory.
const BYTES_PER_PARAGRAPH: usize = 16;
/// The most fonts and styles that are kept.
const MOST_ENTRIES: usize = 10_000;
/// The longest name of a style and the longest property, in bytes.
const LONGEST_NAME: usize = 4096;

/// Reads one file.
pub(super) struct RtfReader<'b> {
    budget: &'b Budget,
    groups: Vec<Group>,
    flows: Vec<Flow>,
    /// Headers and footers, for the end of the document.
    outer: Vec<Block>,
    code_page: &'static Encoding,
    default_font: i32,
    fonts: HashMap<i32, Charset>,
    /// The names of styles, in lower case.
    styles: HashMap<i32, String>,
    outlines: HashMap<i32, u8>,
    name: String,
    properties: Vec<(String, String)>,
    /// Bytes of text that are not decoded yet.
    bytes: Vec<u8>,
    /// The first half of a letter beyond the basic plane.
    surrogate: Option<u16>,
    /// Signs still to be passed over, after `\u`.
    passing: usize,
    /// The next control word is to be ignored with its group if it is not known.
    optional: bool,
    tables: u32,
    /// The number of marks of notes so far, and of the notes that have come.
    marks: usize,
    noted: usize,
    output: usize,
}

impl<'b> RtfReader<'b> {
    pub(super) fn new(budget: &'b Budget) -> Self {
        Self {
            budget,
            groups: vec![Group::outermost()],
            flows: vec![Flow::default()],
            outer: Vec::new(),
            code_page: WINDOWS_1252,
            default_font: 0,
            fonts: HashMap::new(),
            styles: HashMap::new(),
            outlines: HashMap::new(),
            name: String::new(),
            properties: Vec::new(),
            bytes: Vec::new(),
            surrogate: None,
            passing: 0,
            optional: false,
            tables: 0,
            marks: 0,
            noted: 0,
            output: 0,
        }
    }

    /// Reads the file into the document.
    pub(super) fn read(mut self, bytes: &[u8], document: &mut Document) -> Result<(), ReadError> {
        let over = |message: String| Err(ReadError::new(ReadErrorKind::OverBudget, message));
        let mut tokens = Tokens::new(bytes);
        for count in 0_usize.. {
            if count % TOKENS_PER_CLOCK_CHECK == 0 && self.budget.is_over() {
                return over("the rich text took too long to read; raise the time limit".to_owned());
            }
            let Some(token) = tokens.next() else { break };
            match token {
                Token::Open => {
                    if self.groups.len() > self.budget.nesting.saturating_mul(GROUPS_PER_LEVEL) {
                        return over("the rich text nests groups more deeply than any report; save it as .docx, or raise the limit".to_owned());
                    }
                    self.flush();
                    self.passing = 0;
                    self.optional = false;
                    let mut group = self.group().clone();
                    (group.ends_flow, group.defines) = (false, None);
                    self.groups.push(group);
                }
                Token::Close => self.close(),
                Token::Word(b"bin", length) => tokens.pass(usize::try_from(length.unwrap_or(0)).unwrap_or(0)),
                Token::Word(word, number) => self.word(word, number),
                Token::Symbol(symbol) => self.symbol(symbol),
                Token::Byte(byte) => self.push_bytes(&[byte]),
                Token::Text(text) => self.push_bytes(text),
            }
            if self.output > self.budget.output {
                return over(format!(
                    "the file holds more than {} bytes of text, far more than a report; raise the limit",
                    self.budget.output
                ));
            }
        }
        if self.groups.len() > 1 {
            let message = "the file breaks off; save it again from the program that it was written in";
            document.warnings.push(Warning::new("damaged", message));
        }
        while self.groups.len() > 1 {
            self.close();
        }
        self.flush();
        self.end_paragraph(false);
        let blocks = self.flows.pop().map(|flow| flow.blocks).unwrap_or_default();
        document.blocks = blocks;
        document.blocks.append(&mut self.outer);
        document.properties = self.properties;
        Ok(())
    }

    fn group(&self) -> &Group {
        debug_assert!(!self.groups.is_empty(), "the outermost group stays open");
        &self.groups[self.groups.len() - 1]
    }

    fn group_mut(&mut self) -> &mut Group {
        let last = self.groups.len() - 1;
        &mut self.groups[last]
    }

    fn flow(&mut self) -> &mut Flow {
        debug_assert!(!self.flows.is_empty(), "the text of the document stays open");
        let last = self.flows.len() - 1;
        &mut self.flows[last]
    }

    fn close(&mut self) {
        self.flush();
        self.passing = 0;
        self.optional = false;
        // More ends than beginnings: the rest is read as the document’s.
        if self.groups.len() < 2 {
            return;
        }
        if self.group().ends_flow {
            self.end_flow();
        }
        let Some(group) = self.groups.pop() else { return };
        match (group.destination, group.defines) {
            (Destination::Styles, Some(style)) if self.styles.len() < MOST_ENTRIES => {
                let name = std::mem::take(&mut self.name);
                self.styles.insert(style, name.trim().trim_end_matches(';').to_lowercase());
            }
            (Destination::Property(key), _) if self.group().destination != group.destination => {
                let value = std::mem::take(&mut self.name);
                if !value.trim().is_empty() {
                    self.properties.push((key.to_owned(), value.trim().to_owned()));
                }
            }
            _ => {}
        }
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        let optional = std::mem::take(&mut self.optional);
        self.flush();
        let on = number != Some(0);
        // After `\u` a control word for a sign stands for the letter already read.
        if self.passing > 0 && letter(word).is_some() {
            self.passing -= 1;
            return;
        }
        if let Some(destination) = destination(word) {
            self.passing = 0;
            self.enter(word, destination);
            return;
        }
        if optional {
            self.group_mut().destination = Destination::Skipped;
            return;
        }
        match word {
            b"ansi" => self.code_page = WINDOWS_1252,
            b"mac" => self.code_page = encoding_rs::MACINTOSH,
            b"ansicpg" => {
                if let Some(page) = number.and_then(charset::code_page) {
                    self.code_page = page;
                }
            }
            b"uc" => self.group_mut().fallback = usize::try_from(number.unwrap_or(1)).unwrap_or(0).min(16),
            b"u" => self.unicode(number.unwrap_or(0)),
            b"deff" => self.default_font = number.unwrap_or(0),
            b"f" => self.font(number.unwrap_or(0)),
            b"fcharset" => {
                let font = self.group().defines.filter(|_| self.group().destination == Destination::Fonts);
                if let Some(font) = font.filter(|_| self.fonts.len() < MOST_ENTRIES) {
                    self.fonts.insert(font, charset::of_font(number.unwrap_or(0)));
                }
            }
            b"s" => {
                self.group_mut().style = number.unwrap_or(0);
                if self.group().destination == Destination::Styles {
                    self.group_mut().defines = number;
                    self.name.clear();
                }
            }
            b"outlinelevel" => {
                let level = number.and_then(|level| u8::try_from(level).ok()).filter(|level| *level < 9);
                let style = self.group().defines.filter(|_| self.group().destination == Destination::Styles);
                match (style, level) {
                    (Some(style), Some(level)) if self.outlines.len() < MOST_ENTRIES => {
                        self.outlines.insert(style, level);
                    }
                    (None, level) => self.group_mut().outline = level,
                    _ => {}
                }
            }
            b"super" => self.group_mut().raised = on,
            b"nosupersub" | b"sub" => self.group_mut().raised = false,
            b"v" | b"deleted" | b"htmlrtf" => self.group_mut().hidden = on,
            b"plain" => {
                let group = self.group_mut();
                (group.raised, group.hidden, group.charset) = (false, false, Charset::Default);
            }
            b"pard" => {
                let group = self.group_mut();
                (group.style, group.outline, group.in_table, group.depth) = (0, None, false, 0);
            }
            b"intbl" => self.group_mut().in_table = on,
            b"ilvl" => {
                self.group_mut().depth = number.and_then(|level| u8::try_from(level).ok()).unwrap_or(0).min(8)
            }
            b"chftn" => self.mark(),
            _ if self.group().destination == Destination::Text => self.text_word(word),
            b"tab" if self.group().destination == Destination::Label => self.show(" "),
            _ => {
                if let Some(letter) = letter(word) {
                    self.show(letter);
                }
            }
        }
    }

    /// A control word that is text, or ends some.
    fn text_word(&mut self, word: &[u8]) {
        match word {
            b"par" | b"sect" => self.end_paragraph(false),
            b"line" | b"lbr" => self.flow().inline.break_line(),
            b"tab" | b"page" | b"column" => self.show(" "),
            b"cell" => self.end_paragraph(true),
            b"nestcell" => self.end_paragraph(true),
            b"row" => {
                let flow = self.flow();
                flow.cell = None;
                if let Some(grid) = &mut flow.grid {
                    grid.begin_row();
                }
            }
            _ => {
                if let Some(letter) = letter(word) {
                    self.show(letter);
                }
            }
        }
    }

    fn symbol(&mut self, symbol: u8) {
        match symbol {
            b'*' => {
                self.flush();
                self.optional = true;
            }
            b'~' => self.sign("\u{A0}"),
            b'-' => self.sign("\u{AD}"),
            b'_' => self.sign("\u{2011}"),
            b'{' | b'}' | b'\\' => self.push_bytes(&[symbol]),
            b'\r' | b'\n' => self.word(b"par", None),
            b'\t' => self.word(b"tab", None),
            _ => {}
        }
    }

    /// One sign of text that is no byte.
    fn sign(&mut self, sign: &str) {
        self.flush();
        if self.passing > 0 {
            self.passing -= 1;
        } else {
            self.show(sign);
        }
    }

    /// Begins the text that a control word names.
    fn enter(&mut self, word: &[u8], destination: Destination) {
        // Inside what is not read, nothing is, but for the text box of a drawing.
        let inside = self.group().destination;
        let opens = match inside {
            Destination::Skipped => false,
            Destination::Shape => matches!(word, b"shptxt" | b"ud"),
            Destination::Information => {
                matches!(destination, Destination::Property(_) | Destination::Skipped)
            }
            _ => !matches!(destination, Destination::Property(_)),
        };
        if !opens {
            return;
        }
        let kind = match word {
            b"footnote" => Some(FlowKind::Note),
            b"shptxt" => Some(FlowKind::Box),
            _ if word.starts_with(b"header") || word.starts_with(b"footer") => Some(FlowKind::Outer),
            _ => None,
        };
        if let (Some(kind), false) = (kind, self.group().ends_flow) {
            self.flows.push(Flow { kind, ..Flow::default() });
            self.group_mut().ends_flow = true;
            // A note begins with the look of ordinary text.
            (self.group_mut().raised, self.group_mut().in_table) = (false, false);
        }
        if matches!(destination, Destination::Property(_)) {
            self.name.clear();
        }
        self.group_mut().destination = destination;
    }

    fn end_flow(&mut self) {
        self.end_paragraph(false);
        if self.flows.len() < 2 {
            return;
        }
        let Some(flow) = self.flows.pop() else { return };
        match flow.kind {
            FlowKind::Note => {
                // A note without a number has a mark that the author typed.
                let mark = if self.marks > self.noted { self.marks.to_string() } else { String::new() };
                self.noted = self.marks;
                for (index, block) in flow.blocks.into_iter().enumerate() {
                    let mut lines = block.lines;
                    if index == 0 {
                        prepend_label(&mut lines, &mark, true);
                    }
                    self.flow().notes.push(Block::new(BlockKind::Note, lines));
                }
            }
            FlowKind::Box => self.flow().blocks.extend(flow.blocks),
            _ => self
                .outer
                .extend(flow.blocks.into_iter().map(|block| Block::new(BlockKind::Artifact, block.lines))),
        }
    }

    /// The mark of a note: its number, in the text. In the note itself it is added at the end.
    fn mark(&mut self) {
        if self.group().destination == Destination::Text
            && matches!(self.flow().kind, FlowKind::Body | FlowKind::Box)
        {
            self.marks += 1;
            let mark = self.marks.to_string();
            self.flow().inline.push(&mark, true);
        }
    }

    fn font(&mut self, font: i32) {
        if self.group().destination == Destination::Fonts {
            self.group_mut().defines = Some(font);
        } else {
            self.group_mut().charset = self.fonts.get(&font).copied().unwrap_or(Charset::File);
        }
    }

    fn unicode(&mut self, number: i32) {
        self.passing = self.group().fallback;
        // Numbers above 32,767 are written as negative ones.
        let Ok(unit) = u16::try_from(if number < 0 { number + 0x1_0000 } else { number }) else {
            let letter = u32::try_from(number).ok().and_then(char::from_u32);
            if let Some(letter) = letter {
                self.show(letter.encode_utf8(&mut [0; 4]));
            }
            return;
        };
        let units: Vec<u16> = self.surrogate.take().into_iter().chain([unit]).collect();
        if units.len() == 1 && (0xD800..0xDC00).contains(&unit) {
            self.surrogate = Some(unit);
            return;
        }
        let text: String = char::decode_utf16(units).filter_map(Result::ok).collect();
        self.show(&text);
    }

    /// Takes bytes of text, less those that stand for a letter already read.
    fn push_bytes(&mut self, bytes: &[u8]) {
        self.optional = false;
        let passed = self.passing.min(bytes.len());
        self.passing -= passed;
        if matches!(self.group().destination, Destination::Skipped | Destination::Shape) {
            return;
        }
        self.bytes.extend_from_slice(&bytes[passed..]);
    }

    /// Decodes the bytes so far.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let charset = match self.group().charset {
            Charset::Default => self.fonts.get(&self.default_font).copied().unwrap_or(Charset::File),
            charset => charset,
        };
        let text = match charset {
            Charset::Symbol => bytes.iter().map(|byte| symbol(*byte)).collect(),
            Charset::Default | Charset::File => {
                self.code_page.decode_without_bom_handling(&bytes).0.into_owned()
            }
            Charset::Of(encoding) => encoding.decode_without_bom_handling(&bytes).0.into_owned(),
        };
        self.show(&text);
    }

    /// Adds text to what the group is.
    fn show(&mut self, text: &str) {
        let (destination, raised, hidden) =
            (self.group().destination, self.group().raised, self.group().hidden);
        if hidden {
            return;
        }
        match destination {
            Destination::Text => {
                self.output += text.len();
                self.flow().inline.push(text, raised);
            }
            Destination::Label => {
                let label = &mut self.flow().label;
                if label.len() < LONGEST_NAME {
                    label.push_str(text);
                }
            }
            Destination::Styles | Destination::Property(_) if self.name.len() < LONGEST_NAME => {
                self.name.push_str(text);
            }
            _ => {}
        }
    }

    /// Ends the open paragraph; with `cell` the cell of a table that it is in, too.
    fn end_paragraph(&mut self, cell: bool) {
        self.flush();
        let (style, outline, in_table, depth) =
            (self.group().style, self.group().outline, self.group().in_table, self.group().depth);
        let tables = self.tables;
        let name = self.styles.get(&style).map(String::as_str).unwrap_or_default();
        let level = outline.map(|level| level + 1).or_else(|| heading(name));
        let level = level.or_else(|| self.outlines.get(&style).map(|level| level + 1));
        let quote = matches!(name, "quote" | "intense quote" | "block text" | "quotations");
        let contents = name.starts_with("toc ") && !name.starts_with("toc heading");
        let mut output = 0;
        let flow = self.flow();
        let mut lines = flow.inline.take();
        let label = std::mem::take(&mut flow.label);
        let mut label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        if label.chars().all(is_bullet) && !label.is_empty() {
            label = "•".to_owned();
        }
        let mut begun = false;
        if in_table || cell {
            if flow.grid.is_none() {
                let mut grid = TableGrid::new(tables);
                grid.begin_row();
                flow.grid = Some(grid);
                begun = true;
            }
            let place = flow.grid.as_mut().map(|grid| (grid.table, grid));
            if let (None, Some((_, grid))) = (flow.cell, place) {
                flow.cell = Some(grid.place_cell(1, 1));
            }
        } else if !lines.is_empty() {
            flow.grid = None;
            flow.cell = None;
        }
        if !lines.is_empty() {
            output += BYTES_PER_PARAGRAPH;
            prepend_label(&mut lines, &label, false);
            let table = flow.grid.as_ref().map(|grid| grid.table);
            let kind = match (flow.cell, table) {
                (Some((row, column)), Some(table)) => BlockKind::Cell { table, row, column },
                _ if contents => BlockKind::Contents,
                _ => match level {
                    Some(level) => BlockKind::Heading { level },
                    None if !label.is_empty() => BlockKind::Item { depth },
                    None if quote => BlockKind::Quote,
                    None => BlockKind::Paragraph,
                },
            };
            flow.blocks.push(Block::new(kind, lines));
        }
        let mut notes = std::mem::take(&mut flow.notes);
        flow.blocks.append(&mut notes);
        if cell {
            flow.cell = None;
        }
        self.tables += u32::from(begun);
        self.output += output;
    }
}

/// The level of a heading by the name of its style, in lower case.
fn heading(name: &str) -> Option<u8> {
    if matches!(name, "title" | "toc heading") {
        return Some(1);
    }
    let level = name.strip_prefix("heading ")?;
    // Other names of a style follow behind a comma.
    level.split(',').next()?.trim().parse().ok().filter(|level| (1..=9).contains(level))
}
