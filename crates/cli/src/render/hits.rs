//! Hits in every form: for people, for programs, for spreadsheets, to be pasted, to be cited.

mod markdown;
mod rows;
mod text;

use quotable::{Counts, Facet, Group, Hit};

use crate::args::{Cite, Format};
use crate::environment::Environment;
use crate::error::Result;
use crate::render::csl::Citations;
use crate::render::jsonl;
use crate::render::number::{counted, grouped};
use crate::render::page::Page;
use crate::render::record::HitRecord;
use crate::session::Session;

pub(crate) use self::text::citation;

/// What is shown of hits, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) format: Format,
    /// CSV cells as they are.
    pub(crate) raw: bool,
    pub(crate) cite: Option<Cite>,
    /// True to quote the sentences that match, and nothing else of the paragraph.
    pub(crate) sentences: bool,
    /// True if paragraphs before and after are shown.
    pub(crate) context: bool,
    /// By what the hits are gathered.
    pub(crate) group: Option<Facet>,
    /// False if some files of the corpus were still to be read.
    pub(crate) complete: bool,
    /// True if the hits stand in order of relevance.
    pub(crate) ranked: bool,
}

/// A hit and what is shown with it.
#[derive(Debug)]
pub(crate) struct Shown<'h> {
    pub(crate) hit: &'h Hit,
    /// The paragraphs before and after it.
    pub(crate) before: &'h [Hit],
    pub(crate) after: &'h [Hit],
    /// The group that it is of.
    pub(crate) group: Option<&'h Group>,
}

impl<'h> Shown<'h> {
    /// A hit among the paragraphs around it, which are in order and have the hit itself among them, or none.
    pub(crate) fn among(hit: &'h Hit, around: &'h [Hit]) -> Self {
        let at = around.iter().position(|beside| beside.id == hit.id).unwrap_or(around.len());
        let (before, rest) = around.split_at(at);
        Self { hit, before, after: rest.get(1..).unwrap_or_default(), group: None }
    }
}

/// Writes hits one after another.
pub(crate) struct Writer<'s> {
    page: Page<'s>,
    style: Style,
    citations: Citations,
}

impl<'s> Writer<'s> {
    /// Writes what stands before all hits.
    pub(crate) fn begin(session: &'s mut Session, style: Style) -> Result<Self> {
        let Session { out, environment } = session;
        let environment: &Environment = environment;
        let page = Page::new(out, environment);
        if style.format == Format::Csv && style.cite.is_none() {
            rows::head(page.out, style)?;
        }
        Ok(Self { page, style, citations: Citations::default() })
    }

    /// Says which group comes next, where hits do not say so themselves.
    pub(crate) fn group(&mut self, group: &Group) -> Result<()> {
        let Some(by) = self.style.group.filter(|_| self.style.cite.is_none()) else { return Ok(()) };
        match self.style.format {
            Format::Text => text::group(&mut self.page, by, group)?,
            Format::Markdown => markdown::group(self.page.out, by, group)?,
            Format::Jsonl | Format::Csv => {}
        }
        Ok(())
    }

    pub(crate) fn hit(&mut self, shown: &Shown<'_>) -> Result<()> {
        let style = self.style;
        if style.cite.is_some() {
            return Ok(self.citations.hit(self.page.out, shown.hit)?);
        }
        match style.format {
            Format::Text => text::hit(&mut self.page, shown, style)?,
            Format::Jsonl => jsonl::line(self.page.out, &HitRecord::new(shown, style))?,
            Format::Csv => rows::hit(self.page.out, shown, style)?,
            Format::Markdown => markdown::hit(self.page.out, shown, style)?,
        }
        Ok(())
    }

    /// Writes what stands behind all hits.
    pub(crate) fn end(self) -> Result<()> {
        if self.style.cite.is_some() {
            self.citations.end(self.page.out)?;
        }
        Ok(())
    }
}

/// What a group is called.
fn name(by: Facet, group: &Group) -> String {
    match &group.value {
        Some(value) => format!("{by}: {value}"),
        None => format!("{by}: not known"),
    }
}

/// How much was found, and how much of it was shown.
pub(crate) fn summary(shown: u64, counts: &Counts) -> String {
    let paragraphs = counted(counts.paragraphs, "paragraphs");
    let among =
        format!("{} in {}", counted(counts.occurrences, "occurrences"), counted(counts.reports, "reports"));
    let least = if counts.exact { "" } else { "at least " };
    if shown < counts.paragraphs {
        format!("showing {} of {least}{paragraphs} ({among})", grouped(shown))
    } else {
        format!("{least}{paragraphs} ({among})")
    }
}
