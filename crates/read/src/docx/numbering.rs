//! The lists of a Word file: what is printed before each of their paragraphs.

use std::collections::{HashMap, HashSet};

use super::style::{Numbered, Styles};
use super::xml::{Piece, walk};
use crate::budget::Budget;
use crate::error::ReadError;
use crate::number_format::Numeral;

/// Word knows nine levels.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<i64>,
    /// The form of the number, by Word's name: `decimal`, `bullet`, `none`.
    form: String,
    /// What is printed: `%1.`, where `%1` stands for the number of the first level.
    text: String,
    /// The paragraph style that this level is for.
    style: Option<String>,
    /// Legal numbering: the numbers of the levels above are printed in decimals.
    legal: bool,
    /// One-based level after which this one begins anew; 0 for never.
    restart: Option<usize>,
}

type Levels = HashMap<u8, Level>;

/// A list as the document uses it.
#[derive(Debug, Default)]
struct List {
    definition: String,
    starts: HashMap<u8, i64>,
    levels: Levels,
}

/// All lists, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    definitions: HashMap<String, Levels>,
    /// Definitions that are given by a style of lists.
    links: HashMap<String, String>,
    styled: HashMap<String, String>,
    lists: HashMap<String, List>,
    /// Lists of one definition count on from one another.
    counters: HashMap<String, [Option<i64>; LEVELS]>,
    started: HashSet<(String, u8)>,
}

impl Numbering {
    pub(super) fn read(part: &[u8], budget: &Budget) -> Result<Self, ReadError> {
        let mut numbering = Self::default();
        let (mut definition, mut list, mut level) = (None::<String>, None::<String>, None::<u8>);
        let mut overridden = None::<u8>;
        walk(part, budget, |piece| {
            match piece {
                Piece::Start(name, attributes) => match name {
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
                            "numFmt" => level.form = attributes.value().unwrap_or_default().to_owned(),
                            "lvlText" => level.text = attributes.value().unwrap_or_default().to_owned(),
                            "pStyle" => level.style = attributes.value().map(str::to_owned),
                            "isLgl" => level.legal = attributes.is_on(),
                            "lvlRestart" => level.restart = attributes.number("val"),
                            _ => {}
                        }
                    }
                },
                Piece::End("abstractNum") => definition = None,
                Piece::End("num") => list = None,
                Piece::End("lvl") => level = None,
                Piece::End("lvlOverride") => overridden = None,
                _ => {}
            }
            Ok(())
        })?;
        Ok(numbering)
    }

    /// What is printed before the next paragraph of a list, and its level (zero-based); `None` if it is in no list.
    /// Paragraphs must be asked for in their order. `style` is that of the paragraph.
    pub(super) fn label(
        &mut self,
        numbered: &Numbered,
        style: Option<&str>,
        styles: &Styles,
    ) -> Option<(String, u8)> {
        let id = numbered.list.as_deref().filter(|id| *id != "0")?;
        let list = self.lists.get(id)?;
        let linked = self.links.get(&list.definition).and_then(|style| self.styled.get(style));
        let definition = linked.unwrap_or(&list.definition).clone();
        let levels = self.definitions.get(&definition)?;
        let level = numbered.level.or_else(|| {
            // A style that names a list alone stands at the level that names the style.
            styles.identifiers(style).iter().find_map(|style| {
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
        let begins = list.starts.contains_key(&level) && self.started.insert((id.to_owned(), level));
        counters[index] = Some(match counters[index] {
            Some(number) if !begins => number.saturating_add(1),
            _ => start(level),
        });
        for (below, counter) in counters.iter_mut().enumerate().skip(index + 1) {
            let restart = at(below as u8).and_then(|level| level.restart);
            if restart.is_none_or(|restart| restart > index) {
                *counter = None;
            }
        }
        let mut text = String::new();
        let mut letters = own.text.chars().peekable();
        while let Some(letter) = letters.next() {
            let place = letters.peek().and_then(|digit| digit.to_digit(10)).filter(|place| *place > 0);
            let (Some(place), '%') = (place, letter) else {
                text.push(shown(letter, &own.form));
                continue;
            };
            letters.next();
            let place = (place - 1) as u8;
            let number = counters[usize::from(place)].unwrap_or_else(|| start(place));
            let form = at(place).map_or("decimal", |level| level.form.as_str());
            text.push_str(&printed(number, if own.legal { "decimal" } else { form }));
        }
        Some((text.trim().to_owned(), level))
    }
}

/// A bullet that only Word's own fonts draw is shown as a plain one.
fn shown(letter: char, form: &str) -> char {
    if form == "bullet" && matches!(letter, '\u{F000}'..='\u{F0FF}') { '•' } else { letter }
}

fn printed(number: i64, form: &str) -> String {
    let form = match form {
        "lowerLetter" => Numeral::Letter,
        "upperLetter" => Numeral::Capital,
        "lowerRoman" => Numeral::Roman,
        "upperRoman" => Numeral::CapitalRoman,
        "decimalZero" if (0..10).contains(&number) => return format!("0{number}"),
        "none" | "bullet" => return String::new(),
        _ => Numeral::Decimal,
    };
    form.of(number)
}
