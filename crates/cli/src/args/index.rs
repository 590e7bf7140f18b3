//! The arguments of `quotable index` and of its worker.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use quotable::Ocr;

use super::TEMPLATE;
use super::limits::LimitArgs;
use super::location::{INDEX_HEADING, LocationArgs, ScanArgs};
use super::output::{Format, OutputArgs};
use crate::error::Result;

/// Bring the index up to date, and say what changed
#[derive(Debug, Args)]
#[command(help_template = TEMPLATE, before_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(crate) struct IndexArgs {
    #[command(subcommand)]
    pub(crate) command: Option<IndexCommand>,

    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) scan: ScanArgs,

    /// If another process is writing the index, wait for it up to this many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 0, help_heading = INDEX_HEADING)]
    pub(crate) wait: u64,

    /// Try again to read the files that failed before
    #[arg(long, help_heading = INDEX_HEADING)]
    pub(crate) retry: bool,

    #[command(flatten)]
    pub(crate) ocr: OcrArgs,

    /// Who may read the index: those who may read every report in it (private), or everyone who may enter the folder of
    /// the reports (shared) [default: as before, private at first]
    #[arg(long, value_name = "WHO", help_heading = INDEX_HEADING)]
    pub(crate) access: Option<Access>,

    /// Copy the index to a new folder, where it answers without the reports: quotable search QUERY --index FOLDER
    #[arg(long, value_name = "FOLDER", help_heading = INDEX_HEADING)]
    pub(crate) to: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// Text recognition.
#[derive(Debug, Args)]
pub(crate) struct OcrArgs {
    /// Recognise the text of scanned pages, with the program Tesseract, if it is installed. Citations of such text say so.
    /// For other languages than English: --ocr=cym, --ocr=eng+cym
    #[arg(long, value_name = "LANGUAGES", num_args = 0..=1, require_equals = true, default_missing_value = Ocr::DEFAULT_LANGUAGES, help_heading = INDEX_HEADING)]
    ocr: Option<String>,
}

impl OcrArgs {
    pub(crate) fn is_asked_for(&self) -> bool {
        self.ocr.is_some()
    }

    /// The program that recognises text, if it is asked for.
    pub(crate) fn program(&self) -> quotable::Result<Option<Ocr>> {
        self.ocr.as_deref().map(Ocr::tesseract).transpose()
    }
}

/// Who may read an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Access {
    Private,
    Shared,
}

const EXAMPLES: &str = "\
Examples:
  quotable index reports/
  quotable index status reports/                  what the index holds, and how old it is
  quotable index verify reports/                  whether it is damaged or out of date
  quotable index rebuild reports/                 read every file again
  quotable index reports/ --ocr                   read scanned pages too, where Tesseract is installed
  quotable index reports/ --retry --file-seconds 300   more time for each file that failed
  quotable index reports/ --to elsewhere/         a copy to take along, with all the text";

/// Other things to do with an index.
#[derive(Debug, Subcommand)]
pub(crate) enum IndexCommand {
    /// Show what the index holds and when it was written, without reading any report
    Status(StatusArgs),
    /// Check the whole index for damage, and list the files that have changed since they were read
    Verify(VerifyArgs),
    /// Read every file again; replaces an index that is damaged or of another version
    Rebuild(RebuildArgs),
}

impl IndexArgs {
    /// The form of the results of `index status`.
    /// Takes the format that the name of the output file asks for; returns what to say of it.
    pub(super) fn follow_output_name(&mut self, file: &Path) -> Result<Option<String>> {
        match &mut self.command {
            Some(IndexCommand::Status(args)) => args.output.follow_name(file),
            _ => Ok(None),
        }
    }

    pub(super) fn output(&self) -> Option<OutputArgs> {
        match &self.command {
            Some(IndexCommand::Status(args)) => Some(args.output),
            _ => None,
        }
    }
}

/// The arguments of `index verify`.
#[derive(Debug, Args)]
pub(crate) struct VerifyArgs {
    #[command(flatten)]
    pub(crate) location: LocationArgs,

    /// Output format: text to read, or jsonl, one JSON object
    #[arg(long, value_name = "FORMAT", default_value_t, value_enum)]
    pub(crate) format: Format,
}

/// The arguments of `index rebuild`.
#[derive(Debug, Args)]
pub(crate) struct RebuildArgs {
    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) scan: ScanArgs,

    #[command(flatten)]
    pub(crate) ocr: OcrArgs,

    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// The arguments of `index status`.
#[derive(Debug, Args)]
pub(crate) struct StatusArgs {
    #[command(flatten)]
    pub(crate) location: LocationArgs,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

/// The arguments of the worker.
#[derive(Debug, Args)]
pub(crate) struct ReadWorkerArgs {
    /// Memory limit, in MiB
    #[arg(long, default_value_t = LimitArgs::default().file_memory)]
    pub(crate) memory: u64,

    /// Limit of processor time for each file, in seconds
    #[arg(long, default_value_t = LimitArgs::default().file_seconds)]
    pub(crate) seconds: u64,
}
