//! What makes a count repeatable.

use std::fmt;

use quotable_query::analyse::ANALYSER_VERSION;
use quotable_query::{Field, Scope};
use serde::{Deserialize, Serialize};

use crate::search::compiled::CompiledQuery;
use crate::search::options::Boilerplate;

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
    /// The query as it was given, in the query language.
    pub query: String,
    /// The query as it was read, if it holds names of a code book: they are replaced by what they stand for.
    pub read_as: Option<String>,
    /// The [hash](crate::CodeBook::hash) of the code book, if the query asks for one of its names or themes.
    pub codebook: Option<String>,
    /// The part of the corpus that was searched, if not the whole: the path of a file or folder.
    pub within: Option<String>,
    /// The unit in which a conjunction had to hold.
    pub scope: Scope,
    /// Whether rows of tables were searched.
    pub tables: bool,
    /// Whether footnotes were searched.
    pub notes: bool,
    /// What became of boilerplate.
    pub boilerplate: Boilerplate,
}

/// The provenance of the counts of a search.
pub(crate) fn of(compiled: &CompiledQuery) -> Provenance {
    let (status, options) = (compiled.state.status(), &compiled.options);
    let (query, read) = (compiled.query.to_string(), compiled.read.to_string());
    let themed = || compiled.plan.filters.iter().any(|(filter, _)| filter.field == Field::Theme);
    let book = options.codebook.as_ref().filter(|_| query != read || themed());
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        analyser: ANALYSER_VERSION,
        corpus_hash: status.corpus_hash,
        reports: status.reports,
        complete: status.complete,
        read_as: (query != read).then_some(read),
        query,
        codebook: book.map(|book| book.hash().to_owned()),
        within: options.within.clone(),
        scope: options.scope,
        tables: options.tables,
        notes: options.notes,
        boilerplate: options.boilerplate,
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, corpus_hash, reports, query, .. } = self;
        let short = |hash| str::get(hash, ..12).unwrap_or(hash);
        let plural = if *reports == 1 { "" } else { "s" };
        write!(f, "quotable {version}; corpus {}, {reports} report{plural}", short(corpus_hash))?;
        if !self.complete {
            f.write_str(", not all read")?;
        }
        if let Some(within) = &self.within {
            write!(f, "; only {within}")?;
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
        if let Some(hash) = &self.codebook {
            write!(f, "; code book {}", short(hash))?;
        }
        write!(f, "; query: {query}")?;
        match &self.read_as {
            Some(read) => write!(f, "; read as: {read}"),
            None => Ok(()),
        }
    }
}
