//! The form of results: the same options for every command.

use clap::{Args, ValueEnum};
use quotable_export::Formulas;

/// The form of results.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct OutputArgs {
    /// Output format: text to read, jsonl (one JSON object a line), csv (for a spreadsheet) or markdown (to paste)
    #[arg(long, value_name = "FORMAT", default_value_t, value_enum, display_order = 90)]
    pub(crate) format: Format,

    /// In CSV, write cells unchanged, even those that a spreadsheet would run as formulas
    #[arg(long, display_order = 92)]
    pub(crate) raw: bool,
}

impl OutputArgs {
    /// The format that `quotable-export` writes; `None` for text.
    pub(crate) fn export_format(self) -> Option<quotable_export::Format> {
        let formulas = if self.raw { Formulas::Raw } else { Formulas::Guarded };
        match self.format {
            Format::Text => None,
            Format::Jsonl => Some(quotable_export::Format::Jsonl),
            Format::Csv => Some(quotable_export::Format::Csv(formulas)),
            Format::Markdown => Some(quotable_export::Format::Markdown),
        }
    }
}

/// Citations in place of results.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct CiteArgs {
    /// Write only the citations, for a reference manager such as Zotero; csl is CSL-JSON, each with its paragraph or
    /// page
    #[arg(long, value_name = "FORM", value_enum, conflicts_with_all = ["format", "raw"], display_order = 91)]
    pub(crate) cite: Option<Cite>,
}

/// Output formats.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Text,
    Jsonl,
    Csv,
    Markdown,
}

/// Forms of citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Cite {
    Csl,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}
