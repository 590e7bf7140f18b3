//! The report that an article is about.

use serde::{Deserialize, Serialize};

/// What report an article is about, guessed from its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct About {
    /// The key of the authority that the article names most.
    pub authority: String,
    /// The name as the corpus has it.
    pub name: String,
    /// How often the article names it.
    pub mentions: u32,
    /// The path of the report, where what is quoted or the article's date tells which of the authority's it is.
    pub report: Option<String>,
}
