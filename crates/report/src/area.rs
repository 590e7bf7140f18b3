//! Areas of judgement, and recognising them in printed labels and headings.

use serde::{Deserialize, Serialize};

/// An area of judgement. Names stay the same over all frameworks, so that grades compare over the years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Area {
    /// Overall effectiveness (2013 to March 2026).
    Overall,
    /// The impact of leaders; leadership, management and governance before 2018.
    Leaders,
    /// Children who need help and protection.
    HelpAndProtection,
    /// Children in care; looked after children before 2018.
    InCare,
    /// Care leavers: a sub-judgement 2013-2017, shared with children in care 2018-2022, its own from 2023.
    CareLeavers,
    /// Adoption performance: a sub-judgement 2013-2017.
    Adoption,
    /// The Local Safeguarding Children Board (2013-2018).
    Lscb,
}

impl Area {
    /// Every area, in the order in which reports print them.
    pub const ALL: [Self; 7] = [
        Self::Overall,
        Self::Leaders,
        Self::HelpAndProtection,
        Self::InCare,
        Self::CareLeavers,
        Self::Adoption,
        Self::Lscb,
    ];

    /// The name used in filters, tables and JSON: `help-and-protection`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Overall => "overall",
            Self::Leaders => "leaders",
            Self::HelpAndProtection => "help-and-protection",
            Self::InCare => "in-care",
            Self::CareLeavers => "care-leavers",
            Self::Adoption => "adoption",
            Self::Lscb => "lscb",
        }
    }

    /// The area that a printed label or heading names, in the wording of any framework.
    pub fn from_label(label: &str) -> Option<Self> {
        let label = label.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        // The order matters: labels hold words of more than one area. `Help and protection, children looked after and
        // care leavers` goes to the first area it lists.
        if has(&["safeguarding children board", "lscb"]) {
            Some(Self::Lscb)
        } else if has(&["overall effectiveness", "overall judgement", "overall judgment"]) {
            Some(Self::Overall)
        } else if has(&["adoption"]) {
            Some(Self::Adoption)
        } else if has(&["in care", "looked after"]) && !has(&["help and protection"]) {
            Some(Self::InCare)
        } else if has(&["care leavers", "leaving care"]) && !has(&["help and protection"]) {
            Some(Self::CareLeavers)
        } else if has(&["help and protection", "need help", "need of help"]) {
            Some(Self::HelpAndProtection)
        } else if has(&["leader"]) {
            Some(Self::Leaders)
        } else if has(&[
            "services in ",
            "services for children",
            "children’s services",
            "children's services",
        ]) {
            Some(Self::Overall)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_all_frameworks_map_to_one_area() {
        for (label, area) in [
            ("The impact of leaders on social work practice with children and families", Area::Leaders),
            ("3. Leadership, management and governance", Area::Leaders),
            ("2. Children looked after and achieving permanence", Area::InCare),
            ("The experiences and progress of children in care and care leavers", Area::InCare),
            ("2.2 Experiences and progress of care leavers", Area::CareLeavers),
            ("2.1 Adoption performance", Area::Adoption),
            ("1. Children who need help and protection", Area::HelpAndProtection),
            ("Overall effectiveness", Area::Overall),
            ("Children’s services in Westmere", Area::Overall),
            ("The effectiveness of the Local Safeguarding Children Board (LSCB) is", Area::Lscb),
        ] {
            assert_eq!(Area::from_label(label), Some(area), "{label}");
        }
        assert_eq!(Area::from_label("The inspection team"), None);
    }
}
