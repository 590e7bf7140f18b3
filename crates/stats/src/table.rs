//! Tables of two rows and two columns, which association and keyness share.

use crate::significance::p_of_chi_squared;

/// Counts of two rows and two columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Table {
    /// First row, first column: the count in question.
    pub(crate) a: u64,
    /// First row, second column.
    pub(crate) b: u64,
    /// Second row, first column.
    pub(crate) c: u64,
    /// Second row, second column.
    pub(crate) d: u64,
}

impl Table {
    pub(crate) fn total(&self) -> f64 {
        (self.a + self.b) as f64 + (self.c + self.d) as f64
    }

    fn rows(&self) -> [f64; 2] {
        [(self.a + self.b) as f64, (self.c + self.d) as f64]
    }

    fn columns(&self) -> [f64; 2] {
        [(self.a + self.c) as f64, (self.b + self.d) as f64]
    }

    /// Each observed count beside the one that independent rows and columns would give.
    fn cells(&self) -> [(f64, f64); 4] {
        let ([first, second], [left, right], total) = (self.rows(), self.columns(), self.total());
        let expected = |row: f64, column: f64| if total > 0.0 { row * column / total } else { 0.0 };
        [
            (self.a as f64, expected(first, left)),
            (self.b as f64, expected(first, right)),
            (self.c as f64, expected(second, left)),
            (self.d as f64, expected(second, right)),
        ]
    }

    /// The count that independence gives the first cell.
    pub(crate) fn expected(&self) -> f64 {
        self.cells()[0].1
    }

    /// The log-likelihood ratio G2 over all four cells.
    pub(crate) fn log_likelihood(&self) -> f64 {
        2.0 * self.cells().iter().map(|&(observed, expected)| term(observed, expected)).sum::<f64>()
    }

    /// Pearson's chi-squared over all four cells, without a correction for continuity.
    pub(crate) fn chi_squared(&self) -> f64 {
        self.cells()
            .iter()
            .filter(|(_, expected)| *expected > 0.0)
            .map(|(observed, expected)| (observed - expected).powi(2) / expected)
            .sum()
    }

    /// The probability of a first cell at least as large as this one, under independence with these margins: the
    /// one-sided exact test of Fisher (1922).
    ///
    /// The terms of the hypergeometric distribution are computed from one another, outwards from the observed one, and
    /// divided by their sum. Factorials of a whole corpus would cancel to eight digits.
    pub(crate) fn fisher_greater(&self) -> f64 {
        let (row, column) = (self.a + self.b, self.a + self.c);
        let least = row.saturating_sub(self.b + self.d);
        let most = row.min(column);
        // P(k + 1) / P(k) for these margins.
        let ratio = |k: u64| {
            let outside = (self.b + self.d) as f64 - (row - k) as f64;
            ((row - k) as f64 * (column - k) as f64) / ((k + 1) as f64 * (outside + 1.0))
        };
        let mut above = 1.0;
        let mut term = 1.0;
        for k in self.a..most {
            term *= ratio(k);
            above += term;
            if term < above * f64::EPSILON * 1e-3 {
                break;
            }
        }
        let mut below = 0.0_f64;
        let mut term = 1.0_f64;
        for k in (least..self.a).rev() {
            term /= ratio(k);
            below += term;
            // Far above the mode the terms first grow: past the largest double the probability is nought.
            if below.is_infinite() {
                return 0.0;
            }
            if term < below * f64::EPSILON * 1e-3 {
                break;
            }
        }
        above / (above + below)
    }

    /// The probability of a chi-squared this large by chance, of the G2 of this table.
    pub(crate) fn p_value(&self) -> f64 {
        p_of_chi_squared(self.log_likelihood())
    }
}

/// One term of G2. `0 ln 0` is nought.
fn term(observed: f64, expected: f64) -> f64 {
    if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 }
}
