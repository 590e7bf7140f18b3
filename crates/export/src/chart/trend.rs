//! Trends: lines with intervals, in one picture or in one for each series.

use std::io;

use plotters::style::RGBColor;
use quotable_index::{Period, Series, Trend, TrendPoint};

use super::bars::foot;
use super::canvas::{
    Anchor, BLACK, Canvas, GREY, MARGIN, Marker, PALE, WIDTH, count, cut, draw, foot_height, head_height,
    tick_name, ticks, whole, width_of,
};
use crate::trend::notes;

/// What a chart of a trend shows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum TrendValue {
    /// Occurrences for every 10,000 words, with Poisson intervals.
    #[default]
    Rate,
    /// The share of reports with at least one, with intervals of Wilson.
    ShareOfReports,
}

impl TrendValue {
    /// The value of a point with its interval, in the unit of the axis.
    fn of(self, point: &TrendPoint) -> Option<[f64; 3]> {
        Some(match self {
            Self::Rate => [point.rate_low?, point.per_10_000_words?, point.rate_high?],
            Self::ShareOfReports => {
                [point.share_low?, point.share_of_reports?, point.share_high?].map(|share| share * 100.0)
            }
        })
    }

    fn axis(self) -> &'static str {
        match self {
            Self::Rate => "occurrences per 10,000 words, with 95 % intervals (Poisson)",
            Self::ShareOfReports => "per cent of reports with at least one, with 95 % intervals (Wilson)",
        }
    }
}

/// The most series that share a picture; more get one each.
const MOST_TOGETHER: usize = 6;
/// Colours that differ in lightness too (Okabe and Ito 2008, darkened).
const COLOURS: [RGBColor; MOST_TOGETHER] = [
    RGBColor(0, 0, 0),
    RGBColor(0, 96, 160),
    RGBColor(196, 78, 0),
    RGBColor(0, 130, 100),
    RGBColor(150, 80, 130),
    RGBColor(120, 120, 120),
];
const MARKERS: [Marker; MOST_TOGETHER] =
    [Marker::Dot, Marker::Square, Marker::Triangle, Marker::Ring, Marker::Box, Marker::Diamond];
/// Strokes and gaps.
const DASHES: [&[f64]; MOST_TOGETHER] =
    [&[], &[8.0, 4.0], &[2.0, 3.0], &[12.0, 3.0, 2.0, 3.0], &[5.0, 5.0], &[14.0, 5.0]];

/// The width for each period below which intervals are pale, and have no caps.
const CROWDED: f64 = 14.0;
const LIGHT: RGBColor = RGBColor(185, 185, 185);

/// A part of a picture: its corners.
#[derive(Clone, Copy)]
struct Frame {
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

/// The trend of some queries: in one picture, or one for each if there are more than six.
///
/// # Errors
/// If the chart cannot be drawn.
pub fn trend(trend: &Trend, value: TrendValue) -> io::Result<String> {
    let title = match trend.series.as_slice() {
        [one] => format!("{} by {}", one.name, trend.by),
        several => {
            let names: Vec<&str> = several.iter().map(|series| series.name.as_str()).collect();
            let names = names.join(", ");
            let fits = width_of(&names, 19) <= 2 * WIDTH / 3;
            let names = if fits { names } else { format!("{} queries", several.len()) };
            format!("{names} by {}", trend.by)
        }
    };
    let mut lines = vec![value.axis().to_owned()];
    let mut denominators = notes(trend);
    denominators.pop();
    denominators.retain(|note| note.starts_with("among"));
    // A picture has no place for the restrictions of dozens of queries.
    lines.extend(denominators.into_iter().take(3));
    let unknown: u64 = trend.series.iter().flat_map(undated).map(|point| point.occurrences).sum();
    if unknown > 0 {
        lines.push(format!("{unknown} occurrences in reports without a {} are not shown", trend.by));
    }
    let foot = trend.series.first().map(|series| foot(&series.provenance)).unwrap_or_default();
    let foot = match trend.series.len() {
        0 | 1 => foot,
        _ => foot
            .into_iter()
            .map(|line| line.split("; query: ").next().unwrap_or_default().to_owned())
            .collect(),
    };
    let periods = periods(trend);
    let top = head_height(&title, &lines) + 10;
    let together = trend.series.len() <= MOST_TOGETHER;
    let columns = if together { 1 } else { 3 };
    let (rows, panel) = if together { (1, 380) } else { (trend.series.len().div_ceil(columns), 190) };
    let legend = if together && trend.series.len() > 1 { 20 * count(trend.series.len()) + 10 } else { 0 };
    let bottom = top + panel * count(rows) + legend;
    draw(bottom + 24 + foot_height(&foot), |canvas| {
        canvas.head(&title, &lines)?;
        if together {
            let frame = Frame {
                left: MARGIN + 46,
                top: top + 8,
                right: WIDTH - MARGIN - 10,
                bottom: top + panel - 34,
            };
            let all: Vec<&Series> = trend.series.iter().collect();
            panel_of(canvas, frame, &all, &periods, value)?;
            if legend > 0 {
                for (at, series) in trend.series.iter().enumerate() {
                    let y = top + panel + 10 + 20 * count(at);
                    stroke(canvas, (MARGIN + 46, y), (MARGIN + 96, y), at)?;
                    canvas.mark(
                        (MARGIN + 71, y),
                        MARKERS[at % MOST_TOGETHER],
                        COLOURS[at % MOST_TOGETHER],
                    )?;
                    let name = cut(&series.name, WIDTH - 3 * MARGIN - 110, 13);
                    canvas.text((MARGIN + 106, y), Anchor::Left, 13, BLACK, &name)?;
                }
            }
        } else {
            let width = (WIDTH - 2 * MARGIN) / count(columns);
            for (at, series) in trend.series.iter().enumerate() {
                let (column, row) = (count(at % columns), count(at / columns));
                let (left, top) = (MARGIN + width * column, top + panel * row);
                let name = cut(&series.name, width - 16, 12);
                canvas.text((left + 4, top + 8), Anchor::Left, 12, BLACK, &name)?;
                let frame = Frame {
                    left: left + 40,
                    top: top + 22,
                    right: left + width - 14,
                    bottom: top + panel - 34,
                };
                panel_of(canvas, frame, &[series], &periods, value)?;
            }
        }
        canvas.foot(bottom + 20, &foot)
    })
}

fn undated(series: &Series) -> impl Iterator<Item = &TrendPoint> {
    series.points.iter().filter(|point| point.period.is_none())
}

/// The periods of the axis: all between the first and the last, with or without reports.
fn periods(trend: &Trend) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in
        trend.series.iter().flat_map(|series| &series.points).filter_map(|point| point.period.as_ref())
    {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    if trend.by == Period::Framework {
        return names;
    }
    names.sort_unstable();
    let (Some(first), Some(last)) = (names.first().cloned(), names.last().cloned()) else { return names };
    let steps = match trend.by {
        Period::Month => 12,
        Period::Quarter => 4,
        _ => 1,
    };
    let number = |name: &str| -> Option<i32> {
        let (year, part) = name.split_once('-').unwrap_or((name, "1"));
        Some(year.parse::<i32>().ok()? * steps + part.trim_start_matches('Q').parse::<i32>().ok()? - 1)
    };
    let name = |number: i32| {
        let (year, part) = (number.div_euclid(steps), number.rem_euclid(steps) + 1);
        match trend.by {
            Period::Month => format!("{year:04}-{part:02}"),
            Period::Quarter => format!("{year:04}-Q{part}"),
            _ => format!("{year:04}"),
        }
    };
    match (number(&first), number(&last)) {
        (Some(first), Some(last)) if last - first < 2_000 => (first..=last).map(name).collect(),
        _ => names,
    }
}

/// A line in the style of a series.
fn stroke(canvas: &Canvas<'_>, from: (i32, i32), to: (i32, i32), series: usize) -> io::Result<()> {
    canvas.dashed(from, to, DASHES[series % MOST_TOGETHER], 2, COLOURS[series % MOST_TOGETHER])
}

/// Draws some series with a common axis.
fn panel_of(
    canvas: &Canvas<'_>,
    frame: Frame,
    all: &[&Series],
    periods: &[String],
    value: TrendValue,
) -> io::Result<()> {
    let Frame { left, top, right, bottom } = frame;
    let points = || all.iter().flat_map(|series| &series.points).filter(|point| point.period.is_some());
    let values = || points().filter_map(|point| value.of(point));
    let highest = values().map(|[_, value, _]| value).fold(0.0, f64::max);
    // The interval of a period with few words would make all others flat: it is cut.
    let most = values().map(|[.., high]| high).fold(highest, f64::max).min((highest * 2.5).max(1e-9));
    let most = if value == TrendValue::ShareOfReports { most.min(100.0) } else { most };
    let ticks = ticks(most);
    let (end, step) = (ticks.last().copied().unwrap_or(1.0), ticks.get(1).copied().unwrap_or(1.0));
    let y = |value: f64| bottom - whole(value.min(end) / end * f64::from(bottom - top));
    for tick in &ticks {
        canvas.line(&[(left, y(*tick)), (right, y(*tick))], 1, PALE)?;
        canvas.text((left - 6, y(*tick)), Anchor::Right, 11, GREY, &tick_name(*tick, step))?;
    }
    let slot = f64::from(right - left) / count(periods.len()).max(1) as f64;
    let x = |at: usize| left + whole(slot * (at as f64 + 0.5));
    let name_width = periods.iter().map(|name| width_of(name, 11)).max().unwrap_or(0) + 8;
    // So many periods share one name that names do not touch.
    let every =
        (1..=periods.len().max(1)).find(|every| *every as f64 * slot >= f64::from(name_width)).unwrap_or(1);
    for (at, name) in periods.iter().enumerate() {
        if at % every == 0 {
            canvas.line(&[(x(at), bottom), (x(at), bottom + 4)], 1, GREY)?;
            let name = if every == 1 { cut(name, whole(slot.max(60.0)), 11) } else { name.clone() };
            canvas.text((x(at), bottom + 14), Anchor::Middle, 11, GREY, &name)?;
        }
    }
    canvas.line(&[(left, bottom), (right, bottom)], 1, GREY)?;
    for (number, series) in all.iter().enumerate() {
        let colour = COLOURS[number % MOST_TOGETHER];
        // Intervals of several series stand beside one another.
        let shift = (2 * count(number) - count(all.len()) + 1) * 3;
        let place = |at: usize| x(at) + shift;
        let of = |name: &String| series.points.iter().find(|point| point.period.as_ref() == Some(name));
        let values: Vec<Option<[f64; 3]>> = periods.iter().map(|name| value.of(of(name)?)).collect();
        for (at, value) in values.iter().enumerate() {
            let Some([low, _, high]) = value else { continue };
            let (from, to, x) = (y(*low), y(*high), place(at));
            if slot < CROWDED {
                canvas.line(&[(x, from), (x, to)], 1, LIGHT)?;
                continue;
            }
            canvas.line(&[(x, from), (x, to)], 1, colour)?;
            canvas.line(&[(x - 3, from), (x + 3, from)], 1, colour)?;
            // An interval that is cut has no end.
            if *high <= end {
                canvas.line(&[(x - 3, to), (x + 3, to)], 1, colour)?;
            }
        }
        for (at, pair) in values.windows(2).enumerate() {
            if let [Some([_, one, _]), Some([_, next, _])] = pair {
                stroke(canvas, (place(at), y(*one)), (place(at + 1), y(*next)), number)?;
            }
        }
        for (at, value) in values.iter().enumerate() {
            let Some([_, middle, _]) = value else { continue };
            let x = place(at);
            canvas.mark((x, y(*middle)), MARKERS[number % MOST_TOGETHER], colour)?;
        }
    }
    Ok(())
}
