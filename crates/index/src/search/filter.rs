//! Filters: what is known of sources and paragraphs, besides their words.

mod pattern;
mod range;

use std::sync::Arc;

use quotable_codebook::{Code, CodeBook};
use quotable_query::{Field, Filter, Glob, Matcher, Query, QueryError, Value, nearest};
use quotable_report::{Area, Framework, Grade, ReportKind};

use self::pattern::Names;
use self::range::{Bounds, Days, Number};
use crate::error::{Error, ErrorKind, Result};
use crate::search::keyword_values::values;
use crate::store::entry::Entry;
use crate::store::keyword::keyword;
use crate::store::state::State;

/// What a filter comes to in one state of the index.
#[derive(Debug, Clone)]
pub(crate) enum Resolved {
    /// Which sources, by their numbers.
    Sources(Arc<[bool]>),
    /// Paragraphs with any of these facets.
    Keywords(Vec<String>),
    /// Paragraphs of topics of a code book.
    Topics(Arc<Topics>),
}

/// What gives the themes that a filter names.
#[derive(Debug)]
pub(crate) struct Topics {
    pub(crate) names: Vec<String>,
    /// Facets of the sections that give one of them.
    pub(crate) sections: Vec<String>,
    /// The words that do.
    pub(crate) matcher: Matcher,
}

/// Finds what a filter asks for; `theme:` by the topics of a code book, if there is one.
pub(crate) fn resolve(state: &State, filter: &Filter, book: Option<&CodeBook>) -> Result<Resolved> {
    let entries = state.sources().entries();
    let sources = |test: &dyn Fn(&Entry) -> bool| Resolved::Sources(entries.iter().map(test).collect());
    let field = filter.field;
    Ok(match (field, &filter.value) {
        (Field::Date, value) => {
            let days = Days::new(field, value)?;
            sources(&|entry| entry.published.is_some_and(|day| days.hold(day, day)))
        }
        (Field::Inspected, value) => {
            let days = Days::new(field, value)?;
            sources(&|entry| entry.inspected.iter().any(|period| days.hold(period.start, period.end)))
        }
        (Field::Page, value) => {
            let pages: Bounds<u32> = Bounds::new(field, value)?;
            facets(state, "page", |page| page.parse().is_ok_and(|page| pages.hold(&page)))?
        }
        (Field::Para, value) => paragraphs(state, value)?,
        (_, Value::Range(..)) => {
            let message = format!("{}: takes one value, not a range", field.name());
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
        (Field::Framework, Value::Text(text)) => {
            let wanted = known(field, text, &Framework::ALL.map(|known| (known.as_str(), known)))?;
            sources(&|entry| entry.framework.is_some_and(|framework| wanted.contains(&framework)))
        }
        (Field::Kind, Value::Text(text)) => {
            let wanted = known(field, text, &ReportKind::ALL.map(|known| (known.as_str(), known)))?;
            sources(&|entry| entry.failure.is_none() && wanted.contains(&entry.kind))
        }
        (Field::Grade, Value::Text(text)) => {
            let wanted = known(field, text, &Grade::ALL.map(|grade| (grade.as_str(), grade)))?;
            Resolved::Keywords(wanted.into_iter().map(|grade| keyword("grade", grade.as_str())).collect())
        }
        (Field::Theme, Value::Text(text)) => themes(state, text, book)?,
        (Field::Section, Value::Text(text)) => {
            let names = Names::new(text)?;
            facets(state, "section", |section| names.stand_in(section))?
        }
        (other, Value::Text(text)) => {
            let area = area_of(other).ok_or_else(|| unsupported(other))?;
            let wanted = known(field, text, &Grade::ALL.map(|grade| (grade.as_str(), grade)))?;
            sources(&|entry| entry.grades.iter().any(|(of, grade)| *of == area && wanted.contains(grade)))
        }
        (other, _) => return Err(unsupported(other)),
    })
}

fn area_of(field: Field) -> Option<Area> {
    Area::ALL.into_iter().find(|area| area.as_str() == field.name())
}

fn unsupported(field: Field) -> Error {
    Error::new(ErrorKind::Unsupported, format!("{}: is not supported yet", field.name()))
}

/// The error for a filter that cannot be resolved.
fn fault(field: Field, value: &Value, message: String, cure: String) -> Error {
    let written = format!("{}:{value}", field.name());
    let end = written.len();
    QueryError::new(written, 0..end, message, cure).into()
}

/// The known values that a text names, wildcards allowed.
fn known<T: Copy>(field: Field, text: &str, all: &[(&str, T)]) -> Result<Vec<T>> {
    let glob = Glob::ignoring_case(&text.trim().replace([' ', '_'], "-"));
    let found: Vec<T> = all.iter().filter(|(name, _)| glob.matches(name)).map(|(_, value)| *value).collect();
    if found.is_empty() {
        return Err(unknown(field, text, all.iter().map(|(name, _)| *name)));
    }
    Ok(found)
}

/// The error for a value that is none of those that there are.
fn unknown<'a>(field: Field, text: &str, all: impl Iterator<Item = &'a str>) -> Error {
    let all: Vec<&str> = all.collect();
    let near = nearest(text, all.iter().copied());
    let cure = match near.as_slice() {
        [] if all.is_empty() => "leave the filter out: the corpus has none".to_owned(),
        [] => format!("choose of {}", all.join(", ")),
        near => format!("did you mean {}", near.join(" or ")),
    };
    let message = format!("no {} is called “{text}”", field.name());
    fault(field, &Value::Text(text.to_owned()), message, cure).of_kind(ErrorKind::UnknownValue).near(near)
}

fn authorities(entries: &[Entry], text: &str) -> Result<Resolved> {
    let names = Names::new(text)?;
    let found: Vec<bool> = entries
        .iter()
        .map(|entry| {
            let authority = entry.authority.as_ref();
            authority.is_some_and(|known| names.stand_in(&known.name) || names.stand_in(&known.key))
        })
        .collect();
    Ok(Resolved::Sources(found.into()))
}

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
    let glob = Glob::ignoring_case(&text.trim().replace([' ', '_'], "-"));
    let all = values(state, "theme")?;
    let found: Vec<String> =
        all.iter().filter(|name| glob.matches(name)).map(|name| keyword("theme", name)).collect();
    // A theme that some heading could give is known, though none of this corpus does.
    if found.is_empty() && !quotable_report::theme::NAMES.iter().any(|name| glob.matches(name)) {
        return Err(unknown(Field::Theme, text, all.iter().map(String::as_str)));
    }
    Ok(Resolved::Keywords(found))
}

/// The topics of a code book that `theme:` names by `text`, wildcards allowed. Empty if the name is that of a theme that
/// only headings give, whether the corpus has it or not.
fn topics_of<'a>(book: &'a CodeBook, text: &str) -> Result<Vec<&'a Code>> {
    let glob = Glob::ignoring_case(&text.trim().replace([' ', '_'], "-"));
    let topics: Vec<&Code> = book.topics().filter(|topic| glob.matches(&topic.name)).collect();
    let sections = quotable_report::theme::NAMES;
    if topics.is_empty() && !sections.iter().any(|name| glob.matches(name)) {
        let names = book.topics().map(|topic| topic.name.as_str()).chain(sections);
        return Err(unknown(Field::Theme, text, names));
    }
    Ok(topics)
}

fn paragraphs(state: &State, value: &Value) -> Result<Resolved> {
    match value {
        Value::Text(text) if text.contains(['*', '?']) => {
            let glob = Glob::ignoring_case(text);
            facets(state, "para", |number| glob.matches(number))
        }
        value => {
            let numbers: Bounds<Number> = Bounds::new(Field::Para, value)?;
            facets(state, "para", |number| number.parse().is_ok_and(|number| numbers.hold(&number)))
        }
    }
}

/// The facets of that name whose value passes.
fn facets(state: &State, name: &str, passes: impl Fn(&str) -> bool) -> Result<Resolved> {
    let found = values(state, name)?;
    let found = found.iter().filter(|value| passes(value)).map(|value| keyword(name, value));
    Ok(Resolved::Keywords(found.collect()))
}
