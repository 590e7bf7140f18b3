//! Two sides compared.

use pyo3::prelude::*;
use quotable::follow::Comparison;
use quotable_export::compare::{CompareRecord, to_tables, write};
use quotable_export::completeness::Completeness;
use quotable_export::{Cell, Format, escape, html};
use serde::Serialize;

use crate::answer::{Rows, object, table_html, table_text, written};
use crate::kind::Kind;

/// Sizes, themes and concepts, words, and passages of two sides.
pub(crate) struct CompareRows(pub(crate) Comparison);

/// What is said of the whole answer.
#[derive(Serialize)]
struct Head {
    passages: usize,
}

const PASSAGES: &str = "The same word for word";

impl Rows for CompareRows {
    fn len(&self) -> usize {
        CompareRecord::of(&self.0).len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        object(py, &CompareRecord::of(&self.0).get(at))
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &Head { passages: self.0.same.len() })
    }

    fn names(&self) -> Vec<String> {
        CompareRecord::names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        Some(match name {
            "left" | "right" => Kind::Int,
            "left_rate" | "right_rate" => Kind::Float,
            _ => Kind::of_column(name).unwrap_or(Kind::Text),
        })
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        CompareRecord::of(&self.0).iter().for_each(|record| add(&record.cells()));
    }

    fn text(&self, most: usize) -> String {
        let mut parts: Vec<String> = to_tables(&self.0)
            .into_iter()
            .filter(|(_, table)| !table.rows.is_empty())
            .map(|(heading, table)| format!("{heading}\n{}\n", table_text(table, &[], most)))
            .collect();
        if !self.0.same.is_empty() {
            parts.push(PASSAGES.to_owned());
        }
        for (left, right) in self.0.same.iter().take(most) {
            let (text, citations) = (escape::escape(&left.text), [&left.citation, &right.citation]);
            parts.push(format!("  {text}\n    {}\n    {}\n", citations[0], citations[1]));
        }
        parts.join("\n").trim_end().to_owned()
    }

    fn html(&self, most: usize) -> String {
        let mut page = String::new();
        for (heading, table) in to_tables(&self.0).into_iter().filter(|(_, table)| !table.rows.is_empty()) {
            page.push_str(&format!("<h4>{heading}</h4>\n{}", table_html(table, &[], most)));
        }
        if !self.0.same.is_empty() {
            page.push_str(&format!("<h4>{PASSAGES}</h4>\n"));
        }
        for (left, right) in self.0.same.iter().take(most) {
            let cited = format!("{}; {}", left.citation, right.citation);
            page.push_str(&format!(
                "<figure><blockquote>{}</blockquote><figcaption>{}</figcaption></figure>\n",
                html::escape_text(&left.text),
                html::escape_text(&cited)
            ));
        }
        page
    }

    fn markdown(&self) -> std::io::Result<String> {
        // Markdown does not say how complete the answer is.
        written(|out| write(out, Format::Markdown, &self.0, Completeness::new(false, 0)))
    }
}
