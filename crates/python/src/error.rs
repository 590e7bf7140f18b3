//! Errors of the library as exceptions of Python.

use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use quotable::{CodeBookError, ErrorKind};

/// What messages call by the names of the command, and its names here.
const IN_PYTHON: [(&str, &str); 4] = [
    ("quotable reports shows", "reports() shows"),
    ("see quotable reports", "see reports()"),
    ("quotable explains them with --explain", "explain() names them"),
    ("with --out", "with out"),
];

/// A message with the names that things have in Python.
pub(crate) fn in_python(message: &str) -> String {
    IN_PYTHON.iter().fold(message.to_owned(), |message, (theirs, ours)| message.replace(theirs, ours))
}

/// The exception of an error: its message, with a caret below the part of the query at fault where there is one.
pub(crate) fn raise(py: Python<'_>, error: &quotable::Error) -> PyErr {
    let class = match error.kind() {
        ErrorKind::Cancelled => return PyKeyboardInterrupt::new_err(()),
        ErrorKind::Query | ErrorKind::UnknownValue | ErrorKind::OverLimit | ErrorKind::Unsupported => {
            "QueryError"
        }
        ErrorKind::CodeBook => "CodeBookError",
        ErrorKind::NoReports => "NoReportsError",
        ErrorKind::Invalid => return PyValueError::new_err(in_python(&error.to_string())),
        _ => "Error",
    };
    let path = error.path().map(|path| path.display().to_string());
    let message = match cure(error.kind()) {
        Some(cure) => format!("{error}; {cure}"),
        None => error.to_string(),
    };
    made(py, class, &message, &kind_name(error.kind()), path, error.nearest().to_vec())
}

/// What to do about an error, where its message cannot know it.
fn cure(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::Damaged | ErrorKind::OlderFormat => {
            Some("open the folder of the reports with rebuild=True, which reads every file again")
        }
        ErrorKind::NewerFormat => Some(
            "use a newer version of this package, or open the folder of the reports with rebuild=True, which reads every \
             file again",
        ),
        _ => None,
    }
}

/// The exception of an error of a code book.
pub(crate) fn raise_code_book(py: Python<'_>, error: CodeBookError) -> PyErr {
    raise(py, &quotable::Error::from(error))
}

/// The exception of a code book with several faults.
pub(crate) fn code_book_faults(py: Python<'_>, message: &str, file: &str) -> PyErr {
    made(py, "CodeBookError", message, "code-book", Some(file.to_owned()), Vec::new())
}

/// An error of this package, with a message for people.
pub(crate) fn fault(py: Python<'_>, kind: &str, message: &str) -> PyErr {
    made(py, "Error", message, kind, None, Vec::new())
}

fn made(
    py: Python<'_>,
    class: &str,
    message: &str,
    kind: &str,
    path: Option<String>,
    nearest: Vec<String>,
) -> PyErr {
    let exception = py
        .import("quotable._errors")
        .and_then(|module| module.getattr(class))
        .and_then(|class| class.call1((in_python(message), kind, path, nearest)));
    match exception {
        Ok(exception) => PyErr::from_value(exception),
        Err(error) => {
            PyRuntimeError::new_err(format!("{message} (and the exception could not be made: {error})"))
        }
    }
}

/// `UnknownValue` as `unknown-value`.
fn kind_name(kind: ErrorKind) -> String {
    let mut name = String::new();
    for letter in format!("{kind:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.extend(letter.to_lowercase());
    }
    name
}
