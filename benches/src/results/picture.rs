//! A run as a picture: for each figure, how many times the time of tantivy alone this library takes, and the best other
//! engine.

use std::fmt::Write as _;

use super::Run;
use super::summary::{Ratio, ratios};

const WIDTH: f64 = 920.0;
/// Where the scale of ratios begins and ends, from the left.
const SCALE: (f64, f64) = (330.0, 880.0);
/// The smallest and the largest ratio on the scale; what lies beyond is drawn at its end.
const RATIOS: (f64, f64) = (0.01, 32.0);
const ROW: f64 = 20.0;
const TOP: f64 = 78.0;

/// An SVG picture of the ratios at the largest scale.
pub fn picture(run: &Run) -> String {
    let Some(scale) = run.scales.last() else { return String::new() };
    let rows = ratios(run);
    let height = TOP + ROW * rows.len() as f64 + 16.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
    );
    let title = format!("Time beside tantivy alone, {} paragraphs, {}", scale.paragraphs, run.day);
    text(&mut svg, 16.0, 24.0, "start", &title);
    let _ = writeln!(
        svg,
        "<circle cx=\"24\" cy=\"42\" r=\"5\" fill=\"#1b5e9c\"/><circle cx=\"140\" cy=\"42\" r=\"4.5\" fill=\"none\" \
         stroke=\"#555\" stroke-width=\"1.5\"/>"
    );
    text(&mut svg, 36.0, 46.0, "start", "Quotable");
    text(&mut svg, 152.0, 46.0, "start", "best other engine; left is quicker");
    for (ratio, label) in [
        (0.01, "1/100"),
        (0.1, "1/10"),
        (0.5, "1/2"),
        (1.0, "1"),
        (2.0, "2"),
        (4.0, "4"),
        (10.0, "10"),
        (32.0, "32"),
    ] {
        let (x, stroke) = (place(ratio), if ratio == 1.0 { "#333" } else { "#ddd" });
        let _ = writeln!(
            svg,
            "<line x1=\"{x:.1}\" y1=\"{:.1}\" x2=\"{x:.1}\" y2=\"{:.1}\" stroke=\"{stroke}\"/>",
            TOP - 8.0,
            height - 12.0
        );
        text(&mut svg, x, TOP - 12.0, "middle", label);
    }
    for (row, Ratio { name, ours, best_other, .. }) in rows.iter().enumerate() {
        let y = TOP + ROW * (row as f64 + 0.5);
        text(&mut svg, SCALE.0 - 14.0, y + 4.0, "end", name);
        if let Some((ratio, engine)) = best_other.last().copied().flatten() {
            let _ = writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"4.5\" fill=\"none\" stroke=\"#555\" stroke-width=\"1.5\"><title>{engine} \
                 {ratio:.2}</title></circle>",
                place(ratio)
            );
        }
        if let Some(ratio) = ours.last().copied().flatten() {
            let _ = writeln!(
                svg,
                "<circle cx=\"{:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"#1b5e9c\"><title>quotable {ratio:.2}</title></circle>",
                place(ratio)
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}

/// The place of a ratio on the scale, which is logarithmic.
fn place(ratio: f64) -> f64 {
    let (low, high) = (RATIOS.0.ln(), RATIOS.1.ln());
    let share = (ratio.clamp(RATIOS.0, RATIOS.1).ln() - low) / (high - low);
    SCALE.0 + share * (SCALE.1 - SCALE.0)
}

fn text(svg: &mut String, x: f64, y: f64, anchor: &str, words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{words}</text>");
}
