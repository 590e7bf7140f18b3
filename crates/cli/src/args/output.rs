//! The form of results: the same options for every command.

use clap::{Args, ValueEnum};
use quotable_export::Formulas;
use quotable_export::bibliography::BibliographyForm;

/// The form of results.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct OutputArgs {
    /// Output format: text to read, xlsx or csv for a spreadsheet, jsonl for a program (one JSON object a line), or markdown
    /// to paste
    #[arg(long, value_name = "FORMAT", default_value_t, value_enum, display_order = 90)]
    pub(super) format: Format,

    /// The same as --format jsonl
    #[arg(long, conflicts_with = "format", display_order = 91)]
    pub(super) json: bool,

    /// In CSV, begin with a byte order mark, so that Excel reads accents right
    #[arg(long, display_order = 92)]
    pub(crate) bom: bool,

    /// In CSV, write cells unchanged, even those that a spreadsheet would run as formulas
    #[arg(long, display_order = 92)]
    pub(crate) raw: bool,
}

impl OutputArgs {
    /// The format that was asked for, by either name.
    pub(crate) fn format(self) -> Format {
        if self.json { Format::Jsonl } else { self.format }
    }

    /// The format that `quotable-export` writes; `None` for text.
    pub(crate) fn export_format(self) -> Option<quotable_export::Format> {
        let formulas = if self.raw { Formulas::Raw } else { Formulas::Guarded };
        match self.format() {
            Format::Xlsx => Some(quotable_export::Format::Csv(Formulas::Typed)),
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
    /// Write the cited reports for a reference manager such as Zotero, each once, with the paragraphs or pages in its note
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
    Xlsx,
    Markdown,
}

/// Forms of citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Cite {
    /// CSL-JSON, for Zotero and pandoc
    Csl,
    /// RIS, for EndNote and Mendeley
    Ris,
    /// BibLaTeX, for LaTeX and JabRef
    Bibtex,
}

impl Cite {
    /// The form of the bibliography.
    pub(crate) fn form(self) -> BibliographyForm {
        match self {
            Self::Csl => BibliographyForm::Csl,
            Self::Ris => BibliographyForm::Ris,
            Self::Bibtex => BibliographyForm::Bibtex,
        }
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    #[default]
    Auto,
    Always,
    Never,
}
