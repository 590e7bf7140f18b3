//! What is exported of one report: read from the index as a whole, so that memory grows with the largest report alone.

use quotable_codebook::{CodeBook, Label};
use quotable_index::{Hit, Snapshot, Source};
use quotable_query::analyse::fold;
use quotable_report::{Date, Judgement, Period};

use super::value::Value;
use crate::fields::FieldsRecord;
use crate::jsonl;

/// Which export writes a row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct WrittenBy<'e> {
    pub(super) corpus_hash: &'e str,
    /// The number of the run, from 1.
    pub(super) run: u64,
}

/// A report with its paragraphs.
pub(super) struct ReportData {
    pub(super) source: Source,
    pub(super) paragraphs: Vec<ParagraphData>,
    /// `overall:good`: each area with its grade, as filters know them.
    pub(super) grades: Vec<String>,
    /// The areas that have a grade.
    pub(super) areas: Vec<String>,
    /// The names of the fields of its own, and each again with its value: `vessel`, `vessel=the tug Anna`.
    pub(super) field_values: Vec<String>,
    /// The fields of its own as a JSON object.
    pub(super) fields: String,
    /// The periods of the inspection, as ISO 8601 has them.
    pub(super) periods: Vec<String>,
    pub(super) corpus_hash: String,
    pub(super) run: u64,
    /// A hash of all that is exported of it, but for the hash of the corpus and the run; empty until it is worked out.
    pub(super) version: String,
}

/// A paragraph of a report, with what is worked out for the export.
pub(super) struct ParagraphData {
    pub(super) hit: Hit,
    /// Its folded words.
    pub(super) words: String,
    /// The folded words of the headings above it, with ` | ` between headings.
    pub(super) section_words: String,
    /// Its themes by the code book.
    pub(super) labels: Vec<Label>,
}

impl ReportData {
    /// Reads a report, without its version; `None` if there is none, or it could not be read.
    pub(super) fn read(
        snapshot: &Snapshot,
        book: &CodeBook,
        by: WrittenBy<'_>,
        path: &str,
    ) -> quotable_index::Result<Option<Self>> {
        let (Some(source), Some(head)) = (snapshot.source(path)?, snapshot.report_head(path)) else {
            return Ok(None);
        };
        let grades = head.grades.iter().map(|given| format!("{}:{}", given.area, given.grade)).collect();
        let mut areas: Vec<String> = head.grades.iter().map(|given| given.area.to_string()).collect();
        areas.sort_unstable();
        areas.dedup();
        let fields = source.fields.iter();
        let field_values =
            fields.flat_map(|(name, value)| [name.to_string(), format!("{name}={value}")]).collect();
        let mut fields = Vec::new();
        // Writing into memory does not fail.
        let _ = jsonl::write_value(&mut fields, &FieldsRecord(&source.fields));
        let periods =
            source.inspected.iter().map(|period| format!("{}/{}", period.start, period.end)).collect();
        let paragraphs =
            snapshot.paragraphs_of(path)?.into_iter().map(|hit| ParagraphData::of(hit, book)).collect();
        Ok(Some(Self {
            source,
            paragraphs,
            grades,
            areas,
            field_values,
            fields: String::from_utf8(fields).unwrap_or_default(),
            periods,
            corpus_hash: by.corpus_hash.to_owned(),
            run: by.run,
            version: String::new(),
        }))
    }

    /// The day that the report is dated by.
    pub(super) fn day(&self) -> Option<Date> {
        self.source.published.or_else(|| self.source.inspected.iter().map(|period| period.end).max())
    }

    pub(super) fn first_day(&self) -> Option<Date> {
        self.source.inspected.first().map(|period: &Period| period.start)
    }

    pub(super) fn last_day(&self) -> Option<Date> {
        self.source.inspected.last().map(|period| period.end)
    }

    pub(super) fn judgement(&self, area: &str) -> Option<&Judgement> {
        self.source.judgements.iter().find(|judgement| judgement.area == *area)
    }
}

impl ParagraphData {
    fn of(hit: Hit, book: &CodeBook) -> Self {
        let headings: Vec<String> = hit.citation.headings.iter().map(|heading| fold(heading)).collect();
        Self { words: fold(&hit.text), section_words: headings.join(" | "), labels: book.labels(&hit), hit }
    }

    /// The pages that it is on, at most a hundred, as filters know them.
    pub(super) fn pages(&self) -> Value<'_> {
        let (first, last) = (self.hit.citation.page, self.hit.citation.page_end);
        let Some(first) = first else { return Value::Ints(Vec::new()) };
        let last = last.unwrap_or(first).max(first);
        Value::Ints((first..=last).take(100).map(i64::from).collect())
    }
}
