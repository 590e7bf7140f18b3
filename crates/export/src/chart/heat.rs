//! Heat maps: how much text each theme has, by grade or by year.

use std::io;

use plotters::style::RGBColor;

use super::canvas::{
    Anchor, BLACK, GREY, MARGIN, PALE, WIDTH, count, cut, draw, foot_height, head_height, whole, width_of,
    wrapped,
};
use crate::theme::ThemesView;

const ROW: i32 = 26;
/// The greatest width of a cell.
const MOST_CELL: i32 = 110;
/// A column with less than one word in so many does not set the scale.
const FEW: u64 = 100;

/// The share of the words of each grade or year that each theme has, as a shade with its number.
///
/// # Errors
/// If the chart cannot be drawn; [`InvalidInput`](io::ErrorKind::InvalidInput) if the themes are not split by anything.
pub fn themes(view: &ThemesView<'_>) -> io::Result<String> {
    let Some(by) = view.by else {
        let message = "a chart of themes needs a split, by year or by grade";
        return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
    };
    let (columns, rows) = view.shares();
    let title = format!("Themes by {}", by.name());
    let [size, provenance] = view.notes();
    let lines = vec![format!("per cent of the words of each {}", by.name()), size];
    let foot = vec![provenance, format!("corpus {}", view.themes.provenance.corpus_hash)];
    let names = rows.iter().map(|(name, _)| width_of(name, 13)).max().unwrap_or(0).min(280);
    let left = MARGIN + names + 10;
    let cell = ((WIDTH - MARGIN - left) / count(columns.len()).max(1)).min(MOST_CELL);
    let top = head_height(&title, &lines) + 44;
    let bottom = top + ROW * count(rows.len());
    // A column of few words has shares of any size: it does not set the scale.
    let all: u64 = columns.iter().map(|(_, words)| words).sum();
    let counts = |at: usize| columns.get(at).is_some_and(|(_, words)| words.saturating_mul(FEW) >= all);
    let shares = rows.iter().flat_map(|(_, shares)| shares.iter().enumerate());
    let highest = shares.filter(|(at, _)| counts(*at)).map(|(_, share)| *share).fold(0.0, f64::max);
    draw(bottom + 40 + foot_height(&foot), |canvas| {
        canvas.head(&title, &lines)?;
        for (at, (name, words)) in (0..).zip(&columns) {
            let x = left + cell * at + cell / 2;
            let lines = wrapped(&name.replace('-', " "), cell - 4, 12);
            for (line, above) in lines.iter().rev().take(2).zip([24, 38]) {
                canvas.text((x, top - above), Anchor::Middle, 12, BLACK, line)?;
            }
            canvas.text((x, top - 9), Anchor::Middle, 10, GREY, &cut(&short(*words), cell, 10))?;
        }
        for (row, (name, shares)) in (0..).zip(&rows) {
            let y = top + ROW * row;
            canvas.text((left - 8, y + ROW / 2), Anchor::Right, 13, BLACK, &cut(name, 280, 13))?;
            for (at, share) in (0..).zip(shares) {
                let part = if highest > 0.0 { (share / highest).min(1.0) } else { 0.0 };
                let corner = (left + cell * at, y);
                canvas.fill(corner, (corner.0 + cell - 2, y + ROW - 2), shade(part))?;
                let ink = if part > 0.55 { RGBColor(255, 255, 255) } else { BLACK };
                let number = format!("{:.1}", share * 100.0);
                let size = if cell < 40 { 10 } else { 12 };
                canvas.text(
                    (corner.0 + cell / 2 - 1, y + ROW / 2 - 1),
                    Anchor::Middle,
                    size,
                    ink,
                    &number,
                )?;
            }
        }
        canvas.line(&[(left, bottom), (left + cell * count(columns.len()), bottom)], 1, PALE)?;
        canvas.foot(bottom + 24, &foot)
    })
}

/// A number of words, in thousands or millions where it is large.
fn short(words: u64) -> String {
    // Exact up to 2^53.
    let number = words as f64;
    match words {
        0..10_000 => words.to_string(),
        10_000..1_000_000 => format!("{:.0}k", number / 1e3),
        _ => format!("{:.1}M", number / 1e6),
    }
}

/// From white to dark blue; lightness alone tells them apart.
fn shade(part: f64) -> RGBColor {
    let mix = |from: f64, to: f64| u8::try_from(whole(from + (to - from) * part)).unwrap_or(u8::MAX);
    RGBColor(mix(250.0, 20.0), mix(250.0, 45.0), mix(252.0, 90.0))
}

#[cfg(test)]
mod tests {
    use super::{shade, short};

    #[test]
    fn shades_grow_darker_and_numbers_short() {
        let light = |part: f64| {
            let colour = shade(part);
            u32::from(colour.0) + u32::from(colour.1) + u32::from(colour.2)
        };
        assert!(light(0.0) > light(0.5) && light(0.5) > light(1.0));
        assert_eq!([short(950), short(12_345), short(3_456_789)], ["950", "12k", "3.5M"]);
    }
}
