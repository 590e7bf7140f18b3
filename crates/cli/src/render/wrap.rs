//! Text in lines, its matches marked.

use std::ops::Range;

use crate::render::columns::columns;
use crate::render::paint::Paint;
use crate::render::safe;

/// Breaks text into lines of at most `width` columns, at spaces. `matches` are byte ranges of the text, in order.
/// The text is made safe to show. A word wider than the line stands on a line of its own, and is not broken.
pub(crate) fn wrap(text: &str, matches: &[Range<usize>], width: usize, paint: Paint) -> Vec<String> {
    let mut lines = Lines { width, paint, done: Vec::new(), line: String::new(), used: 0, inside: false };
    for word in words(text, &merged(matches), paint) {
        lines.push(word);
    }
    lines.finish()
}

/// A run of letters without a space, as it is shown.
#[derive(Debug, Default)]
struct Word {
    shown: String,
    columns: usize,
    /// True if a match goes on after the word.
    inside: bool,
}

fn words(text: &str, matches: &[Range<usize>], paint: Paint) -> Vec<Word> {
    let (open, close) = (paint.open(), paint.close());
    let mut words = Vec::new();
    let mut word = Word::default();
    // What of the word has not been measured yet: letters are measured together, for accents.
    let mut letters = String::new();
    let mut matches = matches.iter().peekable();
    let mut inside = false;
    for (at, letter) in text.char_indices() {
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
            word.take(&mut letters);
            word.shown.push_str(&mark.text);
            word.columns += mark.columns;
        }
        if is_break(letter) {
            word.take(&mut letters);
            word.inside = inside;
            words.push(std::mem::take(&mut word));
        } else if paint.is_mark(letter) {
            safe::push_escaped(letter, &mut letters);
        } else {
            safe::push(letter, &mut letters);
        }
    }
    word.take(&mut letters);
    if inside {
        word.shown.push_str(&close.text);
        word.columns += close.columns;
    }
    words.push(word);
    words.retain(|word| !word.shown.is_empty());
    words
}

impl Word {
    fn take(&mut self, letters: &mut String) {
        self.columns += columns(letters);
        self.shown.push_str(letters);
        letters.clear();
    }
}

/// A place where a line may end. Not the no-break spaces.
fn is_break(letter: char) -> bool {
    letter.is_whitespace()
        && !matches!(letter, '\u{a0}' | '\u{2007}' | '\u{202f}')
        && (letter == '\t' || !safe::is_harmful(letter))
}

/// Matches that overlap become one.
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

struct Lines {
    width: usize,
    paint: Paint,
    done: Vec<String>,
    line: String,
    used: usize,
    inside: bool,
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
        self.inside = word.inside;
    }

    fn end_line(&mut self) {
        let goes_on = self.inside && self.paint.ends_with_line();
        if goes_on {
            self.line.push_str(&self.paint.close().text);
        }
        self.done.push(std::mem::take(&mut self.line));
        self.used = 0;
        if goes_on {
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
    fn a_mark_in_the_text_is_told_from_a_mark_of_ours() {
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
