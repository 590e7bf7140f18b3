//! The arguments of `quotable compare`.

use std::path::PathBuf;

use clap::Args;

use super::TEMPLATE;
use super::location::{LocationArgs, RefreshArgs};
use super::output::OutputArgs;

/// Compare two reports, or what two queries find: themes, words, and passages that both have word for word
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct CompareArgs {
    /// The left side: a report (its path, or a part of the path that no other report has), or a query
    #[arg(value_name = "REPORT|QUERY")]
    pub(crate) left: String,

    /// The right side, likewise
    #[arg(value_name = "REPORT|QUERY")]
    pub(crate) right: String,

    /// Use the themes and concepts of your own code book
    #[arg(long, visible_alias = "codes", value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// Show at most N words of either side
    #[arg(short = 'n', long, value_name = "N", default_value_t = 15)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  quotable compare marlowe-2018 marlowe-2022 reports/      two reports
  quotable compare grade:inadequate grade:good reports/    what two filters find";

const NOTES: &str = "\
Words are those that one side has more often beyond chance (see quotable keywords). Passages count as
the same from eight words on.";
