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
            Err(Fault::new("a page is a number", format!("write {}", numbers_meant(field, text))))
        }
        // `para:12-14`: no paragraph has such a number.
        Field::Para if numbers(text).is_some() => Err(Fault::new(
            "a range of paragraphs has two dots between its ends",
            format!("write {}", numbers_meant(field, text)),
        )),
        _ => Ok(()),
    }
}

/// The two numbers of a range written as people do elsewhere: `12-14`, `12 to 14`.
fn numbers(text: &str) -> Option<(u32, u32)> {
    let (first, last) = [" to ", "-", "–", "—"].into_iter().find_map(|between| text.split_once(between))?;
    let number = |text: &str| text.trim_matches(is_space).parse().ok();
    number(first).zip(number(last)).filter(|(first, last)| first < last)
}

/// The range of numbers that was meant, or examples.
fn numbers_meant(field: &Field, text: &str) -> String {
    match numbers(text) {
        Some((first, last)) => format!("{field}:{first}..{last}"),
        None => format!("{field}:3, or {field}:3..5"),
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
        let cure = match meant_date(text) {
            Some(meant) => format!("write {field}:{meant}"),
            None => format!(
                "write {field}:2014, {field}:2014-03, {field}:2014-03-09, or a range {field}:2014..2018"
            ),
        };
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

/// The date or range that was meant by one written as people do elsewhere: `>=2014`, `2014-2018`, `2018/19`, `June 2018`,
/// `9/6/2018`.
pub(crate) fn meant_date(text: &str) -> Option<String> {
    let text = text.trim_matches(is_space);
    let is_year = |text: &str| text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    for (sign, from) in [(">=", true), ("=>", true), ("<=", false), ("=<", false), (">", true), ("<", false)]
    {
        let Some(rest) = text.strip_prefix(sign) else { continue };
        let mut end = meant_day(rest)?;
        // Without the equals sign the year itself is left out.
        if !sign.contains('=') && is_year(&end) {
            let year: i32 = end.parse().ok()?;
            end = (if from { year + 1 } else { year - 1 }).to_string();
        }
        return Some(if from { format!("{end}..") } else { format!("..{end}") });
    }
    for between in [" to ", " - ", " – ", "–", "-", "/"] {
        let Some((first, last)) = text.split_once(between) else { continue };
        let (first, last) = (first.trim_matches(is_space), last.trim_matches(is_space));
        if !is_year(first) {
            continue;
        }
        if is_year(last) && first < last {
            return Some(format!("{first}..{last}"));
        }
        if between == " to "
            && let Some(last) = meant_day(last)
        {
            return Some(format!("{first}..{last}"));
        }
        let next = (first.parse::<i32>().ok()? + 1).to_string();
        if next.get(2..) == Some(last) {
            return Some(format!("{first}..{next}, or from April to March {first}-04..{next}-03"));
        }
    }
    if let Some((first, last)) = text.split_once(" to ") {
        return meant_day(first).zip(meant_day(last)).map(|(first, last)| format!("{first}..{last}"));
    }
    meant_day(text).filter(|meant| meant != text)
}

/// A year, month or day in the form that queries take.
pub(crate) fn meant_day(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.trim_matches(is_space).to_lowercase();
    let parts: Vec<&str> = text
        .split(|c: char| is_space(c) || matches!(c, '/' | '.' | '-' | ','))
        .filter(|part| !part.is_empty())
        .collect();
    let month = |part: &str| match part.parse::<usize>() {
        Ok(number) => Some(number).filter(|number| (1..=12).contains(number)),
        Err(_) => MONTHS.iter().position(|month| part.starts_with(month)).map(|at| at + 1),
    };
    let day = |part: &str| {
        part.trim_end_matches(char::is_alphabetic).parse().ok().filter(|day| (1..=31).contains(day))
    };
    let year = |part: &str| part.parse().ok().filter(|year: &u32| (1000..10_000).contains(year));
    match *parts.as_slice() {
        [one] => year(one).map(|year| year.to_string()),
        [one, other] => match (month(one).zip(year(other)), year(one).zip(month(other))) {
            (Some((month, year)), _) | (None, Some((year, month))) => Some(format!("{year}-{month:02}")),
            _ => None,
        },
        [one, two, three] => {
            let written = |year: u32, month: usize, day: u32| format!("{year}-{month:02}-{day:02}");
            match (year(one), year(three)) {
                (Some(year), _) => Some(written(year, month(two)?, day(three)?)),
                (None, Some(year)) if one.starts_with(char::is_alphabetic) => {
                    Some(written(year, month(one)?, day(two)?))
                }
                (None, Some(year)) => Some(written(year, month(two)?, day(one)?)),
                _ => None,
            }
        }
        _ => None,
    }
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

#[cfg(test)]
mod tests {
    use super::meant_date;

    #[test]
    fn dates_as_people_write_them_are_understood_and_offered() {
        for (text, meant) in [
            (">=2018", "2018.."),
            (">2018", "2019.."),
            ("<=2018-03", "..2018-03"),
            ("<2018", "..2017"),
            ("2018-2019", "2018..2019"),
            ("2018–2019", "2018..2019"),
            ("2018 to 2020", "2018..2020"),
            ("1 May 2018 to 2 June 2019", "2018-05-01..2019-06-02"),
            ("2018/19", "2018..2019, or from April to March 2018-04..2019-03"),
            ("June 2018", "2018-06"),
            ("june-2018", "2018-06"),
            ("9/6/2018", "2018-06-09"),
            ("9 June 2018", "2018-06-09"),
            ("June 9, 2018", "2018-06-09"),
            ("2018-6-9", "2018-06-09"),
        ] {
            assert_eq!(meant_date(text).as_deref(), Some(meant), "{text}");
        }
        for text in ["june", "18", "2018-13", "2018", "x..y", "last year", "2019-2018"] {
            assert_eq!(meant_date(text), None, "{text}");
        }
    }
}
