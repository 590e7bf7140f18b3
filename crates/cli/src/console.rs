//! Standard output for results, standard error for messages, and the terminal that shows them.

use std::cell::RefCell;
use std::io::{self, BufWriter, StdoutLock, Write as _};

use quotable_export::escape::escape;

use crate::args::Color;
use crate::environment::Environment;
use crate::error::{Error, Result};
use crate::render::page::Page;

/// Results go to `out`, everything else through [`note`](Self::note).
pub(crate) struct Console {
    pub(crate) out: BufWriter<StdoutLock<'static>>,
    pub(crate) environment: Environment,
    /// Messages for the end.
    last: RefCell<Vec<String>>,
}

impl Console {
    /// Locks standard output until the command ends.
    pub(crate) fn new(color: Color) -> Self {
        let out = BufWriter::with_capacity(64 << 10, io::stdout().lock());
        Self { out, environment: Environment::new(color), last: RefCell::new(Vec::new()) }
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

    /// Writes the messages for the end.
    pub(crate) fn write_last(&self) {
        self.last.take().iter().for_each(|text| self.note(text));
    }

    /// Writes out what is buffered.
    pub(crate) fn flush(&mut self) -> Result<()> {
        self.out.flush().map_err(Error::from)
    }
}

/// Writes a line to standard error. Write errors are ignored: there is nowhere left to report them.
pub(crate) fn write_message(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}
