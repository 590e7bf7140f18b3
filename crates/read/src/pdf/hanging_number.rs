//! Numbers of paragraphs that hang in the margin, by layout.
//!
//! A number such as `1.8.4` is set left of its paragraph, behind a gap as wide as one between columns. It is the label of
//! the paragraph and no cell of a table, as long as nothing else stands beside the two.

use super::line::look;
use crate::block::Line;

/// Lines between a number and its paragraph in the content stream, at most: some producers draw numbers apart.
const REACH: usize = 6;

/// The number and the line beside it have baselines that differ by less than this many type sizes.
const LEVEL: f32 = 0.25;

/// Joins each hanging number with the line to its right.
pub(super) fn join(lines: Vec<Line>) -> Vec<Line> {
    let mut number_of: Vec<Option<usize>> = vec![None; lines.len()];
    let mut is_joined = vec![false; lines.len()];
    for (at, number) in lines.iter().enumerate() {
        if is_number(&number.text)
            && let Some(text) = paragraph_of(&lines, at)
            && number_of[text].is_none()
        {
            number_of[text] = Some(at);
            is_joined[at] = true;
        }
    }
    if !is_joined.contains(&true) {
        return lines;
    }
    let placed = lines.iter().zip(number_of).zip(is_joined).filter(|(_, is_joined)| !is_joined);
    let line = |((line, number), _): ((&Line, Option<usize>), bool)| match number {
        Some(number) => labelled(&lines[number], line),
        None => line.clone(),
    };
    placed.map(line).collect()
}

/// The index of the one line that stands beside a number, right of it; `None` if there are more, as in a table.
fn paragraph_of(lines: &[Line], number: usize) -> Option<usize> {
    let place = look(&lines[number]);
    let around = number.saturating_sub(REACH)..(number + REACH + 1).min(lines.len());
    let mut beside = around.filter(|&at| {
        let other = look(&lines[at]);
        let size = place.size.max(other.size);
        at != number && (other.baseline - place.baseline).abs() < LEVEL * size
    });
    let text = beside.next()?;
    let opens = |letter: char| letter.is_alphabetic() || matches!(letter, '‘' | '“' | '"' | '\'' | '(' | '[');
    let is_text = lines[text].text.starts_with(opens) && look(&lines[text]).left > place.right;
    (is_text && beside.next().is_none()).then_some(text)
}

/// The line of a paragraph behind its number.
fn labelled(number: &Line, line: &Line) -> Line {
    let mut joined = line.clone();
    joined.text = format!("{} {}", number.text.trim(), line.text);
    let shift = joined.text.len() - line.text.len();
    joined.raised = line.raised.iter().map(|range| range.start + shift..range.end + shift).collect();
    joined.look = line.look.map(|mut look| {
        look.left = self::look(number).left;
        look
    });
    joined
}

/// True for a number of several levels (`1.8.4`, `10.12.`), or a number or letters in brackets (`(viii)`).
fn is_number(text: &str) -> bool {
    let text = text.trim();
    let bracketed = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let short = |inner: &str| inner.len() <= 5 && inner.bytes().all(|byte| byte.is_ascii_alphanumeric());
    bracketed.is_some_and(short) || levels(text.trim_end_matches('.')) > 1
}

/// The number of levels of a number; 0 if the text is none.
pub(super) fn levels(text: &str) -> usize {
    let is_level = |level: &str| {
        (1..=3).contains(&level.len())
            && !level.starts_with('0')
            && level.bytes().all(|byte| byte.is_ascii_digit())
    };
    if text.split('.').all(is_level) { text.split('.').count() } else { 0 }
}
