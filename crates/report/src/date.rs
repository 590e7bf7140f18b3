//! Calendar dates and periods.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A date of the Gregorian calendar, in the years 1 to 9999. Displayed, parsed and stored as `2018-01-29`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The given year (1 to 9999), month and day (both one-based); `None` if the calendar has no such date.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let (year, month, day) = (year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?);
        jiff::civil::Date::new(year, month, day).ok().and_then(Self::from_civil)
    }

    /// `None` for years before 1, which jiff has and reports do not.
    fn from_civil(date: jiff::civil::Date) -> Option<Self> {
        (date.year() > 0).then_some(Self(date))
    }

    /// The year.
    pub fn year(self) -> u16 {
        self.0.year().unsigned_abs()
    }

    /// The month, one-based.
    pub fn month(self) -> u8 {
        self.0.month().unsigned_abs()
    }

    /// The day of the month, one-based.
    pub fn day(self) -> u8 {
        self.0.day().unsigned_abs()
    }

    /// The days from 1 January 1970 to this one, negative before it: how Arrow and Parquet count days.
    pub fn days_since_1970(self) -> i32 {
        let first = Self(jiff::civil::Date::constant(1970, 1, 1));
        let days = first.days_until(self);
        debug_assert!(days.is_some(), "no year from 1 to 9999 is beyond what jiff counts");
        days.unwrap_or_default()
    }

    /// The days from this date to `later`, negative if that is before; `None` beyond what jiff counts.
    pub(crate) fn days_until(self, later: Self) -> Option<i32> {
        self.0.until(later.0).ok().map(|span| span.get_days())
    }

    /// The date in words, as citations print it: `29 January 2018`.
    pub fn in_words(self) -> String {
        // `-` in a directive: no padding.
        self.0.strftime("%-d %B %-Y").to_string()
    }
}

/// The English names of the months, January first.
pub const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
];

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Parses `2018-01-29`.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        // jiff also parses other forms of ISO 8601 (`20180129`, a time behind the date): only the form that `Display`
        // writes counts, or digits in file names would pass for dates.
        let date = text.parse().ok().and_then(Self::from_civil).filter(|date| date.to_string() == text);
        date.ok_or_else(|| NotADate(text.to_owned()))
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = NotADate;

    fn try_from(text: String) -> Result<Self, NotADate> {
        text.parse()
    }
}

/// The error of parsing a text that is not a date in the form `2018-01-29`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate(String);

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a day; write it as 2018-01-29", self.0)
    }
}

impl std::error::Error for NotADate {}

/// The days of an inspection, first and last included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
}

impl Period {
    /// The last day of several periods, in whatever order; `None` if there are none.
    pub fn last_day(periods: &[Self]) -> Option<Date> {
        periods.iter().map(|period| period.end).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970() {
        for (day, count) in
            [("1970-01-01", 0), ("2000-03-01", 11_017), ("2024-02-29", 19_782), ("1969-12-31", -1)]
        {
            let date: Date = day.parse().unwrap();
            assert_eq!(date.days_since_1970(), count, "{day}");
        }
        let ends = ["0001-01-01", "9999-12-31"].map(|day| day.parse::<Date>().unwrap().days_since_1970());
        assert_eq!(ends, [-719_162, 2_932_896]);
    }

    #[test]
    fn parses_only_the_form_it_displays() {
        let date: Date = "2018-01-29".parse().unwrap();
        assert_eq!((date.year(), date.month(), date.day()), (2018, 1, 29));
        assert_eq!(date.to_string(), "2018-01-29");
        assert_eq!(date.in_words(), "29 January 2018");
        assert_eq!(Date::new(987, 2, 3).unwrap().to_string(), "0987-02-03");
        assert_eq!(Date::new(987, 2, 3).unwrap().in_words(), "3 February 987");
        for text in [
            "", "20180129", "2018-1-29", "2018-01-29T10:00", "+018-01-29", "2018-02-30", "0000-01-01",
            "2018-W05-1",
        ] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
    }

    #[test]
    fn new_knows_the_calendar() {
        assert!(Date::new(2024, 2, 29).is_some() && Date::new(2023, 2, 29).is_none());
        assert!(Date::new(0, 1, 1).is_none() && Date::new(10_000, 1, 1).is_none());
        assert!(Date::new(2024, 13, 1).is_none() && Date::new(2024, 1, 200).is_none());
    }
}
