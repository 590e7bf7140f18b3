//! Writes texts, and extends the lexicon by strings that recur.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::piece::{Piece, Pieces};
use super::short_string::ShortString;
use super::{
    Lexicon, LexiconPage, MAX_STRING_BYTES, MAX_STRINGS, SPELLED, StoredString, THREE_BYTES_FROM,
    TWO_BYTES_FROM, TWO_BYTES_LEADS,
};

/// Encodes texts. A string is given a number when it is seen for the second time: most strings of a corpus occur once,
/// and a number for each would fill the lexicon.
///
/// The maps hash with `foldhash`, seeded anew for each map, so that the words of a hostile file cannot be chosen to
/// collide.
#[derive(Debug, Default)]
pub(crate) struct LexiconWriter {
    /// Asked before the maps. Most pieces are in it.
    frequent: FrequentStrings,
    /// The number of each short string; [`SEEN_ONCE`] for one that is spelled until it is seen again.
    short: HashMap<ShortString, u32, RandomState>,
    /// The same for strings that are not short.
    long: HashMap<Box<str>, u32, RandomState>,
    lexicon: Lexicon,
    /// Number of strings that are committed.
    committed: u32,
    /// Number of strings marked [`SEEN_ONCE`].
    seen_once: usize,
}

/// A cache of the numbers of short strings, small enough (24 KiB) for the processor's first cache. Of the strings that
/// share a slot it keeps the one with the lowest number, since low numbers are those of frequent strings.
#[derive(Debug)]
struct FrequentStrings(Box<[(ShortString, u32)]>);

impl Default for FrequentStrings {
    fn default() -> Self {
        Self(vec![(ShortString::NONE, u32::MAX); 1 << Self::BITS].into())
    }
}

impl FrequentStrings {
    const BITS: u32 = 10;

    #[inline]
    fn number(&self, short: ShortString) -> Option<u32> {
        let (cached, number) = *self.0.get(short.slot(Self::BITS))?;
        (cached == short).then_some(number)
    }

    fn insert(&mut self, short: ShortString, number: u32) {
        if let Some(slot) = self.0.get_mut(short.slot(Self::BITS))
            && number < slot.1
        {
            *slot = (short, number);
        }
    }
}

/// In the place of a number: the string was seen once and has none yet.
const SEEN_ONCE: u32 = u32::MAX;
/// The most strings marked [`SEEN_ONCE`]. All are forgotten when there are more, which bounds the memory.
const MAX_SEEN_ONCE: usize = 1 << 19;

impl LexiconWriter {
    /// Continues the lexicon of an index.
    pub(crate) fn new(lexicon: Lexicon) -> Self {
        let mut lexicon_writer = Self { committed: lexicon.len(), ..Self::default() };
        for number in 0..lexicon.len() {
            // Only in a damaged summary; then the string is spelled or numbered again.
            let Some(string) = lexicon.get(number) else { continue };
            match ShortString::new(string) {
                Some(short) => lexicon_writer.short.insert(short, number),
                None => lexicon_writer.long.insert(string.into(), number),
            };
        }
        lexicon_writer.lexicon = lexicon;
        lexicon_writer
    }

    /// True once all numbers with codes of one byte are given. Until then, call [`train`](Self::train) before storing
    /// texts, so that the shortest codes go to the most frequent strings.
    pub(crate) fn is_trained(&self) -> bool {
        self.lexicon.len() >= TWO_BYTES_FROM
    }

    /// Gives numbers to the most frequent strings of `texts`, the most frequent first.
    pub(crate) fn train<'a>(&mut self, texts: impl Iterator<Item = &'a str>) {
        let mut counts: HashMap<&str, u32, RandomState> = HashMap::default();
        for piece in texts.flat_map(Pieces::new) {
            *counts.entry(piece.text).or_default() += 1;
        }
        let mut frequent: Vec<(u32, &str)> =
            counts.into_iter().filter(|(_, count)| *count > 1).map(|(piece, count)| (count, piece)).collect();
        frequent.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(other.1)));
        for (_, piece) in frequent.into_iter().take(THREE_BYTES_FROM as usize) {
            // The first call marks a new string as seen once, the second gives it a number.
            let short = ShortString::new(piece);
            let _ = self.number(piece, short).is_some() || self.number(piece, short).is_some();
        }
    }

    /// The number of a string. A string seen for the second time is given one.
    fn number(&mut self, string: &str, short: Option<ShortString>) -> Option<u32> {
        if let Some(short) = short {
            return self.frequent.number(short).or_else(|| {
                let number = self.look_up(string, Some(short))?;
                self.frequent.insert(short, number);
                Some(number)
            });
        }
        if string.len() > MAX_STRING_BYTES { None } else { self.look_up(string, None) }
    }

    fn look_up(&mut self, string: &str, short: Option<ShortString>) -> Option<u32> {
        let known = match &short {
            Some(short) => self.short.get_mut(short),
            None => self.long.get_mut(string),
        };
        if let Some(number) = known {
            if *number == SEEN_ONCE {
                if self.lexicon.len() >= MAX_STRINGS {
                    return None;
                }
                *number = self.lexicon.len();
                self.lexicon.push(string);
                self.seen_once -= 1;
            }
            return Some(*number);
        }
        if self.seen_once == MAX_SEEN_ONCE {
            self.short.retain(|_, number| *number != SEEN_ONCE);
            self.long.retain(|_, number| *number != SEEN_ONCE);
            self.seen_once = 0;
        }
        match short {
            Some(short) => self.short.insert(short, SEEN_ONCE),
            None => self.long.insert(string.into(), SEEN_ONCE),
        };
        self.seen_once += 1;
        None
    }

    /// The stored form of a string outside a text.
    pub(in crate::store) fn store_string<'a>(&mut self, string: &'a str) -> StoredString<'a> {
        let number = self.number(string, ShortString::new(string));
        number.map_or(StoredString::Spelled(string), StoredString::Number)
    }

    /// Appends the code of a piece of a text to `stored`. [`Lexicon::read`] decodes it.
    pub(in crate::store) fn store(&mut self, piece: &Piece<'_>, stored: &mut Vec<u8>) {
        match self.number(piece.text, piece.short) {
            Some(number) if number < TWO_BYTES_FROM => stored.push(number as u8),
            Some(number) if number < THREE_BYTES_FROM => {
                let number = number - TWO_BYTES_FROM;
                stored.extend_from_slice(&[(TWO_BYTES_FROM + (number >> 8)) as u8, number as u8]);
            }
            Some(number) => {
                let number = number - THREE_BYTES_FROM;
                let lead = TWO_BYTES_FROM + TWO_BYTES_LEADS + (number >> 16);
                stored.extend_from_slice(&[lead as u8, (number >> 8) as u8, number as u8]);
            }
            None => {
                stored.push(SPELLED);
                let mut length = piece.text.len();
                // A varint as postcard writes it: seven bits a byte, the lowest first.
                while length > 0x7f {
                    stored.push(length as u8 | 0x80);
                    length >>= 7;
                }
                stored.push(length as u8);
                stored.extend_from_slice(piece.text.as_bytes());
            }
        }
    }

    /// The strings to write with the next commit; `None` if there are none.
    pub(crate) fn new_page(&self) -> Option<LexiconPage<'_>> {
        Some(self.page_from(self.committed)).filter(|page| !page.strings.is_empty())
    }

    /// All strings, committed or not, in one page.
    pub(crate) fn whole_page(&self) -> LexiconPage<'_> {
        self.page_from(0)
    }

    fn page_from(&self, first: u32) -> LexiconPage<'_> {
        let strings = (first..self.lexicon.len()).filter_map(|number| self.lexicon.get(number)).collect();
        LexiconPage { first, strings }
    }

    /// Takes note that a commit has written the new strings.
    pub(crate) fn mark_committed(&mut self) {
        self.committed = self.lexicon.len();
    }
}
