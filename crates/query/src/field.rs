//! The names of fields and scopes.

use std::fmt;

use crate::query::{Field, Scope};

impl Field {
    /// Every field, in the order of the language's description.
    pub const ALL: [Self; 19] = [
        Self::Authority,
        Self::Theme,
        Self::Section,
        Self::Framework,
        Self::Kind,
        Self::Date,
        Self::Inspected,
        Self::Para,
        Self::Page,
        Self::Path,
        Self::Urn,
        Self::Grade,
        Self::Overall,
        Self::Leaders,
        Self::HelpAndProtection,
        Self::InCare,
        Self::CareLeavers,
        Self::Adoption,
        Self::Lscb,
    ];

    /// The name as it is written before the colon.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Authority => "authority",
            Self::Theme => "theme",
            Self::Section => "section",
            Self::Framework => "framework",
            Self::Kind => "kind",
            Self::Date => "date",
            Self::Inspected => "inspected",
            Self::Para => "para",
            Self::Page => "page",
            Self::Path => "path",
            Self::Urn => "urn",
            Self::Grade => "grade",
            Self::Overall => "overall",
            Self::Leaders => "leaders",
            Self::HelpAndProtection => "help-and-protection",
            Self::InCare => "in-care",
            Self::CareLeavers => "care-leavers",
            Self::Adoption => "adoption",
            Self::Lscb => "lscb",
        }
    }

    /// The field of that name; case does not matter, and `_` is `-`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase().replace('_', "-");
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// True for the fields that have an order, so that `from..to` can be asked.
    #[must_use]
    pub fn has_ranges(self) -> bool {
        matches!(self, Self::Date | Self::Inspected | Self::Para | Self::Page)
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Scope {
    /// The letter that stands for it after `w/`.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Sentence => 's',
            Self::Paragraph => 'p',
            Self::Theme => 't',
            Self::Report => 'r',
        }
    }

    pub(crate) fn of_letter(letter: &str) -> Option<Self> {
        match letter {
            "s" | "S" => Some(Self::Sentence),
            "p" | "P" => Some(Self::Paragraph),
            "t" | "T" => Some(Self::Theme),
            "r" | "R" => Some(Self::Report),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn every_field_is_found_by_its_name() {
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(field));
            assert_eq!(serde_json::to_string(&field).unwrap(), format!("\"{field}\""));
        }
        assert_eq!(Field::named("Help_And_Protection"), Some(Field::HelpAndProtection));
    }
}
