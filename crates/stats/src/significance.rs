//! Probabilities of chance, of one test and of many.

use statrs::function::erf::erfc;

/// The probability that chi-squared with one degree of freedom is at least `value`. Signs are ignored, as keyness uses them
/// for the direction.
pub fn p_of_chi_squared(value: f64) -> f64 {
    erfc((value.abs() / 2.0).sqrt())
}

/// Adjusts the p-values of many tests for their number, by the false discovery rate of Benjamini and Hochberg ("Controlling
/// the false discovery rate", 1995): among the words whose adjusted value is at most 0.05, one in twenty is expected to be
/// there by chance. Same order as given. `tests` counts all tests that were made, for callers that kept the best alone; it
/// is taken as at least the number of values.
pub fn benjamini_hochberg(p_values: &[f64], tests: usize) -> Vec<f64> {
    let tests = tests.max(p_values.len()) as f64;
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&left, &right| p_values[left].total_cmp(&p_values[right]));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut least = 1.0_f64;
    for (rank, &index) in order.iter().enumerate().rev() {
        least = least.min(p_values[index] * tests / (rank + 1) as f64);
        adjusted[index] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::{benjamini_hochberg, p_of_chi_squared};

    #[test]
    fn the_critical_values_of_the_tables_come_out() {
        for (value, p) in
            [(3.841_458_820_694_124, 0.05), (6.634_896_601_021_213, 0.01), (15.136_705_226_623_606, 0.0001)]
        {
            assert!((p_of_chi_squared(value) - p).abs() < p * 1e-9, "{value}: {}", p_of_chi_squared(value));
        }
        assert_eq!(p_of_chi_squared(0.0), 1.0);
        assert!(p_of_chi_squared(1_000.0) > 0.0);
    }

    #[test]
    fn the_smallest_value_pays_for_all_tests() {
        let adjusted = benjamini_hochberg(&[0.01, 0.04, 0.03, 0.5], 4);
        let expected = [0.04, 0.04 * 4.0 / 3.0, 0.04 * 4.0 / 3.0, 0.5];
        for (found, expected) in adjusted.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12, "{adjusted:?}");
        }
    }

    #[test]
    fn values_that_were_not_kept_count_as_tests() {
        assert_eq!(benjamini_hochberg(&[0.001], 100), [0.1]);
        assert_eq!(benjamini_hochberg(&[0.5], 100), [1.0]);
        assert!(benjamini_hochberg(&[], 100).is_empty());
    }
}
