//! Pairs quotation marks into spans.
//!
//! Each paragraph is scanned once with a stack of open marks. A closing mark closes the innermost open mark of its class;
//! what was opened inside and not closed was an apostrophe. An opening mark of the class that is already innermost ends
//! the open span, since quotations of one class do not nest. A span still open at the end of a paragraph is carried into
//! the next, which by the rule of printers opens with a mark again.

use std::ops::Range;

use super::ParagraphText;
use super::marks::{Class, Mark, marks};
use super::spans::{Span, SpanPart, Spans};

/// A span whose end has not come yet.
#[derive(Debug)]
struct OpenSpan {
    class: Class,
    /// Its parts in the paragraphs before.
    parts: Vec<SpanPart>,
    /// The first byte of its part in the current paragraph.
    start: usize,
    /// False if its opening mark may be an apostrophe.
    certain: bool,
}

/// Open marks at most; deeper nesting is a muddle of marks.
const MOST_OPEN: usize = 3;
/// Marks looked ahead for a better closing one.
const LOOKAHEAD: usize = 64;
/// Lines at most between a span and its next paragraph: captions, links to other pages.
const MOST_LINES_BETWEEN: usize = 2;
/// Words at most in such a line.
const LONGEST_LINE_BETWEEN: usize = 14;

/// The spans in quotation marks, of which the first `most` are kept.
pub(super) fn pair(paragraphs: &[ParagraphText<'_>], most: usize) -> Spans {
    let mut spans = Spans::new(paragraphs.len(), most);
    // A span that may continue, and the number of lines since.
    let mut carried: Option<(OpenSpan, usize)> = None;
    for (index, paragraph) in paragraphs.iter().enumerate() {
        let marks = marks(paragraph.text);
        let mut stack = Vec::new();
        let mut from = 0;
        if let Some((mut open, lines_between)) = carried.take() {
            let indent = paragraph.text.len() - paragraph.text.trim_start().len();
            let reopened =
                marks.first().filter(|mark| mark.at == indent && mark.opens && mark.class == open.class);
            if let Some(mark) = reopened {
                open.start = mark.end;
                stack.push(open);
                from = 1;
            } else if lines_between < MOST_LINES_BETWEEN && marks.is_empty() && may_interrupt(paragraph.text)
            {
                carried = Some((open, lines_between + 1));
                continue;
            } else {
                push_span(open, 0, false, &mut spans);
            }
        }
        carried = scan(index, paragraph.text, &marks, from, stack, &mut spans).map(|open| (open, 0));
    }
    if let Some((open, _)) = carried {
        push_span(open, 0, false, &mut spans);
    }
    spans
}

/// Pairs the marks of one paragraph, from index `from` on. `stack` holds the span carried into it. Returns the span still
/// open at its end.
fn scan(
    paragraph: usize,
    text: &str,
    marks: &[Mark],
    from: usize,
    mut stack: Vec<OpenSpan>,
    spans: &mut Spans,
) -> Option<OpenSpan> {
    for (index, mark) in marks.iter().enumerate().skip(from) {
        let level = stack.iter().rposition(|open| open.class == mark.class);
        if mark.closes
            && let Some(level) = level
        {
            if mark.possessive && has_better_close(marks, index) {
                continue;
            }
            // Marks opened inside and not closed were apostrophes.
            stack.truncate(level + 1);
            if let Some(mut open) = stack.pop() {
                push_part(&mut open.parts, paragraph, text, open.start..mark.at);
                push_span(open, level, true, spans);
            }
        } else if mark.opens {
            if stack.last().is_some_and(|open| open.class == mark.class)
                && let Some(mut open) = stack.pop()
            {
                // Its closing mark is missing; it ends here at the latest.
                push_part(&mut open.parts, paragraph, text, open.start..mark.at);
                if open.certain || open.class == Class::Double {
                    push_span(open, stack.len(), false, spans);
                }
            }
            if stack.len() < MOST_OPEN {
                let certain = mark.certain || mark.class == Class::Double;
                stack.push(OpenSpan { class: mark.class, parts: Vec::new(), start: mark.end, certain });
            }
        }
    }
    let mut open = stack.into_iter().find(|open| open.certain || !open.parts.is_empty())?;
    push_part(&mut open.parts, paragraph, text, open.start..text.len());
    Some(open)
}

/// True if a later mark of the class of `marks[index]` closes, before one that opens.
fn has_better_close(marks: &[Mark], index: usize) -> bool {
    let class = marks[index].class;
    let mut later = marks.iter().skip(index + 1).take(LOOKAHEAD).filter(|mark| mark.class == class);
    later.find(|mark| mark.opens || mark.closes).is_some_and(|mark| !mark.opens)
}

/// True for a short line that is no sentence: it may lie between the paragraphs of a quotation.
fn may_interrupt(text: &str) -> bool {
    text.split_whitespace().nth(LONGEST_LINE_BETWEEN).is_none()
        && !text.trim_end().ends_with(['.', '!', '?', ':'])
}

/// Adds a part without the white space around it, unless it holds no letter or digit.
fn push_part(parts: &mut Vec<SpanPart>, paragraph: usize, text: &str, bytes: Range<usize>) {
    let Some(inside) = text.get(bytes.clone()) else {
        debug_assert!(false, "marks are in order and on character boundaries: {bytes:?}");
        return;
    };
    if inside.contains(char::is_alphanumeric) {
        let trimmed = SpanPart::whole(paragraph, inside).bytes;
        parts.push(SpanPart { paragraph, bytes: bytes.start + trimmed.start..bytes.start + trimmed.end });
    }
}

fn push_span(open: OpenSpan, depth: usize, closed: bool, spans: &mut Spans) {
    debug_assert!(depth < MOST_OPEN, "the stack is bounded");
    let depth = u32::try_from(depth).unwrap_or(u32::MAX);
    spans.push(Span { parts: open.parts, depth, closed, block: false });
}
