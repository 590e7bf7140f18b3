//! What a paragraph says of a request, as far as its words show it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::polarity::Polarity;

/// What a paragraph of a later report says of a request of an earlier one, as far as its words show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Outcome {
    /// It is in a section that asks for improvement: the later report asks again.
    RepeatedAction,
    /// Criticised.
    Persists,
    /// Praised in part.
    Partly,
    /// Praised.
    Improved,
    /// The words do not show it.
    Unknown,
}

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 5] =
        [Self::RepeatedAction, Self::Persists, Self::Partly, Self::Improved, Self::Unknown];

    /// The stable name: `repeated-action`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RepeatedAction => "repeated-action",
            Self::Persists => "persists",
            Self::Partly => "partly",
            Self::Improved => "improved",
            Self::Unknown => "unknown",
        }
    }

    /// In words: `asked again`.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::RepeatedAction => "asked again",
            Self::Persists => "criticised",
            Self::Partly => "good and bad",
            Self::Improved => "reads better",
            Self::Unknown => "unclear",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The probabilities of the outcomes of a paragraph that asks for nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shares {
    pub(crate) improved: f64,
    pub(crate) partly: f64,
    pub(crate) persists: f64,
}

/// Below this probability the words are taken to be unclear.
const CLEAR: f64 = 0.52;
/// How much the best sentence for the request counts before the others.
const FOCUS: f64 = 6.0;

/// Weights of a multinomial logistic regression over the measures of [`shares`]; the last is the constant.
const WEIGHTS: [[f64; 16]; 3] = [
    [
        0.365, -0.663, 0.026, 0.641, -0.405, 0.462, -0.026, 0.549, -0.423, 0.585, 0.56, -0.454, -0.383,
        -0.875, 0.085, 0.184,
    ],
    [
        -0.011, 0.198, 0.611, -0.555, 0.354, -0.517, 0.468, 0.259, 1.001, -0.058, 0.291, 0.1, 0.032, -0.153,
        0.309, -0.076,
    ],
    [
        -0.354, 0.466, -0.637, -0.086, 0.051, 0.055, -0.442, -0.807, -0.578, -0.527, -0.852, 0.355, 0.35,
        1.028, -0.395, -0.108,
    ],
];

/// The probabilities, from sentences with their coverage of the request. `grade` is that of the section, and `overall` that
/// of the report on the average, both from -1 for the worst to 1.5 for the best.
pub(crate) fn shares(sentences: &[(Polarity, f64)], grade: f64, overall: f64) -> Shares {
    let most = sentences.iter().map(|(_, coverage)| *coverage).fold(0.0, f64::max);
    let weights: Vec<f64> = sentences.iter().map(|(_, coverage)| (FOCUS * (coverage - most)).exp()).collect();
    let total = weights.iter().sum::<f64>().max(1e-9);
    let focused = |value: &dyn Fn(&Polarity) -> f64| {
        sentences.iter().zip(&weights).map(|((polarity, _), weight)| weight * value(polarity)).sum::<f64>()
            / total
    };
    let count = sentences.len().max(1) as f64;
    let mean = |value: &dyn Fn(&Polarity) -> f64| {
        sentences.iter().map(|(polarity, _)| value(polarity)).sum::<f64>() / count
    };
    let is = |condition: bool| f64::from(u8::from(condition));
    let praise = |polarity: &Polarity| polarity.praise;
    let criticism = |polarity: &Polarity| polarity.criticism;
    let criticisms: f64 = sentences.iter().map(|(polarity, _)| polarity.criticism).sum();
    let measures = [
        focused(&praise).tanh(),
        focused(&criticism).tanh(),
        (focused(&praise) - focused(&criticism)).tanh(),
        mean(&praise).tanh(),
        mean(&criticism).tanh(),
        (mean(&praise) - mean(&criticism)).tanh(),
        focused(&|polarity| is(polarity.change > 0.0)),
        is(sentences.iter().any(|(polarity, _)| polarity.change > 0.0)),
        focused(&|polarity| is(polarity.reservation > 0.0)),
        grade,
        overall,
        focused(&|polarity| is(polarity.praise > 0.0 && polarity.criticism > 0.0)),
        criticisms.min(4.0) / 4.0,
        focused(&|polarity| is(polarity.criticism > 0.0)),
        focused(&|polarity| is(polarity.praise > polarity.criticism)),
        1.0,
    ];
    let sums =
        WEIGHTS.map(|row| row.iter().zip(&measures).map(|(weight, measure)| weight * measure).sum::<f64>());
    let most = sums.iter().copied().fold(f64::MIN, f64::max);
    let [improved, partly, persists] = sums.map(|sum| (sum - most).exp());
    let total = improved + partly + persists;
    Shares { improved: improved / total, partly: partly / total, persists: persists / total }
}

impl Shares {
    /// The most likely outcome, if it is likely enough.
    pub(crate) fn outcome(self) -> Outcome {
        let all = [
            (self.improved, Outcome::Improved),
            (self.partly, Outcome::Partly),
            (self.persists, Outcome::Persists),
        ];
        let best = all.into_iter().max_by(|left, right| left.0.total_cmp(&right.0));
        best.filter(|(share, _)| *share >= CLEAR).map_or(Outcome::Unknown, |(_, outcome)| outcome)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(text: &str, grade: f64) -> Outcome {
        let sentences: Vec<_> =
            text.split_inclusive(". ").map(|sentence| (Polarity::of(sentence), 0.5)).collect();
        shares(&sentences, grade, grade).outcome()
    }

    #[test]
    fn words_show_praise_and_criticism() {
        assert_eq!(
            outcome("Supervision is regular, reflective and of high quality. Staff are well supported.", 1.0),
            Outcome::Improved
        );
        assert_eq!(
            outcome("Supervision is still not regular. Too many plans drift, and delays are serious.", -1.0),
            Outcome::Persists
        );
    }
}
