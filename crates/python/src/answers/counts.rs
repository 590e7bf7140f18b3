//! Counts by facet.

use pyo3::prelude::*;
use quotable::CountTable;
use quotable_export::count::{self, CountRecord, CountTableRecord};
use quotable_export::{Cell, Format};

use crate::answer::{Rows, object, table_html, table_text, written};

/// Counts: a row for each value, or one for the whole.
pub(crate) struct Counts(pub(crate) CountTable);

impl Rows for Counts {
    fn len(&self) -> usize {
        if self.0.by.is_empty() { 1 } else { self.0.rows.len() }
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let row = if self.0.by.is_empty() { &self.0.total } else { &self.0.rows[at] };
        object(py, &CountRecord::new(row))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let mut record = CountTableRecord::new(&self.0);
        // These are the records.
        record.rows.clear();
        object(py, &record)
    }

    fn names(&self) -> Vec<String> {
        count::names(&self.0.by).into_iter().map(str::to_owned).collect()
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        count::rows(&self.0).for_each(|row| add(&row));
    }

    fn text(&self, most: usize) -> String {
        table_text(count::to_table(&self.0), &count::notes(&self.0), most)
    }

    fn html(&self, most: usize) -> String {
        table_html(count::to_table(&self.0), &count::notes(&self.0), most)
    }

    fn markdown(&self) -> std::io::Result<String> {
        written(|out| count::write(out, Format::Markdown, &self.0))
    }
}
