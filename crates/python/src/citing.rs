//! A quotation with its citation, in forms to copy.

use std::ops::Range;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use quotable::Hit;
use quotable_export::bibliography::{BibliographyForm, BibliographyWriter};
use quotable_export::hit::{HitInContext, HitOptions, HitWriter, citation_with_notes};
use quotable_export::{Excerpt, Format};

use crate::answer::{bibliography_form, written};
use crate::error::{fault, raise};
use crate::opening::Opened;
use crate::options::Options;

/// A form to copy.
#[derive(Clone, Copy)]
enum Form {
    Text,
    Markdown,
    Bibliography(BibliographyForm),
}

/// Cites the paragraph `id`: the sentences that `matches` are in, or all of it.
pub(crate) fn cite(py: Python<'_>, opened: &Opened, options: &Options<'_>) -> PyResult<String> {
    let form = match options.text("form")?.as_deref() {
        None | Some("text") => Form::Text,
        Some("markdown") => Form::Markdown,
        Some(other) => Form::Bibliography(bibliography_form(other)?),
    };
    let id: String = options.need("id")?;
    let matches = options.get::<Vec<(usize, usize)>>("matches")?.unwrap_or_default();
    let matches: Vec<Range<usize>> = matches.into_iter().map(|(start, end)| start..end).collect();
    let snapshot = opened.index.snapshot();
    let found = py.detach(|| snapshot.paragraph(&id)).map_err(|error| raise(py, &error))?;
    let Some(hit) = found else {
        return Err(fault(py, "not-found", &format!("“{id}” is not the id of a paragraph here")));
    };
    if matches.iter().any(|range| hit.text.get(range.clone()).is_none()) {
        let message = "the paragraph has no such part; if its report has changed, search again";
        return Err(PyValueError::new_err(message));
    }
    let start = matches.iter().map(|range| range.start).min();
    let end = matches.iter().map(|range| range.end).max();
    let Some((start, end)) = start.zip(end) else { return copied(&hit, form) };
    // The citation is that of the part.
    let part = py.detach(|| snapshot.cite(&hit, start..end)).map_err(|error| raise(py, &error))?;
    let mut part = part.unwrap_or(hit);
    part.matches = matches;
    copied(&part, form)
}

/// The form without the empty lines that part it from a next one.
fn copied(hit: &Hit, form: Form) -> PyResult<String> {
    Ok(written_as(hit, form)?.trim_end_matches(['\r', '\n']).to_owned())
}

fn written_as(hit: &Hit, form: Form) -> std::io::Result<String> {
    match form {
        Form::Text => Ok(format!("“{}” {}", Excerpt::sentences(hit).text, citation_with_notes(hit))),
        Form::Markdown => written(|out| {
            let mut writer = HitWriter::new(out, Format::Markdown, HitOptions::default().sentences(true))?;
            writer.hit(&HitInContext::new(hit))?;
            writer.end()
        }),
        Form::Bibliography(form) => written(|out| {
            let mut writer = BibliographyWriter::new(out, form);
            writer.hit(hit);
            writer.end()
        }),
    }
}
