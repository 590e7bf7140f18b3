//! Words held to the way they are printed: numbers with their signs, and text as printed.
//!
//! The words of such a part are found folded like any others. Whether they are printed as asked, only the original text
//! tells: each word has a [`Held`], which is tested at the place of the word.

mod pattern;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::analyse::words;
use crate::chars::{is_apostrophe, is_dash, is_double_quote, is_ignorable, is_space};

pub(crate) use self::pattern::ways;
use self::pattern::{NumberPattern, has_wildcard};

/// How one word must be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    /// The word itself, [as printed](printed_form); `None` if capitals and accents do not matter.
    printed: Option<String>,
    before: Edge,
    after: Edge,
    /// What the number must be that the word belongs to.
    number: Option<NumberPattern>,
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
    /// Printed in any way.
    fn any() -> Self {
        Self { printed: None, before: Edge::Any, after: Edge::Any, number: None }
    }

    /// Held to a number of a pattern.
    fn of_number(pattern: NumberPattern) -> Self {
        Self { number: Some(pattern), ..Self::any() }
    }

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
        if let Some(number) = &self.number {
            return number.holds(text, bytes);
        }
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
                    let joins = is_separator(gap) && word.ends_with(is_digit);
                    !(joins && after[gap.len()..].starts_with(is_digit))
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
/// `12` is a word like others. Space may stand after a sign of currency and before a per cent sign.
///
/// With `wildcards`, letters of a number with a sign may be `*` and `?`: `£*m`, `*%`, `2.*`.
fn read_number(text: &str, wildcards: bool) -> Option<(Number<'_>, usize)> {
    let currency = text.chars().next().filter(|&c| is_currency(c));
    let mut at =
        currency.map_or(0, |sign| text.len() - text[sign.len_utf8()..].trim_start_matches(is_space).len());
    let mut words = Vec::new();
    let mut separator = None;
    let mut percent = false;
    // The number of words before the first sign that is no point or comma, and the byte of the sign.
    let mut joined = None;
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
                    && (is_digit(next) || wildcards && is_point(sign) && is_wildcard(next))
                    && word.ends_with(|c| is_digit(c) || is_wildcard(c)) =>
            {
                joined = joined.or((!is_point(sign)).then_some((words.len(), at)));
                (separator, at) = (Some(sign), at + sign.len_utf8());
            }
            // The word goes on: a letter that is not ASCII, a mark, or an apostrophe before a letter.
            (Some(c), after) if is_letter(c) || is_apostrophe(c) && after.is_some_and(is_letter) => {
                return None;
            }
            (Some('%'), after) if !is_after_percent(after) => {
                (percent, at) = (true, at + 1);
                break;
            }
            // Letters wrong, or a wildcard: not a number.
            (Some('%' | '*' | '?'), _) => return None,
            (Some(c), _) if is_space(c) => {
                let after_space = rest[length..].trim_start_matches(is_space);
                let sign = after_space.strip_prefix('%');
                if let Some(after) = sign.filter(|after| !is_after_percent(after.chars().next())) {
                    (percent, at) = (true, text.len() - after.len());
                }
                break;
            }
            _ => break,
        }
    }
    let mut number = Number { currency, words, percent };
    // A pattern stands for points and commas; a slash or dash ends it.
    if let Some((words, end)) = joined.filter(|_| has_wildcard(&number)) {
        number.words.truncate(words);
        number.percent = false;
        at = end;
    }
    let has_signs = currency.is_some() || number.percent || number.words.len() > 1;
    has_signs.then_some((number, at))
}

/// True for what makes a per cent sign before it part of a word or a mark: `1%2`, `50%a`.
fn is_after_percent(next: Option<char>) -> bool {
    next.is_some_and(|c| is_letter(c) || matches!(c, '*' | '?' | '%'))
}

/// True for the signs of a number for which a `*` stands too.
fn is_point(sign: char) -> bool {
    matches!(sign, '.' | ',')
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
    let whole = number_len(text, true).filter(|length| *length == text.len());
    whole.map(|_| text.chars().filter(|&c| !is_space(c)).map(dashed).collect())
}

/// The number of words of a number in its normal form; none if it is no number with signs.
pub(crate) fn words_of_number(text: &str) -> usize {
    read_number(text, true)
        .filter(|(_, length)| *length == text.len())
        .map_or(0, |(number, _)| number.words.len())
}

/// The folded words of a number, with how each must be printed. Of a number with wildcards, those of the way with the
/// fewest words: [`ways`] has all.
pub(crate) fn held_number(text: &str) -> Vec<(String, Held)> {
    let Some((number, _)) = read_number(text, true) else { return Vec::new() };
    if let Some(way) = ways(text).into_iter().next() {
        let any = |word: &str| (word.to_ascii_lowercase(), Held::any());
        return way
            .into_iter()
            .zip(&number.words)
            .map(|(held, (_, word))| held.unwrap_or_else(|| any(word)))
            .collect();
    }
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
            true => Edge::NumberEnds,
        };
        held.push((word.to_ascii_lowercase(), Held { printed: None, before, after, number: None }));
    }
    held
}

/// True for a number whose parts a slash, dash or colon joins, which is found with the others of them too.
pub(crate) fn is_joined_number(text: &str) -> bool {
    let joined = |(sign, _): &(Option<char>, &str)| sign.is_some_and(|sign| !is_point(sign));
    read_number(text, true).is_some_and(|(number, _)| number.words.iter().any(joined))
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
        (word.text.clone(), Held { printed, before, after, number: None })
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
            ("12 % of", 4),
            ("£ 5, ", "£ 5".len()),
        ] {
            assert_eq!(number_len(text, true), Some(length), "{text}");
        }
        for text in ["12", "12.", "1, 2", "1990’s", "£", "5.é", "1%2", "a.1", "1*", "£x", "12 %1", "*-17%"]
        {
            assert_eq!(number_len(text, true), None, "{text}");
        }
        for (text, length) in [
            ("£*m", "£*m".len()),
            ("£*.*m", "£*.*m".len()),
            ("*% of", 2),
            ("$1?,", 3),
            ("2.*%", 4),
            ("*.5", 3),
            ("1,*", 3),
            ("£1*-17%", "£1*".len()),
        ] {
            assert_eq!(number_len(text, true), Some(length), "{text}");
            assert_eq!(number_len(text, false), None, "{text}");
        }
        assert_eq!(number(" £1.2M ").as_deref(), Some("£1.2m"));
        assert_eq!(number("97 %").as_deref(), Some("97%"));
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
