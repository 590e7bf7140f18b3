//! The files of a corpus.

use std::collections::HashMap;

use pyo3::prelude::*;
use quotable::Source;
use quotable::report::FieldValue;
use quotable_export::source::{
    self, SourceColumns, SourceRecord, copy_text, split, to_table, total, warning_text,
};
use quotable_export::{Cell, Format, escape, html};
use serde::Serialize;

use crate::answer::{Rows, object, table_html, table_text, written};
use crate::kind::Kind;

/// Files, with their metadata.
pub(crate) struct Sources {
    sources: Vec<Source>,
    columns: SourceColumns,
    /// Whether the files are listed for their problems.
    problems: bool,
    /// What the columns of the corpus's own fields hold.
    fields: HashMap<String, Kind>,
}

/// What is said of all files.
#[derive(Serialize)]
struct Head {
    read: u64,
    failed: u64,
}

impl Sources {
    pub(crate) fn new(sources: Vec<Source>, problems: bool) -> Self {
        let mut fields: HashMap<String, Kind> = HashMap::new();
        for (name, value) in sources.iter().flat_map(|source| &source.fields) {
            let kind = match value {
                FieldValue::Number(number) if number.fract() == 0.0 && number.abs() < 9e15 => Kind::Int,
                FieldValue::Number(_) => Kind::Float,
                FieldValue::Date(_) => Kind::Day,
                _ => Kind::Text,
            };
            let known = fields.entry(name.as_str().to_owned()).or_insert(kind);
            *known = match (*known, kind) {
                (one, other) if one == other => one,
                (Kind::Int, Kind::Float) | (Kind::Float, Kind::Int) => Kind::Float,
                // Words and numbers in one column are words.
                _ => Kind::Text,
            };
        }
        Self { columns: SourceColumns::of(&sources), problems, sources, fields }
    }
}

/// What is wrong with a file, in words.
fn problems(source: &Source) -> Vec<String> {
    if let Some(failure) = &source.failure {
        let what = if failure.kind.is_skipped() { "passed over" } else { "not read" };
        return vec![format!("{what}: {failure}")];
    }
    let copy = source.copy_of.as_ref().map(|kept| copy_text(kept));
    let all = copy.into_iter().chain(source.warnings.iter().map(warning_text));
    all.map(|problem| format!("{}: {problem}", source.path)).collect()
}

impl Rows for Sources {
    fn len(&self) -> usize {
        self.sources.len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        object(py, &SourceRecord::new(&self.sources[at]))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let (read, failed) = split(&self.sources);
        object(py, &Head { read: read.len() as u64, failed: failed.len() as u64 })
    }

    fn names(&self) -> Vec<String> {
        self.columns.names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        match name {
            "paragraphs" | "words" | "notes" => Some(Kind::Int),
            _ => Some(self.fields.get(name).copied().or(Kind::of_column(name)).unwrap_or(Kind::Text)),
        }
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        for source in &self.sources {
            add(&self.columns.row(source));
        }
    }

    fn text(&self, most: usize) -> String {
        if self.problems {
            let lines = self.sources.iter().take(most).flat_map(problems);
            return lines.map(|line| escape::escape(&line).into_owned()).collect::<Vec<_>>().join("\n");
        }
        let (read, failed) = split(&self.sources);
        table_text(to_table(&read), &[total(&read, &failed)], most)
    }

    fn html(&self, most: usize) -> String {
        if self.problems {
            let lines = self.sources.iter().take(most).flat_map(problems);
            let items: String =
                lines.map(|line| format!("<li>{}</li>\n", html::escape_text(&line))).collect();
            return format!("<ul>\n{items}</ul>\n");
        }
        let (read, failed) = split(&self.sources);
        table_html(to_table(&read), &[total(&read, &failed)], most)
    }

    fn markdown(&self) -> std::io::Result<String> {
        written(|out| match self.problems {
            true => source::write_problems(out, Format::Markdown, &self.sources),
            false => source::write(out, Format::Markdown, &self.sources),
        })
    }
}
