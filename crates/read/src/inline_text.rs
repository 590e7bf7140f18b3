//! Lines in the making, for formats that give running text and not printed lines.

use crate::block::Line;

/// The text of one block as its pieces come in: white space made single, raised letters and line breaks noted.
#[derive(Debug, Default)]
pub(crate) struct Inline {
    lines: Vec<Line>,
    line: Line,
    /// White space came after the last letter.
    space: bool,
}

impl Inline {
    /// Adds a piece of text; `raised` as a footnote's mark is.
    pub(crate) fn push(&mut self, text: &str, raised: bool) {
        for letter in text.chars() {
            // A no-break space is a letter here: the author put it there.
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

    /// Ends the line where the author does.
    pub(crate) fn break_line(&mut self) {
        self.space = false;
        let mut line = std::mem::take(&mut self.line);
        if !line.text.trim().is_empty() {
            line.hard_end = true;
            self.lines.push(line);
        }
    }

    /// The lines so far; none of them is blank.
    pub(crate) fn take(&mut self) -> Vec<Line> {
        self.break_line();
        let mut lines = std::mem::take(&mut self.lines);
        if let Some(last) = lines.last_mut() {
            last.hard_end = false;
        }
        lines
    }
}

/// Puts a label and a space before the first line; raised if it is the mark of a footnote.
pub(crate) fn put_before(lines: &mut [Line], label: &str, raised: bool) {
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
    fn white_space_is_made_single_and_raised_letters_keep_their_place() {
        let mut inline = Inline::default();
        for (text, raised) in [("  the\n hub", false), ("1", true), (" , and", false)] {
            inline.push(text, raised);
        }
        inline.break_line();
        inline.push("more ", false);
        let mut lines = inline.take();
        put_before(&mut lines, "•", false);
        assert_eq!(lines[0].text, "• the hub1 , and");
        assert_eq!(&lines[0].text[lines[0].raised[0].clone()], "1");
        assert!(lines[0].hard_end && !lines[1].hard_end);
        assert_eq!(lines[1].text, "more");
    }
}
