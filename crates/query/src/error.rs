//! What is wrong with a query, where, and what to do about it.

use std::fmt;
use std::ops::Range;

use unicode_width::UnicodeWidthStr;

/// A query that cannot be understood, or that asks for what cannot be had.
///
/// Displays as the query with a line of carets under the fault, the fault, and the cure:
///
/// ```
/// let error = "care OR".parse::<quotable_query::Query>().unwrap_err();
/// assert_eq!(error.to_string(), "\
/// care OR
///      ^^
/// nothing stands after OR
/// help: write what to look for after it, or \"or\" in quotation marks if the word was meant");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    query: String,
    span: Range<usize>,
    message: String,
    cure: String,
}

impl QueryError {
    /// Says that `span`, a byte range of `query`, is at fault. For those who find faults that the parser cannot
    /// know, such as a name that no code book holds.
    #[must_use]
    pub fn new(
        query: impl Into<String>,
        span: Range<usize>,
        message: impl Into<String>,
        cure: impl Into<String>,
    ) -> Self {
        Self { query: query.into(), span, message: message.into(), cure: cure.into() }
    }

    /// The query as it was given; of a tree built by hand, as it displays.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The part at fault, in bytes of [`query`](Self::query). Empty where something is missing.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// What is wrong, in one clause.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to write instead, in one clause.
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
        let (from, to) = window(&self.query, start, end);
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

/// A fault without its place.
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

/// How much of a long query is shown on either side of a fault, in bytes.
const CONTEXT: usize = 60;

fn window(query: &str, start: usize, end: usize) -> (usize, usize) {
    if query.len() <= 2 * CONTEXT {
        return (0, query.len());
    }
    let from = floor(query, start.saturating_sub(CONTEXT));
    (from, floor(query, end + CONTEXT))
}

fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}

/// One line that cannot move the cursor: control characters become spaces, what is not seen goes.
fn shown(text: &str) -> String {
    text.chars()
        .filter(|&c| !crate::analyse::is_ignorable(c))
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
    fn the_caret_stands_under_columns_not_bytes() {
        assert_eq!(lines("café ~", 6..7)[1], "     ^");
        assert_eq!(lines("cafe\u{301} ~", 7..8)[1], "     ^");
        assert_eq!(lines("児童 ~~", 7..9)[1], "     ^^");
        assert_eq!(lines("👍🏽 🇬🇧 ❤ ~", 22..23)[1], "        ^");
        assert_eq!(lines("ｶﾞ 児童", 7..13)[1], "   ^^^^", "half width forms are narrow");
        assert_eq!(lines("a\u{200b}\tb\n~", 7..7), ["a b ~", "    ^", "m", "help: c"]);
    }

    #[test]
    fn a_long_query_is_shown_around_the_fault() {
        let query = format!("{} ~ {}", "a".repeat(500), "é".repeat(500));
        let lines = lines(&query, 501..502);
        assert!(lines[0].starts_with("…a") && lines[0].ends_with("é…"));
        assert_eq!(lines[0].chars().position(|c| c == '~'), lines[1].find('^'));
    }

    #[test]
    fn a_span_out_of_range_is_no_panic() {
        assert_eq!(lines("é", 1..90)[1], "^");
    }
}
