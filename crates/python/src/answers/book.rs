//! The queries of a code book.

use pyo3::prelude::*;
use quotable::{Code, CodeBook, CodeKind};
use quotable_export::{Cell, Table, markdown};
use serde::Serialize;

use crate::answer::{Rows, object, table_html, table_text, written};
use crate::kind::Kind;

/// The queries of a code book, in its order.
pub(crate) struct BookRows(pub(crate) CodeBook);

/// A query of a code book.
#[derive(Serialize)]
struct CodeRecord<'c> {
    name: &'c str,
    title: &'c str,
    kind: &'static str,
    description: Option<&'c str>,
    sections: &'c [String],
    query: String,
    read_as: String,
}

/// What is said of the whole code book.
#[derive(Serialize)]
struct Head<'h> {
    title: Option<&'h str>,
    hash: &'h str,
}

impl<'c> CodeRecord<'c> {
    fn new(code: &'c Code) -> Self {
        Self {
            name: &code.name,
            title: &code.title,
            kind: code.kind.as_str(),
            description: code.description.as_deref(),
            sections: &code.sections,
            query: code.query.to_string(),
            read_as: code.resolved.to_string(),
        }
    }
}

impl BookRows {
    fn table(&self) -> Table {
        let mut table = Table::new(["name", "kind", "what it stands for"], [""; 0]);
        for kind in [CodeKind::Topic, CodeKind::Concept] {
            for code in self.0.codes().iter().filter(|code| code.kind == kind) {
                table.push(vec![format!("@{}", code.name), kind.as_str().to_owned(), code.title.clone()]);
            }
        }
        table
    }
}

impl Rows for BookRows {
    fn len(&self) -> usize {
        self.0.codes().len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        object(py, &CodeRecord::new(&self.0.codes()[at]))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &Head { title: self.0.title(), hash: self.0.hash() })
    }

    fn names(&self) -> Vec<String> {
        ["name", "title", "kind", "description", "sections", "query", "read_as"].map(str::to_owned).to_vec()
    }

    fn kind(&self, _name: &str) -> Option<Kind> {
        Some(Kind::Text)
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        for code in self.0.codes() {
            add(&[
                Cell::from(&code.name),
                Cell::from(&code.title),
                code.kind.as_str().into(),
                code.description.as_deref().into(),
                code.sections.join("; ").into(),
                code.query.to_string().into(),
                code.resolved.to_string().into(),
            ]);
        }
    }

    fn text(&self, most: usize) -> String {
        table_text(self.table(), &[], most)
    }

    fn html(&self, most: usize) -> String {
        table_html(self.table(), &[], most)
    }

    fn markdown(&self) -> std::io::Result<String> {
        written(|out| markdown::write_table(out, &self.table()))
    }
}
