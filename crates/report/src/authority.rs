//! The authority inspected, and its stable key.

use serde::{Deserialize, Serialize};

/// The authority inspected.
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
    /// An authority with the given printed name and stable key.
    pub fn new(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self { name: name.into(), key: key.into(), urn: None }
    }
}

/// The stable key of an authority's printed name: lower case, without the words for its legal form, which change when
/// councils are reorganised.
pub(crate) fn stable_key(name: &str) -> String {
    let lower = name.to_lowercase().replace('’', "'").replace(',', " ").replace('&', " and ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    // `London Borough of Brent` is Brent, but `City of London` stays: the City is not the rest of London.
    let form = match words.as_slice() {
        ["the", "royal", "borough", "of", ..] => 4,
        ["london", "borough", "of", ..]
        | ["royal", "borough", "of", ..]
        | ["metropolitan", "borough", "of", ..] => 3,
        ["borough", "of", ..] | ["county", "of", ..] | ["council", "of", ..] => 2,
        _ => 0,
    };
    let trailing_forms = [
        "council",
        "county",
        "borough",
        "city",
        "metropolitan",
        "district",
        "unitary",
        "authority",
        "local",
        "mbc",
        "cc",
        "safeguarding",
        "children",
        "board",
    ];
    let mut words = words[form..].to_vec();
    while words.len() > 1 && words.last().is_some_and(|word| trailing_forms.contains(word)) {
        words.pop();
    }
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_leave_out_the_legal_form() {
        for name in [
            "Westmere",
            "Westmere County Council",
            "Westmere City Council",
            "London Borough of Westmere",
            "The Royal Borough of Westmere",
        ] {
            assert_eq!(stable_key(name), "westmere", "{name}");
        }
        assert_eq!(stable_key("Bournmouth, Christhurst & Poll"), "bournmouth christhurst and poll");
    }
}
