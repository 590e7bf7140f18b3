//! Names for the kinds of query.

use quotable_query::Query;

/// The name of a part of a query that has no parts.
pub(super) fn kind(query: &Query) -> &'static str {
    match query {
        Query::Word(_) => "word",
        Query::Wildcard(_) => "wildcard",
        Query::Regex(_) => "regex",
        Query::Inflected(_) => "inflected",
        Query::Fuzzy { .. } => "fuzzy",
        Query::Gap => "gap",
        Query::Filter(_) => "filter",
        Query::Named(_) => "name",
        _ => "all",
    }
}
