//! Inspections followed into the next, and paragraphs like another.

use pyo3::prelude::*;
use quotable::follow::{FollowUp, Pair, SimilarParagraphs};
use quotable_export::check::CheckFormat;
use quotable_export::completeness::Completeness;
use quotable_export::follow::{self, CAVEAT, FollowRecord, FollowView};
use quotable_export::similar::{self, SimilarRecord, copies_heading};
use quotable_export::{Cell, Format, Table, escape, html};
use serde::Serialize;

use crate::answer::{Rows, note_html, object, table_html, table_text, written};
use crate::answers::hits::hit_html;
use crate::kind::Kind;

/// What inspections asked for, followed into the next ones.
pub(crate) struct FollowRows {
    pairs: Vec<(Pair, FollowUp)>,
    /// How many records each pair has.
    sizes: Vec<usize>,
}

/// What is said of the whole answer.
#[derive(Serialize)]
struct FollowHead {
    pairs: Vec<[String; 2]>,
    summaries: Vec<String>,
}

impl FollowRows {
    pub(crate) fn new(pairs: Vec<(Pair, FollowUp)>) -> Self {
        let mut rows = Self { pairs, sizes: Vec::new() };
        rows.sizes = rows.views().map(|view| FollowRecord::of(&view).len()).collect();
        rows
    }

    fn views(&self) -> impl Iterator<Item = FollowView<'_>> {
        self.pairs.iter().map(|(pair, answer)| FollowView {
            answer,
            earlier: &pair.earlier.name,
            later: &pair.later.name,
        })
    }

    fn records(&self) -> Vec<FollowRecord<'_>> {
        self.views().flat_map(|view| FollowRecord::of(&view)).collect()
    }

    fn written_as(&self, format: CheckFormat) -> std::io::Result<String> {
        let views: Vec<_> = self.views().collect();
        // Neither a page nor Markdown says how complete the answer is.
        written(|out| follow::write(out, format, &views, Completeness::new(false, 0)))
    }

    /// The first candidate of each request.
    fn table(view: &FollowView<'_>) -> Table {
        let mut table = Table::new(["request", "group", "the later report"], [""; 0]);
        for record in FollowRecord::of(view) {
            if record.kind == "request" && record.rank.is_none_or(|rank| rank == 1) {
                let cell = |text: Option<&str>| escape::escape(text.unwrap_or("-")).into_owned();
                table.push(vec![cell(record.request_text), cell(record.group), cell(record.text)]);
            }
        }
        table
    }
}

impl Rows for FollowRows {
    fn len(&self) -> usize {
        self.sizes.iter().sum()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let mut at = at;
        for (view, size) in self.views().zip(&self.sizes) {
            if at < *size {
                return object(py, &FollowRecord::of(&view).get(at));
            }
            at -= size;
        }
        Ok(py.None().into_bound(py))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let pairs =
            self.pairs.iter().map(|(pair, _)| [pair.earlier.path.clone(), pair.later.path.clone()]).collect();
        object(py, &FollowHead { pairs, summaries: self.views().map(|view| view.summary()).collect() })
    }

    fn names(&self) -> Vec<String> {
        FollowRecord::names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        Some(Kind::of_column(name).unwrap_or(Kind::Text))
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        self.records().iter().for_each(|record| add(&record.cells()));
    }

    fn text(&self, most: usize) -> String {
        let mut parts = Vec::new();
        for view in self.views() {
            parts.push(format!("{} -> {}", view.earlier, view.later));
            parts.push(table_text(FollowRows::table(&view), &[view.summary()], most));
        }
        parts.push(CAVEAT.to_owned());
        parts.join("\n")
    }

    fn html(&self, most: usize) -> String {
        let mut page = String::new();
        for view in self.views() {
            let names = [view.earlier, view.later].map(html::escape_text);
            page.push_str(&format!("<h4>{} → {}</h4>\n", names[0], names[1]));
            page.push_str(&table_html(FollowRows::table(&view), &[view.summary()], most));
        }
        page + &note_html(CAVEAT)
    }

    fn page(&self) -> Option<std::io::Result<String>> {
        Some(self.written_as(CheckFormat::Page))
    }

    fn markdown(&self) -> std::io::Result<String> {
        self.written_as(CheckFormat::Common(Format::Markdown))
    }
}

/// Paragraphs like another.
pub(crate) struct SimilarRows(pub(crate) SimilarParagraphs);

/// What is said of the whole answer.
#[derive(Serialize)]
struct SimilarHead {
    total_copies: u64,
}

impl SimilarRows {
    fn hits(&self) -> impl Iterator<Item = &quotable::follow::Similar> {
        self.0.copies.iter().chain(&self.0.alike)
    }
}

impl Rows for SimilarRows {
    fn len(&self) -> usize {
        self.hits().count()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        object(py, &SimilarRecord::of(&self.0).get(at))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &SimilarHead { total_copies: self.0.total_copies })
    }

    fn names(&self) -> Vec<String> {
        SimilarRecord::names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        match name {
            "boilerplate" => Some(Kind::Int),
            _ => Some(Kind::of_column(name).unwrap_or(Kind::Text)),
        }
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        SimilarRecord::of(&self.0).iter().for_each(|record| add(&record.cells()));
    }

    fn text(&self, most: usize) -> String {
        let mut lines = Vec::new();
        for (heading, list) in
            [(copies_heading(&self.0), &self.0.copies), ("Alike in content".to_owned(), &self.0.alike)]
        {
            if !list.is_empty() {
                lines.push(heading);
            }
            for similar in list.iter().take(most) {
                lines.push(format!("  {}", escape::escape(&similar.hit.text)));
                lines.push(format!("    {}\n", similar.hit.citation));
            }
        }
        lines.join("\n")
    }

    fn html(&self, most: usize) -> String {
        let mut page = String::new();
        for (heading, list) in
            [(copies_heading(&self.0), &self.0.copies), ("Alike in content".to_owned(), &self.0.alike)]
        {
            if !list.is_empty() {
                page.push_str(&format!("<h4>{}</h4>\n", html::escape_text(&heading)));
            }
            list.iter().take(most).for_each(|similar| page.push_str(&hit_html(&similar.hit)));
        }
        page
    }

    fn markdown(&self) -> std::io::Result<String> {
        written(|out| similar::write(out, Format::Markdown, &self.0, Completeness::new(false, 0)))
    }
}
