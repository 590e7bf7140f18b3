//! Metadata that a file declares outside its text: front matter of Markdown, the head of a web page.

use quotable_read::Document;

use crate::date::Date;
use crate::printed_date;

/// The keys of standard metadata, as rules and articles ask for them.
const STANDARD: [&str; 24] = [
    "title",
    "authority",
    "local_authority",
    "provider",
    "urn",
    "id",
    "inspected",
    "inspection_dates",
    "inspection_date",
    "published",
    "publication_date",
    "date",
    "lead_inspector",
    "reporting_inspector",
    "framework",
    "profile",
    "kind",
    "type",
    "author",
    "byline",
    "description",
    "language",
    "lang",
    "subject",
];

/// The declared properties of a document, if they are [trusted](Document::trusted). Those of PDF and Word are not: too
/// often they are left over from the template that the report was written on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Declared<'d> {
    properties: &'d [(String, String)],
}

impl<'d> Declared<'d> {
    pub(crate) fn of(document: &'d Document) -> Self {
        Self { properties: if document.trusted { &document.properties } else { &[] } }
    }

    /// The value of the first of `names` that is declared. `lead_inspector` also matches the keys `lead inspector` and
    /// `lead-inspector`.
    pub(crate) fn get(&self, names: &[&str]) -> Option<&'d str> {
        let same = |key: &str, name: &str| key.replace([' ', '-'], "_") == name;
        let find = |name: &&str| self.properties.iter().find(|(key, _)| same(key, name));
        names.iter().find_map(find).map(|(_, value)| value.as_str())
    }

    /// The properties that are no standard metadata, of a file whose front matter its author wrote by hand.
    pub(crate) fn others(&self) -> impl Iterator<Item = (&'d str, &'d str)> {
        let standard = |key: &str| STANDARD.contains(&key.replace([' ', '-'], "_").as_str());
        let all = self.properties.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        all.filter(move |(key, _)| !standard(key))
    }

    /// The date of publication.
    pub(crate) fn published(&self) -> Option<Date> {
        let value = self.get(&["published", "publication_date", "date"])?;
        // `2024-06-03T10:00:00Z`, or a date in words.
        value.get(..10).and_then(|day| day.parse().ok()).or_else(|| printed_date::earliest_date(value))
    }
}
