//! Pages whose text runs at a slant.
//!
//! Text that slants among upright text is a watermark, and is left out. Where most of a page slants alike, it is the text of
//! the page, as of a scan that lay askew on the glass: the page is turned back before its lines are found.

use super::glyphs::{Glyph, Page};

/// Fewer slanting letters on a page are a stamp or a watermark, even if nothing else is printed there.
const FEWEST_LETTERS: usize = 100;

/// Angles that differ by less than this, in radians, are one: two degrees.
const SAME_ANGLE: f32 = 0.035;

/// Turns a page back if most of its text slants alike, and makes that text content.
pub(super) fn straighten(page: &mut Page) {
    if !page.glyphs.iter().any(Glyph::is_slanted) {
        return;
    }
    let mut angles: Vec<f32> =
        printed(page).filter(|glyph| glyph.is_slanted()).map(|glyph| glyph.slant).collect();
    angles.sort_by(f32::total_cmp);
    let Some(&angle) = angles.get(angles.len() / 2) else { return };
    let slants_alike = |glyph: &Glyph| glyph.is_slanted() && (glyph.slant - angle).abs() < SAME_ANGLE;
    let alike = printed(page).filter(|glyph| slants_alike(glyph)).count();
    if alike < FEWEST_LETTERS || alike < page.content_glyphs() {
        return;
    }
    let (sin, cos) = angle.sin_cos();
    for glyph in page.glyphs.iter_mut().filter(|glyph| slants_alike(glyph)) {
        let (x, y) = (glyph.left, glyph.baseline);
        let width = (glyph.right - glyph.left) / cos.abs().max(0.1);
        glyph.left = x * cos + y * sin;
        glyph.right = glyph.left + width;
        glyph.baseline = y * cos - x * sin;
        glyph.slant = 0.0;
        glyph.artifact = false;
    }
}

/// The glyphs of a page that print something.
fn printed(page: &Page) -> impl Iterator<Item = &Glyph> {
    page.glyphs.iter().filter(|glyph| !glyph.blank)
}
