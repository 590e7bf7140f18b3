//! One pass over the tokens of a page, from tags and text to drafts of blocks.

use std::collections::HashSet;

use html5gum::{DefaultEmitter, StartTag, State, Token, Tokenizer};

use super::element::{self, Attributes};
use super::metadata::Metadata;
use super::open_elements::{OpenElement, OpenElements, list};
use super::region::Region;
use crate::block::{BlockKind, Line};
use crate::budget::Budget;
use crate::error::{ReadError, ReadErrorKind};
use crate::inline_text::{InlineText, prepend_label};
use crate::table_grid::TableGrid;

/// A block, and the parts of the page that it is in.
#[derive(Debug)]
pub(super) struct DraftBlock {
    pub(super) kind: BlockKind,
    pub(super) lines: Vec<Line>,
    /// Zero-based table, row and column, if it is in a cell.
    pub(super) cell: Option<(u32, u32, u32)>,
    /// The index of the innermost element around it in [`Extractor::regions`].
    pub(super) region: Option<u32>,
    /// The number of its letters and digits, and of those in links to other pages.
    pub(super) letters: usize,
    pub(super) linked: usize,
    /// The lines above which a cell has an empty line.
    pub(super) empty_lines: Vec<usize>,
}

impl DraftBlock {
    /// Moves the lines from `at` on to a block of their own.
    pub(super) fn split_off(&mut self, at: usize) -> Self {
        let lines = self.lines.split_off(at);
        let letters =
            lines.iter().flat_map(|line| line.text.chars()).map(weight).sum::<usize>().min(self.letters);
        // Links are not counted by line.
        let linked = self.linked * letters / self.letters.max(1);
        self.letters -= letters;
        self.linked -= linked;
        Self {
            kind: self.kind,
            lines,
            cell: self.cell,
            region: self.region,
            letters,
            linked,
            empty_lines: Vec::new(),
        }
    }
}

/// Text that is collected and not shown.
enum Capture {
    Title(String),
    JsonLd(String),
}

/// The state of the pass, and its result.
#[derive(Default)]
pub(super) struct Extractor {
    pub(super) drafts: Vec<DraftBlock>,
    pub(super) regions: Vec<Region>,
    pub(super) metadata: Metadata,
    /// Tables that lay out the page, since they hold tables or say so.
    pub(super) layout_tables: HashSet<u32>,
    /// True if elements were nested too deeply for the stack.
    pub(super) flattened: bool,
    /// True if the page is XML, in which any element may be closed by its own tag.
    xml: bool,
    open: OpenElements,
    inline: InlineText,
    /// Letters of the open block, and those of them in links: to the same page, and to others.
    letters: usize,
    linked: [usize; 2],
    /// The lines of the open block above which a cell has an empty line.
    empty_lines: Vec<usize>,
    /// The label of the open item, until a block takes it.
    label: Option<String>,
    capture: Option<Capture>,
    tables: u32,
    /// Bytes of text so far.
    output: usize,
}

/// Elements per level of nesting in the budget: pages wrap the same content many times.
const ELEMENTS_PER_LEVEL: usize = 8;

/// Tokens between two looks at the clock.
const TOKENS_PER_CLOCK_CHECK: usize = 1024;

impl Extractor {
    pub(super) fn read(text: &str, budget: &Budget) -> Result<Self, ReadError> {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut page = Self::default();
        let most_open = budget.nesting.saturating_mul(ELEMENTS_PER_LEVEL);
        page.xml = text.trim_start().starts_with("<?xml");
        let mut tokenizer = Tokenizer::new_with_emitter(text, emitter);
        let mut index = 0_usize;
        while let Some(token) = tokenizer.next() {
            index += 1;
            if index.is_multiple_of(TOKENS_PER_CLOCK_CHECK) && budget.is_over() {
                return Err(ReadError::new(
                    ReadErrorKind::OverBudget,
                    "the page took too long to read; raise the time limit, or print the page to PDF",
                ));
            }
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    // Only in HTML does the content of a title or script end with its end tag alone.
                    let marked_up = page.open.context().foreign || (page.xml && tag.self_closing);
                    page.start(&tag, most_open);
                    if marked_up {
                        tokenizer.set_state(State::Data);
                    }
                }
                Token::EndTag(tag) => page.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => page.text(&String::from_utf8_lossy(&text.value)),
                _ => {}
            }
            if page.output > budget.output {
                let message = format!(
                    "the page holds more than {} bytes of text, far more than a report; raise the limit",
                    budget.output
                );
                return Err(ReadError::new(ReadErrorKind::OverBudget, message));
            }
        }
        page.flush();
        page.end_capture();
        Ok(page)
    }

    fn text(&mut self, text: &str) {
        match &mut self.capture {
            Some(Capture::Title(capture) | Capture::JsonLd(capture)) => capture.push_str(text),
            None => self.show(text),
        }
    }

    fn show(&mut self, text: &str) {
        if !text.trim_ascii().is_empty() {
            self.open.close_head();
        }
        let context = self.open.context();
        if context.hidden {
            return;
        }
        self.output += text.len();
        let letters: usize = text.chars().map(weight).sum();
        self.letters += letters;
        if let Some(inside) = context.link {
            self.linked[usize::from(!inside)] += letters;
        }
        if !context.preformatted {
            self.inline.push(text, context.raised);
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.inline.break_line();
            }
            self.inline.push(line, context.raised);
        }
    }

    fn start(&mut self, tag: &StartTag<()>, most_open: usize) {
        let name = String::from_utf8_lossy(&tag.name);
        let name = name.as_ref();
        let attributes = Attributes::of(tag);
        // A page has one head, at its start; a second tag is ignored (13.2.6.4.7).
        if name == "head" && (self.open.0.iter().any(|open| open.name != "html") || !self.drafts.is_empty()) {
            return;
        }
        if !element::is_of_head(name) {
            self.open.close_head();
        }
        let before = self.open.context();
        let closed = self.xml && tag.self_closing;
        match name {
            "meta" => self.metadata.meta(&attributes),
            "time" if !before.hidden && !before.furniture => self.metadata.time(&attributes),
            "title" if !before.foreign && !closed => self.capture = Some(Capture::Title(String::new())),
            "script" if !closed && attributes.get("type") == Some("application/ld+json") => {
                self.capture = Some(Capture::JsonLd(String::new()));
            }
            _ => {}
        }
        if name == "br" && !before.hidden {
            // An empty line parts two paragraphs.
            if self.inline.is_after_break() && before.heading.is_none() {
                match before.cell {
                    // Unless the table is one of the layout, which its end tells, the cell is one block.
                    Some(_) => self.empty_lines.push(self.inline.lines()),
                    None => self.flush(),
                }
            }
            self.inline.break_line();
        }
        // Behind the sentences of a block quotation `cite` names their source, which is none of their words. In the middle of
        // a sentence it is the title of a work.
        let source = name == "cite" && before.quote && self.inline.ends_sentence();
        if !element::is_inline(name) || source {
            self.flush();
        }
        self.open.close_foreign(name);
        self.open.close_implied(name);
        if element::is_void(name)
            || closed
            || (tag.self_closing && (before.foreign || matches!(name, "svg" | "math")))
        {
            return;
        }
        let (mut context, role) = self.open.child_context(name, &attributes);
        context.quote &= !source;
        // The deepest elements are counted, not stacked. Those that hide their text are still stacked, up to a second limit:
        // a script must not become text.
        if self.open.0.len() >= most_open
            && (before.hidden || !context.hidden || self.open.0.len() >= 2 * most_open)
        {
            self.flattened = true;
            if let Some(open) = self.open.0.last_mut() {
                open.flattened += 1;
            }
            return;
        }
        if name == "q" {
            self.show("“");
        }
        let list = list(name, &attributes, context.hidden);
        let grid = (name == "table").then(|| self.table(&attributes));
        match name {
            "tr" => {
                if let Some(grid) = self.open.grid() {
                    grid.begin_row();
                }
            }
            "td" | "th" => {
                let columns = attributes.number("colspan").unwrap_or(1);
                let rows = attributes.number("rowspan").unwrap_or(1);
                context.cell = self.open.grid().map(|grid| {
                    let (row, column) = grid.place_cell(columns, rows);
                    (grid.table, row, column)
                });
            }
            "li" => self.label = self.open.label(attributes.number("value")),
            _ => {}
        }
        self.open.0.push(OpenElement {
            name: name.to_owned(),
            context,
            list,
            grid,
            role,
            region: None,
            flattened: 0,
        });
    }

    /// Begins a table; one inside a cell makes the outer table a layout table.
    fn table(&mut self, attributes: &Attributes<'_>) -> TableGrid {
        let number = self.tables;
        self.tables += 1;
        if let Some((outer, ..)) = self.open.context().cell {
            self.layout_tables.insert(outer);
        }
        if matches!(attributes.get("role"), Some("presentation" | "none")) {
            self.layout_tables.insert(number);
        }
        TableGrid::new(number)
    }

    fn end(&mut self, name: &str) {
        self.end_capture();
        let Some(top) = self.open.0.last_mut() else { return };
        if top.flattened > 0 {
            top.flattened -= 1;
            if !element::is_inline(name) {
                self.flush();
            }
            return;
        }
        let Some(index) = self.open.ended_by(name) else { return };
        if name == "q" {
            self.show("”");
        }
        let quoted = |at: usize| self.open.0.get(at).is_some_and(|open| open.context.quote);
        let source = name == "cite" && index.checked_sub(1).is_some_and(quoted) && !quoted(index);
        if !element::is_inline(name) || source {
            self.flush();
        }
        if matches!(name, "li" | "ul" | "ol") {
            self.label = None;
        }
        self.open.0.truncate(index);
    }

    fn end_capture(&mut self) {
        match self.capture.take() {
            Some(Capture::Title(text)) => self.metadata.title(&text),
            Some(Capture::JsonLd(text)) => self.metadata.json_ld(&text),
            None => {}
        }
    }

    /// Ends the open block, which takes the context at its end.
    fn flush(&mut self) {
        let mut lines = self.inline.take();
        let letters = std::mem::take(&mut self.letters);
        let [inside, outside] = std::mem::take(&mut self.linked);
        let empty_lines = std::mem::take(&mut self.empty_lines);
        if lines.is_empty() {
            return;
        }
        let context = self.open.context();
        let region = self.open.region(&mut self.regions);
        let label = self.label.take();
        // A block that opens with a superscript number is a footnote.
        let marked = lines[0].raised.first().is_some_and(|mark| {
            mark.start == 0 && lines[0].text[mark.clone()].bytes().all(|byte| byte.is_ascii_digit())
        });
        let linked = letters > 0 && context.cell.is_none() && !context.note;
        let item = label.is_some();
        let kind = if context.note || marked {
            if let Some(label) = label {
                prepend_label(&mut lines, label.trim_end_matches(['.', '•']), true);
            }
            BlockKind::Note
        } else if let Some(level) = context.heading {
            prepend_label(
                &mut lines,
                label.as_deref().filter(|label| *label != "•").unwrap_or_default(),
                false,
            );
            BlockKind::Heading { level }
        } else if context.caption {
            BlockKind::Figure
        } else {
            prepend_label(&mut lines, label.as_deref().unwrap_or_default(), false);
            if linked && inside == letters {
                BlockKind::Contents
            } else {
                match context.quote {
                    _ if item => BlockKind::Item { depth: context.lists.saturating_sub(1) },
                    true => BlockKind::Quote,
                    false => BlockKind::Paragraph,
                }
            }
        };
        self.drafts.push(DraftBlock {
            kind,
            lines,
            cell: context.cell,
            region,
            letters,
            linked: outside,
            empty_lines,
        });
    }
}

/// How much a character counts as text: an ideograph or a kana as much as two letters, marks and spaces not at all.
fn weight(letter: char) -> usize {
    match letter {
        _ if !letter.is_alphanumeric() => 0,
        '\u{2E80}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'.. => 2,
        _ => 1,
    }
}
