//! Tests the values of fields of one's own: words, numbers, days.

use quotable_query::{Field, Value};
use quotable_report::FieldValue;

use super::name_pattern::NamePattern;
use super::range::{Bounds, Days, RangeValue};
use crate::error::Result;

/// The test of a filter. Each value is tested by its own type, whatever the other reports have.
pub(super) struct ValueTest {
    /// `None` for a range.
    words: Option<NamePattern>,
    /// `None` for what is no number.
    numbers: Option<Bounds<Number>>,
    /// `None` for what is no day.
    days: Option<Days>,
}

/// A number as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Number(f64);

impl std::str::FromStr for Number {
    type Err = std::num::ParseFloatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // As reports print it: with commas between thousands.
        text.replace(',', "").parse().map(Self)
    }
}

impl RangeValue for Number {
    const EXAMPLE: &'static str = "a number such as 12 or 2.5";
}

impl ValueTest {
    /// The test of `value` for a field with these values.
    ///
    /// # Errors
    /// For a range whose ends are neither numbers nor days.
    pub(super) fn new<'v>(
        field: &Field,
        value: &Value,
        mut there: impl Iterator<Item = &'v FieldValue>,
    ) -> Result<Self> {
        let words = match value {
            Value::Text(text) => Some(NamePattern::new(text)?),
            _ => None,
        };
        let (numbers, days) = (Bounds::new(field, value), Days::new(field, value));
        if words.is_none() && numbers.is_err() && days.is_err() {
            let dated = there.any(|value| matches!(value, FieldValue::Date(_)));
            return Err(
                if dated { days.err() } else { numbers.err() }.unwrap_or_else(|| super::unsupported(field))
            );
        }
        Ok(Self { words, numbers: numbers.ok(), days: days.ok() })
    }

    pub(super) fn passes(&self, value: &FieldValue) -> bool {
        let in_words = || self.words.as_ref().is_some_and(|pattern| pattern.is_in(&value.to_string()));
        match (value, &self.numbers, &self.days) {
            (FieldValue::Number(number), Some(bounds), _) => bounds.contain(&Number(*number)),
            (FieldValue::Date(day), _, Some(days)) => days.overlap(*day, *day),
            _ => in_words(),
        }
    }
}
