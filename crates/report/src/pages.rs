//! Page numbers of the bytes of a text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The page of every byte of a paragraph.
///
/// Stored as `(byte, page)` pairs, one for each page the text runs over: the byte where the page begins and its
/// one-based number, in rising order of bytes. [`at`](Self::at) is a binary search.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages(Vec<(usize, u32)>);

impl Pages {
    /// The pages of a text that begins on `page` (one-based).
    pub fn starting_on(page: u32) -> Self {
        Self(vec![(0, page)])
    }

    /// Puts the text from `byte` on, up to the next turn, on `page` (one-based). Call with bytes that do not decrease.
    pub fn turn(&mut self, byte: usize, page: u32) {
        if self.0.last().is_none_or(|&(_, last)| last != page) {
            self.0.push((byte, page));
        }
    }

    /// The page of a byte, one-based; `None` where no page is known.
    pub fn at(&self, byte: usize) -> Option<u32> {
        let after = self.0.partition_point(|&(start, _)| start <= byte);
        self.0.get(after.checked_sub(1)?).map(|&(_, page)| page)
    }

    /// The first byte of each page's text, with the page (one-based).
    pub fn starts(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        self.0.iter().copied()
    }

    /// The pages of the text without its first `bytes` bytes.
    pub(crate) fn without_prefix(&self, bytes: usize) -> Self {
        let mut pages = Self::default();
        for &(start, page) in &self.0 {
            let start = start.saturating_sub(bytes);
            match pages.0.last_mut() {
                // A page that ends within the prefix has no text left: the next page takes its entry.
                Some(last) if last.0 == start => last.1 = page,
                _ => pages.turn(start, page),
            }
        }
        pages
    }

    /// The pages of a part of the text.
    pub(crate) fn part(&self, bytes: Range<usize>) -> Self {
        let after = self.0.partition_point(|&(start, _)| start <= bytes.start);
        let mut pages = Self(
            after
                .checked_sub(1)
                .and_then(|at| self.0.get(at))
                .map(|&(_, page)| (0, page))
                .into_iter()
                .collect(),
        );
        for &(start, page) in self.0.iter().skip(after).take_while(|(start, _)| *start < bytes.end) {
            pages.turn(start - bytes.start, page);
        }
        pages
    }

    /// The page on which the paragraph begins, one-based.
    pub fn first(&self) -> Option<u32> {
        self.0.first().map(|&(_, page)| page)
    }

    /// The page on which the paragraph ends, one-based.
    pub fn last(&self) -> Option<u32> {
        self.0.last().map(|&(_, page)| page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_prefix_drops_pages_that_end_in_it() {
        let mut pages = Pages::starting_on(3);
        pages.turn(4, 4);
        pages.turn(9, 5);
        let starts: Vec<_> = pages.without_prefix(4).starts().collect();
        assert_eq!(starts, [(0, 4), (5, 5)]);
        assert_eq!(pages.without_prefix(4).at(4), Some(4));
    }
}
