//! The arguments of `quotable check`.

use std::path::PathBuf;

use clap::Args as Group;

use super::{Citing, Filters, Output, Place, Refreshing, TEMPLATE};

/// Check every quotation of an article: does a report say so, where, and what was changed
#[derive(Debug, Group)]
#[command(help_template = TEMPLATE, before_help = CHECK, after_help = CHECK_NOTES)]
pub(crate) struct Check {
    /// The article: pasted text, a web page, a Word file, any format that reports have; - for the
    /// standard input
    pub(crate) article: PathBuf,

    #[command(flatten)]
    pub(crate) place: Place,

    #[command(flatten)]
    pub(crate) refreshing: Refreshing,

    #[command(flatten)]
    pub(crate) filters: Filters,

    #[command(flatten)]
    pub(crate) output: Output,

    #[command(flatten)]
    pub(crate) citing: Citing,
}

const CHECK: &str = "\
Examples:
  quotable check article.html reports/            each quotation, its verdict, its citation
  quotable check pasted.txt --authority marlowe*  only against the reports on one authority
  quotable check - reports/ --from 2018 < pasted.txt   from the standard input, against later reports
  quotable check article.html --format csv > checked.csv";

const CHECK_NOTES: &str = "\
Verdicts: exact; exact-after-folding (but for case, marks, dashes, spacing); altered, with every
change marked, the gravest first; spliced, of several paragraphs; absent, with what comes nearest.
Exit status: 0 if the article has a quotation, whatever its verdict, 1 if none, 2 on an error.";
