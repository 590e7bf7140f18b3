//! Who was inspected, when, and under which framework.

pub(crate) mod dates;
mod declared;
mod read;

pub(crate) use declared::Declared;
pub(crate) use read::{Metadata, date_in_name, is_title_page_line, metadata};

use serde::{Deserialize, Serialize};

use crate::Date;

/// Who was inspected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Authority {
    /// The name as the report prints it, on one line: `Buckinghamshire County Council`.
    pub name: String,
    /// A stable key in lower case, without the words that change with reorganisations: `buckinghamshire`.
    pub key: String,
    /// The inspectorate's unique reference number, where path or text gives one.
    pub urn: Option<String>,
}

impl Authority {
    /// An authority of the given printed name and stable key.
    pub fn new(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self { name: name.into(), key: key.into(), urn: None }
    }
}

/// The days of an inspection, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Period {
    /// The first day.
    pub start: Date,
    /// The last day.
    pub end: Date,
}

/// The framework of an inspection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Framework {
    /// Services for looked after children, and child protection, before the single framework (to 2013).
    #[serde(rename = "looked-after-2013")]
    LookedAfter2013,
    /// The single inspection framework (November 2013 to 2017).
    Sif,
    /// A re-inspection under the single framework.
    SifReinspection,
    /// A review of a Local Safeguarding Children Board alone.
    LscbReview,
    /// Inspection of local authority children's services (2018 on).
    Ilacs,
}

impl Framework {
    /// Every framework, in the order of time.
    pub const ALL: [Self; 5] =
        [Self::LookedAfter2013, Self::Sif, Self::SifReinspection, Self::LscbReview, Self::Ilacs];

    /// The name used in filters, tables and JSON: `sif-reinspection`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LookedAfter2013 => "looked-after-2013",
            Self::Sif => "sif",
            Self::SifReinspection => "sif-reinspection",
            Self::LscbReview => "lscb-review",
            Self::Ilacs => "ilacs",
        }
    }

    /// The kind of inspection in words, as a citation gives it.
    pub fn title(self) -> &'static str {
        match self {
            Self::LookedAfter2013 => "Inspection of services for looked after children",
            Self::Sif => "Single inspection (SIF)",
            Self::SifReinspection => "Re-inspection (SIF)",
            Self::LscbReview => "Review of the Local Safeguarding Children Board",
            Self::Ilacs => "Inspection of children’s services (ILACS)",
        }
    }
}
