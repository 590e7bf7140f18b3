//! Terms of two words, such as "private fostering", learnt from a corpus.

use std::collections::HashMap;

use crate::stem::StemId;

/// Two stems are a term if at least this share of the occurrences of the rarer one stand beside the other.
const SHARE: f64 = 0.3;
/// And if they stand beside each other at least so often.
const LEAST: u32 = 3;
/// How far apart the stems of a term may stand, in words that tell something.
pub(crate) const REACH: usize = 2;

/// The pairs of stems that are terms.
#[derive(Debug, Clone, Default)]
pub(crate) struct Terms {
    /// How often the second stem follows the first.
    pairs: HashMap<(StemId, StemId), u32>,
    /// Occurrences of each stem.
    counts: Vec<u32>,
}

impl Terms {
    /// Learns from sentences of up to `stems` different stems.
    pub(crate) fn learn(sentences: &[Vec<StemId>], stems: usize) -> Self {
        let mut terms = Self { pairs: HashMap::new(), counts: vec![0; stems] };
        for sentence in sentences {
            sentence.iter().for_each(|&stem| terms.counts[stem as usize] += 1);
            for pair in sentence.windows(2) {
                if let [first, second] = *pair {
                    *terms.pairs.entry((first, second)).or_insert(0) += 1;
                }
            }
        }
        terms.pairs.retain(|_, count| *count >= LEAST);
        terms.pairs.shrink_to_fit();
        terms
    }

    /// True if the two stems, in this order, are a term.
    pub(crate) fn is_term(&self, first: StemId, second: StemId) -> bool {
        let Some(&together) = self.pairs.get(&(first, second)) else { return false };
        let count = |stem: StemId| self.counts.get(stem as usize).copied().unwrap_or(0);
        first != second && f64::from(together) >= SHARE * f64::from(count(first).min(count(second)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_a_pair_in_which_one_stem_mostly_stands() {
        // 0 stands beside 1 four times of five; 2 beside 1 three times of ten or more.
        let mut sentences = vec![vec![0, 1], vec![0, 1, 3], vec![4, 0, 1], vec![0, 1], vec![0, 5]];
        sentences.extend((0..3).map(|at| vec![2, 6, 7 + at]));
        sentences.extend((0..9).map(|at| vec![2, 10 + at, 6]));
        let terms = Terms::learn(&sentences, 20);
        assert!(terms.is_term(0, 1) && !terms.is_term(1, 0));
        assert!(!terms.is_term(2, 6), "three of twelve");
        assert!(!terms.is_term(0, 5), "once");
    }
}
