//! The lexicon while it is written.

use std::collections::HashMap;

use super::piece::{Piece, Pieces};
use super::{LONGEST, Lexicon, MOST, Name, ONE, Page, SPELLED, TWO, TWO_BEGIN};
use crate::store::hash::{Quick, ShortString};

/// Stores texts, and gives numbers to strings that come again.
#[derive(Debug, Default)]
pub(crate) struct LexiconWriter {
    /// What most pieces are, looked at before the rest.
    frequent: Frequent,
    /// The number of each short string; [`ONCE`] for what was seen a first time and is spelled until it comes again.
    short: HashMap<ShortString, u32, Quick>,
    /// Likewise of each longer one.
    long: HashMap<Box<str>, u32, Quick>,
    lexicon: Lexicon,
    /// How many strings are in the index by now.
    written: u32,
    /// How many are seen once.
    waiting: usize,
}

/// The numbers of some short strings, few enough to stay at hand for the processor: of those that share a place, the
/// one with the least number, since these are the most frequent.
#[derive(Debug)]
struct Frequent(Box<[(ShortString, u32)]>);

impl Default for Frequent {
    fn default() -> Self {
        Self(vec![(ShortString::NONE, u32::MAX); 1 << Self::BITS].into())
    }
}

impl Frequent {
    const BITS: u32 = 10;

    #[inline]
    fn number(&self, short: ShortString) -> Option<u32> {
        let (there, number) = *self.0.get(short.place(Self::BITS))?;
        (there == short).then_some(number)
    }

    fn learn(&mut self, short: ShortString, number: u32) {
        if let Some(place) = self.0.get_mut(short.place(Self::BITS))
            && number < place.1
        {
            *place = (short, number);
        }
    }
}

/// Instead of a number.
const ONCE: u32 = u32::MAX;
/// How many strings may wait to come again before they are forgotten.
const MOST_WAITING: usize = 1 << 19;

impl LexiconWriter {
    /// Goes on with the lexicon of an index.
    pub(crate) fn new(lexicon: Lexicon) -> Self {
        let mut lexicon_writer = Self { written: lexicon.len(), ..Self::default() };
        for number in 0..lexicon.len() {
            let Some(string) = lexicon.get(number) else { continue };
            match ShortString::of(string) {
                Some(short) => lexicon_writer.short.insert(short, number),
                None => lexicon_writer.long.insert(string.into(), number),
            };
        }
        lexicon_writer.lexicon = lexicon;
        lexicon_writer
    }

    /// True once the shortest numbers are given away: the first texts are to be looked at together, so that they are
    /// given to the most frequent strings.
    pub(crate) fn knows_the_most_frequent(&self) -> bool {
        self.lexicon.len() >= ONE
    }

    /// Gives numbers to the most frequent of the strings that are not yet known.
    pub(crate) fn learn<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut counts: HashMap<&str, u32, Quick> = HashMap::default();
        for piece in texts.flat_map(Pieces::new) {
            *counts.entry(piece.text).or_default() += 1;
        }
        let mut frequent: Vec<(u32, &str)> =
            counts.into_iter().filter(|(_, count)| *count > 1).map(|(piece, count)| (count, piece)).collect();
        frequent.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
        for (_, piece) in frequent.into_iter().take(TWO as usize) {
            // The first time it waits, the second time it is given a number.
            let short = ShortString::of(piece);
            let _ = self.number(piece, short).is_some() || self.number(piece, short).is_some();
        }
    }

    /// The number of a string, if it has one by now.
    fn number(&mut self, string: &str, short: Option<ShortString>) -> Option<u32> {
        if let Some(short) = short {
            return self.frequent.number(short).or_else(|| {
                let number = self.look_up(string, Some(short))?;
                self.frequent.learn(short, number);
                Some(number)
            });
        }
        if string.len() > LONGEST { None } else { self.look_up(string, None) }
    }

    fn look_up(&mut self, string: &str, short: Option<ShortString>) -> Option<u32> {
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
        self.number(string, ShortString::of(string)).map_or(Name::New(string), Name::Known)
    }

    /// Stores a piece of a text, behind whatever is there.
    pub(crate) fn store(&mut self, piece: &Piece<'_>, stored: &mut Vec<u8>) {
        match self.number(piece.text, piece.short) {
            Some(number) if number < ONE => stored.push(number as u8),
            Some(number) if number < TWO => {
                let number = number - ONE;
                stored.extend_from_slice(&[(ONE + (number >> 8)) as u8, number as u8]);
            }
            Some(number) => {
                let number = number - TWO;
                let begin = ONE + TWO_BEGIN + (number >> 16);
                stored.extend_from_slice(&[begin as u8, (number >> 8) as u8, number as u8]);
            }
            None => {
                stored.push(SPELLED);
                let mut length = piece.text.len();
                // As postcard has it.
                while length > 0x7f {
                    stored.push(length as u8 | 0x80);
                    length >>= 7;
                }
                stored.push(length as u8);
                stored.extend_from_slice(piece.text.as_bytes());
            }
        }
    }

    /// What is to be written with the next commit, if anything is.
    pub(crate) fn page(&self) -> Option<Page<'_>> {
        Some(self.from(self.written)).filter(|page| !page.strings.is_empty())
    }

    /// All strings, those that are to be written too.
    pub(crate) fn whole(&self) -> Page<'_> {
        self.from(0)
    }

    fn from(&self, first: u32) -> Page<'_> {
        let strings = (first..self.lexicon.len()).filter_map(|number| self.lexicon.get(number)).collect();
        Page { first, strings }
    }

    /// Says that the page is part of the index.
    pub(crate) fn committed(&mut self) {
        self.written = self.lexicon.len();
    }
}
