//! Pairs the marks of an article.

use std::ops::Range;

use super::Piece;
use super::marks::{Class, Mark, marks};

/// A quotation found, by the places of its paragraphs in what was searched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) parts: Vec<FoundPart>,
    pub(super) depth: u32,
    pub(super) closed: bool,
    pub(super) block: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundPart {
    pub(super) piece: usize,
    pub(super) bytes: Range<usize>,
}

/// A quotation whose end is still to come.
#[derive(Debug)]
struct Open {
    class: Class,
    /// Its parts in the paragraphs before.
    parts: Vec<FoundPart>,
    /// Where its part in this paragraph begins.
    start: usize,
    /// False if it may be an apostrophe after all.
    sure: bool,
}

/// How deep quotations stand in one another at most: more is a muddle of marks.
const DEEPEST: usize = 3;
/// How far on a better closing mark is looked for.
const AHEAD: usize = 64;
/// How many short lines may part a quotation from its next paragraph.
const BETWEEN: usize = 2;
/// How many words such a line has at most.
const SHORT: usize = 14;

pub(super) fn pair(pieces: &[Piece<'_>]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut pending: Option<(Open, usize)> = None;
    for (number, piece) in pieces.iter().enumerate() {
        let marks = marks(piece.text);
        let mut stack = Vec::new();
        let mut from = 0;
        if let Some((mut open, skipped)) = pending.take() {
            let indent = piece.text.len() - piece.text.trim_start().len();
            let again =
                marks.first().filter(|mark| mark.at == indent && mark.opens && mark.class == open.class);
            if let Some(mark) = again {
                open.start = mark.end;
                stack.push(open);
                from = 1;
            } else if skipped < BETWEEN && marks.is_empty() && is_clutter(piece.text) {
                pending = Some((open, skipped + 1));
                continue;
            } else {
                leave(open, &mut found);
            }
        }
        pending = scan(number, piece.text, &marks, from, stack, &mut found).map(|open| (open, 0));
    }
    if let Some((open, _)) = pending {
        leave(open, &mut found);
    }
    found.retain(|found| !found.parts.is_empty());
    found
}

/// Pairs the marks of one paragraph; gives what is still open at its end.
fn scan(
    piece: usize,
    text: &str,
    marks: &[Mark],
    from: usize,
    mut stack: Vec<Open>,
    found: &mut Vec<Found>,
) -> Option<Open> {
    for (index, mark) in marks.iter().enumerate().skip(from) {
        let level = stack.iter().rposition(|open| open.class == mark.class);
        if mark.closes
            && let Some(level) = level
        {
            if mark.possessive && better_close(marks, index) {
                continue;
            }
            // What was opened inside and never closed was an apostrophe, or a mark too many.
            stack.truncate(level + 1);
            if let Some(mut open) = stack.pop() {
                push_part(&mut open.parts, piece, text, open.start..mark.at);
                emit(open, level, true, found);
            }
        } else if mark.opens {
            if stack.last().is_some_and(|open| open.class == mark.class)
                && let Some(mut open) = stack.pop()
            {
                // The earlier one was never closed: it ends here at the latest.
                push_part(&mut open.parts, piece, text, open.start..mark.at);
                if open.sure || open.class == Class::Double {
                    emit(open, stack.len(), false, found);
                }
            }
            if stack.len() < DEEPEST {
                let sure = mark.sure || mark.class == Class::Double;
                stack.push(Open { class: mark.class, parts: Vec::new(), start: mark.end, sure });
            }
        }
    }
    let mut open = stack.into_iter().find(|open| open.sure || !open.parts.is_empty())?;
    push_part(&mut open.parts, piece, text, open.start..text.len());
    Some(open)
}

/// True if a later mark closes as well, before another opens.
fn better_close(marks: &[Mark], index: usize) -> bool {
    let class = marks[index].class;
    let later = marks.iter().skip(index + 1).take(AHEAD).filter(|mark| mark.class == class);
    for mark in later {
        if mark.opens {
            return false;
        }
        if mark.closes {
            return true;
        }
    }
    false
}

fn is_clutter(text: &str) -> bool {
    text.split_whitespace().nth(SHORT).is_none() && !text.trim_end().ends_with(['.', '!', '?', ':'])
}

fn push_part(parts: &mut Vec<FoundPart>, piece: usize, text: &str, bytes: Range<usize>) {
    let Some(inside) = text.get(bytes.clone()) else { return };
    let start = bytes.start + (inside.len() - inside.trim_start().len());
    let end = start + inside.trim().len();
    if inside.contains(char::is_alphanumeric) {
        parts.push(FoundPart { piece, bytes: start..end });
    }
}

fn leave(open: Open, found: &mut Vec<Found>) {
    emit(open, 0, false, found);
}

fn emit(open: Open, depth: usize, closed: bool, found: &mut Vec<Found>) {
    let depth = u32::try_from(depth).unwrap_or(u32::MAX);
    found.push(Found { parts: open.parts, depth, closed, block: false });
}
