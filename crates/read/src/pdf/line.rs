//! From glyphs to lines of text.
//!
//! A content stream sets glyphs at positions and says nothing of words, lines or columns (ISO 32000-2, 9.4), so all
//! three are inferred from positions. Glyphs are taken in stream order, which is reading order within a line in every
//! producer seen; a glyph on another baseline or a step back to the left begins a new line. All thresholds are shares
//! of the glyph size, so that they hold for a heading and for a footnote alike.

use std::ops::Range;

use super::glyphs::{Glyph, Page};
use crate::block::{Line, Look};

/// Consecutive glyphs of one page, in the order of the content stream.
#[derive(Debug, Clone)]
pub(super) struct Run<'p> {
    pub(super) page: &'p Page,
    /// Indices into [`Page::glyphs`].
    pub(super) glyphs: Range<usize>,
}

/// A gap wider than this share of the glyph size becomes a space, where the file prints none. Word spaces take a
/// quarter of the size and more; kerning stays under a tenth.
const SPACE: f32 = 0.18;

/// A glyph smaller than this share of its line's size may be superscript.
const SUPERSCRIPT: f32 = 0.85;

/// A gap wider than this many glyph sizes separates two columns.
const COLUMN_GAP: f32 = 1.6;

/// The longest text, in characters, taken for a label before a gap and not for a column: `12.`, `•`.
const LONGEST_LABEL: usize = 4;

/// The lines of the runs, each as wide as its baseline goes.
pub(super) fn lines(runs: &[Run<'_>]) -> Vec<Line> {
    lines_cut_at(f32::INFINITY, runs)
}

/// The lines of the runs, cut at gaps between columns.
pub(super) fn cells(runs: &[Run<'_>]) -> Vec<Line> {
    lines_cut_at(COLUMN_GAP, runs)
}

/// How a line of a PDF page looks: every line made here has a look.
pub(super) fn look(line: &Line) -> Look {
    debug_assert!(line.look.is_some(), "a line of a PDF page without a look");
    line.look.unwrap_or(Look::new(0.0, 0.0, 0.0, 0.0))
}

fn lines_cut_at(widest_gap: f32, runs: &[Run<'_>]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Option<LineBuilder> = None;
    for run in runs {
        if open.as_ref().is_some_and(|line| line.page != run.page.number) {
            finish(open.take(), &mut lines);
        }
        for glyph in run.glyphs() {
            let text = glyph.text(run.page);
            if let Some(line) = open.as_mut()
                && line.accepts(glyph, text)
                && !line.ends_before(glyph, text, widest_gap)
            {
                line.push(glyph, text);
                continue;
            }
            // A space never begins a line: producers leave spaces anywhere on the page.
            if !glyph.is_space(run.page) {
                finish(open.take(), &mut lines);
                open = Some(LineBuilder::new(glyph, text, run.page.number));
            }
        }
    }
    finish(open, &mut lines);
    lines
}

fn finish(line: Option<LineBuilder>, lines: &mut Vec<Line>) {
    lines.extend(line.and_then(LineBuilder::finish));
}

impl<'p> Run<'p> {
    /// The glyphs of the run.
    pub(super) fn glyphs(&self) -> &'p [Glyph] {
        debug_assert!(self.glyphs.end <= self.page.glyphs.len(), "a run past the end of its page");
        self.page.glyphs.get(self.glyphs.clone()).unwrap_or_default()
    }
}

/// A line that still takes glyphs.
struct LineBuilder {
    page: u32,
    text: String,
    raised: Vec<Range<usize>>,
    left: f32,
    right: f32,
    baseline: f32,
    /// The size of the glyphs that stand on the baseline.
    size: f32,
    /// The number of glyphs of each size.
    sizes: Vec<(f32, usize)>,
    /// Glyphs that are neither space nor superscript, and how many of them are bold and italic.
    glyphs: usize,
    bold: usize,
    italic: usize,
}

impl LineBuilder {
    fn new(glyph: &Glyph, text: &str, page: u32) -> Self {
        let mut line = Self {
            page,
            text: String::new(),
            raised: Vec::new(),
            left: glyph.left,
            right: glyph.left,
            baseline: glyph.baseline,
            size: glyph.size,
            sizes: Vec::new(),
            glyphs: 0,
            bold: 0,
            italic: 0,
        };
        line.append(glyph, text, false);
        line
    }

    /// True if the glyph belongs to this line: on its baseline or superscript, and not back to the left.
    fn accepts(&self, glyph: &Glyph, text: &str) -> bool {
        if text.is_empty() {
            return true;
        }
        let steps_back = glyph.left < self.right - 1.5 * self.size.max(glyph.size);
        // At least one point: relative to a glyph of size 0 every distance would be large.
        let size = self.size.max(glyph.size).max(1.0);
        let drop = glyph.baseline - self.baseline;
        let level = drop.abs() <= 0.25 * size;
        (level || self.is_superscript(glyph) || self.began_as_superscript(glyph)) && !steps_back
    }

    /// True if a gap of more than `widest_gap` glyph sizes comes before the glyph, and more than a label before it.
    fn ends_before(&self, glyph: &Glyph, text: &str, widest_gap: f32) -> bool {
        let wide = glyph.left - self.right > widest_gap * self.size.max(glyph.size);
        wide && !text.trim().is_empty() && self.text.trim().chars().count() > LONGEST_LABEL
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

    fn push(&mut self, glyph: &Glyph, text: &str) {
        if text.is_empty() {
            self.right = self.right.max(glyph.right);
            return;
        }
        if self.began_as_superscript(glyph) && glyph.baseline - self.baseline > 0.1 * glyph.size {
            // The first full-sized glyph shows that all before it were superscript: measure the line anew from here.
            self.raised.clear();
            self.raised.push(0..self.text.len());
            self.baseline = glyph.baseline;
            self.size = glyph.size;
            self.glyphs = 0;
            self.bold = 0;
            self.italic = 0;
            self.sizes.clear();
            self.append(glyph, text, false);
            return;
        }
        let raised = self.is_superscript(glyph) && glyph.baseline - self.baseline < -0.05 * self.size;
        self.append(glyph, text, raised);
    }

    fn append(&mut self, glyph: &Glyph, text: &str, raised: bool) {
        let gap = glyph.left - self.right;
        let size = glyph.size.max(1.0);
        let spaced = self.text.ends_with(char::is_whitespace) || text.starts_with(char::is_whitespace);
        if gap > SPACE * size && !spaced && !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(text);
        if raised && !text.trim().is_empty() {
            match self.raised.last_mut() {
                Some(last) if last.end == start => last.end = self.text.len(),
                _ => self.raised.push(start..self.text.len()),
            }
        }
        if !text.trim().is_empty() {
            self.right = self.right.max(glyph.right);
            if !raised {
                if self.glyphs == 0 {
                    self.size = glyph.size;
                    self.baseline = glyph.baseline;
                }
                self.glyphs += 1;
                match self.sizes.iter_mut().find(|(size, _)| (*size - glyph.size).abs() < 0.1) {
                    Some((_, count)) => *count += 1,
                    None => self.sizes.push((glyph.size, 1)),
                }
                self.bold += usize::from(glyph.bold);
                self.italic += usize::from(glyph.italic);
            }
        } else if glyph.left <= self.right + size {
            // A printed space fills its gap, so that no second space is added after it. One set far to the right is
            // left over from somewhere else and fills nothing.
            self.right = self.right.max(glyph.right);
        }
    }

    fn finish(self) -> Option<Line> {
        let length = self.text.trim_end().len();
        let mut text = self.text;
        text.truncate(length);
        if text.trim().is_empty() {
            return None;
        }
        let most = self.sizes.iter().max_by_key(|(_, count)| *count).map_or(self.size, |(size, _)| *size);
        let mut look = Look::new(self.left, self.right, self.baseline, most);
        look.bold = 2 * self.bold > self.glyphs;
        look.italic = 2 * self.italic > self.glyphs;
        let raised = self.raised.into_iter().filter(|range| range.end <= length).collect();
        Some(Line { text, page: Some(self.page), look: Some(look), raised, hard_end: false })
    }
}
