//! The arguments of `quotable keywords`, `quotable words` and `quotable ngrams`.

use std::ops::RangeInclusive;
use std::path::PathBuf;

use clap::Args;
use quotable::{Boilerplate, KeywordOptions, KeywordSort, NgramOptions, NgramSort};

use super::TEMPLATE;
use super::location::{LocationArgs, RefreshArgs};
use super::output::OutputArgs;
use super::query::{FilterArgs, Include, QueryLimitArgs};
use super::value;

/// Where to look, of a command that counts the words of many paragraphs.
#[derive(Debug, Args)]
pub(crate) struct TextArgs {
    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// Also count the rows of tables, or footnotes [default: neither]
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_enum)]
    pub(crate) include: Vec<Include>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    #[command(flatten)]
    pub(crate) limits: QueryLimitArgs,
}

/// List the words that some reports or paragraphs have more of than others
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = KEYWORDS_EXAMPLES, after_help = KEYWORDS_NOTES)]
pub(crate) struct KeywordsArgs {
    #[command(flatten)]
    pub(crate) text: TextArgs,

    /// The paragraphs in question: filters (grade:inadequate, date:2018, path:*west*), words, or both
    #[arg(long = "in", alias = "target", value_name = "QUERY")]
    pub(crate) target: String,

    /// The paragraphs to compare them with [default: all others]
    #[arg(long, alias = "reference", value_name = "QUERY")]
    pub(crate) against: Option<String>,

    /// List also, apart, the words that the others have more of (negative keywords)
    #[arg(long, alias = "negative")]
    pub(crate) both: bool,

    /// List sequences of N words, or of N to M words (at most 8); 1 is single words
    #[arg(long, alias = "ngrams", value_name = "N[-M]", default_value = "1", value_parser = lengths)]
    pub(crate) words: RangeInclusive<u8>,

    /// Leave out what occurs fewer than N times in the paragraphs in question
    #[arg(long, alias = "min-freq", value_name = "N", default_value_t = KeywordOptions::default().min_count)]
    pub(crate) min_count: u64,

    /// Leave out what fewer than N of their reports have
    #[arg(long, alias = "min-range", value_name = "N", default_value_t = KeywordOptions::default().min_reports)]
    pub(crate) min_reports: u64,

    /// Leave out what is less than so much more frequent there: 1 is twice as frequent, 2 four times
    #[arg(long, value_name = "N", default_value_t = 0.0)]
    pub(crate) min_log_ratio: f64,

    /// Leave out what chance explains with more than this probability, adjusted for the number of words tested
    #[arg(long, value_name = "P", default_value_t = KeywordOptions::default().max_p)]
    pub(crate) max_p: f64,

    /// Leave out what is spread less evenly over the reports than this deviation of proportions (0 is even, 1 is not)
    #[arg(long, value_name = "DP")]
    pub(crate) max_dp: Option<f64>,

    /// Order: g2 (log-likelihood), log-ratio, simple-maths, percent-difference, odds-ratio, chi-squared, count, reports
    #[arg(long, value_name = "ORDER", default_value_t)]
    pub(crate) sort: KeywordSort,

    /// List function words (the, of, with) and numbers too, and sequences that begin or end with one
    #[arg(long, alias = "stopwords")]
    pub(crate) function_words: bool,

    /// Count paragraphs that are the same in five or more reports like all others; without it, they are counted apart
    #[arg(long)]
    pub(crate) with_boilerplate: bool,

    #[command(flatten)]
    pub(crate) limit: ListArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// How many rows are listed, and a chart of them.
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// List at most N
    #[arg(short = 'n', long, alias = "max", value_name = "N", default_value_t = 50, conflicts_with = "all", value_parser = value::number)]
    pub(crate) limit: usize,

    /// List all
    #[arg(long)]
    pub(crate) all: bool,

    /// Also draw a chart into this file, an SVG picture for a browser or a report
    #[arg(long, value_name = "FILE", display_order = 95)]
    pub(crate) svg: Option<PathBuf>,
}

impl ListArgs {
    /// The most rows.
    pub(crate) fn most(&self) -> usize {
        if self.all { usize::MAX } else { self.limit }
    }
}

impl KeywordsArgs {
    /// As the library has them.
    pub(crate) fn options(&self) -> KeywordOptions {
        let boilerplate = if self.with_boilerplate { Boilerplate::Include } else { Boilerplate::Exclude };
        let options = KeywordOptions::default()
            .lengths(self.words.clone())
            .min_count(self.min_count)
            .min_reports(self.min_reports)
            .min_log_ratio(self.min_log_ratio)
            .max_p(self.max_p)
            .function_words(self.function_words)
            .boilerplate(boilerplate)
            .both(self.both)
            .sort(self.sort)
            .limit(self.limit.most());
        match self.max_dp {
            Some(dp) => options.max_dp(dp),
            None => options,
        }
    }
}

const KEYWORDS_EXAMPLES: &str = "\
Examples:
  quotable keywords --in grade:inadequate --against grade:good reports/
  quotable keywords --in date:2018 --against date:2014 --words 1-4
  quotable keywords --in date:2018 --against date:2014 --both   both ways
  quotable keywords --in 'path:*kelderby*2017*'            one report against all others
  quotable keywords --in '\"care leavers\"' --sort log-ratio   what these paragraphs speak of
  quotable keywords --in overall:good --all --format csv > keywords.csv";

const KEYWORDS_NOTES: &str = "\
G2 says how sure a difference is, log ratio how large: 1 is twice as frequent. Both count, so a word
is listed only if chance explains it with at most --max-p after adjustment for all words tested
(Benjamini and Hochberg). A word of one report is no keyword: see --min-reports, and DP (Gries
2008). A paragraph that both parts have counts for --in alone. Options such as --authority and
--from narrow both parts.";

/// What to list, of `words` and `ngrams`.
#[derive(Debug, Args)]
pub(crate) struct VocabularyArgs {
    #[command(flatten)]
    pub(crate) text: TextArgs,

    /// Only the paragraphs that this finds: filters (grade:good, date:2018), words, or both [default: all]
    #[arg(long = "in", value_name = "QUERY")]
    pub(crate) target: Option<String>,

    /// Leave out paragraphs that are the same, word for word, in five or more reports
    #[arg(long)]
    pub(crate) no_boilerplate: bool,

    /// Only what this pattern matches as a whole: * is any letters, ? is one
    #[arg(long = "match", value_name = "PATTERN")]
    pub(crate) pattern: Option<String>,

    /// Leave out what occurs fewer than N times [default: 1; of sequences 5]
    #[arg(long, alias = "min-freq", value_name = "N")]
    pub(crate) min_count: Option<u64>,

    /// Leave out what fewer than N reports have
    #[arg(long, alias = "min-range", value_name = "N", default_value_t = 1)]
    pub(crate) min_reports: u64,

    /// Order: count, reports, dp (most evenly spread first), words (by the alphabet)
    #[arg(long, value_name = "ORDER", default_value_t)]
    pub(crate) sort: NgramSort,

    /// List function words (the, of, with) and numbers too, and sequences that begin or end with one
    #[arg(long, alias = "stopwords")]
    pub(crate) function_words: bool,

    #[command(flatten)]
    pub(crate) limit: ListArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

impl VocabularyArgs {
    /// As the library has them, for sequences of these lengths.
    pub(crate) fn options(&self, lengths: RangeInclusive<u8>) -> NgramOptions {
        // Most sequences occur once, and to count them all takes memory in proportion.
        let default = if *lengths.end() > 1 { 5 } else { 1 };
        let options = NgramOptions::default()
            .lengths(lengths)
            .min_count(self.min_count.unwrap_or(default))
            .min_reports(self.min_reports)
            .function_words(self.function_words)
            .sort(self.sort)
            .limit(self.limit.most());
        match &self.pattern {
            Some(pattern) => options.pattern(pattern),
            None => options,
        }
    }
}

/// List the words of the reports, with how often and how evenly they occur
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = WORDS_EXAMPLES, after_help = WORDS_NOTES)]
pub(crate) struct WordsArgs {
    #[command(flatten)]
    pub(crate) vocabulary: VocabularyArgs,
}

const WORDS_EXAMPLES: &str = "\
Examples:
  quotable words reports/                                  the most frequent words
  quotable words --match 'unalloc*'                        every word of a pattern
  quotable words --in grade:inadequate --min-reports 5
  quotable words --all --function-words --format csv > vocabulary.csv";

const WORDS_NOTES: &str = "\
DP is Gries's deviation of proportions (2008): 0 if every report has its share of the word, near 1
if a small part has all of it. Juilland's D is 1 for a word that is spread evenly.";

/// List the sequences of words that occur most
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = NGRAMS_EXAMPLES, after_help = NGRAMS_NOTES)]
pub(crate) struct NgramsArgs {
    /// List sequences of N words, or of N to M words (at most 8)
    #[arg(long, value_name = "N[-M]", default_value = "2-4", value_parser = lengths)]
    pub(crate) words: RangeInclusive<u8>,

    #[command(flatten)]
    pub(crate) vocabulary: VocabularyArgs,
}

const NGRAMS_EXAMPLES: &str = "\
Examples:
  quotable ngrams reports/                                 sequences of two to four words
  quotable ngrams --words 3 --no-boilerplate --min-reports 10
  quotable ngrams --match '* caseloads' --format csv > caseloads.csv";

const NGRAMS_NOTES: &str = "\
A sequence does not go over the end of a sentence. Without --function-words, it begins and ends with
a word of content. DP is Gries's deviation of proportions (2008): 0 if every report has its share.";

/// A number of words, or two with a sign between.
fn lengths(text: &str) -> Result<RangeInclusive<u8>, String> {
    let most = KeywordOptions::MOST_WORDS;
    let number = |text: &str| text.trim().parse::<u8>().ok().filter(|number| (1..=most).contains(number));
    let (first, last) = text.split_once(['-', '.', ',']).unwrap_or((text, text));
    match (number(first), number(last.trim_start_matches('.'))) {
        (Some(first), Some(last)) if first <= last => Ok(first..=last),
        _ => Err(format!("write a number of words from 1 to {most}, or two: 2, or 1-4")),
    }
}

#[cfg(test)]
mod tests {
    use super::lengths;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (text, read) in [("2", 2..=2), ("1-4", 1..=4), ("2..3", 2..=3), (" 1 - 8 ", 1..=8)] {
            assert_eq!(lengths(text).unwrap(), read);
        }
        for text in ["0", "4-1", "9", "two", "", "-2"] {
            assert!(lengths(text).unwrap_err().contains("1-4"), "{text}");
        }
    }
}
