//! The arguments of `quotable translate`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use quotable_export::translate::QueryTarget;

use super::TEMPLATE;
use super::location::{LocationArgs, RefreshArgs};
use super::query::{Include, Scope};

/// Write a query in the language of an engine that an export was loaded into
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct TranslateArgs {
    /// What to find: words, "a phrase", OR, NOT, ( ), wildcard*, field:value, @name
    pub(crate) query: String,

    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// For which engine: duckdb, spark, quickwit, or opensearch (elasticsearch is the same)
    #[arg(long, value_name = "ENGINE", value_parser = targets(), hide_possible_values = true, ignore_case = true)]
    pub(crate) to: QueryTarget,

    /// Also search the rows of tables, or footnotes [default: neither]
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_enum)]
    pub(crate) include: Vec<Include>,

    /// Leave out paragraphs that are the same, word for word, in five or more reports
    #[arg(long)]
    pub(crate) no_boilerplate: bool,

    /// How close together the search words must be: in the same sentence or paragraph [default: paragraph]
    #[arg(long, value_name = "UNIT", value_enum)]
    pub(crate) scope: Option<Scope>,

    /// Take @names and themes from this code book, as the export did [default: the built-in one]
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,
}

fn targets() -> impl TypedValueParser<Value = QueryTarget> {
    let names = QueryTarget::ALL.iter().map(|target| target.as_str()).chain(["elasticsearch"]);
    PossibleValuesParser::new(names).map(|name| name.parse().unwrap_or(QueryTarget::DuckDb))
}

const EXAMPLES: &str = "\
Examples:
  quotable translate '\"care leavers\" unallocated' reports/ --to duckdb
  quotable translate 'high pre/3 turnover' reports/ --to opensearch
  quotable translate 'unalloc* date:2018.. authority:kelderby' reports/ --to quickwit";

const NOTES: &str = "\
The translation finds the paragraphs that quotable finds, and no others. What the engine cannot ask is
an error that says so; nothing is left out in silence. Filters such as authority:bucks* are resolved by
the reports in the folder: translate again after an export that added reports.";
