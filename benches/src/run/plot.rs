//! A run as a picture.

use std::fmt::Write as _;

use super::table::middle;
use super::{Run, Scale};
use crate::engines::question::{Class, Task};

const LEFT: f64 = 250.0;
const WIDTH: f64 = 480.0;
const STEP: f64 = 16.0;
const TOP: f64 = 44.0;
/// The ratios at the two edges: a thousandth and a thousand times.
const DECADES: f64 = 3.0;
/// Of the engines after ours.
const COLOURS: [&str; 5] = ["#888", "#36c", "#a3a", "#c80", "#099"];

/// The ratios to the floor, class by class, of the largest corpus, as SVG: of ours as bars, of the others as dots.
pub fn plot(run: &Run) -> String {
    let Some((scale, floor)) = run.scales.last().and_then(|scale| Some((scale, scale.floor()?))) else {
        return String::new();
    };
    let kinds = Class::ALL.iter().flat_map(|class| Task::ALL.map(|task| (*class, task)));
    let rows: Vec<(Class, Task, f64)> =
        kinds.filter_map(|(class, task)| Some((class, task, ratio(scale, class, task, 0, floor)?))).collect();
    let height = TOP + 6.0 + STEP * rows.len() as f64;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.0} {height:.0}\" font-family=\"sans-serif\" font-size=\"10\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
        LEFT + WIDTH + 30.0
    );
    legend(&mut svg, scale, floor);
    for (ratio, name) in [
        (0.001, "1/1000"),
        (0.01, "1/100"),
        (0.1, "1/10"),
        (1.0, "as tantivy"),
        (10.0, "10"),
        (100.0, "100"),
        (1000.0, "1000"),
    ] {
        let at = x(ratio);
        let _ = writeln!(
            svg,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"34\" y2=\"{height:.0}\" stroke=\"#ccc\"/>\
             <text x=\"{at:.1}\" y=\"30\" text-anchor=\"middle\">{name}</text>"
        );
    }
    for (place, (class, task, ours)) in (0..).zip(rows) {
        let y = TOP + STEP * f64::from(place);
        let colour = if ours <= 1.0 { "#2a7" } else { "#c53" };
        let (from, to) = (x(1.0).min(x(ours)), x(1.0).max(x(ours)));
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{}, {}</text>\
             <rect x=\"{from:.1}\" y=\"{:.0}\" width=\"{:.1}\" height=\"9\" fill=\"{colour}\"/>",
            LEFT - 6.0,
            y + 3.0,
            class.name(),
            task.name(),
            y - 5.0,
            (to - from).max(1.0)
        );
        for engine in (1..scale.built.len()).filter(|engine| *engine != floor) {
            if let Some(ratio) = ratio(scale, class, task, engine, floor) {
                dot(&mut svg, x(ratio), y, engine);
            }
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn legend(svg: &mut String, scale: &Scale, floor: usize) {
    let mut at = LEFT;
    let _ = writeln!(
        svg,
        "<text x=\"{:.0}\" y=\"13\" text-anchor=\"end\">{}x; bars: quotable</text>",
        at - 6.0,
        scale.times
    );
    for (engine, built) in scale.built.iter().enumerate().skip(1).filter(|(engine, _)| *engine != floor) {
        dot(svg, at + 4.0, 10.0, engine);
        let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"13\">{}</text>", at + 12.0, built.engine);
        at += 80.0;
    }
}

fn dot(svg: &mut String, x: f64, y: f64, engine: usize) {
    let colour = COLOURS[engine % COLOURS.len()];
    let _ = writeln!(svg, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{colour}\"/>");
}

fn ratio(scale: &Scale, class: Class, task: Task, engine: usize, floor: usize) -> Option<f64> {
    middle(scale.rows(Some(class), task).filter_map(|row| row.ratio(engine, floor)))
}

fn x(ratio: f64) -> f64 {
    LEFT + WIDTH * (ratio.log10().clamp(-DECADES, DECADES) + DECADES) / (2.0 * DECADES)
}
