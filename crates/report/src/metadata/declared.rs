//! What a file says of itself outside its text: front matter, the head of a web page.

use quotable_read::Document;

use crate::metadata::dates;
use crate::{Date, Framework, Period};

/// The properties of a document whose writers mean them. Those of PDF and Word are left from the template too often.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared<'d> {
    properties: &'d [(String, String)],
}

impl<'d> Declared<'d> {
    pub(crate) fn of(document: &'d Document) -> Self {
        let meant = matches!(document.format.as_str(), "markdown" | "html");
        Self { properties: if meant { &document.properties } else { &[] } }
    }

    /// The first of the named properties; `lead_inspector` finds `Lead inspector` and `lead-inspector` too.
    pub(crate) fn get(&self, names: &[&str]) -> Option<&'d str> {
        let same = |key: &str, name: &str| key.replace([' ', '-'], "_") == name;
        let find = |name: &&str| self.properties.iter().find(|(key, _)| same(key, name));
        names.iter().find_map(find).map(|(_, value)| value.as_str())
    }

    pub(crate) fn framework(&self) -> Option<Framework> {
        let value = self.get(&["framework"]).or_else(|| self.get(&["title"]))?;
        let name = value.trim().to_lowercase().replace(['_', ' '], "-");
        let all = [
            Framework::LookedAfter2013,
            Framework::Sif,
            Framework::SifReinspection,
            Framework::LscbReview,
            Framework::Ilacs,
        ];
        all.into_iter().find(|framework| framework.as_str() == name).or_else(|| Framework::from_title(value))
    }

    pub(crate) fn published(&self) -> Option<Date> {
        date(self.get(&["published", "publication_date", "date"])?)
    }

    pub(crate) fn inspected(&self) -> Vec<Period> {
        let value = self.get(&["inspected", "inspection_dates", "inspection_date"]).unwrap_or_default();
        let mut periods = days(value);
        if periods.is_empty() {
            periods = dates::periods(value);
        }
        periods
    }
}

/// `2024-06-03T10:00:00Z`, or a date as people write it.
fn date(value: &str) -> Option<Date> {
    value.get(..10).and_then(|day| day.parse().ok()).or_else(|| dates::first_date(value))
}

/// `2024-06-03 to 2024-06-14`, `2024-06-03/2024-06-14`: days in pairs.
fn days(value: &str) -> Vec<Period> {
    let words = value.split(|letter: char| !(letter.is_ascii_digit() || letter == '-'));
    let days: Vec<Date> = words.filter_map(|word| word.parse().ok()).collect();
    let period = |pair: &[Date]| {
        let (first, last) = (*pair.first()?, *pair.last()?);
        Some(Period { start: first.min(last), end: first.max(last) })
    };
    days.chunks(2).filter_map(period).collect()
}
