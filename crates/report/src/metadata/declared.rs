//! Metadata that a file declares outside its text: front matter of Markdown, the head of a web page.

use quotable_read::Document;

use crate::date::{Date, Period};
use crate::framework::Framework;
use crate::metadata::printed_date;

/// The declared properties of a document. Those of PDF and Word are ignored: too often they are left over from the
/// template that the report was written on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared<'d> {
    properties: &'d [(String, String)],
}

impl<'d> Declared<'d> {
    pub(crate) fn of(document: &'d Document) -> Self {
        let reliable = matches!(document.format.as_str(), "markdown" | "html");
        Self { properties: if reliable { &document.properties } else { &[] } }
    }

    /// The value of the first of `names` that is declared. `lead_inspector` also matches the keys `lead inspector` and
    /// `lead-inspector`.
    pub(crate) fn get(&self, names: &[&str]) -> Option<&'d str> {
        let same = |key: &str, name: &str| key.replace([' ', '-'], "_") == name;
        let find = |name: &&str| self.properties.iter().find(|(key, _)| same(key, name));
        names.iter().find_map(find).map(|(_, value)| value.as_str())
    }

    pub(crate) fn framework(&self) -> Option<Framework> {
        let value = self.get(&["framework"]).or_else(|| self.get(&["title"]))?;
        let name = value.trim().to_lowercase().replace(['_', ' '], "-");
        let by_name = Framework::ALL.into_iter().find(|framework| framework.as_str() == name);
        by_name.or_else(|| Framework::from_title(value))
    }

    pub(crate) fn published(&self) -> Option<Date> {
        let value = self.get(&["published", "publication_date", "date"])?;
        // `2024-06-03T10:00:00Z`, or a date in words.
        value.get(..10).and_then(|day| day.parse().ok()).or_else(|| printed_date::earliest_date(value))
    }

    pub(crate) fn inspected(&self) -> Vec<Period> {
        let Some(value) = self.get(&["inspected", "inspection_dates", "inspection_date"]) else {
            return Vec::new();
        };
        let periods = iso_periods(value);
        if periods.is_empty() { printed_date::periods(value) } else { periods }
    }
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
