//! Intervals for shares and for rates.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::{gamma_lr, gamma_ur, ln_gamma};

/// Lower and upper end of an interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The interval of Wilson ("Probable inference, the law of succession, and statistical inference", 1927) for a share of `count` in
/// `total`, with `confidence` such as 0.95. Both ends lie between nought and one; without a total they are these.
pub fn wilson(count: u64, total: u64, confidence: f64) -> Interval {
    if total == 0 {
        return Interval { low: 0.0, high: 1.0 };
    }
    let (n, share) = (total as f64, count.min(total) as f64 / total as f64);
    let z = quantile((1.0 + confidence.clamp(0.0, 1.0 - f64::EPSILON)) / 2.0);
    let centre = share + z * z / (2.0 * n);
    let half = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    Interval {
        low: if count == 0 { 0.0 } else { ((centre - half) / scale).max(0.0) },
        high: if count >= total { 1.0 } else { ((centre + half) / scale).min(1.0) },
    }
}

/// The exact interval for the mean of a Poisson count (Garwood, "Fiducial limits for the Poisson distribution", 1936), with
/// `confidence` such as 0.95: divide both ends by the number of words for a rate.
pub fn poisson(count: u64, confidence: f64) -> Interval {
    let tail = (1.0 - confidence.clamp(0.0, 1.0 - f64::EPSILON)) / 2.0;
    let (k, z) = (count as f64, quantile(1.0 - tail));
    // Wilson and Hilferty ("The distribution of chi-square", 1931): close enough for a few steps of Newton's method.
    let near = |shape: f64, z: f64| shape * (1.0 - 1.0 / (9.0 * shape) + z / (3.0 * shape.sqrt())).powi(3);
    let low = || root(near(k, -z), |mean| gamma_lr(k, mean) - tail, |mean| density(k, mean));
    let high =
        || root(near(k + 1.0, z), |mean| tail - gamma_ur(k + 1.0, mean), |mean| density(k + 1.0, mean));
    Interval { low: if count == 0 { 0.0 } else { low() }, high: high() }
}

/// The quantile of the standard normal distribution, refined by one step of Newton's method.
fn quantile(p: f64) -> f64 {
    let normal = Normal::standard();
    let rough = normal.inverse_cdf(p);
    let density = (-rough * rough / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    // By the upper tail: the lower one is near one, where doubles are coarse.
    if density > 0.0 { rough + (normal.sf(rough) - (1.0 - p)) / density } else { rough }
}

/// The density of the gamma distribution with this shape and the scale one.
fn density(shape: f64, x: f64) -> f64 {
    ((shape - 1.0) * x.ln() - x - ln_gamma(shape)).exp()
}

/// The root above nought of an increasing function, by Newton's method from `start`, kept within bounds by bisection.
fn root(start: f64, difference: impl Fn(f64) -> f64, slope: impl Fn(f64) -> f64) -> f64 {
    const MOST_STEPS: usize = 200;
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut at = if start.is_finite() && start > 0.0 { start } else { 0.5 };
    for _ in 0..MOST_STEPS {
        let value = difference(at);
        if value < 0.0 {
            low = at
        } else {
            high = at
        }
        let newton = at - value / slope(at);
        let next = if newton > low && newton < high {
            newton
        } else if high.is_finite() {
            low + (high - low) / 2.0
        } else {
            at * 2.0
        };
        if (next - at).abs() <= 2.0 * f64::EPSILON * at {
            return next;
        }
        at = next;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{poisson, wilson};

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() <= 1e-9 * expected, "{found} is not {expected}");
    }

    #[test]
    fn wilson_keeps_to_shares() {
        // 95 %: z = 1.959963984540054
        let half = wilson(5, 10, 0.95);
        close(half.low, 0.236_593_090_515_642_98);
        close(half.high, 0.763_406_909_484_357);
        assert_eq!(wilson(0, 10, 0.95).low, 0.0);
        assert_eq!(wilson(10, 10, 0.95).high, 1.0);
        assert_eq!((wilson(0, 0, 0.95).low, wilson(0, 0, 0.95).high), (0.0, 1.0));
    }

    #[test]
    fn the_table_of_garwood_comes_out() {
        // Chi-squared quantiles halved; for nought occurrences -ln(0.025).
        let none = poisson(0, 0.95);
        assert_eq!(none.low, 0.0);
        close(none.high, -(0.025_f64.ln()));
        let ten = poisson(10, 0.95);
        assert!((ten.low - 4.795).abs() < 5e-4 && (ten.high - 18.390).abs() < 5e-4, "{ten:?}");
        // One occurrence: 1 - exp(-mean) is 0.025 at the lower end.
        close(poisson(1, 0.95).low, -(0.975_f64.ln()));
    }

    #[test]
    fn both_ends_leave_their_tail() {
        // The definition: so many or more at the lower end, so many or fewer at the upper end, each with 2.5 %.
        for count in [1_u64, 2, 3, 7, 25, 110, 1_700, 60_000] {
            let found = poisson(count, 0.95);
            let sum = |mean: f64, up_to: u64| -> f64 {
                let mut term = -mean;
                let mut sum = 0.0;
                for k in 0..=up_to {
                    if k > 0 {
                        term += mean.ln() - (k as f64).ln();
                    }
                    sum += term.exp();
                }
                sum
            };
            let (lower, upper) = (1.0 - sum(found.low, count - 1), sum(found.high, count));
            assert!((lower - 0.025).abs() < 1e-9 && (upper - 0.025).abs() < 1e-9, "{count}: {lower} {upper}");
        }
        let wide = poisson(3, 0.999);
        assert!(wide.low < poisson(3, 0.95).low && wide.high > poisson(3, 0.95).high);
    }

    #[test]
    fn large_counts_stay_precise() {
        let many = poisson(1_000_000, 0.95);
        assert!((many.low - 998_041.0).abs() < 2.0 && (many.high - 1_001_962.0).abs() < 2.0, "{many:?}");
    }
}
