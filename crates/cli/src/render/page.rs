//! A page of text: paragraphs wrapped and indented.

use std::io::{self, Write};
use std::ops::Range;

use quotable_export::escape::escape;

use crate::environment::Environment;
use crate::render::paint::Paint;
use crate::render::wrap::wrap;

/// The least columns for wrapped text, however deep it is indented.
const LEAST_TEXT: usize = 20;

/// Where text is written, and how wide it may be.
pub(crate) struct Page<'o> {
    pub(crate) out: &'o mut dyn Write,
    pub(crate) paint: Paint,
    /// Columns for wrapped text.
    pub(crate) width: usize,
    /// Columns for lines that are not wrapped; `usize::MAX` where there is no terminal.
    pub(crate) line_width: usize,
}

impl<'o> Page<'o> {
    /// A page of results.
    pub(crate) fn new(out: &'o mut dyn Write, environment: &Environment) -> Self {
        let line_width = if environment.is_terminal { environment.width } else { usize::MAX };
        Self { out, paint: Paint::new(environment.color), width: environment.width, line_width }
    }

    /// A page of messages beside the results: without colour, as wide as the terminal of standard error.
    pub(crate) fn of_messages(out: &'o mut dyn Write, environment: &Environment) -> Self {
        let width = environment.message_width.unwrap_or(environment.width);
        Self { out, paint: Paint::new(false), width, line_width: usize::MAX }
    }

    /// True if the page is a terminal, which breaks long lines badly.
    pub(crate) fn is_terminal(&self) -> bool {
        self.line_width != usize::MAX
    }

    /// Writes wrapped text, indented by `indent` columns. `matches` are byte ranges of the text to mark. `lead` goes
    /// before the first line and is no wider than the indent.
    pub(crate) fn text(
        &mut self,
        lead: &str,
        indent: usize,
        text: &str,
        matches: &[Range<usize>],
    ) -> io::Result<()> {
        let width = self.width.saturating_sub(indent).max(LEAST_TEXT);
        let mut lead = lead;
        for line in wrap(text, matches, width, self.paint) {
            writeln!(self.out, "{lead:indent$}{line}")?;
            lead = "";
        }
        Ok(())
    }

    /// Writes a line about the results: wrapped on a terminal, and whole elsewhere, for programs that search it.
    pub(crate) fn remark(&mut self, text: &str) -> io::Result<()> {
        if self.is_terminal() { self.text("", 0, text, &[]) } else { writeln!(self.out, "{}", escape(text)) }
    }

    /// Writes a name and its value; nothing if the value is empty.
    pub(crate) fn field(&mut self, name: &str, value: &str) -> io::Result<()> {
        const NAME_WIDTH: usize = 13;
        if value.is_empty() {
            return Ok(());
        }
        let name = escape(name);
        self.text(&format!("{name:NAME_WIDTH$}"), NAME_WIDTH, value, &[])
    }

    /// Writes a wrapped heading.
    pub(crate) fn heading(&mut self, text: &str) -> io::Result<()> {
        for line in wrap(text, &[], self.width, self.paint) {
            writeln!(self.out, "{}", self.paint.heading(line))?;
        }
        Ok(())
    }

    /// Writes a heading that is wrapped on a terminal, and whole elsewhere, for programs that search it.
    pub(crate) fn title(&mut self, text: &str) -> io::Result<()> {
        if self.is_terminal() {
            return self.heading(text);
        }
        writeln!(self.out, "{}", self.paint.heading(escape(text)))
    }

    /// Writes an empty line.
    pub(crate) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }
}
