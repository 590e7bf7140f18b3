//! Requests and their candidates as rows.

use quotable_follow::{Candidate, Followed};
use quotable_index::Hit;
use serde::Serialize;

use super::{FollowGroup, FollowView, differing_parts};
use crate::cell::Cell;
use crate::csv::VALUE_SEPARATOR;

/// A row of `follow`: a candidate of a request; or a request of the later report alone, a sentence about many requests, a
/// grade, or a concept. Fields that a kind has not are `None`.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct FollowRecord<'f> {
    /// `request`, `new`, `blanket`, `grade` or `concept`.
    pub kind: &'static str,
    /// The group of the request.
    pub group: Option<&'static str>,
    /// The verdict on the request.
    pub verdict: Option<&'static str>,
    /// The number of the request in its report.
    pub request: Option<u64>,
    /// The words of the request.
    pub request_text: Option<&'f str>,
    /// The heading above the request.
    pub request_section: Option<&'f str>,
    /// The printed number of its paragraph.
    pub request_paragraph: Option<&'f str>,
    /// Its page.
    pub request_page: Option<u32>,
    /// Its citation.
    pub request_citation: Option<String>,
    /// The place of the candidate among those of its request, from 1.
    pub rank: Option<u64>,
    /// What the candidate says.
    pub outcome: Option<&'static str>,
    /// An estimate of the probability that the candidate speaks to the request.
    pub relevance: Option<f64>,
    /// The share of the request that its best sentence has.
    pub coverage: Option<f64>,
    /// The words of the paragraph.
    pub text: Option<&'f str>,
    /// The heading above it.
    pub section: Option<&'f str>,
    /// Its printed number.
    pub paragraph: Option<&'f str>,
    /// Its page.
    pub page: Option<u32>,
    /// Its citation.
    pub citation: Option<String>,
    /// Its id.
    pub id: Option<String>,
    /// The name of the area or the concept.
    pub name: Option<&'f str>,
    /// The grade in the earlier report, or the paragraphs of it that have the concept.
    pub earlier: Option<String>,
    /// The same of the later report.
    pub later: Option<String>,
    /// The path of the earlier report.
    pub earlier_path: &'f str,
    /// The path of the later report.
    pub later_path: &'f str,
    /// How the parts of a request fare that differ: `improved: …`, `persists: …`.
    pub parts: Option<String>,
}

impl<'f> FollowRecord<'f> {
    /// The rows of an answer: requests with the candidates shown, then new requests, blankets, grades and concepts.
    pub fn of(view: &FollowView<'f>) -> Vec<Self> {
        let answer = view.answer;
        let mut rows = Vec::new();
        for followed in &answer.followed {
            let asked = Self {
                group: Some(FollowGroup::of(followed).as_str()),
                verdict: Some(followed.verdict.as_str()),
                parts: parts(followed),
                ..Self::empty("request", view).asked(followed.request.number, &followed.request.hit)
            };
            if followed.shown().is_empty() {
                rows.push(asked.clone());
            }
            let rank = |(at, candidate): (usize, &'f Candidate)| asked.clone().candidate(at + 1, candidate);
            rows.extend(followed.shown().iter().enumerate().map(rank));
        }
        rows.extend(answer.new.iter().map(|new| Self::empty("new", view).asked(new.number, &new.hit)));
        rows.extend(answer.blankets.iter().map(|blanket| Self::empty("blanket", view).found(&blanket.hit)));
        rows.extend(answer.grades.iter().map(|change| Self {
            name: Some(change.area.as_str()),
            earlier: change.earlier.as_ref().map(ToString::to_string),
            later: change.later.as_ref().map(ToString::to_string),
            ..Self::empty("grade", view)
        }));
        rows.extend(answer.concepts.iter().map(|row| Self {
            name: Some(&row.name),
            earlier: Some(row.earlier.to_string()),
            later: Some(row.later.to_string()),
            ..Self::empty("concept", view)
        }));
        rows
    }

    fn empty(kind: &'static str, view: &FollowView<'f>) -> Self {
        Self {
            kind,
            group: None,
            verdict: None,
            request: None,
            request_text: None,
            request_section: None,
            request_paragraph: None,
            request_page: None,
            request_citation: None,
            rank: None,
            outcome: None,
            relevance: None,
            coverage: None,
            text: None,
            section: None,
            paragraph: None,
            page: None,
            citation: None,
            id: None,
            name: None,
            earlier: None,
            later: None,
            earlier_path: &view.answer.earlier,
            later_path: &view.answer.later,
            parts: None,
        }
    }

    fn asked(self, number: usize, hit: &'f Hit) -> Self {
        Self {
            request: Some(number as u64),
            request_text: Some(&hit.text),
            request_section: hit.citation.section(),
            request_paragraph: hit.citation.paragraph.as_deref(),
            request_page: hit.citation.page,
            request_citation: Some(hit.citation.to_string()),
            ..self
        }
    }

    fn found(self, hit: &'f Hit) -> Self {
        Self {
            text: Some(&hit.text),
            section: hit.citation.section(),
            paragraph: hit.citation.paragraph.as_deref(),
            page: hit.citation.page,
            citation: Some(hit.citation.to_string()),
            id: Some(hit.id.to_string()),
            ..self
        }
    }

    fn candidate(self, rank: usize, candidate: &'f Candidate) -> Self {
        let rounded = |value: f64| Some((value * 1e4).round() / 1e4);
        Self {
            rank: Some(rank as u64),
            outcome: Some(candidate.outcome.as_str()),
            relevance: rounded(candidate.relevance),
            coverage: rounded(candidate.coverage),
            ..self.found(&candidate.hit)
        }
    }

    /// The names of the columns of CSV.
    pub fn names() -> Vec<&'static str> {
        vec![
            "kind", "group", "verdict", "request", "request_text", "request_section", "request_paragraph",
            "request_page", "request_citation", "rank", "outcome", "relevance", "coverage", "text",
            "section", "paragraph", "page", "citation", "id", "name", "earlier", "later", "earlier_path",
            "later_path", "parts",
        ]
    }

    /// The cells, in the order of the [`names`](Self::names).
    pub fn cells(&self) -> Vec<Cell<'_>> {
        let share = |value: Option<f64>| value.map_or(Cell::Empty, |value| Cell::rounded(value, 4));
        vec![
            self.kind.into(),
            self.group.into(),
            self.verdict.into(),
            self.request.into(),
            self.request_text.into(),
            self.request_section.into(),
            self.request_paragraph.into(),
            self.request_page.into(),
            self.request_citation.as_deref().into(),
            self.rank.into(),
            self.outcome.into(),
            share(self.relevance),
            share(self.coverage),
            self.text.into(),
            self.section.into(),
            self.paragraph.into(),
            self.page.into(),
            self.citation.as_deref().into(),
            self.id.as_deref().into(),
            self.name.into(),
            self.earlier.as_deref().into(),
            self.later.as_deref().into(),
            self.earlier_path.into(),
            self.later_path.into(),
            self.parts.as_deref().into(),
        ]
    }
}

/// The parts of a request of mixed fate, each behind its verdict.
fn parts(followed: &Followed) -> Option<String> {
    let parts = differing_parts(followed).map(|(part, verdict)| format!("{verdict}: {part}"));
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(VALUE_SEPARATOR))
}
