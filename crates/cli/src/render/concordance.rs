//! A concordance on a terminal: one occurrence a line, aligned.

use std::io::{self, Write};

use quotable::Line;
use quotable_export::completeness::Completeness;
use quotable_export::concordance::OccurrenceWriter;
use quotable_export::escape;

use crate::args::OutputArgs;
use crate::render::page::Page;
use crate::render::paint::Paint;
use crate::render::width::{columns, cut, cut_start, pad};

/// Columns of the id, with the gap after it.
const ID_WIDTH: usize = 17;
/// A terminal of fewer columns has no room for ids.
const LEAST_WIDTH_FOR_IDS: usize = 60;
/// Columns of the authority and the year, with the gap after them, where there is no terminal to fit.
const WHERE_WIDTH: usize = 26;
/// Columns of a year with a space before it.
const YEAR_WIDTH: usize = 5;
/// The least columns for text, on the narrowest terminal.
const LEAST_TEXT: usize = 20;
/// Columns before the occurrence for each word asked for, where there is no terminal to fit.
const COLUMNS_PER_WORD: usize = 8;
/// The most columns before the occurrence: beyond it a line cannot be read by eye.
const MOST_BEFORE: usize = 160;

/// Writes occurrences one after another, in the format that the arguments name.
pub(crate) enum ConcordancePrinter<'p> {
    Text { page: Page<'p>, widths: Widths },
    Export(OccurrenceWriter<&'p mut dyn Write>),
}

impl<'p> ConcordancePrinter<'p> {
    /// `words` is the number of words asked for on each side.
    pub(crate) fn new(
        page: Page<'p>,
        output: OutputArgs,
        words: u32,
        completeness: Completeness,
    ) -> io::Result<Self> {
        Ok(match output.export_format() {
            Some(format) => Self::Export(OccurrenceWriter::new(page.out, format, completeness)?),
            None => Self::Text { widths: Widths::new(&page, words), page },
        })
    }

    pub(crate) fn line(&mut self, line: &Line) -> io::Result<()> {
        match self {
            Self::Text { page, widths } => line_text(page, widths, line),
            Self::Export(writer) => writer.line(line),
        }
    }

    /// Ends the answer, in formats that have room to say what it lacks.
    pub(crate) fn end(self) -> io::Result<()> {
        match self {
            Self::Text { .. } => Ok(()),
            Self::Export(writer) => writer.end(),
        }
    }
}

/// The columns for the parts of a line.
#[derive(Debug)]
pub(crate) struct Widths {
    /// The id; 0 where the text needs its columns.
    id: usize,
    /// The authority and the year; 0 where the text needs its columns.
    place: usize,
    /// The words before the occurrence.
    before: usize,
    /// The occurrence and the words after it.
    rest: usize,
}

impl Widths {
    fn new(page: &Page<'_>, words: u32) -> Self {
        if page.is_terminal() {
            let has_room = page.line_width >= LEAST_WIDTH_FOR_IDS;
            let id = if has_room { ID_WIDTH } else { 0 };
            // An authority is known by its first letters.
            let place = if has_room { (page.line_width / 5).min(WHERE_WIDTH) } else { 0 };
            let text = page.line_width.saturating_sub(id + place).max(LEAST_TEXT);
            let before = text * 2 / 5;
            return Self { id, place, before, rest: text - before };
        }
        let words = usize::try_from(words).unwrap_or(usize::MAX);
        Self {
            id: ID_WIDTH,
            place: WHERE_WIDTH,
            before: words.saturating_mul(COLUMNS_PER_WORD).min(MOST_BEFORE),
            rest: usize::MAX,
        }
    }
}

/// One line: the id of the paragraph, the authority and the year, then the text, aligned on the occurrence.
fn line_text(page: &mut Page<'_>, widths: &Widths, line: &Line) -> io::Result<()> {
    let (open, close) = (page.paint.open(), page.paint.close());
    let shown = |text: &str| on_one_line(text, page.paint);
    let mut id = if widths.id == 0 { String::new() } else { line.id.to_string() };
    pad(&mut id, widths.id.saturating_sub(2));
    let mut place =
        if widths.place == 0 { String::new() } else { authority_and_year(line, widths.place - 2) };
    pad(&mut place, widths.place);
    let pre = cut_start(&shown(&line.pre), widths.before);
    let missing = widths.before.saturating_sub(columns(&pre));
    let marks = open.columns + close.columns;
    let keyword = cut(&shown(&line.keyword), widths.rest.saturating_sub(marks));
    let left = widths.rest.saturating_sub(marks + columns(&keyword));
    let post = shown(&line.post);
    let post = if left == 0 { String::new() } else { cut(&post, left) };
    let text = format!("{:missing$}{pre}{}{keyword}{}{post}", "", open.text, close.text);
    let gap = if widths.id == 0 { "" } else { "  " };
    writeln!(page.out, "{}{gap}{}{}", page.paint.id(&id), page.paint.quiet(place), text.trim_end())
}

/// The authority, or else the file, cut to leave room for the year of the report.
fn authority_and_year(line: &Line, width: usize) -> String {
    let citation = &line.citation;
    let file = || line.docname.rsplit('/').next().unwrap_or(&line.docname);
    let name = escape::escape(citation.authority.as_deref().unwrap_or_else(file)).into_owned();
    match citation.dated {
        Some(day) => format!("{} {}", cut(&name, width.saturating_sub(YEAR_WIDTH)), day.year()),
        None => cut(&name, width),
    }
}

/// The text on one line, escaped, with the signs escaped that a reader would take for our marks.
fn on_one_line(text: &str, paint: Paint) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, ' ' | '\t' | '\n' | '\r') {
            shown.push(' ');
        } else if paint.is_mark(character) {
            escape::push_code(character, &mut shown);
        } else {
            escape::push(character, &mut shown);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_on_its_line_and_its_marks_are_escaped() {
        let plain = Paint::new(false);
        assert_eq!(on_one_line("a\nb\tc «d»\x1b", plain), "a b c \\u{ab}d\\u{bb}\\u{1b}");
    }
}
