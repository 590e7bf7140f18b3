//! The corpus: each method is a call of the library with options by keyword.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::PyDict;
use quotable::follow::path_of;
use quotable::{Hit, Snapshot};
use quotable_export::chunk::ChunkRecord;
use quotable_export::hit::{HitInContext, HitOptions, HitRecord};
use quotable_export::report::ReportRecord;
use quotable_export::status::StatusRecord;

use crate::adding::Added;
use crate::answer::{Answer, object};
use crate::answers::paragraphs::Paragraphs;
use crate::error::{fault, raise};
use crate::opening::Opened;
use crate::options::Options;
use crate::{adding, analysis, checking, citing, engines, explaining, finding, following};

/// How many paths are named where a name is part of several.
const NAMED: usize = 5;

/// An open corpus. Threads may share it.
#[pyclass(frozen, module = "quotable._native")]
pub(crate) struct Corpus(Opened);

impl Corpus {
    fn snapshot(&self) -> Snapshot {
        self.0.index.snapshot()
    }

    /// The paragraph with this id.
    fn found(&self, py: Python<'_>, snapshot: &Snapshot, id: &str) -> PyResult<Hit> {
        let hit = py.detach(|| snapshot.paragraph(id)).map_err(|error| raise(py, &error))?;
        hit.ok_or_else(|| fault(py, "not-found", &format!("“{id}” is not the id of a paragraph here")))
    }

    /// The error of a name that no report has, or several.
    fn no_report(&self, py: Python<'_>, name: &str) -> PyErr {
        let (snapshot, folded) = (self.snapshot(), name.to_lowercase());
        let is_part = |path: &&str| path.to_lowercase().contains(&folded);
        let heads = snapshot.report_heads().map(|head| head.path);
        let paths: Vec<&str> = heads.filter(is_part).take(NAMED + 1).collect();
        let message = match paths.as_slice() {
            [] => format!("no report is called “{name}”; reports() lists them"),
            [several @ .., _] if several.len() == NAMED => {
                format!("“{name}” is part of several paths; give more of it: {}, …", several.join(", "))
            }
            several => format!("“{name}” is part of several paths; give more of it: {}", several.join(", ")),
        };
        fault(py, "not-found", &message)
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
        let snapshot = self.snapshot();
        let report = py.detach(|| match path_of(&snapshot, name) {
            Some(path) => snapshot.report(&path),
            None => Ok(None),
        });
        match report.map_err(|error| raise(py, &error))? {
            Some(report) => object(py, &ReportRecord::new(&report)),
            None => Err(self.no_report(py, name)),
        }
    }

    fn paragraph<'py>(&self, py: Python<'py>, id: &str, context: u32) -> PyResult<Bound<'py, PyAny>> {
        let snapshot = self.snapshot();
        let hit = self.found(py, &snapshot, id)?;
        let around = if context > 0 {
            py.detach(|| snapshot.around(&hit.id, context)).map_err(|error| raise(py, &error))?
        } else {
            Vec::new()
        };
        let options = HitOptions::default().ranked(false).context(context > 0);
        object(py, &HitRecord::new(&HitInContext::among(&hit, &around), &options))
    }

    fn chunk<'py>(&self, py: Python<'py>, id: &str) -> PyResult<Bound<'py, PyAny>> {
        let snapshot = self.snapshot();
        let hit = self.found(py, &snapshot, id)?;
        let chunk = py.detach(|| snapshot.chunk(&hit.id)).map_err(|error| raise(py, &error))?;
        match chunk.as_ref().and_then(|chunk| Some((chunk, chunk.citation()?))) {
            Some((chunk, citation)) => object(py, &ChunkRecord::new(chunk, &citation)),
            None => Err(fault(py, "not-found", &format!("“{id}” is in no theme section"))),
        }
    }

    fn cite(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<String> {
        citing::cite(py, &self.0, &Options(options))
    }

    fn explain<'py>(&self, py: Python<'py>, options: Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
        explaining::explain(py, &self.0, &Options(options))
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
        following::follow(py, &self.0, &Options(options))
    }

    fn similar(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        following::similar(py, &self.0, &Options(options))
    }

    fn compare(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<Answer> {
        following::compare(py, &self.0, &Options(options))
    }

    fn export<'py>(&self, py: Python<'py>, options: Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
        engines::export(py, &self.0, &Options(options))
    }

    fn translate(&self, py: Python<'_>, options: Bound<'_, PyDict>) -> PyResult<(String, Vec<String>)> {
        engines::translate(py, &self.0, &Options(options))
    }

    fn copy_index(&self, py: Python<'_>, to: PathBuf) -> PyResult<()> {
        py.detach(|| self.0.index.copy_to(to)).map_err(|error| raise(py, &error))
    }

    fn verify<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.0.verify(py)?)
    }

    fn add(&self, py: Python<'_>, sources: Vec<Added<'_>>) -> PyResult<Vec<String>> {
        adding::add(py, &self.0, sources)
    }

    fn remove(&self, py: Python<'_>, paths: Vec<String>) -> PyResult<usize> {
        adding::remove(py, &self.0, paths)
    }
}
