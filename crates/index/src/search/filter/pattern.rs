//! Names with wildcards.

use quotable_query::analyse::words;
use quotable_query::{Leaf, Query};

use crate::error::Result;

/// A pattern over a whole text, as a shell has it, but `*` also passes `/`; case does not matter.
pub(crate) struct Glob(Vec<char>);

impl Glob {
    pub(crate) fn new(pattern: &str) -> Self {
        Self(pattern.to_lowercase().chars().collect())
    }

    pub(crate) fn matches(&self, text: &str) -> bool {
        let text: Vec<char> = text.to_lowercase().chars().collect();
        // Goes back to the last `*` alone, so that the work is at most pattern times text.
        let (mut at, mut in_text, mut back) = (0, 0, None);
        while in_text < text.len() {
            match self.0.get(at) {
                Some('*') => {
                    back = Some((at + 1, in_text));
                    at += 1;
                }
                Some(&letter) if letter == '?' || letter == text[in_text] => {
                    at += 1;
                    in_text += 1;
                }
                _ => {
                    let Some((after, began)) = back else { return false };
                    back = Some((after, began + 1));
                    at = after;
                    in_text = began + 1;
                }
            }
        }
        self.0[at..].iter().all(|&letter| letter == '*')
    }

    /// Matches the whole path, or its end from some `/` on; a pattern that begins with `/` matches the whole alone.
    pub(super) fn matches_end(&self, path: &str) -> bool {
        if self.0.first() == Some(&'/') {
            return self.matches(&format!("/{path}"));
        }
        self.matches(path) || path.match_indices('/').any(|(at, _)| self.matches(&path[at + 1..]))
    }
}

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

/// The names nearest to a text, nearest first: at most three, none that has nothing to do with it.
pub(crate) fn nearest<'a>(text: &str, all: impl Iterator<Item = &'a str>) -> Vec<String> {
    let text = text.to_lowercase().replace(['*', '?'], "");
    let letters = text.chars().count();
    let mut near: Vec<(usize, &str)> = all
        .filter_map(|name| {
            // What differs more in length than it may in letters need not be compared.
            let apart = name.chars().count().abs_diff(letters);
            let inside = letters > 2 && (name.contains(&text) || text.contains(name));
            let most = (letters / 2).max(1);
            let edits = if inside {
                1
            } else if apart > most {
                apart
            } else {
                edits(&text, name)
            };
            (edits <= most).then_some((edits, name))
        })
        .collect();
    near.sort_unstable();
    near.dedup();
    near.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

/// Letters to put in, take out or change (Levenshtein).
fn edits(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (above, letter) in left.chars().enumerate() {
        let mut corner = above;
        row[0] = above + 1;
        for (at, &other) in right.iter().enumerate() {
            let changed = corner + usize::from(letter != other);
            corner = row[at + 1];
            row[at + 1] = changed.min(corner + 1).min(row[at] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_glob_is_of_the_whole_text_or_of_the_end_of_a_path() {
        assert!(Glob::new("sif*").matches("SIF-reinspection"));
        assert!(!Glob::new("sif").matches("sif-reinspection"));
        assert!(Glob::new("*a*b?").matches("xxaxxabc"));
        assert!(Glob::new("2018.pdf").matches_end("80432_marlowe/2018.pdf"));
        assert!(Glob::new("*marlowe/*").matches_end("80432_marlowe/2018.pdf"));
        assert!(!Glob::new("018.pdf").matches_end("80432_marlowe/2018.pdf"));
        assert!(Glob::new("/north/*").matches_end("north/2018.pdf"));
        assert!(!Glob::new("/north/*").matches_end("old/north/2018.pdf"));
    }

    #[test]
    fn names_stand_side_by_side() {
        let names = Names::new("city of mar*").unwrap();
        assert!(names.stand_in("The City of Marlowe"));
        assert!(!names.stand_in("City, Marlowe"));
    }

    #[test]
    fn what_is_near_is_offered() {
        assert_eq!(
            nearest("inadequit", ["good", "inadequate", "adequate"].into_iter()),
            ["inadequate", "adequate"]
        );
        assert_eq!(nearest("zzz", ["good", "inadequate"].into_iter()), Vec::<String>::new());
    }
}
