//! The parts of a request, which may fare differently: "plans are reviewed, and copies are given to parents".

use std::ops::Range;

use quotable_report::sentences;

use crate::verdict::FollowVerdict;

/// A part of a request, and how it fares.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FollowedPart {
    /// The part, as a byte range of the paragraph of the request.
    pub text: Range<usize>,
    /// What the candidates that speak to this part say of it.
    pub verdict: FollowVerdict,
}

/// What stands between two parts of a sentence.
const BETWEEN: [&str; 16] = [
    " and what ", " and how ", " and for ", "; ", ": ", ", and ", ", that ", " and that ", ", including ",
    " including ", " as well as ", ", so that ", " so that ", ", with ", ", particularly ", " in order ",
];

/// The parts of a text, as byte ranges: its sentences, cut where one thing asked for ends and another begins.
pub(crate) fn parts(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for sentence in sentences(text) {
        let mut start = sentence.start;
        while let Some(rest) = text.get(start..sentence.end) {
            // Of two signs that begin at one place the longer one: ", and that " is no ", and ".
            let next = BETWEEN
                .iter()
                .filter_map(|sign| rest.find(sign).map(|at| (at, sign.len())))
                .min_by_key(|(at, length)| (*at, std::cmp::Reverse(*length)));
            let Some((at, length)) = next else { break };
            parts.push(start..start + at);
            start += at + length;
        }
        parts.push(start..sentence.end);
    }
    parts.retain(|part| !text.get(part.clone()).unwrap_or_default().trim().is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_cut_where_another_thing_is_asked_for() {
        let cut = |text: &'static str| parts(text).into_iter().map(|part| &text[part]).collect::<Vec<_>>();
        assert_eq!(
            cut("Ensure that plans are reviewed, and copies are given to parents. Visit more often."),
            ["Ensure that plans are reviewed", "copies are given to parents. ", "Visit more often."]
        );
        assert_eq!(
            cut("The regularity and quality of supervision."),
            ["The regularity and quality of supervision."]
        );
        assert_eq!(cut(""), Vec::<&str>::new());
    }
}
