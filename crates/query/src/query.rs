//! The query tree.
//!
//! To add an operator, start here and follow the tree. `Query` is `#[non_exhaustive]`, so matches in other crates have a
//! `_` arm and the compiler does not list them:
//!
//! 1. in this crate: `parse/token.rs`, `parse/lexer.rs` and `parse.rs` read it; `normalise.rs`, `display.rs`, `check.rs`
//!    (limits), `resolve.rs` (names) and `construct.rs` handle the variant; `matcher/compile.rs` and
//!    `matcher/evaluate.rs` match it; `SYNTAX.md` describes it;
//! 2. in `index/src/search`: `plan.rs`, `compile.rs`, `evaluate/open.rs` and `evaluate/scorer.rs`; a proximity also in
//!    `intervals.rs`, `evaluate/scorer/near.rs` and `evaluate/scorer/max_score.rs`;
//! 3. in `index/src/answer`: `explain.rs`, `explain/kind.rs`, `explain/empty.rs` and `count.rs` (the restriction); in
//!    `codebook/src/book.rs`: what a topic may ask;
//! 4. in `quotable/tests/it/properties/random_query.rs`: the random queries by which the index is compared with the matcher.

use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::origin::Origin;

/// A query as a tree, [parsed](str::parse) from text or built by hand.
///
/// The parser folds words. A tree built by hand may hold them as typed; matching and printing use its
/// [normal form](Query::normalised), which folds them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Query {
    /// One word, folded.
    Word(String),
    /// One word by a pattern: `*` is any letters, or none; `?` is one letter; folded.
    Wildcard(String),
    /// One word by a regular expression, which must match the whole folded word.
    Regex(String),
    /// One word and its regular inflections (Snowball English).
    Inflected(String),
    /// One word with at most `distance` letters wrong: added, missing, changed, or swapped with a neighbour (optimal
    /// string alignment distance).
    Fuzzy {
        /// The word, folded.
        word: String,
        /// The largest number of wrong letters, 1 or 2.
        distance: u8,
    },
    /// A number with the signs that belong to it: `£1.2`, `97%`, `1,000`. The signs must be printed so, and the number
    /// must not be part of a longer one. A phrase of its words.
    Number(String),
    /// A number in every way in which it may be written: `1000~` is 1000 and 1,000, `97%~` is 97% and 97 per cent.
    NumberForms(String),
    /// Words as they are printed, with their capitals and accents and the signs between them: `="Prevent duty"`.
    Exact(String),
    /// Any one word of a phrase: a bare `*`.
    Gap,
    /// Words side by side, in order. Each part is one of the variants above, or an `Or` of them.
    Phrase(Vec<Query>),
    /// All parts, in one unit of the scope.
    And(Vec<Query>),
    /// Any of the parts.
    Or(Vec<Query>),
    /// Units in which the part does not hold. Gives no occurrences.
    Not(Box<Query>),
    /// Two parts at most `distance` words apart, so with at most `distance - 1` words between. They never overlap.
    Near {
        /// The first operand.
        left: Box<Query>,
        /// The second operand.
        right: Box<Query>,
        /// The largest distance in words; 1 is side by side.
        distance: u32,
        /// True for `pre/N`: left comes before right.
        ordered: bool,
    },
    /// Occurrences of `left` with no `right` within `distance` words: `a not w/5 b`.
    NotNear {
        /// The part whose occurrences count.
        left: Box<Query>,
        /// The part that must not be near.
        right: Box<Query>,
        /// The distance in words; 1 is side by side.
        distance: u32,
    },
    /// Occurrences of `left` with no `right` on one side within `distance` words: `a not pre/5 b`.
    NotBeside {
        /// The part whose occurrences count.
        left: Box<Query>,
        /// The part that must not be there.
        right: Box<Query>,
        /// The distance in words; 1 is side by side.
        distance: u32,
        /// Where `right` must not be.
        side: Side,
    },
    /// A query that must hold within one unit of `scope`: `a w/s b`.
    Within {
        /// The kind of unit.
        scope: Scope,
        /// The query that must hold in one unit.
        query: Box<Query>,
    },
    /// A named query of the code book: `@unallocated-work`.
    Named(String),
    /// Paragraphs by their metadata, not by their words.
    Filter(Filter),
    /// Every paragraph.
    All,
}

/// A side of an occurrence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The words before it.
    Before,
    /// The words after it.
    After,
}

/// The unit of text in which a conjunction must hold.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Scope {
    /// One sentence.
    Sentence,
    /// One paragraph.
    #[default]
    Paragraph,
    /// The consecutive paragraphs under one theme heading.
    Theme,
    /// The whole report.
    Report,
}

/// A condition on the metadata of a paragraph: `authority:bucks*`, `date:2014..2018`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Filter {
    /// The field.
    pub field: Field,
    /// The value that the field must have.
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

/// The value of a filter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Value {
    /// The field contains these words side by side. As typed, unfolded; may contain the wildcards `*` and `?`.
    Text(String),
    /// The field is between the two values, both included; an open end is `None`. As typed: `2014`, `2017-11`, `12`.
    Range(Option<String>, Option<String>),
}

/// A field that a filter can ask for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
#[non_exhaustive]
pub enum Field {
    /// `authority:`, the name, an alias, the key or the number of the authority.
    Authority,
    /// `theme:`, the stable name of the theme of the section.
    Theme,
    /// `section:`, the printed heading.
    Section,
    /// `framework:`, the stable name of the framework.
    Framework,
    /// `kind:`, one of report, article and other.
    Kind,
    /// `date:`, the day of publication.
    Date,
    /// `inspected:`, the days of the inspection.
    Inspected,
    /// `para:`, the printed paragraph number.
    Para,
    /// `page:`, the one-based page number.
    Page,
    /// `path:`, the path relative to the corpus, matched by [`Glob::matches_path`](crate::glob::Glob::matches_path).
    Path,
    /// `urn:`, the inspectorate's reference number.
    Urn,
    /// `region:`, the region of the authority.
    Region,
    /// `grade:`, the grade of the area that the paragraph belongs to.
    Grade,
    /// Any other field: the grade of an area of judgement (`overall:`, `well-led:`), or a field of one's own (`vessel:`).
    /// Which of them there are, the corpus tells. The name is in small letters with hyphens, as [`Field::named`] makes it.
    Named(Arc<str>),
}
