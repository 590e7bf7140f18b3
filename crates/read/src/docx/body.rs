//! The text of a part: of the document itself, of its notes, of its heads and feet.

use std::collections::HashMap;

use super::numbering::Numbering;
use super::style::{Meaning, Numbered, Styles};
use super::xml::{Attributes, Piece, walk};
use crate::block::{Block, BlockKind};
use crate::budget::Budget;
use crate::error::{ReadError, ReadErrorKind};
use crate::inline_text::{Inline, put_before};
use crate::table_grid::Grid;

/// Reads the parts of one file, in order: lists count on, and so do notes.
pub(super) struct Body<'b> {
    pub(super) styles: Styles,
    pub(super) numbering: Numbering,
    /// The blocks of each note, by kind (`footnote`, `endnote`) and identifier.
    pub(super) notes: HashMap<(&'static str, String), Vec<Block>>,
    pub(super) budget: &'b Budget,
    /// How many marks of each kind of note were printed.
    pub(super) marks: HashMap<&'static str, usize>,
    pub(super) tables: u32,
    /// Bytes of text so far.
    pub(super) output: usize,
}

/// A paragraph in the making.
#[derive(Default)]
struct Paragraph {
    inline: Inline,
    style: Option<String>,
    numbered: Numbered,
    outline: Option<u8>,
    /// The marks and blocks of the notes that it mentions.
    notes: Vec<Block>,
    /// True if the end of the paragraph was deleted: the next one goes on with it.
    joins: bool,
}

/// What a part has open.
#[derive(Default)]
struct State {
    blocks: Vec<Block>,
    /// Text boxes stand inside paragraphs.
    paragraphs: Vec<Paragraph>,
    /// A paragraph whose end was deleted.
    carried: Option<Paragraph>,
    grids: Vec<(Grid, Option<(u32, u32)>)>,
    layout_tables: Vec<u32>,
    /// How many elements around are left out: deletions, what another version of Word would show.
    left_out: usize,
    /// Inside the properties of a paragraph, of a run.
    of_paragraph: bool,
    of_run: bool,
    raised: bool,
    hidden: bool,
    in_text: bool,
    /// The note that is open, in a part of notes.
    note: Option<String>,
}

/// Elements that hold nothing of the text as it stands.
fn is_left_out(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "Fallback" | "pPrChange" | "rPrChange" | "numberingChange" | "sectPr")
}

impl Body<'_> {
    /// The blocks of a part, and whether it was whole.
    pub(super) fn blocks(&mut self, part: &[u8]) -> Result<(Vec<Block>, bool), ReadError> {
        let mut state = State::default();
        let budget = *self.budget;
        let whole = walk(part, &budget, |piece| self.take(&mut state, piece))?;
        while !state.paragraphs.is_empty() {
            self.end_paragraph(&mut state);
        }
        Ok((settled(state), whole))
    }

    /// Reads the notes of a part; `kind` is `footnote` or `endnote`.
    pub(super) fn read_notes(&mut self, part: &[u8], kind: &'static str) -> Result<bool, ReadError> {
        let mut state = State::default();
        let budget = *self.budget;
        walk(part, &budget, |piece| {
            match &piece {
                Piece::Start(name, attributes) if *name == kind => {
                    // Without a type it is a note; else the line that parts notes from text.
                    let plain = attributes.get("type").is_none_or(|kind| kind == "normal");
                    state.note = attributes.get("id").filter(|_| plain).map(str::to_owned);
                }
                Piece::End(name) if *name == kind => {
                    let blocks = std::mem::take(&mut state.blocks);
                    if let Some(id) = state.note.take() {
                        self.notes.insert((kind, id), blocks);
                    }
                }
                _ => {}
            }
            self.take(&mut state, piece)
        })
    }

    fn take(&mut self, state: &mut State, piece: Piece<'_>) -> Result<(), ReadError> {
        match piece {
            Piece::Start(name, attributes) => {
                // The mark of a deleted paragraph end stands among the paragraph's properties.
                if name == "del"
                    && state.of_paragraph
                    && state.left_out == 0
                    && let Some(paragraph) = state.paragraphs.last_mut()
                {
                    paragraph.joins = true;
                }
                if state.left_out > 0 || is_left_out(name) {
                    state.left_out += usize::from(is_left_out(name));
                } else {
                    self.start(state, name, attributes);
                }
            }
            Piece::End(name) => {
                if is_left_out(name) {
                    state.left_out = state.left_out.saturating_sub(1);
                } else if state.left_out == 0 {
                    self.end(state, name);
                }
            }
            Piece::Text(text) => {
                if state.in_text && state.left_out == 0 && !state.hidden {
                    self.output += text.len();
                    push(state, text);
                }
            }
        }
        if self.output > self.budget.output {
            let message = format!("more than {} bytes of text; a report has far less", self.budget.output);
            return Err(ReadError::new(ReadErrorKind::OverBudget, message));
        }
        Ok(())
    }

    fn start(&mut self, state: &mut State, name: &str, attributes: &Attributes) {
        match name {
            "p" => {
                let paragraph = state.carried.take().unwrap_or_default();
                state.paragraphs.push(paragraph);
            }
            "pPr" => state.of_paragraph = true,
            "rPr" => state.of_run = true,
            "r" => (state.raised, state.hidden) = (false, false),
            "t" => state.in_text = true,
            // Outside their properties these would be tab stops and page set-up.
            "tab" if !state.of_paragraph => push(state, " "),
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
            "footnoteReference" => self.mention(state, "footnote", attributes),
            "endnoteReference" => self.mention(state, "endnote", attributes),
            "tbl" => {
                // A table that holds a table lays out the page.
                if let Some((outer, Some(_))) = state.grids.last()
                    && state.layout_tables.last() != Some(&outer.table)
                {
                    state.layout_tables.push(outer.table);
                }
                state.grids.push((Grid::new(self.tables), None));
                self.tables += 1;
            }
            "tr" | "gridBefore" | "tc" | "gridSpan" => in_table(state, name, attributes),
            _ if state.of_paragraph || state.of_run => self.property(state, name, attributes),
            _ => {}
        }
    }

    fn property(&mut self, state: &mut State, name: &str, attributes: &Attributes) {
        let value = attributes.value();
        if !state.of_paragraph {
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
            "numId" => paragraph.numbered.list = value.map(str::to_owned),
            "ilvl" => paragraph.numbered.level = attributes.number("val"),
            "outlineLvl" => paragraph.outline = attributes.number("val"),
            _ => {}
        }
    }

    fn end(&mut self, state: &mut State, name: &str) {
        match name {
            "p" => self.end_paragraph(state),
            "pPr" => state.of_paragraph = false,
            "rPr" => state.of_run = false,
            "r" => (state.raised, state.hidden) = (false, false),
            "t" => state.in_text = false,
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

    /// Prints the mark of a note, and keeps the note for the end of the paragraph.
    fn mention(&mut self, state: &mut State, kind: &'static str, attributes: &Attributes) {
        let blocks = self.notes.get_mut(&(kind, attributes.get("id").unwrap_or_default().to_owned()));
        let Some(paragraph) = state.paragraphs.last_mut() else { return };
        // Where the writer sets a mark of his own it stands behind, as text.
        let mark = if attributes.get("customMarkFollows").is_some_and(|value| value != "0") {
            String::new()
        } else {
            let count = self.marks.entry(kind).or_default();
            *count += 1;
            if kind == "endnote" {
                crate::number_format::Numeral::Roman.of(*count as i64)
            } else {
                count.to_string()
            }
        };
        paragraph.inline.push(&mark, true);
        for (index, block) in blocks.map(std::mem::take).unwrap_or_default().into_iter().enumerate() {
            let mut lines = block.lines;
            if index == 0 {
                put_before(&mut lines, &mark, true);
            }
            paragraph.notes.push(Block::new(BlockKind::Note, lines));
        }
    }

    fn end_paragraph(&mut self, state: &mut State) {
        let Some(mut paragraph) = state.paragraphs.pop() else { return };
        if std::mem::take(&mut paragraph.joins) {
            state.carried = Some(paragraph);
            return;
        }
        let style = paragraph.style.as_deref();
        // An empty paragraph of a list still counts.
        let by_style = self.styles.numbering(style);
        let numbered = Numbered {
            level: paragraph.numbered.level.or(by_style.level.filter(|_| paragraph.numbered.list.is_none())),
            list: paragraph.numbered.list.or(by_style.list),
        };
        let label = self.numbering.label(&numbered, style, &self.styles);
        let mut lines = paragraph.inline.take();
        if !lines.is_empty() {
            let printed = label.as_ref().map(|(label, _)| label.as_str()).unwrap_or_default();
            put_before(&mut lines, printed, false);
            let cell = state.grids.last().and_then(|(grid, cell)| cell.map(|cell| (grid.table, cell)));
            let meaning = match paragraph.outline {
                Some(level @ 0..=8) => Meaning::Heading(level + 1),
                _ => self.styles.meaning(style),
            };
            let item = label.filter(|(label, _)| !label.is_empty());
            let kind = match (cell, meaning, item) {
                (Some((table, (row, column))), ..) => BlockKind::Cell { table, row, column },
                (None, Meaning::Heading(level), _) => BlockKind::Heading { level },
                (None, Meaning::Contents, _) => BlockKind::Contents,
                (None, Meaning::Caption, _) => BlockKind::Figure,
                (None, _, Some((_, depth))) => BlockKind::Item { depth },
                (None, Meaning::Quote, None) => BlockKind::Quote,
                (None, Meaning::Body, None) => BlockKind::Paragraph,
            };
            state.blocks.push(Block::new(kind, lines));
        }
        state.blocks.append(&mut paragraph.notes);
    }
}

/// Adds text to the open paragraph.
fn push(state: &mut State, text: &str) {
    let raised = state.raised;
    if let Some(paragraph) = state.paragraphs.last_mut().filter(|_| !state.hidden) {
        paragraph.inline.push(text, raised);
    }
}

fn in_table(state: &mut State, name: &str, attributes: &Attributes) {
    let Some((grid, cell)) = state.grids.last_mut() else { return };
    match name {
        "tr" => grid.begin_row(),
        "gridBefore" => grid.skip(attributes.number("val").unwrap_or(0)),
        // Cells merged downwards are there in each row, and empty below the first.
        "tc" => *cell = Some(grid.cell(1, 1)),
        _ => grid.skip(attributes.number::<u32>("val").unwrap_or(1).saturating_sub(1)),
    }
}

/// The blocks of a part that is read; cells of tables that lay out the page are paragraphs.
fn settled(state: State) -> Vec<Block> {
    let mut blocks = state.blocks;
    for block in &mut blocks {
        if matches!(block.kind, BlockKind::Cell { table, .. } if state.layout_tables.contains(&table)) {
            block.kind = BlockKind::Paragraph;
        }
    }
    blocks
}
