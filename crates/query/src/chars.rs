//! Classes of characters, in texts and queries.

/// Every shape that text gives to the apostrophe: straight, curly, prime, backtick, acute, modifier letter.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '`'
            | '\u{00B4}'
            | '\u{02B9}'..='\u{02BD}'
            | '\u{2018}'..='\u{201B}'
            | '\u{2032}'
            | '\u{2035}'
            | '\u{FF07}'
            | '\u{FF40}'
    )
}

/// Characters that are not displayed.
pub(crate) fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' // soft hyphen
            | '\u{034F}'
            | '\u{061C}'
            | '\u{180B}'..='\u{180F}'
            | '\u{200B}'..='\u{200F}' // zero width space, joiners, direction marks
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' // variation selectors
            | '\u{FEFF}' // byte order mark
            | '\u{E0100}'..='\u{E01EF}'
    )
}

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
