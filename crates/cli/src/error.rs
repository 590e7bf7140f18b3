//! Errors of the command: what is wrong, and the cure.

use std::fmt;
use std::io;

use quotable::ErrorKind;
use quotable::query::QueryError;
use quotable_export::escape::escape;

pub(crate) type Result<T> = std::result::Result<T, Error>;

/// Why a command ends before it has done its work.
#[derive(Debug)]
pub(crate) enum Error {
    /// The reader of our output closed the pipe.
    Closed,
    /// What is wrong, and how to mend it. Escaped, but for line ends.
    Message { what: String, cure: Option<String> },
}

impl Error {
    /// An error without a cure. The text may hold anything: it is escaped.
    pub(crate) fn new(what: impl AsRef<str>) -> Self {
        Self::Message { what: escape(what.as_ref()).into_owned(), cure: None }
    }

    /// An error of several lines. They may hold anything: each is escaped.
    pub(crate) fn lines(lines: impl IntoIterator<Item = String>) -> Self {
        let lines: Vec<_> = lines.into_iter().map(|line| escape(&line).into_owned()).collect();
        Self::Message { what: lines.join("\n"), cure: None }
    }

    /// The same error with what to do about it.
    #[must_use]
    pub(crate) fn cure(self, text: impl AsRef<str>) -> Self {
        match self {
            Self::Closed => Self::Closed,
            Self::Message { what, .. } => {
                Self::Message { what, cure: Some(escape(text.as_ref()).into_owned()) }
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("error: the output was closed"),
            Self::Message { what, cure: None } => write!(f, "error: {what}"),
            Self::Message { what, cure: Some(cure) } => write!(f, "error: {what}\nhelp: {cure}"),
        }
    }
}

/// Errors of writing results. Errors of reading files are converted where the file is known.
impl From<io::Error> for Error {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        Self::new(format!("the output could not be written: {error}"))
    }
}

impl From<quotable::CodeBookError> for Error {
    fn from(error: quotable::CodeBookError) -> Self {
        quotable::Error::from(error).into()
    }
}

impl From<quotable::Error> for Error {
    fn from(error: quotable::Error) -> Self {
        let message = error.to_string();
        if error.query_error().is_some() {
            return in_query(&message);
        }
        let plain = Self::new(&message);
        match error.kind() {
            // The message has several lines: it shows the place in the file, or names several files.
            ErrorKind::CodeBook | ErrorKind::NoReports => {
                let lines: Vec<_> = message.lines().map(escape).collect();
                Self::Message { what: lines.join("\n"), cure: None }
            }
            ErrorKind::AllGone => plain.cure(
                "mount the share, or name the folder where the reports are now; if they were deleted on purpose, add \
                 --allow-empty",
            ),
            ErrorKind::NotFound => plain.cure("search the folder once without --no-refresh to index it"),
            ErrorKind::Damaged | ErrorKind::OlderFormat | ErrorKind::NewerFormat => {
                plain.cure("run quotable index rebuild to build it again from the reports")
            }
            ErrorKind::Foreign | ErrorKind::Link | ErrorKind::ReadOnly => {
                plain.cure("keep the index elsewhere with --index FOLDER")
            }
            ErrorKind::Locked => plain.cure("wait for it, or run quotable index --wait SECONDS"),
            _ => plain,
        }
    }
}

impl From<QueryError> for Error {
    fn from(error: QueryError) -> Self {
        in_query(&error.to_string())
    }
}

/// An error in a query. The message has the query on its first line, carets under the place on its second, then what is
/// wrong and the cure.
fn in_query(message: &str) -> Error {
    let lines: Vec<_> = message.lines().map(escape).collect();
    let [query, carets, rest @ ..] = lines.as_slice() else {
        debug_assert!(false, "an error in a query without its place: {message}");
        return Error::new(message);
    };
    let what = format!("in the query\n  {query}\n  {carets}\n{}", rest.join("\n"));
    Error::Message { what, cure: None }
}
