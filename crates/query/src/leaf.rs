//! Parts of a query that match single words.

use std::ops::Range;

use frostem::{Algorithm, Stemmer};
use regex_automata::meta;
use regex_automata::{Anchored, Input};
use strsim::osa_distance;

use crate::check;
use crate::error::{Fault, QueryError};
use crate::glob::Glob;
use crate::printed::{self, Held};
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
    /// How the word must be printed, if not every way will do.
    held: Option<Held>,
}

#[derive(Clone)]
enum Test {
    /// The prefix is the word.
    Word,
    /// The pattern, and its letters after the last `*` or `?`.
    Wildcard(Glob, String),
    /// A pattern of words that begin with a digit.
    Number(Glob),
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
            Self::Number(_) => "Number",
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
    /// a fuzzy distance over 2, a number or text of several words, which [`all_of`](Self::all_of) takes.
    pub fn new(query: &Query) -> Result<Self, QueryError> {
        let query = query.clone().normalised();
        Self::compile(&query).map_err(|fault| whole(&query, fault))
    }

    /// Compiles the leaves of a part whose words stand side by side: one for each word of a [number](Query::Number) or of
    /// a [text as printed](Query::Exact), and a single one for any other leaf. Of a number with a `*` this is the shortest of
    /// its [ways](Self::ways_of).
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn all_of(query: &Query) -> Result<Vec<Self>, QueryError> {
        let query = query.clone().normalised();
        Self::compile_all(&query).map_err(|fault| whole(&query, fault))
    }

    /// Compiles the ways in which a part may stand as a run of words: for each of its words a leaf, or `None` where any word
    /// will do. A [number](Query::Number) with a `*` has several, since the star stands for points and commas too: `*%` is
    /// one word in 97% and two in 97.5%. Any other leaf has one, as by [`all_of`](Self::all_of).
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn ways_of(query: &Query) -> Result<Vec<Vec<Option<Self>>>, QueryError> {
        let query = query.clone().normalised();
        Self::compile_ways(&query).map_err(|fault| whole(&query, fault))
    }

    /// [`ways_of`](Self::ways_of) a query in its normal form.
    pub(crate) fn compile_ways(query: &Query) -> Result<Vec<Vec<Option<Self>>>, Fault> {
        let Query::Number(number) = query else {
            return Ok(vec![Self::compile_all(query)?.into_iter().map(Some).collect()]);
        };
        check::leaf(query)?;
        let ways = printed::ways(number);
        if ways.is_empty() {
            return Ok(vec![Self::compile_all(query)?.into_iter().map(Some).collect()]);
        }
        let leaf = |(word, held): (String, Held)| {
            let (prefix, test) = number_test(&word);
            Self { query: query.clone(), prefix, test, held: Some(held) }
        };
        Ok(ways.into_iter().map(|way| way.into_iter().map(|word| word.map(leaf)).collect()).collect())
    }

    /// [`all_of`](Self::all_of) a query in its normal form.
    pub(crate) fn compile_all(query: &Query) -> Result<Vec<Self>, Fault> {
        let (words, is_exact) = match query {
            Query::Number(number) => {
                check::leaf(query)?;
                (printed::held_number(number), false)
            }
            Query::Exact(text) => {
                check::exact(text)?;
                (printed::held_exact(text), true)
            }
            query => return Ok(vec![Self::compile(query)?]),
        };
        let single = words.len() == 1;
        let leaf = |(word, held): (String, Held)| {
            let own = match held.printed() {
                _ if single => query.clone(),
                Some(printed) if is_exact => Query::Exact(printed.to_owned()),
                _ => Query::Word(word.clone()),
            };
            let (prefix, test) = if is_exact { (word, Test::Word) } else { number_test(&word) };
            Self { query: own, prefix, test, held: Some(held) }
        };
        Ok(words.into_iter().map(leaf).collect())
    }

    /// Compiles a leaf that is in its normal form already.
    pub(crate) fn compile(query: &Query) -> Result<Self, Fault> {
        if matches!(query, Query::Number(_) | Query::Exact(_)) {
            let mut leaves = Self::compile_all(query)?;
            return match (leaves.pop(), leaves.is_empty()) {
                (Some(leaf), true) => Ok(leaf),
                _ => Err(several_words()),
            };
        }
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
                return Err(several_words());
            }
        };
        Ok(Self { query: query.clone(), prefix, test, held: None })
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

    /// True if the folded word is not enough: [`holds`](Self::holds) must be asked of each place too.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// True if the word at `bytes` of the original text, whose folded form [matches](Self::matches), is printed as the
    /// leaf asks.
    #[must_use]
    pub fn holds(&self, text: &str, bytes: Range<usize>) -> bool {
        self.held.as_ref().is_none_or(|held| held.holds(text, bytes))
    }

    /// True if the leaf matches `word`, which must be folded as by [`analyse`](crate::analyse).
    #[must_use]
    pub fn matches(&self, word: &str) -> bool {
        match &self.test {
            Test::Word => word == self.prefix,
            Test::Wildcard(glob, suffix) => {
                self.has_prefix(word) && (suffix.is_empty() || word.ends_with(suffix)) && glob.matches(word)
            }
            Test::Number(glob) => {
                word.starts_with(|c: char| c.is_ascii_digit()) && self.has_prefix(word) && glob.matches(word)
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

/// The literal prefix and the test of a word of a number.
fn number_test(word: &str) -> (String, Test) {
    match word.find(['*', '?']) {
        Some(first) => (word[..first].to_owned(), Test::Number(Glob::new(word))),
        None => (word.to_owned(), Test::Word),
    }
}

/// A fault of a leaf that stands alone.
fn whole(query: &Query, fault: Fault) -> QueryError {
    let text = query.to_string();
    let end = text.len();
    fault.at(&text, 0..end)
}

fn several_words() -> Fault {
    Fault::new(
        "this part does not match single words",
        "use a word, wildcard, regular expression, inflection or fuzzy word",
    )
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
