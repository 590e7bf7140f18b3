//! The one form of each query.

use crate::analyse::Words;
use crate::chars::is_space;
use crate::query::{Query, Value};

impl Query {
    /// The same query in its one form: words folded (a text of several is a phrase), conjunctions and
    /// disjunctions flat, groups of one opened. What the parser gives is in this form already, and
    /// [`Display`](std::fmt::Display) prints it, so that `parse(display(q))` is `q.normalised()`.
    ///
    /// What is at fault stays at fault (an empty phrase stays empty); see [`check`](Self::check).
    #[must_use]
    pub fn normalised(self) -> Self {
        match self {
            Self::Word(text) => spread(Words::new(&text), Self::Word, Self::Word),
            Self::Wildcard(pattern) => spread(Words::of_pattern(&pattern), pattern_word, pattern_word),
            Self::Regex(pattern) => Self::Regex(escape_slashes(&pattern)),
            Self::Inflected(text) => spread(Words::new(&text), Self::Word, Self::Inflected),
            Self::Fuzzy { word, distance } => {
                spread(Words::new(&word), Self::Word, |word| Self::Fuzzy { word, distance })
            }
            Self::Phrase(parts) => flat(
                parts,
                |part| if let Self::Phrase(parts) = part { Ok(parts) } else { Err(part) },
                Self::Phrase,
            ),
            Self::And(parts) => {
                flat(parts, |part| if let Self::And(parts) = part { Ok(parts) } else { Err(part) }, Self::And)
            }
            Self::Or(parts) => {
                flat(parts, |part| if let Self::Or(parts) = part { Ok(parts) } else { Err(part) }, Self::Or)
            }
            Self::Not(part) => Self::Not(inner(*part)),
            Self::Near { left, right, distance, ordered } => {
                Self::Near { left: inner(*left), right: inner(*right), distance, ordered }
            }
            Self::NotNear { left, right, distance } => {
                Self::NotNear { left: inner(*left), right: inner(*right), distance }
            }
            Self::Within { scope, query } => Self::Within { scope, query: inner(*query) },
            Self::Filter(mut filter) => {
                if let Value::Text(text) = &mut filter.value {
                    *text = text.trim_matches(is_space).to_owned();
                }
                Self::Filter(filter)
            }
            Self::Gap | Self::Named(_) | Self::All => self,
        }
    }
}

fn inner(part: Query) -> Box<Query> {
    Box::new(part.normalised())
}

/// A pattern of one word: a bare `*` is a gap, and what holds no wildcard is a word.
pub(crate) fn pattern_word(mut pattern: String) -> Query {
    while pattern.contains("**") {
        pattern = pattern.replace("**", "*");
    }
    match pattern.as_str() {
        "*" => Query::Gap,
        text if text.contains(['*', '?']) => Query::Wildcard(pattern),
        _ => Query::Word(pattern),
    }
}

/// The words of a leaf's text: the last is the leaf, those before it are plain.
fn spread(mut words: Words<'_>, plain: fn(String) -> Query, last: impl Fn(String) -> Query) -> Query {
    let mut all = Vec::new();
    while words.advance() {
        all.push(words.text().to_owned());
    }
    let Some(end) = all.pop() else { return last(String::new()) };
    if all.is_empty() {
        return last(end);
    }
    Query::Phrase(all.into_iter().map(plain).chain([last(end)]).collect())
}

fn flat(
    parts: Vec<Query>,
    open: fn(Query) -> Result<Vec<Query>, Query>,
    close: fn(Vec<Query>) -> Query,
) -> Query {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match open(part.normalised()) {
            Ok(parts) => all.extend(parts),
            Err(part) => all.push(part),
        }
    }
    match all.pop() {
        Some(only) if all.is_empty() => only,
        last => {
            all.extend(last);
            close(all)
        }
    }
}

/// `/` ends a pattern in the language, so inside one it is `\/`, which means the same.
fn escape_slashes(pattern: &str) -> String {
    let mut escaped = String::with_capacity(pattern.len());
    let mut after_backslash = false;
    for c in pattern.chars() {
        if c == '/' && !after_backslash {
            escaped.push('\\');
        }
        after_backslash = c == '\\' && !after_backslash;
        escaped.push(c);
    }
    escaped
}
