//! Tells gaps between the cells of a table from gaps inside prose.
//!
//! A tab stop or three blanks may part two cells, or may be a slip of the hand, two sentences set apart, or what a program
//! left of justified type. Rows of a table stand below one another with their cells in columns, and cells are labels and
//! values; prose reads on over the gap, or ends a sentence before it.

/// Words of a line from which it is too long for a row that no other row is like.
const LONG_ROW: usize = 20;
/// Words of a line from which it is a sentence rather than a label with a value.
const SENTENCE: usize = 6;
/// Words of a cell from which it may be a sentence of its own.
const SHORT_SENTENCE: usize = 3;

/// The cells of a line, each with the column in which it begins.
type Cells<'c, 't> = &'c [(usize, &'t str)];

/// True if the cells of a line are a row of a table. `around` are the cells of the nearest lines above and below that are
/// not blank.
pub(crate) fn is_row(cells: Cells<'_, '_>, around: (Cells<'_, '_>, Cells<'_, '_>)) -> bool {
    let neighbours = || [around.0, around.1].into_iter().filter(|other| other.len() > 1);
    let is_in_column = |other: &[(usize, &str)]| {
        cells.iter().skip(1).any(|(start, _)| other.iter().skip(1).any(|(column, _)| column == start))
    };
    let is_like = |other: &[(usize, &str)]| other.len() == cells.len() && !ends_sentence(other);
    if ends_sentence(cells) {
        // A table of sentences is set in columns; two numbered paragraphs with a gap each are not.
        return !opens_with_number(cells) && neighbours().any(is_in_column);
    }
    if neighbours().any(is_in_column) {
        return true;
    }
    let words: usize = cells.iter().map(|(_, cell)| words(cell)).sum();
    let ends = cells.last().is_some_and(|(_, last)| last.ends_with(['.', '!', '?']));
    let reads_on = cells.iter().skip(1).any(|(_, cell)| cell.starts_with(char::is_lowercase))
        || cells.iter().rev().skip(1).any(|(_, cell)| cell.ends_with([',', ';']));
    if ends && (reads_on || words >= SENTENCE) {
        return false;
    }
    neighbours().any(is_like) || (words < LONG_ROW && !(reads_on && words >= SENTENCE))
}

/// True if a cell before the last ends a sentence. A question is a label where a value answers it: `Is it safe?   Good`.
fn ends_sentence(cells: &[(usize, &str)]) -> bool {
    cells.windows(2).any(|pair| {
        let (cell, behind) = (pair[0].1, pair[1].1);
        let is_answered = words(behind) < SENTENCE && !behind.ends_with(['.', '!', '?']);
        let ends = cell.ends_with(['.', '!']) || (cell.ends_with('?') && !is_answered);
        ends && words(cell) >= SHORT_SENTENCE
    })
}

/// True if a line begins with the number of a paragraph.
fn opens_with_number(cells: &[(usize, &str)]) -> bool {
    let first = cells.first().and_then(|(_, cell)| cell.split_whitespace().next()).unwrap_or_default();
    first.starts_with(|letter: char| letter.is_ascii_digit()) && first.ends_with(['.', ')'])
}

fn words(cell: &str) -> usize {
    cell.split_whitespace().count()
}
