//! How strongly a word is attracted by the places that a query found.

use crate::table::Table;

/// Counts of a word beside a query: the table behind every measure of association.
///
/// The counts are of words, as in the surface co-occurrence of Evert ("Corpora and collocations", 2008): `joint`
/// of the `near` words in the windows are the word in question, which occurs `word` times among all `total` words. A word
/// that lies in two windows counts once, so the four counts form a table of two rows and two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Association {
    table: Table,
}

impl Association {
    /// The counts of one pair, or nothing where they contradict each other: `joint` may exceed neither `near` nor `word`,
    /// and all of these lie in `total`.
    pub fn new(joint: u64, near: u64, word: u64, total: u64) -> Option<Self> {
        let b = near.checked_sub(joint)?;
        let c = word.checked_sub(joint)?;
        let d = total.checked_sub(near)?.checked_sub(c)?;
        Some(Self { table: Table { a: joint, b, c, d } })
    }

    /// Occurrences of the word in the windows.
    pub fn observed(&self) -> u64 {
        self.table.a
    }

    /// Occurrences that chance would put into the windows.
    pub fn expected(&self) -> f64 {
        self.table.expected()
    }

    /// Log-likelihood ratio G2 (Dunning, "Accurate methods for the statistics of surprise and coincidence", 1993): how well
    /// the association is supported. Never negative: compare [`observed`](Self::observed) with
    /// [`expected`](Self::expected) for its direction.
    pub fn log_likelihood(&self) -> f64 {
        self.table.log_likelihood()
    }

    /// The probability of a [`log_likelihood`](Self::log_likelihood) this large by chance: chi-squared with one degree of
    /// freedom.
    pub fn p_value(&self) -> f64 {
        self.table.p_value()
    }

    /// Pearson's chi-squared, without Yates's correction.
    pub fn chi_squared(&self) -> f64 {
        self.table.chi_squared()
    }

    /// The probability of this many joint occurrences or more by chance: the one-sided exact test of Fisher (1922; for
    /// collocations Pedersen, "Fishing for exactness", 1996).
    pub fn fisher(&self) -> f64 {
        self.table.fisher_greater()
    }

    /// Pointwise mutual information in bits (Church and Hanks, "Word association norms, mutual information, and
    /// lexicography", 1990): `log2(O / E)`. Favours rare words. Negative infinity where the pair does not occur.
    pub fn mi(&self) -> f64 {
        (self.table.a as f64 / self.expected()).log2()
    }

    /// MI3 in bits (Daille, "Approche mixte pour l'extraction automatique de terminologie", 1994): `log2(O³ / E)`,
    /// which takes the favour for rare words away.
    pub fn mi3(&self) -> f64 {
        ((self.table.a as f64).powi(3) / self.expected()).log2()
    }

    /// t-score (Church, Gale, Hanks and Hindle, "Using statistics in lexical analysis", 1991): `(O - E) / √O`. Favours
    /// frequent words. Nought where the pair does not occur.
    pub fn t_score(&self) -> f64 {
        let observed = self.table.a as f64;
        if observed > 0.0 { (observed - self.expected()) / observed.sqrt() } else { 0.0 }
    }

    /// z-score (Berry-Rogghe, "The computation of collocations and their relevance in lexical studies", 1973, in the form
    /// of Evert 2008): `(O - E) / √E`.
    pub fn z_score(&self) -> f64 {
        let expected = self.expected();
        if expected > 0.0 { (self.table.a as f64 - expected) / expected.sqrt() } else { 0.0 }
    }

    /// The Dice coefficient (1945) of windows and word: `2O / (near + word)`, between nought and one.
    pub fn dice(&self) -> f64 {
        let Table { a, b, c, .. } = self.table;
        let sum = (a + b) as f64 + (a + c) as f64;
        if sum > 0.0 { 2.0 * a as f64 / sum } else { 0.0 }
    }

    /// logDice (Rychlý, "A lexicographer-friendly association score", 2008): `14 + log2(2 f(xy) / (f(x) + f(y)))`, with
    /// `node` the occurrences of the query rather than the words in its windows. At most 14 where windows hold each
    /// word once; two points more are four times as strong. It does not depend on the size of the corpus.
    pub fn log_dice(&self, node: u64) -> f64 {
        let Table { a, c, .. } = self.table;
        14.0 + (2.0 * a as f64 / (node as f64 + (a + c) as f64)).log2()
    }
}

#[cfg(test)]
mod tests {
    use super::Association;
    use proptest::prelude::*;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1e-300), "{found} is not {expected}");
    }

    #[test]
    fn contradicting_counts_are_refused() {
        assert_eq!(Association::new(3, 2, 5, 100), None);
        assert_eq!(Association::new(3, 5, 2, 100), None);
        assert_eq!(Association::new(1, 60, 60, 100), None);
        assert!(Association::new(20, 60, 60, 100).is_some());
    }

    #[test]
    fn a_pair_that_chance_explains_has_no_association() {
        let pair = Association::new(25, 50, 50, 100).unwrap();
        close(pair.log_likelihood() + 1.0, 1.0);
        close(pair.chi_squared() + 1.0, 1.0);
        close(pair.mi() + 1.0, 1.0);
        close(pair.p_value(), 1.0);
    }

    #[test]
    fn a_table_small_enough_to_count_by_hand_agrees_with_fisher() {
        // The lady tasting tea: all four of four cups, 1 of 70 ways; three or more, 17 of 70.
        close(Association::new(4, 4, 4, 8).unwrap().fisher(), 1.0 / 70.0);
        close(Association::new(3, 4, 4, 8).unwrap().fisher(), 17.0 / 70.0);
        close(Association::new(0, 4, 4, 8).unwrap().fisher(), 1.0);
    }

    #[test]
    fn fisher_holds_in_a_corpus_of_millions() {
        // scipy 1.17: fisher_exact([[120, 9880], [1080, 4290000 - 10000 - 1080]], alternative="greater")
        let pair = Association::new(30, 10_000, 1_200, 4_290_000).unwrap();
        assert!(pair.fisher() > 0.0 && pair.fisher() < 1e-20);
    }

    proptest! {
        #[test]
        fn fisher_is_the_sum_of_its_terms(joint in 0u64..20, more in 0u64..20, other in 0u64..20, rest in 0u64..40) {
            let pair = Association::new(joint, joint + more, joint + other, joint + more + other + rest).unwrap();
            let choose = |n: u64, k: u64| (1..=k).fold(1.0, |all, i| all * (n - k + i) as f64 / i as f64);
            let (near, word, total) = (joint + more, joint + other, joint + more + other + rest);
            let ways = |k: u64| if near - k <= total - word { choose(word, k) * choose(total - word, near - k) } else { 0.0 };
            let expected = (joint..=near.min(word)).map(ways).sum::<f64>() / choose(total, near);
            prop_assert!((pair.fisher() - expected).abs() <= 1e-9 * expected, "{} {expected}", pair.fisher());
        }

        #[test]
        fn swapping_windows_and_word_changes_no_symmetric_measure(
            joint in 1u64..50, more in 0u64..50, other in 0u64..50, rest in 0u64..5000
        ) {
            let total = joint + more + other + rest;
            let one = Association::new(joint, joint + more, joint + other, total).unwrap();
            let two = Association::new(joint, joint + other, joint + more, total).unwrap();
            for (left, right) in [
                (one.log_likelihood(), two.log_likelihood()),
                (one.chi_squared(), two.chi_squared()),
                (one.mi(), two.mi()),
                (one.dice(), two.dice()),
            ] {
                prop_assert!((left - right).abs() <= 1e-9 * left.abs().max(1.0), "{left} {right}");
            }
        }
    }
}
