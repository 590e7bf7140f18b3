//! What makes a number repeatable: with the same version, corpus and query it comes out the same.

use std::fmt;
use std::path::Path;

use quotable_index::{Duplicates, Provenance, Unjudged};
use serde::Serialize;

use crate::cell::Cell;
use crate::completeness::Completeness;
use crate::number::counted;

/// Where a count comes from.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ProvenanceRecord<'p> {
    /// The version of the program.
    pub version: &'p str,
    /// The version of the rules that split text into words.
    pub analyser: u32,
    /// A hash of the contents of every file, the same on every machine.
    pub corpus_hash: &'p str,
    /// How many reports the corpus holds.
    pub reports: u64,
    /// False if files were still to be read, or could not be read.
    pub complete: bool,
    /// The query as it was typed, with what the options add.
    pub query: &'p str,
    /// The query with every name of the code book replaced; `None` if it holds none.
    pub read_as: Option<&'p str>,
    /// A hash of the code book, if one of its names or themes is asked for.
    pub codebook: Option<&'p str>,
    /// The file or folder of the corpus that was searched; `None` for the whole.
    pub within: Option<&'p str>,
    /// The unit that must hold all search words.
    pub scope: &'static str,
    /// True if table rows were searched.
    pub tables: bool,
    /// True if footnotes were searched.
    pub notes: bool,
    /// `include` or `exclude`.
    pub boilerplate: &'static str,
    /// Files that could not be read, in the part that was searched.
    pub unread: u64,
    /// True if files were still to be read.
    pub unfinished: bool,
    /// Files that were passed over, of formats that are not read or hidden, in the part that was searched.
    pub skipped: u64,
    /// Files that are copies of another, in the part that was searched.
    pub copies: u64,
    /// `once` or `keep`: whether copies were left out.
    pub duplicates: &'static str,
    /// The reports that a filter left out, or under `NOT` kept, without knowing whether it would pass them.
    pub unjudged: Vec<UnjudgedRecord<'p>>,
    /// Reports of which the end of the inspection stood in for the day of publication; 0 without a filter by date.
    pub dated_by_inspection: u64,
}

/// The reports that a filter cannot judge, since the value that it asks for is not known of them.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct UnjudgedRecord<'p> {
    /// The filter, in the query language.
    pub filter: &'p str,
    /// The name of its field.
    pub field: &'p str,
    /// How many reports.
    pub reports: u64,
    /// True if they are kept, since the filter stands under `NOT`.
    pub kept: bool,
}

impl<'p> ProvenanceRecord<'p> {
    /// Borrows the parts of a provenance.
    pub fn new(provenance: &'p Provenance) -> Self {
        Self {
            version: &provenance.version,
            analyser: provenance.analyser,
            corpus_hash: &provenance.corpus_hash,
            reports: provenance.reports,
            complete: provenance.complete,
            query: &provenance.query,
            read_as: provenance.read_as.as_deref(),
            codebook: provenance.codebook.as_deref(),
            within: provenance.within.as_deref(),
            scope: provenance.scope.as_str(),
            tables: provenance.tables,
            notes: provenance.notes,
            boilerplate: provenance.boilerplate.as_str(),
            unread: provenance.unread,
            unfinished: provenance.unfinished,
            skipped: provenance.skipped,
            copies: provenance.copies,
            duplicates: provenance.duplicates.as_str(),
            unjudged: provenance.unjudged.iter().map(UnjudgedRecord::new).collect(),
            dated_by_inspection: provenance.dated_by_inspection,
        }
    }
}

impl<'p> UnjudgedRecord<'p> {
    fn new(unjudged: &'p Unjudged) -> Self {
        Self {
            filter: &unjudged.filter,
            field: &unjudged.field,
            reports: unjudged.reports,
            kept: unjudged.kept,
        }
    }
}

/// The columns of CSV that say where the numbers of an answer come from.
#[derive(Debug, Clone, Copy)]
pub struct AnswerProvenance;

impl AnswerProvenance {
    /// The names of the [`cells`](Self::cells).
    pub const NAMES: [&'static str; 15] = [
        "query", "corpus_hash", "corpus_reports", "version", "boilerplate", "scope", "tables", "notes",
        "complete", "analyser", "within", "unread", "skipped", "copies", "duplicates",
    ];

    /// The cells of every row of an answer.
    pub fn cells(provenance: &Provenance) -> [Cell<'_>; 15] {
        [
            Cell::from(&provenance.query),
            Cell::from(&provenance.corpus_hash),
            provenance.reports.into(),
            Cell::from(&provenance.version),
            provenance.boilerplate.as_str().into(),
            provenance.scope.as_str().into(),
            provenance.tables.into(),
            provenance.notes.into(),
            provenance.complete.into(),
            provenance.analyser.into(),
            provenance.within.as_deref().into(),
            provenance.unread.into(),
            provenance.skipped.into(),
            provenance.copies.into(),
            provenance.duplicates.as_str().into(),
        ]
    }
}

/// Where the numbers of a whole code book come from. `Display` is a line to stand under a table.
#[derive(Debug, Clone)]
pub struct CorpusProvenance {
    version: String,
    corpus_hash: String,
    reports: u64,
    completeness: Completeness,
    /// The name of the code book's file; `None` for the built-in one.
    codebook: Option<String>,
    within: Option<String>,
    copies: u64,
    duplicates: Duplicates,
}

impl CorpusProvenance {
    /// The names of the [`cells`](Self::cells).
    pub const NAMES: [&'static str; 10] = [
        "corpus_hash", "corpus_reports", "version", "complete", "codebook", "within", "unread", "skipped",
        "copies", "duplicates",
    ];

    /// The provenance of numbers by a code book: the path of its file, or `None` for the built-in one.
    pub fn new(provenance: &Provenance, codebook: Option<&Path>) -> Self {
        Self {
            version: provenance.version.clone(),
            corpus_hash: provenance.corpus_hash.clone(),
            reports: provenance.reports,
            completeness: provenance.into(),
            within: provenance.within.clone(),
            copies: provenance.copies,
            duplicates: provenance.duplicates,
            codebook: codebook.and_then(|file| Some(file.file_name()?.to_string_lossy().into_owned())),
        }
    }

    /// The files that the numbers lack.
    pub fn completeness(&self) -> Completeness {
        self.completeness
    }

    /// The last cells of every row, so that a row that is copied keeps them.
    pub fn cells(&self) -> [Cell<'_>; 10] {
        [
            Cell::from(&self.corpus_hash),
            self.reports.into(),
            Cell::from(&self.version),
            self.completeness.is_complete().into(),
            self.codebook.as_deref().into(),
            self.within.as_deref().into(),
            self.completeness.unread.into(),
            self.completeness.skipped.into(),
            self.copies.into(),
            self.duplicates.as_str().into(),
        ]
    }
}

impl fmt::Display for CorpusProvenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = self.corpus_hash.get(..12).unwrap_or(&self.corpus_hash);
        let plural = if self.reports == 1 { "" } else { "s" };
        write!(f, "quotable {}; corpus {short}, {} report{plural}", self.version, self.reports)?;
        let Completeness { unread, unfinished, skipped, copies } = self.completeness;
        if unread > 0 {
            write!(f, ", {} not read", counted(unread, "files"))?;
        }
        if skipped > 0 {
            write!(f, ", {skipped} skipped")?;
        }
        match copies {
            0 => {}
            1 => f.write_str(", 1 copy left out")?,
            copies => write!(f, ", {copies} copies left out")?,
        }
        if unfinished {
            f.write_str(", not all read yet")?;
        }
        if let Some(within) = &self.within {
            write!(f, "; within {within}")?;
        }
        match &self.codebook {
            Some(file) => write!(f, "; code book: {file}"),
            None => f.write_str("; code book: built in"),
        }
    }
}
