//! The form of results: the same options for every command.

use std::path::Path;

use clap::{Args, ValueEnum};
use quotable_export::Formulas;
use quotable_export::bibliography::BibliographyForm;

use super::file_name;
use crate::error::Result;

/// The form of results.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct OutputArgs {
    /// Output format: text to read, xlsx or csv for a spreadsheet, jsonl for a program (one JSON object a line), or markdown
    /// to paste [default: what the name of the file of -o ends in, else text]
    #[arg(long, value_name = "FORMAT", value_enum, display_order = 90)]
    pub(super) format: Option<Format>,

    /// The format that the name of the output file asks for.
    #[arg(skip)]
    pub(super) by_name: Option<Format>,

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
    /// The format that was asked for, by either name, or by the name of the output file.
    pub(crate) fn format(self) -> Format {
        self.named().or(self.by_name).unwrap_or_default()
    }

    /// Takes the format that the name of the output file asks for, unless an option names one. Returns what to say of it.
    pub(super) fn follow_name(&mut self, file: &Path) -> Result<Option<String>> {
        let found = file_name::of_form::<Format>(file, self.named())?;
        self.by_name = found.form;
        Ok(found.note)
    }

    /// The format that an option names.
    fn named(self) -> Option<Format> {
        if self.json { Some(Format::Jsonl) } else { self.format }
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
    #[value(alias = "txt")]
    Text,
    #[value(aliases = ["json", "ndjson"])]
    Jsonl,
    Csv,
    #[value(aliases = ["excel", "xls"])]
    Xlsx,
    #[value(alias = "md")]
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
