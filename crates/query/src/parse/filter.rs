//! Reads filters: `authority:bucks*`, `date:2014..2018`.

use super::cursor::Cursor;
use super::notes::Notes;
use crate::chars::{is_apostrophe, is_double_quote, is_space};
use crate::error::QueryError;
use crate::query::{Field, Filter, Value};
use crate::value;

/// Reads the value after the colon. `start` is where the field name begins, in bytes of the query.
pub(super) fn read(
    cursor: &mut Cursor<'_>,
    field: Field,
    start: usize,
    notes: &mut Notes,
) -> Result<Filter, QueryError> {
    let value_start = cursor.at;
    let value = match cursor.peek() {
        Some(c) if is_double_quote(c) => {
            let inside = cursor.double_quoted(false)?;
            Value::Text(quoted(&field, &cursor.text[inside], notes))
        }
        Some(c) if is_apostrophe(c) => {
            let inside = cursor.single_quoted()?;
            Value::Text(quoted(&field, &cursor.text[inside], notes))
        }
        Some('(') => {
            return Err(cursor.fault(
                start..value_start,
                format!("{field}: takes one value"),
                format!("repeat the field: ({field}:a OR {field}:b)"),
            ));
        }
        _ => {
            let text = cursor.take_chunk();
            match text.split_once("..") {
                Some((from, to)) => Value::Range(range_end(from), range_end(to)),
                None => Value::Text(value::normal(&field, text)),
            }
        }
    };
    value::check(&field, &value)
        .map_err(|fault| cursor.fault(start..cursor.at, fault.message, fault.cure))?;
    Ok(Filter::new(field, value))
}

/// A value in quotation marks.
fn quoted(field: &Field, inside: &str, notes: &mut Notes) -> String {
    let value = value::normal(field, inside);
    let typed = inside.trim_matches(is_space);
    if value != typed && !typed.contains('\\') {
        notes.add(format!("the signs of {field}:“{typed}” are read as text, not as wildcards"));
    }
    value
}

/// One end of a range; none if it is open.
fn range_end(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
