//! Facts of one type from lists of rules.

use quotable_profile::{DateOrder, Place, Rule};

use crate::date::{Date, Period};
use crate::metadata::rule::Printed;
use crate::printed_date::{date_in_file_name, lone_day, periods_in};

/// The most values of a fact that has many.
const MOST_VALUES: usize = 20;
/// Days from one day of an inspection to the next.
const LONGEST_PAUSE: i32 = 31;

impl Printed<'_> {
    /// The value that one rule finds, with white space collapsed.
    fn text_by(&self, rule: &Rule) -> Option<String> {
        let mut values: Vec<String> = Vec::new();
        for value in self.values(rule) {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            if !values.contains(&value) {
                values.push(value);
            }
            if !rule.many || values.len() == MOST_VALUES {
                break;
            }
        }
        (!values.is_empty()).then(|| values.join("; "))
    }

    fn date_by(&self, rule: &Rule) -> Option<Date> {
        if rule.place == Place::FileName {
            return date_in_file_name(self.path);
        }
        self.values(rule).into_iter().find_map(|text| {
            declared_day(text).or_else(|| Some(periods_in(text, rule.date_order).first()?.start))
        })
    }

    fn periods_by(&self, rule: &Rule) -> Option<Vec<Period>> {
        if rule.place == Place::FileName {
            return date_in_file_name(self.path).map(|day| vec![Period { start: day, end: day }]);
        }
        let declared = matches!(rule.place, Place::Declared(_));
        let read = |text| Some((text, read_periods(text, rule.date_order, declared)));
        let (text, mut periods) =
            self.values(rule).into_iter().filter_map(read).find(|(_, periods)| !periods.is_empty())?;
        if let (Place::Label(_), [Period { start, end }]) = (&rule.place, periods.as_slice())
            && start == end
        {
            periods.extend(self.days_below(text, *end, rule.date_order));
        }
        Some(periods)
    }

    /// The days in the lines below `text`, each a date and no more: the other days of an inspection whose first day is
    /// `last`. A line that is not soon after the day above it is another date: that of publication.
    fn days_below(&self, text: &str, mut last: Date, order: DateOrder) -> Vec<Period> {
        let mut days = Vec::new();
        for day in self.lines_below(text).map_while(|line| lone_day(line, order)).take(MOST_VALUES) {
            if !last.days_until(day).is_some_and(|days| (1..=LONGEST_PAUSE).contains(&days)) {
                break;
            }
            days.push(Period { start: day, end: day });
            last = day;
        }
        days
    }

    /// The first value that any of the rules finds.
    pub(super) fn text(&self, rules: Option<&Vec<Rule>>) -> Option<String> {
        rules?.iter().find_map(|rule| self.text_by(rule))
    }

    /// The first date that any of the rules finds. Of a text that prints several, the earliest.
    pub(super) fn date(&self, rules: Option<&Vec<Rule>>) -> Option<Date> {
        rules?.iter().find_map(|rule| self.date_by(rule))
    }

    /// The first periods that any of the rules finds.
    pub(super) fn periods(&self, rules: Option<&Vec<Rule>>) -> Vec<Period> {
        rules.into_iter().flatten().find_map(|rule| self.periods_by(rule)).unwrap_or_default()
    }
}

/// The value that one rule finds for a fact, in words.
pub(crate) fn read_value(printed: &Printed<'_>, rule: &Rule, kind: FactKind) -> Option<String> {
    match kind {
        FactKind::Text => printed.text_by(rule),
        FactKind::Date => printed.date_by(rule).map(|day| day.to_string()),
        FactKind::Periods => printed.periods_by(rule).map(|periods| {
            let shown = periods.iter().map(|period| format!("{} to {}", period.start, period.end));
            shown.collect::<Vec<_>>().join(", ")
        }),
    }
}

/// The type of the values of a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactKind {
    Text,
    Date,
    Periods,
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
