//! Letters far larger than the text around them: initials that reach over several lines, and watermarks behind text.

use std::collections::HashSet;

use super::line::look;
use crate::block::Line;

/// An initial is at least this many times as large as the text beside it.
const LARGER: f32 = 1.8;

/// The text begins no further right of its initial than this many of its type sizes.
const NEAR: f32 = 1.5;

/// A watermark is at least this many times as large as the text that it lies behind.
const WATERMARK: f32 = 2.0;

/// Puts an initial that was drawn apart, a drop cap, before the first line of text beside it.
pub(super) fn join(mut lines: Vec<Line>) -> Vec<Line> {
    let is_initial = |line: &Line| {
        let mut letters = line.text.trim_start_matches(['“', '‘', '"', '\'']).chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    };
    let initials: Vec<usize> = (0..lines.len()).filter(|&at| is_initial(&lines[at])).collect();
    let mut joined: Vec<usize> = Vec::new();
    for at in initials {
        let cap = look(&lines[at]);
        let beside = |line: &Line| {
            let own = look(line);
            let raised = cap.baseline - own.baseline;
            let text = line.text.trim_start().starts_with(char::is_alphabetic);
            let gap = own.left - cap.right;
            text && cap.size >= LARGER * own.size
                && (-0.3 * own.size..=NEAR * own.size).contains(&gap)
                && (-0.1 * cap.size..0.9 * cap.size).contains(&raised)
        };
        let candidates = (0..lines.len()).filter(|&other| other != at && beside(&lines[other]));
        let height = |at: &usize| look(&lines[*at]).baseline;
        let Some(first) = candidates.min_by(|one, other| height(one).total_cmp(&height(other))) else {
            continue;
        };
        let space = if is_word_of_its_own(&lines[at].text, &lines[first].text, &lines) { " " } else { "" };
        let text = format!("{}{space}{}", lines[at].text.trim(), lines[first].text.trim_start());
        let shift = text.len() as isize - lines[first].text.len() as isize;
        let line = &mut lines[first];
        line.text = text;
        for range in &mut line.raised {
            *range = range.start.saturating_add_signed(shift)..range.end.saturating_add_signed(shift);
        }
        joined.push(at);
    }
    if joined.is_empty() {
        return lines;
    }
    lines.into_iter().enumerate().filter(|(at, _)| !joined.contains(at)).map(|(_, line)| line).collect()
}

/// True if an initial is a word, `A` or `I`, and the letters behind it are another, by the words of the page.
fn is_word_of_its_own(initial: &str, behind: &str, lines: &[Line]) -> bool {
    let initial = initial.trim_matches(|letter: char| !letter.is_alphabetic());
    let Some(first) = behind.split_whitespace().next() else { return false };
    let trimmed = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    let words: HashSet<String> =
        lines.iter().flat_map(|line| line.text.split_whitespace().skip(1)).map(trimmed).collect();
    let whole = format!("{initial}{}", trimmed(first)).to_lowercase();
    matches!(initial, "A" | "I") && words.contains(&trimmed(first)) && !words.contains(&whole)
}

/// Parts the lines of a page from large ones that lie behind them.
pub(super) fn without_watermarks(lines: Vec<Line>) -> (Vec<Line>, Vec<Line>) {
    let behind = |mark: &Line| {
        let own = look(mark);
        let over = |line: &&Line| {
            let other = look(line);
            let raised = own.baseline - other.baseline;
            own.size >= WATERMARK * other.size
                && (0.0..0.75 * own.size).contains(&raised)
                && other.left < own.right - other.size
                && other.right > own.left + other.size
        };
        lines.iter().filter(over).count() >= 2
    };
    let largest = lines.iter().map(|line| look(line).size).fold(0.0, f32::max);
    let least = lines.iter().map(|line| look(line).size).fold(f32::INFINITY, f32::min);
    if largest < WATERMARK * least {
        return (lines, Vec::new());
    }
    let is_mark: Vec<bool> = lines.iter().map(behind).collect();
    let (marks, text): (Vec<_>, Vec<_>) = lines.into_iter().zip(is_mark).partition(|(_, is_mark)| *is_mark);
    let lines = |parts: Vec<(Line, bool)>| parts.into_iter().map(|(line, _)| line).collect();
    (lines(text), lines(marks))
}
