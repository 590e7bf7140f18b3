//! Reads numbers with their signs: `£1.2`, `97 %`, `2.*%`, `1000~`.

use std::borrow::Cow;

use super::cursor::escape_len;
use crate::chars::is_space;
use crate::error::Fault;
use crate::number_forms;
use crate::printed;
use crate::query::Query;

/// A number that a text begins with.
pub(super) struct FoundNumber {
    pub(super) query: Result<Query, Fault>,
    /// Its length in bytes.
    pub(super) length: usize,
}

/// Reads the number that a text begins with, in all its forms if a `~` follows; `None` for a number without signs, which is
/// a word like others. If the text is `plain`, no sign is of the language.
pub(super) fn read(text: &str, plain: bool) -> Option<FoundNumber> {
    let (signs, starts) = if plain { (Cow::Borrowed(text), None) } else { unescaped(text) };
    let original = |length: usize| match &starts {
        Some(starts) => starts.get(length).copied().unwrap_or(text.len()),
        None => length,
    };
    if !plain && let Some(found) = with_letters(&signs) {
        return Some(FoundNumber { query: Err(found.0), length: original(found.1) });
    }
    let length = printed::number_len(&signs, !plain);
    // A number without signs may be written in several ways too.
    let digits = signs.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(signs.len());
    let end = length.unwrap_or(digits);
    let number = &signs[..end];
    if !plain && signs[end..].starts_with('~') {
        let query = if number.contains(['*', '?']) {
            Err(Fault::new(
                "a number with a wildcard takes no ~",
                "leave the ~ out; for per cent in words add OR \"/\\d+/ per cent\"",
            ))
        } else {
            Ok(Query::NumberForms(number_forms::normal(number)?))
        };
        return Some(FoundNumber { query, length: original(end + 1) });
    }
    length.map(|length| FoundNumber { query: Ok(Query::number(number)), length: original(length) })
}

/// The fault of an amount with a letter for its size and a `~`, `£1.2m~`, and its length in bytes.
fn with_letters(text: &str) -> Option<(Fault, usize)> {
    let rest = text.trim_start_matches(printed::is_currency);
    let digits = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','))?;
    let (number, rest) = rest.split_at(digits);
    let letters = &rest[..rest.find('~')?];
    let size = match letters.to_ascii_lowercase().as_str() {
        "m" | "mn" => "million",
        "bn" | "b" => "billion",
        "k" => "thousand",
        _ => return None,
    };
    number.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
    let end = text.len() - rest.len() + letters.len();
    let currency = &text[..text.len() - text.trim_start_matches(printed::is_currency).len()];
    let fault = Fault::new(
        "~ finds the ways in which a number of digits is written, and here is a letter",
        format!("write {} OR \"{currency}{number} {size}\"", &text[..end]),
    );
    Some((fault, end + 1))
}

/// The text with the escaped signs of numbers as themselves. Also for each byte of it the byte of the original, and the
/// length of the original; `None` if there is no such sign.
pub(super) fn unescaped(text: &str) -> (Cow<'_, str>, Option<Vec<usize>>) {
    // Numbers have no space inside but for one before a per cent sign, and are at the beginning.
    let word = text.find(is_space).map_or(text, |end| &text[..end]);
    if !word.contains('\\') {
        return (Cow::Borrowed(text), None);
    }
    let (mut signs, mut starts) = (String::with_capacity(text.len()), Vec::with_capacity(text.len()));
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let sign = text[at..].strip_prefix('\\').and_then(|rest| rest.chars().next());
        let is_sign = |c: char| printed::is_currency(c) || "%.,/:-".contains(c);
        let escaped = sign.filter(|&sign| is_sign(sign) && escape_len(&text[at..]).is_some());
        let length = escaped.map_or(c.len_utf8(), |sign| 1 + sign.len_utf8());
        let kept = escaped.unwrap_or(c);
        signs.push(kept);
        starts.extend(std::iter::repeat_n(at, kept.len_utf8()));
        at += length;
    }
    starts.push(at);
    (Cow::Owned(signs), Some(starts))
}
