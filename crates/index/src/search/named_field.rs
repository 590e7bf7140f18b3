//! The fields that a corpus has besides those of the language: areas of judgement, and fields of reports and paragraphs.

use std::collections::{BTreeMap, BTreeSet};

use quotable_query::{Field, nearest};
use quotable_report::profile::Profiles;
use quotable_report::{Area, FieldName, Framework, Grade};

use crate::error::{Error, ErrorKind, Result};
use crate::search::keyword_values::values;
use crate::store::entry::Entry;
use crate::store::keyword::field_keyword;
use crate::store::state::State;

/// The most names that an error lists.
const MOST_LISTED: usize = 20;

/// What a name of the query or of a facet means in a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NamedField {
    /// The grade that reports give to an area.
    Area(Area),
    /// A field of reports.
    Report(FieldName),
    /// A field of paragraphs.
    Paragraph(FieldName),
}

/// What `name` means: an area that a report of the corpus judges, else a field of a report, else a field of a paragraph,
/// else an area that a built-in profile knows, which no report has.
///
/// # Errors
/// [`UnknownValue`](ErrorKind::UnknownValue) for any other name, with the nearest in `known` and in the corpus.
pub(crate) fn named_field(state: &State, name: &str, known: &[&str]) -> Result<NamedField> {
    let entries = state.sources().entries();
    if let Ok(area) = name.parse::<Area>()
        && entries.iter().any(|entry| entry.grades.iter().any(|given| given.area == area))
    {
        return Ok(NamedField::Area(area));
    }
    if let Ok(field) = name.parse::<FieldName>() {
        if entries.iter().any(|entry| entry.fields.contains_key(&field)) {
            return Ok(NamedField::Report(field));
        }
        if !values(state, &field_keyword(field.as_str()))?.is_empty() {
            return Ok(NamedField::Paragraph(field));
        }
    }
    if let Ok(area) = name.parse::<Area>()
        && built_in_areas().any(|known| *known == area)
    {
        return Ok(NamedField::Area(area));
    }
    let own: BTreeSet<&FieldName> = entries.iter().flat_map(|entry| entry.fields.keys()).collect();
    let mut names: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
    names.extend(areas(entries).iter().map(Area::to_string));
    names.extend(own.into_iter().map(FieldName::to_string));
    let near = nearest(name, names.iter().map(String::as_str));
    let other_name = Field::by_other_name(name);
    let offer = match near.as_slice() {
        _ if other_name.is_some() => {
            format!("did you mean {}", other_name.iter().map(Field::name).collect::<String>())
        }
        [] => {
            let shown: Vec<&str> = names.iter().take(MOST_LISTED).map(String::as_str).collect();
            let more = match names.len().saturating_sub(MOST_LISTED) {
                0 => String::new(),
                more => format!(" and {more} more"),
            };
            format!("choose one of {}{more}", shown.join(", "))
        }
        near => format!("did you mean {}", near.join(" or ")),
    };
    let message = format!("no report here has a field or an area of judgement called “{name}”; {offer}");
    Err(Error::new(ErrorKind::UnknownValue, message).near(near))
}

/// The names of the language's own fields.
pub(crate) fn language_fields() -> Vec<String> {
    Field::ALL.iter().map(|field| field.name().to_owned()).collect()
}

fn built_in_areas() -> impl Iterator<Item = &'static Area> {
    Profiles::built_in()
        .iter()
        .flat_map(|profile| profile.rules.areas.iter().flatten())
        .map(|area| &area.name)
}

/// The areas that reports judge, in the order of their names.
pub(crate) fn areas(entries: &[Entry]) -> BTreeSet<Area> {
    entries.iter().flat_map(|entry| &entry.grades).map(|given| given.area.clone()).collect()
}

/// The grades that reports give, best first: scale by scale, and on each by rank, with grades that have no place last.
pub(crate) fn grades_best_first(entries: &[Entry]) -> Vec<Grade> {
    let mut places = BTreeMap::new();
    for given in entries.iter().flat_map(|entry| &entry.grades) {
        let place = (given.rank.is_none(), given.scale.as_ref(), given.rank);
        let known = places.entry(&given.grade).or_insert(place);
        *known = place.min(*known);
    }
    let mut grades: Vec<_> = places.into_iter().map(|(grade, place)| (place, grade)).collect();
    grades.sort_unstable();
    grades.into_iter().map(|(_, grade)| grade.clone()).collect()
}

/// The grades that a filter may name: those of the corpus and those of the built-in profiles.
pub(crate) fn known_grades(entries: &[Entry]) -> Vec<Grade> {
    let mut grades = grades_best_first(entries);
    let scales = Profiles::built_in().iter().flat_map(|profile| &profile.rules.scales);
    for grade in scales.flat_map(|scale| &scale.grades) {
        if !grades.contains(&grade.name) {
            grades.push(grade.name.clone());
        }
    }
    grades
}

/// The frameworks of the corpus, oldest first.
pub(crate) fn frameworks(entries: &[Entry]) -> Vec<Framework> {
    let since = |framework: &Framework| {
        let profile = Profiles::built_in().named(framework.as_str()).and_then(|profile| profile.since);
        let earliest = || {
            let of = entries.iter().filter(|entry| entry.framework.as_ref() == Some(framework));
            of.filter_map(Entry::day).map(|day| day.year()).min()
        };
        profile.or_else(earliest)
    };
    let there: BTreeSet<&Framework> = entries.iter().filter_map(|entry| entry.framework.as_ref()).collect();
    let mut all: Vec<_> = there.into_iter().map(|framework| (since(framework), framework.clone())).collect();
    all.sort_unstable();
    all.into_iter().map(|(_, framework)| framework).collect()
}

/// The frameworks that a filter may name: those of the corpus and the built-in ones.
pub(crate) fn known_frameworks(entries: &[Entry]) -> Vec<Framework> {
    let mut all = frameworks(entries);
    let built_in = Profiles::built_in().iter().filter(|profile| profile.recognise.is_some());
    for profile in built_in {
        if !all.contains(&profile.name) {
            all.push(profile.name.clone());
        }
    }
    all
}
