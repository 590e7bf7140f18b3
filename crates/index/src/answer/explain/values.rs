//! Suggests values of the index for a filter that passes nothing.

use std::collections::BTreeSet;

use quotable_query::analyse::words;
use quotable_query::{Field, Filter, Value, nearest};
use quotable_report::{Date, Grade, ReportKind};

use crate::error::Result;
use crate::search::filter::{Days, nearest_authorities};
use crate::search::keyword_values::values;
use crate::search::named_field::{NamedField, frameworks, grades_best_first, known_grades, named_field};
use crate::store::entry::Entry;
use crate::store::keyword::field_keyword;
use crate::store::state::State;

/// The values of the index nearest to that of the filter, at most three; for a field with a fixed list of values, all that
/// the index has; for a date, the days of reports just before and after. Empty for numbers.
pub(in crate::answer) fn near(state: &State, filter: &Filter) -> Result<Vec<String>> {
    let entries = state.sources().entries();
    if matches!(filter.field, Field::Date | Field::Inspected) {
        return Ok(near_days(entries, filter));
    }
    let Value::Text(text) = &filter.value else { return Ok(Vec::new()) };
    let there: BTreeSet<String> = match &filter.field {
        Field::Authority => return Ok(nearest_authorities(entries, text)),
        Field::Region => {
            entries.iter().filter_map(|entry| entry.authority.as_ref()?.region.clone()).collect()
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
        Field::Framework => return Ok(frameworks(entries).iter().map(ToString::to_string).collect()),
        Field::Kind => {
            let there = |known: &ReportKind| {
                entries.iter().any(|entry| entry.failure.is_none() && entry.kind == *known)
            };
            let kinds = ReportKind::ALL.iter().filter(|kind| there(kind));
            return Ok(kinds.map(|kind| kind.as_str().to_owned()).collect());
        }
        Field::Grade => {
            let there = values(state, "grade")?;
            let known = known_grades(entries).into_iter().map(|grade| grade.to_string());
            return Ok(known.filter(|grade| there.contains(grade)).collect());
        }
        field => match named_field(state, field.name(), &[]) {
            Ok(NamedField::Area(area)) => {
                let given = |grade: &Grade| {
                    let mut given = entries.iter().flat_map(|entry| &entry.grades);
                    given.any(|given| given.area == area && given.grade == *grade)
                };
                let grades = grades_best_first(entries).into_iter();
                return Ok(grades.filter(given).map(|grade| grade.to_string()).collect());
            }
            Ok(NamedField::Report(name)) => {
                entries.iter().filter_map(|entry| entry.fields.get(&name)).map(ToString::to_string).collect()
            }
            Ok(NamedField::Paragraph(name)) => {
                values(state, &field_keyword(name.as_str()))?.into_iter().collect()
            }
            Err(_) => BTreeSet::new(),
        },
    };
    Ok(nearest(text, there.iter().map(String::as_str)))
}

/// The days of reports on both sides of the days that a filter names: the last before them and the first after.
fn near_days(entries: &[Entry], filter: &Filter) -> Vec<String> {
    let days: BTreeSet<Date> = match filter.field {
        Field::Date => entries.iter().filter_map(Entry::day).collect(),
        _ => entries.iter().flat_map(|entry| &entry.inspected).flat_map(|one| [one.start, one.end]).collect(),
    };
    let Ok(range) = Days::new(&filter.field, &filter.value) else { return Vec::new() };
    let before = days.iter().rev().find(|day| range.is_after(**day));
    let after = days.iter().find(|day| range.is_before(**day));
    before.into_iter().chain(after).map(ToString::to_string).collect()
}

/// The folded words of a name, which a filter matches too.
fn words_of(text: &str) -> impl Iterator<Item = String> {
    words(text).map(|word| word.text)
}

/// The nearest paths: of files, with or without their folders, and of folders (`north/*`).
pub(in crate::answer) fn near_path(entries: &[Entry], text: &str) -> Vec<String> {
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
