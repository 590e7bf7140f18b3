//! How wide text is on a terminal.

use unicode_segmentation::UnicodeSegmentation;

/// How many columns a terminal gives to the text.
pub(crate) fn columns(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    text.graphemes(true).map(of_grapheme).sum()
}

fn of_grapheme(grapheme: &str) -> usize {
    if grapheme.chars().all(is_unseen) {
        return 0;
    }
    1 + usize::from(grapheme.chars().any(is_wide))
}

/// Soft hyphen, zero-width space and joiners, byte order mark.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// East Asian wide and full-width letters and pictographs (Unicode Standard Annex 11), by block.
fn is_wide(letter: char) -> bool {
    matches!(u32::from(letter),
        0x1100..=0x115F | 0x2E80..=0x303E | 0x3041..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F | 0xFF01..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1F64F | 0x1F680..=0x1F6FF
        | 0x1F900..=0x1F9FF | 0x20000..=0x3FFFD)
}

/// The text, cut to so many columns; `…` stands for what was cut.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = width.saturating_sub(1);
    for grapheme in text.graphemes(true) {
        let wide = of_grapheme(grapheme);
        if wide > left {
            break;
        }
        left -= wide;
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// The end of the text, cut to so many columns; `…` stands for what was cut.
pub(crate) fn cut_start(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut left = width.saturating_sub(1);
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        let wide = of_grapheme(grapheme);
        if wide > left {
            break;
        }
        left -= wide;
        start = at;
    }
    format!("…{}", text.get(start..).unwrap_or_default().trim_start())
}

/// Adds spaces up to so many columns.
pub(crate) fn pad(text: &mut String, width: usize) {
    let missing = width.saturating_sub(columns(text));
    text.extend(std::iter::repeat_n(' ', missing));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths() {
        assert_eq!(columns("care leavers"), 12);
        assert_eq!(columns("cafe\u{301}"), 4);
        assert_eq!(columns("児童"), 4);
        assert_eq!(columns("co\u{ad}op"), 4);
    }

    #[test]
    fn cut_text_fits() {
        assert_eq!(cut("Marlowe County", 14), "Marlowe County");
        assert_eq!(cut("Marlowe County", 9), "Marlowe…");
        assert_eq!(cut("児童児童", 4), "児…");
        assert_eq!(cut("abc", 0), "…");
        assert_eq!(cut_start("Marlowe County", 14), "Marlowe County");
        assert_eq!(cut_start("Marlowe County", 8), "…County");
        assert_eq!(cut_start("児童児童", 4), "…童");
    }
}
