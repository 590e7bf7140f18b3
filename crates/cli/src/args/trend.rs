//! The arguments of `quotable trend`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::TEMPLATE;
use super::location::{LocationArgs, PlaceArgs, RefreshArgs};
use super::output::OutputArgs;
use super::query::{FilterArgs, Include, QueryLimitArgs, Scope};
use crate::error::{Error, Result};

/// Count one query or several period by period, as rates with intervals
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
#[command(override_usage = "quotable trend [OPTIONS] <QUERY>... [PATH]")]
pub(crate) struct TrendArgs {
    /// What to find, each a query in quotation marks; then the folder of reports [default: the current folder]
    #[arg(value_name = "QUERY", required_unless_present = "codes")]
    words: Vec<String>,

    #[command(flatten)]
    place: PlaceArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// Count by year, quarter or month of publication, or by framework of inspection
    #[arg(long, value_name = "PERIOD", default_value_t, value_enum)]
    pub(crate) by: TrendBy,

    /// Count every query of the code book too
    #[arg(long)]
    pub(crate) codes: bool,

    /// Also search the rows of tables, or footnotes [default: neither]
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_enum)]
    pub(crate) include: Vec<Include>,

    /// Leave out paragraphs that are the same, word for word, in five or more reports
    #[arg(long)]
    pub(crate) no_boilerplate: bool,

    /// How close together the search words must be [default: paragraph]
    #[arg(long, value_name = "UNIT", value_enum)]
    pub(crate) scope: Option<Scope>,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    #[command(flatten)]
    pub(crate) limits: QueryLimitArgs,

    /// Also draw the trend into this file, an SVG picture for a browser or a report
    #[arg(long, value_name = "FILE", display_order = 95)]
    pub(crate) svg: Option<PathBuf>,

    /// In the picture, draw the share of reports instead of occurrences per 10,000 words
    #[arg(long, requires = "svg", display_order = 96)]
    pub(crate) share: bool,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

impl TrendArgs {
    /// The queries, and where the corpus is: the last word, if it names a file or folder that exists.
    pub(crate) fn queries_and_location(&self) -> Result<(&[String], LocationArgs)> {
        let mut location = LocationArgs { place: self.place.clone(), ..LocationArgs::default() };
        let (queries, path) = match self.words.split_last() {
            Some((last, queries)) if PathBuf::from(last).exists() => (queries, Some(PathBuf::from(last))),
            _ => (self.words.as_slice(), None),
        };
        location.path = path;
        if queries.is_empty() && !self.codes {
            let message =
                format!("{} is a folder or file; a query is missing before it", self.words.join(" "));
            return Err(Error::new(message).cure("quotable trend QUERY FOLDER, or --codes for the code book"));
        }
        Ok((queries, location))
    }
}

/// What the periods of a trend are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum TrendBy {
    #[default]
    Year,
    Quarter,
    Month,
    Framework,
}

const EXAMPLES: &str = "\
Examples:
  quotable trend 'unalloc*' reports/
  quotable trend 'caseload*' '\"high turnover\"' --by quarter --svg trend.svg
  quotable trend @unallocated-work --by framework --authority kelderby
  quotable trend --codes --codebook mine.toml --format csv > trends.csv";

const NOTES: &str = "\
Rates are occurrences per 10,000 words, with exact Poisson intervals of 95 %; shares of reports
have intervals of Wilson. Filters in a query (grade:, theme:) also narrow its totals; words do not.
The last word is the folder of reports if there is a folder of that name. A period without reports
has no row.";
