//! What to count beside the occurrences of a query, and what to list.

use std::fmt;
use std::str::FromStr;

use quotable_report::UnknownName;
use serde::{Deserialize, Serialize};

/// A measure of association between the query and a word: how strong it is, or how well supported.
///
/// ```
/// use quotable_index::Measure;
///
/// assert_eq!("logDice".parse::<Measure>()?, Measure::LogDice);
/// assert_eq!("LL".parse::<Measure>()?, Measure::LogLikelihood);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Measure {
    /// logDice (Rychlý 2008): strength, at most 14; does not depend on the size of the corpus.
    #[default]
    LogDice,
    /// Log-likelihood G2 (Dunning 1993): how well supported; favours frequent words.
    LogLikelihood,
    /// Pointwise mutual information (Church and Hanks 1990): strength; favours rare words.
    Mi,
    /// MI3 (Daille 1994): mutual information with more weight for frequency.
    Mi3,
    /// t-score (Church and others 1991): how well supported; favours frequent words.
    TScore,
    /// z-score (Berry-Rogghe 1973).
    ZScore,
    /// The Dice coefficient, from 0 to 1.
    Dice,
    /// Pearson's chi-squared.
    ChiSquared,
    /// The probability by Fisher's exact test that chance puts the word there so often: small is strong.
    Fisher,
}

impl Measure {
    /// Every measure, in the order of tables.
    pub const ALL: [Self; 9] = [
        Self::LogDice,
        Self::LogLikelihood,
        Self::Mi,
        Self::Mi3,
        Self::TScore,
        Self::ZScore,
        Self::Dice,
        Self::ChiSquared,
        Self::Fisher,
    ];

    /// The name used in tables and JSON: `log_dice`, `log_likelihood`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LogDice => "log_dice",
            Self::LogLikelihood => "log_likelihood",
            Self::Mi => "mi",
            Self::Mi3 => "mi3",
            Self::TScore => "t_score",
            Self::ZScore => "z_score",
            Self::Dice => "dice",
            Self::ChiSquared => "chi_squared",
            Self::Fisher => "fisher",
        }
    }

    /// True if a small value is a strong association.
    pub fn is_probability(self) -> bool {
        self == Self::Fisher
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Measure {
    type Err = UnknownName;

    /// The measure of that name, in any case and with or without hyphens, and by the short names that other programs have:
    /// `g2`, `ll`, `t`, `z`, `chi2`.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let plain: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        match plain.as_str() {
            "logdice" => Ok(Self::LogDice),
            "loglikelihood" | "g2" | "ll" | "llr" => Ok(Self::LogLikelihood),
            "mi" | "pmi" => Ok(Self::Mi),
            "tscore" | "t" => Ok(Self::TScore),
            "zscore" | "z" => Ok(Self::ZScore),
            "chisquared" | "chi2" | "x2" | "chisq" => Ok(Self::ChiSquared),
            _ => UnknownName::find(name, &Self::ALL, Self::as_str),
        }
    }
}

/// What to count beside the occurrences of a query, and what to list.
///
/// A window has up to `left` words before an occurrence and up to `right` after it, and ends with the paragraph, or with the
/// sentence where that is asked for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CollocateOptions {
    /// Words before an occurrence; at most 1,000.
    pub left: u16,
    /// Words after an occurrence; at most 1,000.
    pub right: u16,
    /// Whether windows end with the sentence.
    pub within_sentence: bool,
    /// The measure that sorts the list.
    pub measure: Measure,
    /// List only what stands in the windows at least so often.
    pub min_count: u64,
    /// List only what stands in the windows of at least so many reports.
    pub min_reports: u64,
    /// List only what the measure gives at least this value; for a probability, at most.
    pub min_score: Option<f64>,
    /// Whether to list function words and numbers.
    pub function_words: bool,
    /// Whether to list the concepts of the code book in place of words.
    pub concepts: bool,
    /// Words shown on each side of an occurrence in an [example](crate::Collocate::example); 0 for no examples in words. Those
    /// between the occurrence and the collocate are always shown.
    pub context: u16,
    /// List so many at most.
    pub limit: usize,
}

impl Default for CollocateOptions {
    /// Five words on both sides, to the end of the paragraph; at least three times; by logDice; all words but function
    /// words and numbers; examples with eight words on each side.
    fn default() -> Self {
        Self {
            left: 5,
            right: 5,
            within_sentence: false,
            measure: Measure::default(),
            min_count: 3,
            min_reports: 1,
            min_score: None,
            function_words: false,
            concepts: false,
            context: 8,
            limit: usize::MAX,
        }
    }
}

impl CollocateOptions {
    /// The most words on one side of a window.
    pub const MOST_WORDS: u16 = 1_000;

    /// Sets the number of words on both sides.
    #[must_use]
    pub fn window(self, words: u16) -> Self {
        self.left(words).right(words)
    }

    /// Sets the number of words before an occurrence.
    #[must_use]
    pub fn left(mut self, words: u16) -> Self {
        self.left = words;
        self
    }

    /// Sets the number of words after an occurrence.
    #[must_use]
    pub fn right(mut self, words: u16) -> Self {
        self.right = words;
        self
    }

    /// Sets whether windows end with the sentence.
    #[must_use]
    pub fn within_sentence(mut self, within_sentence: bool) -> Self {
        self.within_sentence = within_sentence;
        self
    }

    /// Sets the measure that sorts the list.
    #[must_use]
    pub fn measure(mut self, measure: Measure) -> Self {
        self.measure = measure;
        self
    }

    /// Sets how often a word must stand in the windows.
    #[must_use]
    pub fn min_count(mut self, count: u64) -> Self {
        self.min_count = count;
        self
    }

    /// Sets in how many reports a word must stand in the windows.
    #[must_use]
    pub fn min_reports(mut self, reports: u64) -> Self {
        self.min_reports = reports;
        self
    }

    /// Sets the least value of the measure.
    #[must_use]
    pub fn min_score(mut self, score: f64) -> Self {
        self.min_score = Some(score);
        self
    }

    /// Sets whether to list function words and numbers.
    #[must_use]
    pub fn function_words(mut self, function_words: bool) -> Self {
        self.function_words = function_words;
        self
    }

    /// Sets whether to list the concepts of the code book in place of words.
    #[must_use]
    pub fn concepts(mut self, concepts: bool) -> Self {
        self.concepts = concepts;
        self
    }

    /// Sets the number of words on each side of an example.
    #[must_use]
    pub fn context(mut self, words: u16) -> Self {
        self.context = words;
        self
    }

    /// Sets how many are listed at most.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }
}
