//! A source file as its format gives it.

use serde::{Deserialize, Serialize};

use crate::block::Block;

/// A source file read: its blocks in reading order, and what the format says of the file itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Document {
    /// The name of the format that was read: `pdf`, `text`, ….
    pub format: String,
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
    /// How many pages the file has; 0 where the format has no pages.
    pub pages: u32,
    /// True if the file itself says what its blocks are (a tagged PDF, HTML, Word); false if the blocks
    /// were told from layout alone.
    pub tagged: bool,
    /// Properties the file declares of itself (`title`, `author`, …), keys in lower case. Often wrong.
    pub properties: Vec<(String, String)>,
    /// What could not be read, and what was read with doubt.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// A document without blocks, of the named format.
    pub fn new(format: impl Into<String>) -> Self {
        Self {
            format: format.into(),
            blocks: Vec::new(),
            pages: 0,
            tagged: false,
            properties: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// Something that a reader of the document should know before trusting it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Warning {
    /// A stable name in kebab case, for tables and filters: `no-text-on-page`.
    pub code: String,
    /// What is the matter, in a sentence without a full stop.
    pub message: String,
    /// The page, one-based, where the warning is of one page.
    pub page: Option<u32>,
}

impl Warning {
    /// A warning about the whole document.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), page: None }
    }

    /// The same warning, about one page (one-based).
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }
}
