//! The value of one column in one row.

use std::borrow::Cow;

use quotable_report::Date;

/// What a column holds, by which each format chooses a type of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnType {
    /// Text to show, which is not searched.
    Text,
    /// Folded words with single spaces between, searched word by word.
    Words,
    /// Text that is compared as a whole.
    Keyword,
    /// A list of texts that are compared as a whole.
    Keywords,
    /// A list of periods of days, both ends included: `2018-01-08/2018-01-19`.
    Periods,
    /// A whole number.
    Int,
    /// A list of whole numbers.
    Ints,
    /// True or false.
    Bool,
    /// A day.
    Day,
}

impl ColumnType {
    /// The name in the documentation: `text`, `words`, `keyword`, `list of keyword`, `list of period`, `int`, `list of int`,
    /// `bool`, `day`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Words => "words",
            Self::Keyword => "keyword",
            Self::Keywords => "list of keyword",
            Self::Periods => "list of period",
            Self::Int => "int",
            Self::Ints => "list of int",
            Self::Bool => "bool",
            Self::Day => "day",
        }
    }
}

/// A value, of the kind that its column holds or null.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Text(Cow<'a, str>),
    Texts(Vec<Cow<'a, str>>),
    Int(i64),
    Ints(Vec<i64>),
    Bool(bool),
    Day(Date),
}

impl<'a> Value<'a> {
    /// A text made for this row.
    pub(super) fn made(text: impl Into<String>) -> Self {
        Self::Text(Cow::Owned(text.into()))
    }

    pub(super) fn texts(texts: impl IntoIterator<Item = &'a str>) -> Self {
        Self::Texts(texts.into_iter().map(Cow::Borrowed).collect())
    }

    /// Adds the value to a hash, so that two rows of other values have other hashes.
    pub(super) fn hash(&self, hasher: &mut blake3::Hasher) {
        let mut text = |text: &str| {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        };
        match self {
            Self::Null => text("null"),
            Self::Text(value) => text(value),
            Self::Texts(values) => {
                text(&values.len().to_string());
                values.iter().for_each(|value| text(value));
            }
            Self::Int(value) => text(&value.to_string()),
            Self::Ints(values) => {
                text(&values.len().to_string());
                values.iter().for_each(|value| text(&value.to_string()));
            }
            Self::Bool(value) => text(if *value { "true" } else { "false" }),
            Self::Day(value) => text(&value.to_string()),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<Option<&'a str>> for Value<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::from)
    }
}

impl From<Option<Date>> for Value<'_> {
    fn from(day: Option<Date>) -> Self {
        day.map_or(Self::Null, Self::Day)
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Self::Int(number.into())
    }
}

impl From<Option<u32>> for Value<'_> {
    fn from(number: Option<u32>) -> Self {
        number.map_or(Self::Null, Self::from)
    }
}
