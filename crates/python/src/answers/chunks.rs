//! Theme chunks found.

use pyo3::prelude::*;
use quotable::report::Citation;
use quotable::{Chunk, Chunks as FoundChunks, Provenance};
use quotable_export::chunk::{ChunkOptions, ChunkRecord, ChunkRow, ChunkWriter};
use quotable_export::completeness::Completeness;
use quotable_export::counts::{CountsRecord, summary};
use quotable_export::provenance::ProvenanceRecord;
use quotable_export::{Cell, Format, escape, html};
use serde::Serialize;

use crate::answer::{Rows, note_html, object, written};
use crate::answers::hits::{hit_html, hit_kind};
use crate::kind::Kind;

/// Theme chunks, in their order.
pub(crate) struct Chunks {
    pub(crate) found: FoundChunks,
    pub(crate) provenance: Provenance,
}

/// What is said of all chunks.
#[derive(Serialize)]
struct Head<'h> {
    counts: CountsRecord,
    all: u64,
    provenance: ProvenanceRecord<'h>,
}

/// Where a chunk stands, in words.
fn cited(chunk: &Chunk) -> String {
    chunk.citation().map(|citation| citation.to_string()).unwrap_or_default()
}

impl Rows for Chunks {
    fn len(&self) -> usize {
        self.found.chunks.len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let chunk = &self.found.chunks[at];
        let citation: Option<Citation> = chunk.citation();
        object(py, &citation.as_ref().map(|citation| ChunkRecord::new(chunk, citation)))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let provenance = ProvenanceRecord::new(&self.provenance);
        object(py, &Head { counts: CountsRecord::new(&self.found.counts), all: self.found.all, provenance })
    }

    fn names(&self) -> Vec<String> {
        ChunkRow::names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        hit_kind(name)
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        let completeness = Completeness::from(&self.provenance);
        for chunk in &self.found.chunks {
            ChunkRow::of(chunk, completeness).for_each(|row| add(&row.cells()));
        }
    }

    fn text(&self, most: usize) -> String {
        let shown = self.found.chunks.iter().take(most).map(|chunk| {
            let found = chunk.paragraphs.iter().filter(|hit| !hit.matches.is_empty()).take(3);
            let texts: Vec<String> = found.map(|hit| format!("  {}", escape::escape(&hit.text))).collect();
            format!("{}\n{}\n", escape::escape(&cited(chunk)), texts.join("\n"))
        });
        let summary = summary(self.found.counts.paragraphs, &self.found.counts);
        shown.chain([format!("{} theme chunks: {summary}", self.found.all)]).collect::<Vec<_>>().join("\n")
    }

    fn html(&self, most: usize) -> String {
        let mut page = String::new();
        for chunk in self.found.chunks.iter().take(most) {
            page.push_str(&format!("<h4>{}</h4>\n", html::escape_text(&cited(chunk))));
            let found = chunk.paragraphs.iter().filter(|hit| !hit.matches.is_empty()).take(3);
            found.for_each(|hit| page.push_str(&hit_html(hit)));
        }
        let summary = summary(self.found.counts.paragraphs, &self.found.counts);
        page.push_str(&note_html(&format!("{} theme chunks: {summary}", self.found.all)));
        page
    }

    fn markdown(&self) -> std::io::Result<String> {
        written(|out| {
            let completeness = Completeness::from(&self.provenance);
            let options = ChunkOptions { whole: false, is_complete: completeness.is_complete() };
            let mut writer = ChunkWriter::new(out, Format::Markdown, options)?.lacking(completeness);
            self.found.chunks.iter().try_for_each(|chunk| writer.chunk(chunk))?;
            writer.end()
        })
    }
}
