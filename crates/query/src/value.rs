//! Values of filters: which of them a field can have.

use crate::chars::{is_apostrophe, is_double_quote, is_space};
use crate::error::Fault;
use crate::query::{Field, Value};
use crate::sentence;

/// Checks a value against its field, as far as that is possible without a corpus.
pub(crate) fn check(field: &Field, value: &Value) -> Result<(), Fault> {
    match value {
        Value::Text(text) => check_text(field, text),
        Value::Range(from, to) => check_range(field, from.as_deref(), to.as_deref()),
    }
}

/// The normal form of a value. In values that are compared by their words, `\?` and `\*` are signs that only separate
/// words, and so are the signs of a whole sentence or question.
pub(crate) fn normal(field: &Field, text: &str) -> String {
    let text = text.trim_matches(is_space);
    if matches!(field, Field::Path | Field::Urn | Field::Para) {
        return text.to_owned();
    }
    let plain = text.replace("\\?", " ").replace("\\*", " ");
    let plain = plain.trim_matches(is_space);
    if sentence::is_question(plain, true) || sentence::is_sentence(plain) {
        return plain.replace(['?', '*'], " ").trim_matches(is_space).to_owned();
    }
    plain.to_owned()
}

fn check_text(field: &Field, text: &str) -> Result<(), Fault> {
    if text.trim_matches(is_space).is_empty() {
        return Err(Fault::new(
            format!("{field}: has no value"),
            format!(
                "write it right after the colon; if the word was meant, put it in quotation marks: \"{field}\""
            ),
        ));
    }
    if text.contains(is_double_quote) && text.contains(is_apostrophe) {
        return Err(Fault::new(
            "a value cannot contain both kinds of quotation marks",
            "write ? in place of one of them",
        ));
    }
    match field {
        // What has no value, of any field.
        _ if text.eq_ignore_ascii_case("none") => Ok(()),
        Field::Date | Field::Inspected => date(field, text).map(drop),
        Field::Page if text.parse::<u32>().is_err() => {
            Err(Fault::new("a page is a number", "write page:3, or page:3..5"))
        }
        _ => Ok(()),
    }
}

/// Checks that the field has an order, that it can hold both ends, and that the smaller comes first.
fn check_range(field: &Field, from: Option<&str>, to: Option<&str>) -> Result<(), Fault> {
    if !field.has_ranges() {
        return Err(Fault::new(
            format!("{field}: takes no ranges"),
            format!("write each value: ({field}:a OR {field}:b)"),
        ));
    }
    if from.is_none() && to.is_none() {
        return Err(Fault::new(
            "the range has no ends",
            format!("write {field}:from..to, or leave out one of the two"),
        ));
    }
    let key = |end: &str, last: bool| match field {
        Field::Date | Field::Inspected => {
            date(field, end).map(|(first, until)| if last { until } else { first })
        }
        Field::Para => para(end),
        // Numbers or days: the corpus knows which.
        Field::Named(_) => Ok(0),
        _ => end.parse().map_err(|_| Fault::new("a page is a number", "write page:3..5")),
    };
    let from = from.map(|end| key(end, false)).transpose()?;
    let to = to.map(|end| key(end, true)).transpose()?;
    if let (Some(from), Some(to)) = (from, to)
        && from > to
    {
        return Err(Fault::new("the range ends before it begins", "swap its ends"));
    }
    Ok(())
}

/// The first and last day of `2014`, `2014-03` or `2014-03-09`, as yyyymmdd.
fn date(field: &Field, text: &str) -> Result<(u64, u64), Fault> {
    let fault = || {
        let cure =
            format!("write {field}:2014, {field}:2014-03, {field}:2014-03-09, or a range {field}:2014..2018");
        Fault::new(format!("{text:?} is not a date"), cure)
    };
    let mut parts = text.split('-');
    let mut number = |digits: usize, least: u64, most: u64| match parts.next() {
        None => Ok(None),
        Some(part) if part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()) => {
            part.parse().ok().filter(|number| (least..=most).contains(number)).map(Some).ok_or_else(fault)
        }
        Some(_) => Err(fault()),
    };
    let year = number(4, 0, 9999)?.ok_or_else(fault)?;
    let month = number(2, 1, 12)?;
    let day = number(2, 1, 31)?;
    if parts.next().is_some() {
        return Err(fault());
    }
    let key = |month: u64, day: u64| (year * 100 + month) * 100 + day;
    Ok((key(month.unwrap_or(1), day.unwrap_or(1)), key(month.unwrap_or(12), day.unwrap_or(31))))
}

/// The number of a paragraph: `12`, or the first component of `12.3` or `S5`. Letters have no place of their own here.
fn para(text: &str) -> Result<u64, Fault> {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_lettered =
        text.len() <= 8 && text.chars().all(|letter| letter.is_alphanumeric() || "().".contains(letter));
    if is_lettered && text.contains(char::is_alphabetic) {
        return Ok(0);
    }
    let whole = text.split('.').next().filter(|_| text.split('.').all(is_number));
    whole
        .and_then(|whole| whole.parse().ok())
        .ok_or_else(|| Fault::new("a range of paragraphs needs numbers", "write para:4..9"))
}
