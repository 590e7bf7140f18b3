//! The corpus: each method is a call of the library with options by keyword.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use quotable::Snapshot;
use quotable_export::hit::{HitInContext, HitOptions, HitRecord};
use quotable_export::report::ReportRecord;
use quotable_export::status::StatusRecord;

use crate::adding::Added;
use crate::answer::{Answer, object};
use crate::answers::paragraphs::Paragraphs;
use crate::error::{fault, raise};
use crate::opening::Opened;
use crate::options::Options;
use crate::{adding, analysis, checking, finding};

/// An open corpus. Threads may share it.
#[pyclass(frozen, module = "quotable._native")]
pub(crate) struct Corpus(Opened);

impl Corpus {
    fn snapshot(&self) -> Snapshot {
        self.0.index.snapshot()
    }
}

#[pymethods]
impl Corpus {
    #[new]
    fn new(py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Self> {
        Opened::new(py, &Options(options)).map(Self)
    }

    fn refresh(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Vec<String>> {
        self.0.refresh(py, &Options(options))
    }

    fn reload(&self, py: Python<'_>) -> PyResult<bool> {
        py.detach(|| self.0.index.reload()).map_err(|error| raise(py, &error))
    }

    fn path(&self) -> Option<String> {
        self.0.place.corpus.as_ref().map(|corpus| corpus.display().to_string())
    }

    fn index(&self) -> String {
        self.0.place.index.display().to_string()
    }

    fn within(&self) -> Option<String> {
        self.0.place.within.clone()
    }

    fn status<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &StatusRecord::new(&self.0.index.status()))
    }

    fn search(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        finding::search(py, &self.0, &Options(options))
    }

    fn count(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        finding::count(py, &self.0, &Options(options))
    }

    fn kwic(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        finding::kwic(py, &self.0, &Options(options))
    }

    fn reports(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        finding::reports(py, &self.0, &Options(options))
    }

    fn paragraphs(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Paragraphs> {
        finding::paragraphs(py, &self.0, &Options(options))
    }

    fn report<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
        let report = py.detach(|| self.snapshot().report(name)).map_err(|error| raise(py, &error))?;
        match report {
            Some(report) => object(py, &ReportRecord::new(&report)),
            None => {
                Err(fault(py, "not-found", &format!("no report is called “{name}”; reports() lists them")))
            }
        }
    }

    fn paragraph<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        let hit = py.detach(|| self.snapshot().paragraph(id)).map_err(|error| raise(py, &error))?;
        let Some(hit) = hit else {
            return Err(fault(py, "not-found", &format!("“{id}” is not the id of a paragraph here")));
        };
        let options = HitOptions::default().ranked(false);
        object(py, &HitRecord::new(&HitInContext::new(&hit), &options))
    }

    fn collocates(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        analysis::collocates(py, &self.0, &Options(options))
    }

    fn keywords(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        analysis::keywords(py, &self.0, &Options(options))
    }

    fn ngrams(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        analysis::ngrams(py, &self.0, &Options(options))
    }

    fn trend(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        analysis::trend(py, &self.0, &Options(options))
    }

    fn themes(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        analysis::themes(py, &self.0, &Options(options))
    }

    fn run(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        analysis::run(py, &self.0, &Options(options))
    }

    fn check(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        checking::check(py, &self.0, &Options(options))
    }

    fn follow(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        checking::follow(py, &self.0, &Options(options))
    }

    fn similar(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        checking::similar(py, &self.0, &Options(options))
    }

    fn add(&self, py: Python<'_>, sources: Vec<Added<'_>>) -> PyResult<Vec<String>> {
        adding::add(py, &self.0, sources)
    }

    fn remove(&self, py: Python<'_>, paths: Vec<String>) -> PyResult<usize> {
        adding::remove(py, &self.0, paths)
    }
}
