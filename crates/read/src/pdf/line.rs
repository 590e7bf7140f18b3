//! From letters to lines.

use std::ops::Range;

use super::device::{Letter, Page};
use crate::block::{Line, Look};

/// A run of letters of one page, in the order of the content stream.
#[derive(Debug, Clone)]
pub(super) struct Piece<'p> {
    pub(super) page: &'p Page,
    pub(super) letters: Range<usize>,
}

/// A gap wider than this share of the letter size is a space, where the file prints none. Word spaces are
/// a quarter of the size and more; kerning stays under a tenth.
const SPACE: f32 = 0.18;

/// A letter smaller than this share of its line's size may be raised.
const SMALL: f32 = 0.85;

/// The lines of the pieces. Letters that overlap the line before them stay in it; a letter on another
/// baseline, or one that steps back to the left, begins a new line.
pub(super) fn lines(pieces: &[Piece<'_>]) -> Vec<Line> {
    lines_cut_at(f32::INFINITY, pieces)
}

/// The lines of the pieces, cut where a gap is so wide that a column begins behind it.
pub(super) fn cells(pieces: &[Piece<'_>]) -> Vec<Line> {
    lines_cut_at(COLUMN, pieces)
}

/// A gap wider than this many letter sizes parts two columns.
const COLUMN: f32 = 1.6;

/// The longest text, in characters, that stands before a gap as a label and not as a column: `12.`, `•`.
const LONGEST_LABEL: usize = 4;

fn lines_cut_at(widest_gap: f32, pieces: &[Piece<'_>]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut open: Option<OpenLine> = None;
    for piece in pieces {
        if open.as_ref().is_some_and(|line| line.page != piece.page.number) {
            finish(open.take(), &mut lines);
        }
        for letter in piece.page.letters.get(piece.letters.clone()).unwrap_or_default() {
            let text = letter.text(piece.page);
            if let Some(line) = open.as_mut()
                && line.takes(letter, text)
                && !line.ends_before(letter, text, widest_gap)
            {
                line.push(letter, text);
                continue;
            }
            // White space begins no line: producers leave spaces anywhere.
            if !letter.is_space(piece.page) {
                finish(open.take(), &mut lines);
                open = Some(OpenLine::new(letter, text, piece.page.number));
            }
        }
    }
    finish(open, &mut lines);
    lines
}

fn finish(line: Option<OpenLine>, lines: &mut Vec<Line>) {
    lines.extend(line.and_then(OpenLine::close));
}

/// A line to which letters are still added.
struct OpenLine {
    page: u32,
    text: String,
    raised: Vec<Range<usize>>,
    left: f32,
    right: f32,
    baseline: f32,
    /// The size of the letters that set the baseline.
    size: f32,
    /// How many letters there are of each size.
    sizes: Vec<(f32, usize)>,
    /// The last letter that was taken.
    last: Letter,
    /// How many letters are neither space nor raised, and how many of them are bold and italic.
    letters: usize,
    bold: usize,
    italic: usize,
}

impl OpenLine {
    fn new(letter: &Letter, text: &str, page: u32) -> Self {
        let mut line = Self {
            page,
            text: String::new(),
            raised: Vec::new(),
            left: letter.left,
            right: letter.left,
            baseline: letter.baseline,
            size: letter.size,
            sizes: Vec::new(),
            last: *letter,
            letters: 0,
            bold: 0,
            italic: 0,
        };
        line.add(letter, text, false);
        line
    }

    /// True if the letter stands on this line.
    fn takes(&self, letter: &Letter, text: &str) -> bool {
        if text.is_empty() {
            return true;
        }
        let steps_back = letter.left < self.right - 1.5 * self.size.max(letter.size);
        // A size of nothing would make every distance large.
        let size = self.size.max(letter.size).max(1.0);
        let fall = letter.baseline - self.baseline;
        let level = fall.abs() <= 0.25 * size;
        (level || self.raises(letter) || self.was_raised(letter)) && !steps_back
    }

    /// True if the gap before the letter is wider than so many letter sizes, and no label stands before it.
    fn ends_before(&self, letter: &Letter, text: &str, widest_gap: f32) -> bool {
        let wide = letter.left - self.right > widest_gap * self.size.max(letter.size);
        wide && !text.trim().is_empty() && self.text.trim().chars().count() > LONGEST_LABEL
    }

    /// True if the letter is a raised one behind full-sized ones.
    fn raises(&self, letter: &Letter) -> bool {
        let fall = letter.baseline - self.baseline;
        letter.size < SMALL * self.size && (-0.7 * self.size..=0.1 * self.size).contains(&fall)
    }

    /// True if all the letters so far are small, and this one shows them to have been raised.
    fn was_raised(&self, letter: &Letter) -> bool {
        let fall = letter.baseline - self.baseline;
        self.size < SMALL * letter.size && (0.0..=0.7 * letter.size).contains(&fall)
    }

    fn push(&mut self, letter: &Letter, text: &str) {
        if text.is_empty() {
            self.right = self.right.max(letter.right);
            return;
        }
        // Bold made by printing twice: the second letter stands on the first.
        let apart = (letter.left - self.last.left).abs();
        let same_place = apart < 0.05 * letter.size && (letter.baseline - self.last.baseline).abs() < 0.5;
        if same_place && self.text.ends_with(text) && !text.trim().is_empty() {
            return;
        }
        if self.was_raised(letter) && letter.baseline - self.baseline > 0.1 * letter.size {
            // Only now is it seen that the line began with raised letters.
            self.raised.clear();
            self.raised.push(0..self.text.len());
            self.baseline = letter.baseline;
            self.size = letter.size;
            self.letters = 0;
            self.bold = 0;
            self.italic = 0;
            self.sizes.clear();
            self.add(letter, text, false);
            return;
        }
        let raised = self.raises(letter) && letter.baseline - self.baseline < -0.05 * self.size;
        self.add(letter, text, raised);
    }

    fn add(&mut self, letter: &Letter, text: &str, raised: bool) {
        let gap = letter.left - self.right;
        let size = letter.size.max(1.0);
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
            self.right = self.right.max(letter.right);
            if !raised {
                if self.letters == 0 {
                    self.size = letter.size;
                    self.baseline = letter.baseline;
                }
                self.letters += 1;
                match self.sizes.iter_mut().find(|(size, _)| (*size - letter.size).abs() < 0.1) {
                    Some((_, count)) => *count += 1,
                    None => self.sizes.push((letter.size, 1)),
                }
                self.bold += usize::from(letter.bold);
                self.italic += usize::from(letter.italic);
            }
        } else if letter.left <= self.right + size {
            // A space's width counts as printed, so that no second one is put after it.
            self.right = self.right.max(letter.right);
        }
        self.last = *letter;
    }

    fn close(self) -> Option<Line> {
        let length = self.text.trim_end().len();
        let mut text = self.text;
        text.truncate(length);
        if text.trim().is_empty() {
            return None;
        }
        let most = self.sizes.iter().max_by_key(|(_, count)| *count).map_or(self.size, |(size, _)| *size);
        let mut look = Look::new(self.left, self.right, self.baseline, most);
        look.bold = 2 * self.bold > self.letters;
        look.italic = 2 * self.italic > self.letters;
        let raised = self.raised.into_iter().filter(|range| range.end <= length).collect();
        Some(Line { text, page: Some(self.page), look: Some(look), raised, hard_end: false })
    }
}
