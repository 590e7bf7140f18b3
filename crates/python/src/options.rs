//! Options by keyword.

use std::fmt::Display;
use std::path::PathBuf;
use std::str::FromStr;

use pyo3::conversion::FromPyObjectOwned;
use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use quotable::query::{Field, Query, Scope};
use quotable::{Boilerplate, CancelFlag, CodeBook, Duplicates, SearchOptions};

use crate::error::raise_code_book;

/// The options of one call. What is `None` counts as not given.
pub(crate) struct Options<'py>(pub(crate) Bound<'py, PyDict>);

impl<'py> Options<'py> {
    /// The value of an option, if it is given.
    pub(crate) fn get<T: FromPyObjectOwned<'py>>(&self, name: &str) -> PyResult<Option<T>> {
        let Some(value) = self.0.get_item(name)?.filter(|value| !value.is_none()) else { return Ok(None) };
        value.extract::<T>().map(Some).map_err(|error| {
            let error: PyErr = error.into();
            let error = error.value(self.0.py()).to_string();
            PyTypeError::new_err(format!("{name}: {error}"))
        })
    }

    /// The value of an option that is given always.
    pub(crate) fn need<T: FromPyObjectOwned<'py>>(&self, name: &str) -> PyResult<T> {
        self.get(name)?.ok_or_else(|| PyTypeError::new_err(format!("{name} is missing")))
    }

    pub(crate) fn flag(&self, name: &str) -> PyResult<bool> {
        Ok(self.get(name)?.unwrap_or(false))
    }

    pub(crate) fn text(&self, name: &str) -> PyResult<Option<String>> {
        self.get(name)
    }

    /// The value of an option that has one of several names.
    pub(crate) fn named<T: FromStr<Err: Display>>(&self, name: &str) -> PyResult<Option<T>> {
        self.text(name)?.map(|text| parsed(name, &text)).transpose()
    }

    /// One text, or several.
    pub(crate) fn texts(&self, name: &str) -> PyResult<Vec<String>> {
        let Some(value) = self.0.get_item(name)?.filter(|value| !value.is_none()) else {
            return Ok(Vec::new());
        };
        if value.is_instance_of::<PyString>() {
            let text: String = value.extract()?;
            return Ok(text.split(',').map(|part| part.trim().to_owned()).collect());
        }
        self.need(name)
    }

    /// One name of a kind, or several.
    pub(crate) fn all_named<T: FromStr<Err: Display>>(&self, name: &str) -> PyResult<Vec<T>> {
        self.texts(name)?.iter().map(|text| parsed(name, text)).collect()
    }

    /// A number of words, or the least and the most: `2`, `(1, 4)`.
    pub(crate) fn lengths(&self, name: &str) -> PyResult<Option<std::ops::RangeInclusive<u8>>> {
        let Some(value) = self.0.get_item(name)?.filter(|value| !value.is_none()) else { return Ok(None) };
        let (first, last) = match value.extract::<u8>() {
            Ok(length) => (length, length),
            Err(_) => value.extract::<(u8, u8)>().map_err(|_| {
                PyTypeError::new_err(format!(
                    "{name}: give a number of words, or the least and the most: (1, 4)"
                ))
            })?,
        };
        Ok(Some(first..=last))
    }

    /// The query narrowed by the options `authority`, `theme`, `from_` and `to`.
    pub(crate) fn narrow(&self, query: Query) -> PyResult<Query> {
        Ok(self.filters()?.into_iter().fold(query, Query::and))
    }

    /// What these options say alone.
    pub(crate) fn filter(&self) -> PyResult<Option<Query>> {
        Ok(self.filters()?.into_iter().reduce(Query::and))
    }

    fn filters(&self) -> PyResult<Vec<Query>> {
        let mut filters = Vec::new();
        for (field, name) in [(Field::Authority, "authority"), (Field::Theme, "theme")] {
            filters.extend(self.text(name)?.map(|value| Query::filter(field, value)));
        }
        let (from, to) = (self.day("from_")?, self.day("to")?);
        if from.is_some() || to.is_some() {
            filters.push(Query::range(Field::Date, from.as_deref(), to.as_deref()));
        }
        Ok(filters)
    }

    /// A year, a month or a day: `2018`, `"2018-06"`, a `datetime.date`.
    fn day(&self, name: &str) -> PyResult<Option<String>> {
        let Some(value) = self.0.get_item(name)?.filter(|value| !value.is_none()) else { return Ok(None) };
        let text = value.str()?.to_string();
        // A `datetime.datetime` has a time too.
        let day = text.split([' ', 'T']).next().unwrap_or_default().to_owned();
        let is_day =
            day.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        if !is_day || day.len() > 10 {
            let message =
                format!("{name} is “{text}”; write a year, a month or a day: 2018, 2018-06, 2018-06-19");
            return Err(PyValueError::new_err(message));
        }
        Ok(Some(day))
    }

    /// The code book that is named, or the built-in one.
    pub(crate) fn code_book(&self) -> PyResult<CodeBook> {
        match self.get::<PathBuf>("codebook")? {
            Some(file) => CodeBook::read(file).map_err(|error| raise_code_book(self.0.py(), error)),
            None => Ok(CodeBook::builtin()),
        }
    }

    /// Whether copies of a report count as one.
    pub(crate) fn duplicates(&self) -> PyResult<Duplicates> {
        Ok(self.named("duplicates")?.unwrap_or_default())
    }

    /// The text to look in, and what an answer may cost.
    pub(crate) fn search(&self, cancel: &CancelFlag) -> PyResult<SearchOptions> {
        let include = self.texts("include")?;
        for what in &include {
            if what != "tables" && what != "notes" {
                return Err(PyValueError::new_err(format!("include: “{what}” is none of tables, notes")));
            }
        }
        let has = |what: &str| include.iter().any(|given| given == what);
        let boilerplate =
            if self.flag("no_boilerplate")? { Boilerplate::Exclude } else { Boilerplate::Include };
        let mut options = SearchOptions::default()
            .tables(has("tables"))
            .notes(has("notes"))
            .boilerplate(boilerplate)
            .duplicates(self.duplicates()?)
            .cancel(cancel.clone());
        if let Some(scope) = self.named::<Scope>("scope")? {
            options = options.scope(scope);
        }
        if let Some(words) = self.get::<usize>("query_words")? {
            // Who raises the sum means to raise it for a single pattern too.
            let pattern = options.most_expansions.max(words);
            options = options.most_expansions(pattern).most_lists(words);
        }
        if let Some(steps) = self.get::<u64>("query_steps")? {
            options = options.most_steps(steps.saturating_mul(1_000_000));
        }
        Ok(options)
    }
}

fn parsed<T: FromStr<Err: Display>>(name: &str, text: &str) -> PyResult<T> {
    text.parse().map_err(|error: T::Err| PyValueError::new_err(format!("{name}: {error}")))
}
