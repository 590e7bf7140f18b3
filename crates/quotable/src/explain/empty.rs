//! Which parts of a query find nothing by themselves.

use quotable_query::{Query, Scope};

use super::{EmptyPart, LeafWords, kind};
use crate::Result;
use crate::search::Search;

/// The smallest parts that find nothing, of a query that does not.
pub(super) fn parts(search: &Search, query: &Query, leaves: &[LeafWords]) -> Result<Vec<EmptyPart>> {
    let mut found = Finder { search, leaves, empty: Vec::new() };
    let inner = match query {
        Query::Within { query, .. } => query,
        query => query,
    };
    // A lone word is a part of itself.
    if !found.look(query, search.options().scope)?
        && matches!(kind(inner), "word" | "wildcard" | "regex" | "inflected" | "fuzzy" | "filter")
    {
        found.add(inner);
    }
    Ok(found.empty)
}

struct Finder<'a> {
    search: &'a Search,
    leaves: &'a [LeafWords],
    empty: Vec<EmptyPart>,
}

impl Finder<'_> {
    /// Adds the smallest empty parts of a part that is empty; false if every part of it finds something.
    fn look(&mut self, query: &Query, scope: Scope) -> Result<bool> {
        let parts: Vec<&Query> = match query {
            Query::And(parts) | Query::Or(parts) | Query::Phrase(parts) => parts.iter().collect(),
            Query::Near { left, right, .. } => vec![left.as_ref(), right.as_ref()],
            // What must not be near is not missed.
            Query::NotNear { left, .. } => vec![left.as_ref()],
            Query::Within { scope, query } => return self.look(query, *scope),
            _ => Vec::new(),
        };
        let mut any = false;
        for part in parts {
            // What is not wanted is no fault for not being there, and a gap is any word.
            if !matches!(part, Query::Not(_) | Query::Gap) && self.is_empty(part, scope)? {
                any = true;
                if !self.look(part, scope)? {
                    self.add(part);
                }
            }
        }
        Ok(any)
    }

    fn is_empty(&self, part: &Query, scope: Scope) -> Result<bool> {
        let options = self.search.options().clone().scope(scope);
        let counts = Search::new(self.search.snapshot(), part, &options)?.count()?;
        Ok(counts.paragraphs == 0 && counts.boilerplate.paragraphs == 0)
    }

    fn add(&mut self, part: &Query) {
        let query = part.to_string();
        if self.empty.iter().any(|known| known.query == query) {
            return;
        }
        let leaf = self.leaves.iter().find(|leaf| leaf.query == query);
        let nearest = leaf.map(|leaf| leaf.nearest.clone()).unwrap_or_default();
        self.empty.push(EmptyPart { query, nearest });
    }
}
