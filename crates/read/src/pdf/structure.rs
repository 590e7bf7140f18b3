//! Blocks from the structure tree of a tagged PDF (ISO 32000-2, 14.7 and 14.8).
//!
//! The catalogue's `StructTreeRoot` leads to a tree of structure elements. Each element has a type (`S`: `P`, `H1`, `LI`,
//! `TD`, or a name of the producer's own that the `RoleMap` maps to one of these) and kids (`K`): further elements, or
//! marked-content ids (MCIDs) that name glyphs in the content stream of a page (`Pg`). The order of the tree is the logical
//! reading order, whatever the order of the stream.
//!
//! [`tree`] reads the elements, [`walk`] collects the runs of glyphs under each block-level element, and [`blocks`](mod@blocks)
//! makes blocks of them, finds places for the glyphs that no element claims, and holds both to the page by
//! [`agreement`].

mod agreement;
mod blocks;
mod misplaced;
mod tree;
mod walk;

pub(super) use blocks::{TreeBlocks, blocks};
pub(super) use tree::read_tree;
