//! The lexicon while it is written.

use std::collections::HashMap;

use super::{LONGEST, Lexicon, MOST, Name, ONE, Page, SPELLED, TWO, TWO_BEGIN, pieces};
use crate::hash::{Quick, Short};

/// Stores texts, and gives numbers to strings that come again.
#[derive(Debug, Default)]
pub(crate) struct Coiner {
    /// The number of each short string; [`ONCE`] for what was seen a first time and is spelled until it comes again.
    short: HashMap<Short, u32, Quick>,
    /// Likewise of each longer one.
    long: HashMap<Box<str>, u32, Quick>,
    lexicon: Lexicon,
    /// How many strings are in the index by now.
    written: u32,
    /// How many are seen once.
    waiting: usize,
}

/// Instead of a number.
const ONCE: u32 = u32::MAX;
/// How many strings may wait to come again before they are forgotten.
const MOST_WAITING: usize = 1 << 19;

impl Coiner {
    /// Goes on with the lexicon of an index.
    pub(crate) fn new(lexicon: Lexicon) -> Self {
        let mut coiner = Self { written: lexicon.len(), ..Self::default() };
        for number in 0..lexicon.len() {
            let Some(string) = lexicon.get(number) else { continue };
            match Short::of(string) {
                Some(short) => coiner.short.insert(short, number),
                None => coiner.long.insert(string.into(), number),
            };
        }
        coiner.lexicon = lexicon;
        coiner
    }

    /// True once the shortest numbers are given away: the first texts are to be looked at together, so that they are
    /// given to the most frequent strings.
    pub(crate) fn knows_the_most_frequent(&self) -> bool {
        self.lexicon.len() >= ONE
    }

    /// Gives numbers to the most frequent of the strings that are not yet known.
    pub(crate) fn learn<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut counts: HashMap<&str, u32, Quick> = HashMap::default();
        for piece in texts.flat_map(pieces) {
            *counts.entry(piece).or_default() += 1;
        }
        let mut frequent: Vec<(u32, &str)> =
            counts.into_iter().filter(|(_, count)| *count > 1).map(|(piece, count)| (count, piece)).collect();
        frequent.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
        for (_, piece) in frequent.into_iter().take(TWO as usize) {
            // The first time it waits, the second time it is given a number.
            let _ = self.number(piece).is_some() || self.number(piece).is_some();
        }
    }

    /// The number of a string, if it has one by now.
    fn number(&mut self, string: &str) -> Option<u32> {
        if string.len() > LONGEST {
            return None;
        }
        let short = Short::of(string);
        let known = match &short {
            Some(short) => self.short.get_mut(short),
            None => self.long.get_mut(string),
        };
        if let Some(number) = known {
            if *number == ONCE {
                if self.lexicon.len() >= MOST {
                    return None;
                }
                *number = self.lexicon.len();
                self.lexicon.push(string);
                self.waiting -= 1;
            }
            return Some(*number);
        }
        if self.waiting == MOST_WAITING {
            self.short.retain(|_, number| *number != ONCE);
            self.long.retain(|_, number| *number != ONCE);
            self.waiting = 0;
        }
        match short {
            Some(short) => self.short.insert(short, ONCE),
            None => self.long.insert(string.into(), ONCE),
        };
        self.waiting += 1;
        None
    }

    /// A string as it is stored by itself.
    pub(crate) fn name<'a>(&mut self, string: &'a str) -> Name<'a> {
        self.number(string).map_or(Name::New(string), Name::Known)
    }

    /// Stores a text, behind whatever is there.
    pub(crate) fn text(&mut self, text: &str, stored: &mut Vec<u8>) {
        for piece in pieces(text) {
            match self.number(piece) {
                Some(number) if number < ONE => stored.push(number as u8),
                Some(number) if number < TWO => {
                    let number = number - ONE;
                    stored.extend([(ONE + (number >> 8)) as u8, number as u8]);
                }
                Some(number) => {
                    let number = number - TWO;
                    let begin = ONE + TWO_BEGIN + (number >> 16);
                    stored.extend([begin as u8, (number >> 8) as u8, number as u8]);
                }
                None => {
                    stored.push(SPELLED);
                    let mut length = piece.len();
                    // As postcard has it.
                    while length > 0x7f {
                        stored.push(length as u8 | 0x80);
                        length >>= 7;
                    }
                    stored.push(length as u8);
                    stored.extend_from_slice(piece.as_bytes());
                }
            }
        }
    }

    /// What is to be written with the next commit, if anything is.
    pub(crate) fn page(&self) -> Option<Page<'_>> {
        let new = self.written..self.lexicon.len();
        let strings: Vec<&str> = new.filter_map(|number| self.lexicon.get(number)).collect();
        Some(Page { first: self.written, strings }).filter(|page| !page.strings.is_empty())
    }

    /// Says that the page is part of the index.
    pub(crate) fn committed(&mut self) {
        self.written = self.lexicon.len();
    }
}
