//! Which words and sequences are keywords, and in which order.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use quotable_report::UnknownName;
use serde::{Deserialize, Serialize};

use super::{Keyword, KeywordPart};
use crate::answer::sequences;
use crate::search::options::Boilerplate;

/// The order of keywords: the greatest value first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum KeywordSort {
    /// By log-likelihood G2 (Dunning 1993; Rayson and Garside 2000): how sure the difference is.
    #[default]
    LogLikelihood,
    /// By log ratio (Hardie 2014): how large it is.
    LogRatio,
    /// By simple maths with the constant 1 (Kilgarriff 2009).
    SimpleMaths,
    /// By %DIFF (Gabrielatos and Marchi 2011). Words that the reference lacks come first.
    PercentDifference,
    /// By the odds ratio. Words that the reference lacks come first.
    OddsRatio,
    /// By chi-squared.
    ChiSquared,
    /// By occurrences in the target.
    Count,
    /// By reports of the target that have it.
    Reports,
}

impl KeywordSort {
    /// Every order.
    pub const ALL: [Self; 8] = [
        Self::LogLikelihood,
        Self::LogRatio,
        Self::SimpleMaths,
        Self::PercentDifference,
        Self::OddsRatio,
        Self::ChiSquared,
        Self::Count,
        Self::Reports,
    ];

    /// The name used in tables and JSON: `log_likelihood`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LogLikelihood => "log_likelihood",
            Self::LogRatio => "log_ratio",
            Self::SimpleMaths => "simple_maths",
            Self::PercentDifference => "percent_difference",
            Self::OddsRatio => "odds_ratio",
            Self::ChiSquared => "chi_squared",
            Self::Count => "count",
            Self::Reports => "reports",
        }
    }

    /// How strongly a keyword speaks for the part that has more of it, by this order. Measures of the reference have the
    /// opposite sign, or fall as it has more.
    pub(super) fn strength(self, keyword: &Keyword) -> f64 {
        let value = self.value(keyword);
        match (self, keyword.part) {
            (Self::Count, KeywordPart::Reference) => keyword.reference_count as f64,
            (Self::Reports, _) | (_, KeywordPart::Target) => value,
            (_, KeywordPart::Reference) => -value,
        }
    }

    /// The value of a keyword by which it is sorted.
    pub fn value(self, keyword: &Keyword) -> f64 {
        match self {
            Self::LogLikelihood => keyword.log_likelihood,
            Self::LogRatio => keyword.log_ratio,
            Self::SimpleMaths => keyword.simple_maths,
            Self::PercentDifference => keyword.percent_difference.unwrap_or(f64::INFINITY),
            Self::OddsRatio => keyword.odds_ratio.unwrap_or(f64::INFINITY),
            Self::ChiSquared => keyword.chi_squared,
            // Exact up to 2^53.
            Self::Count => keyword.count as f64,
            Self::Reports => keyword.reports as f64,
        }
    }
}

impl fmt::Display for KeywordSort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for KeywordSort {
    type Err = UnknownName;

    /// The order of that name, in any case and with or without hyphens, and by the names that other programs have: `g2`,
    /// `ll`, `lr`, `%diff`, `chi2`, `range`.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        let plain: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
        match plain.as_str() {
            "loglikelihood" | "g2" | "ll" => Ok(Self::LogLikelihood),
            "logratio" | "lr" => Ok(Self::LogRatio),
            "simplemaths" | "simplemath" => Ok(Self::SimpleMaths),
            "percentdifference" | "diff" | "percentdiff" => Ok(Self::PercentDifference),
            "oddsratio" | "or" => Ok(Self::OddsRatio),
            "chisquared" | "chi2" | "chisq" => Ok(Self::ChiSquared),
            "frequency" | "freq" => Ok(Self::Count),
            "range" => Ok(Self::Reports),
            _ => UnknownName::find(name, &Self::ALL, Self::as_str),
        }
    }
}

/// Which words and sequences are keywords, and in which order.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct KeywordOptions {
    /// Numbers of words of the sequences: 1 is single words.
    pub lengths: RangeInclusive<u8>,
    /// Only what the target has at least so often.
    pub min_count: u64,
    /// Only what at least so many reports of the target have; all of them, if there are fewer.
    pub min_reports: u64,
    /// Only what is at least so much more frequent, as log ratio: 1 is twice as frequent.
    pub min_log_ratio: f64,
    /// Only what has at most this adjusted probability.
    pub max_p: f64,
    /// Only what is spread at least so evenly: at most this deviation of proportions.
    pub max_dp: Option<f64>,
    /// Whether to list function words and numbers, and sequences that begin or end with one.
    pub function_words: bool,
    /// Whether boilerplate counts like other text; else it is counted apart.
    pub boilerplate: Boilerplate,
    /// Whether to list also what the reference has relatively more of (negative keywords).
    pub both: bool,
    /// Words shown on each side of an [example](Keyword::example); 0 for no examples in words.
    pub context: u16,
    /// The order.
    pub sort: KeywordSort,
    /// List so many at most, of either part.
    pub limit: usize,
}

impl Default for KeywordOptions {
    /// Single words that occur five times in three reports or more, and are more frequent at all with an adjusted probability
    /// of 0.01 at most; function words left out; boilerplate apart; examples with eight words on each side; by log-likelihood.
    fn default() -> Self {
        Self {
            lengths: 1..=1,
            min_count: 5,
            min_reports: 3,
            min_log_ratio: 0.0,
            max_p: 0.01,
            max_dp: None,
            function_words: false,
            boilerplate: Boilerplate::Exclude,
            both: false,
            context: 8,
            sort: KeywordSort::default(),
            limit: usize::MAX,
        }
    }
}

impl KeywordOptions {
    /// The most words of a sequence.
    pub const MOST_WORDS: u8 = sequences::LONGEST;

    /// Sets the numbers of words of the sequences.
    #[must_use]
    pub fn lengths(mut self, lengths: RangeInclusive<u8>) -> Self {
        self.lengths = lengths;
        self
    }

    /// Sets how often the target must have it.
    #[must_use]
    pub fn min_count(mut self, count: u64) -> Self {
        self.min_count = count;
        self
    }

    /// Sets how many reports of the target must have it.
    #[must_use]
    pub fn min_reports(mut self, reports: u64) -> Self {
        self.min_reports = reports;
        self
    }

    /// Sets the least log ratio.
    #[must_use]
    pub fn min_log_ratio(mut self, log_ratio: f64) -> Self {
        self.min_log_ratio = log_ratio;
        self
    }

    /// Sets the greatest adjusted probability.
    #[must_use]
    pub fn max_p(mut self, p: f64) -> Self {
        self.max_p = p;
        self
    }

    /// Sets the greatest deviation of proportions.
    #[must_use]
    pub fn max_dp(mut self, dp: f64) -> Self {
        self.max_dp = Some(dp);
        self
    }

    /// Sets whether function words and numbers are listed.
    #[must_use]
    pub fn function_words(mut self, function_words: bool) -> Self {
        self.function_words = function_words;
        self
    }

    /// Sets whether boilerplate counts like other text.
    #[must_use]
    pub fn boilerplate(mut self, boilerplate: Boilerplate) -> Self {
        self.boilerplate = boilerplate;
        self
    }

    /// Sets whether to list also what the reference has relatively more of.
    #[must_use]
    pub fn both(mut self, both: bool) -> Self {
        self.both = both;
        self
    }

    /// Sets the number of words on each side of an example.
    #[must_use]
    pub fn context(mut self, words: u16) -> Self {
        self.context = words;
        self
    }

    /// Sets the order.
    #[must_use]
    pub fn sort(mut self, sort: KeywordSort) -> Self {
        self.sort = sort;
        self
    }

    /// Sets how many are listed at most.
    #[must_use]
    pub fn limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }
}
