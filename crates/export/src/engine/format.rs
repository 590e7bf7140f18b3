//! The formats of an export.

use std::fmt;
use std::str::FromStr;

use quotable_report::UnknownName;

/// What a corpus is exported for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EngineFormat {
    /// Lines of JSON: the records of reports and paragraphs.
    Jsonl,
    /// Parquet files for DuckDB, pandas and Spark: five tables.
    #[cfg(feature = "parquet")]
    Parquet,
    /// An index configuration and documents for Quickwit.
    Quickwit,
    /// Settings, mapping and bulk documents for OpenSearch and Elasticsearch.
    OpenSearch,
}

impl EngineFormat {
    /// Every format.
    pub const ALL: &'static [Self] = &[
        Self::Jsonl,
        #[cfg(feature = "parquet")]
        Self::Parquet,
        Self::Quickwit,
        Self::OpenSearch,
    ];

    /// The name: `jsonl`, `parquet`, `quickwit`, `opensearch`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            #[cfg(feature = "parquet")]
            Self::Parquet => "parquet",
            Self::Quickwit => "quickwit",
            Self::OpenSearch => "opensearch",
        }
    }

    /// True for engines that are told what has changed, run by run; else the files always are the whole corpus.
    pub fn is_told_changes(self) -> bool {
        matches!(self, Self::Quickwit | Self::OpenSearch)
    }
}

impl fmt::Display for EngineFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for EngineFormat {
    type Err = UnknownName;

    /// The format of that name, in any case; `elasticsearch` is `opensearch`.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        if name.trim().eq_ignore_ascii_case("elasticsearch") {
            return Ok(Self::OpenSearch);
        }
        UnknownName::find(name, Self::ALL, Self::as_str)
    }
}
