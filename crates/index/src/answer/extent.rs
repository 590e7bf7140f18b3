//! Amounts of text.

use serde::{Deserialize, Serialize};

/// An amount of text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Extent {
    /// The number of paragraphs.
    pub paragraphs: u64,
    /// The number of words in them.
    pub words: u64,
    /// The number of reports with at least one of them.
    pub reports: u64,
}

impl Extent {
    /// The share of these words in those of `whole`, from 0 to 1; 0 if `whole` has none.
    pub fn share_of(&self, whole: &Self) -> f64 {
        if whole.words == 0 {
            return 0.0;
        }
        // Exact up to 2^53 words.
        self.words as f64 / whole.words as f64
    }
}
