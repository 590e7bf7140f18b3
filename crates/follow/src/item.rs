//! What a report asks for: the paragraphs of its sections of recommendations, requirements and areas for improvement.

use quotable_index::Hit;

use crate::model::is_text;

/// Words of a heading above what must be done.
const ASKING: [&str; 14] = [
    "recommendation",
    "needs to improve",
    "need to improve",
    "priority and immediate action",
    "priority action",
    "areas for improvement",
    "area for improvement",
    "areas for priority action",
    "immediate action",
    "need to do to improve",
    "requirement notice",
    "points for improvement",
    "action we have told",
    "next steps",
];
/// Words of a heading above what describes the area or the inspection, and finds nothing.
const DESCRIBING: [&str; 16] = [
    "information about this",
    "inspection team",
    "children living in",
    "in this area",
    "in the area",
    "in this local authority",
    "previous ofsted",
    "other ofsted",
    "local leadership",
    "about the local",
    "about this inspection",
    "about the inspection",
    "contents",
    "how we inspect",
    "ofsted is proud",
    "previous inspection",
];
/// Headings with these words speak of past requests, and ask for nothing.
const PAST: [&str; 3] = ["progress on previous", "previous recommendations", "last inspection"];

/// What a report asks for, in one paragraph.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Request {
    /// Its number among the requests of the report, from 1.
    pub number: usize,
    /// The paragraph, with its citation.
    pub hit: Hit,
}

impl Request {
    /// A paragraph that is taken for a request.
    pub fn new(number: usize, hit: Hit) -> Self {
        Self { number, hit }
    }
}

/// True if the paragraph is in a section that asks for something.
pub(crate) fn asks(hit: &Hit) -> bool {
    if hit.theme.as_deref() == Some("recommendations") {
        return true;
    }
    let Some(heading) = hit.citation.section() else { return false };
    let heading = heading.to_lowercase();
    ASKING.iter().any(|words| heading.contains(words)) && !PAST.iter().any(|words| heading.contains(words))
}

/// True if the paragraph describes the area or the inspection instead of what was found.
pub(crate) fn describes(hit: &Hit) -> bool {
    let Some(heading) = hit.citation.section() else { return false };
    let heading = heading.to_lowercase();
    DESCRIBING.iter().any(|words| heading.contains(words)) && !asks(hit)
}

/// What the report with these paragraphs asks for, in the order of the report. Lines that only introduce a list are left out.
pub fn requests(paragraphs: &[Hit]) -> Vec<Request> {
    let asking = paragraphs.iter().filter(|hit| is_text(hit.role) && asks(hit));
    let asking = asking.filter(|hit| !hit.text.trim_end().ends_with(':') && hit.words >= 4);
    asking.enumerate().map(|(at, hit)| Request::new(at + 1, hit.clone())).collect()
}
