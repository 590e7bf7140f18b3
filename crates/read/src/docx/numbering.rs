//! The lists of a Word file (ECMA-376 part 1, 17.9), and the labels of their paragraphs.
//!
//! Word stores no label, only how to count. A paragraph refers to a list (`num`) and a level. The list refers to a definition
//! (`abstractNum`) and may override its levels. Each level of a definition has a start, a number format and a text such as
//! `%1.%2`, in which `%2` is the current number of the second level. Lists of one definition share their counters, unless a
//! list overrides the start. A definition may also be borrowed from a list style (`numStyleLink` to `styleLink`).

use std::collections::{HashMap, HashSet};

use super::style::{ListReference, Styles};
use super::xml::{Property, for_each_event};
use crate::budget::Budget;
use crate::error::ReadError;
use crate::number_format::NumberFormat;
use crate::xml::XmlEvent;

/// The number of levels in a Word list.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<i64>,
    /// The number format, by Word's name: `decimal`, `bullet`, `none`.
    format: String,
    /// The text of the label: `%1.`, in which `%1` is the number of the first level.
    text: String,
    /// The paragraph style of this level.
    style: Option<String>,
    /// Legal numbering: the numbers of all levels are written in decimals.
    legal: bool,
    /// The one-based level after which this one restarts; 0 for never, `None` for any higher level.
    restart: Option<usize>,
}

/// Levels by their zero-based index.
type Levels = HashMap<u8, Level>;

/// A list (`num`): a definition with its overrides.
#[derive(Debug, Default)]
struct List {
    definition: String,
    /// Start overrides by level.
    starts: HashMap<u8, i64>,
    /// Level overrides.
    levels: Levels,
}

/// All lists, with their counters.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Levels>,
    /// For definitions that borrow another: the list style.
    links: HashMap<String, String>,
    /// The definition of each list style.
    styled: HashMap<String, String>,
    lists: HashMap<String, List>,
    /// The current number of each level, by definition.
    counters: HashMap<String, [Option<i64>; LEVELS]>,
    /// Lists and levels whose start override has been applied: it holds once.
    started: HashSet<(String, u8)>,
}

impl Numbering {
    pub(super) fn read(part: &[u8], budget: &Budget) -> Result<Self, ReadError> {
        let mut numbering = Self::default();
        let (mut definition, mut list, mut level) = (None::<String>, None::<String>, None::<u8>);
        let mut overridden = None::<u8>;
        for_each_event(part, budget, |event| {
            match event {
                XmlEvent::Start(name, attributes) => match name {
                    "abstractNum" => {
                        definition = attributes.get("abstractNumId").map(str::to_owned);
                        if let Some(id) = &definition {
                            numbering.definitions.entry(id.clone()).or_default();
                        }
                    }
                    "num" => list = attributes.get("numId").map(str::to_owned),
                    "lvl" => level = attributes.number("ilvl"),
                    "lvlOverride" => overridden = attributes.number("ilvl"),
                    "startOverride" => {
                        if let (Some(list), Some(level), Some(start)) =
                            (&list, overridden, attributes.number("val"))
                        {
                            numbering.lists.entry(list.clone()).or_default().starts.insert(level, start);
                        }
                    }
                    "abstractNumId" => {
                        if let (Some(list), Some(id)) = (&list, attributes.value()) {
                            numbering.lists.entry(list.clone()).or_default().definition = id.to_owned();
                        }
                    }
                    "numStyleLink" => {
                        numbering.links.extend(definition.clone().zip(attributes.value().map(str::to_owned)));
                    }
                    "styleLink" => {
                        numbering
                            .styled
                            .extend(attributes.value().map(str::to_owned).zip(definition.clone()));
                    }
                    _ => {
                        let levels = match (&list, &definition) {
                            (Some(list), _) => numbering.lists.get_mut(list).map(|list| &mut list.levels),
                            (None, Some(id)) => numbering.definitions.get_mut(id),
                            _ => None,
                        };
                        let (Some(levels), Some(level)) = (levels, level) else { return Ok(()) };
                        let level = levels.entry(level).or_default();
                        match name {
                            "start" => level.start = attributes.number("val"),
                            "numFmt" => level.format = attributes.value().unwrap_or_default().to_owned(),
                            "lvlText" => level.text = attributes.value().unwrap_or_default().to_owned(),
                            "pStyle" => level.style = attributes.value().map(str::to_owned),
                            "isLgl" => level.legal = attributes.is_on(),
                            "lvlRestart" => level.restart = attributes.number("val"),
                            _ => {}
                        }
                    }
                },
                XmlEvent::End("abstractNum") => definition = None,
                XmlEvent::End("num") => list = None,
                XmlEvent::End("lvl") => level = None,
                XmlEvent::End("lvlOverride") => overridden = None,
                _ => {}
            }
            Ok(())
        })?;
        Ok(numbering)
    }

    /// The label of the next paragraph, and its zero-based level; `None` if it is in no list. `style` is the style of the
    /// paragraph. Counts, so that paragraphs must come in order.
    pub(super) fn label(
        &mut self,
        reference: &ListReference,
        style: Option<&str>,
        styles: &Styles,
    ) -> Option<(String, u8)> {
        let id = reference.id.as_deref().filter(|id| *id != "0")?;
        let list = self.lists.get(id)?;
        let linked = self.links.get(&list.definition).and_then(|style| self.styled.get(style));
        let definition = linked.unwrap_or(&list.definition).clone();
        let levels = self.definitions.get(&definition)?;
        let level = reference.level.or_else(|| {
            // A style that names only the list is at the level that names the style.
            styles.ids(style).iter().find_map(|style| {
                levels.iter().find(|(_, level)| level.style.as_ref() == Some(style)).map(|(level, _)| *level)
            })
        });
        let level = level.unwrap_or(0).min(LEVELS as u8 - 1);
        let at = |level: u8| {
            list.levels.get(&level).filter(|own| !own.text.is_empty()).or_else(|| levels.get(&level))
        };
        let own = at(level)?;
        let start = |level: u8| {
            let own = at(level).and_then(|level| level.start);
            list.starts.get(&level).copied().or(own).unwrap_or(1)
        };
        let counters = self.counters.entry(definition).or_default();
        let index = usize::from(level);
        let restarts = list.starts.contains_key(&level) && self.started.insert((id.to_owned(), level));
        counters[index] = Some(match counters[index] {
            Some(number) if !restarts => number.saturating_add(1),
            _ => start(level),
        });
        for (below, counter) in counters.iter_mut().enumerate().skip(index + 1) {
            let restart = at(below as u8).and_then(|level| level.restart);
            if restart.is_none_or(|restart| restart > index) {
                *counter = None;
            }
        }
        let mut text = String::new();
        let mut template = own.text.chars().peekable();
        while let Some(character) = template.next() {
            // `%1` to `%9`.
            let digit = template.peek().and_then(|digit| digit.to_digit(10)).filter(|digit| *digit > 0);
            let (Some(digit), '%') = (digit, character) else {
                text.push(plain_bullet(character, &own.format));
                continue;
            };
            template.next();
            let level = (digit - 1) as u8;
            let number = counters[usize::from(level)].unwrap_or_else(|| start(level));
            let format = at(level).map_or("decimal", |level| level.format.as_str());
            text.push_str(&format_number(number, if own.legal { "decimal" } else { format }));
        }
        Some((text.trim().to_owned(), level))
    }
}

/// Replaces a bullet of the private use area, which only Symbol and Wingdings can show, by `•`.
fn plain_bullet(character: char, format: &str) -> char {
    if format == "bullet" && matches!(character, '\u{F000}'..='\u{F0FF}') { '•' } else { character }
}

/// Writes a number in one of Word's formats; unknown ones as decimals.
fn format_number(number: i64, format: &str) -> String {
    let format = match format {
        "lowerLetter" => NumberFormat::LowerLetter,
        "upperLetter" => NumberFormat::UpperLetter,
        "lowerRoman" => NumberFormat::LowerRoman,
        "upperRoman" => NumberFormat::UpperRoman,
        "decimalZero" if (0..10).contains(&number) => return format!("0{number}"),
        "none" | "bullet" => return String::new(),
        _ => NumberFormat::Decimal,
    };
    format.format(number)
}
