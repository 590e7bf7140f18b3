//! Ranges that are not written with two dots and no space: `date:2018 to 2019`, of which only the first half would be read.

use crate::chars::is_space;
use crate::error::Fault;
use crate::query::{Field, Value};
use crate::value::{meant_date, meant_day};

/// Signs and words that people put between the ends of a range.
const BETWEEN: [&str; 12] = ["to", "TO", "until", "till", "through", "thru", "-", "–", "—", "..", "...", "…"];
/// Words of a date or range in words: `1 June 2018 to 2 July 2019`.
const LONGEST: usize = 7;

/// What is wrong with a filter whose value goes on after a space.
pub(super) enum Half {
    /// The rest would be dropped, or searched as text, which nobody means.
    Fault {
        /// What to say.
        fault: Fault,
        /// The bytes of the rest that belong to the value.
        length: usize,
    },
    /// The rest is searched as text, which may be meant.
    Note(String),
}

/// Looks whether the value of a filter, written without quotation marks, goes on in `rest`.
pub(super) fn of_filter(field: &Field, value: &Value, rest: &str) -> Option<Half> {
    if !field.has_ranges() {
        return None;
    }
    let (first, is_open) = match value {
        Value::Text(first) => (first.trim_end_matches([',', ';']), false),
        Value::Range(Some(first), None) => (first.as_str(), true),
        Value::Range(..) => return None,
    };
    let words = words(rest);
    let (between, end) = *words.first()?;
    let fault = |last: &str, end: usize| {
        let (first, last) = (day(field, first)?, day(field, last)?);
        let fault = Fault::new(
            format!(
                "the range goes on after a space, and only {field}:{} would be read",
                if is_open { format!("{first}..") } else { first.clone() }
            ),
            format!("write {field}:{first}..{last}"),
        );
        Some(Half::Fault { fault, length: end })
    };
    let last = words.get(1);
    if is_open {
        let last = day(field, between)?;
        return Some(Half::Note(format!(
            "“{between}” is searched in the text; for the range write {field}:{first}..{last}"
        )));
    }
    if BETWEEN.contains(&between) {
        let (last, end) = *last?;
        return fault(last, end);
    }
    if let Some(last) = between.strip_prefix("..").filter(|last| !last.is_empty()) {
        return fault(last.trim_start_matches('.'), end);
    }
    if matches!(between, "and" | "or" | "AND" | "OR" | "&" | ",") {
        let (last, _) = *last?;
        let (first, last) = (day(field, first)?, day(field, last)?);
        return Some(Half::Note(if first < last || first.len() < last.len() {
            format!(
                "“{last}” is searched in the text; for the range write {field}:{first}..{last}, for the two alone ({field}:{first} OR {field}:{last})"
            )
        } else {
            format!("“{last}” is searched in the text; for both write ({field}:{first} OR {field}:{last})")
        }));
    }
    // `date:2018 June`.
    let is_date = matches!(field, Field::Date | Field::Inspected) && between.starts_with(char::is_alphabetic);
    let meant = meant_day(&format!("{first} {between}")).filter(|_| is_date)?;
    let fault = Fault::new(
        format!("the date goes on after a space, and only {field}:{first} would be read"),
        format!("write {field}:{meant}"),
    );
    Some(Half::Fault { fault, length: end })
}

/// What was meant by a value that the field cannot have, with what follows it: `date:1 June 2018`, `date:[2018 TO 2019]`.
/// Also the bytes of the rest that belong to it.
pub(super) fn meant(field: &Field, typed: &str, rest: &str) -> Option<(String, usize)> {
    if !field.has_ranges() {
        return None;
    }
    let words = words(rest);
    if let Some(inside) = typed.strip_prefix(['[', '{']) {
        let [("TO" | "to", _), (last, end), ..] = words.as_slice() else { return None };
        let end_of = |end: &str| match end {
            "*" => Some(String::new()),
            end => day(field, end),
        };
        let (first, last) = (end_of(inside)?, end_of(last.trim_end_matches([']', '}']))?);
        return Some((format!("{field}:{first}..{last}"), *end));
    }
    for dots in ["....", "...", "…"] {
        if let Some((first, last)) = typed.split_once(dots) {
            let (first, last) = (day(field, first)?, day(field, last)?);
            return Some((format!("{field}:{first}..{last}"), 0));
        }
    }
    if let Some((first, last)) = typed.split_once(['-', '–', '—', '/'])
        && matches!(field, Field::Page | Field::Para)
    {
        let (first, last) = (day(field, first)?, day(field, last)?);
        return Some((format!("{field}:{first}..{last}"), 0));
    }
    if !matches!(field, Field::Date | Field::Inspected) {
        return None;
    }
    (1..=words.len().min(LONGEST)).rev().find_map(|count| {
        let end = words.get(count - 1).map(|(_, end)| *end)?;
        let meant = meant_date(&format!("{typed} {}", rest.get(..end)?))?;
        Some((format!("{field}:{meant}"), end))
    })
}

/// A range without a field: `2018..2019`; and an open one, which may be a word with its dots.
pub(super) fn bare(chunk: &str) -> Option<Result<String, Fault>> {
    let (first, last) = chunk.split_once("..").or_else(|| chunk.split_once('…'))?;
    let last = last.trim_start_matches('.').trim_end_matches([',', ';']);
    let is_date = |text: &str| meant_day(text).is_some() && text.starts_with(|c: char| c.is_ascii_digit());
    let is_number =
        |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_date(first) && last.is_empty() && chunk.ends_with("..") && !chunk.ends_with("...") {
        return Some(Ok(format!(
            "“{chunk}” is searched as a word; for reports from then on write date:{first}.."
        )));
    }
    if is_date(last) && first.is_empty() && !chunk.starts_with("...") {
        return Some(Ok(format!(
            "“{chunk}” is searched as a word; for reports up to then write date:..{last}"
        )));
    }
    let meant = if is_date(first) && is_date(last) {
        format!("date:{first}..{last} for the reports of this time")
    } else if is_number(first) && is_number(last) {
        format!("para:{first}..{last} for paragraphs, page:{first}..{last} for pages")
    } else {
        return None;
    };
    Some(Err(Fault::new(
        format!("“{chunk}” is a range without its field"),
        format!("write {meant}; if text was meant, put it in quotation marks"),
    )))
}

/// One end of a range in the form that queries take.
fn day(field: &Field, text: &str) -> Option<String> {
    let text = text.trim_end_matches([',', ';', ')']);
    let is_number = !text.is_empty() && text.len() < 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    match field {
        Field::Date | Field::Inspected => meant_day(text),
        Field::Named(_) if !is_number => meant_day(text),
        _ => is_number.then(|| text.to_owned()),
    }
}

/// The first words of a text, each with the byte at its end.
fn words(text: &str) -> Vec<(&str, usize)> {
    let mut words = Vec::new();
    let mut at = 0;
    while words.len() < LONGEST {
        let rest = &text[at..];
        let begin = at + rest.len() - rest.trim_start_matches(is_space).len();
        let word = &text[begin..];
        let end = begin + word.find(|c| is_space(c) || c == ')').unwrap_or(word.len());
        if end == begin {
            break;
        }
        words.push((&text[begin..end], end));
        at = end;
    }
    words
}
