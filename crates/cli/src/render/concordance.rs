//! Occurrences with the words around them, one under another.

use std::io::{self, Write};

use quotable::Line;

use crate::render::columns::{columns, cut, cut_start, pad};
use crate::render::csv::{self, Cell};
use crate::render::markdown::inline;
use crate::render::page::Page;
use crate::render::paint::Paint;
use crate::render::safe;

/// Columns of the id and what parts it from the text.
const ID: usize = 17;
/// A terminal of fewer columns has no room for ids.
const NARROW: usize = 60;
/// Where lines may be of any length: columns before the occurrence for every word asked for.
const WORD: usize = 8;

/// How wide the parts of a line are.
#[derive(Debug)]
pub(crate) struct Columns {
    /// Columns of the id; none where they are needed for the text.
    id: usize,
    /// Columns before the occurrence.
    before: usize,
    /// Columns of the occurrence and what follows it.
    behind: usize,
}

impl Columns {
    pub(crate) fn new(page: &Page<'_>, words: u32) -> Self {
        if page.is_terminal() {
            let id = if page.line < NARROW { 0 } else { ID };
            let text = page.line.saturating_sub(id).max(20);
            let before = text * 2 / 5;
            return Self { id, before, behind: text - before };
        }
        let words = usize::try_from(words).unwrap_or(usize::MAX);
        // Beyond this a line is no longer read by eye.
        Self { id: ID, before: words.saturating_mul(WORD).min(160), behind: usize::MAX }
    }
}

/// One occurrence on one line: the id of its paragraph, then the text, aligned on the occurrence.
pub(crate) fn line(page: &mut Page<'_>, widths: &Columns, line: &Line) -> io::Result<()> {
    let (open, close) = (page.paint.open(), page.paint.close());
    let shown = |text: &str| flat(text, page.paint);
    let mut id = if widths.id == 0 { String::new() } else { line.id.to_string() };
    pad(&mut id, widths.id.saturating_sub(2));
    let pre = cut_start(&shown(&line.pre), widths.before);
    let missing = widths.before.saturating_sub(columns(&pre));
    let marks = open.columns + close.columns;
    let keyword = cut(&shown(&line.keyword), widths.behind.saturating_sub(marks));
    let left = widths.behind.saturating_sub(marks + columns(&keyword));
    let post = shown(&line.post);
    let post = if left == 0 { String::new() } else { cut(&post, left) };
    let text = format!("{:missing$}{pre}{}{keyword}{}{post}", "", open.text, close.text);
    let gap = if widths.id == 0 { "" } else { "  " };
    writeln!(page.out, "{}{gap}{}", page.paint.id(&id), text.trim_end())
}

/// The text on one line, safe to show, with our own marks told from those in it.
fn flat(text: &str, paint: Paint) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, ' ' | '\t' | '\n' | '\r') {
            shown.push(' ');
        } else if paint.is_mark(letter) {
            safe::push_escaped(letter, &mut shown);
        } else {
            safe::push(letter, &mut shown);
        }
    }
    shown
}

/// The columns of quanteda's `kwic`, then those of the citation, and whether every file of the corpus had been read.
const HEAD: [&str; 19] = [
    "docname",
    "from",
    "to",
    "pre",
    "keyword",
    "post",
    "pattern",
    "authority",
    "published",
    "section",
    "paragraph",
    "page",
    "id",
    "urn",
    "framework",
    "grade",
    "boilerplate",
    "citation",
    "complete",
];

pub(crate) fn csv_head(out: &mut dyn Write) -> io::Result<()> {
    csv::row(out, &HEAD.map(|name| Cell::text(Some(name))), true)
}

pub(crate) fn csv_row(out: &mut dyn Write, line: &Line, complete: bool, raw: bool) -> io::Result<()> {
    let citation = &line.citation;
    let row = [
        Cell::text(Some(&line.docname)),
        Cell::Number(line.from.into()),
        Cell::Number(line.to.into()),
        Cell::text(Some(line.pre.trim())),
        Cell::text(Some(&line.keyword)),
        Cell::text(Some(line.post.trim())),
        Cell::text(Some(&line.pattern)),
        Cell::text(citation.authority.as_ref()),
        Cell::text(citation.published),
        Cell::text(citation.section()),
        Cell::text(citation.paragraph.as_ref()),
        Cell::text(citation.page),
        Cell::text(Some(&line.id)),
        Cell::text(citation.urn.as_ref()),
        Cell::text(citation.framework.map(|framework| framework.as_str())),
        Cell::text(citation.grade.map(|grade| grade.as_str())),
        Cell::text(line.boilerplate),
        Cell::text(Some(citation)),
        Cell::text(Some(complete)),
    ];
    csv::row(out, &row, raw)
}

pub(crate) fn markdown_head(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| before | found | after | where | id |\n|---:|---|---|---|---|")
}

/// A row of a Markdown table.
pub(crate) fn markdown_row(out: &mut dyn Write, line: &Line) -> io::Result<()> {
    let [pre, keyword, post] = [&line.pre, &line.keyword, &line.post].map(|text| inline(text.trim()));
    let cite = inline(&line.citation.to_string());
    writeln!(out, "| {pre} | **{keyword}** | {post} | {cite} | `{}` |", line.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_on_its_line() {
        let plain = Paint::new(false);
        assert_eq!(flat("a\nb\tc «d»\x1b", plain), "a b c \\u{ab}d\\u{bb}\\u{1b}");
    }
}
