//! Why a query has no translation.

use std::fmt;

use quotable_query::{Query, QueryError};

use super::QueryTarget;

/// Why a query has no translation.
#[derive(Debug)]
#[non_exhaustive]
pub enum TranslateError {
    /// The engine cannot ask a part of the query; the error shows the part and says what to do.
    Query(QueryError),
    /// The engine has nothing for an option of the search.
    Option {
        /// What it has nothing for.
        message: String,
        /// What to do.
        cure: String,
    },
    /// The index could not be read.
    Index(quotable_index::Error),
}

impl TranslateError {
    /// The error that `target` cannot ask `part` of a query. `what` is what it cannot look for.
    pub(super) fn cannot(
        query: &Query,
        part: &Query,
        target: QueryTarget,
        what: &str,
        cure: impl Into<String>,
    ) -> Self {
        Self::Query(query.error_at(part, format!("{} cannot look for {what}", target.title()), cure))
    }
}

impl fmt::Display for TranslateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Query(error) => error.fmt(f),
            Self::Option { message, .. } => f.write_str(message),
            Self::Index(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for TranslateError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Query(error) => Some(error),
            Self::Option { .. } => None,
            Self::Index(error) => Some(error),
        }
    }
}

impl From<quotable_index::Error> for TranslateError {
    fn from(error: quotable_index::Error) -> Self {
        Self::Index(error)
    }
}
