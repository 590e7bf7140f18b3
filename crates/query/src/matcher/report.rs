//! Matches whole reports paragraph by paragraph. The reference for scopes wider than the paragraph.

use super::{Condition, Found, Matcher, Outcome};
use crate::query::{Filter, Scope};
use crate::text::Text;

/// A paragraph of a report.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its words.
    pub text: Text,
    /// The theme chunk: paragraphs with the same number belong to the same chunk.
    pub theme: u32,
}

impl Matcher {
    /// Matches every paragraph of a report, with all scopes decided. `filter` decides filters for a paragraph, given by its
    /// zero-based index in `paragraphs`.
    ///
    /// Simple and slow: a wide scope is evaluated anew for every paragraph.
    #[must_use]
    pub fn find_in_report(
        &self,
        paragraphs: &[Paragraph],
        filter: impl Fn(usize, &Filter) -> bool,
    ) -> Vec<Found> {
        let report = Report { paragraphs, filter: &filter };
        let found = |at: usize| Found::of(&report.outcome(self, at), &paragraphs[at].text);
        (0..paragraphs.len()).map(found).collect()
    }
}

struct Report<'r> {
    paragraphs: &'r [Paragraph],
    filter: &'r dyn Fn(usize, &Filter) -> bool,
}

impl Report<'_> {
    fn outcome(&self, matcher: &Matcher, at: usize) -> Outcome {
        let decide = |condition: Condition<'_>, _: bool| match condition {
            Condition::Filter(filter) => (self.filter)(at, filter),
            Condition::Within { scope, query } => {
                let part = Matcher::new(query);
                debug_assert!(part.is_ok(), "a part of a compiled query compiles: {query}");
                part.is_ok_and(|part| self.unit(scope, at).any(|other| self.outcome(&part, other).holds))
            }
        };
        matcher.outcome(&matcher.positions(&self.paragraphs[at].text), &decide, true)
    }

    /// The paragraphs of the unit of a paragraph.
    fn unit(&self, scope: Scope, at: usize) -> impl Iterator<Item = usize> {
        let theme = self.paragraphs[at].theme;
        (0..self.paragraphs.len())
            .filter(move |&other| scope == Scope::Report || self.paragraphs[other].theme == theme)
    }
}
