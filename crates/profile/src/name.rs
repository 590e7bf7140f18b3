//! Names that profiles give: series of reports, areas of judgement, grades, scales and fields.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// Bytes; longer names are refused.
pub const LONGEST_NAME: usize = 80;

/// The error of a text that is no name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAName(String);

impl fmt::Display for NotAName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "“{}” is not a name; write letters and digits, with hyphens between words: care-leavers",
            self.0
        )
    }
}

impl std::error::Error for NotAName {}

/// The stable form of a name: lower case, with one hyphen between words. `None` if nothing is left, or too much.
fn stable(text: &str) -> Option<String> {
    let mut name = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            name.extend(letter.to_lowercase());
        } else if !matches!(letter, '\'' | '’') && !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    (!name.is_empty() && name.len() <= LONGEST_NAME).then(|| name.to_owned())
}

/// True for a name of ASCII in its stable form.
fn is_stable(text: &str) -> bool {
    let mut after_hyphen = true;
    let is_name = text.bytes().all(|byte| match byte {
        b'a'..=b'z' | b'0'..=b'9' => {
            after_hyphen = false;
            true
        }
        b'-' => !std::mem::replace(&mut after_hyphen, true),
        _ => false,
    });
    is_name && !after_hyphen && text.len() <= LONGEST_NAME
}

macro_rules! name_type {
    ($(#[$docs:meta])* $name:ident) => {
        $(#[$docs])*
        ///
        /// A stable name: lower case, with hyphens between words. Parsing takes any case, and spaces or underscores for
        /// hyphens. Cloning copies a pointer.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name(Arc<str>);

        impl $name {
            /// The name.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// A name that is known to be in its stable form.
            #[allow(dead_code, reason = "not every type of name needs it")]
            pub(crate) fn known(name: &'static str) -> Self {
                debug_assert_eq!(stable(name).as_deref(), Some(name), "a name in its stable form");
                Self(name.into())
            }

            /// The name made from a printed label, cut to the length of a name: `Quality of care` gives `quality-of-care`.
            /// `None` if the label has neither letter nor digit.
            #[must_use]
            pub fn from_label(label: &str) -> Option<Self> {
                let label = &label[..label.floor_char_boundary(LONGEST_NAME / 2)];
                stable(label).map(|name| Self(name.into()))
            }
        }

        impl FromStr for $name {
            type Err = NotAName;

            fn from_str(text: &str) -> Result<Self, NotAName> {
                // A name that a program wrote has that form already, and is read with every paragraph.
                if is_stable(text) {
                    return Ok(Self(text.into()));
                }
                let name = stable(text).ok_or_else(|| NotAName(text.to_owned()))?;
                Ok(Self(name.into()))
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAName;

            fn try_from(text: String) -> Result<Self, NotAName> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0.as_ref().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }
    };
}

name_type! {
    /// A series of reports, and the framework under which it inspects: `ilacs`, `ofsted-send`.
    Framework
}
name_type! {
    /// An area of judgement: `overall`, `well-led`. Areas of the same name compare over the years and over series.
    Area
}
name_type! {
    /// A grade given to an area: `good`, `requires-improvement`.
    Grade
}
name_type! {
    /// A scale of grades: `ofsted`, `cqc`.
    Scale
}
name_type! {
    /// A field of a report or paragraph that is no standard one: `vessel`, `licence`.
    FieldName
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stable_name_is_known_without_making_it() {
        let letters = ["a", "B", "1", "-", "_", "'", "é"];
        let mut texts = vec![String::new()];
        for length in 0..5 {
            let longer = texts.iter().filter(|text| text.chars().count() == length);
            let longer: Vec<_> =
                longer.flat_map(|text| letters.map(|letter| format!("{text}{letter}"))).collect();
            texts.extend(longer);
        }
        texts.extend([LONGEST_NAME, LONGEST_NAME + 1].map(|length| "a".repeat(length)));
        for text in texts {
            let is_its_own = text.is_ascii() && stable(&text).as_deref() == Some(text.as_str());
            assert_eq!(is_stable(&text), is_its_own, "{text}");
        }
    }

    #[test]
    fn names_have_one_form() {
        for text in [
            "requires-improvement",
            "Requires improvement",
            " REQUIRES_IMPROVEMENT ",
            "requires – improvement",
        ] {
            assert_eq!(text.parse::<Grade>().unwrap(), "requires-improvement", "{text}");
        }
        assert_eq!("Children’s homes".parse::<Framework>().unwrap().as_str(), "childrens-homes");
        assert!("".parse::<Area>().is_err() && "–".parse::<Area>().is_err());
        assert!("x".repeat(LONGEST_NAME + 1).parse::<Area>().is_err());
    }

    #[test]
    fn labels_of_any_length_have_names() {
        assert_eq!(Area::from_label("Is the service safe?").unwrap(), "is-the-service-safe");
        assert!(Area::from_label(&"Safe and éé ".repeat(50)).unwrap().as_str().len() <= LONGEST_NAME);
        assert_eq!(Area::from_label("…"), None);
    }

    #[test]
    fn names_are_texts_in_json() {
        let area: Area = serde_json::from_str("\"well-led\"").unwrap();
        assert_eq!(serde_json::to_string(&area).unwrap(), "\"well-led\"");
        assert!(serde_json::from_str::<Area>("\"\"").is_err());
    }
}
