//! A code book in a search: its names, and `theme:` by topic.

use quotable_query::{Field, Filter, Query, QueryError, Value};

use super::{Code, CodeBook};
use crate::filter::{Glob, nearest};
use crate::{Error, ErrorKind, Result};

impl CodeBook {
    /// Replaces every `@name` by its query.
    ///
    /// # Errors
    /// [`Query`](ErrorKind::Query) if a name is not in the book, or the query grows beyond all use.
    pub fn resolve(&self, query: &Query) -> Result<Query> {
        query.resolved(|name| self.query(name)).map_err(|error| {
            let at = error.query().get(error.span()).unwrap_or_default();
            let name = at.trim_start_matches('@');
            if self.get(name).is_some() {
                return error.into();
            }
            let near = nearest(name, self.codes().iter().map(|code| code.name.as_str()));
            let cure = match near.as_slice() {
                [] => error.cure().to_owned(),
                near => format!("did you mean @{}", near.join(" or @")),
            };
            Error::from(QueryError::new(error.query(), error.span(), error.message(), cure)).near(near)
        })
    }

    /// Makes a query ready to be searched: replaces every `@name`, and lets `theme:x` find the paragraphs that
    /// [`labels`](Self::labels) gives the theme, by section or by words, and not by section alone.
    ///
    /// `theme:` stays a filter: it counts no occurrences and marks nothing. A theme that is none of the book's is
    /// left as it is, to be looked for among the sections.
    ///
    /// # Errors
    /// Those of [`resolve`](Self::resolve), and [`UnknownValue`](ErrorKind::UnknownValue) if no topic and no
    /// section has such a theme.
    pub fn apply(&self, query: &Query) -> Result<Query> {
        self.with_themes(&self.resolve(query)?)
    }

    fn with_themes(&self, query: &Query) -> Result<Query> {
        let one = |part: &Query| self.with_themes(part).map(Box::new);
        let all = |parts: &[Query]| parts.iter().map(|part| self.with_themes(part)).collect::<Result<_>>();
        Ok(match query {
            Query::Filter(Filter { field: Field::Theme, value: Value::Text(text), .. }) => {
                self.theme(text)?
            }
            Query::And(parts) => Query::And(all(parts)?),
            Query::Or(parts) => Query::Or(all(parts)?),
            Query::Not(part) => Query::Not(one(part)?),
            Query::Within { scope, query } => Query::Within { scope: *scope, query: one(query)? },
            // Nothing else can hold a filter.
            other => other.clone(),
        })
    }

    fn theme(&self, text: &str) -> Result<Query> {
        let glob = Glob::new(&text.trim().replace([' ', '_'], "-"));
        let topics: Vec<&Code> = self.topics().filter(|topic| glob.matches(&topic.name)).collect();
        if topics.is_empty() {
            let sections = quotable_report::theme::NAMES;
            if sections.iter().any(|name| glob.matches(name)) {
                return Ok(Query::filter(Field::Theme, text));
            }
            let names = self.topics().map(|topic| topic.name.as_str()).chain(sections);
            let near = nearest(text, names);
            let message = format!("no theme is called “{text}”{}", super::place::offer(&near));
            return Err(Error::new(ErrorKind::UnknownValue, message).near(near));
        }
        let mut any = Vec::new();
        for topic in topics {
            any.extend(topic.sections.iter().map(|section| Query::filter(Field::Theme, section)));
            any.push(topic.resolved.clone());
        }
        // A double negation asks for the same and counts nothing.
        Ok(Query::Not(Box::new(Query::Not(Box::new(Query::Or(any))))))
    }
}
