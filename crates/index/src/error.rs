//! The one error of this crate.

use std::fmt;
use std::path::{Path, PathBuf};

use quotable_codebook::{CodeBookError, CodeBookErrorKind};
use quotable_query::{Query, QueryError};

use crate::holder::Holder;

/// The result of this crate's functions.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a function of this crate failed.
///
/// `Display` is a sentence for a person, with the cure where there is one; [`kind`](Self::kind) is for programs.
// Boxed: a `Result` is then no larger for the sake of its rare error.
pub struct Error(Box<Inner>);

struct Inner {
    kind: ErrorKind,
    /// A sentence; for [`ErrorKind::Damaged`] a clause, which `Display` completes.
    message: String,
    path: Option<PathBuf>,
    holder: Option<Holder>,
    nearest: Vec<String>,
    /// The part of the query at fault, until its position in the whole query is known.
    part: Option<Query>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// The kinds of [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// There is no index in the folder, or no corpus where one was named.
    NotFound,
    /// Another process is writing to the index; [`Error::holder`] names it.
    Locked,
    /// The index was written by an older version of this program, or by another analyser.
    OlderFormat,
    /// The index was written by a newer version of this program.
    NewerFormat,
    /// The folder holds an index of another program.
    Foreign,
    /// The folder of the index is a link, or holds one. Nothing there is followed: it could lead to any file.
    Link,
    /// The index was opened for reading only, or its folder cannot be written.
    ReadOnly,
    /// A file of the index is missing, cut short or overwritten. The cure is to rebuild the index from its sources.
    Damaged,
    /// A file or folder could not be read or written.
    Io,
    /// The given bytes cannot be read as a report.
    Unreadable,
    /// The query cannot be understood.
    Query,
    /// A filter names a value that no report has; [`Error::nearest`] offers similar ones that exist.
    UnknownValue,
    /// The folder of the corpus has none of the files that the index has of it, as that of a share which is not mounted.
    AllGone,
    /// There is no report in the part of the corpus that was named: it has none, or none that could be read.
    NoReports,
    /// The query is understood, but this version cannot answer it yet.
    Unsupported,
    /// A code book cannot be understood.
    CodeBook,
    /// An argument is not valid: a cursor of another search, a path that leaves the corpus.
    Invalid,
    /// A wildcard or fuzzy word of the query matches more words than
    /// [`SearchOptions::most_expansions`](crate::SearchOptions::most_expansions) allows.
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

    /// Adds the file or folder at fault, unless an inner call, which knows better, has named one.
    pub(crate) fn at(mut self, path: impl Into<PathBuf>) -> Self {
        self.0.path.get_or_insert_with(|| path.into());
        self
    }

    pub(crate) fn held_by(mut self, holder: Option<Holder>) -> Self {
        self.0.holder = holder;
        self
    }

    /// Adds the values to offer instead, nearest first.
    pub(crate) fn near(mut self, nearest: Vec<String>) -> Self {
        self.0.nearest = nearest;
        self
    }

    pub(crate) fn of_kind(mut self, kind: ErrorKind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Adds the part of the query at fault, for [`in_query`](Self::in_query).
    pub(crate) fn about(mut self, part: &Query) -> Self {
        self.0.part.get_or_insert_with(|| part.clone());
        self
    }

    /// Draws the caret below the part at fault in the whole query, where [`about`](Self::about) has named the part.
    pub(crate) fn in_query(mut self, query: &Query) -> Self {
        if let (Some(part), Some(error)) = (&self.0.part, self.query_error()) {
            let error = query.error_at(part, error.message(), error.cure());
            self.0.source = Some(Box::new(error));
        }
        self
    }

    /// Adds the cause.
    pub(crate) fn because(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.0.source = Some(Box::new(source));
        self
    }

    /// An error of the file system at `path`.
    pub(crate) fn io(message: impl Into<String>, path: impl Into<PathBuf>, source: std::io::Error) -> Self {
        let kind = match source.kind() {
            std::io::ErrorKind::ReadOnlyFilesystem => ErrorKind::ReadOnly,
            _ => ErrorKind::Io,
        };
        Self::new(kind, message).at(path).because(source)
    }

    /// The index is damaged. `fault` is a clause: the part at fault and its fault, such as "a page of its lexicon is
    /// missing". `Display` adds the index's folder and the cure.
    pub(crate) fn damaged(fault: impl Into<String>) -> Self {
        Self::new(ErrorKind::Damaged, fault)
    }

    /// A value could not be serialised. Serialising into memory fails only for types that the format has no form for,
    /// so this would be a bug, and no damage of the index.
    pub(crate) fn unstorable(value: &str, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        Self::new(ErrorKind::Invalid, format!("{value} could not be stored; please report this"))
            .because(source)
    }

    /// For an error of kind [`Damaged`](ErrorKind::Damaged), names the part of the index in which it was found.
    pub(crate) fn within(mut self, part: impl FnOnce() -> String) -> Self {
        if self.0.kind == ErrorKind::Damaged {
            self.0.message = format!("{}: {}", part(), self.0.message);
        }
        self
    }

    /// The message with its cause, without what `Display` adds for [`Damaged`](ErrorKind::Damaged).
    pub(crate) fn clause(&self) -> String {
        match &self.0.source {
            _ if self.0.kind != ErrorKind::Damaged => self.to_string(),
            Some(source) => format!("{}: {source}", self.0.message),
            None => self.0.message.clone(),
        }
    }

    /// The kind of the error, for programs.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The file or folder at fault.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The process that is writing to the index, for [`ErrorKind::Locked`]; `None` if it could not be found out.
    pub fn holder(&self) -> Option<&Holder> {
        self.0.holder.as_ref()
    }

    /// Values or names that exist, nearest first, for [`ErrorKind::UnknownValue`] and for a name that is in no code
    /// book.
    pub fn nearest(&self) -> &[String] {
        &self.0.nearest
    }

    /// The error of the query with its position, for programs that draw the caret themselves. It is the
    /// [source](std::error::Error::source) too, and its `Display` is that of the whole error.
    pub fn query_error(&self) -> Option<&QueryError> {
        self.0.source.as_ref()?.downcast_ref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // It repeats the query, with a caret under the part at fault.
        if let Some(error) = self.query_error() {
            return error.fmt(f);
        }
        if self.0.kind == ErrorKind::Damaged {
            f.write_str("the index ")?;
            if let Some(path) = &self.0.path {
                write!(f, "in {} ", path.display())?;
            }
            return write!(f, "is damaged ({}); rebuild it from its sources", self.clause());
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
    /// An error of tantivy. Not a `From`, which would make tantivy's error a part of the public interface.
    pub(crate) fn of_engine(error: tantivy::TantivyError) -> Self {
        use tantivy::TantivyError as T;
        use tantivy::directory::error::OpenReadError;
        let (kind, message) = match &error {
            T::OpenReadError(OpenReadError::IoError { io_error, .. }) | T::IoError(io_error) => {
                return Self::of_engine_io(io_error);
            }
            T::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
                return Self::damaged(format!("{} is missing", file.display()));
            }
            T::OpenReadError(_) | T::IncompatibleIndex(_) => {
                (ErrorKind::Damaged, "its files are of another version of the engine")
            }
            T::DataCorruption(_) => (ErrorKind::Damaged, "a file is cut short or overwritten"),
            T::SchemaError(_) => (ErrorKind::Damaged, "its fields are not those of this version"),
            T::LockFailure(..) => {
                (ErrorKind::Locked, "the index is locked by another process; try again when it has ended")
            }
            // The engine's threads say only that they ended; a full disk is the usual cause.
            T::ErrorInThread(_) => {
                (ErrorKind::Io, "the index could not be written; see that the disk has room")
            }
            _ => (ErrorKind::Io, "the index could not be read or written"),
        };
        Self::new(kind, message).because(error)
    }

    /// An error of reading a file of the index by the engine.
    pub(crate) fn of_index_file(error: std::io::Error) -> Self {
        Self::of_engine_io(&std::sync::Arc::new(error))
    }

    /// An error of a file that the engine reads or writes.
    fn of_engine_io(error: &std::sync::Arc<std::io::Error>) -> Self {
        use std::io::ErrorKind as Kind;
        let (kind, message) = match error.kind() {
            // Our directory says which file, and what is wrong with it.
            Kind::InvalidData | Kind::UnexpectedEof if error.get_ref().is_some() => {
                return Self::damaged(error.to_string());
            }
            // Damage, and not a fault of the file system: no second try finds the file whole.
            Kind::NotFound | Kind::InvalidData | Kind::UnexpectedEof => {
                (ErrorKind::Damaged, "a file is missing, cut short or overwritten")
            }
            Kind::StorageFull => {
                (ErrorKind::Io, "the disk is full; make room, and the next refresh goes on from here")
            }
            _ => (ErrorKind::Io, "a file of the index could not be read or written"),
        };
        Self::new(kind, message).because(std::sync::Arc::clone(error))
    }
}

// For files other than those of the index: of these, `of_index_file` tells damage from what a second try may mend.
impl From<std::io::Error> for Error {
    fn from(error: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, "a file could not be read or written").because(error)
    }
}

/// Keeps the query's error: see [`Error::query_error`].
impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        Self::new(ErrorKind::Query, error.message()).because(error)
    }
}

/// Keeps message, path, offered names and cause.
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
