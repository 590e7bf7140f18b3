//! The answer to: which report is an article about?

use serde::{Deserialize, Serialize};

/// The report that an article is about, guessed from its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct About {
    /// The key of the authority that the article names most.
    pub authority: String,
    /// The name of the authority, as the corpus writes it.
    pub name: String,
    /// The number of times that the article names the authority.
    pub mentions: u32,
    /// The path of the report; `None` if neither quotations nor the date of the article single one out.
    pub report: Option<String>,
}
