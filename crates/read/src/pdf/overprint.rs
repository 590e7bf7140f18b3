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

/// A glyph in its square, ordered by text, row and column, so that neighbours are found without comparing all. These and
/// the index of the glyph are the four parts of one number, 32 bits each: all glyphs of a file are sorted, and numbers
/// compare in a third of the time of structures.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Placed(u128);

impl Placed {
    /// From the number of a square to that of the one below. The next column is 1 further.
    const ROW: u128 = 1 << 32;

    fn new(text: u32, row: i32, column: i32, glyph: u32) -> Self {
        // With the sign turned, negative numbers come first.
        let ordered = |number: i32| u128::from(number.cast_unsigned() ^ (1 << 31));
        let square = (u128::from(text) << 64) | (ordered(row) * Self::ROW) | ordered(column);
        Self((square << 32) | u128::from(glyph))
    }

    /// The number of its square for its text.
    fn square(self) -> u128 {
        self.0 >> 32
    }

    fn glyph(self) -> u32 {
        self.0 as u32
    }
}

/// For each glyph of a page, whether another stands for it.
fn repeated(page: &Page) -> Vec<bool> {
    let mut repeated = vec![false; page.glyphs.len()];
    let glyphs = page.glyphs.iter().zip(0_u32..);
    let mut placed: Vec<Placed> = glyphs
        .filter(|(glyph, _)| can_repeat(glyph, page))
        .map(|(glyph, index)| {
            Placed::new(hash(glyph.text(page)), square(glyph.baseline), square(glyph.left), index)
        })
        .collect();
    placed.sort_unstable();
    // For the rows above, of and below a glyph: the first that may be its neighbour. All move forward only.
    let mut first = [0; 3];
    for at in &placed {
        let glyph = &page.glyphs[at.glyph() as usize];
        let square = at.square();
        for (first, middle) in first.iter_mut().zip([square - Placed::ROW, square, square + Placed::ROW]) {
            let (start, end) = (middle - 1, middle + 1);
            *first += placed[*first..].iter().take_while(|other| other.square() < start).count();
            let near = placed[*first..].iter().take_while(|other| other.square() <= end);
            for other in near.take(MOST_NEIGHBOURS).filter(|other| other.glyph() < at.glyph()) {
                let earlier = &page.glyphs[other.glyph() as usize];
                if is_same_place(earlier, glyph) && earlier.text(page) == glyph.text(page) {
                    let rank = |glyph: &Glyph| (!glyph.artifact, glyph.mcid.is_some());
                    let keeps_later = rank(glyph) > rank(earlier);
                    repeated[if keeps_later { other.glyph() } else { at.glyph() } as usize] = true;
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
