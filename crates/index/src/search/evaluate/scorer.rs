//! The parts of a plan, opened on one segment.

mod and;
mod max_score;
mod near;
mod or;
mod single_word;
mod windowed;

use tantivy::DocId;

pub(super) use self::and::And;
pub(crate) use self::max_score::max_near_occurrences;
pub(super) use self::near::{Near, NearKind};
pub(super) use self::or::Or;
pub(crate) use self::single_word::SingleWord;
use super::docs::{RangeDocs, SourceDocs};
use super::phrase::Phrase;
use super::union::Union;
use crate::interrupt::Interrupt;
use crate::search::intervals::{Interval, Run, distinct, distinct_runs};

/// If one part matches this many times fewer documents than another, a search led by the rare part is faster than one
/// that decodes both in full.
pub(super) const RARE_RATIO: u64 = 16;

/// A part of the query on one segment: an iterator over the documents that may match, and a test of each.
///
/// `unit` is the number of the unit that the occurrences of a part count for; `None` if they do not add to the score.
pub(crate) enum Scorer<'a> {
    /// Any of the terms of a word.
    Words {
        union: Union,
        unit: Option<usize>,
    },
    Phrase {
        phrase: Phrase<'a>,
        unit: Option<usize>,
    },
    And(And<'a>),
    Or(Or<'a>),
    /// Paragraphs that the part does not match, out of all paragraphs.
    Not(Box<Scorer<'a>>, SourceDocs<'a>),
    Near(Box<Near<'a>>),
    /// Any one sentence matches the part. `stops` has the position of the last word of each sentence.
    Sentence {
        part: Box<Scorer<'a>>,
        stops: Union,
        interrupt: Interrupt,
    },
    /// The whole paragraph matches the part, even inside of `Sentence`.
    Paragraph(Box<Scorer<'a>>),
    /// A theme chunk or report matches the part in any paragraph; `ranges` are those chunks or reports. All of their
    /// paragraphs match. `has_occurrences` is false for parts without occurrences, as filters are.
    Scoped {
        part: Box<Scorer<'a>>,
        ranges: RangeDocs<'a>,
        has_occurrences: bool,
    },
    /// The paragraphs of some sources.
    SourceDocs(SourceDocs<'a>),
    /// Paragraphs with any of some keywords.
    Keywords(Union),
    /// Matches as the part does, without its occurrences.
    Unscored(Box<Scorer<'a>>),
}

/// How a document matches a part of the query. Of alternatives the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Match {
    /// Does not match.
    No,
    /// Matches by words in other paragraphs of the theme chunk or report.
    ElsewhereInUnit,
    /// Matches by filters or NOT alone.
    Unscored,
    /// Matches by words in this paragraph.
    Here,
}

impl Match {
    /// True if a paragraph that matches the whole query like this is a hit.
    pub(crate) fn is_hit(self) -> bool {
        self >= Self::Unscored
    }

    fn occurs(occurs: bool) -> Self {
        if occurs { Self::Here } else { Self::No }
    }

    fn unscored(matches: bool) -> Self {
        if matches { Self::Unscored } else { Self::No }
    }

    /// Combines two parts that must both match.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Here, _) | (_, Self::Here) => Self::Here,
            (Self::ElsewhereInUnit, _) | (_, Self::ElsewhereInUnit) => Self::ElsewhereInUnit,
            _ => Self::Unscored,
        }
    }
}

impl Scorer<'_> {
    /// Estimated number of documents that `seek` stops at.
    pub(crate) fn cost(&self) -> u64 {
        match self {
            Self::Words { union, .. } | Self::Keywords(union) => union.cost(),
            Self::Phrase { phrase, .. } => phrase.cost(),
            Self::And(and) => and.cost(),
            Self::Or(or) => or.cost(),
            Self::Not(_, docs) | Self::SourceDocs(docs) => docs.cost(),
            Self::Scoped { ranges, .. } => ranges.cost(),
            Self::Near(near) => near.cost(),
            Self::Sentence { part, .. } | Self::Paragraph(part) | Self::Unscored(part) => part.cost(),
        }
    }

    /// Goes to the first document at or after `target` that may match. Targets must not decrease.
    pub(crate) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Words { union, .. } | Self::Keywords(union) => union.seek(target),
            Self::Phrase { phrase, .. } => phrase.seek(target),
            Self::And(and) => and.seek(target),
            Self::Or(or) => or.seek(target),
            Self::Not(_, docs) | Self::SourceDocs(docs) => docs.seek(target),
            Self::Scoped { ranges, .. } => ranges.seek(target),
            Self::Near(near) => near.seek(target),
            Self::Sentence { part, .. } | Self::Paragraph(part) | Self::Unscored(part) => part.seek(target),
        }
    }

    /// Matches a document by the positions within an interval. Appends the occurrences to `out`, distinct and in order,
    /// and adds their numbers to the `counts` of the units. Documents must not decrease; the same one may be
    /// matched again.
    pub(crate) fn find_occurrences(
        &mut self,
        doc: DocId,
        within: Interval,
        out: &mut Vec<Interval>,
        counts: &mut [u32],
    ) -> Match {
        let begin = out.len();
        let (matched, unit) = match self {
            Self::Words { union, unit } => {
                if union.seek(doc) != doc {
                    return Match::No;
                }
                let positions = union.positions();
                let from = positions.partition_point(|&position| position < within.start);
                let inside = positions[from..].iter().take_while(|&&position| position < within.end);
                out.extend(inside.map(|&position| Interval::new(position, position + 1)));
                (Match::occurs(out.len() > begin), *unit)
            }
            Self::Phrase { phrase, unit } => {
                if phrase.seek(doc) != doc {
                    return Match::No;
                }
                phrase.find_occurrences(doc, within, out);
                (Match::occurs(out.len() > begin), *unit)
            }
            Self::And(and) => (and.find_occurrences(doc, within, out, counts), None),
            Self::Or(or) => (or.find_occurrences(doc, within, out, counts), None),
            Self::Not(part, docs) => {
                let matches = docs.seek(doc) == doc
                    && part.find_occurrences(doc, within, &mut Vec::new(), &mut []) == Match::No;
                (Match::unscored(matches), None)
            }
            Self::Near(near) => (Match::occurs(near.find_occurrences(doc, within, out)), near.unit),
            Self::Sentence { part, stops, interrupt } => {
                // A paragraph without words has no sentence.
                let mut matched = Match::No;
                let mut start = 0;
                if stops.seek(doc) == doc {
                    for &stop in stops.positions() {
                        let sentence = Interval::new(start, stop + 1);
                        start = stop + 1;
                        if interrupt.charge(1).is_err() {
                            break;
                        }
                        matched = matched.max(part.find_occurrences(doc, sentence, out, counts));
                    }
                }
                (matched, None)
            }
            Self::Paragraph(part) => (part.find_occurrences(doc, Interval::WHOLE, out, counts), None),
            Self::Scoped { part, ranges, has_occurrences } => {
                if ranges.seek(doc) != doc {
                    return Match::No;
                }
                let in_paragraph = part.find_occurrences(doc, Interval::WHOLE, out, counts);
                (in_unit(in_paragraph, *has_occurrences), None)
            }
            Self::SourceDocs(docs) => (Match::unscored(docs.seek(doc) == doc), None),
            Self::Keywords(union) => (Match::unscored(union.seek(doc) == doc), None),
            Self::Unscored(part) => (Match::unscored(part.holds(doc)), None),
        };
        // The occurrences of several parts or sentences may overlap or coincide.
        if matches!(self, Self::Or(_) | Self::Sentence { .. } | Self::And(_)) {
            merge_from(out, begin);
        }
        if let Some(count) = unit.and_then(|unit| counts.get_mut(unit)) {
            *count += u32::try_from(out.len() - begin).unwrap_or(u32::MAX);
        }
        matched
    }

    /// True if an occurrence of this operand of a proximity may have words between its own that are not part of it.
    pub(super) fn has_holes(&self) -> bool {
        match self {
            Self::Or(or) => or.parts().iter().any(Self::has_holes),
            Self::Near(near) => match near.kind {
                NearKind::Absent(_) => near.left.has_holes(),
                _ => true,
            },
            _ => false,
        }
    }

    /// Adds the occurrences of an operand of a proximity within an interval of positions, each with the words that are its
    /// own, distinct and in order.
    pub(super) fn find_runs(&mut self, doc: DocId, within: Interval, out: &mut Vec<Run>) {
        match self {
            Self::Near(near) => near.find_runs(doc, within, out),
            Self::Or(or) => {
                or.find_runs(doc, within, out);
                distinct_runs(out);
            }
            solid => {
                let mut occurrences = Vec::new();
                solid.find_occurrences(doc, within, &mut occurrences, &mut []);
                out.extend(occurrences.into_iter().map(Run::solid));
            }
        }
    }

    /// Matches a whole document. Returns the number of occurrences too, and adds it to the `counts` of the units.
    /// Decodes positions only where frequencies do not tell. Documents must not decrease.
    pub(crate) fn count_occurrences(&mut self, doc: DocId, counts: &mut [u32]) -> (Match, u32) {
        let counted = match self {
            Self::Words { union, unit } => {
                let frequency = if union.seek(doc) == doc { union.frequency() } else { 0 };
                if let Some(count) = unit.and_then(|unit| counts.get_mut(unit)) {
                    *count += frequency;
                }
                Some((Match::occurs(frequency > 0), frequency))
            }
            Self::And(and) => and.count_occurrences(doc, counts),
            Self::Or(or) => or.count_occurrences(doc, counts),
            Self::Not(part, docs) => {
                let matches = docs.seek(doc) == doc && !part.holds(doc);
                Some((Match::unscored(matches), 0))
            }
            Self::Paragraph(part) => Some(part.count_occurrences(doc, counts)),
            Self::Scoped { part, ranges, has_occurrences } => Some(if ranges.seek(doc) == doc {
                let (in_paragraph, occurrences) = part.count_occurrences(doc, counts);
                (in_unit(in_paragraph, *has_occurrences), occurrences)
            } else {
                (Match::No, 0)
            }),
            Self::SourceDocs(docs) => Some((Match::unscored(docs.seek(doc) == doc), 0)),
            Self::Keywords(union) => Some((Match::unscored(union.seek(doc) == doc), 0)),
            Self::Unscored(part) => Some((Match::unscored(part.holds(doc)), 0)),
            Self::Near(near) => Some(near.count_occurrences(doc, counts)),
            Self::Phrase { .. } | Self::Sentence { .. } => None,
        };
        counted.unwrap_or_else(|| {
            let mut out = Vec::new();
            let matched = self.find_occurrences(doc, Interval::WHOLE, &mut out, counts);
            (matched, u32::try_from(out.len()).unwrap_or(u32::MAX))
        })
    }

    /// True if the document matches in any way. Documents must not decrease.
    pub(crate) fn holds(&mut self, doc: DocId) -> bool {
        self.count_occurrences(doc, &mut []).0 != Match::No
    }

    /// Exact number of documents that match, deleted ones included, if the vocabulary tells it. Must be called before
    /// `seek`.
    pub(crate) fn doc_count(&mut self) -> Option<u64> {
        match self {
            Self::Words { union, .. } => union.doc_count(),
            _ => None,
        }
    }
}

/// How a paragraph of a matching theme chunk or report matches, from how the paragraph itself matches.
fn in_unit(in_paragraph: Match, has_occurrences: bool) -> Match {
    match in_paragraph {
        _ if !has_occurrences => Match::Unscored,
        Match::No => Match::ElsewhereInUnit,
        in_paragraph => in_paragraph,
    }
}

/// Occurrences; a shorter list is merged once it is complete.
const MANY: usize = 1 << 12;

/// Sorts and deduplicates the occurrences from `begin` on if they are more than `many`, and sets `many` to twice what is
/// left: thousands of parts may have the same thousands of occurrences.
fn merge_if_many(out: &mut Vec<Interval>, begin: usize, many: &mut usize) {
    if out.len() - begin > *many {
        merge_from(out, begin);
        *many = (2 * (out.len() - begin)).max(MANY);
    }
}

/// Sorts and deduplicates the occurrences from `begin` on.
fn merge_from(out: &mut Vec<Interval>, begin: usize) {
    let mut added = out.split_off(begin);
    distinct(&mut added);
    out.append(&mut added);
}
