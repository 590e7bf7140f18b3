//! Texts of their own, which are collected apart.

use crate::block::Block;
use crate::inline_text::InlineText;
use crate::table_grid::TableGrid;

/// A text of its own: the document, a note, a header.
#[derive(Default)]
pub(super) struct Flow {
    pub(super) kind: FlowKind,
    pub(super) inline: InlineText,
    pub(super) label: String,
    pub(super) blocks: Vec<Block>,
    /// The blocks of the notes of the open paragraph.
    pub(super) notes: Vec<Block>,
    pub(super) grid: Option<TableGrid>,
    pub(super) cell: Option<(u32, u32)>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum FlowKind {
    #[default]
    Body,
    Note,
    /// A text box.
    Box,
    /// A header or footer.
    Outer,
}
