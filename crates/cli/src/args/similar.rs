//! The arguments of `quotable similar`.

use clap::Args;

use super::TEMPLATE;
use super::location::{LocationArgs, RefreshArgs};
use super::output::OutputArgs;

/// Find paragraphs that say the same as another, word for word or in other words
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct SimilarArgs {
    /// The id of a paragraph, as search prints it, or a text in quotation marks
    #[arg(value_name = "ID|TEXT")]
    pub(crate) target: String,

    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// Show at most N near copies, and at most N paragraphs that are alike in content
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub(crate) limit: usize,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  quotable similar k3v9x2m7qa.12 reports/         what other reports say in these or like words
  quotable similar \"Too many children wait for a social worker\" reports/";

const NOTES: &str = "\
A near copy shares at least half of the runs of four words of the shorter paragraph. What is alike in
content shares telling words, or words that are used alike in these reports. Words that both have are
marked.";
