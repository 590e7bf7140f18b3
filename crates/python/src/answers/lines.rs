//! A concordance.

use pyo3::prelude::*;
use quotable::{Counts, Line, Provenance};
use quotable_export::completeness::Completeness;
use quotable_export::concordance::{OccurrenceRecord, OccurrenceRow, OccurrenceWriter};
use quotable_export::counts::CountsRecord;
use quotable_export::number::counted;
use quotable_export::provenance::ProvenanceRecord;
use quotable_export::{Cell, Format, escape, html};
use serde::Serialize;

use crate::answer::{Rows, note_html, object, written};
use crate::answers::hits::hit_kind;
use crate::kind::Kind;

/// Occurrences with the words around them, in their order.
pub(crate) struct Concordance {
    pub(crate) lines: Vec<Line>,
    pub(crate) counts: Counts,
    pub(crate) provenance: Provenance,
    /// The dispersion plot, drawn when it is asked for.
    pub(crate) search: quotable::Search,
}

/// What is said of all occurrences.
#[derive(Serialize)]
struct Head<'h> {
    counts: CountsRecord,
    provenance: ProvenanceRecord<'h>,
}

/// Letters of the context that are shown on each side.
const SHOWN: usize = 40;

impl Concordance {
    fn summary(&self, shown: usize) -> String {
        let occurrences = counted(self.counts.occurrences, "occurrences");
        let paragraphs = counted(self.counts.paragraphs, "paragraphs");
        let of = format!("{occurrences} in {paragraphs} of {}", counted(self.counts.reports, "reports"));
        if shown as u64 == self.counts.occurrences { of } else { format!("showing {shown} of {of}") }
    }
}

impl Rows for Concordance {
    fn len(&self) -> usize {
        self.lines.len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        object(py, &OccurrenceRecord::new(&self.lines[at]))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let provenance = ProvenanceRecord::new(&self.provenance);
        object(py, &Head { counts: CountsRecord::new(&self.counts), provenance })
    }

    fn names(&self) -> Vec<String> {
        OccurrenceRow::names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        hit_kind(name)
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        let completeness = Completeness::from(&self.provenance);
        for line in &self.lines {
            add(&OccurrenceRow::new(line, completeness).cells());
        }
    }

    fn text(&self, most: usize) -> String {
        let mut text = String::new();
        for line in self.lines.iter().take(most) {
            let before: String = last_letters(&line.pre, SHOWN);
            let after: String = line.post.chars().take(SHOWN).collect();
            let (before, keyword, after) =
                (escape::escape(&before), escape::escape(&line.keyword), escape::escape(&after));
            text.push_str(&format!("{before:>SHOWN$}«{keyword}»{after}\n"));
        }
        text.push_str(&self.summary(self.lines.len().min(most)));
        text
    }

    fn html(&self, most: usize) -> String {
        let mut page = String::from("<table>\n<tbody>\n");
        for line in self.lines.iter().take(most) {
            let words = [&line.pre, &line.keyword, &line.post].map(|words| html::escape_text(words));
            page.push_str(&format!(
                "<tr><td style=\"text-align:right\">{}</td><td><mark>{}</mark></td>\
                 <td style=\"text-align:left\">{}</td><td><small>{}</small></td></tr>\n",
                words[0],
                words[1],
                words[2],
                html::escape_text(&line.citation.to_string()),
            ));
        }
        page.push_str("</tbody>\n</table>\n");
        page.push_str(&note_html(&self.summary(self.lines.len().min(most))));
        page
    }

    fn markdown(&self) -> std::io::Result<String> {
        written(|out| {
            let completeness = Completeness::from(&self.provenance);
            let mut writer = OccurrenceWriter::new(out, Format::Markdown, completeness)?;
            self.lines.iter().try_for_each(|line| writer.line(line))?;
            writer.end()
        })
    }

    fn svg(&self) -> Option<std::io::Result<String>> {
        let dispersal = self.search.dispersal().map_err(std::io::Error::other);
        Some(dispersal.and_then(|dispersal| quotable_export::chart::dispersion(&dispersal)))
    }
}

fn last_letters(text: &str, most: usize) -> String {
    let all = text.chars().count();
    text.chars().skip(all.saturating_sub(most)).collect()
}
