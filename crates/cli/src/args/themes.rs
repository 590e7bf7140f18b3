//! The arguments of `quotable themes` and `quotable run`.

use std::path::PathBuf;

use clap::{Args as Group, ValueEnum};

use super::{Output, Place, Refreshing, TEMPLATE};

/// Say how much of the corpus each theme covers: by section and by words
#[derive(Debug, Group)]
#[command(help_template = TEMPLATE, before_help = THEMES, after_help = THEMES_NOTES)]
pub(crate) struct Themes {
    #[command(flatten)]
    pub(crate) place: Place,

    #[command(flatten)]
    pub(crate) refreshing: Refreshing,

    /// Give the shares by year of publication, or by the grade of the area judged [default: in all]
    #[arg(long, value_name = "WHAT", value_enum)]
    pub(crate) by: Option<Part>,

    /// Take the themes from this code book [default: the one built in]
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) output: Output,
}

const THEMES: &str = "\
Examples:
  quotable themes reports/
  quotable themes --by year reports/              the share of each theme, year by year
  quotable themes --codebook mine.toml --by grade --format csv > themes.csv";

const THEMES_NOTES: &str = "\
A share is one of words. A paragraph may have several themes, so shares do not add up to 100 %.";

/// Run every query of a code book, and count what each finds
#[derive(Debug, Group)]
#[command(help_template = TEMPLATE, before_help = RUN, after_help = RUN_NOTES)]
pub(crate) struct Run {
    /// The file of named queries
    #[arg(value_name = "CODEBOOK")]
    pub(crate) codebook: PathBuf,

    #[command(flatten)]
    pub(crate) place: Place,

    #[command(flatten)]
    pub(crate) refreshing: Refreshing,

    /// Give the paragraphs found by year of publication [default: in all]
    #[arg(long, value_name = "WHAT", value_enum)]
    pub(crate) by: Option<RunPart>,

    #[command(flatten)]
    pub(crate) output: Output,
}

const RUN: &str = "\
Examples:
  quotable run mine.toml reports/
  quotable run mine.toml --by year --format csv > counts.csv";

const RUN_NOTES: &str = "\
Topics are found by their words alone, not by their sections; quotable themes takes both.";

/// The parts of a corpus by which themes are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Part {
    Year,
    Grade,
}

/// The parts of a corpus by which queries are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RunPart {
    Year,
}
