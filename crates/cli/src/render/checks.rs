//! Quotations checked: what was quoted, the verdict, the place, and what was changed.

mod table;
mod tally;

use std::io::{self, Write};
use std::ops::Range;

use quotable::report::{QuotationKind, Speaker};
use quotable::{Check, Edit, EditKind, Place, Quotation, Verdict};
use serde::Serialize;

use crate::args::{Cite, Format, Output};
use crate::error::Result;
use crate::render::csl::Citations;
use crate::render::jsonl::{self, Versioned};
use crate::render::markdown::{escaped, marked};
use crate::render::number::{counted, grouped};
use crate::render::page::Page;
use crate::session::Session;

use self::tally::Tally;

const INDENT: usize = 4;

/// A quotation of the article and what became of it.
#[derive(Debug, Serialize)]
pub(crate) struct Checked<'c> {
    /// Its number in the article, one-based.
    pub(crate) number: u64,
    pub(crate) quotation: &'c Quotation,
    pub(crate) check: &'c Check,
}

/// Writes checked quotations one after another.
pub(crate) struct Writer<'s> {
    page: Page<'s>,
    output: Output,
    cite: Option<Cite>,
    citations: Citations,
    tally: Tally,
}

impl<'s> Writer<'s> {
    /// Writes what stands before them all.
    pub(crate) fn begin(session: &'s mut Session, output: Output, cite: Option<Cite>) -> Result<Self> {
        let Session { out, environment } = session;
        let page = Page::new(out, environment);
        if output.format == Format::Csv && cite.is_none() {
            table::csv_head(page.out, output.raw)?;
        }
        Ok(Self { page, output, cite, citations: Citations::default(), tally: Tally::default() })
    }

    pub(crate) fn add(&mut self, one: &Checked<'_>) -> Result<()> {
        self.tally.add(one);
        let out = &mut *self.page.out;
        if self.cite.is_some() {
            // Where a quotation does not stand is not to be cited, nor is a word held at a distance.
            if one.is_scare() {
                return Ok(());
            }
            return Ok(one.check.places.iter().try_for_each(|place| self.citations.place(out, place))?);
        }
        match self.output.format {
            Format::Text => text(&mut self.page, one)?,
            Format::Jsonl => json(out, one)?,
            Format::Csv => table::csv(out, one, self.output.raw)?,
            Format::Markdown => markdown(out, one)?,
        }
        Ok(())
    }

    /// Writes what stands behind them all: so many more were left out. Gives what is to be said beside the results.
    pub(crate) fn end(mut self, left: u64) -> Result<Option<String>> {
        self.tally.left = left;
        let summary = self.tally.summary();
        if self.cite.is_some() {
            self.citations.end(self.page.out)?;
            return Ok(Some(summary));
        }
        match self.output.format {
            _ if self.tally.is_empty() => Ok(None),
            Format::Text => {
                self.page.text("", 0, &summary, &[])?;
                Ok(None)
            }
            Format::Markdown => {
                writeln!(self.page.out, "{}", escaped(&summary))?;
                Ok(None)
            }
            Format::Jsonl | Format::Csv => Ok(Some(summary)),
        }
    }
}

impl Checked<'_> {
    /// True for one to three words held at a distance: they are no quotation of a report, though they may stand in many.
    fn is_scare(&self) -> bool {
        self.quotation.kind == QuotationKind::Scare
    }
}

/// For people: the edits marked in the quotation and in its source, then in words.
fn text(page: &mut Page<'_>, one: &Checked<'_>) -> io::Result<()> {
    let check = one.check;
    page.heading(&format!("{}. {}", one.number, verdict(one)))?;
    page.text("", INDENT, &one.quotation.text, &in_quotation(check))?;
    for (at, place) in places(check) {
        source(page, check, at, place)?;
    }
    for line in lines(check) {
        page.text("  - ", INDENT, &line, &[])?;
    }
    if let Some(nearest) = &check.nearest {
        let alike = format!("nearest, {} alike:", percent(check.similarity));
        page.text("", INDENT, &alike, &[])?;
        let (sentences, marks) = in_sentences(nearest);
        page.text("  ~ ", INDENT, sentences, &marks)?;
        cited(page, check, nearest)?;
    }
    page.blank()
}

fn source(page: &mut Page<'_>, check: &Check, at: usize, place: &Place) -> io::Result<()> {
    let marks = in_source(check, at, place);
    if !check.verdict.is_exact() {
        page.text("  = ", INDENT, place.source(), &marks)?;
    }
    cited(page, check, place)
}

fn cited(page: &mut Page<'_>, check: &Check, place: &Place) -> io::Result<()> {
    page.text("", INDENT, &format!("{}{}", place.citation, others(check)), &[])?;
    writeln!(page.out, "{:INDENT$}{}", "", page.paint.id(&place.id))
}

/// A list item for each quotation, as the edits are marked in bold.
fn markdown(out: &mut dyn Write, one: &Checked<'_>) -> io::Result<()> {
    let check = one.check;
    writeln!(out, "{}. **{}**", one.number, escaped(&verdict(one)))?;
    writeln!(out, "\n   > {}\n", marked(&one.quotation.text, &in_quotation(check)))?;
    let nearest = check.nearest.iter().map(|place| (0, place));
    for (at, place) in places(check).chain(nearest) {
        let alike = match check.verdict {
            Verdict::Absent => format!("nearest, {} alike: ", percent(check.similarity)),
            _ => String::new(),
        };
        let cited = escaped(&format!("{alike}{}{}", place.citation, others(check)));
        writeln!(out, "   - {cited} `{}`", place.id)?;
        if check.verdict == Verdict::Absent {
            let (sentences, marks) = in_sentences(place);
            writeln!(out, "     there: {}", marked(sentences, &marks))?;
        } else if !check.verdict.is_exact() {
            writeln!(out, "     source: {}", marked(place.source(), &in_source(check, at, place)))?;
        }
    }
    for line in lines(check) {
        writeln!(out, "   - {}", escaped(&line))?;
    }
    writeln!(out)
}

/// An object of the quotation as it was found and the check as the library has it.
fn json(out: &mut dyn Write, one: &Checked<'_>) -> std::result::Result<(), serde_json::Error> {
    #[derive(Serialize)]
    struct Record<'c> {
        #[serde(flatten)]
        one: &'c Checked<'c>,
        /// Where it stands, as a reader is told: the first place, or the nearest.
        cite: Option<String>,
    }
    let place = one.check.places.first().or(one.check.nearest.as_ref());
    let cite = place.map(|place| place.citation.to_string());
    jsonl::line(out, &Versioned::new(Record { one, cite }))
}

/// The verdict, and who is said to speak.
fn verdict(one: &Checked<'_>) -> String {
    let mut said = match one.check.verdict {
        verdict if !one.is_scare() => verdict.to_string(),
        Verdict::Absent => "scare quotes, in no report".to_owned(),
        _ => "scare quotes, words of reports".to_owned(),
    };
    if one.check.boilerplate {
        said.push_str(", boilerplate");
    }
    if one.check.short && !one.is_scare() {
        said.push_str(", too short to say of what");
    }
    if !one.quotation.closed {
        said.push_str(", its closing mark missing");
    }
    match speaker(&one.quotation.speaker) {
        "" => {}
        speaker => said.push_str(&format!(" (said by {speaker})")),
    }
    said
}

fn speaker(speaker: &Speaker) -> &str {
    match speaker {
        Speaker::Report => "the report",
        Speaker::Person { name } => name.as_deref().unwrap_or("a person"),
        _ => "",
    }
}

/// The places to be shown: the pieces of a splice, else the first.
fn places(check: &Check) -> impl Iterator<Item = (usize, &Place)> {
    let shown = if check.verdict == Verdict::Spliced { check.places.len() } else { 1 };
    check.places.iter().enumerate().take(shown)
}

/// How many places there are besides the first.
fn others(check: &Check) -> String {
    if check.verdict == Verdict::Spliced || check.total < 2 {
        return String::new();
    }
    let noun = if check.total == 2 { "place" } else { "places" };
    format!(
        " (and in {} other {noun}, in all in {})",
        grouped(check.total - 1),
        counted(check.reports, "reports")
    )
}

/// What was changed, a line each; what folding takes away in one.
fn lines(check: &Check) -> Vec<String> {
    if check.verdict == Verdict::Absent {
        return Vec::new();
    }
    let (folded, changed): (Vec<&Edit>, Vec<&Edit>) =
        check.edits.iter().partition(|edit| edit.kind.is_folded());
    let mut lines: Vec<String> = changed.into_iter().map(change).collect();
    let mut kinds: Vec<EditKind> = folded.iter().map(|edit| edit.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if !kinds.is_empty() {
        let kinds: Vec<_> = kinds.into_iter().map(EditKind::in_words).collect();
        lines.push(format!("of no weight: {}", kinds.join(", ")));
    }
    lines
}

/// An edit in words; in capitals where it turns the sense round.
fn change(edit: &Edit) -> String {
    let said = edit.to_string();
    let name = match edit.kind {
        EditKind::NegationLost => "NEGATION LOST",
        EditKind::NegationGained => "NEGATION GAINED",
        EditKind::Number => "NUMBER CHANGED",
        EditKind::Name => "NAME CHANGED",
        _ => return said,
    };
    let rest = said.strip_prefix(edit.kind.in_words()).unwrap_or_default();
    format!("{name}{rest}")
}

/// Where the quotation was changed: bytes of its text.
fn in_quotation(check: &Check) -> Vec<Range<usize>> {
    let shown = check.edits.iter().filter(|edit| shows(check, edit));
    in_order(shown.map(|edit| edit.quoted.clone()), check.text.len())
}

/// Where the source was changed: bytes of what is quoted of it.
fn in_source(check: &Check, at: usize, place: &Place) -> Vec<Range<usize>> {
    let shown = check.edits.iter().filter(|edit| edit.place == at && shows(check, edit));
    let start = place.bytes.start;
    let within = |bytes: &Range<usize>| bytes.start.saturating_sub(start)..bytes.end.saturating_sub(start);
    in_order(shown.map(|edit| within(&edit.source)), place.source().len())
}

/// The sentences of what comes nearest, and where in them it is alike.
fn in_sentences(place: &Place) -> (&str, Vec<Range<usize>>) {
    let sentences = place.sentences();
    let within = |at: usize| at.saturating_sub(sentences.start);
    let marks =
        in_order(std::iter::once(within(place.bytes.start)..within(place.bytes.end)), sentences.len());
    (place.text.get(sentences).unwrap_or_default(), marks)
}

/// Edits of an absent quotation say only that it is another sentence.
fn shows(check: &Check, edit: &Edit) -> bool {
    check.verdict != Verdict::Absent && !edit.kind.is_folded()
}

fn in_order(ranges: impl Iterator<Item = Range<usize>>, length: usize) -> Vec<Range<usize>> {
    let mut ranges: Vec<_> = ranges.filter(|range| !range.is_empty() && range.end <= length).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    ranges
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
