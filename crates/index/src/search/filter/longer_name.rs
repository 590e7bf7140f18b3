//! Names of several words that were written without quotation marks.

use quotable_query::{Field, Filter, Value};

use super::{filter_error, resolve};
use crate::error::{Error, ErrorKind};
use crate::store::state::State;

/// Words after a filter that may belong to its value.
const WORDS: usize = 3;

/// The name that the value of a filter makes with the words typed after it, if there is such an authority or region:
/// `authority:north yorkshire`. The longest, if there are several.
pub(crate) fn longer_name(state: &State, filter: &Filter) -> Option<String> {
    let (Field::Authority | Field::Region, Value::Text(value)) = (&filter.field, &filter.value) else {
        return None;
    };
    let (source, span) = (filter.source()?, filter.span()?);
    // A value in quotation marks, or with a wildcard, says where it ends.
    if !source.get(span.clone())?.ends_with(value.as_str()) || value.contains(['*', '?', ' ']) {
        return None;
    }
    let mut name = value.clone();
    let mut longest = None;
    for word in source.get(span.end..)?.split(' ').skip(1).take(WORDS) {
        let is_operator = matches!(word, "AND" | "OR" | "NOT");
        if word.is_empty() || is_operator || !word.chars().all(|c| c.is_alphabetic() || "'’-".contains(c)) {
            break;
        }
        name = format!("{name} {word}");
        if is_known(state, &filter.field, &name) {
            longest = Some(name.clone());
        }
    }
    longest
}

/// The error for a filter, or one that names the longer name if the words after the filter make one with its value.
pub(in crate::search) fn with_longer_name(state: &State, filter: &Filter, error: Error) -> Error {
    let Some(name) = longer_name(state, filter) else { return error };
    let message = format!(
        "{}: takes one word, here “{}”, and the words after it are searched",
        filter.field, filter.value
    );
    let cure =
        format!("put the name in quotation marks: {}", Filter::new(filter.field.clone(), Value::Text(name)));
    filter_error(&filter.field, &filter.value, message, cure).of_kind(ErrorKind::UnknownValue)
}

fn is_known(state: &State, field: &Field, name: &str) -> bool {
    let filter = Filter::new(field.clone(), Value::Text(name.to_owned()));
    resolve(state, &filter, None).is_ok()
}
