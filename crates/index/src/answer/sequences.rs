//! Words and sequences of words (n-grams), counted in one part of the corpus and in another.

mod gram;
mod levels;
mod parts;
mod side;
mod spread;
mod trie;
mod words;

use std::ops::{Range, RangeInclusive};

pub(crate) use self::gram::{Gram, Thresholds};
use self::levels::Levels;
use self::parts::Text;
pub(crate) use self::parts::{Parts, of_two};
pub(crate) use self::side::Side;
pub(crate) use self::spread::{Sizes, Spread};
use self::words::Words;
use crate::answer::collocates::is_content_word;
use crate::answer::concordance::{Line, line_at};
use crate::error::{Error, ErrorKind, Result};
use crate::interrupt::Interrupt;
use crate::search::compiled::CompiledQuery;
use crate::search::subcorpus::{ListedParagraph, Subcorpus};

/// The most words of a sequence.
pub(crate) const LONGEST: u8 = 8;

/// The words, or the sequences of words, of two parts that pass some thresholds.
///
/// Single words are counted from postings. Sequences need the words in order, which takes memory by the amount of text.
pub(crate) enum Sequences<'p> {
    Words(Words<'p>),
    Levels(Levels<'p>),
}

impl<'p> Sequences<'p> {
    /// Counts what two parts have, as seen from some sides. Returns the sequences of each side. A sequence does not go over the end of a
    /// sentence.
    ///
    /// # Errors
    /// Those of a search, and damage.
    pub(crate) fn count(
        compiled: &CompiledQuery,
        parts: &'p Parts,
        sides: &'p [Side],
        interrupt: &Interrupt,
    ) -> Result<Vec<Self>> {
        let options = &compiled.options;
        match &parts.text {
            Text::Unordered(subcorpus) => {
                let words = Words::count(options, subcorpus, &parts.parts, sides, interrupt)?;
                Ok(words.into_iter().map(Self::Words).collect())
            }
            Text::Ordered { forward, longest } => {
                let levels = |side| {
                    Levels::count(forward, &parts.parts, side, *longest, options, interrupt).map(Self::Levels)
                };
                sides.iter().map(levels).collect()
            }
        }
    }

    /// The sequences of `length` words, with their numbers.
    pub(crate) fn of_length(&self, length: usize) -> Box<dyn Iterator<Item = (u32, &Gram)> + '_> {
        match self {
            Self::Words(words) if length == 1 => Box::new(words.iter()),
            Self::Words(_) => Box::new(std::iter::empty()),
            Self::Levels(levels) => Box::new(levels.of_length(length)),
        }
    }

    /// True for a sequence that begins and ends with a word of content.
    pub(crate) fn is_of_content(&self, length: usize, gram: &Gram) -> bool {
        let words = self.words_of(length, gram);
        let is_content =
            |word: Option<&u32>| word.is_some_and(|word| is_content_word(self.subcorpus().word(*word)));
        is_content(words.first()) && is_content(words.last())
    }

    /// A sequence in words.
    pub(crate) fn spelled(&self, length: usize, gram: &Gram) -> String {
        let words = self.words_of(length, gram);
        words.iter().map(|word| self.subcorpus().word(*word)).collect::<Vec<_>>().join(" ")
    }

    /// How the reports of the target have each of some sequences, given by length and number.
    ///
    /// # Errors
    /// The search was cancelled, is past its deadline or over its limit of steps.
    pub(crate) fn spread(
        &self,
        sequences: &[(usize, u32)],
        interrupt: &mut Interrupt,
    ) -> Result<Vec<Spread>> {
        match self {
            Self::Words(words) => {
                let unknown = || Error::damaged("a word was counted and cannot be found");
                sequences.iter().map(|(_, word)| words.spread(*word).ok_or_else(unknown)).collect()
            }
            Self::Levels(levels) => levels.spread(sequences, interrupt),
        }
    }

    /// The numbers of the words of a sequence.
    fn words_of(&self, length: usize, gram: &Gram) -> Vec<u32> {
        match self {
            Self::Words(_) => vec![gram.last],
            Self::Levels(levels) => levels.words_of(length, gram),
        }
    }

    /// The paragraphs in which they are counted.
    pub(crate) fn subcorpus(&self) -> &'p Subcorpus {
        match self {
            Self::Words(words) => words.subcorpus(),
            Self::Levels(levels) => levels.subcorpus(),
        }
    }
}

/// The first occurrence of a spelled sequence in a paragraph that has it, with so many words of context on each side.
///
/// # Errors
/// [`Damaged`](ErrorKind::Damaged) if the paragraph cannot be read.
pub(crate) fn line(
    compiled: &CompiledQuery,
    paragraph: &ListedParagraph,
    spelled: &str,
    context: u32,
) -> Result<Option<Line>> {
    let address = (paragraph.source, paragraph.ordinal);
    line_at(&compiled.state, address, |text| first_of(text, spelled), [context; 2], spelled)
}

/// The first place of a spelled sequence in a text.
fn first_of(text: &quotable_query::Text, spelled: &str) -> Option<Range<u32>> {
    let sequence: Vec<&str> = spelled.split(' ').collect();
    let words: Vec<&str> = text.words().collect();
    text.sentences().into_iter().find_map(|sentence| {
        let words = words.get(sentence.start as usize..sentence.end as usize)?;
        let at = words.windows(sequence.len()).position(|words| words == sequence)?;
        let start = sentence.start + u32::try_from(at).ok()?;
        Some(start..start + u32::try_from(sequence.len()).ok()?)
    })
}

/// The longest of the lengths asked for.
///
/// # Errors
/// [`Invalid`](ErrorKind::Invalid) if there are no such sequences, or they are longer than [`LONGEST`].
pub(crate) fn longest(lengths: &RangeInclusive<u8>) -> Result<usize> {
    let (shortest, longest) = (*lengths.start(), *lengths.end());
    if shortest == 0 || longest < shortest || longest > LONGEST {
        let message = format!("sequences have from 1 to {LONGEST} words, the shorter length first");
        return Err(Error::new(ErrorKind::Invalid, message));
    }
    Ok(longest.into())
}
