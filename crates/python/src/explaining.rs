//! How a query is read, and what each part of it finds: `search --explain`.

use pyo3::prelude::*;
use quotable::Explanation;
use quotable::explain::{EmptyPart, FilterReach, LeafWords, Part};
use quotable_export::counts::CountsRecord;
use quotable_export::provenance::ProvenanceRecord;
use serde::Serialize;

use crate::answer::object;
use crate::finding::Asked;
use crate::interrupt::run;
use crate::opening::Opened;
use crate::options::Options;
use crate::remarks::why_nothing;

/// An explanation as an object of Python.
#[derive(Serialize)]
struct ExplanationRecord<'e> {
    tree: &'e Part,
    leaves: &'e [LeafWords],
    filters: &'e [FilterReach],
    counts: CountsRecord,
    empty: &'e [EmptyPart],
    notes: Vec<String>,
    provenance: ProvenanceRecord<'e>,
}

pub(crate) fn explain<'py>(
    py: Python<'py>,
    opened: &Opened,
    options: &Options<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let asked = Asked::new(py, opened, options)?;
    let snapshot = opened.index.snapshot();
    let cancel = asked.cancel.clone();
    let (explanation, notes): (Explanation, Vec<String>) = run(py, &cancel, || {
        let search = asked.search(&snapshot)?;
        Ok((search.explain()?, asked.notes(&search)?))
    })?;
    let finds_nothing = explanation.counts.paragraphs == 0;
    let why = if finds_nothing { why_nothing(&explanation) } else { Vec::new() };
    let record = ExplanationRecord {
        tree: &explanation.tree,
        leaves: &explanation.leaves,
        filters: &explanation.filters,
        counts: CountsRecord::new(&explanation.counts),
        empty: &explanation.empty,
        notes: why.into_iter().chain(notes).collect(),
        provenance: ProvenanceRecord::new(&explanation.provenance),
    };
    object(py, &record)
}
