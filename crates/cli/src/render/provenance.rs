//! What makes the numbers of a whole corpus repeatable.

use std::fmt;

use quotable::Provenance;
use serde::Serialize;

use crate::render::csv::Cell;

/// Where the numbers of a code book come from: with the same version, corpus and code book they come out the same.
#[derive(Debug)]
pub(crate) struct OfCorpus {
    version: String,
    corpus_hash: String,
    reports: u64,
    complete: bool,
    /// The name of its file; `null` for the code book that is built in.
    codebook: Option<String>,
    /// The file or folder of the corpus to which the numbers are confined.
    within: Option<String>,
}

/// A record and where its numbers come from.
#[derive(Debug, Serialize)]
pub(crate) struct Under<'p, T> {
    #[serde(flatten)]
    pub(crate) record: T,
    pub(crate) provenance: &'p Provenance,
}

impl OfCorpus {
    /// The names of [`cells`](Self::cells).
    pub(crate) const HEAD: [&'static str; 6] =
        ["corpus_hash", "corpus_reports", "version", "complete", "codebook", "within"];

    pub(crate) fn new(provenance: &Provenance, codebook: Option<&std::path::Path>) -> Self {
        Self {
            version: provenance.version.clone(),
            corpus_hash: provenance.corpus_hash.clone(),
            reports: provenance.reports,
            complete: provenance.complete,
            within: provenance.within.clone(),
            codebook: codebook.and_then(|file| Some(file.file_name()?.to_string_lossy().into_owned())),
        }
    }

    pub(crate) fn cells(&self) -> [Cell; 6] {
        [
            Cell::text(Some(&self.corpus_hash)),
            Cell::Number(self.reports),
            Cell::text(Some(&self.version)),
            Cell::text(Some(self.complete)),
            Cell::text(self.codebook.as_ref()),
            Cell::text(self.within.as_ref()),
        ]
    }
}

impl fmt::Display for OfCorpus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let short = self.corpus_hash.get(..12).unwrap_or(&self.corpus_hash);
        let plural = if self.reports == 1 { "" } else { "s" };
        write!(f, "quotable {}; corpus {short}, {} report{plural}", self.version, self.reports)?;
        if !self.complete {
            f.write_str(", not all read")?;
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
