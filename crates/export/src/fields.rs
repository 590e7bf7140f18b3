//! Fields that are no standard ones, as JSON.

use std::collections::BTreeMap;

use quotable_report::{FieldName, FieldValue};
use serde::{Serialize, Serializer};

/// Fields by name. Words are texts, numbers are numbers, days are texts such as `2018-01-29`.
#[derive(Debug, Clone, Copy)]
pub struct FieldsRecord<'f>(pub &'f BTreeMap<FieldName, FieldValue>);

impl Serialize for FieldsRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name.as_str(), FieldRecord(value))))
    }
}

struct FieldRecord<'f>(&'f FieldValue);

impl Serialize for FieldRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            FieldValue::Number(number) => serializer.serialize_f64(*number),
            other => serializer.collect_str(other),
        }
    }
}
