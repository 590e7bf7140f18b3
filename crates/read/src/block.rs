//! The output of every reader: blocks of lines, in reading order.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// One unit of a document: a paragraph, a heading, a list item, a cell.
///
/// A block holds what the *format* knows: that some lines are one list item, that a cell is in the second column. Whether a
/// bold paragraph is a heading of an inspection report is for the crates above this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Block {
    /// The kind of block, as the format declares it.
    pub kind: BlockKind,
    /// The lines of the block, top to bottom. Never empty, and no line is blank.
    pub lines: Vec<Line>,
}

impl Block {
    /// A block of the given kind.
    pub fn new(kind: BlockKind, lines: Vec<Line>) -> Self {
        Self { kind, lines }
    }

    /// The page on which the block begins, one-based; `None` if the format has no pages.
    pub fn page(&self) -> Option<u32> {
        self.lines.first().and_then(|line| line.page)
    }

    /// The lines joined by newlines, otherwise unchanged.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }
}

/// The kind of a [`Block`], as the format declares it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum BlockKind {
    /// A heading that the format marks as one.
    Heading {
        /// One-based: 1 is the highest.
        level: u8,
    },
    /// Running text, or text of a kind that the format does not declare.
    Paragraph,
    /// A list item. Its label (`•`, `12.`) is part of the text, as printed.
    Item {
        /// Zero-based: 0 is the outermost list.
        depth: u8,
    },
    /// A paragraph marked as a quotation.
    Quote,
    /// One cell of a table.
    Cell {
        /// Zero-based number of the table in the document.
        table: u32,
        /// Zero-based row.
        row: u32,
        /// Zero-based column.
        column: u32,
    },
    /// A footnote or endnote.
    Note,
    /// An entry of a table of contents.
    Contents,
    /// Page furniture that the format marks as such: running headers and footers, page numbers, menus of a web page.
    Artifact,
    /// Text of a figure: its caption, or the text in place of the picture.
    Figure,
}

/// One line of a block.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Line {
    /// The text of the line, without its line end.
    pub text: String,
    /// The page, one-based, counted from the start of the file (not the printed page number); `None` if the format has
    /// no pages.
    pub page: Option<u32>,
    /// Position and type of the line; `None` if the format has no layout.
    pub look: Option<Look>,
    /// Byte ranges of `text` in superscript, most of them marks of footnotes. Sorted, without overlap.
    pub raised: Vec<Range<usize>>,
    /// True if the author broke the line here, false if it wrapped at the margin.
    pub hard_end: bool,
}

impl Line {
    /// A line without page or layout.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// The position and type of a line on its page.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Look {
    /// Left edge, in points from the left of the page.
    pub left: f32,
    /// Right edge, in points from the left of the page.
    pub right: f32,
    /// Baseline, in points from the top of the page.
    pub baseline: f32,
    /// Type size of most of its letters, in points.
    pub size: f32,
    /// True if most of its letters are bold.
    pub bold: bool,
    /// True if most of its letters are italic.
    pub italic: bool,
}

impl Look {
    /// A regular (neither bold nor italic) look; all values in points.
    pub fn new(left: f32, right: f32, baseline: f32, size: f32) -> Self {
        Self { left, right, baseline, size, bold: false, italic: false }
    }
}
