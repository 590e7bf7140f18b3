//! The sources that a search looks in: those of the part of the corpus that was named, and one of each set of copies.

use std::sync::Arc;

use crate::search::plan::Part;
use crate::store::state::State;

/// By source number, whether to look in the source; `None` is all. `within` marks the part of the corpus that was named.
///
/// Of copies, the one in the fewest folders and with the shortest path is looked in, of those that lie in that part and that pass the filters at the
/// top of the query: a query for one file finds it, whether the file has a copy elsewhere or not.
pub(super) fn searched_sources(
    state: &State,
    within: Option<&Arc<[bool]>>,
    root: &Part,
) -> Option<Arc<[bool]>> {
    let table = state.sources();
    if table.copies() == 0 {
        return within.cloned();
    }
    let top = match root {
        Part::And(parts) => parts.as_slice(),
        one => std::slice::from_ref(one),
    };
    let passes = |source: u32| {
        let marked = |sources: &[bool]| sources.get(source as usize) == Some(&true);
        within.is_none_or(|within| marked(within))
            && top.iter().all(|part| match part {
                Part::Sources(sources) => marked(sources),
                Part::Not(part) => !matches!(&**part, Part::Sources(sources) if marked(sources)),
                _ => true,
            })
    };
    let mut searched = vec![false; table.len()];
    let mut seen = vec![false; table.len()];
    for source in table.in_copy_order().into_iter().filter(|source| passes(*source)) {
        let is_first =
            seen.get_mut(table.kept(source) as usize).is_some_and(|seen| !std::mem::replace(seen, true));
        if let Some(searched) = searched.get_mut(source as usize) {
            *searched = is_first;
        }
    }
    Some(searched.into())
}
