//! A source file, as its format describes it.

use serde::{Deserialize, Serialize};

use crate::block::Block;
use crate::page_labels::PageLabels;

/// A source file: its blocks in reading order, and what it declares of itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Document {
    /// The name of the format: `pdf`, `text`, ….
    pub format: String,
    /// The blocks, in reading order.
    pub blocks: Vec<Block>,
    /// The number of pages; 0 if the format has no pages.
    pub pages: u32,
    /// The labels that the file gives its pages, beside their numbers.
    pub page_labels: PageLabels,
    /// True if the file declares the kinds of its blocks (a tagged PDF, HTML, Word); false if they were inferred from
    /// layout.
    pub tagged: bool,
    /// Metadata that the file declares (`title`, `author`, …), keys in lower case. Often wrong: templates keep the title
    /// of another report.
    pub properties: Vec<(String, String)>,
    /// True if the properties were written for the readers of this file (front matter, the head of a page): then they are
    /// taken for metadata of the report. False where they may be left over from a template.
    pub trusted: bool,
    /// The pages, one-based and in order, whose text was recognised in a picture of the page (OCR).
    #[serde(default)]
    pub ocr_pages: Vec<u32>,
    /// Parts that could not be read, or only with doubt.
    pub warnings: Vec<Warning>,
}

impl Document {
    /// A document without blocks, of the named format.
    pub fn new(format: impl Into<String>) -> Self {
        Self {
            format: format.into(),
            blocks: Vec::new(),
            pages: 0,
            page_labels: PageLabels::default(),
            tagged: false,
            properties: Vec::new(),
            trusted: false,
            ocr_pages: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// A reason to trust a document less.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Warning {
    /// A stable name in kebab case, for programs: `no-text-on-page`.
    pub code: String,
    /// A sentence for people, without a full stop.
    pub message: String,
    /// The page concerned, one-based; `None` for the whole document.
    pub page: Option<u32>,
}

impl Warning {
    /// The code of the warning about pages that hold no text: pictures, or empty pages.
    pub const NO_TEXT_ON_PAGE: &str = "no-text-on-page";

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
