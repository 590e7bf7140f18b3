//! Numbers of a whole code book: how much of the corpus each theme covers, and what each query finds.

use std::io;

use pyo3::prelude::*;
use quotable::{CodeCounts, CodeTable, Facet, Themes};
use quotable_export::named_query::{NamedQueries, NamedQueryRecord};
use quotable_export::provenance::CorpusProvenance;
use quotable_export::theme::{ThemeFacet, ThemesView};
use quotable_export::{Cell, Format, chart};
use serde::Serialize;

use crate::answer::{Rows, object, table_html, table_text, written};

/// How much of the corpus each theme covers.
pub(crate) struct ThemeRows {
    pub(crate) themes: Themes,
    pub(crate) by: Option<ThemeFacet>,
    pub(crate) provenance: CorpusProvenance,
}

/// What is said of the whole answer.
#[derive(Serialize)]
struct Head<'h> {
    by: Vec<&'h str>,
}

impl ThemeRows {
    fn view(&self) -> ThemesView<'_> {
        ThemesView { themes: &self.themes, by: self.by, provenance: &self.provenance }
    }
}

impl Rows for ThemeRows {
    fn len(&self) -> usize {
        self.view().records().count()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        match self.view().records().nth(at) {
            Some(record) => object(py, &record),
            None => Ok(py.None().into_bound(py)),
        }
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &Head { by: self.by.iter().map(|by| by.name()).collect() })
    }

    fn names(&self) -> Vec<String> {
        self.view().names().into_iter().map(str::to_owned).collect()
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        self.view().rows().iter().for_each(|row| add(row));
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
        self.by.map(|_| chart::themes(&self.view()))
    }
}

/// What each query of a code book finds.
pub(crate) struct CodeRows {
    pub(crate) rows: Vec<CodeCounts>,
    pub(crate) tables: Vec<CodeTable>,
    pub(crate) by: Vec<Facet>,
    pub(crate) provenance: CorpusProvenance,
}

impl CodeRows {
    fn view(&self) -> NamedQueries<'_> {
        NamedQueries { rows: &self.rows, tables: &self.tables, by: &self.by, provenance: &self.provenance }
    }
}

impl Rows for CodeRows {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let record = NamedQueryRecord::new(&self.rows[at]);
        match self.tables.get(at) {
            Some(code) => object(py, &record.with_table(&code.table)),
            None => object(py, &record),
        }
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &Head { by: self.by.iter().map(Facet::name).collect() })
    }

    fn names(&self) -> Vec<String> {
        self.view().names().into_iter().map(str::to_owned).collect()
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        self.view().rows().iter().for_each(|row| add(row));
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
}
