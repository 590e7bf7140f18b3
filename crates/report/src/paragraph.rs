//! The unit of search and of citation.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A paragraph: whole, joined over line ends and page breaks, without its printed number or bullet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Paragraph {
    /// What the paragraph is.
    pub role: Role,
    /// The number printed before it (`12`, `2.1`), without its dot.
    pub number: Option<String>,
    /// The section it stands in: an index into [`Report::sections`](crate::Report::sections).
    pub section: Option<u32>,
    /// The words. No line ends: a space stands where the page broke a line.
    pub text: String,
    /// The page of every byte.
    pub pages: Pages,
    /// The sentences: byte ranges that tile the text (each begins where the one before it ends).
    pub sentences: Vec<Range<usize>>,
}

impl Paragraph {
    /// A paragraph of body text on no known page; its sentences are found.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let sentences = crate::sentences(&text);
        Self { role: Role::Body, number: None, section: None, text, pages: Pages::default(), sentences }
    }

    /// The page of a byte of the text, one-based; `None` where the format has no pages.
    pub fn page_at(&self, byte: usize) -> Option<u32> {
        self.pages.at(byte)
    }
}

/// What a paragraph is, and so whether it is searched unasked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Role {
    /// A paragraph of running text.
    Body,
    /// A bullet or dash of a list.
    Bullet,
    /// A heading, searched as text too.
    Heading,
    /// A row of a table, its cells separated by ` | `. Searched when asked.
    Table,
    /// A footnote. Searched when asked.
    Note,
    /// What a report says of its publisher behind its text: complaints, licence, addresses. Searched as body text,
    /// but about no theme, whatever its words.
    Imprint,
    /// A paragraph of running text that the format sets apart as quoted from elsewhere.
    Quote,
}

impl Role {
    /// True for what is searched unasked: body, bullets, headings, quotations set apart and the imprint.
    pub fn is_body(self) -> bool {
        matches!(self, Self::Body | Self::Bullet | Self::Heading | Self::Quote | Self::Imprint)
    }

    /// The name used in tables and JSON: `bullet`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::Bullet => "bullet",
            Self::Heading => "heading",
            Self::Table => "table",
            Self::Note => "note",
            Self::Imprint => "imprint",
            Self::Quote => "quote",
        }
    }
}

/// The page of every byte of a paragraph: where each page's part begins.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages(Vec<(usize, u32)>);

impl Pages {
    /// A paragraph that begins on the given page (one-based).
    pub fn starting_on(page: u32) -> Self {
        Self(vec![(0, page)])
    }

    /// Says that from this byte on the text stands on that page (one-based). Bytes must not decrease.
    pub fn turn(&mut self, byte: usize, page: u32) {
        if self.0.last().is_none_or(|&(_, last)| last != page) {
            self.0.push((byte, page));
        }
    }

    /// The page of a byte, one-based; `None` where no page is known.
    pub fn at(&self, byte: usize) -> Option<u32> {
        let after = self.0.partition_point(|&(start, _)| start <= byte);
        self.0.get(after.checked_sub(1)?).map(|&(_, page)| page)
    }

    /// Where each page's part begins: byte of the text, and page (one-based).
    pub fn starts(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.0.iter().copied()
    }

    /// The pages of the text without its first bytes.
    pub(crate) fn without_front(&self, bytes: usize) -> Self {
        let mut pages = Self::default();
        for &(start, page) in &self.0 {
            let start = start.saturating_sub(bytes);
            match pages.0.last_mut() {
                // What stood before the cut is gone, and its page with it.
                Some(last) if last.0 == start => last.1 = page,
                _ => pages.turn(start, page),
            }
        }
        pages
    }

    /// The page on which the paragraph begins, one-based.
    pub fn first(&self) -> Option<u32> {
        self.0.first().map(|&(_, page)| page)
    }

    /// The page on which the paragraph ends, one-based.
    pub fn last(&self) -> Option<u32> {
        self.0.last().map(|&(_, page)| page)
    }
}
