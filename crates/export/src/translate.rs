//! A query in the language of an engine into which an [export](crate::engine) was loaded.
//!
//! A translation finds the paragraphs that the query finds here, and no others. What an engine cannot ask is an error that
//! says what to do: a query never gets another meaning. `ENGINES.md` lists what each engine can ask.

mod condition;
mod error;
mod filter;
mod opensearch;
mod quickwit;
mod read;
mod sql;
mod words;

use std::fmt;
use std::str::FromStr;

use quotable_index::Search;
use quotable_report::UnknownName;

pub use self::error::TranslateError;
use self::read::read;

/// An engine whose language a query is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QueryTarget {
    /// SQL of DuckDB, over the tables of a Parquet export.
    DuckDb,
    /// SQL of Spark, over the same.
    Spark,
    /// The query language of Quickwit.
    Quickwit,
    /// The query DSL of OpenSearch and Elasticsearch, as JSON.
    OpenSearch,
}

impl QueryTarget {
    /// Every target.
    pub const ALL: [Self; 4] = [Self::DuckDb, Self::Spark, Self::Quickwit, Self::OpenSearch];

    /// The name: `duckdb`, `spark`, `quickwit`, `opensearch`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DuckDb => "duckdb",
            Self::Spark => "spark",
            Self::Quickwit => "quickwit",
            Self::OpenSearch => "opensearch",
        }
    }

    /// The name as the makers of the engine write it.
    fn title(self) -> &'static str {
        match self {
            Self::DuckDb => "DuckDB",
            Self::Spark => "Spark",
            Self::Quickwit => "Quickwit",
            Self::OpenSearch => "OpenSearch",
        }
    }
}

impl fmt::Display for QueryTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for QueryTarget {
    type Err = UnknownName;

    /// The target of that name, in any case; `elasticsearch` is `opensearch`.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        if name.trim().eq_ignore_ascii_case("elasticsearch") {
            return Ok(Self::OpenSearch);
        }
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

/// A query in the language of an engine.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Translation {
    /// For SQL, a statement that counts paragraphs and reports, whose condition begins after the word `WHERE`; for Quickwit
    /// the text of a query; for OpenSearch the JSON body of a search.
    pub text: String,
    /// What the reader should know, a clause each: what filters were resolved to.
    pub notes: Vec<String>,
}

/// Translates the query of a search, with the options that decide what it looks in: tables, notes, boilerplate, the folder and
/// the scope. Filters are resolved by the reports of its snapshot.
///
/// ```
/// use quotable_export::translate::{QueryTarget, translate};
/// use quotable_index::Index;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let index = Index::in_memory()?;
/// let search = index.search(&"\"care leavers\" date:2018..".parse()?)?;
/// let quickwit = translate(&search, QueryTarget::Quickwit)?.text;
/// assert_eq!(quickwit, "+searched:true +words:\"care leavers\" +dated:[2018-01-01T00:00:00Z TO *]");
/// // Quickwit cannot look for one word and then another.
/// let search = index.search(&"high pre/3 turnover".parse()?)?;
/// assert!(translate(&search, QueryTarget::Quickwit).is_err());
/// assert!(translate(&search, QueryTarget::OpenSearch)?.text.contains("intervals"));
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// If the engine cannot ask the query, or the index cannot be read.
pub fn translate(search: &Search, target: QueryTarget) -> Result<Translation, TranslateError> {
    let reading = read(search, target)?;
    let text = match target {
        QueryTarget::DuckDb | QueryTarget::Spark => sql::statement(&reading, target)?,
        QueryTarget::Quickwit => quickwit::query(&reading)?,
        QueryTarget::OpenSearch => opensearch::body(&reading)?,
    };
    Ok(Translation { text, notes: reading.notes })
}
