//! What the paragraphs of a later report say of a request and of its parts.

use std::ops::Range;

use quotable_index::Hit;

use crate::label::{Outcome, Shares, shares};
use crate::matching::{Match, Wanted};
use crate::model::{Model, Stemmed};
use crate::part::{FollowedPart, parts};
use crate::polarity::Polarity;
use crate::verdict::verdict;

/// The paragraphs that the verdict is about.
pub(crate) const JUDGED: usize = 10;
/// A part of a request with fewer different stems belongs to the part before it.
const LEAST_STEMS: usize = 2;

/// A paragraph with all that is known of it.
pub(crate) struct Prepared {
    pub(crate) hit: Hit,
    pub(crate) text: Stemmed,
    pub(crate) concepts: Vec<usize>,
    pub(crate) polarity: Vec<Polarity>,
    pub(crate) is_request: bool,
}

/// The parts of a request with their verdicts, from the best paragraphs with their matches; none for one part. A paragraph
/// speaks to the part that its best sentence covers most.
pub(crate) fn followed_parts(
    model: &mut Model,
    text: &str,
    best: &[(&Prepared, Match)],
    overall: f64,
) -> Vec<FollowedPart> {
    let mut wanted: Vec<(Range<usize>, Wanted)> = Vec::new();
    for part in parts(text) {
        let own = model.stemmed(text.get(part.clone()));
        let stems = Wanted::new(model, &own, Vec::new());
        if stems.stems.len() >= LEAST_STEMS {
            wanted.push((part, stems));
        } else if let Some((last, stems)) = wanted.last_mut() {
            last.end = part.end;
            let own = model.stemmed(text.get(last.clone()));
            *stems = Wanted::new(model, &own, Vec::new());
        }
    }
    if wanted.len() < 2 {
        return Vec::new();
    }
    let coverages: Vec<Vec<f64>> = best
        .iter()
        .map(|(prepared, _)| {
            let sentences = || prepared.text.sentences.iter();
            let coverage = |part: &Wanted| {
                sentences().map(|sentence| part.coverage(model, sentence)).fold(0.0, f64::max)
            };
            wanted.iter().map(|(_, part)| coverage(part)).collect()
        })
        .collect();
    let mut followed = Vec::with_capacity(wanted.len());
    for (number, (range, part)) in wanted.iter().enumerate() {
        let mut judged = Vec::new();
        for ((prepared, found), coverages) in best.iter().zip(&coverages) {
            let coverage = coverages[number];
            if coverages.iter().all(|other| *other <= coverage) {
                let is_telling = part.is_told_in(&prepared.text.sentences);
                let found = Match { coverage, is_telling, ..*found };
                judged.push(judge(model, part, prepared, found, overall));
            }
        }
        followed.push(FollowedPart { text: range.clone(), verdict: verdict(&judged) });
    }
    followed
}

/// What a paragraph says of the request.
pub(crate) fn judge(
    model: &Model,
    wanted: &Wanted,
    prepared: &Prepared,
    found: Match,
    overall: f64,
) -> (Match, Outcome, Shares) {
    let coverage = prepared.text.sentences.iter().map(|sentence| wanted.coverage(model, sentence));
    let sentences: Vec<_> = prepared.polarity.iter().copied().zip(coverage).collect();
    let shares = shares(&sentences, standing(&prepared.hit).unwrap_or(overall), overall);
    let outcome = if prepared.is_request { Outcome::RepeatedAction } else { shares.outcome() };
    (found, outcome, shares)
}

/// The grade of the section of a paragraph, from -1 for the worst to 1.5 for the best.
pub(crate) fn standing(hit: &Hit) -> Option<f64> {
    match hit.citation.grade.as_ref()?.as_str() {
        "outstanding" | "excellent" | "exceptional" => Some(1.5),
        "good" | "strong" | "strong-standard" | "expected-standard" | "reasonably-good" => Some(1.0),
        "requires-improvement"
        | "adequate"
        | "needs-attention"
        | "satisfactory"
        | "not-sufficiently-good" => Some(0.0),
        "inadequate" | "poor" | "unsatisfactory" | "urgent-improvement" | "weak" => Some(-1.0),
        _ => None,
    }
}
