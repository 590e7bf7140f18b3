//! Checks that a query can be answered.

use crate::analyse::MAX_WORD;
use crate::error::{Fault, QueryError};
use crate::number_forms;
use crate::printed;
use crate::query::Query;
use crate::regex;
use crate::value;

/// How large a query may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// The largest text, in bytes; 16 KiB by default.
    pub bytes: usize,
    /// The deepest nesting of parts; 64 by default. Values over 256 are taken as 256, because queries are walked
    /// recursively and the stack is finite.
    pub depth: usize,
    /// The largest number of parts of the tree, words and operators alike, with names resolved; 20,000 by default.
    pub parts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 16 * 1024, depth: 64, parts: 20_000 }
    }
}

impl Limits {
    pub(crate) fn depth(&self) -> usize {
        self.depth.min(256)
    }
}

impl Query {
    /// Checks a query that was built by hand. Queries from the parser pass.
    ///
    /// # Errors
    ///
    /// The first fault: a word without letters, a phrase of gaps alone, a `NOT` inside a window, an invalid pattern,
    /// nesting that is too deep, too many parts. The span is the whole query as it displays.
    pub fn check(&self, limits: &Limits) -> Result<(), QueryError> {
        // Check the depth before anything recursive: normalising and printing a deep tree could overflow the stack.
        let too_deep = depth(self, limits.depth()).is_none();
        if too_deep {
            return Err(depth_fault(limits.depth()).at("", 0..0));
        }
        if !has_at_most(self, &mut limits.parts.clone()) {
            return Err(parts_fault(limits.parts).at("", 0..0));
        }
        let query = self.clone().normalised();
        tree(&query).and_then(|()| patterns(&query)).map_err(|fault| {
            let text = query.to_string();
            let end = text.len();
            fault.at(&text, 0..end)
        })
    }
}

/// The most regular expressions in one query, since each may take a megabyte when compiled.
const PATTERNS: usize = 64;

fn patterns(query: &Query) -> Result<(), Fault> {
    fn count(query: &Query) -> usize {
        usize::from(matches!(query, Query::Regex(_))) + parts(query).into_iter().map(count).sum::<usize>()
    }
    if count(query) > PATTERNS {
        let message = format!("the query has more than {PATTERNS} regular expressions");
        return Err(Fault::new(message, "use wildcards, or join some of them: /a|b/"));
    }
    Ok(())
}

/// The most numbers of a phrase that are looked for in several ways: each multiplies the phrases to look for.
const NUMBERS: usize = 3;

pub(crate) fn depth_fault(most: usize) -> Fault {
    Fault::new(format!("the query nests more than {most} deep"), "remove some of its brackets or operators")
}

pub(crate) fn parts_fault(most: usize) -> Fault {
    Fault::new(format!("the query has more than {most} parts"), "split it into several queries")
}

/// True if the tree has at most `left` parts; counts `left` down.
fn has_at_most(query: &Query, left: &mut usize) -> bool {
    let Some(fewer) = left.checked_sub(1) else { return false };
    *left = fewer;
    parts(query).into_iter().all(|part| has_at_most(part, left))
}

/// The depth of the tree; none if it is deeper than `most`.
fn depth(query: &Query, most: usize) -> Option<usize> {
    let most = most.checked_sub(1)?;
    // Stops at the first branch that is too deep, so the recursion is bounded by `most`.
    let mut deepest = 0;
    for part in parts(query) {
        deepest = deepest.max(depth(part, most)?);
    }
    Some(deepest + 1)
}

/// The direct children of a query.
fn parts(query: &Query) -> Vec<&Query> {
    match query {
        Query::Phrase(parts) | Query::And(parts) | Query::Or(parts) => parts.iter().collect(),
        Query::Not(part) | Query::Within { query: part, .. } => vec![part],
        Query::Near { left, right, .. }
        | Query::NotNear { left, right, .. }
        | Query::NotBeside { left, right, .. } => vec![left, right],
        _ => Vec::new(),
    }
}

fn tree(query: &Query) -> Result<(), Fault> {
    match query {
        Query::Gap => return Err(gap_fault()),
        Query::Phrase(parts) => return phrase(parts),
        Query::And(parts) | Query::Or(parts) if parts.is_empty() => {
            return Err(Fault::new("a group is empty", "give it a part, or leave it out"));
        }
        Query::Near { left, right, distance, .. }
        | Query::NotNear { left, right, distance }
        | Query::NotBeside { left, right, distance, .. } => {
            window(*distance)?;
            operand(left)?;
            operand(right)?;
        }
        Query::Named(name) => named(name)?,
        Query::Filter(filter) => value::check(&filter.field, &filter.value)?,
        Query::Word(_)
        | Query::Wildcard(_)
        | Query::Regex(_)
        | Query::Inflected(_)
        | Query::Fuzzy { .. }
        | Query::Number(_)
        | Query::NumberForms(_) => leaf(query)?,
        Query::Exact(text) => exact(text)?,
        _ => {}
    }
    parts(query).into_iter().try_for_each(tree)
}

pub(crate) fn gap_fault() -> Fault {
    Fault::new("a bare * is any one word of a phrase", "put it in a phrase, or write *:* for every paragraph")
}

pub(crate) fn window(distance: u32) -> Result<(), Fault> {
    if distance == 0 {
        return Err(Fault::new("nothing is within 0 words", "write w/1 for side by side"));
    }
    Ok(())
}

/// Checks the parts of a phrase: words, gaps, and alternatives of words.
pub(crate) fn phrase(parts: &[Query]) -> Result<(), Fault> {
    if parts.is_empty() {
        return Err(Fault::new("the phrase is empty", "write words between the quotation marks"));
    }
    if parts.iter().all(|part| matches!(part, Query::Gap)) {
        return Err(gap_fault());
    }
    if parts.iter().filter(|part| has_several_ways(part)).count() > NUMBERS {
        let message = format!("a phrase takes at most {NUMBERS} numbers with ~ or *");
        return Err(Fault::new(message, "write the others out"));
    }
    for part in parts {
        match part {
            Query::Gap => {}
            Query::Or(words) if !words.is_empty() => words.iter().try_for_each(alternative)?,
            Query::Exact(text) => exact_word(text)?,
            part => leaf(part)?,
        }
    }
    Ok(())
}

/// True for a part of a phrase that may stand in several ways.
fn has_several_ways(part: &Query) -> bool {
    match part {
        Query::NumberForms(_) => true,
        Query::Number(number) => number.contains('*'),
        Query::Or(words) => words.iter().any(has_several_ways),
        _ => false,
    }
}

fn alternative(word: &Query) -> Result<(), Fault> {
    match word {
        Query::Gap => Err(gap_fault()),
        Query::Phrase(_) | Query::NumberForms(_) => Err(alternative_fault()),
        Query::Number(number) if printed::words_of_number(number) != 1 => Err(alternative_fault()),
        Query::Exact(text) => exact_word(text),
        word => leaf(word),
    }
}

pub(crate) fn alternative_fault() -> Fault {
    Fault::new(
        "an alternative inside a phrase must be one word",
        "write the phrases out: \"a b\" OR \"a c d\"",
    )
}

/// Checks words as printed.
pub(crate) fn exact(text: &str) -> Result<(), Fault> {
    if printed::words_of_exact(text) == 0 {
        return Err(Fault::new(
            "there is no letter or digit here",
            "write the words as they are printed after the =",
        ));
    }
    Ok(())
}

/// Checks a word as printed inside a phrase.
fn exact_word(text: &str) -> Result<(), Fault> {
    exact(text)?;
    if !printed::is_bare_word(text) {
        return Err(Fault::new(
            "inside a phrase, = takes one word",
            "put = before the whole phrase: =\"Prevent duty\"",
        ));
    }
    Ok(())
}

/// Checks an operand of a window: a word, a phrase, or alternatives and windows of these.
pub(crate) fn operand(query: &Query) -> Result<(), Fault> {
    match query {
        Query::Or(parts) => parts.iter().try_for_each(operand),
        Query::Not(_) => Err(Fault::new(
            "a window cannot contain NOT",
            "for absence write `not w/5`: a not w/5 b finds a with no b near",
        )),
        Query::And(_) => Err(Fault::new(
            "a window cannot contain words that may be anywhere in the paragraph",
            "put w/5 or OR between these words too, or quotation marks around them",
        )),
        Query::Within { .. } => Err(Fault::new(
            "a window cannot contain a scope",
            "put the scope around the window: w/s(a w/5 b)",
        )),
        Query::Filter(_) | Query::All => Err(Fault::new(
            "a window contains words, not filters",
            "put the filter outside: kind:report (a w/5 b)",
        )),
        _ => Ok(()),
    }
}

/// Checks a part that matches single words.
pub(crate) fn leaf(query: &Query) -> Result<(), Fault> {
    match query {
        Query::Word(word) | Query::Inflected(word) => not_empty(word),
        Query::Wildcard(pattern) => wildcard(pattern),
        Query::Regex(pattern) => regex::check(pattern),
        Query::Fuzzy { word, distance } => fuzzy(word, u32::from(*distance)),
        Query::Number(number) if printed::words_of_number(number) == 0 => {
            Err(Fault::new("this is no number", "write a number with its signs: £1.2, 97%, 1,000"))
        }
        Query::Number(_) => Ok(()),
        Query::NumberForms(number) if number_forms::forms(number).is_empty() => {
            Err(Fault::new("this number is written in one way only", "leave the ~ out"))
        }
        Query::NumberForms(_) => Ok(()),
        _ => Err(Fault::new("a phrase has single words only", "put the other parts beside the phrase")),
    }
}

fn not_empty(word: &str) -> Result<(), Fault> {
    if word.is_empty() {
        return Err(Fault::new("there is no letter or digit here", "write a word"));
    }
    Ok(())
}

fn wildcard(pattern: &str) -> Result<(), Fault> {
    if pattern.trim_matches(['*', '?', '\'']).is_empty() {
        return Err(Fault::new("the pattern has no letter or digit", "give it at least one"));
    }
    if pattern.len() >= MAX_WORD {
        return Err(Fault::new("the pattern is longer than any word", "make it shorter"));
    }
    Ok(())
}

pub(crate) fn fuzzy(word: &str, distance: u32) -> Result<(), Fault> {
    not_empty(word)?;
    match distance {
        0 => Err(Fault::new("with no letter wrong this is the word itself", "leave %0 out")),
        // Otherwise every word of that length would match.
        1 | 2 if word.chars().count() > distance as usize => Ok(()),
        1 | 2 => Err(Fault::new("the word is too short for so many wrong letters", "leave the % out")),
        _ => Err(Fault::new("at most two letters can be wrong", "write %1 or %2")),
    }
}

pub(crate) fn named(name: &str) -> Result<(), Fault> {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    if name.is_empty() || !name.chars().all(allowed) {
        return Err(Fault::new(
            "a name has letters, digits, hyphens, underscores and full stops only",
            "write a name of the code book after the @",
        ));
    }
    Ok(())
}
