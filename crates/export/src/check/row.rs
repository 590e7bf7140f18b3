//! A checked quotation as a row.

use quotable_check::Place;
use quotable_report::Citation;

use super::CheckedQuotation;
use crate::cell::Cell;
use crate::citation::CitationColumn;
use crate::column::{self, Cited, Column};

/// A checked quotation as a row of the table of `check`, with the first place where it was found. A quotation that is
/// absent has the most similar place, and 0 places in all.
#[derive(Debug, Clone)]
pub struct CheckRow<'c> {
    checked: CheckedQuotation<'c>,
    place: Option<&'c Place>,
    citation: Option<Citation>,
    article: Option<&'c str>,
}

impl<'c> CheckRow<'c> {
    /// The row of a checked quotation.
    pub fn new(checked: &CheckedQuotation<'c>) -> Self {
        let place = checked.check.places.first().or(checked.check.nearest.as_ref());
        let citation = checked.check.citation().or_else(|| place.map(|place| place.citation.clone()));
        Self { checked: *checked, place, citation, article: None }
    }

    /// The same row with the name of the article.
    #[must_use]
    pub fn article(mut self, name: &'c str) -> Self {
        self.article = Some(name);
        self
    }

    /// The names of the columns.
    pub fn names() -> Vec<&'static str> {
        column::names(&Self::columns())
    }

    /// The cells, in the order of the [`names`](Self::names).
    pub fn cells(&self) -> Vec<Cell<'_>> {
        column::cells(&Self::columns(), self)
    }

    fn columns() -> [Column<Self>; 23] {
        use Column::Own;
        [
            Own("number", |row| row.checked.number.into()),
            Own("verdict", |row| row.checked.check.verdict.as_str().into()),
            Own("kind", |row| row.checked.quotation.kind.as_str().into()),
            Own("quotation", |row| Cell::from(&row.checked.quotation.text)),
            Own("speaker", |row| row.checked.speaker().into()),
            Own("similarity", |row| Cell::rounded(row.checked.check.similarity, 3)),
            Own("changes", |row| row.changes().into()),
            Own("source", |row| row.place.map(Place::source).into()),
            Column::Citation(CitationColumn::Citation),
            Column::Citation(CitationColumn::Path),
            Column::Citation(CitationColumn::Authority),
            Column::Citation(CitationColumn::Published),
            Column::Citation(CitationColumn::Section),
            Column::Citation(CitationColumn::Paragraph),
            Column::Citation(CitationColumn::Page),
            Own("id", |row| row.place.map(|place| place.id.to_string()).into()),
            Own("places", |row| row.checked.check.total.into()),
            Own("complete", |row| row.checked.check.complete.into()),
            Own("unread", |row| row.checked.check.unread.into()),
            Column::Citation(CitationColumn::AuthorityKey),
            Column::Citation(CitationColumn::Region),
            Own("article", |row| row.article.into()),
            Own("group", |row| row.checked.group().as_str().into()),
        ]
    }

    /// What was changed, in words; nothing for a quotation without a source to compare with.
    fn changes(&self) -> String {
        if self.checked.check.places.is_empty() {
            return String::new();
        }
        self.checked.serious_changes().collect::<Vec<_>>().join("; ")
    }
}

impl Cited for CheckRow<'_> {
    fn citation(&self) -> Option<&Citation> {
        self.citation.as_ref()
    }
}
