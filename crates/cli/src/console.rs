//! Standard output for results, standard error for messages, and the terminal that shows them.

use std::cell::RefCell;
use std::io::{self, Write as _};

use quotable_export::escape::escape;

use crate::args::{Args, Format};
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::output::Output;
use crate::render::page::Page;

/// Results go to `out`, everything else through [`note`](Self::note).
pub(crate) struct Console {
    pub(crate) out: Output,
    pub(crate) environment: Environment,
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
        let mut out = Output::open(args.output.as_deref(), is_workbook)?;
        match output.filter(|output| output.bom) {
            Some(output) if output.format() == Format::Csv => out.write_all("\u{feff}".as_bytes())?,
            Some(_) => {
                return Err(Error::new("--bom is for CSV").cure("add --format csv, or leave out --bom"));
            }
            None => {}
        }
        Ok(Self { out, environment, last: RefCell::new(Vec::new()) })
    }

    /// A page of results as wide as the terminal.
    pub(crate) fn page(&mut self) -> Page<'_> {
        Page::new(&mut self.out, &self.environment)
    }

    /// Writes a message beside the results. The text may come from a document: it is escaped.
    pub(crate) fn note(&self, text: impl AsRef<str>) {
        write_message(&format!("note: {}", escape(text.as_ref())));
    }

    /// Writes a message after all results, where the reader of a long answer looks.
    pub(crate) fn note_last(&self, text: impl Into<String>) {
        self.last.borrow_mut().push(text.into());
    }

    /// Ends the results of a command that succeeded or failed, and writes the messages for the end.
    pub(crate) fn finish(self, succeeded: bool) -> Result<()> {
        if let Some(shortened) = self.out.finish(succeeded)? {
            write_message(&format!("note: {shortened}"));
        }
        for text in self.last.into_inner().into_iter().filter(|_| succeeded) {
            write_message(&format!("note: {}", escape(&text)));
        }
        Ok(())
    }
}

/// Writes a line to standard error. Write errors are ignored: there is nowhere left to report them.
pub(crate) fn write_message(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
