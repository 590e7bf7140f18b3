//! What is said when a command cannot be done.

use std::fmt;
use std::io;

use quotable::ErrorKind;
use quotable::query::QueryError;

use crate::render::safe::safe;

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Why a command ends before it has done its work.
#[derive(Debug)]
pub(crate) enum Error {
    /// Whoever read our output has read enough.
    Closed,
    /// What is wrong, and how to mend it. May hold line ends; everything else is safe to show.
    Said { what: String, cure: Option<String> },
}

impl Error {
    /// The text may come from anywhere.
    pub(crate) fn new(what: impl AsRef<str>) -> Self {
        Self::Said { what: safe(what.as_ref()).into_owned(), cure: None }
    }

    /// The same error with what to do about it, in one clause.
    #[must_use]
    pub(crate) fn cure(self, text: impl AsRef<str>) -> Self {
        match self {
            Self::Closed => Self::Closed,
            Self::Said { what, .. } => Self::Said { what, cure: Some(safe(text.as_ref()).into_owned()) },
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("error: the output was closed"),
            Self::Said { what, cure: None } => write!(f, "error: {what}"),
            Self::Said { what, cure: Some(cure) } => write!(f, "error: {what}\nhelp: {cure}"),
        }
    }
}

/// Only what is written to the standard output fails in this way.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        Self::new(format!("the output could not be written: {error}"))
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        io::Error::from(error).into()
    }
}

impl From<quotable::CodeBookError> for Error {
    fn from(error: quotable::CodeBookError) -> Self {
        quotable::Error::from(error).into()
    }
}

impl From<quotable::Error> for Error {
    fn from(error: quotable::Error) -> Self {
        let shown = error.to_string();
        let said = Self::new(&shown);
        if error.query_error().is_some() {
            return in_query(&shown);
        }
        match error.kind() {
            // Lines that show the place in the file.
            ErrorKind::CodeBook => {
                let lines: Vec<_> = error.to_string().lines().map(|line| safe(line).into_owned()).collect();
                Self::Said { what: lines.join("\n"), cure: None }
            }
            ErrorKind::NotFound => {
                said.cure("search the folder once without --no-refresh, and it is indexed")
            }
            ErrorKind::Damaged | ErrorKind::OlderFormat | ErrorKind::NewerFormat => {
                said.cure("quotable index rebuild makes it anew from its sources")
            }
            ErrorKind::Foreign => said.cure("keep the index elsewhere with --index FOLDER"),
            ErrorKind::ReadOnly => said.cure("keep the index elsewhere with --index FOLDER"),
            ErrorKind::Locked => said.cure("wait for it, or let quotable index --wait SECONDS wait"),
            _ => said,
        }
    }
}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        in_query(&error.to_string())
    }
}

/// A fault of a query: the query, carets under the place, what is wrong, and the cure.
fn in_query(shown: &str) -> Error {
    let lines: Vec<_> = shown.lines().map(safe).collect();
    let [query, carets, rest @ ..] = lines.as_slice() else { return Error::new(shown) };
    // The cure follows as the last line, and says that it is one.
    let what = format!("in the query\n  {query}\n  {carets}\n{}", rest.join("\n"));
    Error::Said { what, cure: None }
}
