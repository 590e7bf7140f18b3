//! Escapes text for a terminal.
//!
//! A report may hold anything: escape sequences that move the cursor or set a title, control characters, characters
//! that reverse the direction of the text after them. They are shown as `\u{1b}` and do nothing.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with every [harmful](is_harmful) character escaped. A tab becomes a space.
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    text.chars().for_each(|character| push(character, &mut escaped));
    Cow::Owned(escaped)
}

/// Appends one character, escaped if it is harmful.
pub fn push(character: char, text: &mut String) {
    match character {
        '\t' => text.push(' '),
        character if is_harmful(character) => push_code(character, text),
        character => text.push(character),
    }
}

/// Appends one character as its code: `\u{1b}`.
pub fn push_code(character: char, text: &mut String) {
    // Writing to a string does not fail.
    let _ = write!(text, "\\u{{{:x}}}", u32::from(character));
}

/// True for control characters, line and paragraph separators, characters that set the direction of writing, and
/// tags, which are invisible.
pub fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn escapes_whatever_a_terminal_obeys() {
        assert_eq!(escape("a\x1b[2Jb\u{9b}31mc\r\n"), "a\\u{1b}[2Jb\\u{9b}31mc\\u{d}\\u{a}");
        assert_eq!(escape("gp\u{202e}fdp"), "gp\\u{202e}fdp");
        assert_eq!(escape("tab\tand \u{7f}"), "tab and \\u{7f}");
    }

    #[test]
    fn plain_text_is_borrowed() {
        let text = "Leaders’ “plans” – naïve, 児童\u{a0}10 %";
        assert!(matches!(escape(text), std::borrow::Cow::Borrowed(same) if same == text));
    }
}
