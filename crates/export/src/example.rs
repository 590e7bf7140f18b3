//! An example of a collocate or keyword: a line of a concordance with its citation.

use std::io::{self, Write};
use std::ops::Range;

use quotable_index::{Id, Line};
use serde::Serialize;

use crate::cell::Cell;
use crate::citation::CitationRecord;
use crate::markdown;

/// An example as JSON. `pre`, `keyword` and `post` follow one another in the paragraph without a break.
#[derive(Debug, Clone, Serialize)]
#[non_exhaustive]
pub struct ExampleRecord<'l> {
    /// The stable id of the paragraph.
    pub id: &'l Id,
    /// The words before.
    pub pre: &'l str,
    /// The occurrence.
    pub keyword: &'l str,
    /// The words after.
    pub post: &'l str,
    /// Where the occurrence is.
    pub citation: CitationRecord<'l>,
}

impl<'l> ExampleRecord<'l> {
    /// The record of a line.
    pub fn new(line: &'l Line) -> Self {
        Self {
            id: &line.id,
            pre: &line.pre,
            keyword: &line.keyword,
            post: &line.post,
            citation: CitationRecord::new(&line.citation),
        }
    }
}

/// The names of the columns of an example, which come last.
pub(crate) const NAMES: [&str; 4] = ["example_pre", "example_keyword", "example_post", "example_citation"];

/// The cells of an example.
pub(crate) fn cells(line: Option<&Line>) -> [Cell<'_>; 4] {
    let Some(line) = line else { return [const { Cell::Empty }; 4] };
    let citation = Cell::from(line.citation.to_string());
    [Cell::from(&line.pre), Cell::from(&line.keyword), Cell::from(&line.post), citation]
}

/// An example for people: what it is an example of, the words, and where they are.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// The collocate or keyword.
    pub of: String,
    /// The words, with `…` where the paragraph goes on.
    pub text: String,
    /// The occurrence, as a byte range of the text.
    pub occurrence: Range<usize>,
    /// The citation and the id of the paragraph.
    pub place: String,
}

impl Example {
    pub(crate) fn new(of: &str, line: &Line) -> Self {
        // A sentence begins with a capital letter, and ends with a stop; what was cut does neither.
        let pre = line.pre.trim_start();
        let opening = if pre.is_empty() || pre.starts_with(char::is_uppercase) { "" } else { "… " };
        let post = line.post.trim_end();
        let closing = if post.ends_with(['.', '?', '!', '”']) || post.is_empty() { "" } else { " …" };
        let start = opening.len() + pre.len();
        Self {
            of: of.to_owned(),
            text: format!("{opening}{pre}{}{post}{closing}", line.keyword),
            occurrence: start..start + line.keyword.len(),
            place: format!("{} [{}]", line.citation, line.id),
        }
    }
}

/// Writes examples as a list of Markdown; nothing if there are none.
pub(crate) fn write_markdown(out: &mut (impl Write + ?Sized), examples: &[Example]) -> io::Result<()> {
    if !examples.is_empty() {
        writeln!(out)?;
    }
    examples.iter().try_for_each(|example| {
        let text = markdown::with_bold(&example.text, std::slice::from_ref(&example.occurrence));
        let [of, place] = [&example.of, &example.place].map(|text| markdown::escape_inline(text));
        writeln!(out, "- {of}: {text} ({place})")
    })
}
