//! Parts of a query that match single words.

use frostem::{Algorithm, Stemmer};
use regex_automata::meta;
use regex_automata::{Anchored, Input};
use strsim::osa_distance;

use crate::check;
use crate::error::{Fault, QueryError};
use crate::glob::Glob;
use crate::query::Query;
use crate::regex;

/// A compiled part of a query that matches single words: a word, wildcard, regular expression, inflection or fuzzy
/// word.
///
/// The matcher tests the words of a text with it, and an index the words of its vocabulary, so that both expand a query
/// alike.
///
/// ```
/// use quotable_query::{Leaf, Query};
///
/// let leaf = Leaf::new(&Query::wildcard("unalloc*"))?;
/// assert_eq!(leaf.literal_prefix(), "unalloc");
/// assert!(leaf.matches("unallocated"));
/// # Ok::<(), quotable_query::QueryError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Leaf {
    query: Query,
    /// The literal prefix of all matches.
    prefix: String,
    test: Test,
}

#[derive(Clone)]
enum Test {
    /// The prefix is the word.
    Word,
    /// The pattern, and its letters after the last `*` or `?`.
    Wildcard(Glob, String),
    Regex(meta::Regex),
    /// The stem.
    Inflected(Stemmer, String),
    /// The word, its number of characters, and the most edits.
    Fuzzy(String, usize, usize),
}

impl std::fmt::Debug for Test {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Word => "Word",
            Self::Wildcard(..) => "Wildcard",
            Self::Regex(_) => "Regex",
            Self::Inflected(..) => "Inflected",
            Self::Fuzzy(..) => "Fuzzy",
        })
    }
}

impl Leaf {
    /// Compiles a leaf of a query.
    ///
    /// # Errors
    ///
    /// If the query does not match single words, or is at fault: an empty word, a pattern that is invalid or too large,
    /// a fuzzy distance over 2.
    pub fn new(query: &Query) -> Result<Self, QueryError> {
        let query = query.clone().normalised();
        Self::compile(&query).map_err(|fault| {
            let text = query.to_string();
            let end = text.len();
            fault.at(&text, 0..end)
        })
    }

    /// Compiles a leaf that is in its normal form already.
    pub(crate) fn compile(query: &Query) -> Result<Self, Fault> {
        // The leaf may come from a query that was never checked.
        check::leaf(query)?;
        let (prefix, test) = match query {
            Query::Word(word) => (word.clone(), Test::Word),
            Query::Wildcard(pattern) => {
                let (first, last) = (pattern.find(['*', '?']), pattern.rfind(['*', '?']));
                let prefix = &pattern[..first.unwrap_or(pattern.len())];
                let suffix = &pattern[last.map_or(0, |at| at + 1)..];
                (prefix.to_owned(), Test::Wildcard(Glob::new(pattern), suffix.to_owned()))
            }
            Query::Regex(text) => (regex::literal_prefix(text), Test::Regex(regex::compile(text)?)),
            Query::Inflected(word) => {
                let stemmer = Stemmer::new(Algorithm::English);
                let stem = stemmer.stem(word).into_owned();
                (stem_prefix(&stem), Test::Inflected(stemmer, stem))
            }
            Query::Fuzzy { word, distance } => {
                (String::new(), Test::Fuzzy(word.clone(), word.chars().count(), usize::from(*distance)))
            }
            _ => {
                return Err(Fault::new(
                    "this part does not match single words",
                    "use a word, wildcard, regular expression, inflection or fuzzy word",
                ));
            }
        };
        Ok(Self { query: query.clone(), prefix, test })
    }

    /// The part of the query, in its normal form.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The folded word, if the leaf matches only one word; then there is nothing to expand.
    #[must_use]
    pub fn exact(&self) -> Option<&str> {
        matches!(self.test, Test::Word).then_some(self.prefix.as_str())
    }

    /// The prefix of every word that the leaf matches; may be empty. Bounds the scan of a sorted vocabulary.
    #[must_use]
    pub fn literal_prefix(&self) -> &str {
        &self.prefix
    }

    /// True if the leaf matches `word`, which must be folded as by [`analyse`](crate::analyse).
    #[must_use]
    pub fn matches(&self, word: &str) -> bool {
        match &self.test {
            Test::Word => word == self.prefix,
            Test::Wildcard(glob, suffix) => {
                self.has_prefix(word) && (suffix.is_empty() || word.ends_with(suffix)) && glob.matches(word)
            }
            Test::Regex(regex) => {
                self.has_prefix(word) && regex.is_match(Input::new(word).anchored(Anchored::Yes))
            }
            Test::Inflected(stemmer, stem) => self.has_prefix(word) && stemmer.stem(word) == *stem,
            Test::Fuzzy(wanted, letters, distance) => within_edits(wanted, *letters, word, *distance),
        }
    }

    /// True if the word has the prefix of all matches.
    fn has_prefix(&self, word: &str) -> bool {
        // Skip the compare for an empty prefix: it measured slow.
        self.prefix.is_empty() || word.starts_with(&self.prefix)
    }
}

/// The common prefix of a stem and its inflections. English endings replace at most the last two letters of a stem
/// (`dying`, `die`; `possibility`, `possibl`).
fn stem_prefix(stem: &str) -> String {
    let letters = stem.chars().count();
    stem.chars().take(letters.saturating_sub(2)).collect()
}

/// True if `word` is at most `distance` edits from `wanted`, which has `letters` characters: letters added, removed,
/// changed, or swapped with a neighbour, none edited twice (optimal string alignment).
fn within_edits(wanted: &str, letters: usize, word: &str, distance: usize) -> bool {
    letters.abs_diff(word.chars().count()) <= distance && osa_distance(wanted, word) <= distance
}

#[cfg(test)]
mod tests;
