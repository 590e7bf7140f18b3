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

impl Error {
    /// The same error, with the filters that options made named as these options. `words` has each filter as a query has it,
    /// and the option as it was typed.
    #[must_use]
    pub(crate) fn in_option_words(self, words: &[(String, String)]) -> Self {
        let Self::Message { mut what, cure } = self else { return self };
        for (filter, option) in words {
            let (filter, option) = (escape(filter), escape(option));
            let lines: Vec<&str> = what.lines().collect();
            if let ["in the query", query, carets, rest @ ..] = lines.as_slice()
                && marked(query, carets) == *filter
            {
                what = format!("{option}: {}", rest.join("\n"));
                continue;
            }
            // The nearest values are named without the field, which was not typed.
            let field = filter.split(':').next().unwrap_or_default();
            let shows_query = lines.first().is_some_and(|line| *line == "in the query");
            if what.contains(&*filter) {
                what = what.replace(&*filter, &option);
                if !shows_query {
                    what = what.replace(&format!("the nearest: {field}:"), "the nearest: ");
                    what = what.replace(&format!(", {field}:"), ", ");
                }
            }
        }
        Self::Message { what, cure }
    }
}

/// The part of a query over the carets.
fn marked(query: &str, carets: &str) -> String {
    let from = carets.len() - carets.trim_start().len();
    query.chars().skip(from).take(carets.trim().len()).collect()
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed => f.write_str("error: the output was closed"),
            Self::Message { what, cure } => {
                write!(f, "error: {}", without_codes(what))?;
                cure.as_ref().map_or(Ok(()), |cure| write!(f, "\nhelp: {cure}"))
            }
        }
    }
}

/// The text without the numbers that the standard library adds to what the system says: `(os error 2)`.
fn without_codes(text: &str) -> String {
    const CODE: &str = " (os error ";
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(CODE) {
        plain.push_str(before);
        rest = match after.split_once(')') {
            Some((code, after)) if code.bytes().all(|byte| byte.is_ascii_digit()) => after,
            _ => {
                plain.push_str(CODE);
                after
            }
        };
    }
    plain + rest
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
        let is_missing = error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
        if let Some(path) = error.path().filter(|_| is_missing) {
            return Self::new(format!("there is no code book {}", path.display()))
                .cure("check the name and the folder; quotable codebook new FILE writes one to begin with");
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_system_errors_are_not_shown() {
        let error = Error::new("a.toml: No such file (os error 2): b (os error x)").to_string();
        assert_eq!(error, "error: a.toml: No such file: b (os error x)");
    }

    #[test]
    fn filters_of_options_are_named_as_options() {
        let words = [
            ("authority:Narnia".to_owned(), "--authority Narnia".to_owned()),
            ("date:2035..".to_owned(), "--from 2035".to_owned()),
        ];
        let text =
            "care authority:Narnia\n     ^^^^^^^^^^^^^^^^\nno such authority\nhelp: did you mean Nantwich";
        let said = in_query(text).in_option_words(&words).to_string();
        assert_eq!(said, "error: --authority Narnia: no such authority\nhelp: did you mean Nantwich");
        let said = Error::new("no report passes date:2035..; the nearest: date:2020").in_option_words(&words);
        assert_eq!(said.to_string(), "error: no report passes --from 2035; the nearest: 2020");
        let said = in_query("note: x\n^^^^^\nno field").in_option_words(&words).to_string();
        assert!(said.contains("note: x"), "{said}");
    }
}
