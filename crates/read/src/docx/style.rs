//! The styles of a Word file (ECMA-376 part 1, 17.7), with inheritance.
//!
//! A style may be based on another (`basedOn`) and inherits each property that it does not set. Authors derive their own
//! styles from `heading 1`, so that the role of a paragraph follows from the nearest ancestor with a telling name or an
//! outline level.

use std::collections::HashMap;

use super::xml::{Property, for_each_event};
use crate::budget::Budget;
use crate::error::ReadError;
use crate::xml::XmlEvent;

/// The properties of a paragraph or character style that matter here.
#[derive(Debug, Clone, Default)]
struct Style {
    /// In lower case, as Word shows it.
    name: String,
    based_on: Option<String>,
    /// Zero-based level in the outline; 9 is body text.
    outline: Option<u8>,
    list: ListReference,
    raised: Option<bool>,
    hidden: Option<bool>,
}

/// The list of a paragraph or style (`numPr`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ListReference {
    /// The `numId` of the list.
    pub(super) id: Option<String>,
    /// Zero-based level in the list.
    pub(super) level: Option<u8>,
}

/// The role that a style gives to a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StyleRole {
    /// One-based level.
    Heading(u8),
    Contents,
    Quote,
    Caption,
    Body,
}

/// All styles, by `styleId`.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    default: Option<String>,
}

/// The longest chain of styles; a longer one is a circle.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    pub(super) fn read(part: &[u8], budget: &Budget) -> Result<Self, ReadError> {
        let mut styles = Self::default();
        let mut open: Option<(String, Style)> = None;
        for_each_event(part, budget, |event| {
            match event {
                XmlEvent::Start("style", attributes) => {
                    let id = attributes.get("styleId").unwrap_or_default().to_owned();
                    if attributes.get("default").is_some_and(|value| matches!(value, "1" | "true" | "on"))
                        && attributes.get("type") == Some("paragraph")
                    {
                        styles.default = Some(id.clone());
                    }
                    open = Some((id, Style::default()));
                }
                XmlEvent::End("style") => {
                    styles.styles.extend(open.take());
                }
                XmlEvent::Start(name, attributes) => {
                    let Some((_, style)) = &mut open else { return Ok(()) };
                    match name {
                        "name" => style.name = attributes.value().unwrap_or_default().to_lowercase(),
                        "basedOn" => style.based_on = attributes.value().map(str::to_owned),
                        "outlineLvl" => style.outline = attributes.number("val"),
                        "numId" => style.list.id = attributes.value().map(str::to_owned),
                        "ilvl" => style.list.level = attributes.number("val"),
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

    /// The style and its ancestors, nearest first.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Style> {
        let first = id.or(self.default.as_deref()).and_then(|id| self.styles.get(id));
        let next = |style: &&Style| self.styles.get(style.based_on.as_deref()?);
        std::iter::successors(first, next).take(LONGEST_CHAIN)
    }

    /// The role of a paragraph of this style. Word keeps the English names of built-in styles in files of every language.
    pub(super) fn role(&self, id: Option<&str>) -> StyleRole {
        for style in self.chain(id) {
            let name = style.name.as_str();
            let level = name.strip_prefix("heading ").and_then(|level| level.trim().parse().ok());
            match name {
                _ if name.starts_with("toc heading") => return StyleRole::Heading(1),
                _ if name.starts_with("toc ") || name == "table of figures" => return StyleRole::Contents,
                "title" => return StyleRole::Heading(1),
                "quote" | "intense quote" | "block text" | "quotations" => return StyleRole::Quote,
                "caption" => return StyleRole::Caption,
                _ => {}
            }
            if let Some(level @ 1..=9) = level {
                return StyleRole::Heading(level);
            }
            match style.outline {
                Some(level @ 0..=8) => return StyleRole::Heading(level + 1),
                Some(_) => return StyleRole::Body,
                None => {}
            }
        }
        StyleRole::Body
    }

    /// The list of paragraphs of this style.
    pub(super) fn list(&self, id: Option<&str>) -> ListReference {
        let mut list = ListReference::default();
        for style in self.chain(id) {
            list.id = list.id.or_else(|| style.list.id.clone());
            list.level = list.level.or(style.list.level);
        }
        list
    }

    /// The ids of the style and its ancestors, nearest first.
    pub(super) fn ids(&self, id: Option<&str>) -> Vec<String> {
        let first = id.or(self.default.as_deref());
        let next = |id: &&str| self.styles.get(*id)?.based_on.as_deref();
        std::iter::successors(first, next).take(LONGEST_CHAIN).map(str::to_owned).collect()
    }

    /// True for a character style in superscript.
    pub(super) fn is_raised(&self, id: &str) -> bool {
        self.styles.contains_key(id) && self.chain(Some(id)).find_map(|style| style.raised).unwrap_or(false)
    }

    /// True for a character style of hidden text.
    pub(super) fn is_hidden(&self, id: &str) -> bool {
        self.styles.contains_key(id) && self.chain(Some(id)).find_map(|style| style.hidden).unwrap_or(false)
    }
}
