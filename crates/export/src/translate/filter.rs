//! Filters of a query as conditions on columns. Names, wildcards and the like are resolved by the reports of the corpus to the
//! stable values that the columns hold.

use std::collections::BTreeSet;

use quotable_codebook::CodeBook;
use quotable_index::{Duplicates, Facet, ReportHead, Search, SearchOptions};
use quotable_query::{Field, Filter, Glob, Query, Value};
use quotable_report::Date;

use super::QueryTarget;
use super::condition::{ColumnName, Condition, Slot, Token, WordsCondition, WordsTest};
use super::error::TranslateError;

/// The most values that a filter may stand for.
const MOST_VALUES: usize = 1000;

pub(super) struct FilterReader<'r> {
    pub(super) search: &'r Search,
    pub(super) target: QueryTarget,
    pub(super) notes: Vec<String>,
}

impl FilterReader<'_> {
    /// The condition of a filter; `part` is the filter as a query.
    pub(super) fn condition(&mut self, part: &Query, filter: &Filter) -> Result<Condition, TranslateError> {
        if let Value::Text(text) = &filter.value
            && text.trim().eq_ignore_ascii_case("none")
            && !matches!(filter.field, Field::Kind | Field::Path)
        {
            return self.none(part, filter);
        }
        let one = ColumnName::one;
        let found = match &filter.field {
            Field::Date => {
                let (from, to) = days(&filter.value);
                return Ok(Condition::Days("dated", from, to));
            }
            Field::Inspected => {
                let (from, to) = days(&filter.value);
                return Ok(Condition::Inspected(part.clone(), from, to));
            }
            Field::Page => return Ok(pages(&filter.value)),
            Field::Section => return self.section(part, &filter.value),
            Field::Authority => (
                one("authority_key"),
                self.of_heads(part, |head| {
                    head.authority.map(|authority| authority.key.clone()).into_iter().collect()
                })?,
            ),
            Field::Urn => (
                one("urn"),
                self.of_heads(part, |head| {
                    head.authority.and_then(|authority| authority.urn.clone()).into_iter().collect()
                })?,
            ),
            Field::Region => (
                one("region"),
                self.of_heads(part, |head| {
                    head.authority.and_then(|authority| authority.region.clone()).into_iter().collect()
                })?,
            ),
            Field::Framework => (
                one("framework"),
                self.of_heads(part, |head| head.framework.map(ToString::to_string).into_iter().collect())?,
            ),
            Field::Kind => (one("kind"), self.of_heads(part, |head| vec![head.kind.to_string()])?),
            Field::Path => (one("path"), self.of_heads(part, |head| vec![head.path.to_owned()])?),
            Field::Grade => (one("grade"), self.of_facet(part, Facet::Grade)?),
            Field::Theme => self.theme(part, &filter.value)?,
            Field::Para => (one("paragraph"), self.numbers(part)?),
            Field::Named(name) => self.named(part, name, &filter.value)?,
            _ => return Err(self.cannot(part, "this filter", "leave it out, or count with quotable")),
        };
        let (column, values) = found;
        if values.len() > MOST_VALUES {
            let what = format!("{} values of one filter", values.len());
            return Err(self.cannot(part, &what, format!("narrow it to {MOST_VALUES} or fewer")));
        }
        self.note(filter, &values);
        Ok(Condition::OneOf(column, values.into_iter().collect()))
    }

    /// Says what a filter was read as, where that differs from what was typed.
    fn note(&mut self, filter: &Filter, values: &BTreeSet<String>) {
        let Value::Text(text) = &filter.value else { return };
        let typed = text.to_lowercase();
        if values.len() == 1
            && values.iter().all(|value| *value == typed || value.ends_with(&format!(":{typed}")))
        {
            return;
        }
        let shown: Vec<&str> = values.iter().take(5).map(String::as_str).collect();
        let more = if values.len() > 5 { ", …" } else { "" };
        let read =
            if shown.is_empty() { "nothing".to_owned() } else { format!("{}{more}", shown.join(", ")) };
        self.notes
            .push(format!("{}:{text} was read as {read}, by the reports that there are now", filter.field));
    }

    /// What has no value: `date:none`.
    fn none(&self, part: &Query, filter: &Filter) -> Result<Condition, TranslateError> {
        let column = match &filter.field {
            Field::Date => ColumnName::one("dated"),
            Field::Inspected => ColumnName::list("inspected"),
            Field::Authority => ColumnName::one("authority_key"),
            Field::Urn => ColumnName::one("urn"),
            Field::Region => ColumnName::one("region"),
            Field::Framework => ColumnName::one("framework"),
            Field::Grade => ColumnName::one("grade"),
            Field::Theme if self.book().is_some_and(|book| book.topics().next().is_some()) => {
                ColumnName::list("themes")
            }
            Field::Theme => ColumnName::one("theme"),
            Field::Section => ColumnName::list("headings"),
            Field::Para => ColumnName::one("paragraph"),
            Field::Page => ColumnName::one("page"),
            Field::Named(name) => {
                let (column, value) = match self.kind_of(part, name)? {
                    NamedKind::Area => (ColumnName::list("areas"), name.to_string()),
                    NamedKind::Report => (ColumnName::list("field_values"), name.to_string()),
                };
                return Ok(Condition::Not(Box::new(Condition::OneOf(column, vec![value]))));
            }
            _ => return Err(self.cannot(part, "this filter", "leave it out, or count with quotable")),
        };
        Ok(Condition::Not(Box::new(Condition::IsSet(column))))
    }

    fn book(&self) -> Option<&CodeBook> {
        self.search.options().codebook.as_ref()
    }

    /// A search for the paragraphs that pass the filter, of any kind of text.
    fn search_for(&self, part: &Query) -> Result<Search, TranslateError> {
        let mut options = SearchOptions::default().tables(true).notes(true).most_steps(u64::MAX);
        options = options.duplicates(Duplicates::Keep);
        if let Some(book) = self.book() {
            options = options.codebook(book.clone());
        }
        Ok(self.search.snapshot().search_with(part, &options)?)
    }

    /// Values of the reports that pass the filter.
    fn of_heads(
        &self,
        part: &Query,
        values: impl Fn(&ReportHead<'_>) -> Vec<String>,
    ) -> Result<BTreeSet<String>, TranslateError> {
        let snapshot = self.search.snapshot();
        let reports = self.search_for(part)?.count_by_report()?;
        let heads = reports.iter().filter(|report| report.paragraphs > 0);
        let heads = heads.filter_map(|report| snapshot.report_head(&report.path));
        Ok(heads.flat_map(|head| values(&head)).collect())
    }

    /// Values of the paragraphs that pass the filter.
    fn of_facet(&self, part: &Query, facet: Facet) -> Result<BTreeSet<String>, TranslateError> {
        let table = self.search_for(part)?.count_by(&[facet])?;
        let rows = table.rows.into_iter().filter(|row| row.paragraphs > 0);
        Ok(rows.filter_map(|row| row.values.into_iter().next().flatten()).collect())
    }

    /// The printed numbers of the paragraphs that pass the filter.
    fn numbers(&self, part: &Query) -> Result<BTreeSet<String>, TranslateError> {
        let mut numbers = BTreeSet::new();
        let mut hits = self.search_for(part)?.every()?;
        while let Some(hit) = hits.lend()? {
            numbers.extend(hit.citation.paragraph.clone());
        }
        Ok(numbers)
    }

    /// By the topics of the code book, or else by the themes of headings: as a search does.
    fn theme(&self, part: &Query, value: &Value) -> Result<(ColumnName, BTreeSet<String>), TranslateError> {
        if let (Some(book), Value::Text(text)) = (self.book(), value) {
            let glob = name_glob(text);
            let topics: BTreeSet<String> = book
                .topics()
                .filter(|topic| glob.matches(&topic.name))
                .map(|topic| topic.name.clone())
                .collect();
            if !topics.is_empty() {
                return Ok((ColumnName::list("themes"), topics));
            }
        }
        Ok((ColumnName::one("theme"), self.of_facet(part, Facet::Theme)?))
    }

    /// The words of a heading, side by side.
    fn section(&self, part: &Query, value: &Value) -> Result<Condition, TranslateError> {
        let Value::Text(text) = value else {
            return Err(self.cannot(part, "this filter", "write the words of one heading"));
        };
        let parts = match Query::Wildcard(text.clone()).normalised() {
            Query::Phrase(parts) => parts,
            one => vec![one],
        };
        let slot = |word: Query| match word {
            Query::Word(word) => Ok(Slot::OneOf(vec![Token::Word(word)])),
            Query::Wildcard(pattern) => Ok(Slot::OneOf(vec![Token::Pattern(pattern)])),
            _ => Err(self.cannot(
                part,
                "any one word of a heading",
                "write the words before and after it as two filters",
            )),
        };
        let run = parts.into_iter().map(slot).collect::<Result<Vec<_>, _>>()?;
        let test = WordsTest::Run(run);
        Ok(Condition::Words(WordsCondition { column: "section_words", part: part.clone(), test }))
    }

    /// The grade of an area, or a field of the corpus's own.
    fn named(
        &self,
        part: &Query,
        name: &str,
        value: &Value,
    ) -> Result<(ColumnName, BTreeSet<String>), TranslateError> {
        match self.kind_of(part, name)? {
            NamedKind::Area => {
                let glob = match value {
                    Value::Text(text) => name_glob(text),
                    _ => return Err(self.cannot(part, "this filter", "write one grade")),
                };
                let heads = self.search.snapshot();
                let grades = heads.report_heads().flat_map(|head| head.grades.iter());
                let wanted = grades.filter(|given| given.area == *name && glob.matches(given.grade.as_str()));
                let values = wanted.map(|given| format!("{}:{}", given.area, given.grade)).collect();
                Ok((ColumnName::list("judgements"), values))
            }
            NamedKind::Report => {
                let values = self.of_heads(part, |head| {
                    let own = head.fields.iter().filter(|(field, _)| field.as_str() == name);
                    own.map(|(field, value)| format!("{field}={value}")).collect()
                })?;
                Ok((ColumnName::list("field_values"), values))
            }
        }
    }

    /// What a name means: an area that a report judges, else a field of a report, as a search reads it.
    fn kind_of(&self, part: &Query, name: &str) -> Result<NamedKind, TranslateError> {
        let snapshot = self.search.snapshot();
        let mut heads = snapshot.report_heads();
        if heads.any(|head| head.grades.iter().any(|given| given.area == *name)) {
            return Ok(NamedKind::Area);
        }
        let mut heads = snapshot.report_heads();
        if heads.any(|head| head.fields.keys().any(|field| field.as_str() == name)) {
            return Ok(NamedKind::Report);
        }
        // An area that built-in profiles know, which no report has; or a field of paragraphs, which is not exported.
        if self.search_for(part)?.count_paragraphs()? > 0 {
            let cure = "leave it out, or count with quotable: fields of single paragraphs are not exported";
            return Err(self.cannot(part, "a field of paragraphs", cure));
        }
        Ok(NamedKind::Area)
    }

    fn cannot(&self, part: &Query, what: &str, cure: impl Into<String>) -> TranslateError {
        TranslateError::cannot(self.search.read_as(), part, self.target, what, cure)
    }
}

enum NamedKind {
    Area,
    Report,
}

/// A pattern for stable names, which are written with hyphens.
fn name_glob(text: &str) -> Glob {
    Glob::ignoring_case(&text.trim().replace([' ', '_'], "-"))
}

fn pages(value: &Value) -> Condition {
    let number = |text: &String| text.trim().parse().ok();
    let (from, to) = match value {
        Value::Text(text) => (number(text), number(text)),
        Value::Range(from, to) => (from.as_ref().and_then(number), to.as_ref().and_then(number)),
        _ => (None, None),
    };
    Condition::Pages(from, to)
}

/// The first and the last day of a value: `2014`, `2014-03..`.
fn days(value: &Value) -> (Option<String>, Option<String>) {
    match value {
        Value::Text(text) => (Some(first_day(text)), Some(last_day(text))),
        Value::Range(from, to) => (from.as_deref().map(first_day), to.as_deref().map(last_day)),
        _ => (None, None),
    }
}

/// The year, month and day of a text, as far as it has them.
fn parts(text: &str) -> (u16, Option<u8>, Option<u8>) {
    let mut parts = text.trim().split('-');
    let year = parts.next().and_then(|year| year.parse().ok()).unwrap_or(1);
    let mut next = || parts.next().and_then(|part| part.parse().ok());
    let month = next();
    (year, month, next())
}

fn first_day(text: &str) -> String {
    let (year, month, day) = parts(text);
    let month = month.unwrap_or(1);
    // A day that the month does not have is after its last.
    let next = || match month {
        12 => Date::new(year + 1, 1, 1),
        month => Date::new(year, month + 1, 1),
    };
    let first = Date::new(year, month, day.unwrap_or(1)).or_else(next);
    first.map_or_else(|| "0001-01-01".to_owned(), |day| day.to_string())
}

fn last_day(text: &str) -> String {
    let (year, month, day) = parts(text);
    let month = month.unwrap_or(12);
    let last = (1..=day.unwrap_or(31)).rev().find_map(|day| Date::new(year, month, day));
    last.map_or_else(|| "0001-01-01".to_owned(), |day| day.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_has_a_first_and_a_last_day() {
        for (text, first, last) in [
            ("2014", "2014-01-01", "2014-12-31"),
            ("2016-02", "2016-02-01", "2016-02-29"),
            ("2017-02", "2017-02-01", "2017-02-28"),
            ("2017-02-30", "2017-03-01", "2017-02-28"),
            ("2018-06-19", "2018-06-19", "2018-06-19"),
        ] {
            assert_eq!((first_day(text).as_str(), last_day(text).as_str()), (first, last), "{text}");
        }
    }
}
