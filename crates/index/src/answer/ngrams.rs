//! The words, or the sequences of words, of what a query finds: how often, and how evenly spread.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use quotable_query::Glob;
use quotable_query::analyse::fold;
use quotable_report::UnknownName;
use serde::{Deserialize, Serialize};

use crate::answer::extent::Extent;
use crate::answer::provenance::{self, Provenance};
use crate::answer::sequences::{self, Sequences, Side, Thresholds};
use crate::error::{Error, Result};
use crate::search::compiled::CompiledQuery;
use crate::search::options::Boilerplate;

/// The words or sequences of words (n-grams) of the paragraphs that a query finds, with their counts and their spread over the
/// reports. A sequence does not go over the end of a sentence.
///
/// The documented record, which only grows, is `export::ngram::NgramRecord` of the crate `quotable`; the form that serde gives
/// this type is for passing it between programs of one version.
///
/// ```
/// use quotable_index::{Index, NgramOptions};
/// use quotable_query::Query;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("west.txt", b"Care leavers wait. Care leavers hope.")?;
/// writer.put_bytes("east.txt", b"Leavers of care homes wait.")?;
/// writer.finish()?;
/// let all = index.search(&Query::All)?;
/// let pairs = all.ngrams(&NgramOptions::default().lengths(2..=2).min_count(2))?;
/// assert_eq!(pairs.rows.len(), 1);
/// assert_eq!((pairs.rows[0].words.as_str(), pairs.rows[0].count, pairs.rows[0].reports), ("care leavers", 2, 1));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ngrams {
    /// The words or sequences that pass the thresholds, in the order that the options ask for.
    pub rows: Vec<Ngram>,
    /// How many pass the thresholds: as many as there are rows, unless a limit cut them.
    pub found: u64,
    /// The text that was counted.
    pub extent: Extent,
    /// Version, corpus and query, to repeat the counts.
    pub provenance: Provenance,
    /// The order of the rows.
    pub sort: NgramSort,
}

/// A word or sequence of words, and how it is spread.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Ngram {
    /// The folded words, with single spaces between.
    pub words: String,
    /// Number of words.
    pub length: u8,
    /// Occurrences.
    pub count: u64,
    /// Occurrences for every 10,000 words.
    pub per_10_000_words: f64,
    /// Reports that have it.
    pub reports: u64,
    /// How unevenly the reports have it: Gries's deviation of proportions, 0 for evenly.
    pub dp: f64,
    /// The same, divided by its largest possible value.
    pub dp_norm: f64,
    /// Juilland's D over the reports: 1 for evenly.
    pub juilland_d: f64,
}

/// The order of words and sequences.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum NgramSort {
    /// The most frequent first.
    #[default]
    Count,
    /// Those of the most reports first.
    Reports,
    /// The most evenly spread first, by the deviation of proportions.
    Dp,
    /// By the alphabet.
    Words,
}

impl NgramSort {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Count, Self::Reports, Self::Dp, Self::Words];

    /// The name used in tables and JSON: `count`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Reports => "reports",
            Self::Dp => "dp",
            Self::Words => "words",
        }
    }
}

impl fmt::Display for NgramSort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for NgramSort {
    type Err = UnknownName;

    /// The order of that name, in any case; `frequency`, `range` and `alphabet` too.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        match name.to_lowercase().as_str() {
            "frequency" | "freq" => Ok(Self::Count),
            "range" => Ok(Self::Reports),
            "alphabet" | "word" => Ok(Self::Words),
            _ => UnknownName::find(name, &Self::ALL, Self::as_str),
        }
    }
}

/// Which words or sequences to list, and in which order.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct NgramOptions {
    /// Numbers of words of the sequences: 1 is single words.
    pub lengths: RangeInclusive<u8>,
    /// Only what occurs at least so often.
    pub min_count: u64,
    /// Only what at least so many reports have.
    pub min_reports: u64,
    /// Only what this pattern matches as a whole: `*` is any letters or none, `?` one letter, and a space stands between
    /// words.
    pub pattern: Option<String>,
    /// Whether to list function words and numbers, and sequences that begin or end with one.
    pub function_words: bool,
    /// The order.
    pub sort: NgramSort,
    /// List so many at most.
    pub limit: usize,
}

impl Default for NgramOptions {
    /// Single words, all of them; the most frequent first.
    fn default() -> Self {
        Self {
            lengths: 1..=1,
            min_count: 1,
            min_reports: 1,
            pattern: None,
            function_words: false,
            sort: NgramSort::default(),
            limit: usize::MAX,
        }
    }
}

impl NgramOptions {
    /// Sets the numbers of words of the sequences.
    #[must_use]
    pub fn lengths(mut self, lengths: RangeInclusive<u8>) -> Self {
        self.lengths = lengths;
        self
    }

    /// Sets how often it must occur.
    #[must_use]
    pub fn min_count(mut self, count: u64) -> Self {
        self.min_count = count;
        self
    }

    /// Sets how many reports must have it.
    #[must_use]
    pub fn min_reports(mut self, reports: u64) -> Self {
        self.min_reports = reports;
        self
    }

    /// Sets the pattern that it must match.
    #[must_use]
    pub fn pattern(mut self, pattern: impl Into<String>) -> Self {
        self.pattern = Some(pattern.into());
        self
    }

    /// Sets whether function words and numbers are listed.
    #[must_use]
    pub fn function_words(mut self, function_words: bool) -> Self {
        self.function_words = function_words;
        self
    }

    /// Sets the order.
    #[must_use]
    pub fn sort(mut self, sort: NgramSort) -> Self {
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

/// The words or sequences of what a query finds.
pub(crate) fn ngrams(compiled: &CompiledQuery, options: &NgramOptions) -> Result<Ngrams> {
    let longest = sequences::longest(&options.lengths)?;
    let parts = sequences::of_two(compiled, None, Boilerplate::Include, longest)?;
    let thresholds = Thresholds { count: options.min_count, reports: options.min_reports };
    let sides = [Side::of_target(&parts, |_| thresholds)];
    let extent = sides[0].sizes.target;
    let mut interrupt = compiled.options.interrupt();
    let counted = Sequences::count(compiled, &parts, &sides, &interrupt)?;
    let [sequences] = counted.as_slice() else { return Err(Error::damaged("sequences were not counted")) };
    let pattern = options.pattern.as_deref().map(folded_pattern);
    let mut rows = Vec::new();
    for length in options.lengths.clone().map(usize::from) {
        for (number, gram) in sequences.of_length(length) {
            interrupt.step()?;
            if !options.function_words && !sequences.is_of_content(length, gram) {
                continue;
            }
            let words = sequences.spelled(length, gram);
            if pattern.as_ref().is_some_and(|pattern| !pattern.matches(&words)) {
                continue;
            }
            // Exact up to 2^53.
            let rate = f64::from(gram.count) * 10_000.0 / extent.words as f64;
            let row = Ngram {
                words,
                length: u8::try_from(length).unwrap_or(u8::MAX),
                count: gram.count.into(),
                per_10_000_words: rate,
                reports: gram.reports.into(),
                dp: 0.0,
                dp_norm: 0.0,
                juilland_d: 0.0,
            };
            rows.push(((length, number), row));
        }
    }
    let found = rows.len() as u64;
    let by_count = |one: &Ngram, other: &Ngram| {
        (other.count, other.reports).cmp(&(one.count, one.reports)).then_with(|| one.words.cmp(&other.words))
    };
    interrupt.look()?;
    // The spread of what is not listed is not computed.
    if options.sort != NgramSort::Dp {
        rows.sort_by(|(_, one), (_, other)| match options.sort {
            NgramSort::Reports => other.reports.cmp(&one.reports).then_with(|| by_count(one, other)),
            NgramSort::Words => one.words.cmp(&other.words),
            _ => by_count(one, other),
        });
        rows.truncate(options.limit);
    }
    let places: Vec<(usize, u32)> = rows.iter().map(|(place, _)| *place).collect();
    let spread = sequences.spread(&places, &mut interrupt)?;
    for ((_, row), spread) in rows.iter_mut().zip(&spread) {
        (row.dp, row.dp_norm, row.juilland_d) = (spread.dp, spread.dp_norm, spread.juilland_d);
    }
    if options.sort == NgramSort::Dp {
        rows.sort_by(|(_, one), (_, other)| one.dp.total_cmp(&other.dp).then_with(|| by_count(one, other)));
        rows.truncate(options.limit);
    }
    Ok(Ngrams {
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        found,
        extent,
        provenance: provenance::of(compiled),
        sort: options.sort,
    })
}

/// A pattern with its letters folded as words are.
fn folded_pattern(pattern: &str) -> Glob {
    let parts = pattern.split_inclusive(['*', '?', ' ']).map(|part| {
        let (letters, sign) = match part.chars().last() {
            Some(sign @ ('*' | '?' | ' ')) => (&part[..part.len() - 1], Some(sign)),
            _ => (part, None),
        };
        fold(letters) + &sign.map(String::from).unwrap_or_default()
    });
    Glob::new(&parts.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::index::Index;

    fn rows(options: &NgramOptions) -> Vec<String> {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        writer
            .put_bytes("a.txt", "The heron waits. The heron waits by the mill. Wait, Heron!".as_bytes())
            .unwrap();
        writer.put_bytes("b.txt", b"The mill of 1842 waits. The mill waits.").unwrap();
        writer.finish().unwrap();
        let found = index.search(&quotable_query::Query::All).unwrap().ngrams(options).unwrap();
        found.rows.iter().map(|row| format!("{} {}/{}", row.words, row.count, row.reports)).collect()
    }

    #[test]
    fn words_are_listed_with_counts_and_reports() {
        let options = NgramOptions::default();
        assert_eq!(rows(&options), ["waits 4/2", "mill 3/2", "heron 3/1", "wait 1/1"]);
        assert_eq!(rows(&options.clone().function_words(true)).len(), 8);
        assert_eq!(rows(&options.clone().sort(NgramSort::Reports))[..2], ["waits 4/2", "mill 3/2"]);
        assert_eq!(rows(&options.clone().sort(NgramSort::Words))[0], "heron 3/1");
        assert_eq!(rows(&options.clone().pattern("Wait*")), ["waits 4/2", "wait 1/1"]);
        assert_eq!(rows(&options.clone().min_reports(2).limit(1)), ["waits 4/2"]);
        assert_eq!(rows(&options.clone().sort(NgramSort::Dp)).len(), 4);
    }

    #[test]
    fn sequences_stop_at_the_sentence_and_begin_and_end_with_content() {
        let options = NgramOptions::default().lengths(2..=4);
        assert_eq!(
            rows(&options.clone()),
            [
                "heron waits 2/1",
                "mill of 1842 waits 1/1",
                "mill waits 1/1",
                "wait heron 1/1",
                "waits by the mill 1/1"
            ]
        );
        let all = rows(&options.clone().function_words(true).min_count(2));
        assert_eq!(all, ["the mill 3/2", "heron waits 2/1", "the heron 2/1", "the heron waits 2/1"]);
    }
}
