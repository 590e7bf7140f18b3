//! A window of consecutive documents, with one bit for each.
//!
//! Where a query matches a good share of all documents, it costs less to decode the posting lists one after another
//! into a window than to merge them document by document. Lucene's `BooleanScorer` does the same. The bits make
//! conjunction, union and negation operations on whole machine words.

use std::ops::Range;

use tantivy::{DocId, TERMINATED};

/// Number of documents in a window: the bits take 1 KiB, and the counts of one unit 32 KiB.
pub(super) const WINDOW_DOCS: u32 = 8 * 1024;
const WORDS: usize = (WINDOW_DOCS / u64::BITS) as usize;

/// A set of documents of one window, as a bit set.
pub(super) struct Window {
    /// The first document.
    base: DocId,
    bits: Box<[u64; WORDS]>,
}

/// The documents of the window that begins at `base`.
pub(super) fn window_from(base: DocId) -> Range<DocId> {
    base..base.saturating_add(WINDOW_DOCS).min(TERMINATED)
}

impl Window {
    /// An empty window that begins at `base`.
    pub(super) fn new(base: DocId) -> Self {
        Self { base, bits: Box::new([0; WORDS]) }
    }

    /// A window with every document marked.
    pub(super) fn full(base: DocId) -> Self {
        Self { base, bits: Box::new([u64::MAX; WORDS]) }
    }

    /// Unmarks all documents and moves the window to `base`.
    pub(super) fn clear(&mut self, base: DocId) {
        self.base = base;
        self.bits.fill(0);
    }

    /// The documents that the window covers, marked or not.
    pub(super) fn range(&self) -> Range<DocId> {
        window_from(self.base)
    }

    /// Offset of a document in the window.
    ///
    /// Documents outside of the window wrap around: a damaged posting list can hold them, and the remainder spares the
    /// bounds checks on arrays of [`WINDOW_DOCS`] elements.
    pub(super) fn offset(&self, doc: DocId) -> usize {
        (doc.wrapping_sub(self.base) % WINDOW_DOCS) as usize
    }

    /// Index of the word that holds the bit of a document, and the mask of the bit.
    fn bit(&self, doc: DocId) -> (usize, u64) {
        const WORD_BITS: usize = u64::BITS as usize;
        let offset = self.offset(doc);
        (offset / WORD_BITS, 1 << (offset % WORD_BITS))
    }

    /// Marks a document of the window; true if it was marked before.
    pub(super) fn insert(&mut self, doc: DocId) -> bool {
        let (index, bit) = self.bit(doc);
        let word = &mut self.bits[index];
        let was_marked = *word & bit != 0;
        *word |= bit;
        was_marked
    }

    /// True if a document of the window is marked.
    pub(super) fn contains(&self, doc: DocId) -> bool {
        let (index, bit) = self.bit(doc);
        self.bits[index] & bit != 0
    }

    /// True if no document is marked.
    pub(super) fn is_empty(&self) -> bool {
        self.bits.iter().all(|word| *word == 0)
    }

    /// Number of marked documents.
    pub(super) fn len(&self) -> usize {
        self.bits.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The first marked document at or after `doc`, which must not be before the window.
    pub(super) fn first_at_or_after(&self, doc: DocId) -> Option<DocId> {
        let offset = doc.wrapping_sub(self.base);
        let mut index = (offset / u64::BITS) as usize;
        // Hides the bits before `doc` in the first word only.
        let mut mask = u64::MAX << (offset % u64::BITS);
        loop {
            let word = self.bits.get(index)? & mask;
            if word != 0 {
                return Some(self.base + index as u32 * u64::BITS + word.trailing_zeros());
            }
            mask = u64::MAX;
            index += 1;
        }
    }

    /// Marks the documents of another window over the same documents too.
    pub(super) fn union_with(&mut self, other: &Self) {
        self.zip_words(other, |word, other| *word |= other);
    }

    /// Unmarks the documents that another window over the same documents does not mark.
    pub(super) fn intersect_with(&mut self, other: &Self) {
        self.zip_words(other, |word, other| *word &= other);
    }

    /// Unmarks the documents that another window over the same documents marks.
    pub(super) fn subtract(&mut self, other: &Self) {
        self.zip_words(other, |word, other| *word &= !other);
    }

    fn zip_words(&mut self, other: &Self, change: impl Fn(&mut u64, u64)) {
        self.bits.iter_mut().zip(other.bits.iter()).for_each(|(word, other)| change(word, *other));
    }

    /// Marks the documents of a range that are in the window.
    pub(super) fn insert_range(&mut self, range: Range<DocId>) {
        self.for_each_word(range, |_, word, mask| *word |= mask);
    }

    /// Number of marked documents in a range.
    pub(super) fn count(&mut self, range: Range<DocId>) -> u64 {
        let mut count = 0;
        self.for_each_word(range, |_, word, mask| count += u64::from((*word & mask).count_ones()));
        count
    }

    /// Calls `each` for every marked document of a range, in order.
    pub(super) fn for_each(&mut self, range: Range<DocId>, mut each: impl FnMut(DocId)) {
        self.for_each_bits(range, |first, mut rest| {
            while rest != 0 {
                each(first + rest.trailing_zeros());
                // Clears the lowest bit.
                rest &= rest - 1;
            }
        });
    }

    /// Calls `each` for 64 documents of a range at a time, with the first of them and a bit for each that is marked.
    pub(super) fn for_each_bits(&mut self, range: Range<DocId>, mut each: impl FnMut(DocId, u64)) {
        self.for_each_word(range, |first, word, mask| each(first, *word & mask));
    }

    /// Calls `each` for every word that overlaps a range, with the document of its first bit and a mask of the bits in
    /// the range.
    fn for_each_word(&mut self, range: Range<DocId>, mut each: impl FnMut(DocId, &mut u64, u64)) {
        let from = range.start.max(self.base) - self.base;
        let to = range.end.min(self.range().end).saturating_sub(self.base);
        if from >= to {
            return;
        }
        let (first, last) = (from / u64::BITS, (to - 1) / u64::BITS);
        let Some(words) = self.bits.get_mut(first as usize..=last as usize) else {
            debug_assert!(false, "a clipped range exceeds its window");
            return;
        };
        for (index, word) in (first..).zip(words) {
            let mut mask = u64::MAX;
            if index == first {
                mask &= u64::MAX << (from % u64::BITS);
            }
            if index == last {
                mask &= u64::MAX >> (u64::BITS - 1 - (to - 1) % u64::BITS);
            }
            each(self.base + index * u64::BITS, word, mask);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Window;

    #[test]
    fn ranges_are_clipped_to_the_window() {
        for (from, to) in
            [(0, 1), (5, 64), (63, 65), (100, 400), (8000, 8192), (8191, 9000), (7, 7), (0, 9000)]
        {
            let mut window = Window::new(8192);
            window.insert_range(8192 + from..8192 + to);
            let mut one_by_one = Window::new(8192);
            for doc in 8192 + from..8192 + to.min(8192) {
                one_by_one.insert(doc);
            }
            assert_eq!(window.bits, one_by_one.bits, "{from}..{to}");
            let inside = |doc: &u32| *doc >= 8192 + 40 && *doc < 8192 + 300;
            let expected: Vec<u32> = (8192 + from..8192 + to.min(8192)).filter(inside).collect();
            let mut visited = Vec::new();
            window.for_each(8192 + 40..8192 + 300, |doc| visited.push(doc));
            assert_eq!(visited, expected, "{from}..{to}");
            assert_eq!(window.count(8192 + 40..8192 + 300), expected.len() as u64, "{from}..{to}");
        }
    }
}
