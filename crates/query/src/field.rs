//! The names of fields and scopes.

use std::fmt;

use crate::query::{Field, Scope};

impl Field {
    /// Every field, in the order of the description of the [language](crate::syntax).
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

    /// The name before the colon.
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

    /// The field of that name. Case does not matter, and `_` is taken for `-`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase().replace('_', "-");
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// True if the field has an order, so that it can be asked for as a range, `from..to`.
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
    /// The letter of the scope after `w/`.
    #[must_use]
    pub fn letter(self) -> char {
        match self {
            Self::Sentence => 's',
            Self::Paragraph => 'p',
            Self::Theme => 't',
            Self::Report => 'r',
        }
    }

    /// The scope of a letter after `w/`; case does not matter.
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
    fn fields_are_found_by_their_names() {
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(field));
            assert_eq!(serde_json::to_string(&field).unwrap(), format!("\"{field}\""));
        }
        assert_eq!(Field::named("Help_And_Protection"), Some(Field::HelpAndProtection));
    }
}
