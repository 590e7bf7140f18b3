//! Sources of the user's own: texts that are no files of the corpus.

use std::collections::HashMap;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use quotable::{CancelFlag, MetadataTable};

use crate::interrupt::run;
use crate::opening::Opened;

/// A text, with what is known of it.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Added<'py> {
    /// The path that the source has; its extension tells the format.
    path: String,
    /// The bytes of a file.
    content: Vec<u8>,
    /// Values by the names of columns of `quotable.csv`.
    metadata: Bound<'py, PyDict>,
}

/// Puts sources into the index, each in the place of any with the same path. Returns the ids of the reports.
pub(crate) fn add(py: Python<'_>, opened: &Opened, sources: Vec<Added<'_>>) -> PyResult<Vec<String>> {
    let table = table(&sources)?;
    let contents: Vec<(String, Vec<u8>)> =
        sources.into_iter().map(|source| (source.path, source.content)).collect();
    run(py, &CancelFlag::new(), || {
        let mut writer = opened.with_metadata(table)?.writer()?;
        let mut ids = Vec::with_capacity(contents.len());
        for (path, content) in &contents {
            ids.push(writer.put_bytes(path, content)?.to_string());
        }
        writer.finish()?;
        opened.index.reload()?;
        Ok(ids)
    })
}

/// The metadata of sources as a table with a row for each, so that they mean what the same cells of `quotable.csv` mean.
fn table(sources: &[Added<'_>]) -> PyResult<MetadataTable> {
    let mut columns: Vec<String> = Vec::new();
    let mut rows: Vec<HashMap<String, String>> = Vec::new();
    for source in sources {
        let mut row = HashMap::new();
        for (name, value) in source.metadata.iter().filter(|(_, value)| !value.is_none()) {
            let name = name.str()?.to_string();
            if !columns.contains(&name) {
                columns.push(name.clone());
            }
            row.insert(name, value.str()?.to_string());
        }
        rows.push(row);
    }
    let mut csv = line(std::iter::once("path").chain(columns.iter().map(String::as_str)));
    for (source, row) in sources.iter().zip(&rows) {
        let cells = columns.iter().map(|name| row.get(name).map_or("", String::as_str));
        csv.push_str(&line(std::iter::once(source.path.as_str()).chain(cells)));
    }
    let table = MetadataTable::parse(&csv)
        .map_err(|error| PyValueError::new_err(format!("metadata cannot be used: {}", error.message)))?;
    let known: Vec<&str> = table.fields().chain(MetadataTable::STANDARD).collect();
    // As the table writes names.
    let name_of = |name: &str| name.trim().to_lowercase().replace([' ', '-'], "_");
    match columns.iter().find(|name| !known.contains(&name_of(name).as_str())) {
        Some(name) => {
            let message =
                format!("metadata: “{name}” follows from the rest of a report; give it another name");
            Err(PyValueError::new_err(message))
        }
        None => Ok(table),
    }
}

/// A line of CSV.
fn line<'c>(cells: impl Iterator<Item = &'c str>) -> String {
    let quoted = cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\"")));
    quoted.collect::<Vec<_>>().join(",") + "\n"
}

/// Removes sources; returns how many were there.
pub(crate) fn remove(py: Python<'_>, opened: &Opened, paths: Vec<String>) -> PyResult<usize> {
    let cancel = CancelFlag::new();
    run(py, &cancel, || {
        let mut writer = opened.index.writer()?;
        let mut removed = 0;
        for path in &paths {
            removed += usize::from(writer.remove(path)?);
        }
        writer.finish()?;
        Ok(removed)
    })
}
