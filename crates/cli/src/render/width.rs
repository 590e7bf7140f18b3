//! How wide text is on a terminal: in columns, by Unicode Standard Annex 11.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The number of columns that a terminal gives to the text.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// The text, cut to a number of columns; `…` marks the cut.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut left = width.saturating_sub(1);
    for grapheme in text.graphemes(true) {
        let columns = grapheme.width();
        if columns > left {
            break;
        }
        left -= columns;
        kept.push_str(grapheme);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// The end of the text, cut to a number of columns; `…` marks the cut.
pub(crate) fn cut_start(text: &str, width: usize) -> String {
    if columns(text) <= width {
        return text.to_owned();
    }
    let mut left = width.saturating_sub(1);
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        let columns = grapheme.width();
        if columns > left {
            break;
        }
        left -= columns;
        start = at;
    }
    format!("…{}", text.get(start..).unwrap_or_default().trim_start())
}

/// Appends spaces up to a number of columns.
pub(crate) fn pad(text: &mut String, width: usize) {
    let missing = width.saturating_sub(columns(text));
    text.extend(std::iter::repeat_n(' ', missing));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_and_soft_hyphens_take_no_column_and_wide_letters_two() {
        assert_eq!(columns("care leavers"), 12);
        assert_eq!(columns("cafe\u{301}"), 4);
        assert_eq!(columns("児童"), 4);
        assert_eq!(columns("co\u{ad}op"), 4);
        assert_eq!(columns("👩‍👧"), 2);
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
