//! The metadata of a source, and the status of the index as a whole.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use quotable_report::{
    Authority, FieldName, FieldValue, Framework, Judgement, Period, ReportKind, UnknownName, Warning,
};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::id::Id;
use crate::moment::Moment;

/// The metadata of one source: a file of the corpus, or a report that a [`Writer`](crate::Writer) put in. Without its
/// text.
///
/// The documented record, which only grows, is `export::source::SourceRecord` of the crate `quotable`; the form
/// that serde gives this type is for passing it between programs of one version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Source {
    /// The stable id of the report.
    pub id: Id,
    /// The path relative to the corpus, parts separated by `/`, or the name it was put under.
    pub path: String,
    /// Whether it is a file or was put in.
    pub origin: Origin,
    /// Why it could not be read; then all the fields below are empty.
    pub failure: Option<Failure>,
    /// What kind of document it is.
    pub kind: ReportKind,
    /// The title as printed.
    pub title: Option<String>,
    /// Who was inspected.
    pub authority: Option<Authority>,
    /// The framework of the inspection.
    pub framework: Option<Framework>,
    /// The kind of inspection in words.
    pub series: Option<String>,
    /// Who inspected.
    pub inspectorate: Option<String>,
    /// When inspectors visited.
    pub inspected: Vec<Period>,
    /// The day of publication.
    pub published: Option<quotable_report::Date>,
    /// The inspector in charge.
    pub lead_inspector: Option<String>,
    /// The grades, each with the area that it is for.
    pub judgements: Vec<Judgement>,
    /// Fields that are no standard ones.
    pub fields: BTreeMap<FieldName, FieldValue>,
    /// Number of pages of the file; 0 for a format without pages.
    pub pages: u32,
    /// Number of paragraphs that are searched by default: body, bullets, headings.
    pub paragraphs: u64,
    /// Number of words of those paragraphs.
    pub words: u64,
    /// Number of rows of tables.
    pub table_rows: u64,
    /// Number of footnotes.
    pub notes: u64,
    /// Parts of the report that were not understood, or with doubt.
    pub warnings: Vec<Warning>,
    /// The path of the source that answers take in the place of this one, if both hold the same report: of all copies,
    /// that in the fewest folders, then that of the shortest path.
    #[serde(default)]
    pub copy_of: Option<String>,
}

/// Where a source comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Origin {
    /// A file of the corpus. A refresh updates and removes it.
    File,
    /// Put in by a [`Writer`](crate::Writer). A refresh leaves it alone.
    Put,
}

impl Origin {
    /// Every origin.
    pub const ALL: [Self; 2] = [Self::File, Self::Put];

    /// The name used in JSON: `file`, `put`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Put => "put",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Origin {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

/// The state of an index at its last commit.
///
/// The documented record, which only grows, is `export::status::StatusRecord` of the crate `quotable`; the form
/// that serde gives this type is for passing it between programs of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Status {
    /// The version of the index format.
    pub format: u32,
    /// Number of commits so far.
    pub generation: u64,
    /// When the last commit was made; `None` before the first.
    pub committed: Option<Moment>,
    /// False if files are still to be read, or could not be read: [`unfinished`](Self::unfinished) or
    /// [`failed`](Self::failed) says which.
    pub complete: bool,
    /// A hash of the content of all sources, equal for equal sources on every machine. 32 hexadecimal digits.
    pub corpus_hash: String,
    /// Number of reports: of sources read, without copies of others.
    pub reports: u64,
    /// Number of sources that could not be read.
    pub failed: u64,
    /// Number of paragraphs that are searched by default: body, bullets, headings, of one of each set of copies.
    pub paragraphs: u64,
    /// Number of words of those paragraphs.
    pub words: u64,
    /// True during a refresh and after one that was interrupted: some files are still to be read.
    #[serde(default)]
    pub unfinished: bool,
    /// True if the index may be read by users who may not read all of its sources:
    /// [`IndexAccess::Shared`](crate::IndexAccess::Shared).
    pub shared: bool,
    /// Number of files that were passed over, because no reader knows their format or because they are hidden.
    #[serde(default)]
    pub skipped: u64,
    /// Number of sources that are copies of another.
    #[serde(default)]
    pub copies: u64,
}
