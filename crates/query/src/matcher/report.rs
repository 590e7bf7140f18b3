//! A whole report by definition: the oracle of scopes wider than the paragraph.

use super::{Condition, Found, Matcher, Outcome};
use crate::query::{Filter, Scope};
use crate::text::Text;

/// A paragraph of a report.
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// Its words.
    pub text: Text,
    /// The number of the theme chunk it belongs to; of the same number means of the same chunk.
    pub theme: u32,
}

impl Matcher {
    /// Matches every paragraph of a report, with all scopes decided; `filter` answers what is known of the
    /// paragraph of that zero-based place.
    ///
    /// Plain and slow: a wide scope is asked of every paragraph anew.
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
            Condition::Within { scope, query } => Matcher::new(query)
                .is_ok_and(|part| self.unit(scope, at).any(|other| self.outcome(&part, other).holds)),
        };
        matcher.outcome(&matcher.positions(&self.paragraphs[at].text), &decide, true)
    }

    fn unit(&self, scope: Scope, at: usize) -> impl Iterator<Item = usize> {
        let theme = self.paragraphs[at].theme;
        (0..self.paragraphs.len())
            .filter(move |&other| scope == Scope::Report || self.paragraphs[other].theme == theme)
    }
}
