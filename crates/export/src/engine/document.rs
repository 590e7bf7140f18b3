//! A paragraph as the JSON document of an engine.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::columns::ExportColumn;
use super::value::{ColumnType, Value};

/// How an engine wants what JSON has no type for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Days as times, periods as texts.
    Quickwit,
    /// Days as texts, periods as ranges.
    OpenSearch,
}

/// A row as one object. Missing values and empty lists are left out.
pub(super) struct Document<'d> {
    pub(super) columns: &'d [ExportColumn],
    pub(super) row: &'d [Value<'d>],
    pub(super) dialect: Dialect,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (column, value) in self.columns.iter().zip(self.row) {
            let name = column.name;
            match value {
                Value::Null => {}
                Value::Texts(texts) if texts.is_empty() => {}
                Value::Ints(numbers) if numbers.is_empty() => {}
                Value::Texts(texts)
                    if column.holds == ColumnType::Periods && self.dialect == Dialect::OpenSearch =>
                {
                    let periods: Vec<_> = texts.iter().filter_map(|text| text.split_once('/')).collect();
                    map.serialize_entry(name, &periods.iter().map(Period).collect::<Vec<_>>())?;
                }
                Value::Text(text) => map.serialize_entry(name, text)?,
                Value::Texts(texts) => map.serialize_entry(name, texts)?,
                Value::Int(number) => map.serialize_entry(name, number)?,
                Value::Ints(numbers) => map.serialize_entry(name, numbers)?,
                Value::Bool(truth) => map.serialize_entry(name, truth)?,
                Value::Day(day) if self.dialect == Dialect::Quickwit => {
                    map.serialize_entry(name, &format_args!("{day}T00:00:00Z"))?;
                }
                Value::Day(day) => map.serialize_entry(name, &format_args!("{day}"))?,
            }
        }
        map.end()
    }
}

struct Period<'p>(&'p (&'p str, &'p str));

impl Serialize for Period<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("gte", self.0.0)?;
        map.serialize_entry("lte", self.0.1)?;
        map.end()
    }
}
