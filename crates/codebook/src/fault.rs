//! Errors at a position in the file of a code book.

use std::ops::Range;

use quotable_query::QueryError;

/// An error at a position, with its cure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The bytes at fault in the file.
    pub(super) span: Range<usize>,
    message: String,
    cure: String,
}

impl Fault {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>, cure: impl Into<String>) -> Self {
        Self { span, message: message.into(), cure: cure.into() }
    }

    /// Formats the fault: position, line with carets under the bytes at fault, message, cure.
    pub(super) fn shown(&self, file: &str, text: &str) -> String {
        let start = text.floor_char_boundary(self.span.start.min(text.len()));
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find(['\r', '\n']).map_or(text.len(), |at| start + at);
        let line = &text[line_start..line_end];
        let number = text[..start].matches('\n').count() + 1;
        let column = text[line_start..start].chars().count() + 1;
        // Carets stay on the first line of a fault that spans several.
        let end = text.floor_char_boundary(self.span.end.clamp(start, line_end));
        let indent = line.len() - line.trim_start().len();
        let span = (start - line_start).saturating_sub(indent)..(end - line_start).saturating_sub(indent);
        let shown = QueryError::new(line.trim_start(), span, self.message.as_str(), self.cure.as_str());
        format!("{file}, line {number}, column {column}:\n{shown}")
    }
}

/// A suggestion of similar names, to append to a cure; empty if there are none.
pub(super) fn suggestion(near: &[String]) -> String {
    if near.is_empty() { String::new() } else { format!("; the nearest are {}", near.join(", ")) }
}
