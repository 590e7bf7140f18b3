//! The text of an OpenDocument file.

use std::collections::HashSet;

use super::WHAT;
use super::lists::Lists;
use super::styles::{StyleRole, Styles};
use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::error::ReadError;
use crate::inline_text::{InlineText, prepend_label};
use crate::table_grid::TableGrid;
use crate::xml::{Attributes, XmlEvent, check_output, for_each_event};

/// Reads the parts of one file.
pub(super) struct BodyReader<'b> {
    styles: Styles,
    budget: &'b Budget,
    /// Bytes of text so far.
    output: usize,
}

/// An open paragraph. One lies in another where a text box or a note is anchored in it.
#[derive(Default)]
struct Paragraph {
    inline: InlineText,
    style: Option<String>,
    /// One-based level of a heading.
    heading: Option<u8>,
    /// The label of its item.
    label: Option<String>,
    item: bool,
    /// The blocks of the notes that it refers to.
    notes: Vec<Block>,
    /// How the open spans show their text: raised, hidden.
    spans: Vec<(bool, bool)>,
}

/// An item of a list, until its first paragraph takes the label.
struct OpenItem {
    /// Its own number.
    value: Option<i64>,
    /// The label as the file has it.
    printed: Option<String>,
    /// False for the header of a list, which has no label.
    labelled: bool,
}

/// The open elements of a part, and its blocks so far.
#[derive(Default)]
struct PartState {
    blocks: Vec<Block>,
    /// Inside the element whose text is read.
    inside: usize,
    paragraphs: Vec<Paragraph>,
    lists: Lists,
    item: Option<OpenItem>,
    /// Open tables, outermost first, each with the row and column of its open cell.
    grids: Vec<(TableGrid, Option<(u32, u32)>)>,
    layout_tables: HashSet<u32>,
    tables: u32,
    /// The marks of the open notes, with the number of paragraphs open outside.
    notes: Vec<(String, usize)>,
    /// The number of skipped elements around.
    skipped: usize,
    /// Inside a table of contents.
    contents: usize,
    /// Inside the frame of a picture or box, before its text.
    in_frame: bool,
    /// Inside `text:number`, the label as the file has it.
    in_number: bool,
    /// Inside `text:note-citation`, the mark of a note.
    in_mark: bool,
}

/// True for elements that are not part of the current text.
fn is_skipped(name: &str, in_frame: bool) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "annotation"
            | "forms"
            | "ruby-text"
            | "hidden-text"
            | "script"
            | "index-source"
            | "table-of-content-source"
            | "event-listeners"
            | "sequence-decls"
            | "user-field-decls"
            | "variable-decls"
    ) || (in_frame && matches!(name, "title" | "desc"))
}

impl<'b> BodyReader<'b> {
    pub(super) fn new(styles: Styles, budget: &'b Budget) -> Self {
        Self { styles, budget, output: 0 }
    }

    /// The blocks of a part inside the named element, and true if the part is whole.
    pub(super) fn blocks(&mut self, part: &[u8], element: &str) -> Result<(Vec<Block>, bool), ReadError> {
        let mut state = PartState::default();
        let budget = *self.budget;
        let whole = for_each_event(part, &budget, WHAT, |event| self.event(&mut state, event, element))?;
        while !state.paragraphs.is_empty() {
            self.end_paragraph(&mut state);
        }
        Ok((finish(state), whole))
    }

    fn event(&mut self, state: &mut PartState, event: XmlEvent<'_>, element: &str) -> Result<(), ReadError> {
        match event {
            XmlEvent::Start(name, attributes) => {
                let hidden = name == "section" && attributes.get("display") == Some("none");
                if state.skipped > 0 || hidden || is_skipped(name, state.in_frame) {
                    // All elements inside count, so that the end of the right one is known.
                    state.skipped += 1;
                } else if name == element {
                    state.inside += 1;
                } else if state.inside > 0 {
                    self.start(state, name, attributes);
                }
            }
            XmlEvent::End(name) => {
                if state.skipped > 0 {
                    state.skipped -= 1;
                } else if name == element {
                    state.inside = state.inside.saturating_sub(1);
                } else if state.inside > 0 {
                    self.end(state, name);
                }
            }
            XmlEvent::Text(text) => {
                if state.skipped == 0 && state.inside > 0 {
                    self.output += text.len();
                    push_text(state, text);
                }
            }
        }
        check_output(self.output, self.budget, WHAT)
    }

    fn start(&mut self, state: &mut PartState, name: &str, attributes: &Attributes) {
        match name {
            "p" | "h" => self.begin_paragraph(state, name, attributes),
            "span" => {
                let style = attributes.get("style-name").unwrap_or_default();
                let (raised, hidden) = (self.styles.is_raised(style), self.styles.is_hidden(style));
                if let Some(paragraph) = state.paragraphs.last_mut() {
                    let (outer_raised, outer_hidden) = paragraph.spans.last().copied().unwrap_or_default();
                    paragraph.spans.push((raised || outer_raised, hidden || outer_hidden));
                }
            }
            "s" | "tab" => push_text(state, " "),
            "line-break" => {
                if let Some(paragraph) = state.paragraphs.last_mut() {
                    paragraph.inline.break_line();
                }
            }
            "number" => {
                state.in_number = true;
                if let Some(item) = &mut state.item {
                    item.printed = Some(String::new());
                }
            }
            "note-citation" => {
                state.in_mark = true;
                state.notes.push((String::new(), state.paragraphs.len()));
            }
            "list" => {
                let goes_on = attributes.get("continue-numbering") == Some("true")
                    || attributes.get("continue-list").is_some();
                state.lists.begin(attributes.get("style-name"), goes_on, &self.styles.lists);
            }
            "list-item" | "list-header" => {
                let labelled = name == "list-item";
                state.item =
                    Some(OpenItem { value: attributes.number("start-value"), printed: None, labelled });
            }
            "table" => {
                if let Some((outer, Some(_))) = state.grids.last() {
                    state.layout_tables.insert(outer.table);
                }
                state.grids.push((TableGrid::new(state.tables), None));
                state.tables += 1;
            }
            "table-row" => {
                if let Some((grid, _)) = state.grids.last_mut() {
                    grid.begin_row();
                }
            }
            "table-cell" | "covered-table-cell" => {
                if let Some((grid, cell)) = state.grids.last_mut() {
                    // The cells that another covers are present too, and empty.
                    *cell = Some(grid.place_cell(1, 1));
                    let repeated = attributes.number::<u32>("number-columns-repeated").unwrap_or(1);
                    grid.skip_columns(repeated.saturating_sub(1));
                }
            }
            "index-body" => state.contents += 1,
            "frame" | "custom-shape" => state.in_frame = true,
            _ => {}
        }
    }

    fn begin_paragraph(&mut self, state: &mut PartState, name: &str, attributes: &Attributes) {
        state.in_frame = false;
        let style = attributes.get("style-name").map(str::to_owned);
        let heading = (name == "h").then(|| attributes.number("outline-level").unwrap_or(1).clamp(1, 9));
        let mut label = None;
        let mut item = false;
        if let Some(open) = state.item.take().filter(|open| open.labelled) {
            let by_paragraph = self.styles.list(style.as_deref());
            let counted = state.lists.next(open.value, by_paragraph, &self.styles.lists);
            label = open
                .printed
                .map(|printed| printed.trim().to_owned())
                .filter(|printed| !printed.is_empty())
                .or(counted);
            item = true;
        } else if let Some(level) =
            heading.filter(|_| state.lists.depth() == 0 && attributes.get("is-list-header") != Some("true"))
        {
            label = state.lists.heading(level, &self.styles.outline);
        }
        state.paragraphs.push(Paragraph { style, heading, label, item, ..Paragraph::default() });
    }

    fn end(&mut self, state: &mut PartState, name: &str) {
        match name {
            "p" | "h" => self.end_paragraph(state),
            "span" => {
                if let Some(paragraph) = state.paragraphs.last_mut() {
                    paragraph.spans.pop();
                }
            }
            "number" => state.in_number = false,
            "note-citation" => {
                state.in_mark = false;
                let mark = state.notes.last().map(|(mark, _)| mark.clone()).unwrap_or_default();
                if let Some(paragraph) = state.paragraphs.last_mut() {
                    paragraph.inline.push(mark.trim(), true);
                }
            }
            "note" => {
                state.notes.pop();
            }
            "list" => state.lists.end(),
            "list-item" | "list-header" => state.item = None,
            "table" => {
                state.grids.pop();
            }
            "table-cell" | "covered-table-cell" => {
                if let Some((_, cell)) = state.grids.last_mut() {
                    *cell = None;
                }
            }
            "index-body" => state.contents = state.contents.saturating_sub(1),
            "frame" | "custom-shape" => state.in_frame = false,
            _ => {}
        }
    }

    fn end_paragraph(&mut self, state: &mut PartState) {
        let Some(mut paragraph) = state.paragraphs.pop() else { return };
        let mut lines = paragraph.inline.take();
        if !lines.is_empty() {
            let note = state.notes.last_mut().filter(|(_, outside)| *outside == state.paragraphs.len());
            if let (Some((mark, _)), Some(outer)) = (note, state.paragraphs.last_mut()) {
                // Only the first paragraph of a note has its mark.
                prepend_label(&mut lines, std::mem::take(mark).trim(), true);
                outer.notes.push(Block::new(BlockKind::Note, lines));
                outer.notes.append(&mut paragraph.notes);
                return;
            }
            prepend_label(&mut lines, paragraph.label.as_deref().unwrap_or_default(), false);
            let cell = state.grids.last().and_then(|(grid, cell)| cell.map(|cell| (grid.table, cell)));
            let role = self.styles.role(paragraph.style.as_deref());
            let kind = match (cell, paragraph.heading, role) {
                (Some((table, (row, column))), ..) => BlockKind::Cell { table, row, column },
                _ if state.contents > 0 => BlockKind::Contents,
                (None, Some(level), _) => BlockKind::Heading { level },
                (None, None, StyleRole::Title) => BlockKind::Heading { level: 1 },
                _ if paragraph.item => {
                    let depth = state.lists.depth().saturating_sub(1);
                    BlockKind::Item { depth: u8::try_from(depth).unwrap_or(u8::MAX) }
                }
                (None, None, StyleRole::Quote) => BlockKind::Quote,
                (None, None, StyleRole::Caption) => BlockKind::Figure,
                (None, None, StyleRole::Body) => BlockKind::Paragraph,
            };
            state.blocks.push(Block::new(kind, lines));
        }
        state.blocks.append(&mut paragraph.notes);
    }
}

/// Adds text to the open paragraph, label or mark.
fn push_text(state: &mut PartState, text: &str) {
    if state.in_number {
        if let Some(printed) = state.item.as_mut().and_then(|item| item.printed.as_mut()) {
            printed.push_str(text);
        } else if let Some(paragraph) = state.paragraphs.last_mut() {
            // The number of a heading is inside it.
            paragraph.label = Some(text.trim().to_owned());
        }
        return;
    }
    if state.in_mark {
        if let Some((mark, _)) = state.notes.last_mut() {
            mark.push_str(text);
        }
        return;
    }
    if let Some(paragraph) = state.paragraphs.last_mut() {
        let (raised, hidden) = paragraph.spans.last().copied().unwrap_or_default();
        if !hidden {
            paragraph.inline.push(text, raised);
        }
    }
}

/// The blocks of a finished part. Cells of layout tables become paragraphs.
fn finish(state: PartState) -> Vec<Block> {
    let mut blocks = state.blocks;
    for block in &mut blocks {
        if matches!(block.kind, BlockKind::Cell { table, .. } if state.layout_tables.contains(&table)) {
            block.kind = BlockKind::Paragraph;
        }
    }
    blocks
}
