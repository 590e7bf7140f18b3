//! Blocks by the structure tree of a tagged PDF (ISO 32000-1, 14.7 and 14.8).

mod blocks;
mod tree;
mod walk;

pub(super) use blocks::blocks;
pub(super) use tree::elements;
