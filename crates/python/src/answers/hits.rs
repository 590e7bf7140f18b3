//! Paragraphs found.

use std::ops::Range;

use pyo3::prelude::*;
use quotable::{Counts, Group, Hit, Provenance};
use quotable_export::bibliography::{BibliographyForm, BibliographyWriter};
use quotable_export::counts::{CountsRecord, summary};
use quotable_export::hit::{
    HitInContext, HitOptions, HitRecord, HitRow, HitWriter, citation_with_notes, group_title,
};
use quotable_export::provenance::ProvenanceRecord;
use quotable_export::{Cell, Excerpt, Format, html};
use serde::Serialize;

use crate::answer::{Rows, note_html, object, written};

/// Paragraphs found, in their order.
pub(crate) struct Hits {
    pub(crate) found: Vec<FoundHit>,
    /// Empty unless hits are grouped.
    pub(crate) groups: Vec<Group>,
    pub(crate) counts: Counts,
    pub(crate) options: HitOptions,
    pub(crate) provenance: Provenance,
}

/// A hit with what is shown around it.
pub(crate) struct FoundHit {
    pub(crate) hit: Hit,
    /// The paragraphs around it, with itself; empty without context.
    pub(crate) neighbours: Vec<Hit>,
    /// The place of its group.
    pub(crate) group: Option<usize>,
}

/// What is said of all hits.
#[derive(Serialize)]
struct Head<'h> {
    counts: CountsRecord,
    provenance: ProvenanceRecord<'h>,
}

impl Hits {
    fn in_context<'h>(&'h self, found: &'h FoundHit) -> HitInContext<'h> {
        let group = found.group.and_then(|at| self.groups.get(at));
        HitInContext::among(&found.hit, &found.neighbours).in_group(group)
    }

    /// A group with the hits that are listed of it.
    fn whole_group(&self, at: usize) -> Option<Group> {
        let mut group = self.groups.get(at)?.clone();
        let of_group = self.found.iter().filter(|found| found.group == Some(at));
        group.hits = of_group.map(|found| found.hit.clone()).collect();
        Some(group)
    }

    fn heading(&self, at: usize) -> Option<String> {
        let found = self.found.get(at)?;
        let before = at.checked_sub(1).and_then(|before| self.found.get(before));
        if before.is_some_and(|before| before.group == found.group) {
            return None;
        }
        Some(group_title(self.options.group.as_ref()?, self.groups.get(found.group?)?))
    }
}

impl Rows for Hits {
    fn len(&self) -> usize {
        self.found.len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        object(py, &HitRecord::new(&self.in_context(&self.found[at]), &self.options))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let provenance = ProvenanceRecord::new(&self.provenance);
        object(py, &Head { counts: CountsRecord::new(&self.counts), provenance })
    }

    fn names(&self) -> Vec<String> {
        HitRow::names(&self.options).into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<crate::kind::Kind> {
        hit_kind(name)
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        for found in &self.found {
            for row in HitRow::of(&self.in_context(found), &self.options) {
                add(&row.cells());
            }
        }
    }

    fn text(&self, most: usize) -> String {
        let mut lines = Vec::new();
        for (at, found) in self.found.iter().take(most).enumerate() {
            lines.extend(self.heading(at).map(|title| format!("{title}\n")));
            let excerpt = Excerpt::of(&found.hit);
            lines.push(format!("  {}", marked(&excerpt.text, &excerpt.matches)));
            lines.push(format!("    {}", citation_with_notes(&found.hit)));
            lines.push(format!("    {}\n", found.hit.id));
        }
        lines.push(summary(self.found.len().min(most) as u64, &self.counts));
        lines.join("\n")
    }

    fn html(&self, most: usize) -> String {
        let mut page = String::new();
        for (at, found) in self.found.iter().take(most).enumerate() {
            let title = self.heading(at).map(|title| format!("<h4>{}</h4>\n", html::escape_text(&title)));
            page.push_str(&title.unwrap_or_default());
            page.push_str(&hit_html(&found.hit));
        }
        page.push_str(&note_html(&summary(self.found.len().min(most) as u64, &self.counts)));
        page
    }

    fn markdown(&self) -> std::io::Result<String> {
        written(|out| {
            let mut writer = HitWriter::new(out, Format::Markdown, self.options.clone())?;
            let mut last = None;
            for found in &self.found {
                if let Some(at) = found.group.filter(|at| last != Some(*at)) {
                    last = Some(at);
                    self.whole_group(at).iter().try_for_each(|group| writer.group(group))?;
                }
                writer.hit(&self.in_context(found))?;
            }
            writer.end()
        })
    }

    fn bibliography(&self, form: BibliographyForm) -> Option<std::io::Result<String>> {
        Some(written(|out| {
            let mut writer = BibliographyWriter::new(out, form);
            self.found.iter().for_each(|found| writer.hit(&found.hit));
            writer.end()
        }))
    }
}

/// What the columns of hits hold, whatever is in them.
pub(crate) fn hit_kind(name: &str) -> Option<crate::kind::Kind> {
    use crate::kind::Kind;
    match name {
        "boilerplate" => Some(Kind::Int),
        _ => Some(Kind::of_column(name).unwrap_or(Kind::Text)),
    }
}

/// A hit as HTML: the quotation with its marks, and its citation.
pub(crate) fn hit_html(hit: &Hit) -> String {
    let mut out = Vec::new();
    // Writing into memory does not fail.
    let written = html::write_hit(&mut out, hit, &Excerpt::of(hit));
    debug_assert!(written.is_ok());
    String::from_utf8_lossy(&out).into_owned()
}

/// The text with the matches between « and », as the command marks them.
pub(crate) fn marked(all: &str, matches: &[Range<usize>]) -> String {
    let mut text = String::new();
    let mut done = 0;
    for range in matches {
        let start = range.start.max(done);
        let (Some(before), Some(inside)) = (all.get(done..start), all.get(start..range.end)) else {
            continue;
        };
        text.push_str(&format!("{before}«{inside}»"));
        done = range.end;
    }
    text.push_str(all.get(done..).unwrap_or_default());
    quotable_export::escape::escape(&text).into_owned()
}
