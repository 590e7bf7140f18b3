//! What a format gives: blocks of lines, in reading order.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// One visual unit of a document, as its format gives it.
///
/// A block says what the *format* knows: that a run of lines is one list item, that a cell stands in
/// the second column. Whether a bold paragraph is a heading of an inspection report is not for this crate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Block {
    /// What the format says the block is.
    pub kind: BlockKind,
    /// The lines of the block, top to bottom; never empty, and none of them blank.
    pub lines: Vec<Line>,
}

impl Block {
    /// A block of the given kind.
    pub fn new(kind: BlockKind, lines: Vec<Line>) -> Self {
        Self { kind, lines }
    }

    /// The page on which the block begins: one-based, `None` where the format has no pages.
    pub fn page(&self) -> Option<u32> {
        self.lines.first().and_then(|line| line.page)
    }

    /// The lines joined by a newline, exactly as they stand on the page.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.as_str()).collect();
        lines.join("\n")
    }
}

/// What a format says a block is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum BlockKind {
    /// A heading the format marks as such. The level is one-based: 1 is the highest.
    Heading {
        /// One-based level.
        level: u8,
    },
    /// Running text, or text about which the format says nothing.
    Paragraph,
    /// An item of a list; its label (`•`, `12.`) is part of the text where the page prints it.
    Item {
        /// How many lists the item stands inside, zero-based: 0 is the outermost list.
        depth: u8,
    },
    /// A paragraph that the format sets apart as quoted from elsewhere.
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
    /// Decoration that the format itself sets apart from the content: running heads and feet, page numbers.
    Artifact,
    /// Text that stands for a picture.
    Figure,
}

/// One line of a block.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Line {
    /// The text of the line, without its line end.
    pub text: String,
    /// The page of the source file, one-based (the page of the file, not the printed page number);
    /// `None` where the format has no pages.
    pub page: Option<u32>,
    /// How the line looks; `None` where the format has no layout.
    pub look: Option<Look>,
    /// Byte ranges of `text` that are raised: marks of footnotes, mostly. In order, disjoint.
    pub raised: Vec<Range<usize>>,
    /// True where the line end is the author's own (a line break in a paragraph), not the end of the measure.
    pub hard_end: bool,
}

impl Line {
    /// A line without layout or page.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }
}

/// Where a line stands on its page and how large and heavy it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Look {
    /// Left edge, in points from the left of the page.
    pub left: f32,
    /// Right edge, in points from the left of the page.
    pub right: f32,
    /// Baseline, in points from the top of the page.
    pub baseline: f32,
    /// Size of most of the line's letters, in points.
    pub size: f32,
    /// True if most of the line's letters are bold.
    pub bold: bool,
    /// True if most of the line's letters are italic.
    pub italic: bool,
}

impl Look {
    /// A look at the given place: left, right and baseline in points, size in points.
    pub fn new(left: f32, right: f32, baseline: f32, size: f32) -> Self {
        Self { left, right, baseline, size, bold: false, italic: false }
    }
}
