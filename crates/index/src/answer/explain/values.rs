//! Suggests values of the index for a filter that passes nothing.

use std::collections::BTreeSet;

use quotable_query::analyse::words;
use quotable_query::{Field, Filter, Value, nearest};
use quotable_report::{Framework, Grade, ReportKind};

use crate::error::Result;
use crate::search::keyword_values::values;
use crate::store::entry::Entry;
use crate::store::state::State;

/// The values of the index nearest to that of the filter, at most three; for a field with a fixed list of values, all that
/// the index has. Empty for dates and numbers.
pub(super) fn near(state: &State, filter: &Filter) -> Result<Vec<String>> {
    let Value::Text(text) = &filter.value else { return Ok(Vec::new()) };
    let entries = state.sources().entries();
    let there: BTreeSet<String> = match filter.field {
        Field::Authority => {
            let known = entries.iter().filter_map(|entry| entry.authority.as_ref());
            known.flat_map(|known| std::iter::once(known.key.clone()).chain(words_of(&known.name))).collect()
        }
        Field::Urn => {
            let known = entries.iter().filter_map(|entry| entry.authority.as_ref()?.urn.clone());
            known.collect()
        }
        Field::Path => return Ok(near_path(entries, text)),
        Field::Section => {
            let headings = values(state, "section")?;
            headings.iter().flat_map(|heading| words_of(heading).chain([heading.clone()])).collect()
        }
        Field::Theme => values(state, "theme")?.into_iter().collect(),
        Field::Framework => {
            let there = |known: &Framework| entries.iter().any(|entry| entry.framework == Some(*known));
            return Ok(listed(&Framework::ALL, there, Framework::as_str));
        }
        Field::Kind => {
            let there = |known: &ReportKind| {
                entries.iter().any(|entry| entry.failure.is_none() && entry.kind == *known)
            };
            return Ok(listed(&ReportKind::ALL, there, ReportKind::as_str));
        }
        Field::Grade => {
            let there = values(state, "grade")?;
            let known = |grade: &Grade| there.iter().any(|there| there == grade.as_str());
            return Ok(listed(&Grade::ALL, known, Grade::as_str));
        }
        field => {
            let given = |grade: &Grade| {
                let mut given = entries.iter().flat_map(|entry| &entry.grades);
                given.any(|(area, of)| area.as_str() == field.name() && of == grade)
            };
            return Ok(listed(&Grade::ALL, given, Grade::as_str));
        }
    };
    Ok(nearest(text, there.iter().map(String::as_str)))
}

/// The folded words of a name, which a filter matches too.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    words(text).map(|word| word.text)
}

/// The names of the values of a fixed list that occur in the index.
fn listed<T: Copy>(all: &[T], there: impl Fn(&T) -> bool, name: fn(T) -> &'static str) -> Vec<String> {
    all.iter().filter(|one| there(one)).map(|one| name(*one).to_owned()).collect()
}

/// The nearest paths: of files, with or without their folders, and of folders (`north/*`).
pub(super) fn near_path(entries: &[Entry], text: &str) -> Vec<String> {
    let mut names = BTreeSet::new();
    for entry in entries {
        let starts = std::iter::once(0).chain(entry.path.match_indices('/').map(|(at, _)| at + 1));
        for start in starts {
            let tail = &entry.path[start..];
            names.insert(tail.to_owned());
            names.extend(tail.match_indices('/').map(|(end, _)| format!("{}/*", &tail[..end])));
        }
    }
    nearest(text.trim_matches('/'), names.iter().map(String::as_str))
}
