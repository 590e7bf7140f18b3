//! Labels of list items and numbered paragraphs: bullets, dashes and numbers in front of the text.

use quotable_read::{Block, is_bullet, is_dash};

use crate::element::numbering::Numbering;
use crate::join::clean_line;

/// True for a cell that holds a number or a bullet alone.
pub(super) fn is_label(blocks: &[&Block], numbering: &Numbering<'_>) -> bool {
    let [block] = blocks else { return false };
    let text = block.lines.iter().map(clean_line).collect::<String>();
    let text = text.trim();
    let number = text.trim_end_matches('.');
    let numbered = (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    numbered || numbering.is_number(text) || (text.chars().count() == 1 && text.chars().all(is_bullet))
}

/// The length in bytes of the bullet in front of `text`.
pub(super) fn bullet_length(text: &str, in_list: bool) -> Option<usize> {
    let mut letters = text.char_indices();
    let (_, first) = letters.next()?;
    let apart = letters.next().is_none_or(|(_, letter)| letter.is_whitespace());
    let dash = is_dash(first) && apart;
    // Word prints the bullet of a second level as the letter o in Courier.
    let round = in_list && first == 'o' && apart;
    (is_bullet(first) || dash || round).then_some(first.len_utf8())
}

/// The number in front of `text`, and its length in bytes with its dot or bracket.
///
/// With a dot it counts anywhere, without one only in a list item: `11 per cent of care leavers` is not numbered.
pub(super) fn leading_number(text: &str, in_list: bool) -> Option<(String, usize)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let rest = &text[digits..];
    let (after, length) = match rest.strip_prefix(['.', ')']) {
        Some(after) => (after, digits + 1),
        None if in_list => (rest, digits),
        None => return None,
    };
    let dotted = length > digits;
    let begins = after.trim_start().chars().next()?;
    // `12.Leaders` lost its space; `3.5` is a decimal.
    let spaced = after.starts_with(' ') || (dotted && begins.is_uppercase());
    let opens = begins.is_uppercase() || matches!(begins, '‘' | '’' | '“' | '"' | '\'' | '(' | '[');
    let opens = opens || (dotted && begins.is_alphanumeric());
    (spaced && opens).then(|| (text[..digits].to_owned(), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_quantities() {
        for (text, in_list, number) in [
            ("12. Leaders know this.", false, Some("12")),
            ("12.Leaders know this.", false, Some("12")),
            ("12 Leaders know this.", true, Some("12")),
            ("12 Leaders know this.", false, None),
            ("11 per cent of care leavers", true, None),
            ("3.5 per cent of care leavers", false, None),
        ] {
            assert_eq!(leading_number(text, in_list).map(|(number, _)| number).as_deref(), number, "{text}");
        }
    }
}
