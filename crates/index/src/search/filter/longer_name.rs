//! Names of several words that were written without quotation marks.

use quotable_codebook::CodeBook;
use quotable_query::{Field, Filter, Value};
use quotable_report::profile::Profiles;

use super::{Resolved, filter_error, resolve};
use crate::error::{Error, ErrorKind, Result};
use crate::store::state::State;

/// Words after a filter that may belong to its value.
const WORDS: usize = 3;

/// Words of a name that registers know: `east riding of yorkshire`, `bournemouth, christchurch and poole`.
const REGISTERED_WORDS: usize = 6;

/// [Resolves](resolve) a filter that may have been typed with a name of several words and without quotation marks, of which
/// it has the first.
///
/// # Errors
/// Those of [`resolve`]; and one for an authority that registers know by all of the words, and that no report here is on.
pub(in crate::search) fn resolve_typed(
    state: &State,
    filter: &Filter,
    book: Option<&CodeBook>,
) -> Result<Resolved> {
    let resolved = resolve(state, filter, book);
    if let Some(error) = longer_registered(state, filter) {
        return Err(error);
    }
    resolved.map_err(|error| with_longer_name(state, filter, error))
}

/// The name that the value of a filter makes with the words typed after it, if there is such an authority or region:
/// `authority:north yorkshire`. The longest, if there are several.
pub(crate) fn longer_name(state: &State, filter: &Filter) -> Option<String> {
    let (Field::Authority | Field::Region, Some((value, rest))) = (&filter.field, typed(filter)) else {
        return None;
    };
    let is_name = |name: &&String| is_known(state, &filter.field, name);
    names(value, rest, WORDS).iter().rfind(is_name).cloned()
}

/// The value of a filter that was typed without quotation marks and wildcards, and the text after it.
fn typed(filter: &Filter) -> Option<(&str, &str)> {
    let Value::Text(value) = &filter.value else { return None };
    let (source, span) = (filter.source()?, filter.span()?);
    // A value in quotation marks, or with a wildcard, says where it ends.
    if !source.get(span.clone())?.ends_with(value.as_str()) || value.contains(['*', '?', ' ']) {
        return None;
    }
    Some((value, source.get(span.end..)?))
}

/// The names that a value makes with the next one, two, … words.
fn names(value: &str, rest: &str, most: usize) -> Vec<String> {
    let mut name = value.to_owned();
    let mut names = Vec::new();
    for word in rest.split(' ').skip(1).take(most) {
        let is_operator = matches!(word, "AND" | "OR" | "NOT");
        let letters = word.trim_end_matches([',', ')']);
        if letters.is_empty()
            || is_operator
            || !letters.chars().all(|c| c.is_alphabetic() || "'’-&".contains(c))
        {
            break;
        }
        name = format!("{name} {}", word.trim_end_matches(')'));
        names.push(name.clone());
        if word.ends_with(')') {
            break;
        }
    }
    names
}

/// The error for an authority that registers know by the value and the words after it, and that no report here is on:
/// without it the filter would mean a neighbour, or another one altogether.
fn longer_registered(state: &State, filter: &Filter) -> Option<Error> {
    if filter.field != Field::Authority {
        return None;
    }
    let (value, rest) = typed(filter)?;
    let registered = |name: &str| {
        Profiles::built_in().registers().find_map(|register| register.find(name.trim_end_matches(',')))
    };
    let own = registered(value).map(|row| &row.key);
    let (name, row) = names(value, rest, REGISTERED_WORDS)
        .into_iter()
        .rev()
        .find_map(|name| registered(&name).map(|row| (name, row)))
        .filter(|(_, row)| own != Some(&row.key))?;
    if is_known(state, &Field::Authority, &name) {
        return None;
    }
    let message = format!("no report here is on {}, and authority: takes one word, here “{value}”", row.name);
    let cure = format!(
        "quotable count with --by authority lists those that there are; put a name of several words in quotation marks: {}",
        Filter::new(Field::Authority, Value::Text(name))
    );
    Some(filter_error(&filter.field, &filter.value, message, cure).of_kind(ErrorKind::UnknownValue))
}

/// The values that were typed after that of a filter, and that its field has too: `medway` of `authority:kent and medway`.
pub(crate) fn values_after(state: &State, filter: &Filter) -> Vec<String> {
    let takes_one = matches!(filter.field, Field::Authority | Field::Region | Field::Grade | Field::Named(_));
    let Some((value, rest)) = typed(filter).filter(|_| takes_one) else { return Vec::new() };
    let words: Vec<&str> = rest.split([' ', ')']).filter(|word| !word.is_empty()).collect();
    let (mut values, mut at) = (Vec::new(), 0);
    let mut listed = value.ends_with(',');
    loop {
        if words.get(at).is_some_and(|word| matches!(*word, "and" | "or" | "&" | "AND" | "OR" | ",")) {
            listed = true;
            at += 1;
        }
        let known = (1..=WORDS).rev().filter(|_| listed).find_map(|count| {
            let typed = words.get(at..at + count)?.join(" ");
            let name = typed.trim_end_matches(',');
            let is_value = !name.contains([':', '*', '"', '(']) && is_known(state, &filter.field, name);
            is_value.then(|| (name.to_owned(), count, typed.ends_with(',')))
        });
        let Some((name, count, comma)) = known else { return values };
        values.push(name);
        at += count;
        listed = comma;
    }
}

/// The error for a filter, or one that names the longer name if the words after the filter make one with its value.
fn with_longer_name(state: &State, filter: &Filter, error: Error) -> Error {
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
