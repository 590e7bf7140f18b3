//! The text of one block, for formats of running text (HTML, Word, Markdown).
//!
//! Such formats deliver a block in fragments, with white space that means nothing: newlines in the source, spaces on both
//! sides of a tag. White space collapses as CSS does it by default (CSS Text 3, 4.1.1), across fragments.

use crate::block::Line;
#[cfg(feature = "html")]
use crate::bullet::is_dash;

/// Collects the fragments of a block into lines: collapses white space, notes superscript and line breaks.
#[derive(Debug, Default)]
pub(crate) struct InlineText {
    lines: Vec<Line>,
    line: Line,
    /// White space came after the last character.
    space: bool,
}

impl InlineText {
    /// Adds a fragment. `raised` for superscript.
    pub(crate) fn push(&mut self, text: &str, raised: bool) {
        for letter in text.chars() {
            // Only ASCII white space collapses. A no-break space is the author’s own.
            if letter.is_ascii_whitespace() || letter.is_control() {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.line.text.is_empty() {
                self.line.text.push(' ');
            }
            let start = self.line.text.len();
            self.line.text.push(letter);
            let end = self.line.text.len();
            if raised {
                match self.line.raised.last_mut() {
                    Some(last) if last.end == start => last.end = end,
                    _ => self.line.raised.push(start..end),
                }
            }
        }
    }

    /// True if a line break was the last that was added: another one makes an empty line.
    #[cfg(feature = "html")]
    pub(crate) fn is_after_break(&self) -> bool {
        !self.lines.is_empty() && self.line.text.trim().is_empty()
    }

    /// The number of complete lines so far.
    #[cfg(feature = "html")]
    pub(crate) fn lines(&self) -> usize {
        self.lines.len()
    }

    /// Adds a line break of the author.
    pub(crate) fn break_line(&mut self) {
        self.space = false;
        let mut line = std::mem::take(&mut self.line);
        if !line.text.trim().is_empty() {
            line.hard_end = true;
            self.lines.push(line);
        }
    }

    /// True if the text so far ends a sentence, perhaps with a dash behind it, or if there is none.
    #[cfg(feature = "html")]
    pub(crate) fn ends_sentence(&self) -> bool {
        let text = self.line.text.trim_end_matches(|letter: char| is_dash(letter) || letter.is_whitespace());
        text.is_empty() || text.ends_with(['.', '!', '?', '…', '”', '"', '’', '\'', ')'])
    }

    /// Takes the lines so far, none of them blank.
    pub(crate) fn take(&mut self) -> Vec<Line> {
        self.break_line();
        let mut lines = std::mem::take(&mut self.lines);
        if let Some(last) = lines.last_mut() {
            last.hard_end = false;
        }
        lines
    }
}

/// Inserts a label and a space before the first line. `raised` for the mark of a footnote. An empty label adds nothing.
pub(crate) fn prepend_label(lines: &mut [Line], label: &str, raised: bool) {
    let Some(line) = lines.first_mut().filter(|_| !label.is_empty()) else { return };
    let shift = label.len() + 1;
    for range in &mut line.raised {
        *range = range.start + shift..range.end + shift;
    }
    if raised {
        line.raised.insert(0, 0..label.len());
    }
    line.text = format!("{label} {}", line.text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_collapses_and_superscript_keeps_its_place() {
        let mut inline = InlineText::default();
        for (text, raised) in [("  the\n hub", false), ("1", true), (" , and", false)] {
            inline.push(text, raised);
        }
        inline.break_line();
        inline.push("more ", false);
        let mut lines = inline.take();
        prepend_label(&mut lines, "•", false);
        assert_eq!(lines[0].text, "• the hub1 , and");
        assert_eq!(&lines[0].text[lines[0].raised[0].clone()], "1");
        assert!(lines[0].hard_end && !lines[1].hard_end);
        assert_eq!(lines[1].text, "more");
    }
}
