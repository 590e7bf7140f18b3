//! Reads filters: `authority:bucks*`, `date:2014..2018`.

use std::ops::Range;

use super::cursor::Cursor;
use super::half_range::{self, Half};
use super::notes::Notes;
use crate::chars::{is_apostrophe, is_dash, is_double_quote, is_space};
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
            if let Some(error) = written_elsewhere(cursor, &field, start..value_start, text) {
                return Err(error);
            }
            match text.split_once("..") {
                Some((from, to)) => Value::Range(range_end(from), range_end(to)),
                None => Value::Text(value::normal(&field, text)),
            }
        }
    };
    let is_bare = !cursor.text[..cursor.at].ends_with(|c| is_double_quote(c) || is_apostrophe(c));
    let checked = value::check(&field, &value);
    if checked.is_ok() && is_bare {
        match half_range::of_filter(&field, &value, &cursor.text[cursor.at..]) {
            Some(Half::Fault { fault, length }) => {
                let error = cursor.fault(start..cursor.at + length, fault.message, fault.cure);
                // A dash between spaces is refused anyway, with a cure for words.
                let rest = cursor.text[cursor.at..].trim_start_matches(is_space);
                if rest.starts_with(|c| c == '-' || is_dash(c)) {
                    return Err(error);
                }
                notes.doubt(error);
            }
            Some(Half::Note(note)) => notes.add(note),
            None => {}
        }
    }
    checked.map_err(|fault| cursor.fault(start..cursor.at, fault.message, fault.cure))?;
    Ok(Filter::new(field, value))
}

/// The error for a range or a date that is written as elsewhere; it may go on after a space. `name` are the bytes of the
/// field and its colon.
fn written_elsewhere(
    cursor: &Cursor<'_>,
    field: &Field,
    name: Range<usize>,
    typed: &str,
) -> Option<QueryError> {
    let is_value = |value: &Value| value::check(field, value).is_ok();
    let is_range = typed.split_once("..").is_some_and(|(from, to)| {
        is_value(&Value::Range(range_end(from), range_end(to))) && !to.starts_with('.')
    });
    let is_text = !typed.contains("..") && !typed.contains(['[', '{', '…']);
    if is_range || is_text && is_value(&Value::Text(value::normal(field, typed))) {
        return None;
    }
    let (meant, length) = half_range::meant(field, typed, &cursor.text[cursor.at..])?;
    let span = name.start..cursor.at + length;
    let value = &cursor.text[name.end..span.end];
    let message = format!("{field}: does not take “{value}”");
    Some(cursor.fault(span, message, format!("write {meant}")))
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
