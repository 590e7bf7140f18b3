//! A query made ready for one state of the index: filters resolved, words expanded.
//!
//! The tree of [`Part`]s follows the query, with words replaced by the numbers of [leaves](Plan::leaves). A *unit* is a
//! part of the query that counts for relevance: a word, a phrase or a proximity, which BM25 treats like one term.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use quotable_query::{Filter, Matcher, Query, Scope, Text};
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId};

use crate::search::expansion::Expansion;
use crate::search::filter::Resolved;
use crate::search::ranges::ScopeRanges;
use crate::store::keyword::imprint_keyword;

/// A query ready to be opened on each segment.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) root: Part,
    pub(crate) leaves: Vec<Expansion>,
    /// Parts of the query that count for relevance.
    pub(crate) units: usize,
    /// For each unit, the leaves whose rarity is its own.
    pub(crate) weights: Vec<Vec<usize>>,
    /// The fields searched.
    pub(crate) fields: Vec<Field>,
    /// The query's filters and what they come to.
    pub(crate) filters: Vec<(Filter, Resolved)>,
    /// The sources of the part of the corpus that is searched; all if `None`.
    pub(crate) within: Option<Arc<[bool]>>,
    /// The parts that must hold in a theme chunk or a report, each once. [`Part::Scoped`] names them by number.
    pub(crate) scoped: Vec<(Scope, Query)>,
    /// Where each of `scoped` holds, and where those inside them do.
    pub(crate) ranges: ScopeRanges,
    /// The same query over the text of a paragraph: says what to mark.
    pub(crate) matcher: Matcher,
}

/// A part of the query.
#[derive(Debug)]
pub(crate) enum Part {
    /// The words of a leaf, by its number.
    Words {
        leaf: usize,
        unit: Option<usize>,
    },
    /// Words side by side; `None` is any word, several leaves are alternatives.
    Phrase {
        slots: Vec<Option<Vec<usize>>>,
        unit: Option<usize>,
    },
    And(Vec<Part>),
    Or(Vec<Part>),
    Not(Box<Part>),
    Near {
        left: Box<Part>,
        right: Box<Part>,
        distance: u32,
        ordered: bool,
        unit: Option<usize>,
    },
    NotNear {
        left: Box<Part>,
        right: Box<Part>,
        distance: u32,
        unit: Option<usize>,
    },
    /// In one sentence.
    Sentence(Box<Part>),
    /// In the whole paragraph, inside what is asked of a sentence.
    Paragraph(Box<Part>),
    /// In the whole theme chunk or report. `scoped` is the number of the query in [`Plan::scoped`].
    Scoped {
        part: Box<Part>,
        scoped: usize,
    },
    /// Paragraphs of the sources marked.
    Sources(Arc<[bool]>),
    /// Paragraphs with any of the facets.
    Keywords(Vec<String>),
    /// Where it holds, without its occurrences.
    Unscored(Box<Part>),
    All,
}

impl Plan {
    /// True if the filter lets through a paragraph of that source with those facets and words.
    pub(crate) fn passes(&self, filter: &Filter, source: u32, facets: &[String], text: &Text) -> bool {
        let resolved = self.filters.iter().find(|(known, _)| known == filter);
        let has = |wanted: &[String]| wanted.iter().any(|wanted| facets.contains(wanted));
        resolved.is_some_and(|(_, resolved)| match resolved {
            Resolved::Sources(sources) => sources.get(source as usize) == Some(&true),
            Resolved::Keywords(wanted) => has(wanted),
            Resolved::Topics(topics) => {
                let words = || !facets.contains(&imprint_keyword()) && topics.matcher.find(text).matched;
                has(&topics.sections) || words()
            }
        })
    }

    /// True if no occurrence of one of the parts can be one of another too.
    pub(crate) fn are_apart(&self, parts: &[Part]) -> bool {
        let mut first = HashMap::new();
        parts.iter().enumerate().all(|(number, part)| self.stands_apart(number, part, &mut first))
    }

    /// Looks with which words and how long the occurrences of a part may be; false if one of another number may be the
    /// same, or if that is not known.
    fn stands_apart<'a>(
        &'a self,
        number: usize,
        part: &'a Part,
        first: &mut HashMap<(usize, &'a str), usize>,
    ) -> bool {
        let mut with = |length, leaves: &[usize]| {
            let leaves = leaves.iter().filter_map(|&leaf| self.leaves.get(leaf));
            let mut terms = leaves.flat_map(|leaf| &leaf.terms);
            terms.all(|term| *first.entry((length, term.as_str())).or_insert(number) == number)
        };
        match part {
            Part::Words { leaf, .. } => with(1, &[*leaf]),
            Part::Phrase { slots, .. } => match slots.first() {
                Some(Some(leaves)) => with(slots.len(), leaves),
                _ => false,
            },
            Part::And(parts) | Part::Or(parts) => {
                parts.iter().all(|part| self.stands_apart(number, part, first))
            }
            Part::Not(_) | Part::Sources(_) | Part::Keywords(_) | Part::Unscored(_) | Part::All => true,
            Part::Near { .. } | Part::NotNear { .. } => false,
            Part::Sentence(part) | Part::Paragraph(part) | Part::Scoped { part, .. } => {
                self.stands_apart(number, part, first)
            }
        }
    }

    /// Where a scoped part holds in a segment; nowhere before it was run.
    pub(crate) fn scoped_ranges(&self, scoped: usize, segment: usize) -> &[Range<DocId>] {
        let ranges = self.scoped.get(scoped).and_then(|(scope, query)| self.ranges.get(*scope, query));
        debug_assert!(ranges.is_some(), "a scoped part was not run");
        ranges.and_then(|ranges| ranges.get(segment)).map_or(&[], Vec::as_slice)
    }

    /// True if the theme chunk or report that contains the document satisfies the query.
    pub(crate) fn holds_in(&self, scope: Scope, query: &Query, place: DocAddress) -> bool {
        self.ranges.hold(scope, query, place)
    }
}

impl Part {
    /// True if it matches nothing but paragraphs that hold a word of it.
    pub(super) fn needs_words(&self) -> bool {
        match self {
            Self::Words { .. } | Self::Phrase { .. } | Self::Near { .. } | Self::NotNear { .. } => true,
            Self::And(parts) => parts.iter().any(Self::needs_words),
            Self::Or(parts) => parts.iter().all(Self::needs_words),
            Self::Sentence(part) | Self::Paragraph(part) | Self::Scoped { part, .. } => part.needs_words(),
            Self::Not(_) | Self::Sources(_) | Self::Keywords(_) | Self::Unscored(_) | Self::All => false,
        }
    }

    /// The leaves of an operand of a window.
    pub(super) fn leaves(&self) -> Vec<usize> {
        match self {
            Self::Words { leaf, .. } => vec![*leaf],
            Self::Phrase { slots, .. } => slots.iter().flatten().flatten().copied().collect(),
            Self::Or(parts) => parts.iter().flat_map(Self::leaves).collect(),
            Self::Near { left, right, .. } | Self::NotNear { left, right, .. } => {
                [left.leaves(), right.leaves()].concat()
            }
            _ => Vec::new(),
        }
    }

    /// True if it gives occurrences where it holds.
    pub(crate) fn counts(&self) -> bool {
        match self {
            Self::Words { .. } | Self::Phrase { .. } | Self::Near { .. } | Self::NotNear { .. } => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::counts),
            Self::Sentence(part) | Self::Paragraph(part) | Self::Scoped { part, .. } => part.counts(),
            Self::Not(_) | Self::Sources(_) | Self::Keywords(_) | Self::Unscored(_) | Self::All => false,
        }
    }
}
