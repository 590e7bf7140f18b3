//! The arguments of `quotable codebook`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::TEMPLATE;

/// List, show, begin and check code books: files of named queries
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, after_help = NOTES)]
pub(crate) struct CodebookArgs {
    #[command(subcommand)]
    pub(crate) command: CodebookCommand,
}

const EXAMPLES: &str = "\
Examples:
  quotable codebook list                          the names of the built-in code book
  quotable codebook show unallocated-work         what one of them asks for
  quotable codebook new mine.toml                 a file to begin your own with
  quotable codebook check mine.toml               whether all of it can be read
  quotable search '@unallocated-work' reports/    a name in a search
  quotable run reports/                           how often each is found";

const NOTES: &str = "\
A code book gives names to queries, so that everybody on a team counts the same thing. It is a text
file; no programming is needed. quotable help codebook says how it is written.";

/// What to do with code books.
#[derive(Debug, Subcommand)]
pub(crate) enum CodebookCommand {
    /// List the names, with what each stands for
    List(CodebookListArgs),
    /// Show one named query: what it stands for, and what it asks for
    Show(CodebookShowArgs),
    /// Write a file to begin your own code book with
    New(CodebookNewArgs),
    /// Check a code book, and say each fault with its line and what to write instead
    Check(CodebookCheckArgs),
}

/// The arguments of `codebook list`.
#[derive(Debug, Args)]
pub(crate) struct CodebookListArgs {
    /// List this code book, a TOML file [default: the built-in one]
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,
}

/// The arguments of `codebook show`.
#[derive(Debug, Args)]
pub(crate) struct CodebookShowArgs {
    /// The name, with or without @
    pub(crate) name: String,

    /// Look in this code book, a TOML file [default: the built-in one]
    #[arg(long, value_name = "FILE")]
    pub(crate) codebook: Option<PathBuf>,
}

/// The arguments of `codebook new`.
#[derive(Debug, Args)]
pub(crate) struct CodebookNewArgs {
    /// The file to write, which must not exist yet [default: standard output]
    pub(crate) file: Option<PathBuf>,
}

/// The arguments of `codebook check`.
#[derive(Debug, Args)]
pub(crate) struct CodebookCheckArgs {
    /// The code book
    pub(crate) file: PathBuf,
}
