//! Truth files: one JSON object a line.

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::Path;

use quotable::query::Query;
use serde_json::Value;

/// The lines of a truth file; none if there is no such file.
///
/// # Errors
/// If the file cannot be read, or a line of it is no JSON; the error names file and line.
pub fn lines(path: &Path) -> io::Result<Vec<Value>> {
    let file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(named(path, &error)),
    };
    let mut values = Vec::new();
    for (index, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(|error| named(path, &error))?;
        if !line.trim().is_empty() {
            let value = serde_json::from_str(&line).map_err(|error| {
                io::Error::other(format!("{}, line {}: {error}", path.display(), index + 1))
            })?;
            values.push(value);
        }
    }
    Ok(values)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Writes one JSON object a line.
///
/// # Errors
/// If the file cannot be written.
pub fn write(path: &Path, values: &[Value]) -> io::Result<()> {
    let file = File::create(path).map_err(|error| named(path, &error))?;
    let mut out = BufWriter::new(file);
    for value in values {
        writeln!(out, "{value}")?;
    }
    out.flush()
}

/// The query that a machine form stands for: a text is a phrase, or a pattern if it holds `*`; a list is an
/// operator and its operands: `["and", a, b]`, `["or", a, b]`, `["not", wanted, unwanted]`, `["near", a, b, n]`.
///
/// # Errors
/// A message, if the form is none of these.
pub fn query(spec: &Value) -> Result<Query, String> {
    match spec {
        Value::String(text) => words(text),
        Value::Array(parts) => operator(parts),
        other => Err(format!("neither a text nor a list: {other}")),
    }
}

fn words(text: &str) -> Result<Query, String> {
    // The language's own parser folds the words; quoted, nothing in them is an operator.
    let typed =
        if text.contains('*') && !text.contains(' ') { text.to_owned() } else { format!("\"{text}\"") };
    typed.parse().map_err(|error| format!("{text}: {error}"))
}

fn operator(parts: &[Value]) -> Result<Query, String> {
    let name = parts.first().and_then(Value::as_str).unwrap_or_default();
    let operands = |parts: &[Value]| parts.iter().map(query).collect::<Result<Vec<Query>, String>>();
    match (name, parts) {
        ("and", [_, rest @ ..]) => Ok(Query::And(operands(rest)?)),
        ("or", [_, rest @ ..]) => Ok(Query::Or(operands(rest)?)),
        ("not", [_, wanted, unwanted]) => {
            Ok(Query::And(vec![query(wanted)?, Query::Not(Box::new(query(unwanted)?))]))
        }
        ("near", [_, left, right, distance]) => Ok(Query::Near {
            left: Box::new(query(left)?),
            right: Box::new(query(right)?),
            distance: distance.as_u64().and_then(|n| u32::try_from(n).ok()).ok_or("no distance")?,
            ordered: false,
        }),
        _ => Err(format!("no such operator: {name}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn machine_forms_are_queries_of_the_language() {
        let shown = |spec: Value| query(&spec).unwrap().to_string();
        assert_eq!(shown(json!("care leavers")), "\"care leavers\"");
        assert_eq!(shown(json!("unalloc*")), "unalloc*");
        assert_eq!(shown(json!(["not", ["or", "a", "b"], "c"])), "(a OR b) NOT c");
        assert!(query(&json!(["xor", "a", "b"])).is_err());
    }
}
