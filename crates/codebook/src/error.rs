//! The error type of this crate.

use std::fmt;
use std::path::{Path, PathBuf};

use quotable_query::QueryError;

/// An error in a code book or in its use.
///
/// `Display` is a message for people, with a cure if there is one; [`kind`](Self::kind) is for programs.
#[derive(Debug)]
pub struct CodeBookError(Box<Inner>);

/// Boxed, so that a `Result` stays small.
#[derive(Debug)]
struct Inner {
    kind: CodeBookErrorKind,
    message: String,
    path: Option<PathBuf>,
    nearest: Vec<String>,
    source: Option<Source>,
}

#[derive(Debug)]
enum Source {
    Io(std::io::Error),
    Query(QueryError),
}

/// The kinds of [`CodeBookError`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CodeBookErrorKind {
    /// The file cannot be read.
    Io,
    /// The file or text is not a valid code book. The message gives file, line, column and cure.
    Invalid,
    /// A query refers to a name that the book lacks, or grows too large; see [`CodeBookError::query_error`].
    Query,
}

impl CodeBookError {
    fn new(kind: CodeBookErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner { kind, message: message.into(), path: None, nearest: Vec::new(), source: None }))
    }

    pub(crate) fn invalid(message: impl Into<String>) -> Self {
        Self::new(CodeBookErrorKind::Invalid, message)
    }

    pub(crate) fn io(path: &Path, error: std::io::Error) -> Self {
        let mut made = Self::new(CodeBookErrorKind::Io, "the code book could not be read").at(path);
        made.0.source = Some(Source::Io(error));
        made
    }

    pub(crate) fn query(error: QueryError, nearest: Vec<String>) -> Self {
        let mut made = Self::new(CodeBookErrorKind::Query, error.message());
        made.0.nearest = nearest;
        made.0.source = Some(Source::Query(error));
        made
    }

    pub(crate) fn at(mut self, path: &Path) -> Self {
        self.0.path = Some(path.to_owned());
        self
    }

    /// The kind of the error.
    pub fn kind(&self) -> CodeBookErrorKind {
        self.0.kind
    }

    /// The message, without path and cause.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The file of the code book, if there is one.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// Names of the book with a spelling similar to the unknown name, nearest first.
    pub fn nearest(&self) -> &[String] {
        &self.0.nearest
    }

    /// The error in the query, with its position.
    pub fn query_error(&self) -> Option<&QueryError> {
        match &self.0.source {
            Some(Source::Query(error)) => Some(error),
            _ => None,
        }
    }

    /// The I/O error by value, if there is one.
    pub fn into_io_error(self) -> Option<std::io::Error> {
        match self.0.source {
            Some(Source::Io(error)) => Some(error),
            _ => None,
        }
    }

    /// The I/O error, if there is one.
    pub fn io_error(&self) -> Option<&std::io::Error> {
        match &self.0.source {
            Some(Source::Io(error)) => Some(error),
            _ => None,
        }
    }
}

impl fmt::Display for CodeBookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The query error includes the query with a caret and a cure: add nothing.
        if let Some(error) = self.query_error() {
            return error.fmt(f);
        }
        f.write_str(&self.0.message)?;
        if let Some(path) = &self.0.path {
            write!(f, " ({})", path.display())?;
        }
        match self.io_error() {
            Some(error) => write!(f, ": {error}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for CodeBookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.0.source.as_ref()? {
            Source::Io(error) => Some(error),
            Source::Query(error) => Some(error),
        }
    }
}
