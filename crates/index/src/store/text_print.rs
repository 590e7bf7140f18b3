//! Text prints: by which two sources are seen to hold the same report.
//!
//! The hash is of the words of a report, one after another, whatever its paragraphs are. The sketch tells how much two
//! texts have in common that are not the same: of all runs of four words, hashed, the smallest hashes. The share of
//! those that two sketches have in common is an estimate of the resemblance of the texts. (A. Z. Broder, "On the
//! resemblance and containment of documents", 1997.)

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::store::hash::hash;
use crate::store::packed_tokens::unpack_terms;

/// Number of words in a run.
const RUN: usize = 4;
/// Number of hashes in a sketch.
const SKETCH: usize = 32;

/// What is kept of the words of a report to compare them with those of another.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TextPrint {
    /// A hash of all words; `None` for a report without words.
    pub(super) hash: Option<[u8; 16]>,
    /// Ascending.
    sketch: Vec<u32>,
}

impl TextPrint {
    /// An estimate of the share of runs of words that two texts have in common, of those of either.
    pub(super) fn resemblance(&self, other: &Self) -> f64 {
        let union: BTreeSet<u32> = self.sketch.iter().chain(&other.sketch).copied().collect();
        let (mut looked, mut common) = (0_u32, 0_u32);
        for hash in union.into_iter().take(SKETCH) {
            looked += 1;
            let in_both = [self, other].iter().all(|print| print.sketch.binary_search(&hash).is_ok());
            common += u32::from(in_both);
        }
        if looked == 0 { 0.0 } else { f64::from(common) / f64::from(looked) }
    }
}

/// Makes the print of a report, paragraph by paragraph.
#[derive(Debug, Default)]
pub(super) struct TextPrinter {
    words: blake3::Hasher,
    has_words: bool,
    /// Hashes of the last words, at most `RUN - 1`.
    last: Vec<u64>,
    sketch: BTreeSet<u32>,
    /// Whether to make a sketch.
    is_sketched: bool,
}

impl TextPrinter {
    pub(super) fn new(is_sketched: bool) -> Self {
        Self { is_sketched, ..Self::default() }
    }

    /// Adds the folded words of a paragraph, packed.
    pub(super) fn add(&mut self, folded: &[u8]) {
        self.has_words |= !folded.is_empty();
        self.words.update(folded);
        if self.is_sketched {
            unpack_terms(folded, |word| self.add_word(hash(word)));
        }
    }

    fn add_word(&mut self, word: u64) {
        self.last.push(word);
        if self.last.len() < RUN {
            return;
        }
        let run: Vec<u8> = self.last.iter().flat_map(|word| word.to_le_bytes()).collect();
        let run = (hash(&run) >> 32) as u32;
        self.last.remove(0);
        let is_full = self.sketch.len() >= SKETCH;
        if is_full && self.sketch.last().is_some_and(|last| run >= *last) {
            return;
        }
        if self.sketch.insert(run) && is_full {
            self.sketch.pop_last();
        }
    }

    pub(super) fn finish(self) -> TextPrint {
        let mut hash = [0; 16];
        // The first bytes of the extended output are those of the plain hash.
        self.words.finalize_xof().fill(&mut hash);
        TextPrint { hash: self.has_words.then_some(hash), sketch: self.sketch.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::packed_tokens::push_term;

    fn print(texts: &[&str]) -> TextPrint {
        let mut printer = TextPrinter::new(true);
        for text in texts {
            let mut packed = Vec::new();
            text.split(' ').for_each(|word| push_term(&mut packed, word));
            printer.add(&packed);
        }
        printer.finish()
    }

    #[test]
    fn paragraphs_do_not_matter_and_a_changed_word_matters_little() {
        let words: Vec<String> = (0..400).map(|number| format!("w{}", number * number % 997)).collect();
        let whole = words.join(" ");
        let (first, second) = (words[..150].join(" "), words[150..].join(" "));
        assert_eq!(print(&[&whole]), print(&[&first, &second]));
        let changed = whole.replacen(&words[200], "other", 1);
        assert_ne!(print(&[&whole]).hash, print(&[&changed]).hash);
        assert!(print(&[&whole]).resemblance(&print(&[&changed])) > 0.8);
        let other: Vec<String> = (0..400).map(|number| format!("x{}", number * number % 991)).collect();
        assert!(print(&[&whole]).resemblance(&print(&[&other.join(" ")])) < 0.1);
        assert_eq!(print(&[]).hash, None);
    }
}
