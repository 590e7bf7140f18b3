//! The names of fields and scopes.

use std::fmt;
use std::str::FromStr;

use crate::query::{Field, Scope};

/// Bytes; longer names are refused.
const LONGEST_NAME: usize = 80;

/// The error of a text that cannot be the name of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAField(String);

impl fmt::Display for NotAField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not the name of a field; write a letter, then letters, digits and hyphens", self.0)
    }
}

impl std::error::Error for NotAField {}

impl Field {
    /// Every field that the language knows by itself, in the order of the description of the
    /// [language](crate::syntax). Areas of judgement and fields of one's own come from the corpus.
    pub const ALL: [Self; 13] = [
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
        Self::Region,
        Self::Grade,
    ];

    /// The name before the colon.
    #[must_use]
    pub fn name(&self) -> &str {
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
            Self::Region => "region",
            Self::Grade => "grade",
            Self::Named(name) => name,
        }
    }

    /// The field of that name. Case does not matter, and `_` is taken for `-`. `None` for a text that is no name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.to_lowercase().replace('_', "-");
        let known = Self::ALL.into_iter().find(|field| field.name() == name);
        let is_name = name.starts_with(char::is_alphabetic)
            && name.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
            && name.len() <= LONGEST_NAME;
        known.or_else(|| is_name.then(|| Self::Named(name.into())))
    }

    /// The field that people call by another name, which no field of the language has: `year`, `council`.
    #[must_use]
    pub fn by_other_name(name: &str) -> Option<Self> {
        let name = name.to_lowercase().replace('_', "-");
        Self::other_name(&name).or_else(|| {
            // `years:`, `councils:`, `authorities:`.
            let one = name.strip_suffix("ies").map(|stem| format!("{stem}y"));
            let one = one.or_else(|| name.strip_suffix('s').map(str::to_owned))?;
            Self::ALL.into_iter().find(|field| field.name() == one).or_else(|| Self::other_name(&one))
        })
    }

    fn other_name(name: &str) -> Option<Self> {
        Some(match name {
            "year" | "month" | "day" | "from" | "to" | "since" | "until" | "after" | "before"
            | "published" | "publication" => Self::Date,
            "council" | "la" | "local-authority" | "county" | "borough" | "provider" | "place" => {
                Self::Authority
            }
            "judgement" | "judgment" | "rating" | "outcome" => Self::Grade,
            "heading" | "title" => Self::Section,
            "topic" | "subject" => Self::Theme,
            "file" | "filename" | "folder" | "report" => Self::Path,
            "paragraph" | "number" => Self::Para,
            "type" | "doctype" => Self::Kind,
            "inspection" | "visited" => Self::Inspected,
            _ => return None,
        })
    }

    /// True if the field may have an order, so that it can be asked for as a range, `from..to`.
    #[must_use]
    pub fn has_ranges(&self) -> bool {
        matches!(self, Self::Date | Self::Inspected | Self::Para | Self::Page | Self::Named(_))
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Field {
    type Err = NotAField;

    fn from_str(text: &str) -> Result<Self, NotAField> {
        Self::named(text.trim()).ok_or_else(|| NotAField(text.to_owned()))
    }
}

impl TryFrom<String> for Field {
    type Error = NotAField;

    fn try_from(text: String) -> Result<Self, NotAField> {
        text.parse()
    }
}

impl From<Field> for String {
    fn from(field: Field) -> Self {
        field.name().to_owned()
    }
}

/// The error of a text that is not the name of a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAScope(String);

impl fmt::Display for NotAScope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}” is not the name of a scope; write sentence, paragraph, theme or report", self.0)
    }
}

impl std::error::Error for NotAScope {}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Scope {
    type Err = NotAScope;

    /// The scope of that name, in any case.
    fn from_str(name: &str) -> Result<Self, NotAScope> {
        let wanted = name.trim().to_lowercase();
        let found = Self::ALL.into_iter().find(|scope| scope.as_str() == wanted);
        found.ok_or_else(|| NotAScope(name.to_owned()))
    }
}

impl Scope {
    /// Every scope, the smallest first.
    pub const ALL: [Self; 4] = [Self::Sentence, Self::Paragraph, Self::Theme, Self::Report];

    /// The name used in tables and JSON: `sentence`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sentence => "sentence",
            Self::Paragraph => "paragraph",
            Self::Theme => "theme",
            Self::Report => "report",
        }
    }

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
    use super::{Field, Scope};

    #[test]
    fn fields_are_found_by_their_names() {
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(field.clone()));
            assert_eq!(serde_json::to_string(&field).unwrap(), format!("\"{field}\""));
        }
        let area = Field::named("Help_And_Protection").unwrap();
        assert_eq!(area.name(), "help-and-protection");
        assert_eq!(serde_json::from_str::<Field>("\"help-and-protection\"").unwrap(), area);
        assert_eq!(Field::by_other_name("Years"), Some(Field::Date));
        assert_eq!(Field::by_other_name("authorities"), Some(Field::Authority));
        assert_eq!(Field::by_other_name("Rating"), Some(Field::Grade));
        assert_eq!(Field::by_other_name("vessels"), None);
        assert!(Field::named("5th").is_none() && "a b".parse::<Field>().is_err());
    }

    #[test]
    fn scopes_are_parsed_by_their_names() {
        for scope in Scope::ALL {
            assert_eq!(scope.to_string().parse(), Ok(scope));
            assert_eq!(serde_json::to_string(&scope).unwrap(), format!("\"{scope}\""));
        }
        assert!("page".parse::<Scope>().is_err());
    }
}
