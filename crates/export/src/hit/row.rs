//! A hit as rows: one for the paragraph, or one for each sentence that matches.

use std::ops::Range;

use quotable_index::Hit;
use quotable_report::Citation;

use super::{HitInContext, HitOptions};
use crate::cell::Cell;
use crate::citation::CitationColumn;
use crate::column::{self, Cited, Column};
use crate::csv::VALUE_SEPARATOR;

/// Separates two paragraphs in one cell.
const PARAGRAPH_SEPARATOR: &str = " ¶ ";

/// A paragraph that matches, or one sentence of it, as a row of the table of `search`.
#[derive(Debug, Clone)]
pub struct HitRow<'h> {
    hit: HitInContext<'h>,
    /// The text of the row: bytes of the paragraph.
    bytes: Range<usize>,
    options: HitOptions,
}

impl<'h> HitRow<'h> {
    /// The rows of a hit: one, or with [`HitOptions::sentences`] one for each sentence that matches.
    pub fn of(hit: &HitInContext<'h>, options: &HitOptions) -> Vec<Self> {
        let parts = if options.sentences {
            hit.hit.matched_sentences()
        } else {
            std::iter::once(0..hit.hit.text.len()).collect()
        };
        parts.into_iter().map(|bytes| Self { hit: *hit, bytes, options: options.clone() }).collect()
    }

    /// The names of the columns.
    pub fn names(options: &HitOptions) -> Vec<&'static str> {
        column::names(&Self::columns(options))
    }

    /// The cells, in the order of the [`names`](Self::names).
    pub fn cells(&self) -> Vec<Cell<'_>> {
        column::cells(&Self::columns(&self.options), self)
    }

    // A new column goes last: `FORMATS.md` promises that the columns before it keep their places.
    fn columns(options: &HitOptions) -> Vec<Column<Self>> {
        let mut columns = Vec::with_capacity(32);
        if options.group.is_some() {
            columns.extend(Self::group_columns());
        }
        columns.extend(Self::paragraph_columns());
        columns.extend(CitationColumn::ALL.map(Column::Citation));
        columns.push(Column::Own("complete", |row| row.options.is_complete.into()));
        if options.context {
            columns.extend(Self::context_columns());
        }
        columns.push(Column::Own("unread", |row| row.options.unread.into()));
        columns.extend(CitationColumn::ADDED.map(Column::Citation));
        columns.push(Column::Own("skipped", |row| row.options.skipped.into()));
        columns.push(Column::Own("copies", |row| row.options.copies.into()));
        columns
    }

    fn group_columns() -> [Column<Self>; 4] {
        use Column::Own;
        [
            Own("group_by", |row| row.options.group.as_ref().map(|facet| facet.name()).into()),
            Own("group", |row| row.hit.group.and_then(|group| group.value.as_deref()).into()),
            Own("group_occurrences", |row| row.hit.group.map(|group| group.counts.occurrences).into()),
            Own("group_paragraphs", |row| row.hit.group.map(|group| group.counts.paragraphs).into()),
        ]
    }

    fn paragraph_columns() -> [Column<Self>; 10] {
        use Column::Own;
        [
            Own("id", |row| Cell::display(&row.hit.hit.id)),
            Own("text", |row| row.hit.hit.text.get(row.bytes.clone()).into()),
            Own("from_byte", |row| row.bytes.start.into()),
            Own("to_byte", |row| row.bytes.end.into()),
            Own("matched", |row| matched(row.hit.hit, &row.bytes).join(VALUE_SEPARATOR).into()),
            Own("occurrences", |row| occurrences(row.hit.hit, &row.bytes).into()),
            Own("score", Self::score),
            Own("role", |row| row.hit.hit.role.as_str().into()),
            Own("theme", |row| row.hit.hit.theme.as_deref().into()),
            Own("boilerplate", |row| row.hit.hit.boilerplate.into()),
        ]
    }

    fn context_columns() -> [Column<Self>; 2] {
        use Column::Own;
        [Own("before", |row| texts(row.hit.before).into()), Own("after", |row| texts(row.hit.after).into())]
    }

    fn score(&self) -> Cell<'_> {
        if self.options.is_ranked {
            Cell::Decimal { value: self.hit.hit.score, digits: None }
        } else {
            Cell::Empty
        }
    }
}

impl Cited for HitRow<'_> {
    fn citation(&self) -> Option<&Citation> {
        Some(&self.hit.hit.citation)
    }
}

/// The matches, cut to a part of the paragraph.
fn matched<'h>(hit: &'h Hit, part: &Range<usize>) -> Vec<&'h str> {
    let is_inside = |found: &&Range<usize>| found.start < part.end && part.start < found.end;
    let cut = |found: &Range<usize>| hit.text.get(found.start.max(part.start)..found.end.min(part.end));
    hit.matches.iter().filter(is_inside).filter_map(cut).collect()
}

/// The occurrences that begin in a part of the paragraph: counted where they begin, those of all sentences add up.
fn occurrences(hit: &Hit, part: &Range<usize>) -> usize {
    hit.occurrences.iter().filter(|found| part.contains(&found.start)).count()
}

fn texts(hits: &[Hit]) -> String {
    let texts: Vec<_> = hits.iter().map(|hit| hit.text.as_str()).collect();
    texts.join(PARAGRAPH_SEPARATOR)
}
