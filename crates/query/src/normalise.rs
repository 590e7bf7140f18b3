//! The normal form of queries.

use crate::analyse::Words;
use crate::number_forms;
use crate::printed;
use crate::query::{Query, Value};
use crate::value;

impl Query {
    /// The normal form of the query: words folded (a text of several words is a phrase), nested conjunctions and
    /// disjunctions flattened, groups of one part replaced by the part. The parser gives this form and
    /// [`Display`](std::fmt::Display) prints it, so `parse(display(q))` is `q.normalised()`.
    ///
    /// Faults are kept (an empty phrase stays empty), for [`check`](Self::check) to find.
    #[must_use]
    pub fn normalised(self) -> Self {
        match self {
            Self::Word(text) => fold_leaf(Words::new(&text), Self::Word, Self::Word),
            Self::Wildcard(pattern) => fold_leaf(Words::of_pattern(&pattern), pattern_word, pattern_word),
            Self::Regex(pattern) => Self::Regex(escape_slashes(&pattern)),
            Self::Inflected(text) => match number_forms::normal(&text) {
                Some(number) => Self::NumberForms(number),
                None => fold_leaf(Words::new(&text), Self::Word, Self::Inflected),
            },
            Self::NumberForms(text) => Self::NumberForms(number_forms::normal(&text).unwrap_or(text)),
            Self::Fuzzy { word, distance } => {
                fold_leaf(Words::new(&word), Self::Word, |word| Self::Fuzzy { word, distance })
            }
            Self::Number(text) => match printed::number(&text) {
                Some(number) => Self::Number(number),
                None => fold_leaf(Words::new(&text), Self::Word, Self::Word),
            },
            Self::Exact(text) => Self::Exact(printed::exact(&text)),
            Self::Phrase(parts) => flatten(
                parts,
                |part| if let Self::Phrase(parts) = part { Ok(parts) } else { Err(part) },
                Self::Phrase,
            ),
            Self::And(parts) => flatten(
                parts,
                |part| if let Self::And(parts) = part { Ok(parts) } else { Err(part) },
                Self::And,
            ),
            Self::Or(parts) => flatten(
                parts,
                |part| if let Self::Or(parts) = part { Ok(parts) } else { Err(part) },
                Self::Or,
            ),
            Self::Not(part) => Self::Not(boxed(*part)),
            Self::Near { left, right, distance, ordered } => {
                Self::Near { left: boxed(*left), right: boxed(*right), distance, ordered }
            }
            Self::NotNear { left, right, distance } => {
                Self::NotNear { left: boxed(*left), right: boxed(*right), distance }
            }
            Self::NotBeside { left, right, distance, side } => {
                Self::NotBeside { left: boxed(*left), right: boxed(*right), distance, side }
            }
            Self::Within { scope, query } => Self::Within { scope, query: boxed(*query) },
            Self::Filter(mut filter) => {
                if let Value::Text(text) = &mut filter.value {
                    *text = value::normal(&filter.field, text);
                }
                Self::Filter(filter)
            }
            Self::Gap | Self::Named(_) | Self::All => self,
        }
    }
}

fn boxed(part: Query) -> Box<Query> {
    Box::new(part.normalised())
}

/// A pattern of one word: a gap if it is a bare `*`, a word if it has no wildcard.
pub(crate) fn pattern_word(mut pattern: String) -> Query {
    // Each further star multiplies the ways to match, and none matches more.
    while pattern.contains("**") {
        pattern = pattern.replace("**", "*");
    }
    match pattern.as_str() {
        "*" => Query::Gap,
        text if text.contains(['*', '?']) => Query::Wildcard(pattern),
        _ => Query::Word(pattern),
    }
}

/// Folds the text of a leaf. If it has several words, the last becomes the leaf and those before it plain words of a
/// phrase.
fn fold_leaf(mut words: Words<'_>, plain: fn(String) -> Query, last: impl Fn(String) -> Query) -> Query {
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

/// Normalises the parts of a group, and puts the parts of nested groups of the same kind in their place.
fn flatten(
    parts: Vec<Query>,
    into_parts: fn(Query) -> Result<Vec<Query>, Query>,
    group: fn(Vec<Query>) -> Query,
) -> Query {
    let mut all = Vec::with_capacity(parts.len());
    for part in parts {
        match into_parts(part.normalised()) {
            Ok(parts) => all.extend(parts),
            Err(part) => all.push(part),
        }
    }
    // A group of one is the part itself; an empty group stays, as a fault to be found.
    match all.pop() {
        Some(only) if all.is_empty() => only,
        last => {
            all.extend(last);
            group(all)
        }
    }
}

/// Writes `/` as `\/`, which means the same: a bare `/` ends a regular expression in the query language.
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
