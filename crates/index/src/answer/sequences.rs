//! Words and sequences of words (n-grams), counted in one part of the corpus and in another.

mod gram;
mod levels;
mod parts;
mod spread;
mod words;

use std::ops::RangeInclusive;

pub(crate) use self::gram::{Gram, Thresholds};
use self::levels::Levels;
use self::parts::Text;
pub(crate) use self::parts::{Parts, of_two};
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
    /// Counts what two parts have. A sequence does not go over the end of a sentence.
    ///
    /// # Errors
    /// Those of a search, and damage.
    pub(crate) fn count(
        compiled: &CompiledQuery,
        parts: &'p Parts,
        sizes: &Sizes,
        thresholds: Thresholds,
        interrupt: &Interrupt,
    ) -> Result<Self> {
        match &parts.text {
            Text::Unordered(subcorpus) => {
                Words::count(&compiled.options, subcorpus, parts, sizes, thresholds, interrupt)
                    .map(Self::Words)
            }
            Text::Ordered { forward, longest } => {
                Levels::count(forward, &parts.parts, *longest, thresholds, &compiled.options, interrupt)
                    .map(Self::Levels)
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

    /// For each of some sequences, given by length and number, how often each report of the target has it.
    ///
    /// # Errors
    /// The search was cancelled, is past its deadline or over its limit of steps.
    pub(crate) fn spread(
        &self,
        sequences: &[(usize, u32)],
        sizes: &Sizes,
        interrupt: &mut Interrupt,
    ) -> Result<Vec<Spread>> {
        match self {
            Self::Words(words) => {
                let unknown = || Error::damaged("a word was counted and cannot be found");
                sequences.iter().map(|(_, word)| words.spread(*word).ok_or_else(unknown)).collect()
            }
            Self::Levels(levels) => spread::of_sequences(levels, sequences, sizes, interrupt),
        }
    }

    /// The first occurrence of a sequence in a paragraph that has it, with so many words of context on each side.
    ///
    /// # Errors
    /// [`Damaged`](ErrorKind::Damaged) if the paragraph cannot be read.
    pub(crate) fn line(
        &self,
        compiled: &CompiledQuery,
        paragraph: &ListedParagraph,
        (length, number): (usize, u32),
        context: u32,
        name: &str,
    ) -> Result<Option<Line>> {
        let state = &compiled.state;
        let words_from = |start: u32| Some(start..start + u32::try_from(length).ok()?);
        let address = (paragraph.source, paragraph.ordinal);
        match self {
            Self::Words(words) => {
                let word = words.subcorpus().word(number);
                let find = |text: &quotable_query::Text| {
                    let at = text.words().position(|other| other == word)?;
                    words_from(u32::try_from(at).ok()?)
                };
                line_at(state, address, find, [context; 2], name)
            }
            Self::Levels(levels) => {
                let Some(start) = levels.find(paragraph, length, number) else { return Ok(None) };
                line_at(state, address, |_| words_from(start), [context; 2], name)
            }
        }
    }

    /// The numbers of the words of a sequence.
    fn words_of(&self, length: usize, gram: &Gram) -> Vec<u32> {
        match self {
            Self::Words(_) => vec![gram.last],
            Self::Levels(levels) => levels.words_of(length, gram),
        }
    }

    fn subcorpus(&self) -> &'p Subcorpus {
        match self {
            Self::Words(words) => words.subcorpus(),
            Self::Levels(levels) => levels.subcorpus(),
        }
    }
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
