//! The pure matcher: what a query finds in the words of a paragraph.
//!
//! An occurrence is one interval of words. A word, phrase or window occurs as often as there are such intervals; of
//! a window only the minimal ones count, which hold no other. A disjunction gives its distinct intervals, a
//! conjunction those of its positive parts, and `NOT` gives none.

mod compile;
mod evaluate;
mod report;

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

/// A query made ready to be matched against any number of paragraphs, from any number of threads.
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

/// What a query finds in one text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Found {
    /// True if the text is a hit.
    pub matched: bool,
    /// The occurrences, distinct, by start and then end. They may overlap. None in a text that is matched for
    /// what it does not hold.
    pub occurrences: Vec<Span>,
    /// The words to be marked, ascending and apart: a window marks its parts and not the words between.
    pub marks: Vec<Span>,
}

/// Some words side by side, and the bytes of the original text from the first to the last.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Span {
    /// Zero-based word positions.
    pub words: Range<u32>,
    /// The bytes of the original text.
    pub bytes: Range<usize>,
}

/// Where the leaves of a query stand in one paragraph: all that matching needs to know of it.
///
/// [`Matcher::positions`] reads it off a text; an index reads it off its postings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Positions {
    /// How many words the paragraph holds.
    pub words: u32,
    /// The sentences as runs of words, which tile the paragraph. Asked only by sentence scopes.
    pub sentences: Vec<Range<u32>>,
    /// For each of [`Matcher::leaves`] the positions of the words that it matches, ascending.
    pub leaves: Vec<Vec<u32>>,
}

/// What an evaluation gives, in word positions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outcome {
    /// True if the query holds of the paragraph.
    pub holds: bool,
    /// True if the paragraph is a hit: the query holds, and not only for what stands elsewhere in its report.
    pub is_hit: bool,
    /// The occurrences, distinct and in order.
    pub occurrences: Vec<Interval>,
    /// What is to be marked, distinct and in order; may overlap. Only if asked for.
    pub marks: Vec<Interval>,
}

/// What the words of one paragraph cannot answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Condition<'q> {
    /// Is this known of the paragraph?
    Filter(&'q Filter),
    /// Does this hold of some paragraph of the same unit, a theme chunk or report? The query is a word, phrase or
    /// window, a filter, or a smaller scope: conjunctions and the like are asked part by part.
    Within {
        /// The unit.
        scope: Scope,
        /// What must hold somewhere in it.
        query: &'q Query,
    },
}

impl Matcher {
    /// Compiles a query.
    ///
    /// # Errors
    ///
    /// If the query is at fault, see [`Query::check`], or holds a name that is not [resolved](Query::resolved).
    pub fn new(query: &Query) -> Result<Self, QueryError> {
        // Trees put together from names may be deeper than what is typed.
        query.check(&Limits { depth: usize::MAX, ..Limits::default() })?;
        let query = query.clone().normalised();
        let mut compiler = Compiler::default();
        let root = compiler.node(&query).map_err(|fault| {
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

    /// The distinct parts that match single words, in the order in which [`Positions::leaves`] has them.
    #[must_use]
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// What the words of one paragraph cannot answer, in the order in which it is written; doubles are kept.
    #[must_use]
    pub fn conditions(&self) -> Vec<Condition<'_>> {
        let mut conditions = Vec::new();
        self.root.conditions(&mut conditions);
        conditions
    }

    /// Finds where the leaves stand in a text.
    #[must_use]
    pub fn positions(&self, text: &Text) -> Positions {
        let mut leaves = vec![Vec::new(); self.leaves.len()];
        for (position, word) in (0..).zip(text.words()) {
            for (leaf, positions) in self.leaves.iter().zip(&mut leaves) {
                if leaf.matches(word) {
                    positions.push(position);
                }
            }
        }
        Positions { words: text.word_count(), sentences: text.sentences(), leaves }
    }

    /// Matches one text by its words.
    ///
    /// What the words cannot answer (filters, and scopes wider than the paragraph) is taken to be decided in the
    /// text's favour: so a hit that was found by other means is shown with all that is to be seen in it. To decide
    /// these, use [`evaluate`](Self::evaluate) or [`find_in_report`](Self::find_in_report).
    #[must_use]
    pub fn find(&self, text: &Text) -> Found {
        let outcome = self.outcome(&self.positions(text), &|_, favour| favour, true);
        Found::of(&outcome, text)
    }

    /// Matches one text by its words and by what is known of it.
    #[must_use]
    pub fn find_if(&self, text: &Text, decide: impl Fn(Condition<'_>) -> bool) -> Found {
        Found::of(&self.outcome(&self.positions(text), &|condition, _| decide(condition), true), text)
    }

    /// Evaluates the query over positions from anywhere; marks nothing.
    #[must_use]
    pub fn evaluate(&self, paragraph: &Positions, decide: impl Fn(Condition<'_>) -> bool) -> Outcome {
        self.outcome(paragraph, &|condition, _| decide(condition), false)
    }
}

impl Found {
    fn of(outcome: &Outcome, text: &Text) -> Self {
        let span = |interval: Interval| Span {
            words: interval.positions(),
            bytes: text.bytes(interval.positions()),
        };
        let mut marks: Vec<Interval> = Vec::new();
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
