//! The lines of a document as they are printed, for rules: before lines are joined to paragraphs, and with running heads
//! and feet, which may hold a date or a number.

use quotable_read::Document;

/// Bytes; a rule sees no more of a line.
const LONGEST: usize = 1_000;
/// Lines of a format without pages that count as one page.
const LINES_OF_A_PAGE: u32 = 60;

/// A printed line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PrintedLine<'d> {
    pub(crate) text: &'d str,
    /// The page, counted from 1 at the first page of the document.
    pub(crate) page: u32,
}

/// The lines of `document`, in reading order.
pub(crate) fn lines(document: &Document) -> Vec<PrintedLine<'_>> {
    let all = || document.blocks.iter().flat_map(|block| &block.lines);
    let first = all().filter_map(|line| line.page).min();
    let mut page = 1;
    let line = |(at, line): (u32, &'_ quotable_read::Line)| {
        let printed = line.page.zip(first).map(|(page, first)| page - first + 1);
        page = printed.unwrap_or(if document.pages > 0 { page } else { 1 + at / LINES_OF_A_PAGE });
        page
    };
    let pages: Vec<u32> = (0..).zip(all()).map(line).collect();
    let text = |text: &'_ str| text.floor_char_boundary(LONGEST);
    let lines = all().zip(pages).map(|(line, page)| {
        let trimmed = line.text.trim();
        PrintedLine { text: &trimmed[..text(trimmed)], page }
    });
    lines.filter(|line| !line.text.is_empty()).collect()
}
