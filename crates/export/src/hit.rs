//! Paragraphs found: the answer of a search.

mod markdown;
mod record;
mod row;

use std::io::{self, Write};

use quotable_index::{Facet, Group, Hit};
use quotable_report::Role;

use crate::completeness::Completeness;
use crate::csv::CsvWriter;
use crate::excerpt::Excerpt;
use crate::format::Format;
use crate::jsonl::{self, Versioned};
use crate::markdown::write_lacking;
use crate::number::counted;

pub use self::record::{ContextRecord, GroupRecord, HitRecord, ParagraphRecord};
pub use self::row::HitRow;

/// What is written of each hit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct HitOptions {
    /// True to quote only the sentences that match.
    pub sentences: bool,
    /// True to quote whole paragraphs in formats that are read by people, however long they are.
    pub full: bool,
    /// True if the paragraphs around each hit are written.
    pub context: bool,
    /// The facet by which the hits are grouped.
    pub group: Option<Facet>,
    /// False if files of the corpus were still to be read, or could not be read.
    pub is_complete: bool,
    /// Number of files that could not be read.
    pub unread: u64,
    /// Number of files that were passed over: of formats that are not read, or hidden.
    pub skipped: u64,
    /// Number of files that are copies of another, and were left out.
    pub copies: u64,
    /// True if the hits are in order of relevance, so that their scores mean something.
    pub is_ranked: bool,
}

impl Default for HitOptions {
    /// Whole paragraphs without context or groups, of a complete corpus, in order of relevance.
    fn default() -> Self {
        Self {
            sentences: false,
            full: false,
            context: false,
            group: None,
            is_complete: true,
            unread: 0,
            skipped: 0,
            copies: 0,
            is_ranked: true,
        }
    }
}

impl HitOptions {
    /// Sets whether only the sentences that match are quoted.
    #[must_use]
    pub fn sentences(self, sentences: bool) -> Self {
        Self { sentences, ..self }
    }

    /// Sets whether whole paragraphs are quoted, however long they are.
    #[must_use]
    pub fn full(self, full: bool) -> Self {
        Self { full, ..self }
    }

    /// What is quoted of a hit for a person to read.
    #[must_use]
    pub fn excerpt(&self, hit: &Hit) -> Excerpt {
        match (self.sentences, self.full) {
            (true, _) => Excerpt::sentences(hit),
            (false, true) => Excerpt::whole(hit),
            (false, false) => Excerpt::of(hit),
        }
    }

    /// What is shown of a paragraph around a hit, for a person to read.
    #[must_use]
    pub fn excerpt_of_context(&self, paragraph: &Hit) -> String {
        if self.full { paragraph.text.clone() } else { Excerpt::beginning(paragraph).text }
    }

    /// Sets whether the paragraphs around each hit are written.
    #[must_use]
    pub fn context(self, context: bool) -> Self {
        Self { context, ..self }
    }

    /// Sets the facet by which the hits are grouped.
    #[must_use]
    pub fn group(self, group: Option<Facet>) -> Self {
        Self { group, ..self }
    }

    /// Sets which files the answer lacks: those of a [`Provenance`](quotable_index::Provenance) or a
    /// [`Status`](quotable_index::Status); or only whether every file of the corpus had been read.
    #[must_use]
    pub fn complete(self, completeness: impl Into<Completeness>) -> Self {
        let completeness = completeness.into();
        let Completeness { unread, skipped, copies, .. } = completeness;
        Self { is_complete: completeness.is_complete(), unread, skipped, copies, ..self }
    }

    /// The files that the answer lacks.
    fn completeness(&self) -> Completeness {
        let answer = Completeness::new(!self.is_complete && self.unread == 0, self.unread);
        answer.without(self.skipped, self.copies)
    }

    /// Sets whether the hits are in order of relevance.
    #[must_use]
    pub fn ranked(self, is_ranked: bool) -> Self {
        Self { is_ranked, ..self }
    }
}

/// A hit and what is written with it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct HitInContext<'h> {
    /// The hit.
    pub hit: &'h Hit,
    /// The paragraphs before it, in order.
    pub before: &'h [Hit],
    /// The paragraphs after it, in order.
    pub after: &'h [Hit],
    /// The group that it belongs to.
    pub group: Option<&'h Group>,
}

impl<'h> HitInContext<'h> {
    /// A hit without context.
    pub fn new(hit: &'h Hit) -> Self {
        Self { hit, before: &[], after: &[], group: None }
    }

    /// A hit among its neighbours: paragraphs in order, the hit itself among them, as
    /// [`Snapshot::around`](quotable_index::Snapshot::around) gives them.
    pub fn among(hit: &'h Hit, neighbours: &'h [Hit]) -> Self {
        let at = neighbours.iter().position(|other| other.id == hit.id);
        debug_assert!(at.is_some() || neighbours.is_empty(), "the hit is among its neighbours");
        let (before, rest) = neighbours.split_at(at.unwrap_or(neighbours.len()));
        Self { hit, before, after: rest.get(1..).unwrap_or_default(), group: None }
    }

    /// The same hit as part of a group.
    #[must_use]
    pub fn in_group(self, group: Option<&'h Group>) -> Self {
        Self { group, ..self }
    }
}

/// Writes hits one after another, in memory that does not grow with their number.
#[derive(Debug)]
pub struct HitWriter<W> {
    out: W,
    format: Format,
    options: HitOptions,
}

impl<W: Write> HitWriter<W> {
    /// Writes the head, if the format has one.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(mut out: W, format: Format, options: HitOptions) -> io::Result<Self> {
        if let Format::Csv(formulas) = format {
            CsvWriter::new(&mut out, formulas).head(HitRow::names(&options))?;
        }
        Ok(Self { out, format, options })
    }

    /// Writes the heading of the group whose hits follow, in formats whose hits do not name their group.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn group(&mut self, group: &Group) -> io::Result<()> {
        match (self.format, &self.options.group) {
            (Format::Markdown, Some(facet)) => markdown::write_group(&mut self.out, facet, group),
            _ => Ok(()),
        }
    }

    /// Writes one hit.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn hit(&mut self, hit: &HitInContext<'_>) -> io::Result<()> {
        let (out, options) = (&mut self.out, &self.options);
        match self.format {
            Format::Jsonl => {
                jsonl::write(out, &Versioned::of(HitRecord::new(hit, options), options.completeness()))
            }
            Format::Csv(formulas) => {
                let mut csv = CsvWriter::new(out, formulas);
                HitRow::of(hit, options).iter().try_for_each(|row| csv.row(row.cells()))
            }
            Format::Markdown => markdown::write_hit(out, hit, options),
        }
    }

    /// Ends the answer: in Markdown, says which files it lacks.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn end(mut self) -> io::Result<()> {
        write_lacking(&mut self.out, self.format, self.options.completeness())
    }
}

/// The heading of a group: `authority: marlowe`.
pub fn group_title(facet: &Facet, group: &Group) -> String {
    match &group.value {
        Some(value) => format!("{facet}: {value}"),
        None => format!("{facet}: not known"),
    }
}

/// The citation in words, with notes that a reader must have: that the paragraph is a heading, a table row or a
/// footnote, and that it is repeated in other reports.
pub fn citation_with_notes(hit: &Hit) -> String {
    let role = match hit.role {
        Role::Heading => Some("heading".to_owned()),
        Role::Table => Some("table".to_owned()),
        Role::Note => Some("footnote".to_owned()),
        _ => None,
    };
    let repeated =
        hit.boilerplate.map(|reports| format!("word for word in {}", counted(reports.into(), "reports")));
    let notes: Vec<_> = role.into_iter().chain(repeated).collect();
    match notes.as_slice() {
        [] => hit.citation.to_string(),
        notes => format!("{} ({})", hit.citation, notes.join("; ")),
    }
}
