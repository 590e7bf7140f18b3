//! Errors of the library as exceptions of Python.

use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use quotable::{CodeBookError, ErrorKind};

/// The exception of an error: its message, with a caret below the part of the query at fault where there is one.
pub(crate) fn raise(py: Python<'_>, error: &quotable::Error) -> PyErr {
    let class = match error.kind() {
        ErrorKind::Cancelled => return PyKeyboardInterrupt::new_err(()),
        ErrorKind::Query | ErrorKind::UnknownValue | ErrorKind::OverLimit | ErrorKind::Unsupported => {
            "QueryError"
        }
        ErrorKind::CodeBook => "CodeBookError",
        ErrorKind::NoReports => "NoReportsError",
        ErrorKind::Invalid => return PyValueError::new_err(error.to_string()),
        _ => "Error",
    };
    let path = error.path().map(|path| path.display().to_string());
    made(py, class, &error.to_string(), &kind_name(error.kind()), path, error.nearest().to_vec())
}

/// The exception of an error of a code book.
pub(crate) fn raise_code_book(py: Python<'_>, error: CodeBookError) -> PyErr {
    raise(py, &quotable::Error::from(error))
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
        .and_then(|class| class.call1((message, kind, path, nearest)));
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
