//! From lines to running text.

use std::collections::HashSet;

use quotable_read::Line;

use crate::Pages;

/// The words of a document: they tell whether a hyphen at a line's end belongs to the word.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    words: HashSet<String>,
}

impl Vocabulary {
    /// Takes note of the words of a line, except the last, which the line's end may have cut, and the first,
    /// which may be the other half.
    pub(crate) fn add(&mut self, text: &str) {
        let words: Vec<&str> = text.split_whitespace().collect();
        for word in words.iter().skip(1).take(words.len().saturating_sub(2)) {
            let word = bare(word);
            if word.len() > 3 {
                self.words.insert(word.to_lowercase());
            }
        }
    }

    /// True if the hyphen at a line's end is the typesetter's and not the author's.
    ///
    /// In this field 94 of 100 such hyphens are the author's (`decision-making`): one goes only if the document
    /// itself knows the joined word and not the compound.
    fn drops_hyphen(&self, before: &str, after: &str) -> bool {
        let (before, after) = (bare(before.trim_end_matches('-')), bare(after));
        let joined = format!("{before}{after}").to_lowercase();
        let compound = format!("{before}-{after}").to_lowercase();
        self.words.contains(&joined) && !self.words.contains(&compound)
    }
}

/// Words longer than this, in bytes, are none: hyphens may join lines without end.
const LONGEST_WORD: usize = 256;

/// The last word of a text, or the end of it.
fn last_word(text: &str) -> &str {
    let tail = &text[text.ceil_char_boundary(text.len().saturating_sub(LONGEST_WORD))..];
    tail.rsplit(' ').next().unwrap_or_default()
}

/// A word without the punctuation around it.
fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// Text that grows line by line, and knows the page of every byte.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flow {
    pub(crate) text: String,
    pub(crate) pages: Pages,
}

impl Flow {
    /// Adds lines: a space for each line's end, none behind a hyphen; white space made single, soft hyphens
    /// and marks of footnotes left out.
    pub(crate) fn push_lines(&mut self, lines: &[Line], vocabulary: &Vocabulary) {
        for line in lines {
            let text = cleaned(line);
            self.push(&text, line.page, vocabulary);
        }
    }

    /// Adds one line's cleaned text.
    pub(crate) fn push(&mut self, text: &str, page: Option<u32>, vocabulary: &Vocabulary) {
        if text.is_empty() {
            return;
        }
        let last = last_word(&self.text);
        let first = text.split(' ').next().unwrap_or_default();
        let mut after_letters = last.chars().rev();
        let hyphen = matches!(after_letters.next(), Some('-'))
            && after_letters.next().is_some_and(char::is_alphanumeric)
            && first.chars().next().is_some_and(char::is_alphanumeric);
        let soft = last.ends_with(SOFT_HYPHEN);
        if soft || (hyphen && vocabulary.drops_hyphen(last, first)) {
            self.text.pop();
        } else if !hyphen && !self.text.is_empty() {
            self.text.push(' ');
        }
        if let Some(page) = page {
            self.pages.turn(self.text.len(), page);
        }
        self.text.push_str(text);
    }

    /// Adds a flow that goes on with this one on another page.
    pub(crate) fn append(&mut self, other: &Self, vocabulary: &Vocabulary) {
        let starts: Vec<(usize, u32)> = other.pages.starts().collect();
        let mut parts: Vec<(usize, Option<u32>)> =
            starts.iter().map(|&(start, page)| (start, Some(page))).collect();
        if parts.is_empty() {
            parts.push((0, None));
        }
        for (index, &(start, page)) in parts.iter().enumerate() {
            let end = parts.get(index + 1).map_or(other.text.len(), |&(next, _)| next);
            self.push(other.text[start..end].trim(), page, vocabulary);
        }
    }

    /// Takes away the first bytes and the white space behind them.
    pub(crate) fn cut_front(&mut self, bytes: usize) {
        let rest = self.text[bytes..].trim_start();
        let cut = self.text.len() - rest.len();
        self.text = rest.to_owned();
        self.pages = self.pages.without_front(cut);
    }

    /// Takes the soft hyphen from the end, if there is one: nothing follows it any more.
    pub(crate) fn close(&mut self) {
        while self.text.ends_with([SOFT_HYPHEN, ' ']) {
            self.text.pop();
        }
    }
}

const SOFT_HYPHEN: char = '\u{AD}';

/// The text of a line with single spaces, hyphens that are plain, no control characters, and no marks of
/// footnotes.
pub(crate) fn cleaned(line: &Line) -> String {
    let mut text = String::with_capacity(line.text.len());
    let mut marks = line.raised.iter().filter(|range| is_mark(&line.text, range.start, range.end)).peekable();
    let mut space = false;
    for (at, letter) in line.text.char_indices() {
        while marks.peek().is_some_and(|mark| mark.end <= at) {
            marks.next();
        }
        if marks.peek().is_some_and(|mark| mark.start <= at) {
            continue;
        }
        let letter = match letter {
            // A no-break hyphen is a hyphen that happens not to break.
            '\u{2011}' => '-',
            '\u{200B}' | '\u{FEFF}' | '\u{2060}' => continue,
            other => other,
        };
        if letter.is_whitespace() || letter.is_control() {
            space = true;
            continue;
        }
        if space && !text.is_empty() {
            text.push(' ');
        }
        space = false;
        // A soft hyphen says where a word may break; within a line it did not.
        if text.ends_with(SOFT_HYPHEN) {
            text.pop();
        }
        text.push(letter);
    }
    text
}

/// True if a raised run is the mark of a footnote and not part of a word (`21st`).
///
/// Raised digits are marks wherever they stand, behind other digits too (`in 2013¹`): this field prints no powers.
fn is_mark(text: &str, start: usize, end: usize) -> bool {
    let run = text.get(start..end).unwrap_or_default();
    !run.is_empty()
        && run.chars().all(|letter| letter.is_ascii_digit() || "*†‡§,¹²³⁴⁵⁶⁷⁸⁹⁰ ".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &[&str], known: &str) -> String {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add(known);
        let lines: Vec<Line> = lines.iter().map(|line| Line::plain(*line)).collect();
        let mut flow = Flow::default();
        flow.push_lines(&lines, &vocabulary);
        flow.close();
        flow.text
    }

    #[test]
    fn a_line_end_is_a_space_and_a_hyphen_stays() {
        assert_eq!(joined(&["their decision-", "making is", "slow"], ""), "their decision-making is slow");
        assert_eq!(joined(&["plans –", "all of them"], ""), "plans – all of them");
    }

    #[test]
    fn a_hyphen_goes_where_only_the_joined_word_is_known() {
        assert_eq!(
            joined(&["the safe-", "guarding board"], "of safeguarding work done"),
            "the safeguarding board"
        );
        assert_eq!(joined(&["on well-", "being"], "of wellbeing and well-being now"), "on well-being");
        assert_eq!(joined(&["un\u{AD}", "allocated"], ""), "unallocated");
    }

    #[test]
    fn hyphens_without_end_take_no_time_without_end() {
        let began = std::time::Instant::now();
        let lines = vec!["a-"; 300_000];
        assert_eq!(joined(&lines, "").len(), 600_000);
        // A tenth of a second; two minutes, if every line looked at all before it.
        assert!(began.elapsed() < std::time::Duration::from_secs(10), "{:?}", began.elapsed());
    }

    #[test]
    fn marks_of_footnotes_go_and_ordinals_stay() {
        let mut line = Line::plain("the Board1 met on 21st May.2");
        line.raised = vec![9..10, 20..22, 27..28];
        assert_eq!(cleaned(&line), "the Board met on 21st May.");
    }
}
