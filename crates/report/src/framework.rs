//! Inspection frameworks, and recognising them by the title of a report.

use serde::{Deserialize, Serialize};

/// The framework under which an inspection was made.
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
    /// Every framework, oldest first.
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

    /// The kind of inspection in words, as citations print it.
    pub fn title(self) -> &'static str {
        match self {
            Self::LookedAfter2013 => "Inspection of services for looked after children",
            Self::Sif => "Single inspection (SIF)",
            Self::SifReinspection => "Re-inspection (SIF)",
            Self::LscbReview => "Review of the Local Safeguarding Children Board",
            Self::Ilacs => "Inspection of children’s services (ILACS)",
        }
    }

    /// The framework of a report with the given title; `None` if no framework words its titles like that.
    pub fn from_title(title: &str) -> Option<Self> {
        let title = title.to_lowercase().replace('\'', "’");
        let has = |words: &str| title.contains(words);
        let single = has("children in need of help and protection") || has("children looked after");
        if (title.starts_with("re-inspection") || title.starts_with("reinspection")) && single {
            Some(Self::SifReinspection)
        } else if single {
            Some(Self::Sif)
        } else if title.starts_with("inspection of looked after children")
            || has("safeguarding and looked after children")
        {
            Some(Self::LookedAfter2013)
        } else if has("safeguarding children board") {
            Some(Self::LscbReview)
        } else if title.starts_with("inspection of") && has("children’s") && has("services") {
            Some(Self::Ilacs)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_name_their_framework() {
        let title = "Inspection of Westmere Council local authority children’s services";
        assert_eq!(Framework::from_title(title), Some(Framework::Ilacs));
        let title = "Re-inspection of services for children in need of help and protection, children looked after and care leavers";
        assert_eq!(Framework::from_title(title), Some(Framework::SifReinspection));
    }
}
