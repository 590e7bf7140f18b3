//! Words, phrases and windows of a query.

use quotable_index::Search;
use quotable_query::{Leaf, Query};

use super::QueryTarget;
use super::condition::{Run, Slot, Token, WordsTest};
use super::error::TranslateError;

/// The most words that an error lists.
const LISTED: usize = 20;
/// RE2 repeats no part of a pattern more often.
const FARTHEST: u32 = 1000;

pub(super) struct WordsReader<'r> {
    pub(super) search: &'r Search,
    pub(super) target: QueryTarget,
}

impl WordsReader<'_> {
    /// The test of a part that has occurrences.
    pub(super) fn test(&self, part: &Query) -> Result<WordsTest, TranslateError> {
        match part {
            Query::Near { left, right, distance, ordered } => {
                if *distance > FARTHEST {
                    let cure = format!("write w/{FARTHEST} or less, or leave the window out");
                    return Err(self.cannot(part, "words so far apart", cure));
                }
                let (left, right) = (self.operand(part, left)?, self.operand(part, right)?);
                Ok(WordsTest::Near { left, right, distance: *distance, ordered: *ordered })
            }
            Query::NotNear { .. } | Query::NotBeside { .. } => Err(self.cannot(
                part,
                "words without others near them",
                "count it with quotable; the engine can ask for both words (AND) or for one without the other in the \
                 paragraph (NOT), which is another question",
            )),
            part => self.run(part).map(WordsTest::Run),
        }
    }

    /// The runs of an operand of a window.
    fn operand(&self, window: &Query, part: &Query) -> Result<Vec<Run>, TranslateError> {
        let runs = match part {
            Query::Or(parts) => {
                let each: Vec<Vec<Run>> =
                    parts.iter().map(|part| self.operand(window, part)).collect::<Result<_, _>>()?;
                each.into_iter().flatten().collect()
            }
            Query::Near { .. } | Query::NotNear { .. } | Query::NotBeside { .. } => {
                return Err(self.cannot(
                    window,
                    "windows of windows",
                    "ask for each window by itself, with AND between",
                ));
            }
            part => vec![self.run(part)?],
        };
        let lengths = runs.iter().map(Vec::len);
        if lengths.clone().min() != lengths.max() {
            return Err(self.cannot(
                window,
                "alternatives of different lengths in a window",
                "write a window for each: (a w/5 b) OR (a w/5 \"c d\")",
            ));
        }
        Ok(runs)
    }

    fn run(&self, part: &Query) -> Result<Run, TranslateError> {
        match part {
            Query::Phrase(parts) => parts.iter().map(|slot| self.slot(part, slot)).collect(),
            part => Ok(vec![self.slot(part, part)?]),
        }
    }

    fn slot(&self, whole: &Query, part: &Query) -> Result<Slot, TranslateError> {
        Ok(match part {
            Query::Gap => Slot::Gap,
            Query::Or(parts) => {
                Slot::OneOf(parts.iter().map(|part| self.token(whole, part)).collect::<Result<_, _>>()?)
            }
            part => Slot::OneOf(vec![self.token(whole, part)?]),
        })
    }

    fn token(&self, whole: &Query, part: &Query) -> Result<Token, TranslateError> {
        let what = match part {
            Query::Word(word) => return Ok(Token::Word(word.clone())),
            Query::Wildcard(pattern) => return Ok(Token::Pattern(pattern.clone())),
            Query::Inflected(_) => "the inflections of a word",
            Query::Fuzzy { .. } => "words with wrong letters as quotable does",
            Query::Regex(_) => "regular expressions as quotable does",
            Query::Number(_) | Query::NumberForms(_) => {
                let cure = "look for the words of the number alone, in quotation marks and without its signs: \"16 17\"";
                return Err(self.cannot(whole, "the signs of a number, since its words have none", cure));
            }
            Query::Exact(_) => {
                let cure = "leave the = out, and look at what is found";
                return Err(self.cannot(
                    whole,
                    "words as they are printed, since its words are folded",
                    cure,
                ));
            }
            _ => return Err(self.cannot(whole, "this", "count it with quotable")),
        };
        let cure = match self.words_of(part)?.as_slice() {
            [] => "leave it out: no word of the reports matches".to_owned(),
            words if words.len() > LISTED => {
                format!(
                    "write a wildcard, or the words that you mean: quotable explains them with --explain ({} match)",
                    words.len()
                )
            }
            words => format!("write the words out: ({})", words.join(" OR ")),
        };
        Err(self.cannot(whole, what, cure))
    }

    /// The words of the corpus that a part matches.
    fn words_of(&self, part: &Query) -> Result<Vec<String>, TranslateError> {
        let Ok(leaf) = Leaf::new(part) else { return Ok(Vec::new()) };
        let words = self.search.snapshot().vocabulary()?.map(|count| count.word);
        Ok(words.filter(|word| leaf.matches(word)).take(1000).collect())
    }

    pub(super) fn cannot(&self, part: &Query, what: &str, cure: impl Into<String>) -> TranslateError {
        TranslateError::cannot(self.search.read_as(), part, self.target, what, cure)
    }
}
