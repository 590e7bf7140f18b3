//! Filters: resolves `authority:`, `date:`, `grade:` and the like to sources or keywords.
//!
//! Facts of a whole report are read from its entry, and give a set of sources; those of a paragraph are keywords of the
//! index.

mod authority;
mod known;
mod longer_name;
mod name_pattern;
mod range;
mod value_test;

use std::collections::BTreeSet;
use std::sync::Arc;

use quotable_codebook::{Code, CodeBook};
use quotable_query::{Field, Filter, Glob, Matcher, Query, QueryError, Value, nearest};
use quotable_report::profile::Profiles;
use quotable_report::{FieldName, FieldValue, Grade, ReportKind};

use self::authority::authorities;
pub(crate) use self::authority::nearest_authorities;
pub(crate) use self::known::ReportField;
pub(super) use self::longer_name::resolve_typed;
pub(crate) use self::longer_name::{longer_name, values_after};
use self::name_pattern::NamePattern;
pub(crate) use self::range::Days;
use self::range::{Bounds, ParagraphNumber};
use self::value_test::ValueTest;
use crate::error::{Error, ErrorKind, Result};
use crate::search::keyword_values::values;
use crate::search::named_field::{NamedField, known_frameworks, known_grades, language_fields, named_field};
use crate::store::entry::Entry;
use crate::store::keyword::{field_keyword, keyword};
use crate::store::state::State;

/// A filter resolved in one state of the index.
#[derive(Debug, Clone)]
pub(crate) enum Resolved {
    /// The paragraphs of the sources marked, by source number.
    Sources(Arc<[bool]>),
    /// Paragraphs with any of these keywords.
    Keywords(Vec<String>),
    /// Paragraphs of these topics of a code book.
    Topics(Arc<Topics>),
    /// Paragraphs for which the other does not hold.
    Not(Box<Resolved>),
}

/// The topics of a code book that a `theme:` filter names. A paragraph has one of them by its section or by its words.
#[derive(Debug)]
pub(crate) struct Topics {
    /// The names of the topics.
    pub(crate) names: Vec<String>,
    /// Keywords of the sections that are about one of them.
    pub(super) sections: Vec<String>,
    /// Matches the words that are about one of them.
    pub(super) matcher: Matcher,
}

/// The value by which a filter asks for reports and paragraphs of which the field is not known.
const NONE: &str = "none";

/// True if the filter asks for what has no value: `date:none`. Every report has a kind and a path.
pub(crate) fn asks_for_none(filter: &Filter) -> bool {
    !matches!(filter.field, Field::Kind | Field::Path)
        && matches!(&filter.value, Value::Text(text) if text.trim().eq_ignore_ascii_case(NONE))
}

/// The reports, or the paragraphs of any report, of which the field of a filter is not known.
fn resolve_none(state: &State, filter: &Filter, book: Option<&CodeBook>) -> Result<Resolved> {
    if let Some(field) = ReportField::of(state, &filter.field)? {
        let entries = state.sources().entries().iter();
        return Ok(Resolved::Sources(
            entries.map(|entry| entry.failure.is_none() && !field.is_known(entry)).collect(),
        ));
    }
    let any = match &filter.field {
        Field::Theme if book.is_some_and(|book| book.topics().next().is_some()) => themes(state, "*", book)?,
        Field::Named(name) => keywords_where(state, &field_keyword(name), |_| true)?,
        field => keywords_where(state, field.name(), |_| true)?,
    };
    Ok(Resolved::Not(Box::new(any)))
}

/// Resolves a filter. `theme:` goes by the topics of the code book, if there is one.
///
/// # Errors
/// [`UnknownValue`](ErrorKind::UnknownValue), with the nearest known values, for a value that does not exist.
pub(super) fn resolve(state: &State, filter: &Filter, book: Option<&CodeBook>) -> Result<Resolved> {
    if asks_for_none(filter) {
        return resolve_none(state, filter, book)
            .map_err(|error| if error.query_error().is_some() { error } else { unnamed(filter, error) });
    }
    let entries = state.sources().entries();
    let sources = |matches: &dyn Fn(&Entry) -> bool| Resolved::Sources(entries.iter().map(matches).collect());
    let field = &filter.field;
    Ok(match (field, &filter.value) {
        (Field::Date, value) => {
            let days = Days::new(field, value)?;
            sources(&|entry| entry.day().is_some_and(|day| days.overlap(day, day)))
        }
        (Field::Inspected, value) => {
            let days = Days::new(field, value)?;
            sources(&|entry| entry.inspected.iter().any(|period| days.overlap(period.start, period.end)))
        }
        (Field::Page, value) => {
            let pages: Bounds<u32> = Bounds::new(field, value)?;
            keywords_where(state, "page", |page| page.parse().is_ok_and(|page| pages.contain(&page)))?
        }
        (Field::Para, value) => paragraph_numbers(state, value)?,
        (Field::Named(name), value) => named(state, field, name, value)?,
        (Field::Grade, Value::Range(..)) => {
            let message = "grade: takes a single grade, not a range".to_owned();
            let each =
                grades_between(entries, &filter.value).into_iter().map(|grade| format!("grade:{grade}"));
            let cure = format!("write each grade: ({})", each.collect::<Vec<_>>().join(" OR "));
            return Err(filter_error(field, &filter.value, message, cure));
        }
        (_, Value::Range(..)) => {
            let message = format!("{}: takes a single value, not a range", field.name());
            return Err(Error::new(ErrorKind::Query, message));
        }
        (Field::Authority, Value::Text(text)) => authorities(entries, text)?,
        (Field::Urn, Value::Text(text)) => {
            let glob = Glob::ignoring_case(text);
            sources(&|entry| {
                let urn = entry.authority.as_ref().and_then(|authority| authority.urn.as_deref());
                urn.is_some_and(|urn| glob.matches(urn))
            })
        }
        (Field::Path, Value::Text(text)) => {
            let glob = Glob::ignoring_case(text);
            sources(&|entry| glob.matches_path(&entry.path))
        }
        (Field::Region, Value::Text(text)) => {
            let pattern = NamePattern::new(text)?;
            let region = |entry: &'_ Entry| -> Option<String> { entry.authority.as_ref()?.region.clone() };
            let there: BTreeSet<String> = entries.iter().filter_map(region).collect();
            if !there.iter().any(|region| pattern.is_in(region)) {
                return Err(unknown_value(field, text, there.iter().map(String::as_str)));
            }
            sources(&|entry| region(entry).is_some_and(|region| pattern.is_in(&region)))
        }
        (Field::Framework, Value::Text(text)) => {
            let known = known_frameworks(entries);
            let wanted = named_values(field, text, known.iter().map(|known| (known.as_str(), known)))?;
            sources(&|entry| entry.framework.as_ref().is_some_and(|framework| wanted.contains(&framework)))
        }
        (Field::Kind, Value::Text(text)) => {
            let wanted =
                named_values(field, text, ReportKind::ALL.map(|known| (known.as_str(), known)).into_iter())?;
            sources(&|entry| entry.failure.is_none() && wanted.contains(&entry.kind))
        }
        (Field::Grade, Value::Text(text)) => {
            let there = values(state, "grade")?;
            let wanted = grades(entries, field, text, &there)?;
            Resolved::Keywords(wanted.into_iter().map(|grade| keyword("grade", grade.as_str())).collect())
        }
        (Field::Theme, Value::Text(text)) => themes(state, text, book)?,
        (Field::Section, Value::Text(text)) => {
            let pattern = NamePattern::new(text)?;
            keywords_where(state, "section", |section| pattern.is_in(section))?
        }
        (other, _) => return Err(unsupported(other)),
    })
}

/// The filter of an area of judgement, or of a field of reports or paragraphs.
fn named(state: &State, field: &Field, name: &str, value: &Value) -> Result<Resolved> {
    let entries = state.sources().entries();
    let known = language_fields();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let found = named_field(state, name, &known).map_err(|error| {
        let near: Vec<String> = error.nearest().to_vec();
        let other_name = Field::by_other_name(name);
        let cure = match near.as_slice() {
            _ if other_name.is_some() => {
                let other = other_name.unwrap_or(Field::Date);
                let value = match (name, value) {
                    ("from" | "since" | "after", Value::Text(day)) => Value::Range(Some(day.clone()), None),
                    ("to" | "until" | "before", Value::Text(day)) => Value::Range(None, Some(day.clone())),
                    (_, value) => value.clone(),
                };
                format!("did you mean {}; for text, use quotation marks", Filter::new(other, value))
            }
            [] => "quotable reports shows the areas and fields that there are; for text, use quotation marks"
                .to_owned(),
            near => {
                let near: Vec<String> = near
                    .iter()
                    .map(|near| Filter::new(field_named(near), value.clone()).to_string())
                    .collect();
                format!("did you mean {}; for text, use quotation marks", near.join(" or "))
            }
        };
        let message = format!("no report here has a field or an area of judgement called “{name}”");
        filter_error(field.clone(), value, message, cure).of_kind(ErrorKind::UnknownValue).near(near)
    })?;
    let field_values = |found: &FieldName| -> Vec<&FieldValue> {
        entries.iter().filter_map(|entry| entry.fields.get(found)).collect()
    };
    Ok(match found {
        NamedField::Area(area) => {
            let Value::Text(text) = value else {
                let message = format!("{name}: takes a single grade, not a range");
                let each = grades_between(entries, value).into_iter().map(|grade| format!("{name}:{grade}"));
                let cure = format!("write each grade: ({})", each.collect::<Vec<_>>().join(" OR "));
                return Err(filter_error(field, value, message, cure));
            };
            let all = entries.iter().flat_map(|entry| &entry.grades).filter(|given| given.area == area);
            let there: Vec<String> = all.map(|given| given.grade.to_string()).collect();
            let wanted = grades(entries, field, text, &there)?;
            let given = |entry: &Entry| {
                entry.grades.iter().any(|given| given.area == area && wanted.contains(&given.grade))
            };
            Resolved::Sources(entries.iter().map(given).collect())
        }
        NamedField::Report(found) => {
            let test = ValueTest::new(field, value, field_values(&found).into_iter())?;
            let has = |entry: &Entry| entry.fields.get(&found).is_some_and(|value| test.passes(value));
            if !entries.iter().any(has) && matches!(value, Value::Text(_)) {
                let there: BTreeSet<String> =
                    field_values(&found).into_iter().map(ToString::to_string).collect();
                return Err(unknown_value(field, &value.to_string(), there.iter().map(String::as_str)));
            }
            Resolved::Sources(entries.iter().map(has).collect())
        }
        NamedField::Paragraph(found) => {
            let name = field_keyword(found.as_str());
            let there = values(state, &name)?;
            let there: Vec<(FieldValue, &String)> =
                there.iter().filter_map(|value| Some((FieldValue::guess(value)?, value))).collect();
            let test = ValueTest::new(field, value, there.iter().map(|(value, _)| value))?;
            let passing = there.iter().filter(|(value, _)| test.passes(value));
            Resolved::Keywords(passing.map(|(_, value)| keyword(&name, value)).collect())
        }
    })
}

/// The field of that name, which is one of the corpus.
fn field_named(name: &str) -> Field {
    Field::named(name).unwrap_or_else(|| Field::Named(name.into()))
}

/// The error for a name that is no field, in the form of one about a query.
fn unnamed(filter: &Filter, error: Error) -> Error {
    let near = error.nearest().to_vec();
    let message =
        format!("no report here has a field or an area of judgement called “{}”", filter.field.name());
    let cure = match near.as_slice() {
        [] => "quotable reports shows the areas and fields that there are".to_owned(),
        near => format!("did you mean {}:", near.join(": or ")),
    };
    filter_error(filter.field.clone(), &filter.value, message, cure)
        .of_kind(ErrorKind::UnknownValue)
        .near(near)
}

fn unsupported(field: &Field) -> Error {
    Error::new(
        ErrorKind::Unsupported,
        format!("the filter {}: is not supported in this version", field.name()),
    )
}

/// The error for a filter that cannot be resolved, with a caret under it.
fn filter_error(
    field: impl std::borrow::Borrow<Field>,
    value: &Value,
    message: String,
    cure: String,
) -> Error {
    let field = field.borrow();
    let written = format!("{}:{value}", field.name());
    let end = written.len();
    QueryError::new(written, 0..end, message, cure).into()
}

/// The most values that an error lists.
const MOST_LISTED: usize = 20;

/// A pattern for stable names, which are written with hyphens: `care leavers` means `care-leavers`.
fn name_glob(text: &str) -> Glob {
    Glob::ignoring_case(&text.trim().replace([' ', '_'], "-"))
}

/// The values among `all` that `text` names, wildcards allowed.
fn named_values<'a, T>(
    field: &Field,
    text: &str,
    all: impl Iterator<Item = (&'a str, T)> + Clone,
) -> Result<Vec<T>> {
    let glob = name_glob(text);
    let found: Vec<T> = all.clone().filter(|(name, _)| glob.matches(name)).map(|(_, value)| value).collect();
    if found.is_empty() {
        // A misspelt value must not silently find nothing.
        return Err(unknown_value(field, text, all.map(|(name, _)| name)));
    }
    Ok(found)
}

/// The grades that `text` names. An error offers those that are there.
fn grades(entries: &[Entry], field: &Field, text: &str, there: &[String]) -> Result<Vec<Grade>> {
    let glob = name_glob(text);
    let known = known_grades(entries);
    let found: Vec<Grade> = known.iter().filter(|grade| glob.matches(grade.as_str())).cloned().collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let printed = as_printed(text);
    if !printed.is_empty() {
        return Ok(printed);
    }
    if let Some(error) = several_grades(field, text, &known) {
        return Err(error);
    }
    let given = known.iter().map(Grade::as_str).filter(|grade| there.iter().any(|there| there == grade));
    // `ri` is what inspectors write.
    let initials = |grade: &str| grade.split('-').filter_map(|word| word.chars().next()).collect::<String>();
    let short: Vec<&str> = known
        .iter()
        .map(Grade::as_str)
        .filter(|grade| grade.contains('-') && initials(grade).eq_ignore_ascii_case(text))
        .collect();
    if let [only] = short.as_slice() {
        let message = format!("no {} is called “{text}”", field.name());
        let cure = format!("did you mean {only}");
        return Err(filter_error(field, &Value::Text(text.to_owned()), message, cure)
            .of_kind(ErrorKind::UnknownValue)
            .near(vec![(*only).to_owned()]));
    }
    let offered: Vec<&str> = given.collect();
    if offered.is_empty() {
        return Err(unknown_value(field, text, known.iter().map(Grade::as_str)));
    }
    Err(unknown_value(field, text, offered.into_iter()))
}

/// The grades that profiles know by a printed form: `Requires improvement to be good`.
fn as_printed(text: &str) -> Vec<Grade> {
    let typed = text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let scales = Profiles::built_in().iter().flat_map(|profile| &profile.rules.scales);
    let found: BTreeSet<&Grade> = scales
        .flat_map(|scale| {
            let forms = scale.printed.iter().filter(|(form, _)| *form == typed);
            forms.filter_map(|(_, at)| scale.grade(*at)).map(|grade| &grade.name)
        })
        .collect();
    found.into_iter().cloned().collect()
}

/// The grades that a range of grades was meant to name: its ends and those between, as far as one scale has them.
fn grades_between(entries: &[Entry], value: &Value) -> Vec<String> {
    let Value::Range(from, to) = value else { return Vec::new() };
    let ends: Vec<&String> = from.iter().chain(to).collect();
    let entries = entries.iter().flat_map(|entry| &entry.grades).filter_map(|given| given.scale.as_ref());
    let used: BTreeSet<&quotable_report::Scale> = entries.collect();
    let scales = || Profiles::built_in().iter().flat_map(|profile| &profile.rules.scales);
    let between = |scale: &quotable_report::profile::ScaleRules| -> Option<Vec<String>> {
        let place = |end: &String| {
            let glob = name_glob(end);
            scale.grades.iter().position(|grade| grade.rank.is_some() && glob.matches(grade.name.as_str()))
        };
        let places: Vec<usize> = ends.iter().map(|end| place(end)).collect::<Option<_>>()?;
        let (first, last) = (places.iter().min()?, places.iter().max()?);
        Some(scale.grades.get(*first..=*last)?.iter().map(|grade| grade.name.to_string()).collect())
    };
    let own = scales().filter(|scale| used.contains(&scale.name)).find_map(between);
    own.or_else(|| scales().find_map(between)).unwrap_or_else(|| ends.into_iter().cloned().collect())
}

/// The error for several grades in one value, `good,outstanding`, if that is what it is.
fn several_grades(field: &Field, text: &str, known: &[Grade]) -> Option<Error> {
    let values: Vec<&str> =
        text.split([',', ';', '|', '/']).map(str::trim).filter(|value| !value.is_empty()).collect();
    let is_known = |value: &&str| known.iter().any(|grade| name_glob(value).matches(grade.as_str()));
    if values.len() < 2 || !values.iter().all(is_known) {
        return None;
    }
    let each: Vec<String> = values.iter().map(|value| format!("{}:{value}", field.name())).collect();
    let message = format!("{}: takes one grade, and here are {}", field.name(), values.len());
    let cure = format!("write ({})", each.join(" OR "));
    Some(filter_error(field, &Value::Text(text.to_owned()), message, cure).of_kind(ErrorKind::UnknownValue))
}

/// The error for a value that is not among `all`.
fn unknown_value<'a>(field: &Field, text: &str, all: impl Iterator<Item = &'a str>) -> Error {
    // Topics of a code book and themes of headings may have the same names.
    let mut seen = BTreeSet::new();
    let all: Vec<&str> = all.filter(|name| seen.insert(*name)).collect();
    let near = nearest(text, all.iter().copied());
    let cure = match near.as_slice() {
        [] if all.is_empty() => "leave the filter out: the corpus has none".to_owned(),
        [] => {
            let shown = all.iter().take(MOST_LISTED).copied().collect::<Vec<_>>().join(", ");
            format!("choose one of {shown}{}", if all.len() > MOST_LISTED { ", …" } else { "" })
        }
        near => format!("did you mean {}", near.join(" or ")),
    };
    let message = format!("no {} is called “{text}”", field.name());
    filter_error(field, &Value::Text(text.to_owned()), message, cure)
        .of_kind(ErrorKind::UnknownValue)
        .near(near)
}

/// The themes that `text` names: topics of the code book, if it has any of that name, or else themes of sections.
fn themes(state: &State, text: &str, book: Option<&CodeBook>) -> Result<Resolved> {
    if let Some(book) = book {
        let topics = topics_of(book, text)?;
        if !topics.is_empty() {
            let sections = topics.iter().flat_map(|topic| &topic.sections);
            return Ok(Resolved::Topics(Arc::new(Topics {
                names: topics.iter().map(|topic| topic.name.clone()).collect(),
                sections: sections.map(|section| keyword("theme", section)).collect(),
                matcher: Matcher::new(&Query::any_of(topics.iter().map(|topic| topic.resolved.clone())))?,
            })));
        }
    }
    let glob = name_glob(text);
    let all = values(state, "theme")?;
    let found: Vec<String> =
        all.iter().filter(|name| glob.matches(name)).map(|name| keyword("theme", name)).collect();
    // A theme that headings can have is known even if no heading of this corpus has it: it matches nothing.
    if found.is_empty() && !built_in_themes().iter().any(|name| glob.matches(name)) {
        return Err(unknown_value(&Field::Theme, text, all.iter().map(String::as_str)));
    }
    Ok(Resolved::Keywords(found))
}

/// The topics of a code book that `text` names, wildcards allowed. Empty if it names a theme that only headings have,
/// whether the corpus has it or not.
fn topics_of<'a>(book: &'a CodeBook, text: &str) -> Result<Vec<&'a Code>> {
    let glob = name_glob(text);
    let topics: Vec<&Code> = book.topics().filter(|topic| glob.matches(&topic.name)).collect();
    let sections = built_in_themes();
    if topics.is_empty() && !sections.iter().any(|name| glob.matches(name)) {
        let names = book.topics().map(|topic| topic.name.as_str()).chain(sections);
        return Err(unknown_value(&Field::Theme, text, names));
    }
    Ok(topics)
}

/// The themes that headings can have by the built-in profiles.
fn built_in_themes() -> BTreeSet<&'static str> {
    Profiles::built_in().themes().collect()
}

/// The paragraphs with the numbers that a value names: `4`, `2.1`, `4..12` or `2.*`.
fn paragraph_numbers(state: &State, value: &Value) -> Result<Resolved> {
    match value {
        Value::Text(text) if text.contains(['*', '?']) => {
            let glob = Glob::ignoring_case(text);
            keywords_where(state, "para", |number| glob.matches(number))
        }
        value => {
            let numbers: Bounds<ParagraphNumber> = Bounds::new(&Field::Para, value)?;
            keywords_where(state, "para", |number| {
                number.parse().is_ok_and(|number| numbers.contain(&number))
            })
        }
    }
}

/// The keywords of that name whose value passes the test.
fn keywords_where(state: &State, name: &str, passes: impl Fn(&str) -> bool) -> Result<Resolved> {
    let values = values(state, name)?;
    let keywords = values.iter().filter(|value| passes(value)).map(|value| keyword(name, value));
    Ok(Resolved::Keywords(keywords.collect()))
}
