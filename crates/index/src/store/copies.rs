//! Copies: files that hold the same report, of which answers count one.
//!
//! Two sources are copies if their files are the same byte for byte; if they have the same words, on the same authority
//! and the same days of inspection; or if they are of different formats, on the same known authority and days of
//! inspection, with nearly the same words. A copy of a copy is a copy too. Which sources are copies depends on the
//! sources alone, not on the order in which they were read, and so does which of them stands for the others: that in the
//! fewest folders, then that of the shortest path: `visit.pdf`, and not `visit (1).pdf` or `old/visit.pdf`. A report that a program put in is no copy: the program named
//! it, and knows why.

use std::collections::HashMap;
use std::hash::Hash;

use quotable_report::Period;

use crate::source::Origin;
use crate::store::entry::Entry;

/// The least resemblance of the words of a report in two formats. Readers of different formats keep and leave out
/// different headings, labels and footers; different reports have next to nothing in common.
const NEARLY_THE_SAME: f64 = 0.6;

/// For each source, the number of the copy that stands for all, which is its own number for a source without copies;
/// empty if no source has any.
pub(super) fn find(entries: &[Entry]) -> Vec<u32> {
    let mut groups = Groups::new(entries);
    let files = entries.iter().enumerate();
    let files = files.filter(|(_, entry)| entry.origin == Origin::File && entry.failure.is_none());
    let mut by_bytes = HashMap::new();
    let mut by_words = HashMap::new();
    let mut by_inspection: HashMap<(&str, &[Period]), Vec<usize>> = HashMap::new();
    for (source, entry) in files {
        if entry.hash != [0; 32] {
            groups.join_first(&mut by_bytes, entry.hash, source);
        }
        let authority = entry.authority.as_ref().map(|authority| authority.key.as_str());
        let inspected = entry.inspected.as_slice();
        if let Some(hash) = entry.print.hash {
            groups.join_first(&mut by_words, (hash, authority, inspected), source);
        }
        if let Some(authority) = authority
            && !inspected.is_empty()
        {
            by_inspection.entry((authority, inspected)).or_default().push(source);
        }
    }
    for same in by_inspection.values().filter(|same| same.len() > 1) {
        for (at, &one) in same.iter().enumerate() {
            for &other in same.iter().skip(at + 1) {
                let (left, right) = (&entries[one], &entries[other]);
                if left.format != right.format && left.print.resemblance(&right.print) >= NEARLY_THE_SAME {
                    groups.join(one, other);
                }
            }
        }
    }
    groups.finish()
}

/// The order of copies: the first stands for the others.
pub(super) fn order(path: &str) -> (usize, usize, &str) {
    (path.matches('/').count(), path.len(), path)
}

/// Sets that are joined two by two. Each is named by its first source.
struct Groups<'a> {
    entries: &'a [Entry],
    /// For each source, another of its set that is nearer to its name, or itself.
    above: Vec<usize>,
    joined: bool,
}

impl<'a> Groups<'a> {
    fn new(entries: &'a [Entry]) -> Self {
        Self { entries, above: (0..entries.len()).collect(), joined: false }
    }

    fn name(&mut self, mut source: usize) -> usize {
        while self.above[source] != source {
            self.above[source] = self.above[self.above[source]];
            source = self.above[source];
        }
        source
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.name(one), self.name(other));
        if one == other {
            return;
        }
        self.joined = true;
        let is_first = order(&self.entries[one].path) <= order(&self.entries[other].path);
        let (first, second) = if is_first { (one, other) } else { (other, one) };
        self.above[second] = first;
    }

    /// Joins a source with the first one of the same key.
    fn join_first<K: Eq + Hash>(&mut self, known: &mut HashMap<K, usize>, key: K, source: usize) {
        let first = *known.entry(key).or_insert(source);
        self.join(first, source);
    }

    fn finish(mut self) -> Vec<u32> {
        if !self.joined {
            return Vec::new();
        }
        let sources = 0..self.above.len();
        sources.map(|source| u32::try_from(self.name(source)).unwrap_or(u32::MAX)).collect()
    }
}
