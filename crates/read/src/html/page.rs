//! The way through a page, token by token.

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::element::{self, Apart, Attributes};
use super::facts::Facts;
use super::open::{Open, Stack, list};
use crate::block::{BlockKind, Line};
use crate::budget::Budget;
use crate::error::{ReadError, ReadErrorKind};
use crate::inline_text::{Inline, put_before};
use crate::table_grid::Grid;

/// A block in the making: what it is, and where on the page it stands.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) kind: BlockKind,
    pub(super) lines: Vec<Line>,
    pub(super) apart: Option<Apart>,
    /// Table, row and column, where it stands in a cell.
    pub(super) cell: Option<(u32, u32, u32)>,
    pub(super) in_main: bool,
}

/// Text that is read and not shown.
enum Collected {
    Title(String),
    Description(String),
}

/// A page, read.
#[derive(Default)]
pub(super) struct Page {
    pub(super) drafts: Vec<Draft>,
    pub(super) facts: Facts,
    /// Tables that hold tables: they lay out the page.
    pub(super) layout_tables: Vec<u32>,
    /// True if something was nested too deeply to be told apart.
    pub(super) flattened: bool,
    open: Stack,
    inline: Inline,
    /// Letters of the block, and how many of them are links: within the page, and to elsewhere.
    letters: usize,
    linked: [usize; 2],
    /// The number or bullet of the item that has not printed it yet.
    label: Option<String>,
    collected: Option<Collected>,
    tables: u32,
    output: usize,
}

/// Levels of elements for each level of structure that the budget allows: pages wrap one thing many times.
const ELEMENTS_A_LEVEL: usize = 8;

/// The clock is looked at each time so many tokens have come.
const TOKENS_A_LOOK: usize = 1024;

impl Page {
    pub(super) fn read(text: &str, budget: &Budget) -> Result<Self, ReadError> {
        let mut emitter = DefaultEmitter::default();
        emitter.naively_switch_states(true);
        let mut page = Self::default();
        let most_open = budget.nesting.saturating_mul(ELEMENTS_A_LEVEL);
        for (index, token) in Tokenizer::new_with_emitter(text, emitter).enumerate() {
            if index % TOKENS_A_LOOK == 0 && budget.is_over() {
                return Err(ReadError::new(ReadErrorKind::OverBudget, "the page took too long to read"));
            }
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => page.start(&tag, most_open),
                Token::EndTag(tag) => page.end(&String::from_utf8_lossy(&tag.name)),
                Token::String(text) => page.text(&String::from_utf8_lossy(&text.value)),
                _ => {}
            }
            if page.output > budget.output {
                let message = format!("more than {} bytes of text; a page has far less", budget.output);
                return Err(ReadError::new(ReadErrorKind::OverBudget, message));
            }
        }
        page.flush();
        page.end_collecting();
        Ok(page)
    }

    fn text(&mut self, text: &str) {
        match &mut self.collected {
            Some(Collected::Title(collected) | Collected::Description(collected)) => collected.push_str(text),
            None => self.show(text),
        }
    }

    fn show(&mut self, text: &str) {
        let state = self.open.state();
        if state.hidden {
            return;
        }
        self.output += text.len();
        let letters = text.chars().filter(|letter| letter.is_alphanumeric()).count();
        self.letters += letters;
        if let Some(inside) = state.link {
            self.linked[usize::from(!inside)] += letters;
        }
        if !state.preformatted {
            self.inline.push(text, state.raised);
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.inline.break_line();
            }
            self.inline.push(line, state.raised);
        }
    }

    fn start(&mut self, tag: &StartTag<()>, most_open: usize) {
        let name = String::from_utf8_lossy(&tag.name);
        let name = name.as_ref();
        let attributes = Attributes::of(tag);
        let before = self.open.state();
        match name {
            "meta" => self.facts.meta(&attributes),
            "time" if !before.hidden && before.apart.is_none() => self.facts.time(&attributes),
            "title" if !before.foreign => self.collected = Some(Collected::Title(String::new())),
            "script" if attributes.get("type") == Some("application/ld+json") => {
                self.collected = Some(Collected::Description(String::new()));
            }
            _ => {}
        }
        if name == "br" && !before.hidden {
            self.inline.break_line();
        }
        if !element::is_inline(name) {
            self.flush();
        }
        self.open.close_implied(name);
        if element::is_void(name) || (tag.self_closing && before.foreign) {
            return;
        }
        let mut state = self.open.inherited(name, &attributes);
        // The deepest are not told apart; but what hides its text must go on doing so.
        if self.open.0.len() >= most_open
            && (before.hidden || !state.hidden || self.open.0.len() >= 2 * most_open)
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
        let list = list(name, &attributes, state.hidden);
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
                state.cell = self.open.grid().map(|grid| {
                    let (row, column) = grid.cell(columns, rows);
                    (grid.table, row, column)
                });
            }
            "li" => self.label = self.open.label(attributes.number("value")),
            _ => {}
        }
        self.open.0.push(Open { name: name.to_owned(), state, list, grid, flattened: 0 });
    }

    fn table(&mut self, attributes: &Attributes<'_>) -> Grid {
        let number = self.tables;
        self.tables += 1;
        if let Some((outer, ..)) = self.open.state().cell
            && self.layout_tables.last() != Some(&outer)
        {
            self.layout_tables.push(outer);
        }
        if matches!(attributes.get("role"), Some("presentation" | "none")) {
            self.layout_tables.push(number);
        }
        Grid::new(number)
    }

    fn end(&mut self, name: &str) {
        self.end_collecting();
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
        if !element::is_inline(name) {
            self.flush();
        }
        if matches!(name, "li" | "ul" | "ol") {
            self.label = None;
        }
        self.open.0.truncate(index);
    }

    fn end_collecting(&mut self) {
        match self.collected.take() {
            Some(Collected::Title(text)) => self.facts.title(&text),
            Some(Collected::Description(text)) => self.facts.json_ld(&text),
            None => {}
        }
    }

    /// Ends the block: what holds where its text ends holds for it.
    fn flush(&mut self) {
        let mut lines = self.inline.take();
        let letters = std::mem::take(&mut self.letters);
        let [inside, outside] = std::mem::take(&mut self.linked);
        if lines.is_empty() {
            return;
        }
        let state = self.open.state();
        let mut apart = state.apart;
        let label = self.label.take();
        let marked = lines[0].raised.first().is_some_and(|mark| {
            mark.start == 0 && lines[0].text[mark.clone()].bytes().all(|byte| byte.is_ascii_digit())
        });
        let linked = letters > 0 && state.cell.is_none() && !state.note;
        let item = label.is_some();
        let kind = if state.note || marked {
            if let Some(label) = label {
                put_before(&mut lines, label.trim_end_matches(['.', '•']), true);
            }
            BlockKind::Note
        } else if let Some(level) = state.heading {
            if linked && outside == letters && level > 1 {
                apart = apart.or(Some(Apart::Class));
            }
            put_before(&mut lines, label.as_deref().filter(|label| *label != "•").unwrap_or_default(), false);
            BlockKind::Heading { level }
        } else if state.caption {
            BlockKind::Figure
        } else {
            put_before(&mut lines, label.as_deref().unwrap_or_default(), false);
            if linked && inside == letters {
                BlockKind::Contents
            } else {
                // Nothing but the way to another page: a menu, a teaser.
                if linked && outside == letters {
                    apart = apart.or(Some(Apart::Class));
                }
                match state.quote {
                    _ if item => BlockKind::Item { depth: state.lists.saturating_sub(1) },
                    true => BlockKind::Quote,
                    false => BlockKind::Paragraph,
                }
            }
        };
        self.drafts.push(Draft { kind, lines, apart, cell: state.cell, in_main: state.in_main });
    }
}
