//! The arguments of `quotable themes` and `quotable run`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use quotable::Facet;

use super::TEMPLATE;
use super::location::{LocationArgs, RefreshArgs};
use super::output::OutputArgs;
use super::query::CopyArgs;
use super::value;

/// Show how much of the corpus is about each theme
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = THEMES_EXAMPLES, after_help = THEMES_NOTES)]
pub(crate) struct ThemesArgs {
    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// Split the shares by year of publication, or by the grade of the area judged [default: no split]
    #[arg(long, value_name = "WHAT", value_enum)]
    pub(crate) by: Option<ThemesBy>,

    /// Also draw a heat map of the split into this file, an SVG picture for a browser or a report
    #[arg(long, value_name = "FILE", requires = "by", display_order = 95)]
    pub(crate) svg: Option<PathBuf>,

    /// Take the themes from this code book, a TOML file [default: the built-in one]
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) copies: CopyArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const THEMES_EXAMPLES: &str = "\
Examples:
  quotable themes reports/
  quotable themes --by year reports/              the share of each theme, year by year
  quotable themes --by grade --svg themes.svg     a heat map
  quotable themes --codebook mine.toml --by grade --format csv > themes.csv";

const THEMES_NOTES: &str = "\
A paragraph has a theme if it is under a heading of that theme, or if its words match the theme. A
share is one of words. A paragraph can have several themes, so shares do not add up to 100 %.";

/// Run every named query of a code book, and count what each finds
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = RUN_EXAMPLES, after_help = RUN_NOTES)]
pub(crate) struct RunArgs {
    /// The code book: a TOML file of named queries [default: the built-in one]
    #[arg(value_name = "CODEBOOK")]
    pub(crate) file: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) location: LocationArgs,

    /// The same as CODEBOOK
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    pub(crate) codebook: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// Count by the values of one to three facets, such as year, authority or overall, which quotable count --help lists
    #[arg(long, value_name = "FACET,…", value_delimiter = ',', value_parser = value::facet)]
    pub(crate) by: Vec<Facet>,

    #[command(flatten)]
    pub(crate) copies: CopyArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const RUN_EXAMPLES: &str = "\
Examples:
  quotable run reports/                           the built-in code book
  quotable run mine.toml reports/
  quotable run mine.toml --by year --format csv > counts.csv
  quotable run mine.toml reports/ --by authority,year --format xlsx -o counts.xlsx";

const RUN_NOTES: &str = "\
A topic counts only paragraphs whose words match it; quotable themes also counts paragraphs under its
headings. The last column is occurrences for every 10,000 words searched. By one facet of few
values, the table has the paragraphs found of each; --format csv has every count and rate.";

/// What themes can be split by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ThemesBy {
    Year,
    Grade,
}
