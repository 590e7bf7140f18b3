//! What the lines around a line of plain text say about it.

use std::collections::HashMap;

/// The part that a line plays, as far as it can be told without its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineRole {
    /// Nothing is known.
    Text,
    /// It opens a paragraph with a number that has no dot or bracket behind it.
    Item,
    /// It opens another paragraph: with a number, or with a label of a form below another.
    Opens,
    /// It continues the line above: the value behind a label in a form.
    Continued,
}

/// Numbers that rise by one, at least, before they are taken for those of paragraphs.
const FEWEST_NUMBERS: usize = 3;

/// The longest label of a form, in characters and in words.
const LONGEST_LABEL: usize = 48;
const MOST_LABEL_WORDS: usize = 7;

/// The longest line, in characters, that continues a value.
const LONGEST_VALUE: usize = 60;

/// The roles of the lines of a page.
pub(super) fn line_roles(lines: &[&str]) -> Vec<LineRole> {
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).collect();
    let mut roles = vec![LineRole::Text; lines.len()];
    for (at, has_sign) in numbered(&lines) {
        roles[at] = if has_sign { LineRole::Opens } else { LineRole::Item };
    }
    for at in 1..lines.len() {
        if roles[at] != LineRole::Text || lines[at].is_empty() {
            continue;
        }
        let above = form_label(lines[at - 1]);
        if form_label(lines[at]).is_some() {
            if above.is_some() || roles[at - 1] == LineRole::Continued {
                roles[at] = LineRole::Opens;
            }
            continue;
        }
        let short = lines[at].chars().count() <= LONGEST_VALUE && !lines[at].ends_with(['.', ':']);
        let words = lines[at].chars().any(char::is_alphabetic);
        let between = above.is_some_and(|value| !value.is_empty())
            && lines.get(at + 1).is_some_and(|below| form_label(below).is_some());
        if short && words && between {
            roles[at] = LineRole::Continued;
        }
    }
    roles
}

/// The value behind the label that a line of a form opens with: `Name of Home: The Mill`.
fn form_label(line: &str) -> Option<&str> {
    let (label, value) = line.split_once(':')?;
    let is_label = label.starts_with(char::is_uppercase)
        && label.chars().count() <= LONGEST_LABEL
        && label.split_whitespace().count() <= MOST_LABEL_WORDS
        && !label.contains(['.', ';', ',', '“', '"']);
    (is_label && (value.is_empty() || value.starts_with(char::is_whitespace))).then(|| value.trim())
}

/// The lines that open with numbers which rise by one from line to line, and whether there is a sign behind the number.
fn numbered(lines: &[&str]) -> Vec<(usize, bool)> {
    // The lines of each run of numbers, by its last number: all parts but the last, and the last.
    let mut runs: HashMap<(String, u32), Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        let Some((front, last)) = number(line) else { continue };
        let before = last.checked_sub(1).and_then(|before| runs.remove(&(front.clone(), before)));
        let mut run = before.unwrap_or_default();
        run.push(at);
        runs.insert((front, last), run);
    }
    let enough = runs.into_iter().filter(|(_, run)| run.len() >= FEWEST_NUMBERS);
    enough.flat_map(|((front, _), run)| run.into_iter().map(move |at| (at, !front.ends_with('|')))).collect()
}

/// The number that a line opens with, in front of a capital: all of it but the last part, with what follows it, and the
/// last part.
fn number(line: &str) -> Option<(String, u32)> {
    let length = line.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(line.len());
    let (printed, rest) = line.split_at(length);
    let number = printed.trim_end_matches('.');
    let sign = &line[number.len()..length + usize::from(rest.starts_with([')', ':']))];
    let text = line[number.len() + sign.len()..].trim_start();
    let spaced = !sign.is_empty() || rest.starts_with(char::is_whitespace);
    let opens = text
        .starts_with(|letter: char| letter.is_uppercase() || matches!(letter, '‘' | '“' | '"' | '\'' | '['));
    let (front, last) = number.rsplit_once('.').map_or(("", number), |(front, last)| (front, last));
    let plausible = (1..=3).contains(&last.len()) && number.len() <= 12 && !number.starts_with('.');
    if !plausible || !spaced || !opens || front.split('.').any(|part| part.len() > 3) {
        return None;
    }
    Some((format!("{front}|{sign}"), last.parse().ok()?))
}
