//! The arguments of `quotable show` and `quotable reports`.

use clap::{Args, ValueEnum};

use super::TEMPLATE;
use super::location::{LocationArgs, RefreshArgs};
use super::output::{CiteArgs, OutputArgs};
use super::value;

/// Show a paragraph in its context, or a report: its details, outline or whole text
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = SHOW_EXAMPLES)]
pub(crate) struct ShowArgs {
    /// The id of a paragraph, as search prints it; or a report: its path, a part of the path that no other report
    /// has, or its id
    #[arg(value_name = "ID|REPORT")]
    pub(crate) target: String,

    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// Show N paragraphs before and N after
    #[arg(long, value_name = "N", default_value_t = 2)]
    pub(crate) context: u32,

    /// Show everything under the theme heading that the paragraph is under
    #[arg(long, value_name = "UNIT", value_enum, conflicts_with_all = ["text", "structure", "cite"])]
    pub(crate) unit: Option<Unit>,

    /// Show the whole text of the report
    #[arg(long, conflicts_with_all = ["structure", "format", "cite"])]
    pub(crate) text: bool,

    /// List every paragraph with its section, page, number and themes, and what made it count as each theme
    #[arg(long, conflicts_with_all = ["format", "cite"])]
    pub(crate) structure: bool,

    /// Also open the report, at the page of the paragraph
    #[arg(long)]
    pub(crate) open: bool,

    #[command(flatten)]
    pub(crate) output: OutputArgs,

    #[command(flatten)]
    pub(crate) citing: CiteArgs,
}

const SHOW_EXAMPLES: &str = "\
Examples:
  quotable show k3v9x2m7qa.12                     a paragraph, with two before it and two after it
  quotable show reports/marlowe-2018.pdf          title, dates, judgements, outline
  quotable show marlowe-2018 --structure          every paragraph's page, number and themes
  quotable show k3v9x2m7qa.12 --open              and the report on the screen, at its page
  quotable show marlowe-2018 --text | less        the whole text";

/// List every file: authority, dates, framework, overall grade, size, problems
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = REPORTS_EXAMPLES)]
pub(crate) struct ReportsArgs {
    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// List only files with problems, and say what the problems are
    #[arg(long)]
    pub(crate) problems: bool,

    /// Only reports on this authority, by any of its names or its number
    #[arg(long, value_name = "NAME")]
    pub(crate) authority: Option<String>,

    /// Only reports published in or after this year, month or day (2018, 2018-06, 2018-06-19)
    #[arg(long, value_name = "DATE", value_parser = value::date)]
    pub(crate) from: Option<String>,

    /// Only reports published in or before this year, month or day
    #[arg(long, value_name = "DATE", value_parser = value::date)]
    pub(crate) to: Option<String>,

    /// Only reports in which this query finds something: filters such as overall:inadequate, or words
    #[arg(long, value_name = "QUERY")]
    pub(crate) query: Option<String>,

    /// Order of the files; a grade sorts from the best [default: newest first]
    #[arg(long, value_name = "COLUMN", value_enum)]
    pub(crate) sort: Option<ReportSort>,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const REPORTS_EXAMPLES: &str = "\
Examples:
  quotable reports reports/
  quotable reports --query overall:inadequate --from 2018
  quotable reports --sort overall                 the best first
  quotable reports --problems                     files that could not be read, or only in part
  quotable reports --format csv > reports.csv";

/// Columns by which the files can be sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportSort {
    #[value(aliases = ["date", "newest"])]
    Published,
    Oldest,
    Authority,
    Inspected,
    Framework,
    #[value(alias = "grade")]
    Overall,
    #[value(alias = "paras")]
    Paragraphs,
    Words,
    Pages,
    Problems,
    #[value(alias = "file")]
    Path,
}

/// Units larger than a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// All paragraphs under one theme heading
    Theme,
}
