//! Ranges of values that have an order: days, pages, paragraph numbers.

use std::str::FromStr;

use quotable_query::{Field, Value};
use quotable_report::Date;

use crate::error::{Error, Result};

/// A range of values, both ends included. A missing end is open.
pub(super) struct Bounds<T> {
    from: Option<T>,
    to: Option<T>,
}

/// A value of a range.
pub(super) trait RangeValue: FromStr + PartialOrd {
    /// True if the value lies after `bound` as an upper end. A coarse end includes the finer values in it: `12.3` is
    /// not after `12`.
    fn is_after(&self, bound: &Self) -> bool {
        self > bound
    }

    /// A valid value, for the error about an invalid one.
    const EXAMPLE: &'static str;
}

impl RangeValue for u32 {
    const EXAMPLE: &'static str = "a number such as 12";
}

impl<T: RangeValue> Bounds<T> {
    pub(super) fn new(field: &Field, value: &Value) -> Result<Self> {
        let parse =
            |text: &String| text.trim().parse().map_err(|_| invalid_value(field, value, text, T::EXAMPLE));
        let (from, to) = match value {
            Value::Text(text) => (Some(text), Some(text)),
            Value::Range(from, to) => (from.as_ref(), to.as_ref()),
            _ => (None, None),
        };
        Ok(Self { from: from.map(parse).transpose()?, to: to.map(parse).transpose()? })
    }

    pub(super) fn contain(&self, value: &T) -> bool {
        self.from.as_ref().is_none_or(|from| value >= from)
            && self.to.as_ref().is_none_or(|to| !value.is_after(to))
    }
}

fn invalid_value(field: &Field, value: &Value, text: &str, example: &str) -> Error {
    super::filter_error(field, value, format!("“{text}” is not a valid value"), format!("write {example}"))
}

/// The number of a paragraph in its report, by its parts: `2.1` is 2 and 1, `S5` is S and 5, `(iv)` is iv.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ParagraphNumber(Vec<Part>);

/// A part of a paragraph number. Letters come before numbers, as summaries come before chapters.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Letters(String),
    Number(u32),
}

/// The error of a text that is no paragraph number.
#[derive(Debug)]
pub(super) struct NotANumber;

impl FromStr for ParagraphNumber {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut parts = Vec::new();
        let mut rest = text.trim_matches(['(', ')', '.']);
        while let Some(first) = rest.chars().next() {
            if !first.is_alphanumeric() {
                rest = rest.strip_prefix('.').ok_or(NotANumber)?;
                continue;
            }
            let digits = first.is_ascii_digit();
            let same = |letter: char| letter.is_alphanumeric() && letter.is_ascii_digit() == digits;
            let end = rest.find(|letter| !same(letter)).unwrap_or(rest.len());
            let (part, after) = rest.split_at(end);
            parts.push(match digits {
                true => Part::Number(part.parse().map_err(|_| NotANumber)?),
                false => Part::Letters(part.to_lowercase()),
            });
            rest = after;
        }
        if parts.is_empty() { Err(NotANumber) } else { Ok(Self(parts)) }
    }
}

impl RangeValue for ParagraphNumber {
    fn is_after(&self, bound: &Self) -> bool {
        self.0.get(..bound.0.len()).unwrap_or(&self.0) > bound.0.as_slice()
    }

    const EXAMPLE: &'static str = "a number such as 4, 2.1 or S5";
}

/// A range of days, both ends included, written as years, months or days. A missing end is open.
pub(crate) struct Days {
    first: Option<Date>,
    last: Option<Date>,
}

impl Days {
    pub(crate) fn new(field: &Field, value: &Value) -> Result<Self> {
        let parse = |text: &String| {
            period(text.trim()).ok_or_else(|| {
                invalid_value(field, value, text, "a date such as 2018, 2018-01 or 2018-01-29")
            })
        };
        let (from, to) = match value {
            Value::Text(text) => (Some(text), Some(text)),
            Value::Range(from, to) => (from.as_ref(), to.as_ref()),
            _ => (None, None),
        };
        let first = from.map(parse).transpose()?.map(|(first, _)| first);
        let last = to.map(parse).transpose()?.map(|(_, last)| last);
        Ok(Self { first, last })
    }

    /// True if the whole range comes after a day.
    pub(crate) fn is_after(&self, day: Date) -> bool {
        self.first.is_some_and(|first| first > day)
    }

    /// True if the whole range comes before a day.
    pub(crate) fn is_before(&self, day: Date) -> bool {
        self.last.is_some_and(|last| last < day)
    }

    /// True if any day from `start` to `end` lies in the range.
    pub(super) fn overlap(&self, start: Date, end: Date) -> bool {
        self.first.is_none_or(|first| end >= first) && self.last.is_none_or(|last| start <= last)
    }
}

/// The first and last day of a year, month or day.
fn period(text: &str) -> Option<(Date, Date)> {
    let parts: Vec<&str> = text.split('-').collect();
    let year: u16 = parts.first().filter(|year| year.len() == 4)?.parse().ok()?;
    match parts.as_slice() {
        [_] => Some((Date::new(year, 1, 1)?, Date::new(year, 12, 31)?)),
        [_, month] => {
            let month = month.parse().ok()?;
            // The last day that exists: 28 to 31, by month and leap year.
            let last = (28..=31).rev().find_map(|day| Date::new(year, month, day))?;
            Some((Date::new(year, month, 1)?, last))
        }
        _ => text.parse().ok().map(|day| (day, day)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn years_and_months_include_all_their_days() {
        let range = Value::Range(Some("2014".to_owned()), Some("2016-02".to_owned()));
        let days = Days::new(&Field::Date, &range).unwrap();
        assert!(days.overlap(day("2014-01-01"), day("2014-01-01")));
        assert!(days.overlap(day("2016-02-29"), day("2016-02-29")));
        assert!(!days.overlap(day("2016-03-01"), day("2016-03-01")));
        assert!(
            days.overlap(day("2013-12-30"), day("2014-01-02")),
            "a period that begins before the range and ends in it"
        );
    }

    #[test]
    fn a_range_includes_the_parts_of_its_last_paragraph() {
        let value = Value::Range(Some("4".to_owned()), Some("12".to_owned()));
        let numbers: Bounds<ParagraphNumber> = Bounds::new(&Field::Para, &value).unwrap();
        let contains = |text: &str| numbers.contain(&text.parse().unwrap());
        assert!(contains("4") && contains("4.1") && contains("12.3"));
        assert!(!contains("3.9") && !contains("13") && !contains("13.1"));
    }

    #[test]
    fn an_invalid_date_is_an_error_that_shows_a_valid_one() {
        let error = Days::new(&Field::Date, &Value::Text("2018-13".to_owned())).err().unwrap();
        insta::assert_snapshot!(error, @r"
        date:2018-13
        ^^^^^^^^^^^^
        “2018-13” is not a valid value
        help: write a date such as 2018, 2018-01 or 2018-01-29
        ");
    }
}
