//! The formatting that groups inherit.

use super::charset::Charset;
use super::destination::Destination;

/// The state that a group inherits.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) destination: Destination,
    /// Signs after `\u` that stand for it in older readers.
    pub(super) fallback: usize,
    pub(super) charset: Charset,
    pub(super) raised: bool,
    pub(super) hidden: bool,
    /// The font, or the style, that the group defines.
    pub(super) defines: Option<i32>,
    pub(super) style: i32,
    pub(super) outline: Option<u8>,
    pub(super) in_table: bool,
    pub(super) depth: u8,
    /// True for the group of a note or header: its end ends that text.
    pub(super) ends_flow: bool,
}

impl Group {
    /// The group around the whole file.
    pub(super) fn outermost() -> Self {
        Self {
            destination: Destination::Text,
            fallback: 1,
            charset: Charset::Default,
            raised: false,
            hidden: false,
            defines: None,
            style: 0,
            outline: None,
            in_table: false,
            depth: 0,
            ends_flow: false,
        }
    }
}
