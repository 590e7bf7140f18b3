//! Intervals for shares and for rates.

use statrs::distribution::{ContinuousCDF, Normal};
use statrs::function::gamma::{gamma_lr, gamma_ur};

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
    let k = count as f64;
    Interval {
        low: if count == 0 { 0.0 } else { root(k, |mean| gamma_lr(k, mean) - tail) },
        high: root(k, |mean| tail - gamma_ur(k + 1.0, mean)),
    }
}

/// The quantile of the standard normal distribution, refined by one step of Newton's method.
fn quantile(p: f64) -> f64 {
    let normal = Normal::standard();
    let rough = normal.inverse_cdf(p);
    let density = (-rough * rough / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    // By the upper tail: the lower one is near one, where doubles are coarse.
    if density > 0.0 { rough + (normal.sf(rough) - (1.0 - p)) / density } else { rough }
}

/// The root of an increasing function of a Poisson mean near `count`, by bisection down to neighbouring doubles.
fn root(count: f64, difference: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, count + 1.0);
    while difference(high) < 0.0 {
        low = high;
        high *= 2.0;
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return middle;
        }
        if difference(middle) < 0.0 { low = middle } else { high = middle }
    }
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
    fn large_counts_stay_precise() {
        let many = poisson(1_000_000, 0.95);
        assert!((many.low - 998_041.0).abs() < 2.0 && (many.high - 1_001_962.0).abs() < 2.0, "{many:?}");
    }
}
