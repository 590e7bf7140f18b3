//! Words by number: collocates, keywords, and words and sequences of words.

use std::io;

use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;
use quotable::{Collocates, Keyword, Keywords, Measure, Ngrams};
use quotable_export::collocate::{self, CollocateRecord, CollocatesView};
use quotable_export::counts::CountsRecord;
use quotable_export::keyword::{self, KeywordRecord};
use quotable_export::ngram::{self, NgramRecord};
use quotable_export::provenance::ProvenanceRecord;
use quotable_export::{Cell, Format, Table, chart};
use serde::Serialize;

use crate::answer::{Rows, object, table_html, table_text, written};
use crate::kind::Kind;

/// What stands near the occurrences of a query.
pub(crate) struct CollocateRows {
    pub(crate) all: Collocates,
    /// The measures that people are shown.
    pub(crate) measures: Vec<Measure>,
}

/// What is said of the whole answer.
#[derive(Serialize)]
struct Head<'h> {
    /// How many there are, also of those that are not listed.
    found: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    counts: Option<CountsRecord>,
    provenance: ProvenanceRecord<'h>,
}

impl CollocateRows {
    fn view(&self) -> CollocatesView<'_> {
        CollocatesView { collocates: &self.all, measures: &self.measures }
    }
}

impl Rows for CollocateRows {
    fn len(&self) -> usize {
        self.all.rows.len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        object(py, &CollocateRecord::new(&self.all.rows[at], &self.all))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let counts = Some(CountsRecord::new(&self.all.counts));
        object(
            py,
            &Head { found: self.all.found, counts, provenance: ProvenanceRecord::new(&self.all.provenance) },
        )
    }

    fn names(&self) -> Vec<String> {
        collocate::names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        kind(name)
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        self.all.rows.iter().for_each(|row| add(&collocate::cells(row, &self.all)));
    }

    fn text(&self, most: usize) -> String {
        table_text(self.view().to_table(), &self.view().notes(), most)
    }

    fn html(&self, most: usize) -> String {
        table_html(self.view().to_table(), &self.view().notes(), most)
    }

    fn markdown(&self) -> io::Result<String> {
        written(|out| self.view().write(out, Format::Markdown))
    }

    fn svg(&self) -> Option<io::Result<String>> {
        Some(chart::collocates(&self.all))
    }
}

/// The words that one part of a corpus has more of than another.
pub(crate) struct KeywordRows(pub(crate) Keywords);

impl KeywordRows {
    /// The keywords, then those of the reference.
    fn all(&self) -> impl Iterator<Item = &Keyword> {
        self.0.rows.iter().chain(&self.0.reference_rows)
    }

    /// The table of the keywords as `write` shows it, and one of those of the reference below a heading, if there are any.
    fn shown(&self, most: usize, write: impl Fn(Table, &[String], usize) -> String, heading: &str) -> String {
        let notes = keyword::notes(&self.0);
        if self.0.reference_rows.is_empty() {
            return write(keyword::to_table(&self.0), &notes, most);
        }
        let own = write(keyword::to_table(&self.0), &[], most);
        own + heading + &write(keyword::to_reference_table(&self.0), &notes, most)
    }
}

impl Rows for KeywordRows {
    fn len(&self) -> usize {
        self.0.rows.len() + self.0.reference_rows.len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let row =
            self.0.rows.get(at).or_else(|| self.0.reference_rows.get(at.checked_sub(self.0.rows.len())?));
        let row = row.ok_or_else(|| PyIndexError::new_err("there is no such row"))?;
        object(py, &KeywordRecord::new(row, &self.0))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let provenance = ProvenanceRecord::new(&self.0.provenance);
        let found = self.0.found + self.0.reference_found;
        object(py, &Head { found, counts: None, provenance })
    }

    fn names(&self) -> Vec<String> {
        keyword::names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        kind(name)
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        self.all().for_each(|row| add(&keyword::cells(row, &self.0)));
    }

    fn text(&self, most: usize) -> String {
        self.shown(most, table_text, &format!("\n{}\n", keyword::MORE_THERE))
    }

    fn html(&self, most: usize) -> String {
        self.shown(most, table_html, &format!("<p>{}</p>", keyword::MORE_THERE))
    }

    fn markdown(&self) -> io::Result<String> {
        written(|out| keyword::write(out, Format::Markdown, &self.0))
    }

    fn svg(&self) -> Option<io::Result<String>> {
        Some(chart::keywords(&self.0))
    }
}

/// Words, or sequences of words.
pub(crate) struct NgramRows(pub(crate) Ngrams);

impl Rows for NgramRows {
    fn len(&self) -> usize {
        self.0.rows.len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        object(py, &NgramRecord::new(&self.0.rows[at], &self.0))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let provenance = ProvenanceRecord::new(&self.0.provenance);
        object(py, &Head { found: self.0.found, counts: None, provenance })
    }

    fn names(&self) -> Vec<String> {
        ngram::names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        kind(name)
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        self.0.rows.iter().for_each(|row| add(&ngram::cells(row, &self.0)));
    }

    fn text(&self, most: usize) -> String {
        table_text(ngram::to_table(&self.0), &ngram::notes(&self.0), most)
    }

    fn html(&self, most: usize) -> String {
        table_html(ngram::to_table(&self.0), &ngram::notes(&self.0), most)
    }

    fn markdown(&self) -> io::Result<String> {
        written(|out| ngram::write(out, Format::Markdown, &self.0))
    }

    fn svg(&self) -> Option<io::Result<String>> {
        Some(chart::ngrams(&self.0))
    }
}

/// The positions of collocates may be empty everywhere.
fn kind(name: &str) -> Option<Kind> {
    let is_position = name.strip_prefix(['L', 'R']).is_some_and(|rest| rest.parse::<u8>().is_ok());
    if is_position { Some(Kind::Int) } else { Kind::of_column(name) }
}
