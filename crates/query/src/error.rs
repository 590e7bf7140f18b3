//! Errors in queries, with their place and a cure.

use std::fmt;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use crate::chars::is_ignorable;

/// A query that cannot be understood, or that cannot be answered.
///
/// Displays as the query, a line of carets under the part at fault, the message and the cure:
///
/// ```
/// let error = "care OR".parse::<quotable_query::Query>().unwrap_err();
/// assert_eq!(error.to_string(), "\
/// care OR
///      ^^
/// nothing follows OR
/// help: write a word after it, or \"or\" in quotation marks if the word was meant");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    query: String,
    span: Range<usize>,
    message: String,
    cure: String,
}

impl QueryError {
    /// An error about `span`, a byte range of `query`. For faults that the parser cannot know, such as an unknown value
    /// of a filter; if the part is in a [`Query`](crate::query::Query),
    /// [`error_at`](crate::query::Query::error_at) finds its span.
    #[must_use]
    pub fn new(
        query: impl Into<String>,
        span: Range<usize>,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self { query: query.into(), span, message: message.into(), cure: cure.into() }
    }

    /// The query as it was typed, or as it displays if it was built by hand.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The part at fault, in zero-based bytes of [`query`](Self::query). Empty if something is missing at that place.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// The fault, in one clause.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How to mend the query, in one clause.
    #[must_use]
    pub fn cure(&self) -> &str {
        &self.cure
    }
}

impl std::error::Error for QueryError {}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = floor(&self.query, self.span.start);
        let end = floor(&self.query, self.span.end).max(start);
        let (from, to) = excerpt(&self.query, start, end);
        let before = shown(&self.query[from..start]);
        let fault = shown(&self.query[start..end]);
        let after = shown(&self.query[end..to]);
        let (cut, rest) = (if from > 0 { "…" } else { "" }, if to < self.query.len() { "…" } else { "" });
        writeln!(f, "{cut}{before}{fault}{after}{rest}")?;
        let (indent, carets) = (cut.width() + before.width(), fault.width().max(1));
        writeln!(f, "{:indent$}{}", "", "^".repeat(carets))?;
        write!(f, "{}\nhelp: {}", self.message, self.cure)
    }
}

/// A fault whose place is not known yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) message: String,
    pub(crate) cure: String,
}

impl Fault {
    pub(crate) fn new(message: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { message: message.into(), cure: cure.into() }
    }

    pub(crate) fn at(self, query: &str, span: Range<usize>) -> QueryError {
        QueryError::new(query, span, self.message, self.cure)
    }
}

/// How much of a long query is shown before and after the part at fault, in bytes.
const CONTEXT: usize = 60;

fn excerpt(query: &str, start: usize, end: usize) -> (usize, usize) {
    // A short query is shown whole.
    if query.len() <= 2 * CONTEXT {
        return (0, query.len());
    }
    let from = floor(query, start.saturating_sub(CONTEXT));
    (from, floor(query, end + CONTEXT))
}

/// The character boundary at or before byte `at`. Spans come from callers too, so none may panic here.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

/// Makes one line that a terminal shows as it is: control characters become spaces, since a line end or an escape would
/// move the caret off its place, and characters that are not displayed are removed.
fn shown(text: &str) -> String {
    text.chars()
        .filter(|&c| !is_ignorable(c))
        .map(|c| if c.is_control() || c.is_whitespace() { ' ' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::QueryError;

    fn lines(query: &str, span: std::ops::Range<usize>) -> Vec<String> {
        let text = QueryError::new(query, span, "m", "c").to_string();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn carets_are_placed_by_columns() {
        assert_eq!(lines("café ~", 6..7)[1], "     ^");
        assert_eq!(lines("cafe\u{301} ~", 7..8)[1], "     ^");
        assert_eq!(lines("児童 ~~", 7..9)[1], "     ^^");
        assert_eq!(lines("👍🏽 🇬🇧 ❤ ~", 22..23)[1], "        ^");
        assert_eq!(lines("ｶﾞ 児童", 7..13)[1], "   ^^^^", "half width forms are narrow");
        assert_eq!(lines("a\u{200b}\tb\n~", 7..7), ["a b ~", "    ^", "m", "help: c"]);
    }

    #[test]
    fn long_queries_are_cut_around_the_fault() {
        let query = format!("{} ~ {}", "a".repeat(500), "é".repeat(500));
        let lines = lines(&query, 501..502);
        assert!(lines[0].starts_with("…a") && lines[0].ends_with("é…"));
        assert_eq!(lines[0].chars().position(|c| c == '~'), lines[1].find('^'));
    }

    #[test]
    fn spans_out_of_range_do_not_panic() {
        assert_eq!(lines("é", 1..90)[1], "^");
    }
}
