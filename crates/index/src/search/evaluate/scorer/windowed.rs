//! Evaluation a window of documents at a time, for parts whose matches do not depend on positions.
//!
//! Each part marks its documents in a [`Window`], and conjunction, union and negation work on the bits. Frequencies are
//! added up beside the bits where they are needed.

use tantivy::DocId;

use super::{RARE_RATIO, Scorer};
use crate::search::evaluate::docs::SourceDocs;
use crate::search::evaluate::frequencies::Frequencies;
use crate::search::evaluate::union::Union;
use crate::search::evaluate::window::{WINDOW_DOCS, Window};
use crate::store::sources::SourceRange;

/// To go through the windows of a segment costs about as much as this many seeks, and one more for every
/// [`DOCS_PER_SEEK`] documents.
const BASE_SEEKS: u64 = 4;
const DOCS_PER_SEEK: u32 = 512;
/// The counts of more units no longer fit the processor's cache.
const MAX_UNITS: usize = 256;

impl Scorer<'_> {
    /// Counts the matches among the documents of `searched`, in a segment of `max_doc` documents. Returns a partial
    /// count once `is_over` says so. Only for a scorer that [prefers](Self::prefers_windowed_count) it
    /// and on which neither `seek` nor any test of a document was called.
    pub(crate) fn count_in_windows(
        &mut self,
        searched: &mut SourceDocs<'_>,
        max_doc: DocId,
        mut is_over: impl FnMut() -> bool,
    ) -> u64 {
        let (mut window, mut count) = (Window::new(0), 0);
        for base in (0..max_doc).step_by(WINDOW_DOCS as usize) {
            if is_over() {
                break;
            }
            window.clear(base);
            self.mark_matches(&mut window, &mut Frequencies::none());
            searched.for_each_source(window.range(), |_, docs| count += window.count(docs));
        }
        count
    }

    /// Calls `each` with every match among the documents of `searched`, in a segment of `max_doc` documents, with its
    /// source and the frequencies of the query's units. Stops early once `is_over` says so. Only for a scorer
    /// that [prefers](Self::prefers_windows) it and on which neither `seek` nor any test of a document was called.
    pub(crate) fn for_each_in_windows(
        &mut self,
        searched: &mut SourceDocs<'_>,
        max_doc: DocId,
        units: usize,
        mut is_over: impl FnMut() -> bool,
        mut each: impl FnMut(&SourceRange, DocId, &Frequencies),
    ) {
        let (mut window, mut frequencies) = (Window::new(0), Frequencies::new(units));
        for base in (0..max_doc).step_by(WINDOW_DOCS as usize) {
            if is_over() {
                return;
            }
            window.clear(base);
            frequencies.clear(base);
            self.mark_matches(&mut window, &mut frequencies);
            searched.for_each_source(window.range(), |source, docs| {
                window.for_each(docs, |doc| each(source, doc, &frequencies));
            });
        }
    }

    /// The words of a query that is nothing else: then the frequency in a document is that of its only unit.
    pub(crate) fn lone_words(&mut self) -> Option<&mut Union> {
        match self {
            Self::Words { union, unit: Some(0) } => Some(union),
            _ => None,
        }
    }

    /// True if [`count_in_windows`](Self::count_in_windows) is possible and faster than to seek, in a segment of
    /// `max_doc` documents: the scorer matches enough of them.
    pub(crate) fn prefers_windowed_count(&self, max_doc: DocId) -> bool {
        self.fits_windows() && self.cost() > BASE_SEEKS + u64::from(max_doc / DOCS_PER_SEEK)
    }

    /// True if [`for_each_in_windows`](Self::for_each_in_windows) is possible and faster than to seek, in a segment of
    /// `max_doc` documents and for a query of `units` units.
    pub(crate) fn prefers_windows(&self, max_doc: DocId, units: usize) -> bool {
        units <= MAX_UNITS && self.counts_by_frequencies() && self.prefers_windowed_count(max_doc)
    }

    /// Number of postings that an evaluation in windows decodes at most.
    pub(crate) fn windowed_postings(&self) -> u64 {
        match self {
            Self::Words { union, .. } | Self::Keywords(union) => union.cost(),
            Self::And(and) => and.required.iter().chain(&and.excluded).map(Self::windowed_postings).sum(),
            Self::Or(or) => or.parts().iter().map(Self::windowed_postings).sum(),
            Self::Not(part, _) | Self::Unscored(part) | Self::Paragraph(part) => part.windowed_postings(),
            // Ranges of documents, and parts that need positions.
            _ => 0,
        }
    }

    /// True if matches do not depend on positions, and no part of a conjunction is so rare that it should lead.
    fn fits_windows(&self) -> bool {
        match self {
            Self::Words { .. } | Self::Keywords(_) | Self::SourceDocs(_) => true,
            Self::And(and) => {
                let all: u64 = and.required.iter().chain(&and.excluded).map(Self::cost).sum();
                let mut parts = and.required.iter().chain(&and.excluded);
                all <= RARE_RATIO * and.cost() && parts.all(Self::fits_windows)
            }
            Self::Or(or) => or.parts().iter().all(Self::fits_windows),
            Self::Not(part, _) | Self::Unscored(part) | Self::Paragraph(part) => part.fits_windows(),
            Self::Phrase { .. } | Self::Near(_) | Self::Sentence { .. } | Self::Scoped { .. } => false,
        }
    }

    /// True if frequencies alone give the number of occurrences.
    fn counts_by_frequencies(&self) -> bool {
        match self {
            Self::And(and) => and.disjoint && and.required.iter().all(Self::counts_by_frequencies),
            Self::Or(or) => or.is_disjoint() && or.parts().iter().all(Self::counts_by_frequencies),
            Self::Paragraph(part) => part.counts_by_frequencies(),
            Self::Words { .. }
            | Self::Keywords(_)
            | Self::SourceDocs(_)
            | Self::Not(..)
            | Self::Unscored(_) => true,
            Self::Phrase { .. } | Self::Near(_) | Self::Sentence { .. } | Self::Scoped { .. } => false,
        }
    }

    /// Marks the matches in a window, and adds the frequencies of the units there. Windows must follow one another.
    fn mark_matches(&mut self, window: &mut Window, frequencies: &mut Frequencies) {
        let base = window.range().start;
        match self {
            Self::Words { union, unit } => match unit.and_then(|unit| frequencies.unit_mut(unit)) {
                Some(unit) => {
                    union.add_frequencies(unit);
                    window.union_with(unit.docs());
                }
                None => union.mark_docs(window),
            },
            Self::Keywords(union) => union.mark_docs(window),
            Self::SourceDocs(docs) => {
                docs.for_each_source(window.range(), |_, docs| window.insert_range(docs));
            }
            Self::And(and) => {
                let (mut all, mut part) = (Window::full(base), Window::new(base));
                for required in &mut and.required {
                    part.clear(base);
                    required.mark_matches(&mut part, frequencies);
                    all.intersect_with(&part);
                    if all.is_empty() {
                        break;
                    }
                }
                for excluded in &mut and.excluded {
                    if all.is_empty() {
                        break;
                    }
                    part.clear(base);
                    excluded.mark_matches(&mut part, &mut Frequencies::none());
                    all.subtract(&part);
                }
                // The parts added their frequencies before it was known where the others match.
                and.required.iter().for_each(|required| required.retain_frequencies(&all, frequencies));
                window.union_with(&all);
            }
            Self::Or(or) => {
                or.parts_mut().iter_mut().for_each(|part| part.mark_matches(window, frequencies));
            }
            Self::Not(part, docs) => {
                let (mut all, mut excluded) = (Window::new(base), Window::new(base));
                docs.for_each_source(all.range(), |_, docs| all.insert_range(docs));
                part.mark_matches(&mut excluded, &mut Frequencies::none());
                all.subtract(&excluded);
                window.union_with(&all);
            }
            Self::Unscored(part) => part.mark_matches(window, &mut Frequencies::none()),
            Self::Paragraph(part) => part.mark_matches(window, frequencies),
            Self::Phrase { .. } | Self::Near(_) | Self::Sentence { .. } | Self::Scoped { .. } => {
                debug_assert!(false, "a part that needs positions is evaluated in windows");
            }
        }
    }

    /// Sets the frequencies of its units to zero in the documents that `window` does not mark.
    fn retain_frequencies(&self, window: &Window, frequencies: &mut Frequencies) {
        match self {
            Self::Words { unit, .. } => {
                if let Some(unit) = unit.and_then(|unit| frequencies.unit_mut(unit)) {
                    unit.retain(window);
                }
            }
            Self::And(and) => {
                and.required.iter().for_each(|part| part.retain_frequencies(window, frequencies))
            }
            Self::Or(or) => or.parts().iter().for_each(|part| part.retain_frequencies(window, frequencies)),
            Self::Paragraph(part) => part.retain_frequencies(window, frequencies),
            // Without frequencies.
            _ => {}
        }
    }
}
