//! Articles, checked.

use pyo3::prelude::*;
use quotable::{ArticleCheck, Verdict};
use quotable_export::check::{
    CheckFormat, CheckRow, CheckWriter, CheckedArticle, CheckedQuotation, CheckedQuotationRecord, TextGroup,
    is_wanted,
};
use quotable_export::{Cell, Table, escape};
use serde::Serialize;

use crate::answer::{Rows, object, table_html, table_text};
use crate::kind::Kind;

/// The verdicts on the texts of one article.
pub(crate) struct CheckRows {
    pub(crate) name: String,
    pub(crate) check: ArticleCheck,
    /// The verdicts that are listed; all if there are none.
    pub(crate) only: Vec<Verdict>,
}

/// What is said of the whole article.
#[derive(Serialize)]
struct Head<'h> {
    about: Option<&'h quotable::About>,
    /// By group, how many texts got each verdict.
    counts: Vec<(&'static str, Vec<(Verdict, u64)>)>,
    has_fault: bool,
    summary: String,
}

impl CheckRows {
    fn article(&self) -> CheckedArticle<'_> {
        CheckedArticle { name: &self.name, check: &self.check }
    }

    fn texts(&self) -> Vec<CheckedQuotation<'_>> {
        self.article().texts().filter(|text| is_wanted(text.check.verdict, &self.only)).collect()
    }

    fn table(&self) -> Table {
        let mut table = Table::new(["verdict", "quotation", "changes", "source"], [""; 0]);
        for group in TextGroup::ALL {
            for text in self.article().group(group, &self.only) {
                let row = CheckRow::new(&text);
                let cells: Vec<(&str, String)> = CheckRow::names()
                    .into_iter()
                    .zip(row.cells().iter().map(|cell| escape::escape(&cell.to_string()).into_owned()))
                    .collect();
                let cell = |name: &str| {
                    cells
                        .iter()
                        .find(|(named, _)| *named == name)
                        .map(|(_, cell)| cell.clone())
                        .unwrap_or_default()
                };
                // An absent quotation stands nowhere: its row cites what comes nearest.
                let is_absent = text.check.verdict == Verdict::Absent;
                let near = if is_absent && !cell("citation").is_empty() { "nearest: " } else { "" };
                let source = format!("{near}{}", cell("citation"));
                table.push(vec![text.check.verdict.to_string(), cell("quotation"), cell("changes"), source]);
            }
        }
        table
    }

    /// The page that stands alone, as `quotable check --format html` writes it.
    pub(crate) fn page(&self) -> std::io::Result<String> {
        let mut out = Vec::new();
        let mut writer = CheckWriter::new(&mut out, CheckFormat::Page, &self.only)?;
        writer.article(&self.article())?;
        writer.end()?;
        String::from_utf8(out).map_err(std::io::Error::other)
    }
}

impl Rows for CheckRows {
    fn len(&self) -> usize {
        self.texts().len()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let record = self.texts().get(at).map(|text| {
            CheckedQuotationRecord::new(text).about(self.check.about.as_ref()).article(&self.name)
        });
        object(py, &record)
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let article = self.article();
        let counts = TextGroup::ALL.map(|group| (group.as_str(), article.counts(group)));
        let head = Head {
            about: self.check.about.as_ref(),
            counts: counts.into_iter().collect(),
            has_fault: article.has_fault(),
            summary: article.summary().to_string(),
        };
        object(py, &head)
    }

    fn names(&self) -> Vec<String> {
        CheckRow::names().into_iter().map(str::to_owned).collect()
    }

    fn kind(&self, name: &str) -> Option<Kind> {
        match name {
            "number" => Some(Kind::Int),
            _ => Some(Kind::of_column(name).unwrap_or(Kind::Text)),
        }
    }

    fn rows(&self, add: &mut dyn FnMut(&[Cell<'_>])) {
        self.texts().iter().for_each(|text| add(&CheckRow::new(text).article(&self.name).cells()));
    }

    fn text(&self, most: usize) -> String {
        table_text(self.table(), &[self.article().summary().to_string()], most)
    }

    fn html(&self, most: usize) -> String {
        table_html(self.table(), &[self.article().summary().to_string()], most)
    }

    fn page(&self) -> Option<std::io::Result<String>> {
        Some(CheckRows::page(self))
    }
}
