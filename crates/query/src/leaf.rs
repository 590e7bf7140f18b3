//! What one word of a query matches.

use frostem::{Algorithm, Stemmer};
use regex_automata::meta;
use regex_automata::{Anchored, Input};

use crate::check;
use crate::error::{Fault, QueryError};
use crate::query::Query;
use crate::regex;

/// A part of a query that matches single words, made ready: a word, wildcard, regular expression, inflection or
/// fuzzy word.
///
/// The matcher asks it of the words of a text and the index of the words of its vocabulary, so that both
/// expand a query alike.
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
    prefix: String,
    test: Test,
}

#[derive(Clone)]
enum Test {
    Word,
    /// The pattern, and what it ends with after the last sign for other letters.
    Wildcard(Vec<char>, String),
    Regex(meta::Regex),
    Inflected(Stemmer, String),
    Fuzzy(Vec<char>, usize),
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
    /// Makes a leaf of the query ready.
    ///
    /// # Errors
    ///
    /// If the query is not a leaf that matches one word, or is at fault: an empty word, a pattern that cannot be
    /// read or is too large, a fuzzy distance over 2.
    pub fn new(query: &Query) -> Result<Self, QueryError> {
        let query = query.clone().normalised();
        Self::compile(&query).map_err(|fault| {
            let text = query.to_string();
            let end = text.len();
            fault.at(&text, 0..end)
        })
    }

    /// As [`new`](Self::new), of a query in its normal form.
    pub(crate) fn compile(query: &Query) -> Result<Self, Fault> {
        check::leaf(query)?;
        let (prefix, test) = match query {
            Query::Word(word) => (word.clone(), Test::Word),
            Query::Wildcard(pattern) => {
                let prefix = pattern.split(['*', '?']).next().unwrap_or_default();
                let last = pattern.rsplit(['*', '?']).next().unwrap_or_default();
                (prefix.to_owned(), Test::Wildcard(pattern.chars().collect(), last.to_owned()))
            }
            Query::Regex(text) => (regex::literal_prefix(text), Test::Regex(regex::compile(text)?)),
            Query::Inflected(word) => {
                let stemmer = Stemmer::new(Algorithm::English);
                let stem = stemmer.stem(word).into_owned();
                (stem_prefix(&stem), Test::Inflected(stemmer, stem))
            }
            Query::Fuzzy { word, distance } => {
                (String::new(), Test::Fuzzy(word.chars().collect(), usize::from(*distance)))
            }
            _ => {
                return Err(Fault::new(
                    "this does not match single words",
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

    /// The one folded word that it matches, if it matches only one: then there is nothing to expand.
    #[must_use]
    pub fn exact(&self) -> Option<&str> {
        matches!(self.test, Test::Word).then_some(self.prefix.as_str())
    }

    /// What every word that it matches begins with; may be empty. Bounds the scan of a sorted vocabulary.
    #[must_use]
    pub fn literal_prefix(&self) -> &str {
        &self.prefix
    }

    /// True if it matches the word, which must be folded as [`analyse`](crate::analyse) folds.
    #[must_use]
    pub fn matches(&self, word: &str) -> bool {
        match &self.test {
            Test::Word => word == self.prefix,
            Test::Wildcard(pattern, last) => {
                self.may_match(word) && (last.is_empty() || word.ends_with(last)) && glob(pattern, word)
            }
            Test::Regex(regex) => {
                self.may_match(word) && regex.is_match(Input::new(word).anchored(Anchored::Yes))
            }
            Test::Inflected(stemmer, stem) => self.may_match(word) && stemmer.stem(word) == *stem,
            Test::Fuzzy(letters, distance) => within_edits(letters, word, *distance),
        }
    }

    /// Whether the word begins as all do that match.
    fn may_match(&self, word: &str) -> bool {
        // To compare nothing with nothing is strangely dear: what is read of an empty text stands nowhere, and the
        // processor stumbles over that.
        self.prefix.is_empty() || word.starts_with(&self.prefix)
    }
}

/// What a stem and all its inflections begin with. English endings replace at most the last two letters of a
/// stem (`dying`, `die`; `possibility`, `possibl`).
fn stem_prefix(stem: &str) -> String {
    let letters = stem.chars().count();
    stem.chars().take(letters.saturating_sub(2)).collect()
}

/// Matches a whole word with `*` (any letters, or none) and `?` (one letter).
fn glob(pattern: &[char], word: &str) -> bool {
    let (mut at, mut rest) = (0, word.chars());
    // Where the last star stands, and the letters it has not yet taken: going back to it alone is enough.
    let mut star: Option<(usize, std::str::Chars<'_>)> = None;
    loop {
        if pattern.get(at) == Some(&'*') {
            at += 1;
            star = Some((at, rest.clone()));
            continue;
        }
        match (pattern.get(at), rest.next()) {
            (None, None) => return true,
            (Some('?'), Some(_)) => at += 1,
            (Some(want), Some(letter)) if *want == letter => at += 1,
            _ => {
                let Some((after, mut left)) = star.take() else { return false };
                if left.next().is_none() {
                    return false;
                }
                (at, rest) = (after, left.clone());
                star = Some((after, left));
            }
        }
    }
}

/// How many letters must be added, taken out, changed, or swapped with a neighbour, no letter twice
/// (optimal string alignment).
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    edits_of(&a, &b)
}

fn within_edits(letters: &[char], word: &str, distance: usize) -> bool {
    let word: Vec<char> = word.chars().collect();
    letters.len().abs_diff(word.len()) <= distance && edits_of(letters, &word) <= distance
}

fn edits_of(a: &[char], b: &[char]) -> usize {
    let mut before_last = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    let mut row = vec![0; b.len() + 1];
    for (i, letter) in a.iter().enumerate() {
        row[0] = i + 1;
        for (j, other) in b.iter().enumerate() {
            let changed = last[j] + usize::from(letter != other);
            row[j + 1] = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == b[j - 1] && a[i - 1] == *other {
                row[j + 1] = row[j + 1].min(before_last[j - 1] + 1);
            }
        }
        std::mem::swap(&mut before_last, &mut last);
        std::mem::swap(&mut last, &mut row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests;
