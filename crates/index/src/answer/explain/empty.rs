//! Finds the parts of a query that find nothing by themselves.

use std::collections::HashMap;

use quotable_query::{Field, Query, Scope};

use super::kind::kind;
use super::values::near_path;
use super::{EmptyPart, FilterReach, LeafWords};
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::options::SearchOptions;

/// The smallest parts that find nothing, for a query that finds nothing.
pub(super) fn parts(
    compiled: &CompiledQuery,
    options: &SearchOptions,
    query: &Query,
    leaves: &[LeafWords],
    filters: &[FilterReach],
) -> Result<Vec<EmptyPart>> {
    if let Some(within) = &compiled.options.within
        && compiled.plan.within.as_ref().is_some_and(|wanted| !wanted.contains(&true))
    {
        let values = near_path(compiled.state.sources().entries(), within);
        let query = Query::filter(Field::Path, format!("/{within}")).to_string();
        return Ok(vec![EmptyPart { query, nearest: Vec::new(), values }]);
    }
    let mut found = Finder { compiled, options, leaves, filters, empty: Vec::new(), known: HashMap::new() };
    let inner = match query {
        Query::Within { query, .. } => query,
        query => query,
    };
    // A query of a single leaf has no smaller parts: report the query itself.
    if !found.look(query, compiled.options.scope)?
        && matches!(
            kind(inner),
            "word" | "wildcard" | "regex" | "inflected" | "fuzzy" | "number" | "exact" | "filter"
        )
    {
        found.add(inner);
    }
    Ok(found.empty)
}

/// Walks a query from the top and collects empty parts.
struct Finder<'a> {
    compiled: &'a CompiledQuery,
    /// Those of the query, for searches that are part of one answer.
    options: &'a SearchOptions,
    leaves: &'a [LeafWords],
    filters: &'a [FilterReach],
    empty: Vec<EmptyPart>,
    /// Results by scope and part: the same word may occur in several places of the query.
    known: HashMap<(Scope, Query), bool>,
}

impl Finder<'_> {
    /// Adds the smallest empty parts of an empty query; false if each of its parts finds something.
    fn look(&mut self, query: &Query, scope: Scope) -> Result<bool> {
        let parts: Vec<&Query> = match query {
            Query::And(parts) | Query::Or(parts) | Query::Phrase(parts) => parts.iter().collect(),
            Query::Near { left, right, .. } => vec![left.as_ref(), right.as_ref()],
            // The right side must be absent: that it finds nothing is no fault.
            Query::NotNear { left, .. } | Query::NotBeside { left, .. } => vec![left.as_ref()],
            Query::Within { scope, query } => return self.look(query, *scope),
            _ => Vec::new(),
        };
        let mut any = false;
        for part in parts {
            // A negated part may well be empty, and a gap matches any word.
            if !matches!(part, Query::Not(_) | Query::Gap) && self.is_empty(part, scope)? {
                any = true;
                if !self.look(part, scope)? {
                    self.add(part);
                }
            }
        }
        Ok(any)
    }

    /// True if the part finds nothing by itself.
    fn is_empty(&mut self, part: &Query, scope: Scope) -> Result<bool> {
        if let Some(known) = self.known.get(&(scope, part.clone())) {
            return Ok(*known);
        }
        let options = self.options.clone().scope(scope);
        let counts = CompiledQuery::new(&self.compiled.state, part, &options)?.count()?;
        let empty = counts.paragraphs == 0 && counts.boilerplate.paragraphs == 0;
        self.known.insert((scope, part.clone()), empty);
        Ok(empty)
    }

    /// Adds a part with suggestions, once.
    fn add(&mut self, part: &Query) {
        let query = part.to_string();
        if self.empty.iter().any(|known| known.query == query) {
            return;
        }
        let leaf = self.leaves.iter().find(|leaf| leaf.query == query);
        let nearest = leaf.map(|leaf| leaf.nearest.clone()).unwrap_or_default();
        let filter = self.filters.iter().find(|filter| filter.filter == query);
        let values = filter.map(|filter| filter.nearest.clone()).unwrap_or_default();
        self.empty.push(EmptyPart { query, nearest, values });
    }
}
