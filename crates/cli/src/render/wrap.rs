//! Breaks text into lines, with its matches marked.

use std::ops::Range;

use quotable_export::escape;

use crate::render::paint::Paint;
use crate::render::width::columns;

/// Breaks text into lines of at most `width` columns, at spaces. `matches` are byte ranges of the text, in order. The
/// text is escaped. A word wider than a line gets a line of its own, unbroken.
pub(crate) fn wrap(text: &str, matches: &[Range<usize>], width: usize, paint: Paint) -> Vec<String> {
    let mut lines =
        Lines { width, paint, done: Vec::new(), line: String::new(), used: 0, is_in_match: false };
    for word in words(text, &merged(matches), paint) {
        lines.push(word);
    }
    lines.finish()
}

/// A run of characters without a space, escaped and with its marks.
#[derive(Debug, Default)]
struct Word {
    shown: String,
    columns: usize,
    /// True if a match goes on after the word.
    is_in_match: bool,
}

fn words(text: &str, matches: &[Range<usize>], paint: Paint) -> Vec<Word> {
    let (open, close) = (paint.open(), paint.close());
    let mut words = Vec::new();
    let mut word = Word::default();
    // Characters of the word not measured yet: an accent has no width apart from its letter.
    let mut pending = String::new();
    let mut matches = matches.iter().peekable();
    let mut inside = false;
    for (at, character) in text.char_indices() {
        while let Some(found) = matches.peek() {
            let mark = if inside && found.end <= at {
                matches.next();
                inside = false;
                &close
            } else if !inside && found.start <= at {
                inside = true;
                &open
            } else {
                break;
            };
            word.append(&mut pending);
            word.shown.push_str(&mark.text);
            word.columns += mark.columns;
        }
        if is_break(character) {
            word.append(&mut pending);
            word.is_in_match = inside;
            words.push(std::mem::take(&mut word));
        } else if paint.is_mark(character) {
            escape::push_code(character, &mut pending);
        } else {
            escape::push(character, &mut pending);
        }
    }
    word.append(&mut pending);
    if inside {
        word.shown.push_str(&close.text);
        word.columns += close.columns;
    }
    words.push(word);
    words.retain(|word| !word.shown.is_empty());
    words
}

impl Word {
    fn append(&mut self, pending: &mut String) {
        self.columns += columns(pending);
        self.shown.push_str(pending);
        pending.clear();
    }
}

/// True for a character at which a line may end: spaces, but not no-break spaces.
fn is_break(character: char) -> bool {
    character.is_whitespace()
        && !matches!(character, '\u{a0}' | '\u{2007}' | '\u{202f}')
        && (character == '\t' || !escape::is_harmful(character))
}

/// Joins matches that overlap.
fn merged(matches: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(matches.len());
    for found in matches.iter().filter(|found| !found.is_empty()) {
        match merged.last_mut() {
            Some(last) if found.start < last.end => last.end = last.end.max(found.end),
            _ => merged.push(found.clone()),
        }
    }
    merged
}

/// Fills lines with words.
struct Lines {
    width: usize,
    paint: Paint,
    done: Vec<String>,
    line: String,
    used: usize,
    is_in_match: bool,
}

impl Lines {
    fn push(&mut self, word: Word) {
        if !self.line.is_empty() {
            if self.used + 1 + word.columns > self.width {
                self.end_line();
            } else {
                self.line.push(' ');
                self.used += 1;
            }
        }
        self.line.push_str(&word.shown);
        self.used += word.columns;
        self.is_in_match = word.is_in_match;
    }

    fn end_line(&mut self) {
        let is_open = self.is_in_match && self.paint.ends_with_line();
        if is_open {
            self.line.push_str(&self.paint.close().text);
        }
        self.done.push(std::mem::take(&mut self.line));
        self.used = 0;
        if is_open {
            self.line.push_str(&self.paint.open().text);
        }
    }

    fn finish(mut self) -> Vec<String> {
        if !self.line.is_empty() {
            self.done.push(self.line);
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEAVERS: Range<usize> = 9..21;
    const TEXT: &str = "Too many care leavers wait for homes.";

    fn plain(matches: &[Range<usize>], width: usize) -> Vec<String> {
        wrap(TEXT, matches, width, Paint::new(false))
    }

    #[test]
    fn a_match_is_marked_from_its_first_word_to_its_last() {
        assert_eq!(plain(&[LEAVERS], 80), ["Too many «care leavers» wait for homes."]);
        assert_eq!(plain(&[LEAVERS], 16), ["Too many «care", "leavers» wait", "for homes."]);
        assert_eq!(plain(&[0..3, 31..37], 80), ["«Too» many care leavers wait for «homes.»"]);
    }

    #[test]
    fn colour_ends_with_its_line() {
        let lines = wrap(TEXT, &[LEAVERS], 14, Paint::new(true));
        let (on, off) = ("\x1b[1m\x1b[31m", "\x1b[0m");
        assert_eq!(lines[0], format!("Too many {on}care{off}"));
        assert_eq!(lines[1], format!("{on}leavers{off} wait"));
    }

    #[test]
    fn overlapping_matches_are_one() {
        assert_eq!(plain(&[4..13, LEAVERS], 80), ["Too «many care leavers» wait for homes."]);
    }

    #[test]
    fn marks_in_the_text_are_escaped() {
        let paint = Paint::new(false);
        assert_eq!(
            wrap("care leavers wait «b»", &[0..4, 5..12], 80, paint),
            ["«care» «leavers» wait \\u{ab}b\\u{bb}"]
        );
        assert_eq!(wrap("a\x1b[31m\nb", &[], 80, paint), ["a\\u{1b}[31m\\u{a}b"]);
    }

    #[test]
    fn lines_keep_to_their_width() {
        for width in 8..40 {
            let lines = plain(&[LEAVERS], width);
            assert!(lines.iter().all(|line| columns(line) <= width), "{width}: {lines:?}");
            assert_eq!(lines.join(" "), "Too many «care leavers» wait for homes.");
        }
    }
}
