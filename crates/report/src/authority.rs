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
    /// Other names and numbers by which a register of authorities knows it: `Bucks`.
    pub aliases: Vec<String>,
    /// The region, where a register of authorities gives one.
    pub region: Option<String>,
}

impl Authority {
    /// An authority with the given printed name and stable key.
    pub fn new(name: impl Into<String>, key: impl Into<String>) -> Self {
        Self { name: name.into(), key: key.into(), urn: None, aliases: Vec::new(), region: None }
    }
}
