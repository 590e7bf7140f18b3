//! Text that cannot harm a terminal.
//!
//! A report may hold anything: escape sequences that move the cursor or set a title, control characters, letters
//! that turn the direction of what follows. They are shown as `\u{1b}` and do nothing.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with everything that a terminal would obey written out. A tab becomes a space.
pub(crate) fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    text.chars().for_each(|letter| push(letter, &mut shown));
    Cow::Owned(shown)
}

/// Writes one letter, harmless.
pub(crate) fn push(letter: char, shown: &mut String) {
    match letter {
        '\t' => shown.push(' '),
        letter if is_harmful(letter) => push_escaped(letter, shown),
        letter => shown.push(letter),
    }
}

/// Writes one letter as its number: `\u{1b}`.
pub(crate) fn push_escaped(letter: char, shown: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(shown, "\\u{{{:x}}}", u32::from(letter));
}

/// Control characters, line and paragraph separators, what sets the direction of writing, and unseen tags.
pub(crate) fn is_harmful(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::safe;

    #[test]
    fn what_a_terminal_obeys_is_written_out() {
        assert_eq!(safe("a\x1b[2Jb\u{9b}31mc\r\n"), "a\\u{1b}[2Jb\\u{9b}31mc\\u{d}\\u{a}");
        assert_eq!(safe("gp\u{202e}fdp"), "gp\\u{202e}fdp");
        assert_eq!(safe("tab\tand \u{7f}"), "tab and \\u{7f}");
    }

    #[test]
    fn plain_text_stays() {
        let text = "Leaders’ “plans” – naïve, 児童\u{a0}10 %";
        assert!(matches!(safe(text), std::borrow::Cow::Borrowed(same) if same == text));
    }
}
