//! A code book by itself.

use std::path::PathBuf;

use pyo3::prelude::*;
use quotable::CodeBook;

use crate::answer::Answer;
use crate::answers::book::BookRows;
use crate::error::{code_book_faults, raise_code_book};

/// The queries of a code book: of a file, or of the built-in one. An error names every fault of the file.
#[pyfunction]
#[pyo3(signature = (file=None))]
pub(crate) fn codebook(py: Python<'_>, file: Option<PathBuf>) -> PyResult<Answer> {
    let Some(file) = file else { return Ok(Answer::new(BookRows(CodeBook::builtin()), Vec::new())) };
    let raise = |error| raise_code_book(py, error);
    let text = CodeBook::read_text(&file).map_err(raise)?;
    let name = file.to_string_lossy();
    let faults = CodeBook::faults(&name, &text);
    if faults.len() > 1 {
        let mut message = format!("{name} has {} faults", faults.len());
        faults.iter().for_each(|fault| message.push_str(&format!("\n\n{}", fault.message())));
        return Err(code_book_faults(py, &message, &name));
    }
    CodeBook::parse(&name, &text).map(|book| Answer::new(BookRows(book), Vec::new())).map_err(raise)
}
