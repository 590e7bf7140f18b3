//! The signs that open a list item.

/// True for a sign that prints as a bullet, those of Symbol and Wingdings included: these fonts map theirs to the private
/// use area from U+F000. Dashes are not included; see [`is_dash`].
pub fn is_bullet(letter: char) -> bool {
    matches!(
        letter,
        '•' | '‣'
            | '⁃'
            | '◦'
            | '●'
            | '○'
            | '■'
            | '□'
            | '▪'
            | '▫'
            | '◼'
            | '◾'
            | '►'
            | '➢'
            | '➤'
            | '✓'
            | '·'
            | '∙'
            | '\u{F000}'..='\u{F0FF}'
    )
}

/// True for a dash or an asterisk, which opens a list item only if white space follows.
///
/// Includes the bars (U+2015) and box-drawing lines (U+2500) that some producers print for second-level items.
pub fn is_dash(letter: char) -> bool {
    matches!(letter, '-' | '‐' | '‑' | '–' | '—' | '―' | '─' | '−' | '*')
}

/// True if the text opens with a bullet, or with a dash and white space.
pub fn opens_with_bullet(text: &str) -> bool {
    let mut letters = text.trim_start().chars();
    let Some(first) = letters.next() else { return false };
    is_bullet(first) || (is_dash(first) && letters.next().is_none_or(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_opens_an_item_only_before_white_space() {
        assert!(opens_with_bullet("•the board"));
        assert!(opens_with_bullet("― twelve live at home"));
        assert!(!opens_with_bullet("-12 degrees"));
        assert!(!opens_with_bullet("the – board"));
        assert!(!opens_with_bullet(""));
    }
}
