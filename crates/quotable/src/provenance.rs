//! What makes a count repeatable.

use std::fmt;

use quotable_query::Scope;
use serde::{Deserialize, Serialize};

use crate::{Boilerplate, Search};

/// Where a number comes from: with the same version, corpus and query it comes out the same.
///
/// `Display` is one line, to stand under a table or in a footnote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Provenance {
    /// The version of this library.
    pub version: String,
    /// The version of the rules by which text is cut into words.
    pub analyser: u32,
    /// The hash of the corpus: [`Status::corpus_hash`](crate::Status::corpus_hash).
    pub corpus_hash: String,
    /// How many reports the corpus holds.
    pub reports: u64,
    /// False if some files of the corpus were still to be read.
    pub complete: bool,
    /// The query as it was read, in the query language.
    pub query: String,
    /// The unit in which a conjunction had to hold.
    pub scope: Scope,
    /// Whether rows of tables were searched.
    pub tables: bool,
    /// Whether footnotes were searched.
    pub notes: bool,
    /// What became of boilerplate.
    pub boilerplate: Boilerplate,
}

impl Search {
    /// What makes the counts of this search repeatable.
    pub fn provenance(&self) -> Provenance {
        let (status, options) = (self.snapshot().status(), self.options());
        Provenance {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            analyser: crate::tokenizer::VERSION,
            corpus_hash: status.corpus_hash,
            reports: status.reports,
            complete: status.complete,
            query: self.query().to_string(),
            scope: options.scope,
            tables: options.tables,
            notes: options.notes,
            boilerplate: options.boilerplate,
        }
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, corpus_hash, reports, query, .. } = self;
        let short = corpus_hash.get(..12).unwrap_or(corpus_hash);
        let plural = if *reports == 1 { "" } else { "s" };
        write!(f, "quotable {version}; corpus {short}, {reports} report{plural}")?;
        if !self.complete {
            f.write_str(", not all read")?;
        }
        match self.scope {
            Scope::Paragraph => {}
            Scope::Sentence => f.write_str("; in one sentence")?,
            Scope::Theme => f.write_str("; in one theme chunk")?,
            _ => f.write_str("; in one report")?,
        }
        for (holds, words) in [(self.tables, "with tables"), (self.notes, "with notes")] {
            if holds {
                write!(f, "; {words}")?;
            }
        }
        if self.boilerplate == Boilerplate::Exclude {
            f.write_str("; without boilerplate")?;
        }
        write!(f, "; query: {query}")
    }
}
