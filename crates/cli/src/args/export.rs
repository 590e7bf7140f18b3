//! The arguments of `quotable export`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use quotable_export::engine::EngineFormat;

use super::TEMPLATE;
use super::location::{LocationArgs, RefreshArgs};

/// Write all paragraphs with their citations for DuckDB, Spark, Quickwit or OpenSearch
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct ExportArgs {
    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) refresh: RefreshArgs,

    /// For what: jsonl, parquet (DuckDB, pandas, Spark), quickwit, or opensearch (elasticsearch is the same)
    #[arg(long, value_name = "FORMAT", value_parser = formats(), hide_possible_values = true, ignore_case = true)]
    pub(crate) to: EngineFormat,

    /// The folder to write into: a new one, or that of an earlier export, which is brought up to date
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: PathBuf,

    /// Take the themes of paragraphs from this code book, a TOML file [default: the built-in one]
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,
}

fn formats() -> impl TypedValueParser<Value = EngineFormat> {
    let names = EngineFormat::ALL.iter().map(|format| format.as_str()).chain(["elasticsearch"]);
    PossibleValuesParser::new(names).map(|name| name.parse().unwrap_or(EngineFormat::Jsonl))
}

const EXAMPLES: &str = "\
Examples:
  quotable export reports/ --to parquet --out tables/          five tables for DuckDB and Spark
  quotable export reports/ --to quickwit --out quickwit/       an index configuration and documents
  quotable export reports/ --to opensearch --out opensearch/   a mapping and bulk documents
  quotable export reports/ --to parquet --out tables/          again: only what has changed is written";

const NOTES: &str = "\
An export that was interrupted is continued by the next. manifest.json in the folder names every file
with its rows, size and hash. Copies of a report are left out. quotable translate writes a query for
the engine, whose counts are then those of quotable count.";
