//! Words held to the way they are printed: numbers with their signs, and text as printed.
//!
//! The words of such a part are found folded like any others. Whether they are printed as asked, only the original text
//! tells: each word has a [`Held`], which is tested at the place of the word.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::analyse::words;
use crate::chars::{is_apostrophe, is_dash, is_double_quote, is_ignorable, is_space};

/// How one word must be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// The word itself, [as printed](printed_form); `None` if capitals and accents do not matter.
    printed: Option<String>,
    before: Edge,
    after: Edge,
}

/// What must be printed on one side of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Edge {
    /// Anything.
    Any,
    /// These signs, and no more, up to the next word.
    Gap(String),
    /// One sign that joins numbers, such as a slash, a dash, a colon or a full stop; space on both sides of it or on neither.
    Joined,
    /// These signs next to the word, whatever follows them.
    Sign(String),
    /// No more digits of the same number.
    NumberEnds,
}

impl Held {
    /// The word as printed, if capitals and accents matter.
    pub(crate) fn printed(&self) -> Option<&str> {
        self.printed.as_deref()
    }

    /// True if the word at `bytes` of `text` is printed so.
    pub(crate) fn holds(&self, text: &str, bytes: Range<usize>) -> bool {
        let (Some(before), Some(word), Some(after)) =
            (text.get(..bytes.start), text.get(bytes.clone()), text.get(bytes.end..))
        else {
            debug_assert!(false, "{bytes:?} is no word of the text");
            return false;
        };
        self.printed.as_ref().is_none_or(|printed| printed_form(word) == *printed)
            && match &self.before {
                Edge::Any => true,
                Edge::Gap(gap) => signs(gap_before(before)) == *gap,
                Edge::Joined => is_joined(gap_before(before)),
                Edge::Sign(sign) => signs(gap_before(before)).trim_end().ends_with(sign.as_str()),
                Edge::NumberEnds => {
                    let gap = gap_before(before);
                    let digit_before = before[..before.len() - gap.len()].ends_with(is_digit);
                    !(is_separator(gap) && digit_before)
                }
            }
            && match &self.after {
                Edge::Any => true,
                Edge::Gap(gap) => signs(gap_after(after)) == *gap,
                Edge::Joined => is_joined(gap_after(after)),
                Edge::Sign(sign) => signs(gap_after(after)).trim_start().starts_with(sign.as_str()),
                Edge::NumberEnds => {
                    let gap = gap_after(after);
                    !(is_separator(gap) && after[gap.len()..].starts_with(is_digit))
                }
            }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// True for the signs that join digits to one number.
fn is_separator(gap: &str) -> bool {
    matches!(gap, "." | ",")
}

/// True for a dash of any kind, the minus sign too.
fn is_any_dash(c: char) -> bool {
    c == '-' || is_dash(c) || c == '\u{2212}'
}

/// True if the signs between two numbers make one of them: `2023/24`, `10.30`, `16 – 17`.
fn is_joined(gap: &str) -> bool {
    let gap = signs(gap);
    let sign = gap.strip_prefix(' ').and_then(|sign| sign.strip_suffix(' ')).unwrap_or(&gap);
    matches!(sign, "/" | "-" | ":" | ".") && (gap != ". " && gap != " .")
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_combining_mark(c)
}

/// The end of a text after its last letter or digit.
fn gap_before(text: &str) -> &str {
    &text[text.trim_end_matches(|c| !is_letter(c)).len()..]
}

/// The start of a text before its first letter or digit.
fn gap_after(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(|c| !is_letter(c)).len()]
}

/// Signs in one form: space of any kind and length is one space, quotation marks are straight, dashes are hyphens, and
/// characters that are not displayed are dropped. These are the differences that a keyboard cannot make.
fn signs(gap: &str) -> String {
    let mut signs = String::with_capacity(gap.len());
    for c in gap.chars().filter(|&c| !is_ignorable(c)) {
        match c {
            c if is_space(c) => {
                if !signs.ends_with(' ') {
                    signs.push(' ');
                }
            }
            c if is_double_quote(c) => signs.push('"'),
            c if is_apostrophe(c) => signs.push('\''),
            c if is_any_dash(c) => signs.push('-'),
            c => signs.push(c),
        }
    }
    signs
}

/// A word with its capitals and accents, and in one form otherwise: composed, ligatures taken apart, apostrophes straight.
fn printed_form(word: &str) -> String {
    if word.is_ascii() && !word.contains('`') {
        return word.to_owned();
    }
    let straight = |c: char| if is_apostrophe(c) { '\'' } else { c };
    word.nfkc().filter(|&c| !is_ignorable(c)).map(straight).nfc().collect()
}

/// A number with its signs, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Number<'t> {
    currency: Option<char>,
    /// The first word, and each further one with the sign before it.
    words: Vec<(Option<char>, &'t str)>,
    percent: bool,
}

/// Reads the number that begins a text; returns its length in bytes too. `None` where no number has signs of its own:
/// `12` is a word like others.
///
/// With `wildcards`, letters of a number with a sign may be `*` and `?`: `£*m`, `*%`.
fn read_number(text: &str, wildcards: bool) -> Option<(Number<'_>, usize)> {
    let currency = text.chars().next().filter(|&c| is_currency(c));
    let mut at = currency.map_or(0, char::len_utf8);
    let mut words = Vec::new();
    let mut separator = None;
    loop {
        let rest = text.get(at..)?;
        let in_word = |c: char| c.is_ascii_alphanumeric() || wildcards && is_wildcard(c);
        let length = rest.find(|c: char| !in_word(c)).unwrap_or(rest.len());
        let word = rest.get(..length)?;
        let opens = word.starts_with(is_digit) || (wildcards && word.starts_with(is_wildcard));
        if !opens {
            return None;
        }
        words.push((separator, word));
        at += length;
        let mut next = rest[length..].chars();
        match (next.next(), next.next()) {
            (Some(sign), Some(next))
                if joins(sign)
                    && (is_digit(next) || wildcards && currency.is_some() && is_wildcard(next))
                    && word.ends_with(|c| is_digit(c) || is_wildcard(c)) =>
            {
                (separator, at) = (Some(sign), at + sign.len_utf8());
            }
            // The word goes on: a letter that is not ASCII, a mark, or an apostrophe before a letter.
            (Some(c), after) if is_letter(c) || is_apostrophe(c) && after.is_some_and(is_letter) => {
                return None;
            }
            (Some('%'), after) if after.is_none_or(|c| !is_letter(c) && !matches!(c, '*' | '?' | '%')) => {
                at += 1;
                return Some((Number { currency, words, percent: true }, at));
            }
            // Letters wrong, or a wildcard: not a number.
            (Some('%' | '*' | '?'), _) => return None,
            _ => break,
        }
    }
    let has_wildcards = words.iter().any(|(_, word)| word.contains(is_wildcard));
    let has_signs = currency.is_some() || words.len() > 1 && !has_wildcards;
    has_signs.then_some((Number { currency, words, percent: false }, at))
}

/// True for signs that join digits to one number, if no space is beside them.
fn joins(sign: char) -> bool {
    matches!(sign, '.' | ',' | '/' | ':') || is_any_dash(sign)
}

fn is_wildcard(c: char) -> bool {
    matches!(c, '*' | '?')
}

/// The length in bytes of the number with signs that a text begins with; with `wildcards` of a pattern of numbers too.
pub(crate) fn number_len(text: &str, wildcards: bool) -> Option<usize> {
    read_number(text, wildcards).map(|(_, length)| length)
}

/// Signs of currency that belong to the number after them.
pub(crate) fn is_currency(c: char) -> bool {
    matches!(c, '£' | '$' | '€' | '¥')
}

/// The normal form of a number with signs; `None` if the whole text is none.
pub(crate) fn number(text: &str) -> Option<String> {
    let text = text.trim_matches(is_space);
    let dashed = |c: char| if is_any_dash(c) { '-' } else { c.to_ascii_lowercase() };
    number_len(text, true).filter(|length| *length == text.len()).map(|_| text.chars().map(dashed).collect())
}

/// The number of words of a number in its normal form; none if it is no number with signs.
pub(crate) fn words_of_number(text: &str) -> usize {
    read_number(text, true)
        .filter(|(_, length)| *length == text.len())
        .map_or(0, |(number, _)| number.words.len())
}

/// The folded words of a number, with how each must be printed.
pub(crate) fn held_number(text: &str) -> Vec<(String, Held)> {
    let Some((number, _)) = read_number(text, true) else { return Vec::new() };
    let last = number.words.len() - 1;
    let mut held = Vec::with_capacity(number.words.len());
    for (at, (separator, word)) in number.words.iter().enumerate() {
        let before = match (separator, number.currency) {
            (Some(sign @ ('.' | ',')), _) => Edge::Gap(sign.to_string()),
            (Some(_), _) => Edge::Joined,
            (None, Some(sign)) => Edge::Sign(sign.to_string()),
            (None, None) => Edge::NumberEnds,
        };
        let after = match at == last {
            false => Edge::Any,
            true if number.percent => Edge::Sign("%".to_owned()),
            true if word.contains(is_wildcard) => Edge::Any,
            true => Edge::NumberEnds,
        };
        held.push((word.to_ascii_lowercase(), Held { printed: None, before, after }));
    }
    held
}

/// The normal form of a text as printed.
pub(crate) fn exact(text: &str) -> String {
    let mut exact = String::with_capacity(text.len());
    for c in text.trim_matches(is_space).chars().filter(|&c| !is_ignorable(c)) {
        if !is_space(c) {
            exact.push(if is_double_quote(c) { '"' } else { c });
        } else if !exact.ends_with(' ') {
            exact.push(' ');
        }
    }
    exact
}

/// The number of words of a text as printed.
pub(crate) fn words_of_exact(text: &str) -> usize {
    words(text).count()
}

/// True if a text as printed is one word without signs, which needs no quotation marks.
pub(crate) fn is_bare_word(text: &str) -> bool {
    let mut all = words(text);
    all.next().is_some_and(|word| word.bytes == (0..text.len()))
}

/// The folded words of a text as printed, with how each must be printed.
pub(crate) fn held_exact(text: &str) -> Vec<(String, Held)> {
    let all: Vec<_> = words(text).collect();
    let edge = |sign: String| if sign.is_empty() { Edge::Any } else { Edge::Sign(sign) };
    let held = all.iter().enumerate().map(|(at, word)| {
        let gap = signs(gap_before(&text[..word.bytes.start]));
        let before = if at == 0 { edge(gap.trim().to_owned()) } else { Edge::Gap(gap) };
        let after = if at + 1 == all.len() {
            edge(signs(gap_after(&text[word.bytes.end..])).trim().to_owned())
        } else {
            Edge::Any
        };
        let printed = Some(printed_form(&text[word.bytes.clone()]));
        (word.text.clone(), Held { printed, before, after })
    });
    held.collect()
}

#[cfg(test)]
mod tests {
    use super::{exact, held_exact, held_number, number, number_len};
    use crate::analyse::words;

    /// True if the text has the words in a row, printed as asked.
    fn is_in(held: &[(String, super::Held)], text: &str) -> bool {
        let all: Vec<_> = words(text).collect();
        all.windows(held.len()).any(|run| {
            run.iter()
                .zip(held)
                .all(|(word, (folded, held))| word.text == *folded && held.holds(text, word.bytes.clone()))
        })
    }

    #[test]
    fn numbers_end_where_their_signs_do() {
        for (text, length) in [
            ("£1.2 million", "£1.2".len()),
            ("97%, of", 3),
            ("1,000,000.5% of", 12),
            ("5.2.", 3),
            ("3.5m", 4),
            ("£5m", "£5m".len()),
        ] {
            assert_eq!(number_len(text, true), Some(length), "{text}");
        }
        for text in ["12", "12.", "1, 2", "1990’s", "£", "5.é", "1%2", "12 %", "a.1", "1*", "£x"] {
            assert_eq!(number_len(text, true), None, "{text}");
        }
        for (text, length) in [("£*m", "£*m".len()), ("£*.*m", "£*.*m".len()), ("*% of", 2), ("$1?,", 3)]
        {
            assert_eq!(number_len(text, true), Some(length), "{text}");
            assert_eq!(number_len(text, false), None, "{text}");
        }
        assert_eq!(number(" £1.2M ").as_deref(), Some("£1.2m"));
        assert_eq!(number("1.2 m"), None);
        assert_eq!(number("16–17").as_deref(), Some("16-17"));
    }

    #[test]
    fn numbers_are_held_to_their_signs() {
        for (number, found, not) in [
            ("£1.2", &["a £1.2 million", "£ 1.2%", "(£1.2)."][..], &["1.2", "£1, 2", "£1.2.3", "£11.2"][..]),
            ("1.2", &["£1.2", "1.2%", "at 1.2."], &["stages 1, 2", "1 2", "1.2.3", "4.1.2", "1,2"]),
            (
                "16/17",
                &["16/17", "2016–17, aged 16-17", "16 – 17"],
                &["2015–16, 17", "16 17", "16. 17", "16- and 17"],
            ),
            ("10:30", &["10:30", "10.30"], &["10, 30"]),
            ("97%", &["97%", "97 % of"], &["97", "5.97%", "97 per cent"]),
            ("1,000", &["1,000 staff", "£1,000,"], &["1,000,000", "2,1,000", "1 000", "1. 000"]),
        ] {
            found.iter().for_each(|text| assert!(is_in(&held_number(number), text), "{number} in {text}"));
            not.iter().for_each(|text| assert!(!is_in(&held_number(number), text), "{number} not in {text}"));
        }
    }

    #[test]
    fn text_is_held_to_capitals_accents_and_signs() {
        for (typed, found, not) in [
            ("IT", &["IT is", "(IT)"][..], &["it", "It"][..]),
            ("café", &["a cafe\u{301}."], &["Café", "cafe"]),
            ("Children's Act", &["Children’s\u{a0} Act"], &["Children's, Act", "Children's act"]),
            ("16–17", &["aged 16-17", "16–17-year-olds"], &["16/17", "16 - 17", "2016-17"]),
            ("16/17", &["the 16/17 panel"], &["16-17"]),
            ("R&D", &["R&D"], &["R & D"]),
            ("\"A\" team", &["the “A” team"], &["A team"]),
            ("16+", &["the 16+ team"], &["16 and over"]),
        ] {
            let typed = exact(typed);
            found.iter().for_each(|text| assert!(is_in(&held_exact(&typed), text), "{typed} in {text}"));
            not.iter().for_each(|text| assert!(!is_in(&held_exact(&typed), text), "{typed} not in {text}"));
        }
    }
}
