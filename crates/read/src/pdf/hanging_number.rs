//! Labels of paragraphs that hang in the margin, by layout.
//!
//! A number such as `1.8.4` is set left of its paragraph, behind a gap as wide as one between columns. It is the label of
//! the paragraph and no cell of a table, as long as nothing else stands beside the two. Bullets are often drawn apart from
//! the texts of their list.

use super::line::look;
use crate::block::Line;
use crate::bullet::{is_bullet, is_dash};

/// The label and the line beside it have baselines that differ by less than this many type sizes.
const LEVEL: f32 = 0.25;

/// A bullet, or a number of one level, is no further left of its line than this many type sizes.
const NEAR: f32 = 5.0;

/// Joins each hanging label with the line to its right.
pub(super) fn join(lines: Vec<Line>) -> Vec<Line> {
    let mut by_height: Vec<usize> = (0..lines.len()).collect();
    by_height.sort_by(|one, other| look(&lines[*one]).baseline.total_cmp(&look(&lines[*other]).baseline));
    let mut label_of: Vec<Option<usize>> = vec![None; lines.len()];
    let mut is_joined = vec![false; lines.len()];
    for (at, line) in lines.iter().enumerate() {
        let Some(label) = Label::of(&line.text) else { continue };
        if let Some(text) = paragraph_of(&lines, &by_height, at, label)
            && label_of[text].is_none()
        {
            label_of[text] = Some(at);
            is_joined[at] = true;
        }
    }
    if !is_joined.contains(&true) {
        return lines;
    }
    let placed = lines.iter().zip(label_of).zip(is_joined).filter(|(_, is_joined)| !is_joined);
    let line = |((line, label), _): ((&Line, Option<usize>), bool)| match label {
        Some(label) => labelled(&lines[label], line),
        None => line.clone(),
    };
    placed.map(line).collect()
}

/// The index of the line that stands beside a label, right of it: for a bullet the nearest, for a number the only one,
/// since there are more in a table. `by_height` is the order of the lines from the top.
fn paragraph_of(lines: &[Line], by_height: &[usize], label: usize, kind: Label) -> Option<usize> {
    let place = look(&lines[label]);
    let least = |at: &usize| look(&lines[*at]).baseline < place.baseline - 2.0 * place.size;
    let first = by_height.partition_point(least);
    let near = by_height[first..].iter().copied();
    let near = near.take_while(|at| look(&lines[*at]).baseline < place.baseline + 2.0 * place.size);
    let mut beside: Vec<usize> = near
        .filter(|&at| {
            let other = look(&lines[at]);
            let size = place.size.max(other.size);
            at != label && (other.baseline - place.baseline).abs() < LEVEL * size
        })
        .collect();
    beside.sort_by(|one, other| look(&lines[*one]).left.total_cmp(&look(&lines[*other]).left));
    let right = beside.iter().position(|&at| look(&lines[at]).left >= place.right)?;
    let text = beside[right];
    let is_near = look(&lines[text]).left - place.right < NEAR * place.size.max(1.0);
    let opens = |letter: char| letter.is_alphabetic() || matches!(letter, '‘' | '“' | '"' | '\'' | '(' | '[');
    let is_text = lines[text].text.starts_with(opens);
    let alone = beside.len() == 1;
    match kind {
        Label::Bullet => is_near && Label::of(&lines[text].text).is_none(),
        Label::Number => is_text && alone,
        Label::Digits => is_text && alone && is_near && look(&lines[text]).size < 1.3 * place.size,
    }
    .then_some(text)
}

/// The line of a paragraph behind its label.
fn labelled(label: &Line, line: &Line) -> Line {
    let mut joined = line.clone();
    // As a tab parts them where both are drawn together.
    let space = if Label::of(&label.text) == Some(Label::Digits) { '\t' } else { ' ' };
    joined.text = format!("{}{space}{}", label.text.trim(), line.text);
    let shift = joined.text.len() - line.text.len();
    joined.raised = line.raised.iter().map(|range| range.start + shift..range.end + shift).collect();
    joined.look = line.look.map(|mut look| {
        look.left = self::look(label).left;
        look
    });
    joined
}

/// What can hang in the margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Bullet,
    /// A number of several levels (`1.8.4`, `10.12.`), or a number or letters in brackets (`(viii)`).
    Number,
    /// A number of one level (`12`, `12.`).
    Digits,
}

impl Label {
    fn of(text: &str) -> Option<Self> {
        let text = text.trim();
        let mut letters = text.chars();
        if letters.next().is_some_and(|letter| is_bullet(letter) || is_dash(letter))
            && letters.next().is_none()
        {
            return Some(Self::Bullet);
        }
        let bracketed = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
        let short = |inner: &str| inner.len() <= 5 && inner.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let number = text.strip_suffix('.').unwrap_or(text);
        match levels(text.trim_end_matches('.')) {
            _ if bracketed.is_some_and(short) => Some(Self::Number),
            0 => None,
            1 => (number.len() <= 3).then_some(Self::Digits),
            _ => Some(Self::Number),
        }
    }
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
