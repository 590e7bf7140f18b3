//! What is on record of each source, and of the index as a whole.

use quotable_report::{Authority, Framework, Judgement, Period, ReportKind, Warning};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::id::Id;
use crate::moment::Moment;

/// One source on record: a file of the corpus, or a report that was put in. Without its text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// The stable id of the report.
    pub id: Id,
    /// The path relative to the corpus, parts separated by `/`, or the name it was put under.
    pub path: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Why it could not be read; then all that follows is empty.
    pub failure: Option<Failure>,
    /// What kind of document it is.
    pub kind: ReportKind,
    /// The title as printed.
    pub title: Option<String>,
    /// Who was inspected.
    pub authority: Option<Authority>,
    /// The framework of the inspection.
    pub framework: Option<Framework>,
    /// When inspectors were there.
    pub inspected: Vec<Period>,
    /// The day of publication.
    pub published: Option<quotable_report::Date>,
    /// What was judged.
    pub judgements: Vec<Judgement>,
    /// Pages of the file; 0 where its format has none.
    pub pages: u32,
    /// Paragraphs that are searched unasked: body, bullets, headings.
    pub paragraphs: u64,
    /// Words of those paragraphs.
    pub words: u64,
    /// Rows of tables.
    pub table_rows: u64,
    /// Footnotes.
    pub notes: u64,
    /// What was not understood, or understood with doubt.
    pub warnings: Vec<Warning>,
}

/// Where a source comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Origin {
    /// A file of the corpus: a refresh updates and removes it.
    File,
    /// Put in by a [`Writer`](crate::Writer): a refresh leaves it alone.
    Put,
}

/// The state of an index at its last commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Status {
    /// The version of the index format.
    pub format: u32,
    /// Rises with every commit.
    pub generation: u64,
    /// When the last commit was made; `None` before the first.
    pub committed: Option<Moment>,
    /// False while a refresh is under way or after one that was interrupted: some files are still to be read.
    pub complete: bool,
    /// A hash of what every source holds, the same for the same sources on every machine.
    pub corpus_hash: String,
    /// Sources read.
    pub reports: u64,
    /// Sources that could not be read.
    pub failed: u64,
    /// Paragraphs that are searched unasked.
    pub paragraphs: u64,
    /// Words of those paragraphs.
    pub words: u64,
}
