//! The tree of block elements that hold text.
//!
//! An element enters it with the first text in it, so that the tree is no larger than the text and the tags around it, and
//! elements without text cost nothing. Parents come before their children.

use super::element::{self, Attributes};
use super::hint::{self, Furniture};

/// What an element is to the page, by its name and its attributes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Role {
    pub(super) furniture: Option<Furniture>,
    /// `main`, by name or role.
    pub(super) main: bool,
    /// `article`.
    pub(super) article: bool,
    /// Declares that it holds the text of an article.
    pub(super) body: bool,
    /// Holds one paragraph or item and no others: `p`, `li`, a heading.
    pub(super) line: bool,
}

impl Role {
    /// The role of a block element. `in_article`: inside `main` or `article`.
    pub(super) fn of(name: &str, attributes: &Attributes<'_>, in_article: bool) -> Self {
        if element::is_inline(name) {
            return Self::default();
        }
        let main = name == "main" || attributes.get("role") == Some("main");
        let body = hint::is_body(name, attributes);
        Self {
            furniture: hint::furniture(name, attributes, in_article).filter(|furniture| {
                // The element says that it holds the article; its other classes are about layout.
                let is_layout = matches!(furniture, Furniture::Box(_) | Furniture::Layout(_));
                !(main || (body && is_layout))
            }),
            main,
            article: name == "article",
            body,
            line: matches!(
                name,
                "p" | "li"
                    | "dt"
                    | "dd"
                    | "h1"
                    | "h2"
                    | "h3"
                    | "h4"
                    | "h5"
                    | "h6"
                    | "blockquote"
                    | "pre"
                    | "tr"
            ),
        }
    }
}

/// An element that holds text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    /// The index of the element around it; `None` for the outermost.
    pub(super) parent: Option<u32>,
    pub(super) role: Role,
}
