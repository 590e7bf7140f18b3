//! Names with wildcards.

use quotable_query::analyse::words;
use quotable_query::{Leaf, Query};

use crate::error::Result;

/// Words side by side, wildcards allowed, as the language has them in a phrase.
pub(super) struct Names(Vec<Option<Leaf>>);

impl Names {
    pub(super) fn new(text: &str) -> Result<Self> {
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

    /// True if they stand in the text.
    pub(super) fn stand_in(&self, text: &str) -> bool {
        let words: Vec<_> = words(text).collect();
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
    fn names_stand_side_by_side() {
        let names = Names::new("city of mar*").unwrap();
        assert!(names.stand_in("The City of Marlowe"));
        assert!(!names.stand_in("City, Marlowe"));
    }
}
