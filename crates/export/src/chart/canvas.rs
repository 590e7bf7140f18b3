//! An SVG picture to draw on, in pixels from the top left corner.

use std::io;

use plotters::coord::Shift;
use plotters::prelude::{
    Circle, DrawingArea, IntoDrawingArea as _, IntoFont as _, PathElement, Polygon, Rectangle, SVGBackend,
    Text,
};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, RGBColor, ShapeStyle, TextStyle};

use crate::escape::escape;

/// The width of every chart.
pub(super) const WIDTH: i32 = 960;
/// The space at both sides of the texts above and below a chart.
pub(super) const MARGIN: i32 = 24;
/// The width of a letter, as a part of the size of its font: an estimate for the fonts that viewers have.
const LETTER: f64 = 0.6;

pub(super) const BLACK: RGBColor = RGBColor(0, 0, 0);
pub(super) const GREY: RGBColor = RGBColor(90, 90, 90);
pub(super) const PALE: RGBColor = RGBColor(225, 225, 225);

/// Where a text stands relative to its point.
#[derive(Debug, Clone, Copy)]
pub(super) enum Anchor {
    Left,
    Middle,
    Right,
}

/// The forms of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker {
    Dot,
    Square,
    Triangle,
    Ring,
    Box,
    Diamond,
}

/// A picture while it is drawn.
pub(super) struct Canvas<'a> {
    area: DrawingArea<SVGBackend<'a>, Shift>,
}

/// Draws a picture of this height, and returns it.
pub(super) fn draw(height: i32, paint: impl FnOnce(&Canvas<'_>) -> io::Result<()>) -> io::Result<String> {
    let mut svg = String::new();
    {
        let size = (side(WIDTH), side(height));
        let canvas = Canvas { area: SVGBackend::with_string(&mut svg, size).into_drawing_area() };
        canvas.area.fill(&RGBColor(255, 255, 255)).map_err(failed)?;
        paint(&canvas)?;
        canvas.area.present().map_err(failed)?;
    }
    Ok(svg)
}

fn side(pixels: i32) -> u32 {
    u32::try_from(pixels).unwrap_or(1)
}

fn failed(error: impl std::fmt::Display) -> io::Error {
    io::Error::other(format!("a chart could not be drawn: {error}"))
}

impl Canvas<'_> {
    /// A line through points.
    pub(super) fn line(&self, points: &[(i32, i32)], width: u32, colour: RGBColor) -> io::Result<()> {
        let style = ShapeStyle { color: colour.to_rgba(), filled: false, stroke_width: width };
        self.area.draw(&PathElement::new(points.to_vec(), style)).map_err(failed)
    }

    /// A straight line of strokes and gaps, given in pixels by turns. An empty pattern is a line without gaps.
    pub(super) fn dashed(
        &self,
        from: (i32, i32),
        to: (i32, i32),
        pattern: &[f64],
        width: u32,
        colour: RGBColor,
    ) -> io::Result<()> {
        let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let length = dx.hypot(dy);
        if pattern.is_empty() || length < 1.0 {
            return self.line(&[from, to], width, colour);
        }
        let at = |part: f64| (from.0 + whole(dx * part / length), from.1 + whole(dy * part / length));
        let (mut done, mut strokes) = (0.0, pattern.iter().cycle());
        while done < length {
            let stroke = strokes.next().copied().unwrap_or(length).max(1.0);
            self.line(&[at(done), at((done + stroke).min(length))], width, colour)?;
            done += stroke + strokes.next().copied().unwrap_or(0.0);
        }
        Ok(())
    }

    /// A filled rectangle between two corners.
    pub(super) fn fill(&self, from: (i32, i32), to: (i32, i32), colour: RGBColor) -> io::Result<()> {
        self.area.draw(&Rectangle::new([from, to], colour.filled())).map_err(failed)
    }

    /// A mark at a point.
    pub(super) fn mark(&self, at: (i32, i32), marker: Marker, colour: RGBColor) -> io::Result<()> {
        let (x, y) = at;
        let white = RGBColor(255, 255, 255);
        let square =
            |half: i32, colour: RGBColor| self.fill((x - half, y - half), (x + half, y + half), colour);
        let circle = |radius: i32, colour: RGBColor| {
            self.area.draw(&Circle::new(at, radius, colour.filled())).map_err(failed)
        };
        let polygon =
            |points: Vec<(i32, i32)>| self.area.draw(&Polygon::new(points, colour.filled())).map_err(failed);
        match marker {
            Marker::Dot => circle(4, colour),
            Marker::Square => square(4, colour),
            Marker::Triangle => polygon(vec![(x, y - 6), (x + 5, y + 4), (x - 5, y + 4)]),
            Marker::Diamond => polygon(vec![(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)]),
            Marker::Ring => circle(5, colour).and_then(|()| circle(3, white)),
            Marker::Box => square(5, colour).and_then(|()| square(3, white)),
        }
    }

    /// A line of text, whose middle is at the height of the point. Characters that a terminal would obey, and that XML
    /// forbids, are escaped.
    pub(super) fn text(
        &self,
        at: (i32, i32),
        anchor: Anchor,
        size: i32,
        colour: RGBColor,
        text: &str,
    ) -> io::Result<()> {
        let horizontal = match anchor {
            Anchor::Left => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        // The backend takes the height of a line for its size.
        let font = ("sans-serif", f64::from(size) * 1.24).into_font();
        let style = TextStyle::from(font).color(&colour).pos(Pos::new(horizontal, VPos::Center));
        self.area.draw(&Text::new(printable(text), at, style)).map_err(failed)
    }

    /// A title, lines below it, and the place from which the chart may be drawn. Lines are broken where they are too long.
    pub(super) fn head(&self, title: &str, lines: &[String]) -> io::Result<i32> {
        let mut y = 28;
        for line in wrapped(title, WIDTH - 2 * MARGIN, 19) {
            self.text((MARGIN, y), Anchor::Left, 19, BLACK, &line)?;
            y += 25;
        }
        for line in lines.iter().flat_map(|line| wrapped(line, WIDTH - 2 * MARGIN, 13)) {
            self.text((MARGIN, y), Anchor::Left, 13, GREY, &line)?;
            y += 18;
        }
        Ok(y)
    }

    /// Lines at the foot, from `y` on.
    pub(super) fn foot(&self, y: i32, lines: &[String]) -> io::Result<()> {
        let lines = lines.iter().flat_map(|line| wrapped(line, WIDTH - 2 * MARGIN, 11));
        for (y, line) in (0..).map(|at| y + 16 * at).zip(lines) {
            self.text((MARGIN, y), Anchor::Left, 11, GREY, &line)?;
        }
        Ok(())
    }
}

/// The height that [`Canvas::head`] takes.
pub(super) fn head_height(title: &str, lines: &[String]) -> i32 {
    let titles = wrapped(title, WIDTH - 2 * MARGIN, 19).len();
    let lines: usize = lines.iter().map(|line| wrapped(line, WIDTH - 2 * MARGIN, 13).len()).sum();
    28 + 25 * count(titles) + 18 * count(lines)
}

/// The height that [`Canvas::foot`] takes.
pub(super) fn foot_height(lines: &[String]) -> i32 {
    let lines: usize = lines.iter().map(|line| wrapped(line, WIDTH - 2 * MARGIN, 11).len()).sum();
    16 * count(lines) + 8
}

/// A number of things as pixels count.
pub(super) fn count(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The nearest whole number of pixels.
#[allow(clippy::cast_possible_truncation, reason = "a cast of a float saturates, and pictures are small")]
pub(super) fn whole(value: f64) -> i32 {
    value.round() as i32
}

/// The estimated width of a text.
pub(super) fn width_of(text: &str, size: i32) -> i32 {
    whole(printable(text).chars().count() as f64 * f64::from(size) * LETTER)
}

/// A text cut to a width, with `…` for what is left out.
pub(super) fn cut(text: &str, width: i32, size: i32) -> String {
    if width_of(text, size) <= width {
        return text.to_owned();
    }
    let mut cut = text.to_owned();
    while !cut.is_empty() && width_of(&cut, size) + size > width {
        cut.pop();
    }
    format!("{}…", cut.trim_end())
}

/// A text in lines of at most this width, broken between words; a word that is too long is cut.
pub(super) fn wrapped(text: &str, width: i32, size: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width_of(line, size) + width_of(word, size) + size / 2 <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word, width, size)),
        }
    }
    lines
}

/// A text without characters that XML forbids or a terminal would obey.
fn printable(text: &str) -> String {
    escape(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

/// Round steps of an axis from nought up to at least `most`: from four to eight of them, as Heckbert ("Nice numbers for graph
/// labels", Graphics Gems, 1990).
pub(super) fn ticks(most: f64) -> Vec<f64> {
    if !most.is_finite() || most <= 0.0 {
        return vec![0.0, 1.0];
    }
    let rough = most / 5.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|step| step * power).find(|step| *step >= rough);
    let step = step.unwrap_or(rough);
    (0..).map(|at| f64::from(at) * step).take_while(|tick| *tick < most + step * 0.999).collect()
}

/// A number on an axis, with as many digits as tell it from its neighbours.
pub(super) fn tick_name(value: f64, step: f64) -> String {
    let digits = (0..6).find(|digits| {
        let scale = 10_f64.powi(*digits);
        (step * scale - (step * scale).round()).abs() < 1e-6
    });
    format!("{value:.*}", usize::try_from(digits.unwrap_or(6)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_have_round_steps_that_hold_everything() {
        assert_eq!(ticks(10.0), [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
        assert_eq!(ticks(1.1), [0.0, 0.25, 0.5, 0.75, 1.0, 1.25]);
        assert_eq!(ticks(0.0), [0.0, 1.0]);
        for most in [0.003, 0.7, 3.2, 99.0, 12_345.0] {
            let ticks = ticks(most);
            assert!((4..=9).contains(&ticks.len()) && *ticks.last().unwrap() >= most, "{most} {ticks:?}");
        }
        assert_eq!(tick_name(0.5, 0.25), "0.50");
        assert_eq!(tick_name(20.0, 10.0), "20");
    }

    #[test]
    fn long_lines_are_broken_and_long_words_cut() {
        let lines = wrapped(&"word ".repeat(60), 400, 13);
        assert!(lines.len() > 2 && lines.iter().all(|line| width_of(line, 13) <= 400));
        let cut = cut(&"w".repeat(100), 100, 10);
        assert!(cut.ends_with('…') && width_of(&cut, 10) <= 100);
        assert_eq!(wrapped("", 100, 10).len(), 0);
    }

    #[test]
    fn text_is_escaped_for_xml_and_terminals() {
        let svg = draw(100, |canvas| canvas.text((5, 5), Anchor::Left, 12, BLACK, "a <b> & \"c\" \u{1b}[2J"))
            .unwrap();
        assert!(svg.contains("a &lt;b&gt; &amp; "), "{svg}");
        assert!(!svg.contains('\u{1b}'));
    }
}
