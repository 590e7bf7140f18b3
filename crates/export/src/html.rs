//! Pieces of HTML in which no character of a document is markup: to be put in a page, not a page.

use std::io::{self, Write};
use std::ops::Range;

use quotable_index::Hit;

use crate::escape;
use crate::excerpt::Excerpt;
use crate::hit::citation_with_notes;
use crate::table::{Align, Table};

/// The text with every character escaped that has a meaning in HTML, for an element or a quoted attribute. Control
/// characters and characters that reverse the direction of text are shown as `\u{1b}`.
pub fn escape_text(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            character => escape::push(character, &mut escaped),
        }
    }
    escaped
}

/// The text escaped, with byte ranges of it in `<mark>`. The ranges are in order; one that overlaps the range before
/// it is cut.
pub fn with_marks(text: &str, ranges: &[Range<usize>]) -> String {
    let mut marked = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for range in ranges.iter().filter(|range| !range.is_empty()) {
        let start = range.start.max(done);
        let (Some(before), Some(inside)) = (text.get(done..start), text.get(start..range.end)) else {
            continue;
        };
        marked.push_str(&format!("{}<mark>{}</mark>", escape_text(before), escape_text(inside)));
        done = range.end;
    }
    marked.push_str(&escape_text(text.get(done..).unwrap_or_default()));
    marked
}

/// Writes a hit as a `<figure>`: the quotation with its matches in `<mark>`, and its citation. The `id` of the element
/// is the id of the paragraph.
///
/// # Errors
/// Those of `out`.
pub fn write_hit(out: &mut (impl Write + ?Sized), hit: &Hit, excerpt: &Excerpt) -> io::Result<()> {
    writeln!(out, "<figure id=\"{}\">", escape_text(&hit.id.to_string()))?;
    writeln!(out, "<blockquote>{}</blockquote>", with_marks(&excerpt.text, &excerpt.matches))?;
    writeln!(out, "<figcaption>{}</figcaption>", escape_text(&citation_with_notes(hit)))?;
    writeln!(out, "</figure>")
}

/// Writes a `<table>`. Cells of numbers and rows of totals have the classes `number` and `total`.
///
/// # Errors
/// Those of `out`.
pub fn write_table(out: &mut (impl Write + ?Sized), table: &Table) -> io::Result<()> {
    let class = |align| if align == Align::Right { " class=\"number\"" } else { "" };
    writeln!(out, "<table>\n<thead><tr>")?;
    for column in &table.columns {
        writeln!(out, "<th scope=\"col\"{}>{}</th>", class(column.align), escape_text(&column.name))?;
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    for row in &table.rows {
        writeln!(out, "<tr{}>", if row.is_total { " class=\"total\"" } else { "" })?;
        for (cell, column) in row.cells.iter().zip(&table.columns) {
            writeln!(out, "<td{}>{}</td>", class(column.align), escape_text(cell))?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(
            escape_text("<b a='1' c=\"2\">&\u{1b}"),
            "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;\\u{1b}"
        );
        assert_eq!(with_marks("a <b> c", &[2..5, 3..4]), "a <mark>&lt;b&gt;</mark> c");
    }

    #[test]
    fn a_table_sets_numbers_and_totals_apart() {
        let mut table = Table::new(["year"], ["reports"]);
        table.push_total(vec!["<all>".to_owned(), "3".to_owned()]);
        let mut out = Vec::new();
        write_table(&mut out, &table).unwrap();
        let html = String::from_utf8(out).unwrap();
        assert!(html.contains("<th scope=\"col\" class=\"number\">reports</th>"), "{html}");
        assert!(html.contains("<tr class=\"total\">\n<td>&lt;all&gt;</td>"), "{html}");
    }
}
