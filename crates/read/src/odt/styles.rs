//! The styles of an OpenDocument file that matter to its text: what a paragraph is, what is raised, what is hidden.

use std::collections::HashMap;

use super::WHAT;
use super::lists::{Level, ListStyle};
use crate::budget::Budget;
use crate::error::ReadError;
use crate::number_format::NumberFormat;
use crate::xml::{Attributes, XmlEvent, for_each_event};

/// A style of paragraphs or of text.
#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    list: Option<String>,
    raised: Option<bool>,
    hidden: Option<bool>,
}

/// What the style of a paragraph says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StyleRole {
    Title,
    Quote,
    Caption,
    Body,
}

/// All styles, by name.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    pub(super) lists: HashMap<String, ListStyle>,
    /// The numbers of headings.
    pub(super) outline: ListStyle,
}

/// The longest chain of styles; a longer one is a circle.
const LONGEST_CHAIN: usize = 32;

impl Styles {
    /// Adds the styles of a part.
    pub(super) fn read(&mut self, part: &[u8], budget: &Budget) -> Result<(), ReadError> {
        let mut open: Option<(String, Style)> = None;
        // The open list style; an empty name is that of headings.
        let mut list: Option<(String, ListStyle)> = None;
        for_each_event(part, budget, WHAT, |event| {
            match event {
                XmlEvent::Start("style", attributes) => {
                    let name = attributes.get("name").unwrap_or_default().to_owned();
                    let parent = attributes.get("parent-style-name").map(str::to_owned);
                    let list = attributes.get("list-style-name").map(str::to_owned);
                    open = Some((name, Style { parent, list, ..Style::default() }));
                }
                XmlEvent::End("style") => self.styles.extend(open.take()),
                XmlEvent::Start("text-properties", attributes) => {
                    if let Some((_, style)) = &mut open {
                        let position = attributes.get("text-position");
                        style.raised = position.map(is_raised);
                        style.hidden = attributes.get("display").map(|display| display == "none");
                    }
                }
                XmlEvent::Start("list-style", attributes) => {
                    list =
                        Some((attributes.get("name").unwrap_or_default().to_owned(), ListStyle::default()));
                }
                XmlEvent::Start("outline-style", _) => list = Some((String::new(), ListStyle::default())),
                XmlEvent::End("list-style") => self.lists.extend(list.take()),
                XmlEvent::End("outline-style") => {
                    self.outline = list.take().map(|(_, style)| style).unwrap_or_default();
                }
                XmlEvent::Start(
                    name @ ("list-level-style-number" | "list-level-style-bullet" | "outline-level-style"),
                    attributes,
                ) => {
                    if let Some((_, list)) = &mut list {
                        let number = attributes.number::<usize>("level").unwrap_or(1);
                        list.set(number, level(name, attributes));
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(())
    }

    /// The style and its ancestors, nearest first, each with its name.
    fn chain<'s>(&'s self, name: Option<&'s str>) -> impl Iterator<Item = (&'s str, Option<&'s Style>)> {
        let of = |name: &'s str| (name, self.styles.get(name));
        let next = move |(_, style): &(&'s str, Option<&'s Style>)| {
            style.and_then(|style| style.parent.as_deref()).map(of)
        };
        std::iter::successors(name.map(of), next).take(LONGEST_CHAIN)
    }

    /// The role of a paragraph of this style. The names of built-in styles are English in files of every language.
    pub(super) fn role(&self, name: Option<&str>) -> StyleRole {
        for (name, _) in self.chain(name) {
            match name {
                "Title" => return StyleRole::Title,
                "Quotations" | "Quote" | "Intense_20_Quote" => return StyleRole::Quote,
                "Caption" | "Illustration" | "Figure" => return StyleRole::Caption,
                _ => {}
            }
        }
        StyleRole::Body
    }

    /// The list style of a paragraph style.
    pub(super) fn list<'s>(&'s self, name: Option<&'s str>) -> Option<&'s str> {
        self.chain(name).find_map(|(_, style)| style?.list.as_deref()).filter(|list| !list.is_empty())
    }

    /// True for a style of text in superscript.
    pub(super) fn is_raised(&self, name: &str) -> bool {
        self.chain(Some(name)).find_map(|(_, style)| style?.raised).unwrap_or(false)
    }

    /// True for a style of hidden text.
    pub(super) fn is_hidden(&self, name: &str) -> bool {
        self.chain(Some(name)).find_map(|(_, style)| style?.hidden).unwrap_or(false)
    }
}

/// `super 58%`, `33% 58%`.
fn is_raised(position: &str) -> bool {
    let first = position.split_whitespace().next().unwrap_or_default();
    first == "super" || first.trim_end_matches('%').parse::<f32>().is_ok_and(|percent| percent > 0.0)
}

/// One level of a list style.
fn level(name: &str, attributes: &Attributes) -> Level {
    if name == "list-level-style-bullet" {
        return Level::Bullet;
    }
    let format = match attributes.get("num-format") {
        Some("1") => NumberFormat::Decimal,
        Some("a") => NumberFormat::LowerLetter,
        Some("A") => NumberFormat::UpperLetter,
        Some("i") => NumberFormat::LowerRoman,
        Some("I") => NumberFormat::UpperRoman,
        _ => return Level::None,
    };
    Level::Number {
        format,
        prefix: attributes.get("num-prefix").unwrap_or_default().to_owned(),
        suffix: attributes.get("num-suffix").unwrap_or_default().to_owned(),
        start: attributes.number("start-value").unwrap_or(1),
        shown: attributes.number("display-levels").unwrap_or(1),
    }
}
