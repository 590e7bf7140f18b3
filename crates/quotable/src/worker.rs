//! Files read in processes of their own.
//!
//! A refresh with a [`WorkerCommand`] starts one child process for each of its threads and gives it one file
//! after another: a line of JSON on its standard input, answered by a line of JSON on its standard output. A child
//! that crashes, answers nonsense or takes longer than the budget is killed and another started; the file it had
//! is on record as failed. The program that the command names calls [`serve`], after setting what limits it likes
//! on itself.

use std::ffi::OsString;
use std::io::{BufRead, Write};
use std::path::PathBuf;

use quotable_read::Readers;

use crate::{Error, ErrorKind, Result};

/// The program that reads files for a refresh, and its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerCommand {
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
}

impl WorkerCommand {
    /// A program, by its path or its name on the search path.
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into(), arguments: Vec::new() }
    }

    /// The same command with one more argument.
    #[must_use]
    pub fn arg(mut self, argument: impl Into<OsString>) -> Self {
        self.arguments.push(argument.into());
        self
    }
}

/// Serves a refresh as its worker: reads files as asked on `input` and answers on `output`, until `input` ends.
///
/// Nothing else may be written to `output`.
///
/// # Errors
/// If `input` or `output` fails, or `input` holds what is no request. A file that cannot be read is no error: it is
/// the answer.
pub fn serve(input: impl BufRead, output: impl Write, readers: &Readers) -> Result<()> {
    let _ = (input, output, readers);
    Err(Error::new(ErrorKind::Unsupported, "serve is not written yet"))
}
