//! The values of fields that are no standard ones.

use std::fmt;

use quotable_profile::FieldKind;
use serde::{Deserialize, Serialize};

use crate::date::Date;

/// The value of a field of a report or paragraph: words, a number or a day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum FieldValue {
    /// Words.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A day.
    Date(Date),
}

impl FieldValue {
    /// The value of that type that a text prints; `None` if it prints none. Numbers may have commas between thousands.
    pub fn parse(text: &str, kind: FieldKind) -> Option<Self> {
        let text = text.trim();
        match kind {
            FieldKind::Number => {
                let digits = text.replace(',', "");
                digits.parse().ok().filter(|number: &f64| number.is_finite()).map(Self::Number)
            }
            FieldKind::Date => {
                let day = text.parse().ok();
                day.or_else(|| crate::printed_date::earliest_date(text)).map(Self::Date)
            }
            _ => (!text.is_empty()).then(|| Self::Text(text.to_owned())),
        }
    }

    /// The value of a text whose type is not known: a day as `2018-01-29`, a number, else words.
    pub fn guess(text: &str) -> Option<Self> {
        let text = text.trim();
        let date = || text.parse().ok().map(Self::Date);
        // What is not written as the number is (`007`, `1e3`, `1.10`, `+44`) is a name.
        let is_plain = |number: &f64| number.is_finite() && number.to_string() == text;
        let number = || text.parse().ok().filter(is_plain).map(Self::Number);
        date().or_else(number).or_else(|| Self::parse(text, FieldKind::Text))
    }
}

impl fmt::Display for FieldValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => fmt::Display::fmt(number, f),
            Self::Date(date) => fmt::Display::fmt(date, f),
        }
    }
}

impl From<&str> for FieldValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for FieldValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Date> for FieldValue {
    fn from(date: Date) -> Self {
        Self::Date(date)
    }
}

impl From<f64> for FieldValue {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<i32> for FieldValue {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<u32> for FieldValue {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_by_type_or_by_their_look() {
        assert_eq!(FieldValue::parse("1,250", FieldKind::Number), Some(FieldValue::Number(1250.0)));
        assert_eq!(FieldValue::parse("many", FieldKind::Number), None);
        assert_eq!(FieldValue::parse("3 May 2024", FieldKind::Date).unwrap().to_string(), "2024-05-03");
        for (text, shown, kind) in [
            ("2018-01-29", "2018-01-29", "date"),
            ("12.5", "12.5", "number"),
            ("0161", "0161", "text"),
            ("1.10", "1.10", "text"),
            ("+44", "+44", "text"),
            ("1e3", "1e3", "text"),
            ("nan", "nan", "text"),
            ("tug", "tug", "text"),
        ] {
            let value = FieldValue::guess(text).unwrap();
            assert_eq!(value.to_string(), shown);
            assert!(serde_json::to_string(&value).unwrap().starts_with(&format!("{{\"{kind}\"")), "{text}");
        }
        assert_eq!(FieldValue::guess("  "), None);
    }
}
