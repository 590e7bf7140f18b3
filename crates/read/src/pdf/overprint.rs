//! Glyphs that are drawn more than once in the same place.
//!
//! Producers make bold type, shadows and outlines by drawing a letter, a word or a whole line again, some hundredths of
//! its size away. It is one text to a reader, so of glyphs with the same text in nearly the same place one is kept.

use super::glyphs::{Glyph, Page};

/// Glyphs with the same text that are nearer to each other than this share of their size, in both directions, are one.
/// Two letters beside each other are apart by twice as much in the narrowest type.
const SAME_PLACE: f32 = 0.1;

/// The side of the squares, in points, by which neighbours are found; glyphs further apart are never one.
const SQUARE: f32 = 2.0;

/// Neighbours looked at for each row of squares around a glyph. More glyphs in so little room are no text.
const MOST_NEIGHBOURS: usize = 64;

/// Removes all but one of the glyphs that were drawn more than once: the first that is content, tagged if any is.
pub(super) fn remove_repeated(page: &mut Page) {
    let repeated = repeated(page);
    if repeated.contains(&true) {
        let mut at = 0;
        page.glyphs.retain(|_| {
            at += 1;
            !repeated.get(at - 1).copied().unwrap_or_default()
        });
    }
}

/// A glyph in its square, ordered by text, row and column, so that neighbours are found without comparing all.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Placed {
    text: u32,
    row: i32,
    column: i32,
    glyph: u32,
}

/// For each glyph of a page, whether another stands for it.
fn repeated(page: &Page) -> Vec<bool> {
    let mut repeated = vec![false; page.glyphs.len()];
    let glyphs = page.glyphs.iter().zip(0_u32..);
    let mut placed: Vec<Placed> = glyphs
        .filter(|(glyph, _)| can_repeat(glyph, page))
        .map(|(glyph, index)| Placed {
            text: hash(glyph.text(page)),
            row: square(glyph.baseline),
            column: square(glyph.left),
            glyph: index,
        })
        .collect();
    placed.sort_unstable();
    // For the rows above, of and below a glyph: the first that may be its neighbour. All move forward only.
    let mut first = [0; 3];
    for at in &placed {
        let glyph = &page.glyphs[at.glyph as usize];
        for (first, row) in first.iter_mut().zip(at.row - 1..) {
            let (start, end) = ((at.text, row, at.column - 1), (at.text, row, at.column + 1));
            let key = |placed: &Placed| (placed.text, placed.row, placed.column);
            *first += placed[*first..].iter().take_while(|other| key(other) < start).count();
            let near = placed[*first..].iter().take_while(|other| key(other) <= end);
            for other in near.take(MOST_NEIGHBOURS).filter(|other| other.glyph < at.glyph) {
                let earlier = &page.glyphs[other.glyph as usize];
                if is_same_place(earlier, glyph) && earlier.text(page) == glyph.text(page) {
                    let rank = |glyph: &Glyph| (!glyph.artifact, glyph.mcid.is_some());
                    let keeps_later = rank(glyph) > rank(earlier);
                    repeated[if keeps_later { other.glyph } else { at.glyph } as usize] = true;
                }
            }
        }
    }
    repeated
}

/// True if a glyph can be told to be drawn again.
///
/// Not one without text (all but the first that an `ActualText` stands for), nor one that is not known, which need not be
/// the same as another. Nor one that takes no room: where a font gives no widths, whole words are in one place.
fn can_repeat(glyph: &Glyph, page: &Page) -> bool {
    !matches!(glyph.text(page), "" | "\u{FFFD}") && glyph.right - glyph.left > SAME_PLACE * glyph.size
}

/// A number that is the same for the same text (FNV-1a).
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The row or column of the square that holds a coordinate. The cast saturates; the clamp leaves room for neighbours.
fn square(coordinate: f32) -> i32 {
    ((coordinate / SQUARE).floor() as i32).clamp(i32::MIN + 2, i32::MAX - 2)
}

fn is_same_place(one: &Glyph, other: &Glyph) -> bool {
    let size = one.size.min(other.size);
    let near = |distance: f32| distance.abs() < (SAME_PLACE * size).min(SQUARE);
    near(one.left - other.left)
        && near(one.baseline - other.baseline)
        && size > 0.8 * one.size.max(other.size)
}
