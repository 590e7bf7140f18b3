//! Facts of one type from lists of rules.

use quotable_profile::{DateOrder, Place, Rule};

use crate::date::{Date, Period};
use crate::metadata::printed_date::{date_in_file_name, periods_in};
use crate::metadata::rule::Printed;

impl Printed<'_> {
    /// The first value that any of the rules finds, with white space collapsed.
    pub(super) fn text(&self, rules: Option<&Vec<Rule>>) -> Option<String> {
        let value = rules?.iter().find_map(|rule| self.values(rule).into_iter().next())?;
        Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The first date that any of the rules finds. Of a text that prints several, the earliest.
    pub(super) fn date(&self, rules: Option<&Vec<Rule>>) -> Option<Date> {
        rules?.iter().find_map(|rule| match rule.place {
            Place::FileName => date_in_file_name(self.path),
            _ => self.values(rule).into_iter().find_map(|text| {
                declared_day(text).or_else(|| Some(periods_in(text, rule.date_order).first()?.start))
            }),
        })
    }

    /// The first periods that any of the rules finds.
    pub(super) fn periods(&self, rules: Option<&Vec<Rule>>) -> Vec<Period> {
        let found = rules.into_iter().flatten().find_map(|rule| match rule.place {
            Place::FileName => date_in_file_name(self.path).map(|day| vec![Period { start: day, end: day }]),
            _ => self
                .values(rule)
                .into_iter()
                .map(|text| read_periods(text, rule.date_order, matches!(rule.place, Place::Declared(_))))
                .find(|periods| !periods.is_empty()),
        });
        found.unwrap_or_default()
    }
}

/// The day of a time stamp: `2024-06-03T10:00:00Z`.
fn declared_day(text: &str) -> Option<Date> {
    text.get(..10).and_then(|day| day.parse().ok())
}

fn read_periods(text: &str, order: DateOrder, declared: bool) -> Vec<Period> {
    let iso = if declared { iso_periods(text) } else { Vec::new() };
    if iso.is_empty() { periods_in(text, order) } else { iso }
}

/// The periods of a text that pairs ISO dates: `2024-06-03 to 2024-06-14`, `2024-06-03/2024-06-14`.
fn iso_periods(value: &str) -> Vec<Period> {
    let words = value.split(|letter: char| !(letter.is_ascii_digit() || letter == '-'));
    let days: Vec<Date> = words.filter_map(|word| word.parse().ok()).collect();
    // A last date without a partner is a period of one day.
    let period = |pair: &[Date]| {
        let (first, last) = (*pair.first()?, *pair.last()?);
        Some(Period { start: first.min(last), end: first.max(last) })
    };
    days.chunks(2).filter_map(period).collect()
}
