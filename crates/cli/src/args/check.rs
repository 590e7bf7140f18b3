//! The arguments of `quotable check`.

use std::path::PathBuf;

use clap::{Args as Group, ValueEnum};

use super::{Place, Refreshing, TEMPLATE};

/// Check every quotation of an article: does a report say so, where, and what was changed
#[derive(Debug, Group)]
#[command(help_template = TEMPLATE, before_help = CHECK, after_help = CHECK_NOTES)]
pub(crate) struct Check {
    /// The article: pasted text, a web page, a Word file, any format that reports have
    pub(crate) article: PathBuf,

    #[command(flatten)]
    pub(crate) place: Place,

    #[command(flatten)]
    pub(crate) refreshing: Refreshing,

    /// Only against reports on this authority, as the filter authority:
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: Option<String>,

    /// Text for people, one JSON object a line, CSV, or Markdown
    #[arg(long, value_name = "FORMAT", default_value_t, value_enum)]
    pub(crate) format: CheckFormat,

    /// Leave CSV cells as they are, even those that a spreadsheet takes for formulas
    #[arg(long)]
    pub(crate) raw: bool,
}

const CHECK: &str = "\
Examples:
  quotable check article.html reports/            each quotation, its verdict, its citation
  quotable check pasted.txt --authority marlowe*  only against the reports on one authority
  quotable check article.html --format csv > checked.csv";

const CHECK_NOTES: &str = "\
Verdicts: exact; exact-after-folding (but for case, marks, dashes, spacing); altered, with every
change marked, the gravest first; spliced, of several paragraphs; absent, with what comes nearest.
Exit status: 0 if the article has a quotation, whatever its verdict, 1 if none, 2 on an error.";

/// The forms of checked quotations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    #[default]
    Text,
    Jsonl,
    Csv,
    Markdown,
}
