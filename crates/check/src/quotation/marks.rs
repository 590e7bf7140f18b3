//! Quotation marks, told from apostrophes by their shape and the characters beside them.
//!
//! Unicode gives curly marks the categories Pi and Pf (initial and final), but `’` is both the closing mark and the
//! apostrophe, and straight marks have no direction. So direction comes from the neighbours: a mark behind white space or
//! an opening bracket opens, one before white space or a stop closes, and one that fits both may do either.

use std::ops::Range;

/// Marks pair within their class, whatever their shape: writers mix straight and curly ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Double,
    Single,
}

/// One quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its first byte.
    pub(super) at: usize,
    /// The byte behind it.
    pub(super) end: usize,
    pub(super) class: Class,
    /// True if it may open a quotation.
    pub(super) opens: bool,
    /// True if it may close one.
    pub(super) closes: bool,
    /// True if its shape rules out an apostrophe.
    pub(super) certain: bool,
    /// True if it may be the apostrophe of a plural (`managers’ oversight`): a sibilant before it, a word behind.
    pub(super) possessive: bool,
}

/// Words that begin with an apostrophe.
const ELISIONS: [&str; 9] = ["em", "til", "till", "tis", "twas", "cause", "n", "bout", "cos"];

/// The marks of a text, in order. Apostrophes between letters are left out.
pub(super) fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut before = None;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let mut end = at + letter.len_utf8();
        let mut class = match letter {
            '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '\u{FF02}' => Class::Double,
            '\'' | '‘' | '’' | '‚' | '‛' | '‹' | '›' | '`' => Class::Single,
            _ => {
                before = Some(letter);
                continue;
            }
        };
        // Two single marks of one shape are typed for a double one. The low mark is too much like a comma for that.
        if class == Class::Single && letter != '‚' && letters.peek().is_some_and(|&(_, next)| next == letter)
        {
            class = Class::Double;
            letters.next();
            end += letter.len_utf8();
        }
        let after = letters.peek().map(|&(_, next)| next);
        marks.extend(mark(text, letter, class, at..end, before, after));
        before = Some(letter);
    }
    marks
}

/// The mark at `bytes`, with the characters before and after it; `None` for an apostrophe or a sign that can neither open
/// nor close.
fn mark(
    text: &str,
    letter: char,
    class: Class,
    bytes: Range<usize>,
    before: Option<char>,
    after: Option<char>,
) -> Option<Mark> {
    let space_before = before.is_none_or(char::is_whitespace);
    let space_after = after.is_none_or(char::is_whitespace);
    let free_before = space_before || before.is_some_and(may_precede_opening);
    let free_after = space_after || after.is_some_and(may_follow_closing);
    let in_word = before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric);
    if class == Class::Single && in_word && !matches!(letter, '‹' | '›') {
        return None;
    }
    let (opens, closes, certain) = match letter {
        '“' | '„' | '‟' | '«' | '‘' | '‚' | '‛' | '‹' => {
            // Behind a word and before a space it was typed the wrong way round.
            let reversed = !space_before && space_after;
            (!reversed, reversed, !reversed)
        }
        '”' | '»' | '›' => {
            let reversed = space_before && !space_after;
            (reversed, !reversed, true)
        }
        '’' => (false, !space_before, false),
        // Straight marks.
        _ if free_before && !space_after => {
            (class == Class::Double || !is_elision(&text[bytes.end..]), !space_before && free_after, false)
        }
        _ if free_after => (false, !space_before, false),
        _ => (!space_after, !space_before, false),
    };
    let rest = &text[bytes.end..];
    let possessive = class == Class::Single
        && matches!(before, Some('s' | 'S' | 'x' | 'z'))
        && rest.starts_with(char::is_whitespace)
        && rest.trim_start().starts_with(char::is_alphanumeric);
    (opens || closes).then_some(Mark {
        at: bytes.start,
        end: bytes.end,
        class,
        opens,
        closes,
        certain,
        possessive,
    })
}

/// Signs behind which a quotation may open.
fn may_precede_opening(letter: char) -> bool {
    matches!(letter, '(' | '[' | '{' | '–' | '—' | '-' | '/' | '…' | '*' | '•')
        || matches!(letter, '"' | '“' | '‘' | '\'' | '«' | '„' | '>' | ':')
}

/// Signs before which a quotation may close.
fn may_follow_closing(letter: char) -> bool {
    matches!(letter, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '–' | '—' | '-' | '/' | '…')
        || matches!(letter, '"' | '”' | '’' | '\'' | '»' | '*' | '<' | '|')
}

/// True if the text behind an apostrophe begins with an elided word or decade: `’em`, `’90s`.
fn is_elision(rest: &str) -> bool {
    let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..end];
    let decade = word
        .strip_suffix('s')
        .is_some_and(|digits| digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit()));
    decade || (word.len() <= 5 && ELISIONS.contains(&word.to_lowercase().as_str()))
}
