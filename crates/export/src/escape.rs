//! Escapes text for a terminal.
//!
//! A report may hold anything: escape sequences that move the cursor or set a title, control characters, characters
//! that reverse the direction of the text after them. They are shown as `\u{1b}` and do nothing.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with every [harmful](is_harmful) character escaped. A tab becomes a space.
pub fn escape(text: &str) -> Cow<'_, str> {
    if find_harmful(text).is_none() {
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

/// The byte of the first [harmful](is_harmful) character.
///
/// Nearly all text is printable ASCII, which is passed over a block at a time: compilers test a block at once. Testing each
/// character took a third of the time in which a concordance is written.
pub fn find_harmful(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += printable_ascii(text.as_bytes().get(at..)?);
        let character = text.get(at..)?.chars().next()?;
        if is_harmful(character) {
            return Some(at);
        }
        at += character.len_utf8();
    }
}

/// The number of bytes at the start that are printable ASCII.
fn printable_ascii(bytes: &[u8]) -> usize {
    const BLOCK: usize = 32;
    let is_printable = |byte: &u8| (b' '..=b'~').contains(byte);
    let is_plain = |block: &&[u8]| block.iter().fold(true, |plain, byte| plain & is_printable(byte));
    let blocks = bytes.chunks_exact(BLOCK).take_while(is_plain).count() * BLOCK;
    blocks + bytes[blocks..].iter().take_while(|byte| is_printable(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_whatever_a_terminal_obeys() {
        assert_eq!(escape("a\x1b[2Jb\u{9b}31mc\r\n"), "a\\u{1b}[2Jb\\u{9b}31mc\\u{d}\\u{a}");
        assert_eq!(escape("gp\u{202e}fdp"), "gp\\u{202e}fdp");
        assert_eq!(escape("tab\tand \u{7f}"), "tab and \\u{7f}");
    }

    #[test]
    fn the_first_harmful_character_is_found_wherever_it_stands() {
        let plain = "Leaders’ “plans” – naïve, 児童\u{a0}10 %, and the same words once more to fill two blocks of bytes";
        for (at, _) in plain.char_indices() {
            for harmful in ["\x1b", "\x7f", "\u{9b}", "\u{202e}", "\u{e0041}"] {
                let (before, after) = plain.split_at(at);
                let text = format!("{before}{harmful}{after}{harmful}");
                assert_eq!(find_harmful(&text), Some(at), "{text:?}");
            }
        }
        assert_eq!((find_harmful(plain), find_harmful("")), (None, None));
    }

    #[test]
    fn plain_text_is_borrowed() {
        let text = "Leaders’ “plans” – naïve, 児童\u{a0}10 %";
        assert!(matches!(escape(text), std::borrow::Cow::Borrowed(same) if same == text));
    }
}
