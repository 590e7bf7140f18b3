//! The signs that open an item of a list.

/// True for a sign that prints as a bullet, in the fonts of the field too (Symbol and Wingdings use the private
/// area). Dashes are apart: see [`is_dash`].
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

/// True for a dash or an asterisk, that opens an item of a list where white space follows it.
///
/// Producers print the second level of a list with bars (U+2015) and box-drawing lines (U+2500) too.
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
    fn a_dash_needs_room_behind_it() {
        assert!(opens_with_bullet("•the board"));
        assert!(opens_with_bullet("― twelve live at home"));
        assert!(!opens_with_bullet("-12 degrees"));
        assert!(!opens_with_bullet("the – board"));
        assert!(!opens_with_bullet(""));
    }
}
