//! Filters: what is known of sources and paragraphs, besides their words.

mod pattern;
mod range;

use std::sync::Arc;

use quotable_query::{Field, Filter, Glob, Matcher, Query, QueryError, Value, nearest};
use quotable_report::{Area, Framework, Grade, ReportKind};

use self::pattern::Names;
use self::range::{Bounds, Days, Number};
use crate::document::facet;
use crate::entry::Entry;
use crate::{CodeBook, Error, ErrorKind, Result, Snapshot};

/// What a filter comes to in one state of the index.
#[derive(Debug, Clone)]
pub(crate) enum Resolved {
    /// Which sources, by their numbers.
    Sources(Arc<[bool]>),
    /// Paragraphs with any of these facets.
    Facets(Vec<String>),
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
pub(crate) fn resolve(snapshot: &Snapshot, filter: &Filter, book: Option<&CodeBook>) -> Result<Resolved> {
    let entries = snapshot.table().entries();
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
            facets(snapshot, "page", |page| page.parse().is_ok_and(|page| pages.hold(&page)))?
        }
        (Field::Para, value) => paragraphs(snapshot, value)?,
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
            Resolved::Facets(wanted.into_iter().map(|grade| facet("grade", grade.as_str())).collect())
        }
        (Field::Theme, Value::Text(text)) => themes(snapshot, text, book)?,
        (Field::Section, Value::Text(text)) => {
            let names = Names::new(text)?;
            facets(snapshot, "section", |section| names.stand_in(section))?
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
pub(crate) fn unknown<'a>(field: Field, text: &str, all: impl Iterator<Item = &'a str>) -> Error {
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

fn themes(snapshot: &Snapshot, text: &str, book: Option<&CodeBook>) -> Result<Resolved> {
    if let Some(book) = book {
        let topics = book.topics_of(text)?;
        if !topics.is_empty() {
            let sections = topics.iter().flat_map(|topic| &topic.sections);
            return Ok(Resolved::Topics(Arc::new(Topics {
                names: topics.iter().map(|topic| topic.name.clone()).collect(),
                sections: sections.map(|section| facet("theme", section)).collect(),
                matcher: Matcher::new(&Query::any_of(topics.iter().map(|topic| topic.resolved.clone())))?,
            })));
        }
    }
    let glob = Glob::ignoring_case(&text.trim().replace([' ', '_'], "-"));
    let all = values(snapshot, "theme")?;
    let found: Vec<String> =
        all.iter().filter(|name| glob.matches(name)).map(|name| facet("theme", name)).collect();
    // A theme that some heading could give is known, though none of this corpus does.
    if found.is_empty() && !quotable_report::theme::NAMES.iter().any(|name| glob.matches(name)) {
        return Err(unknown(Field::Theme, text, all.iter().map(String::as_str)));
    }
    Ok(Resolved::Facets(found))
}

fn paragraphs(snapshot: &Snapshot, value: &Value) -> Result<Resolved> {
    match value {
        Value::Text(text) if text.contains(['*', '?']) => {
            let glob = Glob::ignoring_case(text);
            facets(snapshot, "para", |number| glob.matches(number))
        }
        value => {
            let numbers: Bounds<Number> = Bounds::new(Field::Para, value)?;
            facets(snapshot, "para", |number| number.parse().is_ok_and(|number| numbers.hold(&number)))
        }
    }
}

/// The facets of that name whose value passes.
fn facets(snapshot: &Snapshot, name: &str, passes: impl Fn(&str) -> bool) -> Result<Resolved> {
    let found = values(snapshot, name)?;
    let found = found.iter().filter(|value| passes(value)).map(|value| facet(name, value));
    Ok(Resolved::Facets(found.collect()))
}

/// The values that a facet takes in this state of the index, in order.
pub(crate) fn values(snapshot: &Snapshot, name: &str) -> Result<Vec<String>> {
    let mut all = std::collections::BTreeSet::new();
    let (begin, end) = (facet(name, ""), format!("{name}\u{1}"));
    for reader in snapshot.searcher().segment_readers() {
        let index = reader.inverted_index(snapshot.fields().facet).map_err(Error::of_engine)?;
        let mut stream = index.terms().range().ge(begin.as_bytes()).lt(end.as_bytes()).into_stream()?;
        while stream.advance() {
            let value = stream.key().get(begin.len()..).and_then(|value| std::str::from_utf8(value).ok());
            all.extend(value.map(str::to_owned));
        }
    }
    Ok(all.into_iter().collect())
}
