//! Patterns for the names of authorities and sections.

use quotable_query::analyse::words;
use quotable_query::{Leaf, Query};

use crate::error::Result;

/// Consecutive words, wildcards allowed, read like a phrase of the query language. `None` is any word.
pub(super) struct NamePattern(Vec<Option<Leaf>>);

impl NamePattern {
    pub(super) fn new(text: &str) -> Result<Self> {
        // Normalising splits the text into words and folds them, as in a query.
        let parts = match Query::Wildcard(text.to_owned()).normalised() {
            Query::Phrase(parts) => parts,
            one => vec![one],
        };
        let leaf = |part: &Query| match part {
            Query::Gap => Ok(None),
            part => Leaf::new(part).map(Some),
        };
        Ok(Self(parts.iter().map(leaf).collect::<Result<_, _>>()?))
    }

    /// True if the text contains words that match, one after another.
    pub(super) fn is_in(&self, text: &str) -> bool {
        let words: Vec<_> = words(text).collect();
        // `windows` panics for a length of zero.
        words.windows(self.0.len().max(1)).any(|window| {
            let mut pairs = self.0.iter().zip(window);
            pairs.all(|(leaf, word)| leaf.as_ref().is_none_or(|leaf| leaf.matches(&word.text)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_matches_consecutive_words() {
        let pattern = NamePattern::new("city of mar*").unwrap();
        assert!(pattern.is_in("The City of Marlowe"));
        assert!(!pattern.is_in("City, Marlowe"));
    }
}
