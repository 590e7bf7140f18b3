//! The arguments of `quotable collocates`.

use std::path::PathBuf;

use clap::{Args, ValueEnum, value_parser};
use quotable::{CollocateOptions, Measure};

use super::TEMPLATE;
use super::output::OutputArgs;
use super::query::QueryArgs;
use super::value;

/// List the words that stand near what a query finds more often than chance puts them there
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct CollocatesArgs {
    #[command(flatten)]
    pub(crate) query: QueryArgs,

    /// Look at N words on each side of what was found
    #[arg(long, alias = "span", value_name = "N", default_value_t = 5, value_parser = value_parser!(u16).range(0..=1000))]
    pub(crate) window: u16,

    /// Look at N words before it [default: as --window]
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(0..=1000))]
    pub(crate) left: Option<u16>,

    /// Look at N words after it [default: as --window]
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(0..=1000))]
    pub(crate) right: Option<u16>,

    /// Look no further than the end of the sentence, or of the paragraph
    #[arg(long, value_name = "UNIT", default_value_t, value_enum)]
    pub(crate) within: WindowEnd,

    /// Order by this measure, and show it; several are shown in columns: log-dice, g2 (log-likelihood), mi, mi3, t, z,
    /// dice, chi-squared, fisher [default: log-dice,g2]
    #[arg(long, value_name = "MEASURE[,MEASURE]", value_delimiter = ',')]
    pub(crate) measure: Vec<Measure>,

    /// Leave out words that stand near fewer than N times
    #[arg(long, alias = "min-freq", value_name = "N", default_value_t = 3)]
    pub(crate) min_count: u64,

    /// Leave out words that stand near in fewer than N reports
    #[arg(long, alias = "min-range", value_name = "N", default_value_t = 1)]
    pub(crate) min_reports: u64,

    /// Leave out words below this value of the first measure (for fisher: above it)
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    pub(crate) min_score: Option<f64>,

    /// List function words (the, of, with) and numbers too
    #[arg(long, alias = "stopwords")]
    pub(crate) function_words: bool,

    /// List the concepts of the code book instead of words
    #[arg(long)]
    pub(crate) concepts: bool,

    /// List at most N
    #[arg(short = 'n', long, alias = "max", value_name = "N", default_value_t = 50, conflicts_with = "all", value_parser = value::number)]
    pub(crate) limit: usize,

    /// List all
    #[arg(long)]
    pub(crate) all: bool,

    /// Also draw a chart into this file, an SVG picture for a browser or a report
    #[arg(long, value_name = "FILE", display_order = 95)]
    pub(crate) svg: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

impl CollocatesArgs {
    /// As the library has them.
    pub(crate) fn options(&self) -> CollocateOptions {
        let mut options = CollocateOptions::default()
            .left(self.left.unwrap_or(self.window))
            .right(self.right.unwrap_or(self.window))
            .within_sentence(self.within == WindowEnd::Sentence)
            .min_count(self.min_count)
            .min_reports(self.min_reports)
            .function_words(self.function_words)
            .concepts(self.concepts)
            .limit(if self.all { usize::MAX } else { self.limit });
        if let Some(measure) = self.measure.first() {
            options = options.measure(*measure);
        }
        match self.min_score {
            Some(score) => options.min_score(score),
            None => options,
        }
    }
}

/// Where windows end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum WindowEnd {
    Sentence,
    #[default]
    Paragraph,
}

const EXAMPLES: &str = "\
Examples:
  quotable collocates caseloads reports/              the words around it, strongest first
  quotable collocates '\"social worker*\"' --left 3 --right 0 --measure g2
  quotable collocates 'unallocated grade:inadequate' --within sentence
  quotable collocates turnover --concepts             which ideas of the code book stand near it
  quotable collocates drift --all --format csv > drift.csv   every measure, with positions L5 to R5";

const NOTES: &str = "\
A window is the words up to N before and after each place found, and ends with the paragraph. A
word near two places counts once, for the nearer; the words of the query itself do not count.
logDice says how strong the bond is (at most 14; one more is twice as strong), G2 how sure (above
15.1: less than one chance in 10,000). Expected is by chance: the word's share of all words, times
the words in windows. Evert, Corpora and collocations (2008), defines these counts. See the places
themselves with quotable kwic, or an example with quotable show ID.";
