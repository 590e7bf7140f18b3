//! The concepts that a word belongs to.
//!
//! A search for one word asks for them each time, and most words belong to none. So of the built-in book, which takes longer
//! to parse than such a search takes, only the concepts that name the word in their text are parsed.

use quotable_query::{Glob, Leaf, Query};

use crate::book::CodeBook;
use crate::code::{Code, CodeKind};
use crate::parse;

impl CodeBook {
    /// The concepts that have a folded word as one of several ways to say the same: as a word or pattern that is a part of
    /// an `OR` by itself. In the order of the file, with all names resolved.
    ///
    /// ```
    /// use quotable_codebook::CodeBook;
    ///
    /// let concepts = CodeBook::builtin().concepts_of("unallocated");
    /// assert_eq!(concepts[0].name, "unallocated-work");
    /// assert!(CodeBook::builtin().concepts_of("heron").is_empty());
    /// ```
    pub fn concepts_of(&self, word: &str) -> Vec<Code> {
        let Some(text) = self.unparsed() else {
            let concepts = self.codes().iter().filter(|code| code.kind == CodeKind::Concept);
            return concepts.filter(|code| says(&code.query, word)).cloned().collect();
        };
        let mut concepts = parse::concepts(text, |query| names(query, word));
        concepts.retain(|code| says(&code.query, word));
        for code in &mut concepts {
            // The whole book is parsed if the query has a name.
            if let Ok(resolved) = code.query.resolved(|name| self.query(name)) {
                code.resolved = resolved;
            }
        }
        concepts
    }
}

/// True if the text of a query has a word or pattern that matches a word, anywhere.
fn names(query: &str, word: &str) -> bool {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '\'' | '*' | '?');
    let mut parts = query.split(|letter: char| !is_part(letter)).filter(|part| !part.is_empty());
    parts.any(|part| Glob::ignoring_case(part).matches(word))
}

/// True if a word is one of the ways to say the same that a query joins by `OR`.
fn says(query: &Query, word: &str) -> bool {
    let Query::Or(ways) = query.clone().normalised() else { return false };
    ways.iter().any(|way| {
        let is_leaf = matches!(way, Query::Word(_) | Query::Wildcard(_) | Query::Inflected(_));
        is_leaf && Leaf::new(way).is_ok_and(|leaf| leaf.matches(word))
    })
}

#[cfg(test)]
mod tests {
    use quotable_query::Text;

    use super::*;

    #[test]
    fn the_concepts_of_the_built_in_book_are_those_of_the_same_book_parsed_whole() {
        let text = CodeBook::builtin().unparsed().unwrap();
        let whole = CodeBook::parse("themes.toml", text).unwrap();
        let mut found = 0;
        for word in Text::new(text).words() {
            for word in [word.to_owned(), format!("{word}s"), word.trim_end_matches('s').to_owned()] {
                let concepts = CodeBook::builtin().concepts_of(&word);
                found += usize::from(!concepts.is_empty());
                assert_eq!(concepts, whole.concepts_of(&word), "{word}");
            }
        }
        assert!(found > 50);
    }
}
