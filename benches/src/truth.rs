//! Truth files: one JSON object a line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use quotable::query::Query;
use serde_json::Value;

/// Reads a truth file. A missing file is empty.
///
/// # Errors
/// If the file cannot be read or a line is not JSON. The error names file and line.
pub fn read(path: &Path) -> io::Result<Vec<Value>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(with_path(path, &error)),
    };
    let mut values = Vec::new();
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| with_path(path, &error))?;
        if !line.trim().is_empty() {
            let value = serde_json::from_str(&line).map_err(|error| {
                io::Error::other(format!("{}, line {}: {error}", path.display(), index + 1))
            })?;
            values.push(value);
        }
    }
    Ok(values)
}

/// Puts the path before an error.
fn with_path(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Writes one JSON object a line.
///
/// # Errors
/// If the file cannot be written.
pub fn write(path: &Path, values: &[Value]) -> io::Result<()> {
    let file = File::create(path).map_err(|error| with_path(path, &error))?;
    let mut out = BufWriter::new(file);
    for value in values {
        writeln!(out, "{value}")?;
    }
    out.flush()
}

/// Translates the JSON form of a query in a truth file. A string is a phrase, or a wildcard if it contains `*` and no
/// space. An array is an operator and its operands: `["and", a, b]`, `["or", a, b]`, `["not", included, excluded]`,
/// `["near", a, b, distance]`.
///
/// # Errors
/// A message, if the JSON has another form.
pub fn query(spec: &Value) -> Result<Query, String> {
    match spec {
        Value::String(text) => words(text),
        Value::Array(parts) => operator(parts),
        other => Err(format!("neither a string nor an array: {other}")),
    }
}

fn words(text: &str) -> Result<Query, String> {
    // The query parser folds the words. In quotation marks no word is an operator.
    let query =
        if text.contains('*') && !text.contains(' ') { text.to_owned() } else { format!("\"{text}\"") };
    query.parse().map_err(|error| format!("{text}: {error}"))
}

fn operator(parts: &[Value]) -> Result<Query, String> {
    let name = parts.first().and_then(Value::as_str).unwrap_or_default();
    let operands = |parts: &[Value]| parts.iter().map(query).collect::<Result<Vec<Query>, String>>();
    match (name, parts) {
        ("and", [_, rest @ ..]) => Ok(Query::And(operands(rest)?)),
        ("or", [_, rest @ ..]) => Ok(Query::Or(operands(rest)?)),
        ("not", [_, included, excluded]) => {
            Ok(Query::And(vec![query(included)?, Query::Not(Box::new(query(excluded)?))]))
        }
        ("near", [_, left, right, distance]) => Ok(Query::Near {
            left: Box::new(query(left)?),
            right: Box::new(query(right)?),
            distance: distance
                .as_u64()
                .and_then(|n| u32::try_from(n).ok())
                .ok_or("the distance of `near` is not a number")?,
            ordered: false,
        }),
        _ => Err(format!("unknown operator: {name}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_forms_are_translated_to_queries() {
        let shown = |spec: Value| query(&spec).unwrap().to_string();
        assert_eq!(shown(json!("care leavers")), "\"care leavers\"");
        assert_eq!(shown(json!("unalloc*")), "unalloc*");
        assert_eq!(shown(json!(["not", ["or", "a", "b"], "c"])), "(a OR b) NOT c");
        assert!(query(&json!(["xor", "a", "b"])).is_err());
    }
}
