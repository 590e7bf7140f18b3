//! The contract that every reader must keep; the tests of each format call [`check`].

use std::time::Duration;

use crate::budget::Budget;
use crate::reader::Reader;

/// Truncates and corrupts a good file in many ways: the reader must return, with well-formed blocks or an error.
pub(crate) fn check(reader: &dyn Reader, good: &[u8]) {
    let check = |bytes: &[u8]| {
        let budget = Budget { time: Duration::from_secs(5), ..Budget::default() }.start();
        let Ok(document) = reader.read(bytes, &budget) else { return };
        for block in &document.blocks {
            assert!(!block.lines.is_empty(), "a block without lines");
            for line in &block.lines {
                assert!(!line.text.trim().is_empty(), "a blank line");
                assert!(line.page.is_none_or(|page| (1..=document.pages).contains(&page)));
                let ends = line.raised.iter().map(|range| range.end);
                assert!(
                    ends.clone().all(|end| line.text.is_char_boundary(end)),
                    "a range that splits a character"
                );
                assert!(ends.clone().is_sorted(), "superscript ranges out of order");
            }
        }
    };
    check(good);
    assert!(reader.read(good, &Budget::default()).is_ok(), "the good file is read");
    for parts in 1..=16 {
        check(&good[..good.len() * parts / 17]);
    }
    let mut seed = 0x9E37_79B9_u32;
    for _ in 0..32 {
        let mut corrupt = good.to_vec();
        for _ in 0..8 {
            // xorshift32 (Marsaglia 2003): the same corrupt files on every run.
            seed ^= seed << 13;
            seed ^= seed >> 17;
            seed ^= seed << 5;
            let at = seed as usize % corrupt.len();
            corrupt[at] = (seed >> 24) as u8;
        }
        check(&corrupt);
    }
}
