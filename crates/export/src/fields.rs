//! Fields that are no standard ones, as JSON.

use std::collections::BTreeMap;

use quotable_report::{FieldName, FieldValue};
use serde::{Serialize, Serializer};

/// Fields by name. Words are texts, numbers are numbers (whole ones without a point), days are texts such as `2018-01-29`.
#[derive(Debug, Clone, Copy)]
pub struct FieldsRecord<'f>(pub &'f BTreeMap<FieldName, FieldValue>);

impl Serialize for FieldsRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name.as_str(), FieldRecord(value))))
    }
}

/// Up to here an `f64` has every whole number.
const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;

struct FieldRecord<'f>(&'f FieldValue);

impl Serialize for FieldRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            // `12`, as the table has it, and not `12.0`: programs that read JSON make a float of that.
            FieldValue::Number(number) if number.fract() == 0.0 && number.abs() <= LARGEST_EXACT => {
                serializer.serialize_i64(*number as i64)
            }
            FieldValue::Number(number) => serializer.serialize_f64(*number),
            other => serializer.collect_str(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_no_point() {
        for (number, json) in [
            (12.0, "12"),
            (-3.0, "-3"),
            (0.5, "0.5"),
            (9_007_199_254_740_992.0, "9007199254740992"),
            (1.25e-3, "0.00125"),
        ] {
            let fields = BTreeMap::from([("crew".parse().unwrap(), FieldValue::Number(number))]);
            assert_eq!(
                serde_json::to_string(&FieldsRecord(&fields)).unwrap(),
                format!("{{\"crew\":{json}}}")
            );
        }
    }
}
