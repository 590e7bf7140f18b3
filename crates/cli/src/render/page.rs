//! A page of text: paragraphs wrapped and indented.

use std::io::{self, Write};
use std::ops::Range;

use crate::environment::Environment;
use crate::render::paint::Paint;
use crate::render::safe::safe;
use crate::render::wrap::wrap;

/// What results are written on, and how wide it is.
pub(crate) struct Page<'o> {
    pub(crate) out: &'o mut dyn Write,
    pub(crate) paint: Paint,
    pub(crate) width: usize,
    /// Columns for lines that are not wrapped: as many as they need where there is no terminal.
    pub(crate) line: usize,
}

impl<'o> Page<'o> {
    pub(crate) fn new(out: &'o mut dyn Write, environment: &Environment) -> Self {
        let line = if environment.terminal { environment.width } else { usize::MAX };
        Self { out, paint: Paint::new(environment.color), width: environment.width, line }
    }

    /// What is said beside the results: without colour, and as wide as what shows it.
    pub(crate) fn beside(out: &'o mut dyn Write, environment: &Environment) -> Self {
        let width = environment.watched.unwrap_or(environment.width);
        Self { out, paint: Paint::new(false), width, line: usize::MAX }
    }

    /// True if the page is a terminal, which shows lines of any length badly.
    pub(crate) fn is_terminal(&self) -> bool {
        self.line != usize::MAX
    }

    /// Wrapped text with its matches marked, indented by `indent` columns; `hang` stands before the first line
    /// (no wider than the indent).
    pub(crate) fn text(
        &mut self,
        hang: &str,
        indent: usize,
        text: &str,
        matches: &[Range<usize>],
    ) -> io::Result<()> {
        let width = self.width.saturating_sub(indent).max(20);
        let mut hang = hang;
        for line in wrap(text, matches, width, self.paint) {
            writeln!(self.out, "{hang:indent$}{line}")?;
            hang = "";
        }
        Ok(())
    }

    /// A line of our own: wrapped on a terminal, and whole elsewhere.
    pub(crate) fn said(&mut self, text: &str) -> io::Result<()> {
        if self.is_terminal() { self.text("", 0, text, &[]) } else { writeln!(self.out, "{}", safe(text)) }
    }

    /// One line of a name and a value, both from anywhere.
    pub(crate) fn field(&mut self, name: &str, value: &str) -> io::Result<()> {
        const NAMES: usize = 13;
        if value.is_empty() {
            return Ok(());
        }
        let name = safe(name);
        self.text(&format!("{name:NAMES$}"), NAMES, value, &[])
    }

    /// A heading, at the margin.
    pub(crate) fn heading(&mut self, text: &str) -> io::Result<()> {
        for line in wrap(text, &[], self.width, self.paint) {
            writeln!(self.out, "{}", self.paint.heading(line))?;
        }
        Ok(())
    }

    /// A heading of our own: wrapped on a terminal, and whole elsewhere.
    pub(crate) fn title(&mut self, text: &str) -> io::Result<()> {
        if self.is_terminal() {
            return self.heading(text);
        }
        writeln!(self.out, "{}", self.paint.heading(safe(text)))
    }

    pub(crate) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }
}
