//! An answer: a sequence of records, and a table.

use arrow_array::RecordBatch;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use pythonize::pythonize;
use quotable_export::bibliography::BibliographyForm;
use quotable_export::{Cell, Table, html};
use serde::Serialize;

use crate::arrow::{self, Columns};
use crate::kind::Kind;
use crate::remarks::Remarks;

/// The form of a bibliography of this name.
///
/// # Errors
/// If there is none.
pub(crate) fn bibliography_form(name: &str) -> PyResult<BibliographyForm> {
    match name {
        "csl" => Ok(BibliographyForm::Csl),
        "ris" => Ok(BibliographyForm::Ris),
        "bibtex" => Ok(BibliographyForm::Bibtex),
        other => {
            Err(PyValueError::new_err(format!("form: “{other}” is none of text, markdown, csl, ris, bibtex")))
        }
    }
}

/// What the answers of one kind can do. Records have the fields of the lines of JSON in `FORMATS.md`, tables the columns
/// of CSV.
pub(crate) trait Rows: Send + Sync {
    /// How many records.
    fn len(&self) -> usize;
    /// The record at `at`, which is less than [`len`](Self::len).
    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>>;
    /// What is said of the whole answer.
    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>;
    /// The names of the columns.
    fn names(&self) -> Vec<String>;
    /// What a column holds, if its cells may not say.
    fn kind(&self, name: &str) -> Option<Kind> {
        Kind::of_column(name)
    }
    /// Gives every row of the table to `add`.
    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>]));
    /// The answer for people, in plain text: at most so many rows.
    fn text(&self, most: usize) -> String;
    /// The same as HTML, in which nothing of a document is markup.
    fn html(&self, most: usize) -> String;
    /// A chart; `None` for answers that have none.
    fn svg(&self) -> Option<std::io::Result<String>> {
        None
    }
    /// A page that stands alone; `None` for answers that have none.
    fn page(&self) -> Option<std::io::Result<String>> {
        None
    }
    /// What `--format markdown` writes.
    ///
    /// # Errors
    /// None are expected: it is written into memory.
    fn markdown(&self) -> std::io::Result<String>;
    /// What `--cite` writes; `None` for answers that cite no places.
    fn bibliography(&self, _form: BibliographyForm) -> Option<std::io::Result<String>> {
        None
    }
}

/// What is written into memory, as text.
///
/// # Errors
/// Those of `write`.
pub(crate) fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> std::io::Result<String> {
    let mut out = Vec::new();
    write(&mut out)?;
    String::from_utf8(out).map_err(std::io::Error::other)
}

/// A serialisable value as an object of Python.
///
/// # Errors
/// If Python has no memory.
pub(crate) fn object<'py>(py: Python<'py>, value: &impl Serialize) -> PyResult<Bound<'py, PyAny>> {
    pythonize(py, value).map_err(PyErr::from)
}

/// A text as HTML, with pairs of bytes of it in `<mark>`.
#[pyfunction]
pub(crate) fn marked_html(text: &str, matches: Vec<(usize, usize)>) -> String {
    html::with_marks(text, &matches.into_iter().map(|(start, end)| start..end).collect::<Vec<_>>())
}

/// The answer of a method of the corpus.
#[pyclass(frozen, module = "quotable._native")]
pub(crate) struct Answer {
    rows: Box<dyn Rows>,
    notes: Vec<String>,
    /// What is found out about the search when the notes are asked for: it may take longer than the answer.
    remarks: Option<Remarks>,
}

impl Answer {
    pub(crate) fn new(rows: impl Rows + 'static, notes: Vec<String>) -> Self {
        Self { rows: Box::new(rows), notes, remarks: None }
    }

    /// Adds notes that are made when they are asked for.
    pub(crate) fn with_remarks(self, remarks: Remarks) -> Self {
        Self { remarks: Some(remarks), ..self }
    }

    fn batch(&self, py: Python<'_>) -> PyResult<RecordBatch> {
        py.detach(|| {
            let mut columns = Columns::new(self.rows.names(), |name| self.rows.kind(name));
            self.rows.rows(&mut |cells| columns.push(cells));
            columns.finish().map_err(|error| arrow::failed(&error))
        })
    }
}

#[pymethods]
impl Answer {
    fn __len__(&self) -> usize {
        self.rows.len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        if at >= self.rows.len() {
            return Err(PyIndexError::new_err("there are fewer rows"));
        }
        self.rows.record(py, at)
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.rows.head(py)
    }

    fn notes(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        let mut notes = self.notes.clone();
        if let Some(remarks) = &self.remarks {
            notes.extend(remarks.made(py)?);
        }
        Ok(notes)
    }

    fn columns(&self) -> Vec<String> {
        self.rows.names()
    }

    fn lists<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        arrow::lists(py, &self.batch(py)?)
    }

    fn stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        arrow::capsule(py, self.batch(py)?)
    }

    fn text(&self, most: usize) -> String {
        self.rows.text(most)
    }

    fn html(&self, most: usize) -> String {
        self.rows.html(most)
    }

    fn svg(&self, py: Python<'_>) -> PyResult<Option<String>> {
        Ok(py.detach(|| self.rows.svg()).transpose()?)
    }

    fn page(&self) -> PyResult<Option<String>> {
        Ok(self.rows.page().transpose()?)
    }

    fn markdown(&self, py: Python<'_>) -> PyResult<String> {
        Ok(py.detach(|| self.rows.markdown())?)
    }

    fn bibliography(&self, py: Python<'_>, form: &str) -> PyResult<Option<String>> {
        let form = bibliography_form(form)?;
        Ok(py.detach(|| self.rows.bibliography(form)).transpose()?)
    }
}

/// The most letters of a cell in plain text, in which a line cannot be broken.
const WIDEST: usize = 60;

/// A table in plain text, and notes below it.
pub(crate) fn table_text(mut table: Table, notes: &[String], most: usize) -> String {
    let more = shorten(&mut table, most);
    for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
        if let Some((end, _)) = cell.char_indices().nth(WIDEST) {
            cell.truncate(end);
            cell.pop();
            cell.push('…');
        }
    }
    let heads = table.columns.iter().map(|column| column.name.as_str());
    let mut widths: Vec<usize> = heads.map(|head| head.chars().count()).collect();
    for row in &table.rows {
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        let mut words = String::new();
        for ((cell, width), column) in cells.zip(&widths).zip(&table.columns) {
            let space = " ".repeat(width - cell.chars().count().min(*width));
            let padded = match column.align {
                quotable_export::Align::Left => format!("{cell}{space}"),
                quotable_export::Align::Right => format!("{space}{cell}"),
            };
            words.push_str(&padded);
            words.push_str("  ");
        }
        text.push_str(words.trim_end());
        text.push('\n');
    };
    line(&mut table.columns.iter().map(|column| column.name.as_str()));
    for row in &table.rows {
        line(&mut row.cells.iter().map(String::as_str));
    }
    for note in more.iter().chain(notes) {
        text.push_str(note);
        text.push('\n');
    }
    text.trim_end().to_owned()
}

/// A table as HTML, and notes below it.
pub(crate) fn table_html(mut table: Table, notes: &[String], most: usize) -> String {
    let more = shorten(&mut table, most);
    let mut out = Vec::new();
    // Writing into memory does not fail.
    let written = html::write_table(&mut out, &table);
    debug_assert!(written.is_ok());
    let mut page = String::from_utf8_lossy(&out).into_owned();
    for note in more.iter().chain(notes) {
        page.push_str(&note_html(note));
    }
    page
}

/// A note below an answer, as HTML.
pub(crate) fn note_html(note: &str) -> String {
    format!("<p><small>{}</small></p>\n", html::escape_text(note))
}

/// Cuts the rows of a table that are no totals; says how many there are.
fn shorten(table: &mut Table, most: usize) -> Option<String> {
    let all = table.rows.iter().filter(|row| !row.is_total).count();
    if all <= most {
        return None;
    }
    let mut seen = 0;
    table.rows.retain(|row| {
        seen += usize::from(!row.is_total);
        row.is_total || seen <= most
    });
    Some(format!("showing {most} of {all} rows"))
}
