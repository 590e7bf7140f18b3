//! The arguments of `quotable check`.

use std::path::PathBuf;

use clap::Args;

use super::TEMPLATE;
use super::location::{LocationArgs, RefreshArgs};
use super::output::{CiteArgs, OutputArgs};
use super::query::FilterArgs;

/// Check every quotation in an article: which report says so, where, and what was changed
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct CheckArgs {
    /// The article: plain text, a web page, a Word file, or any other format that reports come in; - reads standard
    /// input
    pub(crate) article: PathBuf,

    /// The report that the article is about, instead of the one that its quotations, names and dates point to: a path as
    /// quotable reports lists it, or an authority with a year, such as "Marlowe 2018"; none treats all reports alike
    #[arg(long, value_name = "REPORT")]
    pub(crate) about: Option<String>,

    /// The other way round: each paragraph of the reports that the article uses, quoted or without marks
    #[arg(long)]
    pub(crate) reverse: bool,

    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    #[command(flatten)]
    pub(crate) filters: FilterArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    #[command(flatten)]
    pub(crate) citing: CiteArgs,
}

const EXAMPLES: &str = "\
Examples:
  quotable check article.html reports/            each quotation, its verdict, its citation
  quotable check pasted.txt --authority marlowe*  look only in the reports on one authority
  quotable check - reports/ --from 2018 < pasted.txt   standard input, reports since 2018
  quotable check article.html --format csv > checked.csv";

const NOTES: &str = "\
Verdicts: exact; exact-after-folding (the same but for capitals, quotation marks, dashes or
spacing); altered (every change is marked, the most serious first); spliced (joined from several
paragraphs); elsewhere (in other reports, not in the one that the article is about); absent (the
most similar sentence is shown).
Exit status: 0 if the article has a quotation, 1 if it has none, 2 on an error.";
