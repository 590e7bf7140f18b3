//! Tests the values of fields of one's own: words, numbers, days.

use quotable_query::{Field, Value};
use quotable_report::FieldValue;

use super::name_pattern::NamePattern;
use super::range::{Bounds, Days, RangeValue};
use crate::error::Result;

/// The test of a filter. It follows the type of the values that the field has in the corpus.
pub(super) enum ValueTest {
    Words(NamePattern),
    Numbers(Bounds<Number>),
    Days(Days),
}

/// A number as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub(super) struct Number(f64);

impl std::str::FromStr for Number {
    type Err = std::num::ParseFloatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl RangeValue for Number {
    const EXAMPLE: &'static str = "a number such as 12 or 2.5";
}

impl ValueTest {
    /// The test of `value` for a field with these values. A range asks for numbers or days.
    pub(super) fn new<'v>(
        field: &Field,
        value: &Value,
        mut there: impl Iterator<Item = &'v FieldValue>,
    ) -> Result<Self> {
        let first = there.next();
        Ok(match (first, value) {
            (Some(FieldValue::Date(_)), value) => Self::Days(Days::new(field, value)?),
            (Some(FieldValue::Number(_)), value) => Self::Numbers(Bounds::new(field, value)?),
            (_, Value::Text(text)) => Self::Words(NamePattern::new(text)?),
            (_, value) => Self::Numbers(Bounds::new(field, value)?),
        })
    }

    pub(super) fn passes(&self, value: &FieldValue) -> bool {
        match (self, value) {
            (Self::Words(pattern), value) => pattern.is_in(&value.to_string()),
            (Self::Numbers(bounds), FieldValue::Number(number)) => bounds.contain(&Number(*number)),
            (Self::Days(days), FieldValue::Date(day)) => days.overlap(*day, *day),
            _ => false,
        }
    }
}
