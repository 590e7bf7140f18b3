//! Citations for reference managers: CSL-JSON, the input form of the Citation Style Language 1.0.2.
//!
//! An [`Item`] is the report, a [`Cite`] the place in it. Nothing is said that the report itself does not say: no
//! author and no publisher are guessed.

use quotable_report::{Citation, Date};
use serde::{Deserialize, Serialize};

use quotable_index::Id;

/// A report as an item of a bibliography. Serialises as CSL-JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Item {
    /// The [`Id`] of the report.
    pub id: String,
    /// `report` where an authority or a framework is known, else `document`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The title as printed; else the authority, else the name of the file.
    pub title: String,
    /// The day of publication.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued: Option<Issued>,
    /// The days of the inspection.
    #[serde(rename = "event-date", skip_serializing_if = "Option::is_none")]
    pub event_date: Option<Issued>,
    /// The inspectorate's reference number of the authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// The kind of inspection, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub genre: Option<String>,
}

/// A day, or the first and last of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Issued {
    /// Year, month, day of each.
    #[serde(rename = "date-parts")]
    pub date_parts: Vec<[u16; 3]>,
}

/// A place in a report, to stand in a text. Serialises as a cite item of CSL-JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cite {
    /// The id of the [`Item`].
    pub id: String,
    /// The printed number of the paragraph, else the page or pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// `paragraph` or `page`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

impl Item {
    /// The report that is cited.
    pub fn of(citation: &Citation) -> Self {
        let file = citation.path.rsplit('/').next().unwrap_or(&citation.path);
        let title = citation.title.as_deref().or(citation.authority.as_deref()).unwrap_or(file);
        let known = citation.authority.is_some() || citation.framework.is_some();
        let event_date = citation.inspected.map(|period| {
            let last = (period.end != period.start).then_some(period.end);
            Issued { date_parts: std::iter::once(period.start).chain(last).map(parts).collect() }
        });
        Self {
            id: Id::of_report(&citation.path).to_string(),
            kind: if known { "report" } else { "document" }.to_owned(),
            title: title.to_owned(),
            issued: citation.published.map(|day| Issued { date_parts: vec![parts(day)] }),
            event_date,
            number: citation.urn.clone(),
            genre: citation.series.clone(),
        }
    }
}

impl Cite {
    /// The place that is cited.
    pub fn of(citation: &Citation) -> Self {
        let pages = citation.page.map(|page| match citation.page_end {
            Some(end) if end != page => format!("{page}-{end}"),
            _ => page.to_string(),
        });
        let (locator, label) = match &citation.paragraph {
            Some(number) => (Some(number.clone()), Some("paragraph")),
            None => (pages.clone(), pages.map(|_| "page")),
        };
        Self { id: Id::of_report(&citation.path).to_string(), locator, label: label.map(str::to_owned) }
    }
}

fn parts(day: Date) -> [u16; 3] {
    [day.year(), day.month().into(), day.day().into()]
}
