//! Calendar days.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A day of the calendar: always a real one. Written and stored as `2018-01-29`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The day of the given year (1 to 9999), month and day, both one-based; `None` if there is no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let year = i16::try_from(year).ok().filter(|year| *year > 0)?;
        jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok().map(Self)
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

    /// The day in words, as a citation gives it: `29 January 2018`.
    pub fn in_words(self) -> String {
        format!("{} {} {}", self.day(), MONTHS[usize::from(self.month()) - 1], self.year())
    }
}

/// The months by their English names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl FromStr for Date {
    type Err = NotADate;

    /// Reads `2018-01-29`.
    fn from_str(text: &str) -> Result<Self, NotADate> {
        let not = || NotADate(text.to_owned());
        let mut parts = text.split('-');
        let mut next = |digits: usize| {
            let part = parts.next().filter(|part| part.len() == digits).ok_or_else(not)?;
            part.parse::<u16>().map_err(|_| not())
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        if parts.next().is_some() {
            return Err(not());
        }
        let small = |number| u8::try_from(number).map_err(|_| not());
        Self::new(year, small(month)?, small(day)?).ok_or_else(not)
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

/// The text is not a day written `yyyy-mm-dd`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate(String);

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not a day; write it as 2018-01-29", self.0)
    }
}

impl std::error::Error for NotADate {}
