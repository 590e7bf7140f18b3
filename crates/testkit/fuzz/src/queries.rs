//! Queries and code books.

use quotable_codebook::CodeBook;
use quotable_query::{Limits, Matcher, Query, Text, parse};

/// Parses a query, prints it, and parses it again.
pub fn query_parser(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let query = match text.parse::<Query>() {
        Ok(query) => query,
        Err(error) => {
            assert!(error.query().get(error.span()).is_some(), "the span {:?} cuts a letter", error.span());
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    // A query prints with more parentheses than were typed, so it may exceed the limits of length and depth.
    let mut limits = Limits::default();
    (limits.bytes, limits.depth) = (usize::MAX, 256);
    let printed = query.to_string();
    match parse(&printed, &limits) {
        Ok(again) => assert_eq!(again.to_string(), printed, "the printed query parses to another"),
        Err(error) => assert!(error.message().contains("deep"), "the printed query does not parse: {error}"),
    }
}

/// Matches the query on the first line with the text on the others.
pub fn query_matcher(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let (query, text) = input.split_once('\n').unwrap_or((&input, ""));
    let Ok(query) = query.parse::<Query>() else { return };
    let Ok(matcher) = Matcher::new(&query) else { return };
    let found = matcher.find(&Text::new(text));
    for occurrence in &found.occurrences {
        assert!(text.get(occurrence.bytes.clone()).is_some(), "{occurrence:?} cuts a letter");
    }
    assert!(found.matched || found.occurrences.is_empty(), "occurrences without a match");
}

/// Parses a code book and labels some texts by it.
pub fn code_book(data: &[u8]) {
    match CodeBook::parse("book.toml", &String::from_utf8_lossy(data)) {
        Ok(book) => {
            for text in ["", "A", "Too many care leavers were left without a plan.", "wait wait home"] {
                let _ = book.labels(text);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
