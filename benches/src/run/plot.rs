//! A run as a picture.

use std::fmt::Write as _;

use super::{Row, Run};

const LEFT: f64 = 250.0;
const WIDTH: f64 = 480.0;
const STEP: f64 = 16.0;
/// The ratios at the two edges: a hundredth and a hundred times.
const DECADES: f64 = 2.0;

/// The ratios of the first engine to the last, query by query, of the largest corpus, as SVG.
pub fn plot(run: &Run) -> String {
    let Some(scale) = run.scales.last() else { return String::new() };
    let last = scale.built.len().saturating_sub(1);
    let rows: Vec<(&Row, f64)> = scale.rows.iter().filter_map(|row| Some((row, row.ratio(last)?))).collect();
    let height = 40.0 + STEP * rows.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {height:.0}\" font-family=\"sans-serif\" font-size=\"10\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        LEFT + WIDTH + 30.0
    );
    for (ratio, name) in [(0.01, "1/100"), (0.1, "1/10"), (1.0, "as tantivy"), (10.0, "10"), (100.0, "100")] {
        let at = x(ratio);
        let _ = writeln!(
            svg,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"22\" y2=\"{height:.0}\" stroke=\"#ccc\"/>\
             <text x=\"{at:.1}\" y=\"16\" text-anchor=\"middle\">{name}</text>"
        );
    }
    for (place, (row, ratio)) in (0..).zip(rows) {
        let y = 34.0 + STEP * f64::from(place);
        let colour = if ratio <= 1.0 { "#2a7" } else { "#c53" };
        let (from, to) = (x(1.0).min(x(ratio)), x(1.0).max(x(ratio)));
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}, {}</text>\
             <rect x=\"{from:.1}\" y=\"{:.0}\" width=\"{:.1}\" height=\"9\" fill=\"{colour}\"/>",
            LEFT - 6.0,
            y + 3.0,
            escaped(&row.query),
            row.task.name(),
            y - 5.0,
            (to - from).max(1.0)
        );
    }
    svg.push_str("</svg>\n");
    svg
}

fn x(ratio: f64) -> f64 {
    LEFT + WIDTH * (ratio.log10().clamp(-DECADES, DECADES) + DECADES) / (2.0 * DECADES)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
