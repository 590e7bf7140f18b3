//! A corpus for the engines of others: `export`, `translate`.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use quotable::CancelFlag;
use quotable_export::engine::{self, EngineFormat, ExportCounts, ExportError, ExportOptions};
use quotable_export::translate::{QueryTarget, TranslateError, translate as translate_search};
use serde::Serialize;

use crate::answer::object;
use crate::error::{fault, in_python, raise};
use crate::finding::Asked;
use crate::interrupt::run;
use crate::opening::Opened;
use crate::options::Options;

/// What an export did.
#[derive(Serialize)]
struct ExportRecord<'e> {
    out: String,
    to: &'static str,
    run: u64,
    changed: u64,
    written: u64,
    removed: u64,
    taken_over: u64,
    bytes: u64,
    counts: &'e ExportCounts,
}

pub(crate) fn export<'py>(
    py: Python<'py>,
    opened: &Opened,
    options: &Options<'py>,
) -> PyResult<Bound<'py, PyAny>> {
    let to: EngineFormat = named(options)?;
    let out: PathBuf = options.need("out")?;
    if opened.place.corpus.as_deref().is_some_and(|reports| is_inside(&out, reports)) {
        let message =
            format!("{} is inside the folder of reports; name a folder outside of it", out.display());
        return Err(PyValueError::new_err(message));
    }
    let cancel = CancelFlag::new();
    let wanted = ExportOptions::new(to)
        .codebook(options.code_book()?)
        .within(opened.place.within.clone())
        .cancel(cancel.clone());
    let snapshot = opened.index.snapshot();
    let done = run(py, &cancel, || match engine::export(&snapshot, &out, &wanted, |_| ()) {
        Err(ExportError::Index(error)) => Err(error),
        done => Ok(done),
    })?;
    let done = done.map_err(|error| {
        let cure = error.cure().map(|cure| format!("; {cure}")).unwrap_or_default();
        fault(py, "export", &format!("{error}{cure}"))
    })?;
    let record = ExportRecord {
        out: out.display().to_string(),
        to: to.as_str(),
        run: done.manifest.run,
        changed: done.changed,
        written: done.written,
        removed: done.removed,
        taken_over: done.taken_over,
        bytes: done.bytes,
        counts: &done.manifest.counts,
    };
    object(py, &record)
}

/// The engine that is named. The option `to` of other methods is a date.
fn named<T: FromStr<Err: Display>>(options: &Options<'_>) -> PyResult<T> {
    options
        .need::<String>("engine")?
        .parse()
        .map_err(|error: T::Err| PyValueError::new_err(format!("to: {error}")))
}

/// True if a folder, which need not be there yet, is in another: an export among the reports would be read as reports.
fn is_inside(out: &Path, reports: &Path) -> bool {
    let real = || {
        let out = std::path::absolute(out).ok()?;
        let there = out.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
        there.and_then(|(above, real)| Some(real.join(out.strip_prefix(above).ok()?)))
    };
    real().is_some_and(|out| out.starts_with(reports))
}

pub(crate) fn translate(
    py: Python<'_>,
    opened: &Opened,
    options: &Options<'_>,
) -> PyResult<(String, Vec<String>)> {
    let to: QueryTarget = named(options)?;
    let asked = Asked::new(py, opened, options)?;
    let snapshot = opened.index.snapshot();
    let cancel = asked.cancel.clone();
    let (translated, mut notes) = run(py, &cancel, || {
        let translated = translate_search(&asked.search(&snapshot)?, to);
        Ok((translated, asked.notes))
    })?;
    let translated = translated.map_err(|error| match error {
        TranslateError::Query(error) => raise(py, &error.into()),
        TranslateError::Index(error) => raise(py, &error),
        TranslateError::Option { message, cure } => {
            PyValueError::new_err(in_python(&format!("{message}; {cure}")))
        }
        other => PyValueError::new_err(in_python(&other.to_string())),
    })?;
    notes.extend(translated.notes);
    Ok((translated.text, notes))
}
