//! Classes of characters in the text of a query.

use crate::analyse::is_ignorable;

/// Straight, curly, low and angled double quotation marks. Any of them closes any other: phones and word processors
/// mix them.
pub(crate) fn is_double_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201C}'..='\u{201F}' | '«' | '»' | '\u{2033}' | '\u{301D}' | '\u{301E}' | '\u{FF02}')
}

/// Hyphens and dashes other than the ASCII hyphen.
pub(crate) fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2015}')
}

/// White space, control characters and characters that are not displayed: all separate tokens.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_ignorable(c)
}
