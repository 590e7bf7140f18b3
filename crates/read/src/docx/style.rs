//! The styles of a Word file, with what they take over from one another.

use std::collections::HashMap;

use super::xml::{Piece, walk};
use crate::budget::Budget;
use crate::error::ReadError;

/// A paragraph or character style, as far as it tells what a text is.
#[derive(Debug, Clone, Default)]
struct Style {
    /// In lower case, as the person who writes sees it.
    name: String,
    based_on: Option<String>,
    /// Zero-based level in the outline; 9 is body text.
    outline: Option<u8>,
    numbering: Numbered,
    raised: Option<bool>,
    hidden: Option<bool>,
}

/// Which list a paragraph belongs to, so far as it says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Numbered {
    pub(super) list: Option<String>,
    /// Zero-based.
    pub(super) level: Option<u8>,
}

/// What a paragraph style says a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// One-based level.
    Heading(u8),
    Contents,
    Quote,
    Caption,
    Body,
}

/// All styles, by their identifiers.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    normal: Option<String>,
}

/// Styles that rest on more others than this rest on themselves.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    pub(super) fn read(part: &[u8], budget: &Budget) -> Result<Self, ReadError> {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        walk(part, budget, |piece| {
            match piece {
                Piece::Start("style", attributes) => {
                    let id = attributes.get("styleId").unwrap_or_default().to_owned();
                    if attributes.get("default").is_some_and(|value| matches!(value, "1" | "true" | "on"))
                        && attributes.get("type") == Some("paragraph")
                    {
                        styles.normal = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                Piece::End("style") => {
                    styles.styles.extend(open.take());
                }
                Piece::Start(name, attributes) => {
                    let Some((_, style)) = &mut open else { return Ok(()) };
                    match name {
                        "name" => style.name = attributes.value().unwrap_or_default().to_lowercase(),
                        "basedOn" => style.based_on = attributes.value().map(str::to_owned),
                        "outlineLvl" => style.outline = attributes.number("val"),
                        "numId" => style.numbering.list = attributes.value().map(str::to_owned),
                        "ilvl" => style.numbering.level = attributes.number("val"),
                        "vertAlign" => style.raised = Some(attributes.value() == Some("superscript")),
                        "vanish" => style.hidden = Some(attributes.is_on()),
                        _ => {}
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(styles)
    }

    /// The style and those that it rests on, nearest first.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = id.or(self.normal.as_deref()).and_then(|id| self.styles.get(id));
        let next = |style: &&Style| self.styles.get(style.based_on.as_deref()?);
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }

    /// What a paragraph of this style is. The names are those that Word keeps in every language's file.
    pub(super) fn meaning(&self, id: Option<&str>) -> Meaning {
        for style in self.chain(id) {
            let name = style.name.as_str();
            let level = name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok());
            match name {
                _ if name.starts_with("toc heading") => return Meaning::Heading(1),
                _ if name.starts_with("toc ") || name == "table of figures" => return Meaning::Contents,
                "title" => return Meaning::Heading(1),
                "quote" | "intense quote" | "block text" | "quotations" => return Meaning::Quote,
                "caption" => return Meaning::Caption,
                _ => {}
            }
            if let Some(level @ 1..=9) = level {
                return Meaning::Heading(level);
            }
            match style.outline {
                Some(level @ 0..=8) => return Meaning::Heading(level + 1),
                Some(_) => return Meaning::Body,
                None => {}
            }
        }
        Meaning::Body
    }

    /// The list to which paragraphs of this style belong, and the style that says so.
    pub(super) fn numbering(&self, id: Option<&str>) -> Numbered {
        let mut numbered = Numbered::default();
        for style in self.chain(id) {
            numbered.list = numbered.list.or_else(|| style.numbering.list.clone());
            numbered.level = numbered.level.or(style.numbering.level);
        }
        numbered
    }

    /// The identifiers of the style and of those that it rests on.
    pub(super) fn identifiers(&self, id: Option<&str>) -> Vec<String> {
        let first = id.or(self.normal.as_deref());
        let next = |id: &&str| self.styles.get(*id)?.based_on.as_deref();
        std::iter::successors(first, next).take(LONGEST_CHAIN).map(str::to_owned).collect()
    }

    pub(super) fn is_raised(&self, id: &str) -> bool {
        self.styles.contains_key(id) && self.chain(Some(id)).find_map(|style| style.raised).unwrap_or(false)
    }

    pub(super) fn is_hidden(&self, id: &str) -> bool {
        self.styles.contains_key(id) && self.chain(Some(id)).find_map(|style| style.hidden).unwrap_or(false)
    }
}
