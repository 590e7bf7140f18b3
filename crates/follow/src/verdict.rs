//! How a request fares in the later report, over all paragraphs that speak to it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::label::{Outcome, Shares};
use crate::matching::Match;

/// How a request fares in the later report, as far as its words show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FollowVerdict {
    /// Criticised.
    Persists,
    /// Praised in part.
    Partly,
    /// Some paragraphs praise, others criticise.
    Mixed,
    /// Praised.
    Improved,
    /// No paragraph was found that speaks to it. Silence does not mean that it is solved.
    NotMentioned,
    /// Paragraphs are near it, but too few of its words are in them to tell.
    Unknown,
}

impl FollowVerdict {
    /// Every verdict.
    pub const ALL: [Self; 6] =
        [Self::Persists, Self::Partly, Self::Mixed, Self::Improved, Self::NotMentioned, Self::Unknown];

    /// The stable name: `not-mentioned`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Persists => "persists",
            Self::Partly => "partly",
            Self::Mixed => "mixed",
            Self::Improved => "improved",
            Self::NotMentioned => "not-mentioned",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for FollowVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A paragraph less relevant than this does not count.
const RELEVANT: f64 = 0.12;
/// Evidence below this (relevance by coverage) is none.
const NEAR: f64 = 0.05;
/// Evidence below this is not enough where no paragraph has a telling term of the request itself.
const NEAR_UNTOLD: f64 = 2.0 * NEAR;
/// Praise needs this much evidence, of a paragraph with a telling word of the request itself, before a request is said to
/// read better.
const ENOUGH: f64 = 0.22;
/// The mean of the outcomes, from -1 for criticised to 1 for praised, from which a request reads better.
const PRAISED: f64 = 0.45;
/// The mean below which it is criticised.
const CRITICISED: f64 = -0.45;
/// How a repeated request counts in the mean.
const ASKED_AGAIN: f64 = -0.7;

/// The verdict on ranked paragraphs, best first.
pub(crate) fn verdict(ranked: &[(Match, Outcome, Shares)]) -> FollowVerdict {
    let evidence = |found: &Match| found.relevance * found.coverage;
    let most = ranked.iter().map(|(found, ..)| evidence(found)).fold(0.0, f64::max);
    let is_told = ranked.iter().any(|(found, ..)| found.is_telling && found.relevance >= RELEVANT);
    if most < NEAR {
        return FollowVerdict::NotMentioned;
    }
    if !is_told && most < NEAR_UNTOLD {
        return FollowVerdict::Unknown;
    }
    let relevant = || ranked.iter().filter(|(found, ..)| found.relevance >= RELEVANT);
    let weights: f64 = relevant().map(|(found, ..)| found.relevance).sum();
    if weights == 0.0 {
        return FollowVerdict::Unknown;
    }
    let value = |outcome: Outcome, shares: Shares| match outcome {
        Outcome::RepeatedAction => ASKED_AGAIN,
        _ => shares.improved - shares.persists,
    };
    let mean =
        relevant().map(|(found, outcome, shares)| found.relevance * value(*outcome, *shares)).sum::<f64>()
            / weights;
    if mean >= PRAISED {
        let praised = relevant()
            .filter(|(found, outcome, _)| *outcome == Outcome::Improved && found.is_telling)
            .map(|(found, ..)| evidence(found));
        return if praised.fold(0.0, f64::max) >= ENOUGH {
            FollowVerdict::Improved
        } else {
            FollowVerdict::Unknown
        };
    }
    if mean <= CRITICISED { FollowVerdict::Persists } else { FollowVerdict::Partly }
}

/// [`Mixed`](FollowVerdict::Mixed) if one part of a request reads better and another is criticised.
pub(crate) fn mixed(parts: impl Iterator<Item = FollowVerdict>) -> Option<FollowVerdict> {
    let parts: Vec<FollowVerdict> = parts.collect();
    let has = |verdict: FollowVerdict| parts.contains(&verdict);
    (has(FollowVerdict::Improved) && has(FollowVerdict::Persists)).then_some(FollowVerdict::Mixed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(relevance: f64, coverage: f64, outcome: Outcome) -> (Match, Outcome, Shares) {
        let (improved, persists) = match outcome {
            Outcome::Improved => (0.9, 0.02),
            Outcome::Persists => (0.02, 0.9),
            _ => (0.3, 0.3),
        };
        (
            Match { relevance, coverage, is_telling: true },
            outcome,
            Shares { improved, partly: 1.0 - improved - persists, persists },
        )
    }

    #[test]
    fn silence_is_never_praise() {
        assert_eq!(verdict(&[]), FollowVerdict::NotMentioned);
        assert_eq!(verdict(&[found(0.3, 0.1, Outcome::Improved)]), FollowVerdict::NotMentioned);
        assert_eq!(verdict(&[found(0.5, 0.2, Outcome::Improved)]), FollowVerdict::Unknown);
        assert_eq!(verdict(&[found(0.9, 0.5, Outcome::Improved)]), FollowVerdict::Improved);
        let mut alike = found(0.9, 0.5, Outcome::Improved);
        alike.0.is_telling = false;
        assert_eq!(verdict(&[alike]), FollowVerdict::Unknown, "words that are only alike");
        let mut weak = found(0.5, 0.18, Outcome::Persists);
        assert_eq!(verdict(&[weak]), FollowVerdict::Persists);
        weak.0.is_telling = false;
        assert_eq!(verdict(&[weak]), FollowVerdict::Unknown, "few words, and none that is telling");
    }

    #[test]
    fn parts_that_fare_differently_are_mixed() {
        use FollowVerdict::{Improved, Mixed, NotMentioned, Partly, Persists};
        assert_eq!(mixed([Improved, Partly, Persists].into_iter()), Some(Mixed));
        assert_eq!(mixed([Improved, NotMentioned].into_iter()), None);
        assert_eq!(mixed([Persists].into_iter()), None);
    }

    #[test]
    fn a_repeated_request_outweighs_weak_praise() {
        let ranked = [found(0.9, 0.6, Outcome::RepeatedAction), found(0.4, 0.3, Outcome::Improved)];
        assert_eq!(verdict(&ranked), FollowVerdict::Partly);
        assert_eq!(verdict(&[found(0.9, 0.6, Outcome::RepeatedAction)]), FollowVerdict::Persists);
    }
}
