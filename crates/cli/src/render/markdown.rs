//! Text in Markdown that says what it says: no letter of it is markup.

use std::ops::Range;

use crate::render::safe;

/// The text with everything that Markdown, HTML or a terminal would obey written out, on one line: to stand at the
/// start of a block, or anywhere.
pub(crate) fn escaped(text: &str) -> String {
    written(text, true)
}

/// The same within a line, as in the cell of a table.
pub(crate) fn inline(text: &str) -> String {
    written(text, false)
}

fn written(text: &str, mut first: bool) -> String {
    let mut shown = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for letter in text.chars() {
        push(letter, &mut shown, first, before);
        // Spaces may lead to the sign of a list, digits to its dot.
        first = first && (letter.is_ascii_digit() || letter.is_whitespace());
        before = letter;
    }
    shown
}

/// The same with ranges of it in bold: in order.
pub(crate) fn marked(text: &str, ranges: &[Range<usize>]) -> String {
    let mut shown = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for range in ranges.iter().filter(|range| !range.is_empty()) {
        let start = range.start.max(done);
        let (Some(before), Some(inside)) = (text.get(done..start), text.get(start..range.end)) else {
            continue;
        };
        // Only at its start can a line be a list or a heading.
        shown.push_str(&written(before, done == 0));
        // Bold does not begin or end with a space.
        let core = inside.trim();
        let lead = inside.len() - inside.trim_start().len();
        if core.is_empty() {
            shown.push_str(&inline(inside));
        } else {
            let behind = &inside[lead + core.len()..];
            shown.push_str(&format!("{}**{}**{}", &inside[..lead], inline(core), behind));
        }
        done = range.end;
    }
    shown.push_str(&written(text.get(done..).unwrap_or_default(), done == 0));
    shown
}

fn push(letter: char, shown: &mut String, first: bool, before: char) {
    match letter {
        // As entities, which are safe where a page takes Markdown for HTML too.
        '<' => shown.push_str("&lt;"),
        '>' => shown.push_str("&gt;"),
        '&' => shown.push_str("&amp;"),
        // Addresses become links unasked: by `://`, by `www.`, by `@`.
        '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' | '@' => {
            shown.push('\\');
            shown.push(letter);
        }
        '-' | '+' | '=' | '.' | ')' if first => {
            shown.push('\\');
            shown.push(letter);
        }
        '/' if before == ':' => shown.push_str("\\/"),
        '.' if before.eq_ignore_ascii_case(&'w') => shown.push_str("\\."),
        letter => safe::push(letter, shown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(escaped("*b* [a](b) <i> `c` a_b"), "\\*b\\* \\[a\\](b) &lt;i&gt; \\`c\\` a\\_b");
        assert_eq!(escaped("&copy; http://a.b www.c.d e@f"), "&amp;copy; http:\\//a.b www\\.c.d e\\@f");
        assert_eq!(escaped("12. a 3. b"), "12\\. a 3. b");
        assert_eq!(inline("12. a | b"), "12. a \\| b");
        assert_eq!(escaped("  - a"), "  \\- a");
        assert_eq!(escaped("- a - b\u{1b}[2J"), "\\- a - b\\u{1b}\\[2J");
    }

    #[test]
    fn what_was_changed_is_bold() {
        assert_eq!(marked("Too few homes", &[4..7, 5..7]), "Too **few** homes");
        assert_eq!(marked("- no. = -", &[2..4, 5..5]), "\\- **no**. = -");
        assert_eq!(marked("Too few homes", &[0..0, 3..8]), "Too **few** homes");
    }
}
