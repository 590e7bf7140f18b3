//! One cell of a row.

use std::borrow::Cow;
use std::fmt;

/// One cell of a row, typed, so that a program that takes rows need not parse numbers. `Display` is the text that CSV
/// has, without quotes and guard.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Cell<'a> {
    /// Not known, or not applicable.
    Empty,
    /// Text. It may come from a document, and is not escaped.
    Text(Cow<'a, str>),
    /// A count, a byte offset, a page.
    Number(u64),
    /// A measured value.
    Decimal {
        /// The value.
        value: f64,
        /// Digits after the point; `None` for the fewest that read back as the same value, with an exponent below 0.00001.
        digits: Option<usize>,
    },
    /// `true` or `false`.
    Bool(bool),
}

impl Cell<'_> {
    /// A decimal rounded to a number of digits after the point.
    pub(crate) fn rounded(value: f64, digits: usize) -> Self {
        Self::Decimal { value, digits: Some(digits) }
    }

    /// A decimal with all its digits. Empty for what is no number.
    pub(crate) fn exact(value: f64) -> Self {
        if value.is_finite() { Self::Decimal { value, digits: None } } else { Self::Empty }
    }

    /// Text made of any value that can be displayed.
    pub(crate) fn display(value: impl fmt::Display) -> Self {
        Self::Text(Cow::Owned(value.to_string()))
    }
}

impl fmt::Display for Cell<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Decimal { value, digits: Some(digits) } => write!(f, "{value:.digits$}"),
            Self::Decimal { value, digits: None } if *value != 0.0 && value.abs() < 1e-5 => {
                write!(f, "{value:e}")
            }
            Self::Decimal { value, digits: None } => write!(f, "{value}"),
            Self::Bool(value) => write!(f, "{value}"),
        }
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<u64> for Cell<'_> {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Cell<'_> {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<usize> for Cell<'_> {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<bool> for Cell<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<'a, T: Into<Cell<'a>>> From<Option<T>> for Cell<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
