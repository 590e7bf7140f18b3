//! Names of the kinds of leaf.

use quotable_query::Query;

/// The kind of a query without parts, as [`Part::operator`](super::Part::operator) names it.
pub(super) fn kind(query: &Query) -> &'static str {
    match query {
        Query::Word(_) => "word",
        Query::Wildcard(_) => "wildcard",
        Query::Regex(_) => "regex",
        Query::Inflected(_) => "inflected",
        Query::Fuzzy { .. } => "fuzzy",
        Query::Number(_) | Query::NumberForms(_) => "number",
        Query::Exact(_) => "exact",
        Query::Gap => "gap",
        Query::Filter(_) => "filter",
        Query::Named(_) => "name",
        _ => "all",
    }
}
