//! Hits grouped by the values of a facet.

use std::collections::{BTreeMap, BinaryHeap};

use serde::{Deserialize, Serialize};

use crate::answer::facet::Column;
use crate::answer::facet::Facet;
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::fetch::fetch_all;
use crate::search::found::FoundParagraph;
use crate::search::hit::{Counts, Hit};
use crate::search::order::{HitOrder, SortKey};
use crate::search::tally::Tally;

/// The first groups of a search, with the counts of the whole search.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Groups {
    /// The facet.
    pub by: Facet,
    /// The counts of the whole search.
    pub counts: Counts,
    /// The number of groups with a match.
    pub all: u64,
    /// The first groups, at most the number asked for, in the order of their first hits.
    pub groups: Vec<Group>,
}

/// The hits with one value of a facet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Group {
    /// The value; `None` for hits without one.
    pub value: Option<String>,
    /// The counts of the group.
    pub counts: Counts,
    /// The first hits of the group.
    pub hits: Vec<Hit>,
}

/// A group while its hits are collected.
#[derive(Default)]
struct PartialGroup {
    tally: Tally,
    /// The best hits. A max-heap by key: the worst is on top, to be dropped first.
    best: BinaryHeap<(SortKey, FoundParagraph)>,
}

/// The first `groups` groups of hits by a facet, each with its first `hits` hits.
pub(crate) fn top(compiled: &CompiledQuery, by: Facet, groups: usize, hits: usize) -> Result<Groups> {
    let order = HitOrder::new(compiled);
    let column = Column::new(&compiled.state, &by)?;
    let mut gathered: BTreeMap<u32, PartialGroup> = BTreeMap::new();
    let counts = compiled.each(true, |found, place| {
        let group = gathered.entry(column.of(&found, place)).or_default();
        group.tally.add(&found);
        group.best.push((order.key(&found), found));
        // Keep at least one hit, even if none is asked for: it decides the place of the group.
        if group.best.len() > hits.max(1) {
            group.best.pop();
        }
    })?;
    let all = gathered.len() as u64;
    let first = |best: &[(SortKey, FoundParagraph)]| best.first().map(|(key, _)| *key);
    let mut ordered: Vec<_> = gathered
        .into_iter()
        .map(|(number, group)| (number, group.tally.counts(), group.best.into_sorted_vec()))
        .collect();
    ordered.sort_by_key(|(.., best)| first(best));
    let groups = ordered.into_iter().take(groups).map(|(number, counts, best)| {
        let hits = fetch_all(compiled, best.iter().take(hits).map(|(_, found)| found))?;
        Ok(Group { value: column.value(number).map(str::to_owned), counts, hits })
    });
    let groups = groups.collect::<Result<_>>()?;
    Ok(Groups { by, counts, all, groups })
}
