//! Facets: the properties by which paragraphs are counted and grouped.

mod column;

use std::fmt;
use std::str::FromStr;

use quotable_report::FieldName;
use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind};

pub(crate) use self::column::Column;

/// A property of paragraphs or of their reports. A paragraph has one value or none; those without a value get a row of their
/// own, so that the rows of a table add up.
///
/// ```
/// use quotable_index::Facet;
///
/// assert_eq!("year".parse::<Facet>()?, Facet::Year);
/// // An area of judgement or a field of the corpus.
/// assert_eq!("care_leavers".parse::<Facet>()?.name(), "care-leavers");
/// # Ok::<(), quotable_index::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
#[non_exhaustive]
pub enum Facet {
    /// The year of publication, or of the end of the inspection where no day of publication is known:
    /// [`Report::day`](quotable_report::Report::day).
    Year,
    /// The month of the same day: `2018-06`.
    Month,
    /// The last day of the inspection: `2018-06-19`.
    Inspected,
    /// The year of the last day of the inspection.
    InspectedYear,
    /// The authority, by its stable key.
    Authority,
    /// The region of the authority.
    Region,
    /// The framework, by its stable name.
    Framework,
    /// The theme of the section, by its stable name.
    Theme,
    /// The innermost heading above the paragraph, as printed.
    Section,
    /// The grade of the section of the paragraph.
    Grade,
    /// The kind of document.
    Kind,
    /// The report, by its path.
    Report,
    /// The grade that the report gives to an area (the first, if it gives several), or a field of reports or paragraphs.
    /// Which of them there are, the corpus tells: counting by a name that no report has is an error.
    Named(FieldName),
}

impl Facet {
    /// Every facet that any corpus has, in the order of the variants.
    pub const ALL: [Self; 12] = [
        Self::Year,
        Self::Month,
        Self::Inspected,
        Self::InspectedYear,
        Self::Authority,
        Self::Region,
        Self::Framework,
        Self::Theme,
        Self::Section,
        Self::Grade,
        Self::Kind,
        Self::Report,
    ];

    /// True if the value is a day or a part of one, so that rows come in the order of time.
    pub fn is_of_time(&self) -> bool {
        matches!(self, Self::Year | Self::Month | Self::Inspected | Self::InspectedYear)
    }

    /// True if the value goes by [`Report::day`](quotable_report::Report::day).
    pub fn is_dated(&self) -> bool {
        matches!(self, Self::Year | Self::Month)
    }

    /// The name, the same as that of the filter field if there is one: `year`, `authority`, `grade`, `overall`, `in-care`.
    pub fn name(&self) -> &str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Inspected => "inspected",
            Self::InspectedYear => "inspected-year",
            Self::Authority => "authority",
            Self::Region => "region",
            Self::Framework => "framework",
            Self::Theme => "theme",
            Self::Section => "section",
            Self::Grade => "grade",
            Self::Kind => "kind",
            Self::Report => "report",
            Self::Named(name) => name.as_str(),
        }
    }
}

impl fmt::Display for Facet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Facet {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let wanted = name.trim().to_lowercase().replace('_', "-");
        let known = Self::ALL.into_iter().find(|facet| facet.name() == wanted);
        known.map_or_else(
            || {
                let is_name = wanted.starts_with(char::is_alphabetic)
                    && wanted.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
                let named = Some(wanted.as_str()).filter(|_| is_name).unwrap_or_default().parse();
                named.map(Self::Named).map_err(|error| {
                    let known = Self::ALL;
                    let known: Vec<&str> = known.iter().map(Self::name).collect();
                    let message = format!("cannot count by “{name}”; choose one of {}", known.join(", "));
                    Error::new(ErrorKind::UnknownValue, message).because(error)
                })
            },
            Ok,
        )
    }
}

impl From<Facet> for String {
    fn from(facet: Facet) -> Self {
        facet.name().to_owned()
    }
}

impl TryFrom<String> for Facet {
    type Error = Error;

    fn try_from(name: String) -> Result<Self, Error> {
        name.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_facet_has_a_unique_name() {
        for facet in Facet::ALL {
            assert_eq!(facet.name().parse::<Facet>().unwrap(), facet);
        }
        assert_eq!("In_Care".parse::<Facet>().unwrap().name(), "in-care");
        assert!("–".parse::<Facet>().is_err());
    }
}
