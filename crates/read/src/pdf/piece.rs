//! From glyphs to pieces of lines.
//!
//! A content stream sets glyphs at positions and says nothing of words, lines or columns (ISO 32000-2, 9.4), so all
//! three are inferred from positions. Glyphs are taken in stream order, which is reading order within a line in most
//! producers; a glyph on another baseline or a step back to the left begins a new piece. Pieces of one line that were
//! drawn apart, or backwards, are joined by position. All thresholds are shares of the glyph size, so that they hold for
//! a heading and for a footnote alike.

use std::ops::Range;

use super::direction::{is_right_to_left, logical_order};
use super::glyphs::{Glyph, Page};
use super::line::Run;
use super::spacing::word_gap;
use super::turn::Turn;
use crate::block::{Line, Look};

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
    page: &'p Page,
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
    goes_on: bool,
}

/// A glyph of a piece.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    /// Index into [`Page::glyphs`].
    glyph: u32,
    raised: bool,
}

/// The pieces of the runs in the order of the content stream, cut at gaps wider than `widest_gap` glyph sizes. Pieces
/// that were drawn apart and are no further from each other than `nearest` glyph sizes are one.
pub(super) fn pieces<'p>(widest_gap: f32, nearest: f32, runs: &[Run<'p>]) -> Vec<Piece<'p>> {
    let mut pieces: Vec<Piece<'p>> = Vec::new();
    let mut open: Option<Piece<'p>> = None;
    for run in runs {
        if open.as_ref().is_some_and(|piece| piece.page.number != run.page.number) {
            pieces.extend(open.take());
        }
        for (glyph, index) in run.glyphs().iter().zip(run.glyphs.start..) {
            let Ok(index) = u32::try_from(index) else { break };
            let text = glyph.text(run.page);
            let mut goes_on = false;
            if let Some(piece) = open.as_mut()
                && piece.accepts(glyph, text)
                && !piece.ends_before(glyph, text, widest_gap)
            {
                // Behind a gap wider than that of words there may be words that are drawn later.
                goes_on = piece.is_level(glyph) && piece.ends_before(glyph, text, nearest.min(FINE));
                if !goes_on {
                    piece.push(glyph, index, text);
                    continue;
                }
            }
            // A space never begins a line: producers leave spaces anywhere on the page.
            if !glyph.is_space(run.page) {
                pieces.extend(open.take());
                open = Some(Piece { goes_on, ..Piece::new(run.page, glyph, index, text) });
            }
        }
    }
    pieces.extend(open);
    if widest_gap.is_finite() {
        part_columns(&mut pieces);
    }
    join_apart(pieces, nearest)
}

/// Parts columns that stand close: the right parts of at least [`LEAST_ROWS`] lines begin at one place.
fn part_columns(pieces: &mut [Piece<'_>]) {
    let mut edges: Vec<f32> = pieces.iter().filter(|piece| piece.goes_on).map(|piece| piece.left).collect();
    edges.sort_by(f32::total_cmp);
    for piece in pieces.iter_mut().filter(|piece| piece.goes_on) {
        let first = edges.partition_point(|edge| *edge < piece.left - SAME_EDGE);
        let behind = edges.partition_point(|edge| *edge <= piece.left + SAME_EDGE);
        piece.goes_on = behind - first < LEAST_ROWS;
    }
}

/// Lines whose right parts begin at one place, of which so many make a column.
const LEAST_ROWS: usize = 3;

/// Left edges that differ by no more than this, in points, are one.
const SAME_EDGE: f32 = 1.0;

/// Pieces are cut at gaps of this many type sizes, until it is known what else stands on their line.
const FINE: f32 = 0.8;

/// Joins pieces that stand on one line beside each other, and drops those that repeat another in nearly its place.
fn join_apart(pieces: Vec<Piece<'_>>, nearest: f32) -> Vec<Piece<'_>> {
    let mut order: Vec<usize> = (0..pieces.len()).collect();
    let key = |at: &usize| {
        let piece = &pieces[*at];
        (piece.page.number, piece.turn as u8, piece.baseline, piece.left)
    };
    let less = |one: &usize, other: &usize| {
        let (one, other) = (key(one), key(other));
        (one.0, one.1)
            .cmp(&(other.0, other.1))
            .then(one.2.total_cmp(&other.2))
            .then(one.3.total_cmp(&other.3))
    };
    order.sort_by(less);
    // For each piece the one that it becomes part of.
    let mut joins: Vec<Option<usize>> = vec![None; pieces.len()];
    let mut repeats = vec![false; pieces.len()];
    let mut any = false;
    let mut start = 0;
    while start < order.len() {
        let first = &pieces[order[start]];
        let level = |at: &&usize| {
            let piece = &pieces[**at];
            piece.page.number == first.page.number
                && piece.turn == first.turn
                && piece.baseline - first.baseline <= LEVEL * first.size.min(piece.size)
        };
        let end = start + order[start..].iter().take_while(level).count().max(1);
        if end - start > 1 {
            let mut row: Vec<usize> = order[start..end].to_vec();
            row.sort_by(|one, other| pieces[*one].left.total_cmp(&pieces[*other].left).then(one.cmp(other)));
            let mut right_of = row[0];
            for at in row.into_iter().skip(1) {
                let (before, piece) = (&pieces[right_of], &pieces[at]);
                if piece.repeats(before) {
                    repeats[at.max(right_of)] = true;
                    right_of = at.min(right_of);
                    any = true;
                    continue;
                }
                if piece.follows(before, nearest)
                    || (piece.goes_on && at == right_of + 1 && piece.left >= before.right)
                {
                    joins[at] = Some(right_of);
                    any = true;
                }
                if before.right < piece.right {
                    right_of = at;
                }
            }
        }
        start = end;
    }
    if any { joined(pieces, &joins, &repeats, &order) } else { pieces }
}

/// Baselines of one line differ by no more than this share of the size.
const LEVEL: f32 = 0.25;

/// The pieces once those of one line are joined: each line where its first piece was drawn. `joins` names for each piece
/// the one that stands before it on its line; those that repeat another are left out.
fn joined<'p>(
    pieces: Vec<Piece<'p>>,
    joins: &[Option<usize>],
    repeats: &[bool],
    order: &[usize],
) -> Vec<Piece<'p>> {
    let mut next: Vec<Option<usize>> = vec![None; pieces.len()];
    for (at, before) in joins.iter().enumerate() {
        if let Some(before) = before {
            // A gap is filled once.
            if next[*before].is_none() && !repeats[at] {
                next[*before] = Some(at);
            }
        }
    }
    let mut pieces: Vec<Option<Piece<'p>>> = pieces.into_iter().map(Some).collect();
    let mut placed: Vec<(usize, Piece<'p>)> = Vec::with_capacity(pieces.len());
    let is_next = |at: usize| joins[at].is_some_and(|before| next[before] == Some(at));
    for &head in order.iter().filter(|at| !repeats[**at] && !is_next(**at)) {
        let Some(mut piece) = pieces[head].take() else { continue };
        let (mut at, mut drawn) = (next[head], head);
        while let Some(other) = at {
            at = next[other];
            drawn = drawn.min(other);
            if let Some(other) = pieces[other].take() {
                piece.append_piece(other);
            }
        }
        placed.push((drawn, piece));
    }
    placed.sort_by_key(|(drawn, _)| *drawn);
    placed.into_iter().map(|(_, piece)| piece).collect()
}

impl<'p> Piece<'p> {
    fn new(page: &'p Page, glyph: &Glyph, index: u32, text: &str) -> Self {
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
    fn accepts(&self, glyph: &Glyph, text: &str) -> bool {
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
    fn is_level(&self, glyph: &Glyph) -> bool {
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
    fn ends_before(&self, glyph: &Glyph, text: &str, widest_gap: f32) -> bool {
        let wide = glyph.left - self.right > widest_gap * self.size.max(glyph.size);
        wide && !text.trim().is_empty() && !self.is_label()
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
            && (text.trim().is_empty() || text.chars().all(char::is_alphabetic))
            && letters()
    }

    fn push(&mut self, glyph: &Glyph, index: u32, text: &str) {
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
            if !text.trim().is_empty() {
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
        if text.trim().is_empty() {
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
    fn repeats(&self, other: &Self) -> bool {
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
    fn follows(&self, before: &Self, nearest: f32) -> bool {
        let size = self.size.max(before.size);
        let gap = self.left - before.right;
        let level = (self.baseline - before.baseline).abs() <= LEVEL * size;
        level && self.size.min(before.size) > 0.6 * size && (-0.3 * size..=nearest * size).contains(&gap)
    }

    fn append_piece(&mut self, other: Self) {
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
        let standing = standing.map(|placed| (placed.on(self.page), placed.text(self.page)));
        let (mut sizes, mut glyphs, mut bold, mut italic): (Vec<(f32, usize)>, _, _, _) =
            (Vec::new(), 0, 0, 0);
        for (glyph, text) in standing {
            if text.trim().is_empty() {
                continue;
            }
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
            } else if !text.trim().is_empty() || glyph.left <= right + glyph.size.max(1.0) {
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
