//! Standard output for results, standard error for messages, and the terminal that shows them.

use std::cell::RefCell;
use std::io::{self, Write as _};

use quotable_export::escape::escape;

use crate::args::{Args, Format};
use crate::environment::{Environment, message_width};
use crate::error::{Error, Result};
use crate::output::Output;
use crate::pager::PagerCommand;
use crate::render::page::Page;
use crate::render::paint::Paint;
use crate::render::width::columns;
use crate::render::wrap::wrap;

/// Results go to `out`, everything else through [`note`](Self::note).
pub(crate) struct Console {
    pub(crate) out: Output,
    pub(crate) environment: Environment,
    /// Messages beside results that a terminal shows: they come below the results.
    below: RefCell<Vec<String>>,
    /// Messages for the end.
    last: RefCell<Vec<String>>,
}

impl Console {
    /// Opens the file for the results, or locks standard output until the command ends.
    pub(crate) fn new(args: &Args) -> Result<Self> {
        let environment = Environment::new(args.color, args.output.is_some());
        let output = args.command.output();
        let is_workbook = output.is_some_and(|output| output.format() == Format::Xlsx);
        if is_workbook && environment.is_terminal {
            let error = Error::new("a workbook is no text for a terminal");
            return Err(error.cure("write it into a file: add -o results.xlsx"));
        }
        let pager = PagerCommand::of_environment().filter(|_| !args.no_pager).zip(environment.height);
        let sheet = is_workbook.then(|| args.command.sheet());
        let mut out = Output::open(args.output.as_deref(), sheet, pager)?;
        match output.filter(|output| output.bom) {
            Some(output) if output.format() == Format::Csv => out.write_all("\u{feff}".as_bytes())?,
            Some(_) => {
                return Err(Error::new("--bom is for CSV").cure("add --format csv, or leave out --bom"));
            }
            None => {}
        }
        Ok(Self { out, environment, below: RefCell::default(), last: RefCell::default() })
    }

    /// A page of results as wide as the terminal.
    pub(crate) fn page(&mut self) -> Page<'_> {
        Page::new(&mut self.out, &self.environment)
    }

    /// Writes a message beside the results: on a terminal below them, else at once. The text may come from a document: it is
    /// escaped.
    pub(crate) fn note(&self, text: impl AsRef<str>) {
        if self.environment.is_terminal {
            self.below.borrow_mut().push(text.as_ref().to_owned());
        } else {
            self.note_now(text);
        }
    }

    /// Writes a message before the results, of something that is going on.
    pub(crate) fn note_now(&self, text: impl AsRef<str>) {
        if self.out.is_paged() {
            return self.note_last(text.as_ref());
        }
        write_message(&format!("note: {}", escape(text.as_ref())));
    }

    /// Writes a message after all results, where the reader of a long answer looks.
    pub(crate) fn note_last(&self, text: impl Into<String>) {
        self.last.borrow_mut().push(text.into());
    }

    /// Writes the messages so far, for a command that goes on after its results.
    pub(crate) fn write_notes(&self) {
        for text in self.below.take() {
            write_message(&format!("note: {}", escape(&text)));
        }
    }

    /// Ends the results of a command that succeeded or failed, and writes the messages for the end. Those beside the results
    /// may say why a command failed.
    pub(crate) fn finish(self, succeeded: bool) -> Result<()> {
        let finished = self.out.finish(succeeded);
        let shortened = finished.as_ref().ok().cloned().flatten();
        let last = self.last.into_inner().into_iter().filter(|_| succeeded && finished.is_ok());
        for text in self.below.into_inner().into_iter().chain(shortened).chain(last) {
            write_message(&format!("note: {}", escape(&text)));
        }
        finished.map(drop)
    }
}

/// Writes lines to standard error, wrapped where that is a terminal. Write errors are ignored: there is nowhere left to report
/// them.
pub(crate) fn write_message(text: &str) {
    let text = match message_width() {
        Some(width) => wrapped(text, width),
        None => text.to_owned(),
    };
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// The lines of an escaped message, wrapped. Indented lines are left alone: they show a query with marks under it.
fn wrapped(text: &str, width: usize) -> String {
    /// The columns of `error: `, under which the further lines of a message begin.
    const INDENT: usize = 7;
    let line = |line: &str| {
        if line.starts_with(' ') || columns(line) <= width {
            return line.to_owned();
        }
        let indent =
            if line.starts_with("note: ") || line.starts_with("help: ") { INDENT - 1 } else { INDENT };
        // Without matches there is no colour; with it, no sign of the text is taken for a mark.
        let lines = wrap(line, &[], width.saturating_sub(indent), Paint::new(true));
        lines.join(&format!("\n{:indent$}", ""))
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::wrapped;

    #[test]
    fn messages_are_wrapped_under_their_beginning() {
        let text = "note: some words that are too long for a line\n  care leavers and more words than fit";
        let lines = "note: some words\n      that are too long\n      for a line\n  care leavers and more words than fit";
        assert_eq!(wrapped(text, 24), lines);
        assert_eq!(wrapped(text, 80), text);
    }
}
