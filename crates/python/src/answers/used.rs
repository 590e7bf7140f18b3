//! Paragraphs that articles use.

use pyo3::prelude::*;
use quotable::UsedParagraph;
use quotable_export::check::{UseRow, UsedParagraphRecord, merged, use_in_words, write_used};
use quotable_export::{Cell, Format, escape, html};
use serde::Serialize;

use crate::answer::{Rows, note_html, object, written};
use crate::answers::hits::marked;
use crate::kind::Kind;

/// The paragraphs of reports that articles use, each with the articles.
pub(crate) struct UsedRows(pub(crate) Vec<UsedParagraph>);

/// What is said of the whole answer.
#[derive(Serialize)]
struct Head {
    uses: usize,
}

impl Rows for UsedRows {
    fn len(&self) -> usize {
        self.0.len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        object(py, &UsedParagraphRecord::new(&self.0[at]))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &Head { uses: self.0.iter().map(|used| used.uses.len()).sum() })
    }

    fn names(&self) -> Vec<String> {
        UseRow::names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        Some(Kind::of_column(name).unwrap_or(Kind::Text))
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        self.0.iter().flat_map(UseRow::all).for_each(|row| add(&row.cells()));
    }

    fn text(&self, most: usize) -> String {
        let mut lines = Vec::new();
        for used in self.0.iter().take(most) {
            let marks = merged(used.uses.iter().map(|by| by.bytes.clone()).collect());
            lines.push(format!("  {}", marked(&used.text, &marks)));
            lines.push(format!("    {}", used.citation));
            lines.extend(used.uses.iter().map(|by| format!("    {}", escape::escape(&use_in_words(by)))));
            lines.push(String::new());
        }
        lines.push(shown(self.0.len(), most));
        lines.join("\n")
    }

    fn html(&self, most: usize) -> String {
        let mut page = String::new();
        for used in self.0.iter().take(most) {
            let marks = merged(used.uses.iter().map(|by| by.bytes.clone()).collect());
            let uses: String = used
                .uses
                .iter()
                .map(|by| format!("<li>{}</li>", html::escape_text(&use_in_words(by))))
                .collect();
            page.push_str(&format!(
                "<figure><blockquote>{}</blockquote><figcaption>{}<ul>{uses}</ul></figcaption></figure>\n",
                html::with_marks(&used.text, &marks),
                html::escape_text(&used.citation.to_string()),
            ));
        }
        page + &note_html(&shown(self.0.len(), most))
    }

    fn markdown(&self) -> std::io::Result<String> {
        written(|out| write_used(out, Format::Markdown, &self.0))
    }
}

/// How many paragraphs there are, and how many of them are shown.
fn shown(all: usize, most: usize) -> String {
    let paragraphs = if all == 1 { "paragraph is" } else { "paragraphs are" };
    let showing = if all > most { format!("showing {most}: ") } else { String::new() };
    format!("{showing}{all} {paragraphs} used")
}
