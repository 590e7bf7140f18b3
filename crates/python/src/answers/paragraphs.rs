//! Every paragraph of a corpus, one after another.

use std::sync::Mutex;

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use quotable::{HitStream, Search};
use quotable_export::hit::{HitInContext, HitOptions, HitRecord, HitRow};

use crate::answer::object;
use crate::answers::hits::hit_kind;
use crate::arrow::{self, Columns};
use crate::error::raise;

/// Rows of one piece of the table.
const PIECE: usize = 8_192;

/// Every paragraph that a search finds, in report order. Memory does not grow with their number.
#[pyclass(frozen, module = "quotable._native")]
pub(crate) struct Paragraphs {
    pub(crate) search: Search,
    pub(crate) options: HitOptions,
    pub(crate) count: u64,
}

#[pymethods]
impl Paragraphs {
    fn __len__(&self) -> usize {
        usize::try_from(self.count).unwrap_or(usize::MAX)
    }

    fn records(&self, py: Python<'_>) -> PyResult<Records> {
        let hits = py.detach(|| self.search.every()).map_err(|error| raise(py, &error))?;
        Ok(Records { hits: Mutex::new(hits), options: self.options.clone() })
    }

    fn columns(&self) -> Vec<&'static str> {
        HitRow::names(&self.options)
    }

    fn stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let hits = py.detach(|| self.search.every()).map_err(|error| raise(py, &error))?;
        let names: Vec<String> = HitRow::names(&self.options).into_iter().map(str::to_owned).collect();
        let schema = arrow::schema_of(&names, hit_kind);
        arrow::stream(py, Box::new(Pieces { hits, options: self.options.clone(), names, schema }))
    }
}

/// Paragraphs as records.
#[pyclass(frozen, module = "quotable._native")]
pub(crate) struct Records {
    hits: Mutex<HitStream>,
    options: HitOptions,
}

#[pymethods]
impl Records {
    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let next = py.detach(|| self.hits.lock().ok().map(|mut hits| hits.next()));
        let failed = || PyRuntimeError::new_err("another thread failed while it read paragraphs");
        match next.ok_or_else(failed)? {
            None => Ok(None),
            Some(Ok(hit)) => object(py, &HitRecord::new(&HitInContext::new(&hit), &self.options)).map(Some),
            Some(Err(error)) => Err(raise(py, &error)),
        }
    }
}

/// Paragraphs as pieces of a table.
struct Pieces {
    hits: HitStream,
    options: HitOptions,
    names: Vec<String>,
    schema: SchemaRef,
}

impl Iterator for Pieces {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut columns = Columns::new(self.names.clone(), hit_kind);
        let mut rows = 0;
        for _ in 0..PIECE {
            let hit = match self.hits.lend() {
                Ok(Some(hit)) => hit,
                Ok(None) => break,
                Err(error) => return Some(Err(ArrowError::ExternalError(Box::new(error)))),
            };
            for row in HitRow::of(&HitInContext::new(hit), &self.options) {
                columns.push(&row.cells());
                rows += 1;
            }
        }
        (rows > 0).then(|| columns.finish())
    }
}

impl RecordBatchReader for Pieces {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}
