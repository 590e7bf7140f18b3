//! Values that have an order: days, pages, paragraph numbers.

use std::str::FromStr;

use quotable_query::{Field, Value};
use quotable_report::Date;

use crate::error::{Error, Result};

/// From one value to another, both included; open where there is none.
pub(super) struct Bounds<T> {
    from: Option<T>,
    to: Option<T>,
}

/// A value that may stand inside bounds given more coarsely: `12.3` is not after `12`.
pub(super) trait Ranked: FromStr + PartialOrd {
    fn is_after(&self, bound: &Self) -> bool {
        self > bound
    }

    /// What to write, for the one who wrote something else.
    const EXAMPLE: &'static str;
}

impl Ranked for u32 {
    const EXAMPLE: &'static str = "a number such as 12";
}

impl<T: Ranked> Bounds<T> {
    pub(super) fn new(field: Field, value: &Value) -> Result<Self> {
        let read =
            |text: &String| text.trim().parse().map_err(|_| not_a_value(field, value, text, T::EXAMPLE));
        let (from, to) = match value {
            Value::Text(text) => (Some(text), Some(text)),
            Value::Range(from, to) => (from.as_ref(), to.as_ref()),
            _ => (None, None),
        };
        Ok(Self { from: from.map(read).transpose()?, to: to.map(read).transpose()? })
    }

    pub(super) fn hold(&self, value: &T) -> bool {
        self.from.as_ref().is_none_or(|from| value >= from)
            && self.to.as_ref().is_none_or(|to| !value.is_after(to))
    }
}

fn not_a_value(field: Field, value: &Value, text: &str, example: &str) -> Error {
    super::fault(field, value, format!("“{text}” cannot be read"), format!("write {example}"))
}

/// A paragraph's number, with its parts: `2.1`.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Number(Vec<u32>);

impl FromStr for Number {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split('.').map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl Ranked for Number {
    fn is_after(&self, bound: &Self) -> bool {
        self.0.get(..bound.0.len()).unwrap_or(&self.0) > bound.0.as_slice()
    }

    const EXAMPLE: &'static str = "a number such as 4 or 2.1";
}

/// Days from one to another, both included, given as years, months or days.
pub(super) struct Days {
    first: Option<Date>,
    last: Option<Date>,
}

impl Days {
    pub(super) fn new(field: Field, value: &Value) -> Result<Self> {
        let read = |text: &String| {
            period(text.trim())
                .ok_or_else(|| not_a_value(field, value, text, "a day as 2018, 2018-01 or 2018-01-29"))
        };
        let (from, to) = match value {
            Value::Text(text) => (Some(text), Some(text)),
            Value::Range(from, to) => (from.as_ref(), to.as_ref()),
            _ => (None, None),
        };
        let first = from.map(read).transpose()?.map(|(first, _)| first);
        let last = to.map(read).transpose()?.map(|(_, last)| last);
        Ok(Self { first, last })
    }

    /// True if any day from `start` to `end` is one of them.
    pub(super) fn hold(&self, start: Date, end: Date) -> bool {
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
    fn a_year_and_a_month_are_all_their_days() {
        let range = Value::Range(Some("2014".to_owned()), Some("2016-02".to_owned()));
        let days = Days::new(Field::Date, &range).unwrap();
        assert!(days.hold(day("2014-01-01"), day("2014-01-01")));
        assert!(days.hold(day("2016-02-29"), day("2016-02-29")));
        assert!(!days.hold(day("2016-03-01"), day("2016-03-01")));
        assert!(days.hold(day("2013-12-30"), day("2014-01-02")), "a period that reaches in");
    }

    #[test]
    fn a_part_of_a_paragraph_is_in_it() {
        let value = Value::Range(Some("4".to_owned()), Some("12".to_owned()));
        let numbers: Bounds<Number> = Bounds::new(Field::Para, &value).unwrap();
        let holds = |text: &str| numbers.hold(&text.parse().unwrap());
        assert!(holds("4") && holds("4.1") && holds("12.3"));
        assert!(!holds("3.9") && !holds("13") && !holds("13.1"));
    }

    #[test]
    fn what_is_no_day_says_how_to_write_one() {
        let error = Days::new(Field::Date, &Value::Text("2018-13".to_owned())).err().unwrap();
        insta::assert_snapshot!(error, @r"
        date:2018-13
        ^^^^^^^^^^^^
        “2018-13” cannot be read
        help: write a day as 2018, 2018-01 or 2018-01-29
        ");
    }
}
