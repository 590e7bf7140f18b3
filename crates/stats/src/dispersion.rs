//! How evenly a word is spread over the parts of a corpus.

/// A word's spread over parts, such as reports: computed in one pass over the parts, in any order.
///
/// ```
/// use quotable_stats::Dispersion;
///
/// let mut spread = Dispersion::new(10_000);
/// for (count, words) in [(8, 2_000), (0, 5_000), (2, 3_000)] {
///     spread.add(count, words);
/// }
/// assert_eq!(spread.range(), 2);
/// assert!((spread.dp() - 0.6).abs() < 1e-12);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Dispersion {
    total: f64,
    parts: Vec<(u64, u64)>,
    occurrences: u64,
    smallest: u64,
}

impl Dispersion {
    /// An empty spread over a corpus of `total` words. Parts that are not added have no occurrence.
    pub fn new(total: u64) -> Self {
        Self { total: total as f64, parts: Vec::new(), occurrences: 0, smallest: u64::MAX }
    }

    /// Adds a part of `words` words that has `count` occurrences. Parts without words are ignored.
    pub fn add(&mut self, count: u64, words: u64) {
        if words > 0 {
            self.parts.push((count, words));
            self.occurrences += count;
            self.smallest = self.smallest.min(words);
        }
    }

    /// Occurrences in all parts.
    pub fn occurrences(&self) -> u64 {
        self.occurrences
    }

    /// Parts that have the word.
    pub fn range(&self) -> usize {
        self.parts.iter().filter(|(count, _)| *count > 0).count()
    }

    /// Deviation of proportions, DP (Gries, "Dispersions and adjusted frequencies in corpora", 2008): half the sum of the
    /// differences between each part's share of the occurrences and its share of the words. Nought is perfectly even, near one is in
    /// a small part alone. Nought for a word that does not occur.
    pub fn dp(&self) -> f64 {
        if self.occurrences == 0 || self.total <= 0.0 {
            return 0.0;
        }
        let added: f64 = self.parts.iter().map(|(_, words)| *words as f64).sum();
        let missing = (self.total - added).max(0.0) / self.total;
        let differences: f64 = self
            .parts
            .iter()
            .map(|(count, words)| {
                (*count as f64 / self.occurrences as f64 - *words as f64 / self.total).abs()
            })
            .sum();
        (differences + missing) / 2.0
    }

    /// DP divided by its largest possible value, one less the share of the smallest part (Lijffijt and Gries, "Correction to
    /// Stefan Th. Gries' 'Dispersions and adjusted frequencies in corpora'", 2012): between nought and one. `smallest` is
    /// the number of words in the smallest part of the corpus, for callers that add only the parts with the word.
    pub fn dp_norm(&self, smallest: Option<u64>) -> f64 {
        let smallest = smallest.unwrap_or(self.smallest);
        if self.parts.is_empty() || self.total <= 0.0 {
            return 0.0;
        }
        let largest = 1.0 - smallest as f64 / self.total;
        if largest > 0.0 { (self.dp() / largest).min(1.0) } else { 0.0 }
    }

    /// Juilland's D over `parts` parts (Juilland and Chang-Rodríguez 1964; of rates where parts differ in size, as in Gries 2008):
    /// `1 - V / √(n - 1)`, with V the coefficient of variation of the rates in the parts. One is perfectly even. Parts that were
    /// not added have rate nought. Nought for a word that does not occur, one for a corpus of one part.
    pub fn juilland_d(&self, parts: usize) -> f64 {
        let parts = parts.max(self.parts.len());
        if self.occurrences == 0 {
            return 0.0;
        }
        if parts < 2 {
            return 1.0;
        }
        let n = parts as f64;
        let rates: Vec<f64> = self.parts.iter().map(|(count, words)| *count as f64 / *words as f64).collect();
        let mean = rates.iter().sum::<f64>() / n;
        let missing = (parts - rates.len()) as f64 * mean * mean;
        let variance = (rates.iter().map(|rate| (rate - mean).powi(2)).sum::<f64>() + missing) / n;
        1.0 - variance.sqrt() / mean / (n - 1.0).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::Dispersion;

    fn spread(parts: &[(u64, u64)]) -> Dispersion {
        let mut spread = Dispersion::new(parts.iter().map(|(_, words)| words).sum());
        for (count, words) in parts {
            spread.add(*count, *words);
        }
        spread
    }

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-12, "{found} is not {expected}");
    }

    #[test]
    fn an_even_word_has_no_deviation() {
        let even = spread(&[(1, 100), (2, 200), (3, 300)]);
        close(even.dp(), 0.0);
        close(even.dp_norm(None), 0.0);
        close(even.juilland_d(3), 1.0);
        assert_eq!(even.range(), 3);
    }

    #[test]
    fn a_word_of_the_smallest_part_alone_has_all_of_it() {
        let uneven = spread(&[(9, 100), (0, 200), (0, 700)]);
        close(uneven.dp(), 0.9);
        close(uneven.dp_norm(None), 1.0);
        close(uneven.juilland_d(3), 0.0);
        assert_eq!(uneven.range(), 1);
    }

    #[test]
    fn dp_of_unequal_parts_is_half_the_differences_of_shares() {
        // Shares of occurrences 1/15 to 5/15 against shares of words 0.18, 0.2, 0.2, 0.2, 0.22.
        let rising = spread(&[(1, 9), (2, 10), (3, 10), (4, 10), (5, 11)]);
        close(rising.dp(), 0.18);
    }

    #[test]
    fn parts_that_are_left_out_count_as_empty() {
        let all = spread(&[(4, 100), (0, 300), (1, 200), (0, 50)]);
        let mut with_word = Dispersion::new(650);
        with_word.add(4, 100);
        with_word.add(1, 200);
        close(all.dp(), with_word.dp());
        close(all.juilland_d(4), with_word.juilland_d(4));
        close(all.dp_norm(None), with_word.dp_norm(Some(50)));
    }

    #[test]
    fn a_word_that_does_not_occur_has_no_spread() {
        let none = spread(&[(0, 100), (0, 100)]);
        close(none.dp(), 0.0);
        close(none.juilland_d(2), 0.0);
    }
}
