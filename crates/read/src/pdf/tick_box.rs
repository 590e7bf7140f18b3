//! Boxes of a form that a reader ticks.
//!
//! A check box or a radio button (ISO 32000-2, 12.7.5.2) is a widget over the page, and the state that it shows (`AS`) is
//! the only sign of what was answered. Its words stand beside it on the page, so its sign becomes a glyph among them: `☒`
//! if it is ticked, and `☐` if not: `Yes ☒ No` would not say which of the two is ticked.

use hayro_interpret::hayro_syntax::Pdf as File;
use hayro_interpret::hayro_syntax::object::{Array, Dict, Name, Rect};
use hayro_interpret::hayro_syntax::page::Page as HayroPage;
use hayro_interpret::kurbo::Affine;

use super::glyphs::{Glyph, Page};
use super::turn::Turn;
use super::widget::{Edges, Field, MOST_ANNOTATIONS, is_shown};
use crate::budget::Budget;
use crate::form_sign::{TICKED, UNTICKED};

/// The flag of a button that keeps no value (ISO 32000-2, table 229).
const PUSH_BUTTON: i32 = 1 << 16;

/// A box is on the line of a letter if the baseline of the letter is within the box, or below it by less than this share
/// of the size of the letter.
const BELOW_BOX: f32 = 0.3;

/// The gap between a sign and the words beside it, at least, as a share of the size of a letter.
const GAP: f32 = 0.4;

/// Adds the signs of the boxes of some pages to their glyphs.
pub(super) fn add(file: &File, pages: &mut [Page], budget: &Budget) {
    let (file_pages, mut left) = (file.pages(), MOST_ANNOTATIONS);
    for glyphs in pages {
        let at = (glyphs.number as usize).saturating_sub(1);
        if let Some(page) = file_pages.get(at) {
            add_to_page(page, glyphs, budget, &mut left);
        }
    }
}

/// Adds the signs of the boxes of one page to its glyphs. `left` is the number of annotations that may still be looked at.
fn add_to_page(page: &HayroPage<'_>, glyphs: &mut Page, budget: &Budget, left: &mut usize) {
    let Some(annotations) = page.raw().get::<Array<'_>>(b"Annots".as_slice()) else { return };
    let to_top_left = Affine::new(page.initial_transform(true).as_coeffs());
    for annotation in annotations.iter::<Dict<'_>>() {
        let Some(rest) = left.checked_sub(1).filter(|_| !budget.is_over()) else { return };
        *left = rest;
        let Some(ticked) = state(&annotation) else { continue };
        let Some(rectangle) = annotation.get::<Rect>(b"Rect".as_slice()) else { continue };
        if let Some(edges) = Edges::of(rectangle, to_top_left) {
            let edges = TickBox {
                left: edges.left as f32,
                right: edges.right as f32,
                top: edges.top as f32,
                bottom: edges.bottom as f32,
            };
            edges.print(if ticked { TICKED } else { UNTICKED }, glyphs);
        }
    }
}

/// Whether the box that an annotation shows is ticked; `None` if it shows none.
fn state(annotation: &Dict<'_>) -> Option<bool> {
    if !is_shown(annotation) || annotation.get::<Name<'_>>(b"Subtype".as_slice())?.as_str() != "Widget" {
        return None;
    }
    let Field { kind, flags, .. } = Field::of(annotation);
    let is_box = kind?.as_str() == "Btn" && flags & PUSH_BUTTON == 0;
    let shown = annotation.get::<Name<'_>>(b"AS".as_slice());
    is_box.then(|| shown.is_some_and(|state| state.as_str() != "Off"))
}

/// The edges of a box on its page, in points from the top left.
struct TickBox {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
}

impl TickBox {
    /// Adds the sign of the box to the glyphs, beside the words that it is about: the next on its right, or else the last on
    /// its left. It is content of the same kind, so that a structure tree places it with them.
    ///
    /// A page that prints a sign in the box already shows what was answered.
    fn print(&self, sign: &str, page: &mut Page) {
        let on_line = |glyph: &&Glyph| {
            glyph.turn == Turn::Upright
                && (self.top..self.bottom + BELOW_BOX * glyph.size).contains(&glyph.baseline)
                && !glyph.blank
        };
        let middle = |glyph: &Glyph| f32::midpoint(glyph.left, glyph.right);
        let level = || page.glyphs.iter().enumerate().filter(|(_, glyph)| on_line(glyph));
        if level().any(|(_, glyph)| (self.left..self.right).contains(&middle(glyph))) {
            return;
        }
        let right = level().filter(|(_, glyph)| glyph.left >= self.right - 1.0);
        let right = right.min_by(|a, b| a.1.left.total_cmp(&b.1.left));
        let left = level().filter(|(_, glyph)| glyph.right <= self.left + 1.0);
        let left = left.max_by(|a, b| a.1.right.total_cmp(&b.1.right));
        let (at, beside) = match (right, left) {
            (Some((at, glyph)), _) => (at, Some(*glyph)),
            (None, Some((at, glyph))) => (at + 1, Some(*glyph)),
            (None, None) => (page.glyphs.len(), None),
        };
        let (Ok(start), Ok(len)) = (u32::try_from(page.text.len()), u32::try_from(sign.len())) else {
            return;
        };
        page.text.push_str(sign);
        let height = self.bottom - self.top;
        // A box may touch its words, which are not one word with its sign.
        let before = left.map_or(self.left, |(_, glyph)| self.left.max(glyph.right + GAP * glyph.size));
        let behind = right.map_or(self.right, |(_, glyph)| self.right.min(glyph.left - GAP * glyph.size));
        let glyph = Glyph {
            start,
            len,
            blank: false,
            mcid: beside.and_then(|glyph| glyph.mcid),
            left: before.min(behind),
            right: before.max(behind),
            baseline: beside.map_or(self.bottom - 0.2 * height, |glyph| glyph.baseline),
            size: beside.map_or(height.min(12.0), |glyph| glyph.size),
            bold: false,
            italic: false,
            turn: Turn::Upright,
            artifact: beside.is_some_and(|glyph| glyph.artifact),
            slant: 0.0,
            pagination: false,
        };
        page.glyphs.insert(at, glyph);
    }
}
