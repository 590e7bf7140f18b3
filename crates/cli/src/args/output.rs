//! In what form results are written: the same for every command.

use clap::{Args as Group, ValueEnum};

/// The form of results.
#[derive(Debug, Clone, Copy, Group)]
pub(crate) struct Output {
    /// Write text for people, a JSON object a line, CSV with a head, or Markdown to be pasted
    #[arg(long, value_name = "FORMAT", default_value_t, value_enum, display_order = 90)]
    pub(crate) format: Format,

    /// Leave CSV cells as they are, even those that a spreadsheet takes for formulas
    #[arg(long, display_order = 92)]
    pub(crate) raw: bool,
}

/// Citations in place of results.
#[derive(Debug, Clone, Copy, Group)]
pub(crate) struct Citing {
    /// Write citations alone, for a reference manager: csl is CSL-JSON, each with its paragraph or page
    #[arg(long, value_name = "FORM", value_enum, conflicts_with_all = ["format", "raw"], display_order = 91)]
    pub(crate) cite: Option<Cite>,
}

/// The forms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    #[default]
    Text,
    Jsonl,
    Csv,
    Markdown,
}

/// The forms of citations.
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
