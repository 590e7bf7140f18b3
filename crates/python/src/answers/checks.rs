//! Articles, checked.

use pyo3::prelude::*;
use quotable::{ArticleCheck, Verdict};
use quotable_export::bibliography::{BibliographyForm, BibliographyWriter};
use quotable_export::check::{
    CheckFormat, CheckRow, CheckWriter, CheckedArticle, CheckedQuotation, CheckedQuotationRecord, TextGroup,
    is_wanted,
};
use quotable_export::{Cell, Format, Table, escape, html};
use serde::Serialize;

use crate::answer::{Rows, object, table_html, table_text, written};
use crate::kind::Kind;

/// The verdicts on the texts of articles.
pub(crate) struct CheckRows {
    /// The articles by their names.
    pub(crate) checks: Vec<(String, ArticleCheck)>,
    /// The verdicts that are listed; all if there are none.
    pub(crate) only: Vec<Verdict>,
}

/// What is said of all articles.
#[derive(Serialize)]
struct Head<'h> {
    /// What the article is about; of several, each row says it.
    about: Option<&'h quotable::About>,
    has_fault: bool,
    summary: String,
}

impl CheckRows {
    fn articles(&self) -> impl Iterator<Item = CheckedArticle<'_>> {
        self.checks.iter().map(|(name, check)| CheckedArticle { name, check })
    }

    /// The texts that are listed, each with its article.
    fn texts(&self) -> impl Iterator<Item = (CheckedArticle<'_>, CheckedQuotation<'_>)> {
        self.articles().flat_map(|article| {
            let wanted = article.texts().filter(|text| is_wanted(text.check.verdict, &self.only));
            wanted.collect::<Vec<_>>().into_iter().map(move |text| (article, text))
        })
    }

    fn table(&self, article: &CheckedArticle<'_>) -> Table {
        let mut table = Table::new(["verdict", "quotation", "changes", "source"], [""; 0]);
        for group in TextGroup::ALL {
            for text in article.group(group, &self.only) {
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

    /// What is said below the table of an article.
    fn notes(article: &CheckedArticle<'_>) -> Vec<String> {
        let about = article.check.about.as_ref().map(|about| format!("about: {about}"));
        about.into_iter().chain([article.summary().to_string()]).collect()
    }

    fn written_as(&self, format: CheckFormat) -> std::io::Result<String> {
        written(|out| {
            let mut writer = CheckWriter::new(out, format, &self.only)?;
            self.articles().try_for_each(|article| writer.article(&article).map(drop))?;
            writer.end()
        })
    }
}

impl Rows for CheckRows {
    fn len(&self) -> usize {
        self.texts().count()
    }

    fn record<'py>(&self, py: Python<'py>, at: usize) -> PyResult<Bound<'py, PyAny>> {
        let text = self.texts().nth(at);
        let record = text.as_ref().map(|(article, text)| {
            CheckedQuotationRecord::new(text).about(article.check.about.as_ref()).article(article.name)
        });
        object(py, &record)
    }

    fn head<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let about = match self.checks.as_slice() {
            [(_, check)] => check.about.as_ref(),
            _ => None,
        };
        let summaries: Vec<String> = self.articles().map(|article| article.summary().to_string()).collect();
        let has_fault = self.articles().any(|article| article.has_fault());
        object(py, &Head { about, has_fault, summary: summaries.join("\n") })
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
        self.texts().for_each(|(article, text)| add(&CheckRow::new(&text).article(article.name).cells()));
    }

    fn text(&self, most: usize) -> String {
        let article = |article: CheckedArticle<'_>| {
            let heading = (self.checks.len() > 1).then(|| format!("{}\n", escape::escape(article.title())));
            let table = table_text(self.table(&article), &CheckRows::notes(&article), most);
            heading.unwrap_or_default() + &table
        };
        self.articles().map(article).collect::<Vec<_>>().join("\n\n")
    }

    fn html(&self, most: usize) -> String {
        let article = |article: CheckedArticle<'_>| {
            let heading =
                (self.checks.len() > 1).then(|| format!("<h4>{}</h4>\n", html::escape_text(article.title())));
            let table = table_html(self.table(&article), &CheckRows::notes(&article), most);
            heading.unwrap_or_default() + &table
        };
        self.articles().map(article).collect()
    }

    fn page(&self) -> Option<std::io::Result<String>> {
        Some(self.written_as(CheckFormat::Page))
    }

    fn markdown(&self) -> std::io::Result<String> {
        self.written_as(CheckFormat::Common(Format::Markdown))
    }

    fn bibliography(&self, form: BibliographyForm) -> Option<std::io::Result<String>> {
        Some(written(|out| {
            let mut writer = BibliographyWriter::new(out, form);
            // Scare quotes cite no report.
            let cited = self.texts().filter(|(_, text)| text.group() != TextGroup::Scare);
            cited.flat_map(|(_, text)| &text.check.places).for_each(|place| writer.place(place));
            writer.end()
        }))
    }
}
