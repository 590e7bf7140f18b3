//! The query tree.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::origin::Origin;

/// A query: what must be found. Built by [`parse`](str::parse) or by hand.
///
/// The parser gives words folded. A tree built by hand may hold them as typed: its
/// [normal form](Query::normalised), which is what is matched and printed, folds them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Query {
    /// One word, folded.
    Word(String),
    /// One word by a pattern: `*` any letters, `?` one letter; folded.
    Wildcard(String),
    /// One word by a regular expression over the folded word, matched whole.
    Regex(String),
    /// One word and its regular inflections (Snowball English).
    Inflected(String),
    /// One word with at most so many letters wrong (Levenshtein, transpositions count one).
    Fuzzy {
        /// The word, folded.
        word: String,
        /// The most edits, 1 or 2.
        distance: u8,
    },
    /// Exactly one word, whichever: the bare `*` in a phrase.
    Gap,
    /// Words side by side, in order. Parts are those above, or an `Or` of them.
    Phrase(Vec<Query>),
    /// All of them, in one unit of the scope.
    And(Vec<Query>),
    /// Any of them.
    Or(Vec<Query>),
    /// Units without it. Counts nothing.
    Not(Box<Query>),
    /// Two parts at most `distance` words apart (so at most `distance - 1` words between), never overlapping.
    Near {
        /// The first operand.
        left: Box<Query>,
        /// The second operand.
        right: Box<Query>,
        /// How many words apart at most, one-based: 1 is side by side.
        distance: u32,
        /// True for `pre/N`: left stands before right.
        ordered: bool,
    },
    /// Occurrences of `left` with no `right` within `distance` words: `a not w/5 b`.
    NotNear {
        /// What is counted.
        left: Box<Query>,
        /// What must not be near.
        right: Box<Query>,
        /// How many words, one-based.
        distance: u32,
    },
    /// The query within units of another scope than the paragraph: `a w/s b`.
    Within {
        /// The unit.
        scope: Scope,
        /// What must stand in it.
        query: Box<Query>,
    },
    /// A named query of the code book: `@unallocated-work`.
    Named(String),
    /// Paragraphs by what is known of them, not by their words.
    Filter(Filter),
    /// Every paragraph.
    All,
}

/// The unit in which a conjunction must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Scope {
    /// One sentence.
    Sentence,
    /// One paragraph.
    #[default]
    Paragraph,
    /// The run of paragraphs under one theme heading.
    Theme,
    /// The whole report.
    Report,
}

/// A condition on what is known of a paragraph: `authority:bucks*`, `date:2014..2018`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Filter {
    /// Which field.
    pub field: Field,
    /// What it must be.
    pub value: Value,
    /// For error messages alone: equal filters may come from different places.
    #[serde(skip)]
    origin: Origin,
}

impl Filter {
    /// A filter built by hand, which has no [`span`](Self::span).
    #[must_use]
    pub fn new(field: Field, value: Value) -> Self {
        Self { field, value, origin: Origin::default() }
    }

    /// The same filter, parsed from the bytes `span` of `text`.
    pub(crate) fn parsed_from(self, text: Arc<str>, span: Range<usize>) -> Self {
        Self { origin: Origin::new(text, span), ..self }
    }

    /// The bytes of the filter in [`source`](Self::source), from the first letter of the field to the end of the
    /// value; `None` if the filter was built by hand or deserialised.
    #[must_use]
    pub fn span(&self) -> Option<Range<usize>> {
        self.origin.span()
    }

    /// The whole query text that the filter was parsed from.
    #[must_use]
    pub fn source(&self) -> Option<&str> {
        self.origin.text()
    }
}

/// What a filter asks of its field.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Value {
    /// The field holds these words side by side; the pattern may hold `*` and `?`. As typed, unfolded.
    Text(String),
    /// The field lies between the two, both included; an open end is `None`. As typed: `2014`, `2017-11`, `12`.
    Range(Option<String>, Option<String>),
}

/// A field of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Field {
    /// `authority:`, the authority's name or key.
    Authority,
    /// `theme:`, the stable name of a theme of the section.
    Theme,
    /// `section:`, the printed heading.
    Section,
    /// `framework:`, the stable name of the framework.
    Framework,
    /// `kind:`, report, article or other.
    Kind,
    /// `date:`, the day of publication.
    Date,
    /// `inspected:`, the days of the inspection.
    Inspected,
    /// `para:`, the printed number.
    Para,
    /// `page:`, one-based.
    Page,
    /// `path:`, the path relative to the corpus; `*` and `?` as in a shell.
    Path,
    /// `urn:`, the inspectorate's reference number.
    Urn,
    /// `grade:`, the grade of the area that the paragraph stands under.
    Grade,
    /// `overall:` and so on: the grade that the report gives to an area, by the area's stable name.
    Overall,
    /// `leaders:`
    Leaders,
    /// `help-and-protection:`
    HelpAndProtection,
    /// `in-care:`
    InCare,
    /// `care-leavers:`
    CareLeavers,
    /// `adoption:`
    Adoption,
    /// `lscb:`
    Lscb,
}
