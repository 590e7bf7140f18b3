//! Applies the rules of a profile: finds the values of a fact.

use quotable_profile::{Pattern, Place, Rule};

use crate::element::{Element, ElementKind};
use crate::metadata::declared::Declared;
use crate::metadata::lines::PrintedLine;
use crate::metadata::title::TITLE_PAGE;

/// Pages from the front that rules look at, unless they look anywhere.
const FIRST_PAGES: u32 = 2;
/// Bytes; longer text holds no label in its middle.
const LONGEST_JOINED_LINES: usize = 400;
/// Bytes; longer text is no line.
const LONGEST_LINE: usize = 2_000;

/// All that rules look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printed<'a> {
    pub(crate) elements: &'a [Element],
    pub(crate) lines: &'a [PrintedLine<'a>],
    pub(crate) title: Option<&'a str>,
    pub(crate) declared: Declared<'a>,
    pub(crate) path: &'a str,
}

impl<'a> Printed<'a> {
    /// The values that a rule finds, the likeliest first: those in joined text before those in single lines, since a
    /// value may run over a line end.
    pub(super) fn values(&self, rule: &'a Rule) -> Vec<&'a str> {
        let elements =
            if rule.anywhere { self.elements } else { &self.elements[..self.elements.len().min(TITLE_PAGE)] };
        let joined = || elements.iter().map(Element::text).filter(|text| text.len() <= LONGEST_LINE);
        let joined: Vec<&'a str> = joined().take(rule.first.unwrap_or(usize::MAX)).collect();
        let lines =
            self.lines.iter().filter(|line| rule.anywhere || line.page <= FIRST_PAGES).map(|line| line.text);
        let lines: Vec<&'a str> = lines.take(rule.first.unwrap_or(usize::MAX)).collect();
        let mut values: Vec<&'a str> = match &rule.place {
            Place::Line(pattern) => {
                let value = |line: &&'a str| in_line(pattern, line);
                let lines = lines.iter().filter(|_| rule.first.is_none());
                joined.iter().chain(lines).filter_map(value).collect()
            }
            Place::Label(labels) => {
                let mut values = labelled(&joined, labels);
                values.extend(labelled_inside(&joined, labels));
                values.extend(labelled(&lines, labels));
                values
            }
            Place::Title(pattern) => self.title.and_then(|title| pattern.value(title)).into_iter().collect(),
            Place::AboveTitle => self.above_title().into_iter().collect(),
            Place::FirstLine => joined.first().copied().into_iter().collect(),
            Place::FirstHeading => {
                let heading = |element: &&Element| matches!(element.kind, ElementKind::Heading(_));
                elements.iter().find(heading).map(Element::text).into_iter().collect()
            }
            Place::Before(pattern) => beside(&joined, pattern, |at| at.checked_sub(1))
                .chain(beside(&lines, pattern, |at| at.checked_sub(1)))
                .collect(),
            Place::After(pattern) => beside(&joined, pattern, |at| at.checked_add(1))
                .chain(beside(&lines, pattern, |at| at.checked_add(1)))
                .collect(),
            Place::Path(pattern) => pattern.value(self.path).into_iter().collect(),
            Place::FileName => vec![self.path],
            Place::Declared(names) => names.iter().filter_map(|name| self.declared.get(&[name])).collect(),
            _ => Vec::new(),
        };
        for value in &mut values {
            let end = rule.until.iter().filter_map(|text| value.find(text.as_str())).min();
            *value = value[..end.unwrap_or(value.len())].trim();
        }
        values.retain(|value| {
            let fits = rule.words.is_none_or(|most| value.split_whitespace().count() <= most);
            !value.is_empty() && fits && !rule.reject.iter().any(|pattern| pattern.is_in(value))
        });
        values
    }

    /// The lines below the first that ends with `text`.
    pub(super) fn lines_below(&self, text: &str) -> impl Iterator<Item = &'a str> {
        let at = self.lines.iter().position(|line| line.text.ends_with(text));
        let below = at.and_then(|at| self.lines.get(at + 1..)).unwrap_or_default();
        below.iter().map(|line| line.text)
    }

    /// The element above the title.
    fn above_title(&self) -> Option<&'a str> {
        let title = self.title?;
        let elements = &self.elements[..self.elements.len().min(TITLE_PAGE)];
        let at = elements.iter().position(|element| title.starts_with(element.text()))?;
        Some(elements.get(at.checked_sub(1)?)?.text())
    }
}

/// The value of a pattern in a line: its group `v`, else the line.
fn in_line<'t>(pattern: &Pattern, line: &'t str) -> Option<&'t str> {
    let value = pattern.value(line)?;
    Some(if pattern.has_group("v") { value } else { line })
}

/// The lines beside those that a pattern matches.
fn beside<'t>(
    lines: &[&'t str],
    pattern: &Pattern,
    place: impl Fn(usize) -> Option<usize>,
) -> impl Iterator<Item = &'t str> {
    let at: Vec<usize> = (0..lines.len()).filter(|&at| pattern.is_in(lines[at])).collect();
    let found: Vec<&'t str> = at.into_iter().filter_map(|at| lines.get(place(at)?).copied()).collect();
    found.into_iter()
}

/// The texts behind labels: on the same line, else the next line.
fn labelled<'t>(lines: &[&'t str], labels: &[Pattern]) -> Vec<&'t str> {
    let value = |(at, line): (usize, &&'t str)| {
        let rest = behind_label(line, labels)?;
        if rest.is_empty() { lines.get(at + 1).copied() } else { Some(rest) }
    };
    lines.iter().enumerate().filter_map(value).collect()
}

/// The texts behind labels in the middle of a text, where layout has joined lines. Only a colon tells a label from a word
/// there.
fn labelled_inside<'t>(lines: &[&'t str], labels: &[Pattern]) -> Vec<&'t str> {
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| line.len() < LONGEST_JOINED_LINES) {
        for (space, _) in line.match_indices(' ') {
            let text = &line[space + 1..];
            let Some((label, rest)) = text.split_once(':') else { break };
            if !rest.trim().is_empty() && behind_label(label.trim(), labels).is_some_and(str::is_empty) {
                found.push(rest.trim());
            }
        }
    }
    found
}

/// The rest of a line that opens with one of the labels, without the colon: of the longest label that fits, so the
/// shortest rest.
fn behind_label<'t>(line: &'t str, labels: &[Pattern]) -> Option<&'t str> {
    let rests = labels.iter().filter_map(|label| label.group(line, "rest"));
    // `Published information about …` is prose, and so is a word that goes on behind the label.
    let rest = rests.filter(|rest| !rest.starts_with(char::is_alphanumeric)).min_by_key(|rest| rest.len())?;
    Some(rest.trim_matches(|letter: char| matches!(letter, ':' | '|') || letter.is_whitespace()))
}
