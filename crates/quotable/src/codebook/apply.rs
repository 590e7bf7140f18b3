//! A code book in a search: its names, and the topics that `theme:` names.

use quotable_query::{Field, Glob, Query, QueryError, nearest};

use super::{Code, CodeBook};
use crate::filter::unknown;
use crate::{Error, Result};

impl CodeBook {
    /// Replaces every `@name` by its query, as a search does with
    /// [`SearchOptions::codebook`](crate::SearchOptions::codebook).
    ///
    /// # Errors
    /// [`Query`](crate::ErrorKind::Query) if a name is not in the book, or the query grows beyond all use.
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

    /// The topics that `theme:` names by that text, wildcards allowed; none if the name is that of a theme that only
    /// headings give, which the corpus may hold or not.
    ///
    /// # Errors
    /// [`UnknownValue`](crate::ErrorKind::UnknownValue) if no topic and no heading has such a theme.
    pub(crate) fn topics_of(&self, text: &str) -> Result<Vec<&Code>> {
        let glob = Glob::ignoring_case(&text.trim().replace([' ', '_'], "-"));
        let topics: Vec<&Code> = self.topics().filter(|topic| glob.matches(&topic.name)).collect();
        let sections = quotable_report::theme::NAMES;
        if topics.is_empty() && !sections.iter().any(|name| glob.matches(name)) {
            let names = self.topics().map(|topic| topic.name.as_str()).chain(sections);
            return Err(unknown(Field::Theme, text, names));
        }
        Ok(topics)
    }
}
