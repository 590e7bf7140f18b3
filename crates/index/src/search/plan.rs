//! A query compiled for one state of the index: filters resolved, patterns expanded to words.
//!
//! The tree of [`Part`]s follows the query tree; a [leaf](Plan::leaves) is a word or pattern, referred to by number. A
//! *unit* is a part of the query that contributes to the score: a word, phrase or proximity, which BM25 treats like one
//! term. The operands of a proximity and the parts below a `NOT` are no units.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use quotable_query::{Filter, Matcher, Query, Scope, Side, Text};
use tantivy::schema::Field;
use tantivy::{DocAddress, DocId};

use crate::search::expansion::Expansion;
use crate::search::filter::{Resolved, Topics};
use crate::search::ranges::ScopeRanges;
use crate::store::kept_documents::DocumentRanges;
use crate::store::keyword::imprint_keyword;

/// A compiled query, ready to be opened on each segment.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(super) root: Part,
    /// The words and patterns of the query, each once, with the words of the vocabulary that they match.
    pub(crate) leaves: Vec<Expansion>,
    /// Number of units.
    pub(super) units: usize,
    /// For each unit, the leaves that its inverse document frequency is computed from.
    pub(super) unit_leaves: Vec<Vec<usize>>,
    /// The fields to search for words.
    pub(crate) fields: Vec<Field>,
    /// The filters of the query, each with the sources or keywords that it stands for.
    pub(crate) filters: Vec<(Filter, Resolved)>,
    /// By source number, whether the source lies in the part of the corpus to search; `None` is the whole corpus.
    pub(crate) within: Option<Arc<[bool]>>,
    /// By source number, whether to look in the source: in that part, and not a copy of one looked in; `None` is all.
    pub(crate) searched: Option<Arc<[bool]>>,
    /// The parts that must match somewhere in a theme chunk or a report, each once. [`Part::Scoped`] refers to them by
    /// number.
    pub(super) scoped: Vec<(Scope, Query)>,
    /// Topics of filters whose documents are wanted again: they are found and kept, by their keys, when the plan is run.
    pub(super) asked: Vec<([u8; 32], Arc<Topics>)>,
    /// The chunks and reports that match the parts in `scoped`, and those nested in them.
    pub(super) ranges: ScopeRanges,
    /// The same query compiled for the text of a paragraph. Finds the occurrences to highlight in a hit.
    pub(crate) matcher: Matcher,
    /// [`SearchOptions::most_lists`](crate::SearchOptions::most_lists).
    pub(super) most_lists: usize,
}

/// A part of the query.
#[derive(Debug)]
pub(super) enum Part {
    /// The words of a leaf, by its number.
    Words {
        leaf: usize,
        unit: Option<usize>,
    },
    /// Consecutive words. Each slot holds alternative leaves; `None` is any word.
    Phrase {
        slots: Vec<Option<Vec<usize>>>,
        unit: Option<usize>,
    },
    And(Vec<Part>),
    Or(Vec<Part>),
    Not(Box<Part>),
    /// Both operands without overlap, at most `distance` apart.
    Near {
        left: Box<Part>,
        right: Box<Part>,
        distance: u32,
        ordered: bool,
        unit: Option<usize>,
    },
    /// The left operand without the right one within `distance`, on one side if there is a `side`.
    NotNear {
        left: Box<Part>,
        right: Box<Part>,
        distance: u32,
        side: Option<Side>,
        unit: Option<usize>,
    },
    /// Must match within one sentence.
    Sentence(Box<Part>),
    /// Must match within the whole paragraph: leaves an enclosing [`Sentence`](Self::Sentence).
    Paragraph(Box<Part>),
    /// Must match somewhere in the theme chunk or report. `scoped` is the number of the query in [`Plan::scoped`].
    Scoped {
        part: Box<Part>,
        scoped: usize,
    },
    /// Paragraphs of the sources marked, by source number.
    Sources(Arc<[bool]>),
    /// Paragraphs with any of these keywords.
    Keywords(Vec<String>),
    /// These documents, by segment.
    Documents(Arc<DocumentRanges>),
    /// Matches where the part does, but without occurrences or score.
    Unscored(Box<Part>),
    /// Every paragraph.
    All,
}

/// True if a resolved filter holds for a paragraph of that source, with those keywords and that text.
fn holds(resolved: &Resolved, source: u32, keywords: &[String], text: &Text) -> bool {
    let has_any = |wanted: &[String]| wanted.iter().any(|wanted| keywords.contains(wanted));
    match resolved {
        Resolved::Sources(sources) => sources.get(source as usize) == Some(&true),
        Resolved::Keywords(wanted) => has_any(wanted),
        Resolved::Topics(topics) => {
            // An imprint is about no theme, whatever its words.
            let by_words = || !keywords.contains(&imprint_keyword()) && topics.matcher.find(text).matched;
            has_any(&topics.sections) || by_words()
        }
        Resolved::Not(other) => !holds(other, source, keywords, text),
    }
}

impl Plan {
    /// True if the paragraphs that match in body, tables and notes can be counted apart: each matches by itself, and has a
    /// word of the query, which stands in one field.
    pub(crate) fn can_count_by_field(&self) -> bool {
        self.scoped.is_empty() && self.root.needs_words()
    }

    /// True if the source lies in the part of the corpus to search.
    pub(crate) fn is_within(&self, source: u32) -> bool {
        self.within.as_ref().is_none_or(|within| within.get(source as usize) == Some(&true))
    }

    /// True if a filter of the query matches a paragraph of that source, with those keywords and that text.
    pub(super) fn passes(&self, filter: &Filter, source: u32, keywords: &[String], text: &Text) -> bool {
        let resolved = self.filters.iter().find(|(known, _)| known == filter);
        resolved.is_some_and(|(_, resolved)| holds(resolved, source, keywords, text))
    }

    /// True if no interval can be an occurrence of two of the parts. The occurrences of an `AND` or `OR` of them are
    /// then the sum of those of the parts, and frequencies give it without reading positions.
    ///
    /// Known from the first word and the length in words: two parts with the same of both might coincide. May be false
    /// where the parts are apart nevertheless.
    pub(super) fn are_apart(&self, parts: &[Part]) -> bool {
        let mut owners = HashMap::new();
        parts.iter().enumerate().all(|(number, part)| self.claim(number, part, &mut owners))
    }

    /// Claims, for the part with that number, the length and first word of each occurrence that `part` can have. False
    /// if one is claimed by a part with another number, or if they are not known.
    fn claim<'a>(
        &'a self,
        number: usize,
        part: &'a Part,
        owners: &mut HashMap<(usize, &'a str), usize>,
    ) -> bool {
        let mut claim = |length, leaves: &[usize]| {
            let leaves = leaves.iter().filter_map(|&leaf| self.leaves.get(leaf));
            let mut terms = leaves.flat_map(|leaf| &leaf.terms);
            terms.all(|term| *owners.entry((length, term.as_str())).or_insert(number) == number)
        };
        match part {
            Part::Words { leaf, .. } => claim(1, &[*leaf]),
            Part::Phrase { slots, .. } => match slots.first() {
                Some(Some(leaves)) => claim(slots.len(), leaves),
                _ => false,
            },
            Part::And(parts) | Part::Or(parts) => parts.iter().all(|part| self.claim(number, part, owners)),
            // These have no occurrences.
            Part::Not(_)
            | Part::Sources(_)
            | Part::Keywords(_)
            | Part::Documents(_)
            | Part::Unscored(_)
            | Part::All => true,
            // Of any length.
            Part::Near { .. } | Part::NotNear { .. } => false,
            Part::Sentence(part) | Part::Paragraph(part) | Part::Scoped { part, .. } => {
                self.claim(number, part, owners)
            }
        }
    }

    /// The chunks or reports of a segment that match a scoped part, by its number; none before it was run.
    pub(super) fn scoped_ranges(&self, scoped: usize, segment: usize) -> &[Range<DocId>] {
        let ranges = self.scoped.get(scoped).and_then(|(scope, query)| self.ranges.get(*scope, query));
        debug_assert!(ranges.is_some(), "a scoped part was not run");
        ranges.and_then(|ranges| ranges.get(segment)).map_or(&[], Vec::as_slice)
    }

    /// True if the theme chunk or report that contains the document matches the query.
    pub(super) fn matches_in(&self, scope: Scope, query: &Query, doc: DocAddress) -> bool {
        self.ranges.contains(scope, query, doc)
    }
}

impl Part {
    /// True if every paragraph that it matches contains a word of it, so that it never matches by filters or `NOT`
    /// alone.
    pub(super) fn needs_words(&self) -> bool {
        match self {
            Self::Words { .. } | Self::Phrase { .. } | Self::Near { .. } | Self::NotNear { .. } => true,
            Self::And(parts) => parts.iter().any(Self::needs_words),
            Self::Or(parts) => parts.iter().all(Self::needs_words),
            Self::Sentence(part) | Self::Paragraph(part) | Self::Scoped { part, .. } => part.needs_words(),
            Self::Not(_)
            | Self::Sources(_)
            | Self::Keywords(_)
            | Self::Documents(_)
            | Self::Unscored(_)
            | Self::All => false,
        }
    }

    /// The leaves of an operand of a proximity.
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

    /// True if it has occurrences in the paragraphs that it matches.
    pub(super) fn counts(&self) -> bool {
        match self {
            Self::Words { .. } | Self::Phrase { .. } | Self::Near { .. } | Self::NotNear { .. } => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::counts),
            Self::Sentence(part) | Self::Paragraph(part) | Self::Scoped { part, .. } => part.counts(),
            Self::Not(_)
            | Self::Sources(_)
            | Self::Keywords(_)
            | Self::Documents(_)
            | Self::Unscored(_)
            | Self::All => false,
        }
    }
}
