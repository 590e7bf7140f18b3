//! Where a line without printed spaces parts its words.
//!
//! Most producers print spaces. TeX, some typesetters and text that is justified letter by letter leave gaps instead, and
//! headings are spaced out so far that the gaps inside their words are as wide as those between words elsewhere. So the
//! gaps of a line are compared with each other, not with a fixed width alone.

use super::glyphs::Glyph;

/// A gap wider than this share of the glyph size becomes a space. Word spaces take a quarter of the size and more;
/// kerning stays under a tenth.
const SPACE: f32 = 0.18;

/// The same for a page without printed spaces, whose lines are set tight now and then.
const SPACE_OF_GAPS: f32 = 0.13;

/// Without printed spaces, the narrowest gap between words is at least so much wider than the usual gap between letters.
const NARROWEST: f32 = 0.1;

/// … and this much wider than the widest gap between letters.
const CLEARANCE: f32 = 0.04;

/// Gaps between letters of which at least so many are needed to compare them.
const FEWEST: usize = 5;

/// Printed glyphs of a line of which so many are needed to take a narrow gap for that between words, on a page that
/// prints spaces elsewhere.
const FEWEST_OF_TEXT: usize = 12;

/// Printed glyphs to a printed space, at most, in a line whose spaces are printed.
const PRINTED_TO_SPACES: usize = 15;

/// The widest gap between letters that are spaced out, as a share of their size.
const WIDEST_SPACED: f32 = 0.8;

/// Letters in an average word, at least and at most.
const WORD: std::ops::RangeInclusive<usize> = 2..=14;

/// The gap, as a share of the glyph size, above which there is a space between two glyphs of a line. `prints_spaces` is
/// true for a page on which spaces are printed.
pub(super) fn word_gap<'g>(glyphs: impl Iterator<Item = (&'g Glyph, &'g str)>, prints_spaces: bool) -> f32 {
    let mut gaps: Vec<f32> = Vec::with_capacity(64);
    let mut before: Option<&Glyph> = None;
    let (mut letters, mut printed, mut spaces, mut blank) = (0, 0, 0, false);
    for (glyph, text) in glyphs.filter(|(_, text)| !text.is_empty()) {
        if glyph.blank {
            blank = true;
            continue;
        }
        printed += 1;
        letters += usize::from(text.chars().all(char::is_alphabetic));
        match before {
            Some(_) if blank => spaces += 1,
            Some(before) => gaps.push((glyph.left - before.right) / glyph.size.max(1.0)),
            None => {}
        }
        blank = false;
        before = Some(glyph);
    }
    let usual_space = if prints_spaces { SPACE } else { SPACE_OF_GAPS };
    if gaps.len() < FEWEST || 5 * letters < 3 * printed {
        return usual_space;
    }
    let middle = gaps.len() / 2;
    let usual = *gaps.select_nth_unstable_by(middle, f32::total_cmp).1;
    // Letters that are spaced out: most gaps are as wide, and wider than kerning.
    let spaced = if (0.05..WIDEST_SPACED).contains(&usual) { usual } else { 0.0 };
    if spaces * PRINTED_TO_SPACES >= printed {
        return SPACE + spaced;
    }
    gaps.sort_unstable_by(f32::total_cmp);
    let least = usual.max(0.0) + NARROWEST;
    let split = (1..gaps.len())
        .filter(|&at| gaps[at] >= least && gaps[at] - gaps[at - 1] >= CLEARANCE)
        .max_by(|&one, &other| {
            // Of steps that are all wide, the first.
            let step = |at: usize| (gaps[at] - gaps[at - 1]).min(NARROWEST);
            step(one).total_cmp(&step(other)).then(other.cmp(&one))
        });
    let of_text = |at: usize| {
        let words = gaps.len() - at + spaces + 1;
        (!prints_spaces || printed >= FEWEST_OF_TEXT) && WORD.contains(&(printed / words))
    };
    match split.filter(|&at| of_text(at)) {
        Some(at) => (gaps[at] + gaps[at - 1].max(0.0)) / 2.0,
        None => usual_space + spaced,
    }
}
