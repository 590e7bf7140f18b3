//! The labels of lists and headings (ODF 1.3 part 3, 5.3 and 16.30 to 16.36).

use std::collections::HashMap;

use crate::number_format::NumberFormat;

/// The levels of a list that have a style of their own.
const LEVELS: usize = 10;

/// The labels of one level.
#[derive(Debug, Clone, Default)]
pub(super) enum Level {
    #[default]
    None,
    Bullet,
    Number {
        format: NumberFormat,
        prefix: String,
        suffix: String,
        start: i64,
        /// The number of levels of which the label shows the numbers: 2 for `3.1`.
        shown: usize,
    },
}

/// The labels of the levels of a list, as far as it sets them.
#[derive(Debug, Clone, Default)]
pub(super) struct ListStyle(Vec<Level>);

impl ListStyle {
    /// Sets a level, one-based. One that no list has is left out.
    pub(super) fn set(&mut self, number: usize, level: Level) {
        let Some(index) = number.checked_sub(1).filter(|index| *index < LEVELS) else { return };
        self.0.resize(self.0.len().max(index + 1), Level::None);
        self.0[index] = level;
    }

    fn start(&self, level: usize) -> i64 {
        match self.0.get(level) {
            Some(Level::Number { start, .. }) => *start,
            _ => 1,
        }
    }

    /// The label of an item on a level, zero-based, by the numbers of this level and those above it.
    fn label(&self, level: usize, numbers: &[i64; LEVELS]) -> Option<String> {
        let Some(Level::Number { prefix, suffix, shown, .. }) = self.0.get(level) else {
            return matches!(self.0.get(level), Some(Level::Bullet)).then(|| "•".to_owned());
        };
        let first = (level + 1).saturating_sub(*shown);
        // A level above without numbers is not in the label.
        let number = |at: usize| match &self.0[at] {
            Level::Number { format, .. } => Some(format.format(numbers[at])),
            _ => None,
        };
        let numbers: Vec<String> = (first..=level).filter_map(number).collect();
        let label = format!("{prefix}{}{suffix}", numbers.join("."));
        Some(label.trim().to_owned()).filter(|label| !label.is_empty())
    }
}

/// An open list.
#[derive(Debug)]
struct OpenList {
    style: Option<String>,
}

/// Counts the items of lists.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Open lists, outermost first.
    open: Vec<OpenList>,
    /// The last numbers by list style: a later list may go on from them. The empty name is that of headings.
    numbers: HashMap<String, [i64; LEVELS]>,
}

impl Lists {
    /// The number of open lists.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Begins a list. A list in another takes the other's style unless it names its own.
    pub(super) fn begin(&mut self, style: Option<&str>, goes_on: bool, styles: &HashMap<String, ListStyle>) {
        // A style that is not there counts as none, so that a file of names takes no memory.
        let style = style.filter(|style| styles.contains_key(*style)).map(str::to_owned);
        let style = style.or_else(|| self.open.last().and_then(|list| list.style.clone()));
        let level = self.open.len().min(LEVELS - 1);
        let known = style.as_deref().and_then(|style| styles.get(style));
        let start = known.map_or(1, |known| known.start(level));
        let numbers = self.numbers.entry(style.clone().unwrap_or_default()).or_insert([0; LEVELS]);
        if !goes_on || numbers[level] == 0 {
            numbers[level] = start.saturating_sub(1);
        }
        self.open.push(OpenList { style });
    }

    pub(super) fn end(&mut self) {
        self.open.pop();
    }

    /// The label of the next item of the innermost list. `value` is its own number; `by_paragraph` the list style of its
    /// paragraph, for a list that has none.
    pub(super) fn next(
        &mut self,
        value: Option<i64>,
        by_paragraph: Option<&str>,
        styles: &HashMap<String, ListStyle>,
    ) -> Option<String> {
        let level = self.open.len().checked_sub(1)?.min(LEVELS - 1);
        let style = self.open.last()?.style.clone();
        let numbers = self.numbers.entry(style.clone().unwrap_or_default()).or_insert([0; LEVELS]);
        numbers[level] = value.unwrap_or_else(|| numbers[level].saturating_add(1));
        let known = style.as_deref().or(by_paragraph).and_then(|style| styles.get(style));
        known.map_or_else(|| Some("•".to_owned()), |known| known.label(level, numbers))
    }

    /// The label of the next heading of a level, one-based.
    pub(super) fn heading(&mut self, level: u8, outline: &ListStyle) -> Option<String> {
        let level = usize::from(level).checked_sub(1)?.min(LEVELS - 1);
        let numbers = self.numbers.entry("\0headings".to_owned()).or_insert([0; LEVELS]);
        if numbers[level] == 0 {
            numbers[level] = outline.start(level).saturating_sub(1);
        }
        numbers[level] = numbers[level].saturating_add(1);
        numbers[level + 1..].fill(0);
        outline.label(level, numbers)
    }
}
