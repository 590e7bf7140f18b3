//! The matcher: finds a query in the words of a paragraph, without an index.
//!
//! An occurrence is an interval of words. Words, phrases and windows give every interval that they match; of those of a
//! window only the minimal ones, which contain no other. A disjunction gives the distinct intervals of its parts, a
//! conjunction those of its positive parts, and `NOT` gives none.
//!
//! An index evaluates queries over postings, and is tested against this module.

mod compile;
mod evaluate;
mod report;

use std::collections::HashMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::compile::{Compiler, Node};
use crate::check::Limits;
use crate::error::QueryError;
use crate::interval::Interval;
use crate::leaf::Leaf;
use crate::query::{Filter, Query, Scope};
use crate::text::Text;

pub use self::report::Paragraph;

/// Leaves; up to so many, to compare each with each word of a text is faster than to look words up.
const FEW_LEAVES: usize = 16;

/// A compiled query, to match any number of paragraphs from any number of threads.
///
/// ```
/// use quotable_query::{Matcher, Query, Text};
///
/// let query: Query = "allocated w/3 (worker OR \"social work*\")".parse()?;
/// let text = "Most children are allocated a social worker; some wait.";
/// let found = Matcher::new(&query)?.find(&Text::new(text));
/// assert!(found.matched);
/// assert_eq!(&text[found.occurrences[0].bytes.clone()], "allocated a social worker");
/// let marks: Vec<_> = found.marks.iter().map(|mark| &text[mark.bytes.clone()]).collect();
/// assert_eq!(marks, ["allocated", "social worker"]);
/// # Ok::<(), quotable_query::QueryError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Matcher {
    query: Query,
    root: Node,
    leaves: Vec<Leaf>,
}

/// The matches of a query in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Found {
    /// True if the text is a hit.
    pub matched: bool,
    /// The occurrences, distinct and sorted by start, then end. They may overlap. Empty in a text that matches by filters
    /// or `NOT` alone.
    pub occurrences: Vec<Span>,
    /// The words to highlight, in order and without overlap: of a window its parts, not the words between.
    pub marks: Vec<Span>,
}

/// Consecutive words, and their bytes in the original text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Zero-based word positions.
    pub words: Range<u32>,
    /// The bytes from the start of the first word to the end of the last.
    pub bytes: Range<usize>,
}

/// The positions of the leaves of a query in one paragraph: all that matching needs of its text.
///
/// Made from a text by [`Matcher::positions`], or by an index from its postings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Positions {
    /// The number of words of the paragraph.
    pub words: u32,
    /// The sentences as ranges of words, consecutive and covering the paragraph. Only sentence scopes need them.
    pub sentences: Vec<Range<u32>>,
    /// The positions of the words that each of [`Matcher::leaves`] matches, ascending.
    pub leaves: Vec<Vec<u32>>,
}

/// The result of an evaluation, in word positions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// True if the query holds of the paragraph.
    pub holds: bool,
    /// True if the paragraph is a hit: the query holds, and not only by words in other paragraphs of its report.
    pub is_hit: bool,
    /// The occurrences, distinct and sorted.
    pub occurrences: Vec<Interval>,
    /// The words to highlight, distinct and sorted; may overlap. Empty if highlights were not asked for.
    pub marks: Vec<Interval>,
}

/// A condition that the words of one paragraph cannot decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Condition<'q> {
    /// The filter must match the paragraph.
    Filter(&'q Filter),
    /// The query must hold in some paragraph of the same unit, a theme chunk or report. It is a word, phrase or window, a
    /// filter, or a smaller scope: for other operators the condition is asked of each part.
    Within {
        /// The kind of unit.
        scope: Scope,
        /// The query that must hold in some paragraph of the unit.
        query: &'q Query,
    },
}

impl Matcher {
    /// Compiles a query.
    ///
    /// # Errors
    ///
    /// If the query is at fault (see [`Query::check`]) or has a name that is not [resolved](Query::resolved).
    pub fn new(query: &Query) -> Result<Self, QueryError> {
        // A query with resolved names may be deeper than one that is typed.
        query.check(&Limits { depth: usize::MAX, ..Limits::default() })?;
        let query = query.clone().normalised();
        let mut compiler = Compiler::default();
        let root = compiler.node(&query.clone().written_out()).map_err(|fault| {
            let text = query.to_string();
            let end = text.len();
            fault.at(&text, 0..end)
        })?;
        Ok(Self { query, root, leaves: compiler.leaves })
    }

    /// The query, in its normal form.
    #[must_use]
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The distinct parts that match single words, in the order of [`Positions::leaves`].
    #[must_use]
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// The conditions that words cannot decide, in the order in which they are written, with duplicates.
    #[must_use]
    pub fn conditions(&self) -> Vec<Condition<'_>> {
        let mut conditions = Vec::new();
        self.root.conditions(&mut conditions);
        conditions
    }

    /// Finds the positions of the leaves in a text.
    #[must_use]
    pub fn positions(&self, text: &Text) -> Positions {
        let mut leaves = vec![Vec::new(); self.leaves.len()];
        if self.leaves.len() > FEW_LEAVES {
            self.add_positions(text, &mut leaves);
            return Positions { words: text.word_count(), sentences: text.sentences(), leaves };
        }
        for (leaf, positions) in self.leaves.iter().zip(&mut leaves) {
            each_position(leaf, text, |position| positions.push(position));
        }
        Positions { words: text.word_count(), sentences: text.sentences(), leaves }
    }

    /// [`positions`](Self::positions) of many leaves: looks up exact words instead of comparing them, and compares each
    /// distinct word of the text with the patterns once.
    fn add_positions(&self, text: &Text, leaves: &mut [Vec<u32>]) {
        let mut exact: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut patterns = Vec::new();
        for (number, leaf) in self.leaves.iter().enumerate() {
            match leaf.exact() {
                Some(word) => exact.entry(word).or_default().push(number),
                None => patterns.push((number, leaf)),
            }
        }
        let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
        for (position, word) in (0..).zip(text.words()) {
            let numbers = known.entry(word).or_insert_with(|| {
                let mut numbers = exact.get(word).cloned().unwrap_or_default();
                numbers
                    .extend(patterns.iter().filter(|(_, leaf)| leaf.matches(word)).map(|(number, _)| number));
                numbers
            });
            for &number in numbers.iter() {
                let holds = |leaf: &Leaf| leaf.holds(text.original(), text.word_bytes(position));
                if let Some(positions) = leaves.get_mut(number)
                    && self.leaves.get(number).is_some_and(holds)
                {
                    positions.push(position);
                }
            }
        }
    }

    /// Matches one text by its words alone.
    ///
    /// Filters, and scopes wider than the paragraph, are decided so that the text matches. So a hit that was found by
    /// other means is shown with all its highlights. To decide them otherwise, use [`find_if`](Self::find_if) or
    /// [`find_in_report`](Self::find_in_report).
    #[must_use]
    pub fn find(&self, text: &Text) -> Found {
        self.found(text, &|_, positive| positive)
    }

    /// Matches one text by its words, and by what `decide` answers to the other conditions.
    #[must_use]
    pub fn find_if(&self, text: &Text, decide: impl Fn(Condition<'_>) -> bool) -> Found {
        self.found(text, &|condition, _| decide(condition))
    }

    fn found(&self, text: &Text, decide: evaluate::Decide<'_>) -> Found {
        match self.single_leaf() {
            Some(leaf) => Found::of_leaf(leaf, text),
            None => Found::of(&self.outcome(&self.positions(text), decide, true), text),
        }
    }

    /// The leaf that is the whole query, if it is one.
    fn single_leaf(&self) -> Option<&Leaf> {
        match self.root {
            Node::Spans(compile::Spans::Leaf(leaf)) => self.leaves.get(leaf),
            _ => None,
        }
    }

    /// Evaluates the query over positions, without highlights; `decide` answers the conditions.
    #[must_use]
    pub fn evaluate(&self, paragraph: &Positions, decide: impl Fn(Condition<'_>) -> bool) -> Outcome {
        self.outcome(paragraph, &|condition, _| decide(condition), false)
    }
}

/// Calls `each` with every position whose word a leaf matches.
fn each_position(leaf: &Leaf, text: &Text, mut each: impl FnMut(u32)) {
    let mut each_held = |position| {
        if leaf.holds(text.original(), text.word_bytes(position)) {
            each(position);
        }
    };
    match leaf.exact() {
        Some(word) => text.each_position(word, each_held),
        None => {
            let words = (0..).zip(text.words());
            words.filter(|(_, word)| leaf.matches(word)).for_each(|(position, _)| each_held(position));
        }
    }
}

impl Found {
    /// What a single leaf matches. Most queries are one word, and every hit of a search comes this way: to evaluate it as any other
    /// query took a twelfth of the time to fetch a hit, for lists with one entry.
    fn of_leaf(leaf: &Leaf, text: &Text) -> Self {
        let mut occurrences = Vec::new();
        each_position(leaf, text, |position| {
            occurrences.push(Span { words: position..position + 1, bytes: text.word_bytes(position) });
        });
        Self { matched: !occurrences.is_empty(), marks: occurrences.clone(), occurrences }
    }

    fn of(outcome: &Outcome, text: &Text) -> Self {
        let span = |interval: Interval| Span {
            words: interval.positions(),
            bytes: text.bytes(interval.positions()),
        };
        let mut marks: Vec<Interval> = Vec::new();
        // Marks of different parts may overlap: join them, since a highlighter cannot nest them.
        for &mark in &outcome.marks {
            match marks.last_mut() {
                Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
                _ => marks.push(mark),
            }
        }
        Self {
            matched: outcome.is_hit,
            occurrences: outcome.occurrences.iter().copied().map(span).collect(),
            marks: marks.into_iter().map(span).collect(),
        }
    }
}

#[cfg(test)]
mod tests;
