//! The one error of this crate.

use std::fmt;
use std::path::{Path, PathBuf};

use quotable_codebook::{CodeBookError, CodeBookErrorKind};
use quotable_query::{Query, QueryError};

use crate::holder::Holder;

/// The result of what this crate does.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something could not be done.
///
/// `Display` is a sentence for a person, with the cure where there is one; [`kind`](Self::kind) is for programs.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    message: String,
    path: Option<PathBuf>,
    holder: Option<Holder>,
    nearest: Vec<String>,
    /// The part of the query at fault, until its place in the whole query is known.
    part: Option<Query>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kinds of [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no index in the folder, or no corpus where one was named.
    NotFound,
    /// Someone else is writing to the index; [`Error::holder`] says who.
    Locked,
    /// The index was written by an older version of this program, or by another analyser.
    OlderFormat,
    /// The index was written by a newer version of this program.
    NewerFormat,
    /// The folder holds an index of another program.
    Foreign,
    /// The index was opened for reading only, or its folder cannot be written.
    ReadOnly,
    /// The index is damaged.
    Damaged,
    /// The file system failed.
    Io,
    /// The bytes given cannot be read as a report.
    Unreadable,
    /// The query cannot be understood.
    Query,
    /// A filter asks for a value that does not exist; [`Error::nearest`] offers some that do.
    UnknownValue,
    /// The query is understood, but this version cannot answer it yet.
    Unsupported,
    /// A code book cannot be understood.
    CodeBook,
    /// An argument is not valid: a cursor that is not ours, a path that leaves the corpus.
    Invalid,
    /// A part of the query stands for more words than [`SearchOptions::most_expansions`](crate::SearchOptions::most_expansions) allows.
    OverLimit,
    /// The caller asked to stop.
    Cancelled,
    /// The search took longer than [`SearchOptions::deadline`](crate::SearchOptions::deadline) allows.
    Deadline,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind,
            message: message.into(),
            path: None,
            holder: None,
            nearest: Vec::new(),
            part: None,
            source: None,
        }))
    }

    pub(crate) fn at(mut self, path: impl Into<PathBuf>) -> Self {
        self.0.path.get_or_insert_with(|| path.into());
        self
    }

    pub(crate) fn held_by(mut self, holder: Option<Holder>) -> Self {
        self.0.holder = holder;
        self
    }

    pub(crate) fn near(mut self, nearest: Vec<String>) -> Self {
        self.0.nearest = nearest;
        self
    }

    pub(crate) fn of_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Names the part of a query that the error is about, for [`in_query`](Self::in_query).
    pub(crate) fn about(mut self, part: &Query) -> Self {
        self.0.part.get_or_insert_with(|| part.clone());
        self
    }

    /// Moves the caret of an error [about](Self::about) a part to the place of the part in the whole query.
    pub(crate) fn in_query(mut self, query: &Query) -> Self {
        if let (Some(part), Some(error)) = (&self.0.part, self.query_error()) {
            let error = query.error_at(part, error.message(), error.cure());
            self.0.source = Some(Box::new(error));
        }
        self
    }

    pub(crate) fn because(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    pub(crate) fn io(message: impl Into<String>, path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        let kind = match source.kind() {
            std::io::ErrorKind::ReadOnlyFilesystem => ErrorKind::ReadOnly,
            _ => ErrorKind::Io,
        };
        Self::new(kind, message).at(path).because(source)
    }

    pub(crate) fn damaged(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Damaged, message)
    }

    /// What kind of failure this is.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The file or folder it concerns.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// Who holds the index, for [`ErrorKind::Locked`]; `None` where it could not be told.
    pub fn holder(&self) -> Option<&Holder> {
        self.0.holder.as_ref()
    }

    /// Values or names that do exist, nearest first, for [`ErrorKind::UnknownValue`] and for a name that no code
    /// book holds.
    pub fn nearest(&self) -> &[String] {
        &self.0.nearest
    }

    /// The fault of the query, with its place in it, for those who draw the caret themselves; it is the
    /// [source](std::error::Error::source) too. What is displayed of the whole error is what it displays.
    pub fn query_error(&self) -> Option<&QueryError> {
        self.0.source.as_ref()?.downcast_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It says it all, with a caret under the place.
        if let Some(error) = self.query_error() {
            return error.fmt(f);
        }
        f.write_str(&self.0.message)?;
        if let Some(path) = &self.0.path {
            write!(f, " ({})", path.display())?;
        }
        if let Some(source) = &self.0.source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("message", &self.0.message)
            .field("path", &self.0.path)
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|source| source.as_ref() as &(dyn std::error::Error + 'static))
    }
}

impl Error {
    /// What the engine said. Not a `From`, which would make the engine's error a part of what is public.
    pub(crate) fn of_engine(error: tantivy::TantivyError) -> Self {
        use std::io::ErrorKind as Kind;
        use tantivy::TantivyError as T;
        // A file that is gone, cut short or written over: no other try will find it whole.
        let damaged = matches!(
            &error,
            T::IoError(io) if matches!(io.kind(), Kind::NotFound | Kind::InvalidData | Kind::UnexpectedEof)
        );
        let (kind, message) = match &error {
            T::DataCorruption(_) | T::IncompatibleIndex(_) | T::OpenReadError(_) | T::SchemaError(_) => {
                (ErrorKind::Damaged, "the index is damaged")
            }
            _ if damaged => (ErrorKind::Damaged, "the index is damaged"),
            T::IoError(io) if io.kind() == Kind::StorageFull => {
                (ErrorKind::Io, "the disk is full; make room, and the next refresh does the rest")
            }
            T::LockFailure(..) => (ErrorKind::Locked, "the index is locked"),
            // The engine's threads say no more than that they ended; a full disk is the usual cause.
            T::ErrorInThread(_) => {
                (ErrorKind::Io, "the index could not be written; see that the disk has room")
            }
            _ => (ErrorKind::Io, "the index failed"),
        };
        Self::new(kind, message).because(error)
    }
}

impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, "the index could not be read").because(error)
    }
}

/// The error of the query is kept: see [`Error::query_error`].
impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        Self::new(ErrorKind::Query, error.message()).because(error)
    }
}

/// Keeps message, path, names offered and cause.
impl From<CodeBookError> for Error {
    fn from(error: CodeBookError) -> Self {
        if let Some(fault) = error.query_error() {
            return Self::from(fault.clone()).near(error.nearest().to_vec());
        }
        let kind = match error.kind() {
            CodeBookErrorKind::Io => ErrorKind::Io,
            _ => ErrorKind::CodeBook,
        };
        let mut made = Self::new(kind, error.message());
        if let Some(path) = error.path() {
            made = made.at(path);
        }
        match error.into_io_error() {
            Some(cause) => made.because(cause),
            None => made,
        }
    }
}
