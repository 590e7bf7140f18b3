//! Glyphs that stand on one line.
//!
//! A content stream sets glyphs at positions and says nothing of words or lines (ISO 32000-2, 9.4). Glyphs are taken in
//! stream order, which is reading order within a line in most producers; a glyph on another baseline or a step back to
//! the left is of another piece, which [`pieces`](super::pieces) may join with this one. All thresholds are shares of the
//! glyph size, so that they hold for a heading and for a footnote alike.

use std::ops::Range;

use super::direction::{is_right_to_left, logical_order};
use super::glyphs::{Glyph, Page};
use super::spacing::word_gap;
use super::turn::Turn;
use crate::block::{Line, Look};

/// Baselines of one line differ by no more than this share of the size.
pub(super) const LEVEL: f32 = 0.25;

/// A glyph smaller than this share of its line's size may be superscript.
const SUPERSCRIPT: f32 = 0.85;

/// The longest text, in characters, taken for a label before a gap and not for a column: `12.`, `•`.
const LONGEST_LABEL: usize = 4;

/// Glyphs behind a drop cap are smaller than this share of its size.
const BEHIND_DROP_CAP: f32 = 0.55;

/// A piece that is nearer than this many type sizes to another with the same text is its shadow.
const SHADOW: f32 = 0.3;

/// A gap behind a number of this many type sizes parts a label from its text.
const TAB: f32 = 1.2;

/// Glyphs of one page that stand on one line.
pub(super) struct Piece<'p> {
    pub(super) page: &'p Page,
    glyphs: Vec<Placed>,
    pub(super) turn: Turn,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) baseline: f32,
    /// The size of the glyphs that stand on the baseline.
    pub(super) size: f32,
    /// Characters from the first printed one to the last, spaces included, and spaces behind the last.
    characters: usize,
    spaces: usize,
    /// Printed glyphs on the baseline.
    standing: usize,
    /// True if a letter is written from right to left.
    right_to_left: bool,
    /// True if the first glyphs are a drop cap.
    opens_with_drop_cap: bool,
    /// True if it was drawn right after the piece before it, on one line and behind a gap that parts no columns.
    pub(super) goes_on: bool,
}

/// A glyph of a piece.
#[derive(Debug, Clone, Copy)]
struct Placed {
    /// Index into [`Page::glyphs`].
    glyph: u32,
    raised: bool,
}

impl<'p> Piece<'p> {
    pub(super) fn new(page: &'p Page, glyph: &Glyph, index: u32, text: &str) -> Self {
        let mut piece = Self {
            page,
            glyphs: Vec::with_capacity(64),
            turn: glyph.turn,
            left: glyph.left,
            right: glyph.left,
            baseline: glyph.baseline,
            size: glyph.size,
            characters: 0,
            spaces: 0,
            standing: 0,
            right_to_left: false,
            opens_with_drop_cap: false,
            goes_on: false,
        };
        piece.append(glyph, index, text, false);
        piece
    }

    /// True if the glyph belongs to this piece: on its baseline or superscript, and not back to the left.
    pub(super) fn accepts(&self, glyph: &Glyph, text: &str) -> bool {
        if text.is_empty() {
            return true;
        }
        if glyph.turn != self.turn {
            return false;
        }
        let steps_back = glyph.left < self.right - 1.5 * self.size.max(glyph.size);
        // At least one point: relative to a glyph of size 0 every distance would be large.
        let size = self.size.max(glyph.size).max(1.0);
        let drop = glyph.baseline - self.baseline;
        let level = drop.abs() <= LEVEL * size;
        let belongs = level
            || self.is_superscript(glyph)
            || self.began_as_superscript(glyph)
            || self.is_behind_drop_cap(glyph, text);
        belongs && (!steps_back || self.grows_to_the_left(glyph, text))
    }

    /// True if the glyph stands on the baseline, in type of about the same size.
    pub(super) fn is_level(&self, glyph: &Glyph) -> bool {
        let size = self.size.max(glyph.size);
        (glyph.baseline - self.baseline).abs() <= 0.05 * size
            && self.size.min(glyph.size) > SUPERSCRIPT * size
    }

    /// True if the glyph stands left of the piece and is written from right to left, as the piece is.
    fn grows_to_the_left(&self, glyph: &Glyph, text: &str) -> bool {
        let gap = self.left - glyph.right;
        let size = self.size.max(glyph.size);
        (self.right_to_left || text.chars().any(is_right_to_left))
            && (-0.3 * size..0.45 * size).contains(&gap)
    }

    /// True if a gap of more than `widest_gap` glyph sizes comes before the glyph, and more than a label before it.
    pub(super) fn ends_before(&self, glyph: &Glyph, widest_gap: f32) -> bool {
        let wide = glyph.left - self.right > widest_gap * self.size.max(glyph.size);
        wide && !glyph.blank && !self.is_label()
    }

    /// True if the piece so far can be the label of what follows, and is no word or year: `•`, `12.`, `iv)`.
    fn is_label(&self) -> bool {
        if self.characters > LONGEST_LABEL {
            return false;
        }
        let text: String = self.glyphs.iter().map(|placed| placed.text(self.page)).collect();
        let text = text.trim();
        let letters = text.chars().filter(|letter| letter.is_alphabetic()).count();
        let is_year = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
        letters <= 1 && !is_year || text.ends_with([')', '.'])
    }

    /// True if the glyph is superscript to the glyphs so far.
    fn is_superscript(&self, glyph: &Glyph) -> bool {
        let drop = glyph.baseline - self.baseline;
        glyph.size < SUPERSCRIPT * self.size && (-0.7 * self.size..=0.1 * self.size).contains(&drop)
    }

    /// True if the glyphs so far are superscript to this one: the line opens with the mark of a footnote.
    fn began_as_superscript(&self, glyph: &Glyph) -> bool {
        let drop = glyph.baseline - self.baseline;
        self.size < SUPERSCRIPT * glyph.size && (0.0..=0.7 * glyph.size).contains(&drop)
    }

    /// True if the piece so far is a large initial and the glyph is text beside it.
    fn is_behind_drop_cap(&self, glyph: &Glyph, text: &str) -> bool {
        let drop = glyph.baseline - self.baseline;
        let letters = || {
            let mut texts = self.glyphs.iter().map(|placed| placed.text(self.page));
            texts.all(|text| text.chars().all(|letter| letter.is_uppercase() || " “‘\"'".contains(letter)))
        };
        self.characters <= 2
            && !self.opens_with_drop_cap
            && glyph.size < BEHIND_DROP_CAP * self.size
            && (-0.85 * self.size..=0.1 * self.size).contains(&drop)
            && (glyph.blank || text.chars().all(char::is_alphabetic))
            && letters()
    }

    pub(super) fn push(&mut self, glyph: &Glyph, index: u32, text: &str) {
        if text.is_empty() {
            self.right = self.right.max(glyph.right);
            self.glyphs.push(Placed { glyph: index, raised: false });
            return;
        }
        if self.began_as_superscript(glyph) && glyph.baseline - self.baseline > 0.1 * glyph.size {
            // The first full-sized glyph shows that all before it were superscript: measure the line anew from here.
            self.glyphs.iter_mut().for_each(|placed| placed.raised = true);
            self.standing = 0;
        } else if self.is_behind_drop_cap(glyph, text) {
            // The line is that of the text beside the initial.
            if !glyph.blank {
                self.opens_with_drop_cap = true;
                self.standing = 0;
                self.left = glyph.left;
            }
            self.append(glyph, index, text, false);
            return;
        }
        let raised = self.standing > 0
            && self.is_superscript(glyph)
            && glyph.baseline - self.baseline < -0.05 * self.size;
        self.append(glyph, index, text, raised);
    }

    fn append(&mut self, glyph: &Glyph, index: u32, text: &str, raised: bool) {
        self.glyphs.push(Placed { glyph: index, raised });
        let count = text.chars().count();
        if glyph.blank {
            self.spaces += count;
            // A printed space fills its gap, so that no second space is added after it. One set far to the right is left
            // over from somewhere else and fills nothing.
            if glyph.left <= self.right + glyph.size.max(1.0) {
                self.right = self.right.max(glyph.right);
            }
            if self.right_to_left {
                self.left = self.left.min(glyph.left);
            }
            return;
        }
        self.characters += std::mem::take(&mut self.spaces) + count;
        self.right_to_left |= text.chars().any(is_right_to_left);
        self.right = self.right.max(glyph.right);
        if self.right_to_left {
            self.left = self.left.min(glyph.left);
        }
        if !raised {
            if self.standing == 0 {
                self.size = glyph.size;
                self.baseline = glyph.baseline;
            }
            self.standing += 1;
        }
    }

    /// True if this piece has the text of another and nearly its place: a shadow.
    pub(super) fn repeats(&self, other: &Self) -> bool {
        let size = self.size.max(other.size);
        let near = |distance: f32| distance.abs() < SHADOW * size;
        let texts =
            |piece: &Self| piece.glyphs.iter().map(|placed| placed.text(piece.page)).collect::<String>();
        near(self.left - other.left)
            && near(self.right - other.right)
            && near(self.baseline - other.baseline)
            && self.size.min(other.size) > 0.8 * size
            && self.standing >= 3
            && texts(self).trim() == texts(other).trim()
    }

    /// True if this piece goes on right of another on the same line.
    pub(super) fn follows(&self, before: &Self, nearest: f32) -> bool {
        let size = self.size.max(before.size);
        let gap = self.left - before.right;
        let level = (self.baseline - before.baseline).abs() <= LEVEL * size;
        level && self.size.min(before.size) > 0.6 * size && (-0.3 * size..=nearest * size).contains(&gap)
    }

    pub(super) fn append_piece(&mut self, other: Self) {
        self.glyphs.extend(other.glyphs);
        self.right = self.right.max(other.right);
        self.left = self.left.min(other.left);
        self.characters += other.characters + std::mem::take(&mut self.spaces);
        self.spaces = other.spaces;
        self.standing += other.standing;
        self.right_to_left |= other.right_to_left;
    }

    /// The line of the piece; `None` if it is blank.
    pub(super) fn line(mut self) -> Option<Line> {
        if self.right_to_left {
            let left = |placed: &Placed| placed.on(self.page).left;
            self.glyphs.sort_by(|one, other| left(one).total_cmp(&left(other)));
        }
        let (mut text, raised) = self.text();
        let length = text.trim_end().len();
        text.truncate(length);
        if text.trim().is_empty() {
            return None;
        }
        let mut look = Look::new(self.left, self.right, self.baseline, self.size);
        let standing = self.glyphs.iter().filter(|placed| !placed.raised);
        let standing = standing.map(|placed| placed.on(self.page));
        let (mut sizes, mut glyphs, mut bold, mut italic): (Vec<(f32, usize)>, _, _, _) =
            (Vec::new(), 0, 0, 0);
        for glyph in standing.filter(|glyph| !glyph.blank) {
            match sizes.iter_mut().find(|(size, _)| (*size - glyph.size).abs() < 0.1) {
                Some((_, count)) => *count += 1,
                None => sizes.push((glyph.size, 1)),
            }
            glyphs += 1;
            bold += usize::from(glyph.bold);
            italic += usize::from(glyph.italic);
        }
        look.size = sizes.iter().max_by_key(|(_, count)| *count).map_or(self.size, |(size, _)| *size);
        look.bold = 2 * bold > glyphs;
        look.italic = 2 * italic > glyphs;
        let raised = raised.into_iter().filter(|range| range.end <= length).collect();
        Some(Line { text, page: Some(self.page.number), look: Some(look), raised, hard_end: false })
    }

    /// The text, with spaces where there are gaps, and what of it is raised.
    fn text(&self) -> (String, Vec<Range<usize>>) {
        let mut text = String::with_capacity(self.glyphs.len() + 16);
        let mut raised: Vec<Range<usize>> = Vec::new();
        let mut add = |word: &str, is_raised: bool| {
            let start = text.len();
            text.push_str(word);
            if is_raised && !word.trim().is_empty() {
                match raised.last_mut() {
                    Some(last) if last.end == start => last.end = text.len(),
                    _ => raised.push(start..text.len()),
                }
            }
        };
        if self.right_to_left {
            let mut words = Vec::with_capacity(self.glyphs.len() + 16);
            self.words(|word, is_raised| words.push((word, is_raised)));
            logical_order(words).into_iter().for_each(|(word, is_raised)| add(word, is_raised));
        } else {
            self.words(add);
        }
        (text, raised)
    }

    /// Passes on the texts of the glyphs, and of the spaces that gaps stand for, with whether they are raised.
    fn words(&self, mut add: impl FnMut(&'p str, bool)) {
        let page = self.page;
        let glyphs = || self.glyphs.iter().map(|placed| (placed.on(page), placed.text(page)));
        let gap_of_words = word_gap(glyphs(), page.prints_spaces);
        let mut right = f32::INFINITY;
        let mut after_space = true;
        let mut is_number = true;
        let mut size = 0.0;
        for ((glyph, text), placed) in glyphs().zip(&self.glyphs) {
            if text.is_empty() {
                right = right.max(glyph.right);
                continue;
            }
            let gap = glyph.left - right;
            let is_wide = gap > gap_of_words * glyph.size.max(1.0);
            let behind_drop_cap = self.opens_with_drop_cap && glyph.size < BEHIND_DROP_CAP * size;
            if is_wide && !after_space && !behind_drop_cap && !text.starts_with(char::is_whitespace) {
                // A number far left of its text is a label: the tab says so.
                add(if is_number && gap > TAB * glyph.size.max(1.0) { "\t" } else { " " }, false);
            }
            add(text, placed.raised);
            is_number &= text.bytes().all(|byte| byte.is_ascii_digit());
            size = glyph.size;
            after_space = text.ends_with(char::is_whitespace);
            if right.is_infinite() {
                right = glyph.right;
            } else if !glyph.blank || glyph.left <= right + glyph.size.max(1.0) {
                right = right.max(glyph.right);
            }
        }
    }
}

impl Placed {
    fn on<'p>(&self, page: &'p Page) -> &'p Glyph {
        &page.glyphs[self.glyph as usize]
    }

    fn text<'p>(&self, page: &'p Page) -> &'p str {
        self.on(page).text(page)
    }
}
