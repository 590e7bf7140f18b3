//! Citations for reference managers: CSL-JSON, the input form of the Citation Style Language 1.0.2.
//!
//! An [`Item`] is the report, a [`Cite`] the place in it. The author is the inspectorate that the profile of the series
//! names; of a report without a profile, no author is guessed.

use quotable_index::Id;
use quotable_query::analyse::words;
use quotable_report::{Citation, Date};
use serde::{Deserialize, Serialize};

/// A report as an item of a bibliography. Serialises as CSL-JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Item {
    /// The [`Id`] of the report.
    pub id: String,
    /// `report` where an authority or a framework is known, else `document`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The title as printed, with the authority behind a colon if the title does not name it; else the authority, else the
    /// name of the file.
    pub title: String,
    /// The inspectorate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Author>,
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
    /// The inspectorate, which publishes its reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// The authority or provider inspected.
    #[serde(default, rename = "event-place", skip_serializing_if = "Option::is_none")]
    pub event_place: Option<String>,
    /// The address of the report, where it is known.
    #[serde(default, rename = "URL", skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The places that an answer cites, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A name that is not taken apart: that of an institution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Author {
    /// The whole name.
    pub literal: String,
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

impl Issued {
    /// The first day: year, month, day.
    pub fn first(&self) -> Option<[u16; 3]> {
        self.date_parts.first().copied()
    }
}

impl Item {
    /// The report that is cited.
    pub fn of(citation: &Citation) -> Self {
        let file = citation.path.rsplit('/').next().unwrap_or(&citation.path);
        let authority = citation.authority.as_deref();
        let title = match (citation.title.as_deref(), authority) {
            (Some(title), Some(authority)) if !names(title, authority) => format!("{title}: {authority}"),
            (Some(title), _) => title.to_owned(),
            (None, authority) => authority.unwrap_or(file).to_owned(),
        };
        let inspectorate = citation.inspectorate.as_deref();
        let known = citation.authority.is_some() || citation.framework.is_some();
        let event_date = citation.inspected.map(|period| {
            let last = (period.end != period.start).then_some(period.end);
            Issued { date_parts: std::iter::once(period.start).chain(last).map(parts).collect() }
        });
        Self {
            id: Id::of_report(&citation.path).to_string(),
            kind: if known { "report" } else { "document" }.to_owned(),
            title,
            author: inspectorate.map(|name| Author { literal: name.to_owned() }).into_iter().collect(),
            issued: citation.published.map(|day| Issued { date_parts: vec![parts(day)] }),
            event_date,
            number: citation.urn.clone(),
            genre: citation.series.clone(),
            publisher: inspectorate.map(str::to_owned),
            event_place: citation.authority.clone(),
            url: citation.url.clone(),
            note: None,
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

/// True if a title names an authority: has its words next to each other, but for case and signs.
fn names(title: &str, authority: &str) -> bool {
    let words = |text: &str| words(text).map(|word| word.text).collect::<Vec<_>>();
    let (title, authority) = (words(title), words(authority));
    authority.is_empty() || title.windows(authority.len()).any(|part| part == authority)
}

fn parts(day: Date) -> [u16; 3] {
    [day.year(), day.month().into(), day.day().into()]
}
