//! Hits gathered by what is known of them.

use std::collections::{BTreeMap, BinaryHeap};

use serde::{Deserialize, Serialize};

use crate::answer::facet::Column;
use crate::answer::facet::Facet;
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::fetch::fetch;
use crate::search::found::FoundParagraph;
use crate::search::hit::{Counts, Hit};
use crate::search::order::{HitOrder, SortKey};
use crate::search::tally::Tally;

/// The first groups of hits, and how much there is in all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Groups {
    /// By what the hits are gathered.
    pub by: Facet,
    /// What was found in all.
    pub counts: Counts,
    /// How many groups there are in all.
    pub all: u64,
    /// The groups asked for, in the order of their first hits.
    pub groups: Vec<Group>,
}

/// The hits of one value of a facet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Group {
    /// The value; `None` for those of which it is not known.
    pub value: Option<String>,
    /// What was found in the group.
    pub counts: Counts,
    /// Its first hits.
    pub hits: Vec<Hit>,
}

/// A group while it is gathered.
#[derive(Default)]
struct Gathering {
    tally: Tally,
    /// The worst of the best stands on top, to be thrown out first.
    best: BinaryHeap<(SortKey, FoundParagraph)>,
}

/// The first groups of hits by a facet.
pub(crate) fn top(compiled: &CompiledQuery, by: Facet, groups: usize, hits: usize) -> Result<Groups> {
    let order = HitOrder::new(compiled);
    let column = Column::new(&compiled.state, by)?;
    let mut gathered: BTreeMap<u32, Gathering> = BTreeMap::new();
    let counts = compiled.each(true, |found, place| {
        let group = gathered.entry(column.of(&found, place)).or_default();
        group.tally.add(&found);
        group.best.push((order.key(&found), found));
        // One at least is kept: it says where the group stands.
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
        let hits = best.iter().take(hits).map(|(_, found)| fetch(compiled, found)).collect::<Result<_>>()?;
        Ok(Group { value: column.value(number).map(str::to_owned), counts, hits })
    });
    let groups = groups.collect::<Result<_>>()?;
    Ok(Groups { by, counts, all, groups })
}
