//! The text of a part: of the document, of its notes, of its headers and footers.
//!
//! Paragraphs nest: a text box lies inside a run of the paragraph it is anchored in, and a table cell holds paragraphs
//! and tables. So open paragraphs and tables are stacks. Tracked deletions (`del`, `moveFrom`), earlier properties
//! (`pPrChange`), and what older versions of Word would show (`Fallback` of `AlternateContent`) are skipped with all their
//! content.

use std::collections::{HashMap, HashSet};

use super::WHAT;
use super::form_field::FormField;
use super::numbering::Numbering;
use super::style::{ListReference, StyleRole, Styles};
use super::xml::{Property, for_each_event};
use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::error::ReadError;
use crate::inline_text::{InlineText, prepend_label};
use crate::number_format::NumberFormat;
use crate::table_grid::TableGrid;
use crate::xml::{Attributes, XmlEvent, check_output};

/// Reads the parts of one file, in order. Lists and notes count on from part to part.
pub(super) struct BodyReader<'b> {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// The blocks of each note, by kind (`footnote`, `endnote`) and identifier.
    pub(super) notes: HashMap<(&'static str, String), Vec<Block>>,
    pub(super) budget: &'b Budget,
    /// The number of references so far, by kind of note.
    pub(super) marks: HashMap<&'static str, usize>,
    pub(super) tables: u32,
    /// Bytes of text so far.
    pub(super) output: usize,
}

/// An open paragraph.
#[derive(Default)]
struct Paragraph {
    inline: InlineText,
    style: Option<String>,
    list: ListReference,
    /// Zero-based outline level; 9 is body text.
    outline: Option<u8>,
    /// The blocks of the notes that it refers to.
    notes: Vec<Block>,
    /// True if the end of the paragraph was deleted: the next paragraph continues it.
    joins: bool,
}

/// The open elements of a part, and its blocks so far.
#[derive(Default)]
struct PartState {
    blocks: Vec<Block>,
    /// Open paragraphs, outermost first.
    paragraphs: Vec<Paragraph>,
    /// A paragraph whose end was deleted.
    carried: Option<Paragraph>,
    /// Open tables, outermost first, each with the row and column of its open cell.
    grids: Vec<(TableGrid, Option<(u32, u32)>)>,
    /// Tables that lay out the page, since they hold tables.
    layout_tables: HashSet<u32>,
    /// The number of skipped elements around.
    skipped: usize,
    /// Inside the properties of a paragraph.
    in_paragraph_properties: bool,
    /// Inside the properties of a run, or of the mark of a paragraph.
    in_run_properties: bool,
    raised: bool,
    hidden: bool,
    in_text: bool,
    /// The id of the open note, in a part of notes.
    note: Option<String>,
    /// The open box or list of a form.
    form_field: Option<FormField>,
}

/// True for elements that are not part of the current text.
fn is_skipped(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "Fallback" | "pPrChange" | "rPrChange" | "numberingChange" | "sectPr")
}

impl BodyReader<'_> {
    /// The blocks of a part, and true if the part is whole.
    pub(super) fn blocks(&mut self, part: &[u8]) -> Result<(Vec<Block>, bool), ReadError> {
        let mut state = PartState::default();
        let budget = *self.budget;
        let whole = for_each_event(part, &budget, |event| self.event(&mut state, event))?;
        while !state.paragraphs.is_empty() {
            self.end_paragraph(&mut state);
        }
        Ok((finish(state), whole))
    }

    /// Reads the notes of a part. `kind` is `footnote` or `endnote`. Returns true if the part is whole.
    pub(super) fn read_notes(&mut self, part: &[u8], kind: &'static str) -> Result<bool, ReadError> {
        let mut state = PartState::default();
        let budget = *self.budget;
        for_each_event(part, &budget, |event| {
            match &event {
                XmlEvent::Start(name, attributes) if *name == kind => {
                    // Other types are separators between text and notes.
                    let plain = attributes.get("type").is_none_or(|kind| kind == "normal");
                    state.note = attributes.get("id").filter(|_| plain).map(str::to_owned);
                }
                XmlEvent::End(name) if *name == kind => {
                    let blocks = std::mem::take(&mut state.blocks);
                    if let Some(id) = state.note.take() {
                        self.notes.insert((kind, id), blocks);
                    }
                }
                _ => {}
            }
            self.event(&mut state, event)
        })
    }

    fn event(&mut self, state: &mut PartState, event: XmlEvent<'_>) -> Result<(), ReadError> {
        match event {
            XmlEvent::Start(name, attributes) => {
                // Among the properties of the paragraph mark, `del` says that the end of the paragraph was deleted.
                if name == "del"
                    && state.in_paragraph_properties
                    && state.skipped == 0
                    && let Some(paragraph) = state.paragraphs.last_mut()
                {
                    paragraph.joins = true;
                }
                if state.skipped > 0 || is_skipped(name) {
                    state.skipped += usize::from(is_skipped(name));
                } else {
                    self.start(state, name, attributes);
                }
            }
            XmlEvent::End(name) => {
                if is_skipped(name) {
                    state.skipped = state.skipped.saturating_sub(1);
                } else if state.skipped == 0 {
                    self.end(state, name);
                }
            }
            XmlEvent::Text(text) => {
                if state.in_text && state.skipped == 0 && !state.hidden {
                    self.output += text.len();
                    push(state, text);
                }
            }
        }
        check_output(self.output, self.budget, WHAT)
    }

    fn start(&mut self, state: &mut PartState, name: &str, attributes: &Attributes) {
        match name {
            "p" => {
                let paragraph = state.carried.take().unwrap_or_default();
                state.paragraphs.push(paragraph);
            }
            "pPr" => state.in_paragraph_properties = true,
            "rPr" => state.in_run_properties = true,
            "r" => (state.raised, state.hidden) = (false, false),
            "t" => state.in_text = true,
            // Among the properties of a paragraph, `tab` defines a tab stop.
            "tab" if !state.in_paragraph_properties => push(state, " "),
            "br" if matches!(attributes.get("type"), Some("page" | "column")) => push(state, " "),
            "br" | "cr" => {
                if let Some(paragraph) = state.paragraphs.last_mut() {
                    paragraph.inline.break_line();
                }
            }
            "noBreakHyphen" => push(state, "\u{2011}"),
            "softHyphen" => push(state, "\u{AD}"),
            "sym" => {
                let letter = attributes.get("char").and_then(|code| u32::from_str_radix(code, 16).ok());
                if let Some(letter) = letter.and_then(char::from_u32) {
                    push(state, letter.encode_utf8(&mut [0; 4]));
                }
            }
            "footnoteReference" => self.note_reference(state, "footnote", attributes),
            "endnoteReference" => self.note_reference(state, "endnote", attributes),
            "tbl" => {
                if let Some((outer, Some(_))) = state.grids.last() {
                    state.layout_tables.insert(outer.table);
                }
                state.grids.push((TableGrid::new(self.tables), None));
                self.tables += 1;
            }
            "tr" | "gridBefore" | "tc" | "gridSpan" => move_in_table(state, name, attributes),
            _ if FormField::is_one(name) => state.form_field = Some(FormField::default()),
            _ if state.form_field.is_some() => {
                if let Some(field) = &mut state.form_field {
                    field.note(name, attributes);
                }
            }
            _ if state.in_paragraph_properties || state.in_run_properties => {
                self.property(state, name, attributes)
            }
            _ => {}
        }
    }

    /// Notes a property of the open paragraph or run.
    fn property(&mut self, state: &mut PartState, name: &str, attributes: &Attributes) {
        let value = attributes.value();
        if !state.in_paragraph_properties {
            match name {
                "vertAlign" => state.raised = value == Some("superscript"),
                "vanish" => state.hidden = attributes.is_on(),
                "rStyle" => {
                    state.raised |= value.is_some_and(|id| self.styles.is_raised(id));
                    state.hidden |= value.is_some_and(|id| self.styles.is_hidden(id));
                }
                _ => {}
            }
            return;
        }
        let Some(paragraph) = state.paragraphs.last_mut() else { return };
        match name {
            "pStyle" => paragraph.style = value.map(str::to_owned),
            "numId" => paragraph.list.id = value.map(str::to_owned),
            "ilvl" => paragraph.list.level = attributes.number("val"),
            "outlineLvl" => paragraph.outline = attributes.number("val"),
            _ => {}
        }
    }

    fn end(&mut self, state: &mut PartState, name: &str) {
        match name {
            "p" => self.end_paragraph(state),
            "pPr" => state.in_paragraph_properties = false,
            "rPr" => state.in_run_properties = false,
            "r" => (state.raised, state.hidden) = (false, false),
            "t" => state.in_text = false,
            _ if FormField::is_one(name) => {
                if let Some(field) = state.form_field.take() {
                    push(state, field.shown(name));
                }
            }
            "tbl" => {
                state.grids.pop();
            }
            "tc" => {
                if let Some((_, cell)) = state.grids.last_mut() {
                    *cell = None;
                }
            }
            _ => {}
        }
    }

    /// Adds the mark of a note, and keeps the note for the end of the paragraph.
    fn note_reference(&mut self, state: &mut PartState, kind: &'static str, attributes: &Attributes) {
        let blocks = self.notes.get_mut(&(kind, attributes.get("id").unwrap_or_default().to_owned()));
        let Some(paragraph) = state.paragraphs.last_mut() else { return };
        // A mark of the author’s own follows as text.
        let mark = if attributes.get("customMarkFollows").is_some_and(|value| value != "0") {
            String::new()
        } else {
            let count = self.marks.entry(kind).or_default();
            *count += 1;
            if kind == "endnote" { NumberFormat::LowerRoman.format(*count as i64) } else { count.to_string() }
        };
        paragraph.inline.push(&mark, true);
        for (index, block) in blocks.map(std::mem::take).unwrap_or_default().into_iter().enumerate() {
            let mut lines = block.lines;
            if index == 0 {
                prepend_label(&mut lines, &mark, true);
            }
            paragraph.notes.push(Block::new(BlockKind::Note, lines));
        }
    }

    fn end_paragraph(&mut self, state: &mut PartState) {
        let Some(mut paragraph) = state.paragraphs.pop() else { return };
        if std::mem::take(&mut paragraph.joins) {
            state.carried = Some(paragraph);
            return;
        }
        let style = paragraph.style.as_deref();
        // An empty paragraph of a list counts too.
        let by_style = self.styles.list(style);
        let list = ListReference {
            level: paragraph.list.level.or(by_style.level.filter(|_| paragraph.list.id.is_none())),
            id: paragraph.list.id.or(by_style.id),
        };
        let label = self.numbering.label(&list, style, &self.styles);
        let mut lines = paragraph.inline.take();
        if !lines.is_empty() {
            let printed = label.as_ref().map(|(label, _)| label.as_str()).unwrap_or_default();
            prepend_label(&mut lines, printed, false);
            let cell = state.grids.last().and_then(|(grid, cell)| cell.map(|cell| (grid.table, cell)));
            let role = match paragraph.outline {
                Some(level @ 0..=8) => StyleRole::Heading(level + 1),
                _ => self.styles.role(style),
            };
            let item = label.filter(|(label, _)| !label.is_empty());
            let kind = match (cell, role, item) {
                (Some((table, (row, column))), ..) => BlockKind::Cell { table, row, column },
                (None, StyleRole::Heading(level), _) => BlockKind::Heading { level },
                (None, StyleRole::Contents, _) => BlockKind::Contents,
                // The words under a picture or table are text; the picture itself has none.
                (None, StyleRole::Caption, _) => BlockKind::Paragraph,
                (None, _, Some((_, depth))) => BlockKind::Item { depth },
                (None, StyleRole::Quote, None) => BlockKind::Quote,
                (None, StyleRole::Body, None) => BlockKind::Paragraph,
            };
            state.blocks.push(Block::new(kind, lines));
        }
        state.blocks.append(&mut paragraph.notes);
    }
}

/// Adds text to the open paragraph.
fn push(state: &mut PartState, text: &str) {
    let raised = state.raised;
    if let Some(paragraph) = state.paragraphs.last_mut().filter(|_| !state.hidden) {
        paragraph.inline.push(text, raised);
    }
}

/// Moves through the grid of the open table.
fn move_in_table(state: &mut PartState, name: &str, attributes: &Attributes) {
    let Some((grid, cell)) = state.grids.last_mut() else { return };
    match name {
        "tr" => {
            grid.begin_row();
        }
        "gridBefore" => grid.skip_columns(attributes.number("val").unwrap_or(0)),
        // Vertically merged cells are present in each row, empty below the first.
        "tc" => *cell = Some(grid.place_cell(1, 1)),
        _ => grid.skip_columns(attributes.number::<u32>("val").unwrap_or(1).saturating_sub(1)),
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
