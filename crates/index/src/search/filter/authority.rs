//! Finds the authorities that a filter names: one authority, whatever it is called, and no neighbour.

use std::collections::{BTreeMap, BTreeSet};

use quotable_query::{Field, Value, nearest};
use quotable_report::profile::{Profiles, name_forms};

use super::name_pattern::NamePattern;
use super::{Resolved, filter_error};
use crate::error::{ErrorKind, Result};
use crate::store::entry::Entry;

/// The most authorities that an error lists.
const LISTED: usize = 8;

/// The sources of the authority that `text` names: by its printed name, an alias, its key or its number, with or without
/// the words for its legal form. A part of a name will do if it is part of one authority's alone. Wildcards may name
/// several authorities.
///
/// # Errors
/// [`UnknownValue`](ErrorKind::UnknownValue) for a name of none, or a part of the names of several.
pub(super) fn authorities(entries: &[Entry], text: &str) -> Result<Resolved> {
    let pattern = NamePattern::new(text)?;
    if text.contains(['*', '?']) {
        let keys = keys(entries, |name| pattern.is_in(name));
        return if keys.is_empty() { Err(unknown(entries, text)) } else { Ok(sources(entries, &keys)) };
    }
    let registers = Profiles::built_in().registers();
    let registered: BTreeSet<&str> =
        registers.filter_map(|register| register.find(text)).map(|row| row.key.as_str()).collect();
    let named = |forms: &[String]| -> BTreeSet<&str> {
        let is_named = |entry: &&Entry| {
            entry.authority.as_ref().is_some_and(|authority| {
                registered.contains(authority.key.as_str())
                    || names(entry).flat_map(name_forms).any(|form| forms.contains(&form))
            })
        };
        entries.iter().filter(is_named).filter_map(key).collect()
    };
    let forms = name_forms(text);
    let mut whole = named(&forms);
    if whole.is_empty() {
        // `City of York Council`: only where nobody is called so, since the City of London is not London.
        let without: Vec<String> =
            forms.iter().filter_map(|form| form.strip_prefix("city of ")).map(str::to_owned).collect();
        whole = named(&without);
    }
    if !whole.is_empty() {
        return Ok(sources(entries, &whole));
    }
    // A registered authority without a report here is none of those whose names hold its words.
    let part =
        if registered.is_empty() { keys(entries, |name| pattern.is_in(name)) } else { BTreeSet::new() };
    match part.len() {
        0 => Err(several(entries, text).unwrap_or_else(|| unknown(entries, text))),
        1 => Ok(sources(entries, &part)),
        _ => {
            let shown: Vec<String> = part.iter().take(LISTED).map(|key| quoted(key)).collect();
            let more = if part.len() > LISTED { ", …" } else { "" };
            let message = format!("“{text}” is part of the names of {} authorities", part.len());
            let cure = format!(
                "name one of them ({}{more}), or all with a wildcard: authority:{}",
                shown.join(", "),
                quoted(&format!("{text}*"))
            );
            let near = part.iter().take(LISTED).map(|key| (*key).to_owned()).collect();
            let value = Value::Text(text.to_owned());
            Err(filter_error(Field::Authority, &value, message, cure)
                .of_kind(ErrorKind::UnknownValue)
                .near(near))
        }
    }
}

/// The error for several authorities in one value, `marlowe,orrery`, if that is what it is.
fn several(entries: &[Entry], text: &str) -> Option<crate::error::Error> {
    let names: Vec<&str> =
        text.split([',', ';', '|', '/']).map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.len() < 2 || !names.iter().all(|name| authorities(entries, name).is_ok()) {
        return None;
    }
    let each: Vec<String> = names.iter().map(|name| format!("authority:{}", quoted(name))).collect();
    let message = format!("authority: takes one authority, and here are {}", names.len());
    let cure = format!("write ({})", each.join(" OR "));
    let value = Value::Text(text.to_owned());
    Some(filter_error(Field::Authority, &value, message, cure).of_kind(ErrorKind::UnknownValue))
}

/// A value as it is typed after a colon.
fn quoted(value: &str) -> String {
    if value.contains(' ') { format!("\"{value}\"") } else { value.to_owned() }
}

/// All names of the authority of an entry.
fn names(entry: &Entry) -> impl Iterator<Item = &str> {
    let authority = entry.authority.as_ref();
    authority.into_iter().flat_map(|authority| {
        let aliases = authority.aliases.iter().chain(&authority.urn).map(String::as_str);
        [authority.name.as_str(), authority.key.as_str()].into_iter().chain(aliases)
    })
}

fn key(entry: &Entry) -> Option<&str> {
    entry.authority.as_ref().map(|authority| authority.key.as_str())
}

/// The keys of the authorities of which a name passes the test.
fn keys(entries: &[Entry], passes: impl Fn(&str) -> bool) -> BTreeSet<&str> {
    entries.iter().filter(|entry| names(entry).any(&passes)).filter_map(key).collect()
}

/// The sources of the authorities with these keys.
fn sources(entries: &[Entry], keys: &BTreeSet<&str>) -> Resolved {
    Resolved::Sources(entries.iter().map(|entry| key(entry).is_some_and(|key| keys.contains(key))).collect())
}

fn unknown(entries: &[Entry], text: &str) -> crate::error::Error {
    let near = nearest_authorities(entries, text);
    let cure = match near.as_slice() {
        [] if entries.iter().all(|entry| entry.authority.is_none()) => {
            "leave the filter out: no report here names its authority".to_owned()
        }
        [] => {
            let all: BTreeSet<&str> = entries.iter().filter_map(key).collect();
            let shown: Vec<String> = all.iter().take(LISTED).map(|key| quoted(key)).collect();
            let more = match all.len().saturating_sub(LISTED) {
                0 => String::new(),
                more => format!(" and {more} more, which quotable count by authority lists"),
            };
            format!("the reports are on {}{more}", shown.join(", "))
        }
        near => {
            let named = near.iter().map(|near| {
                let reports = entries.iter().filter(|entry| key(entry) == Some(near.as_str())).count();
                format!("{} ({reports} report{})", quoted(near), if reports == 1 { "" } else { "s" })
            });
            format!("did you mean {}", named.collect::<Vec<_>>().join(" or "))
        }
    };
    let known = Profiles::built_in().registers().find_map(|register| register.find(text));
    let message = match known {
        Some(known) => format!("no report here is on {}", known.name),
        None => format!("no report here is on an authority called “{text}”"),
    };
    let value = Value::Text(text.to_owned());
    filter_error(Field::Authority, &value, message, cure).of_kind(ErrorKind::UnknownValue).near(near)
}

/// The keys of the authorities with the names nearest to `text`.
pub(crate) fn nearest_authorities(entries: &[Entry], text: &str) -> Vec<String> {
    let mut known: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    // Whole names first: a word that is one authority's name is also in the names of others.
    for entry in entries {
        let forms = names(entry).flat_map(name_forms);
        if let Some(key) = key(entry) {
            for form in forms {
                known.entry(form).or_default().insert(key);
            }
        }
    }
    let whole: BTreeSet<String> = known.keys().cloned().collect();
    for key in entries.iter().filter_map(key) {
        for word in key.split(' ').filter(|word| word.len() > 3 && !whole.contains(*word)) {
            known.entry(word.to_owned()).or_default().insert(key);
        }
    }
    let wanted = name_forms(text).into_iter().next().unwrap_or_default();
    let mut keys: Vec<String> = Vec::new();
    for form in nearest(&wanted, known.keys().map(String::as_str)) {
        for key in known.get(&form).into_iter().flatten() {
            if !keys.iter().any(|known| known == key) && keys.len() < LISTED {
                keys.push((*key).to_owned());
            }
        }
    }
    keys
}
