//! Provenance: the facts needed to repeat a count.

use std::fmt;

use quotable_query::analyse::ANALYSER_VERSION;
use quotable_query::{Field, Scope};
use serde::{Deserialize, Serialize};

use crate::answer::unjudged::{Unjudged, dating, unjudged};
use crate::search::compiled::CompiledQuery;
use crate::search::options::{Boilerplate, Duplicates};

/// The origin of a number: the same version, corpus, query and options give the same number.
///
/// `Display` is one line, for the foot of a table or a footnote.
///
/// The documented record, which only grows, is `export::provenance::ProvenanceRecord` of the crate `quotable`; the form
/// that serde gives this type is for passing it between programs of one version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Provenance {
    /// The version of this library.
    pub version: String,
    /// The version of the rules that split text into words.
    pub analyser: u32,
    /// The hash of the corpus: [`Status::corpus_hash`](crate::Status::corpus_hash).
    pub corpus_hash: String,
    /// The number of reports in the corpus.
    pub reports: u64,
    /// False if files of the corpus were still to be read, or files of the part searched could not be read:
    /// [`unfinished`](Self::unfinished) or [`unread`](Self::unread) says which.
    pub complete: bool,
    /// The query as given, in the query language.
    pub query: String,
    /// The query with names of the code book replaced by their queries; `None` if it has no names.
    pub read_as: Option<String>,
    /// The [hash](quotable_codebook::CodeBook::hash) of the code book, if the query uses its names or themes.
    pub codebook: Option<String>,
    /// The file or folder that the search was restricted to; `None` for the whole corpus.
    pub within: Option<String>,
    /// The unit of text in which a conjunction had to match.
    pub scope: Scope,
    /// Whether rows of tables were searched.
    pub tables: bool,
    /// Whether footnotes were searched.
    pub notes: bool,
    /// Whether boilerplate was included.
    pub boilerplate: Boilerplate,
    /// The number of files in the part searched (the whole corpus, or [`within`](Self::within)) that could not be read.
    /// Whether the filters of the query would pass them is not known.
    #[serde(default)]
    pub unread: u64,
    /// True if files of the corpus were still to be read.
    #[serde(default)]
    pub unfinished: bool,
    /// The number of files in the part searched that are not read, because no reader knows their format or because they
    /// are hidden.
    #[serde(default)]
    pub skipped: u64,
    /// The number of sources in the part searched that are copies of another there.
    #[serde(default)]
    pub copies: u64,
    /// Whether copies counted.
    #[serde(default)]
    pub duplicates: Duplicates,
    /// The reports that a filter of the query left out without knowing whether it would pass them.
    #[serde(default)]
    pub unjudged: Vec<Unjudged>,
    /// The number of reports of which the end of the inspection stood in for the day of publication, if the query has a
    /// filter by date; else 0.
    #[serde(default)]
    pub dated_by_inspection: u64,
}

/// The provenance of the counts of a search.
pub(crate) fn of(compiled: &CompiledQuery) -> Provenance {
    let (status, options) = (compiled.state.status(), &compiled.options);
    let unread = compiled.state.sources().unread(options.within.as_deref()).count() as u64;
    let (query, read) = (compiled.query.to_string(), compiled.read.to_string());
    let themed = || compiled.plan.filters.iter().any(|(filter, _)| filter.field == Field::Theme);
    let book = options.codebook.as_ref().filter(|_| query != read || themed());
    let has_date = compiled.plan.filters.iter().any(|(filter, _)| filter.field == Field::Date);
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        analyser: ANALYSER_VERSION,
        corpus_hash: status.corpus_hash,
        reports: status.reports,
        complete: !status.unfinished && unread == 0,
        read_as: (query != read).then_some(read),
        query,
        codebook: book.map(|book| book.hash().to_owned()),
        within: options.within.clone(),
        scope: options.scope,
        tables: options.tables,
        notes: options.notes,
        boilerplate: options.boilerplate,
        unread,
        unfinished: status.unfinished,
        skipped: compiled.state.sources().skipped(options.within.as_deref()).count() as u64,
        copies: compiled.state.sources().copies_within(options.within.as_deref()).len() as u64,
        duplicates: options.duplicates,
        // Filters that cannot be judged here are an error where the query is compiled.
        unjudged: unjudged(compiled).unwrap_or_default(),
        dated_by_inspection: if has_date { dating(compiled).by_inspection } else { 0 },
    }
}

impl fmt::Display for Provenance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { version, corpus_hash, reports, query, .. } = self;
        let short = |hash| str::get(hash, ..12).unwrap_or(hash);
        let plural = if *reports == 1 { "" } else { "s" };
        write!(f, "quotable {version}; corpus {}, {reports} report{plural}", short(corpus_hash))?;
        if self.unread > 0 {
            let plural = if self.unread == 1 { "" } else { "s" };
            write!(f, ", {} file{plural} not read", self.unread)?;
        }
        if self.skipped > 0 {
            write!(f, ", {} skipped", self.skipped)?;
        }
        match (self.copies, self.duplicates) {
            (0, _) => {}
            (1, Duplicates::Once) => f.write_str(", 1 copy left out")?,
            (copies, Duplicates::Once) => write!(f, ", {copies} copies left out")?,
            (copies, Duplicates::Keep) => write!(f, ", {copies} copies counted too")?,
        }
        if self.unfinished {
            f.write_str(", not all read yet")?;
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
        for left_out in &self.unjudged {
            write!(f, "; {left_out}")?;
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
