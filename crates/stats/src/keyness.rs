//! What one part of a corpus has more of than another.

use crate::table::Table;

/// A word's counts in two parts of a corpus: the one in question, and the one that it is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Keyness {
    table: Table,
}

impl Keyness {
    /// `count` occurrences among `size` words, against `reference_count` among `reference_size`. Nothing where a count exceeds its
    /// size.
    pub fn new(count: u64, size: u64, reference_count: u64, reference_size: u64) -> Option<Self> {
        let (c, d) = (size.checked_sub(count)?, reference_size.checked_sub(reference_count)?);
        Some(Self { table: Table { a: count, b: reference_count, c, d } })
    }

    fn size(&self) -> f64 {
        (self.table.a + self.table.c) as f64
    }

    fn reference_size(&self) -> f64 {
        (self.table.b + self.table.d) as f64
    }

    /// Relative frequency in the part in question, between nought and one.
    pub fn rate(&self) -> f64 {
        share(self.table.a as f64, self.size())
    }

    /// Relative frequency in the reference, between nought and one.
    pub fn reference_rate(&self) -> f64 {
        share(self.table.b as f64, self.reference_size())
    }

    /// Log-likelihood G2 of the two occurrence counts (Rayson and Garside, "Comparing corpora using frequency profiling",
    /// 2000): the form that concordancers report, which leaves the words that are something else out of the sum. Negative
    /// where the reference has relatively more.
    pub fn log_likelihood(&self) -> f64 {
        let (a, b) = (self.table.a as f64, self.table.b as f64);
        let all = self.size() + self.reference_size();
        let term = |observed: f64, size: f64| {
            if observed > 0.0 { observed * (observed * all / (size * (a + b))).ln() } else { 0.0 }
        };
        self.signed(2.0 * (term(a, self.size()) + term(b, self.reference_size())))
    }

    /// Log-likelihood G2 over all four cells of the table (Dunning 1993), as quanteda and scipy compute it. Negative where
    /// the reference has relatively more.
    pub fn log_likelihood_of_table(&self) -> f64 {
        self.signed(self.table.log_likelihood())
    }

    /// Pearson's chi-squared over all four cells, without Yates's correction. Negative where the reference has relatively
    /// more.
    pub fn chi_squared(&self) -> f64 {
        self.signed(self.table.chi_squared())
    }

    /// The probability of a difference this large by chance: of
    /// [`log_likelihood_of_table`](Self::log_likelihood_of_table), chi-squared with one degree of freedom.
    pub fn p_value(&self) -> f64 {
        self.table.p_value()
    }

    /// Log ratio (Hardie, "Log Ratio: an informal introduction", 2014): the binary logarithm of the ratio of rates. One is
    /// twice as frequent, three is eight times. A count of nought is taken as one half, as Hardie does, so that the ratio
    /// stays finite.
    pub fn log_ratio(&self) -> f64 {
        let rate = |count: u64, size: f64| share(if count == 0 { 0.5 } else { count as f64 }, size);
        (rate(self.table.a, self.size()) / rate(self.table.b, self.reference_size())).log2()
    }

    /// %DIFF (Gabrielatos and Marchi, "Keyness: matching metrics to definitions", 2011): by how many per cent the rate
    /// exceeds the one of the reference. Infinity where the reference has none.
    pub fn percent_difference(&self) -> f64 {
        let reference = self.reference_rate();
        if self.rate() == reference { 0.0 } else { (self.rate() - reference) / reference * 100.0 }
    }

    /// Simple maths (Kilgarriff, "Simple maths for keywords", 2009): the ratio of rates per million words, with `constant`
    /// added to both. A large constant favours frequent words: 1 finds rare ones, 100 common ones.
    pub fn simple_maths(&self, constant: f64) -> f64 {
        (self.rate() * 1e6 + constant) / (self.reference_rate() * 1e6 + constant)
    }

    /// Odds ratio: the odds of the word here against its odds in the reference. Infinity where the reference has none.
    pub fn odds_ratio(&self) -> f64 {
        let Table { a, b, c, d } = self.table;
        (a as f64 * d as f64) / (b as f64 * c as f64)
    }

    fn signed(&self, value: f64) -> f64 {
        if self.rate() < self.reference_rate() { -value } else { value }
    }
}

fn share(count: f64, size: f64) -> f64 {
    if size > 0.0 { count / size } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::Keyness;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-9 * expected.abs(), "{found} is not {expected}");
    }

    #[test]
    fn more_here_is_positive_and_more_there_is_negative() {
        let more = Keyness::new(40, 1_000, 10, 1_000).unwrap();
        let less = Keyness::new(10, 1_000, 40, 1_000).unwrap();
        close(more.log_likelihood(), -less.log_likelihood());
        close(more.log_ratio(), 2.0);
        close(less.log_ratio(), -2.0);
        close(more.percent_difference(), 300.0);
        close(less.percent_difference(), -75.0);
        // 2 (40 ln(40/25) + 10 ln(10/25))
        close(more.log_likelihood(), 2.0 * (40.0 * 1.6_f64.ln() + 10.0 * 0.4_f64.ln()));
    }

    #[test]
    fn equal_rates_have_no_keyness() {
        let same = Keyness::new(30, 3_000, 10, 1_000).unwrap();
        assert!(same.log_likelihood().abs() < 1e-9);
        assert_eq!(same.percent_difference(), 0.0);
        close(same.simple_maths(1.0), 1.0);
        close(same.odds_ratio(), 1.0);
    }

    #[test]
    fn a_word_that_the_reference_lacks_stays_finite_by_log_ratio() {
        let only_here = Keyness::new(8, 1_000, 0, 1_000).unwrap();
        close(only_here.log_ratio(), 4.0);
        assert!(only_here.percent_difference().is_infinite());
        assert!(only_here.log_likelihood().is_finite());
    }

    #[test]
    fn a_constant_damps_rare_words() {
        let rare = Keyness::new(2, 1_000_000, 1, 1_000_000).unwrap();
        assert!(rare.simple_maths(1.0) > rare.simple_maths(100.0));
        close(rare.simple_maths(1.0), 1.5);
    }

    #[test]
    fn counts_above_their_size_are_refused() {
        assert_eq!(Keyness::new(5, 4, 0, 10), None);
        assert_eq!(Keyness::new(0, 4, 11, 10), None);
    }
}
