//! Words that are forms of one another.

use std::collections::HashMap;

use quotable_query::{Leaf, Query};

use crate::align::Likeness;
use crate::edit::EditKind;
use crate::token::{Token, TokenKind};

/// Compares words, each pair once.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// By the quoted word, then by the source's: a pair that is known is found without a copy of either.
    known: HashMap<String, HashMap<String, Option<EditKind>>>,
    /// The words without what spellers do differently.
    spelt: HashMap<String, String>,
    stems: HashMap<String, Option<Leaf>>,
}

/// What turns the sense of a word round, and how many letters the longest has.
const PREFIXES: [&str; 8] = ["un", "in", "im", "ir", "il", "dis", "non", "mis"];
const LONGEST_PREFIX: usize = 3;
/// Past so many letters nothing is compared letter by letter.
const LONG: usize = 40;

impl Forms {
    /// How far two words agree; `foreign` if the corpus does not know the quoted one.
    pub(super) fn likeness(&mut self, quoted: &Token, foreign: bool, source: &Token) -> Likeness {
        if quoted.text == source.text && quoted.is_word() {
            Likeness::Same
        } else if self.form(quoted, foreign, source).is_some() {
            Likeness::Like
        } else if quoted.kind == TokenKind::Word
            && quoted.text.len().abs_diff(source.text.len()) <= LONGEST_PREFIX
            && (negates(&quoted.text, &source.text) || negates(&source.text, &quoted.text))
        {
            Likeness::Denied
        } else {
            Likeness::Other
        }
    }

    /// As what form of the source's word the quoted one is there, if it is one.
    pub(super) fn form(&mut self, quoted: &Token, foreign: bool, source: &Token) -> Option<EditKind> {
        let words = quoted.kind == TokenKind::Word && source.kind == TokenKind::Word;
        // Most pairs have nothing in common; nearly all forms share their first letter.
        if !words || quoted.text == source.text || !may_agree(&quoted.text, &source.text) {
            return None;
        }
        if let Some(known) = self.known.get(&quoted.text).and_then(|known| known.get(&source.text)) {
            return *known;
        }
        let form = self.compare(&quoted.text, foreign, &source.text);
        self.known.entry(quoted.text.clone()).or_default().insert(source.text.clone(), form);
        form
    }

    fn compare(&mut self, quoted: &str, foreign: bool, source: &str) -> Option<EditKind> {
        if negates(quoted, source) || negates(source, quoted) {
            return None;
        }
        for word in [quoted, source] {
            if !self.spelt.contains_key(word) {
                self.spelt.insert(word.to_owned(), spelling(word));
            }
        }
        if self.spelt.get(quoted) == self.spelt.get(source) {
            return Some(EditKind::Spelling);
        }
        let stem = self.stems.entry(quoted.to_owned());
        let leaf = stem.or_insert_with(|| Leaf::new(&Query::Inflected(quoted.to_owned())).ok());
        if leaf.as_ref().is_some_and(|leaf| leaf.matches(source)) {
            return Some(EditKind::Inflection);
        }
        let letters = quoted.chars().count().min(source.chars().count());
        let most = if letters >= 7 { 2 } else { 1 };
        let near = foreign && letters >= 4 && distance(quoted, source) <= most;
        near.then_some(EditKind::Misspelling)
    }
}

fn may_agree(left: &str, right: &str) -> bool {
    let short = left.len() <= LONG && right.len() <= LONG && left.len().abs_diff(right.len()) <= 6;
    let (mut left, mut right) = (left.chars(), right.chars());
    let (first, second) = (left.next(), right.next());
    short
        && (first == second || left.next() == second || first == right.next() || left.next() == right.next())
}

/// True if the one word is the other with a prefix that turns its sense round.
pub(super) fn negates(word: &str, other: &str) -> bool {
    // Hardly any two words end alike: the prefixes are seldom asked for.
    other.len() >= 4
        && word.len() > other.len()
        && word.ends_with(other)
        && PREFIXES.iter().any(|prefix| word.strip_prefix(prefix) == Some(other))
}

/// A word without what British and American spellers do differently.
fn spelling(word: &str) -> String {
    let word = word.replace('z', "s").replace("our", "or").replace("ae", "e").replace("oe", "e");
    let word = word.replace("mme", "m").replace("ogue", "og").replace("ence", "ense").replace("ll", "l");
    // `centre`, `centres`, `centred`, `centring`.
    let ends = [("re", "er"), ("res", "ers"), ("red", "ered"), ("ring", "ering")];
    let found = ends.iter().find_map(|(from, to)| Some((word.strip_suffix(from)?, to)));
    match found {
        Some((stem, end)) if stem.len() >= 3 && stem.ends_with(['b', 't']) => format!("{stem}{end}"),
        _ => word,
    }
}

/// Letters added, missing, changed or exchanged with their neighbour (Damerau and Levenshtein).
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (row, &letter) in left.iter().enumerate() {
        let mut this = vec![row + 1];
        for (column, &other) in right.iter().enumerate() {
            let changed = last[column] + usize::from(letter != other);
            let mut best = changed.min(last[column + 1] + 1).min(this[column] + 1);
            if row > 0 && column > 0 && letter == right[column - 1] && left[row - 1] == other {
                best = best.min(before[column - 1] + 1);
            }
            this.push(best);
        }
        before = std::mem::replace(&mut last, this);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::source_tokens;

    fn form(quoted: &str, foreign: bool, source: &str) -> Option<EditKind> {
        Forms::default().form(&source_tokens(quoted)[0], foreign, &source_tokens(source)[0])
    }

    #[test]
    fn forms_are_told_from_other_words() {
        for (quoted, foreign, source, expected) in [
            ("prioritize", true, "prioritise", Some(EditKind::Spelling)),
            ("analyzis", true, "analysis", Some(EditKind::Spelling)),
            ("center", true, "centre", Some(EditKind::Spelling)),
            ("behavior", true, "behaviour", Some(EditKind::Spelling)),
            ("centers", true, "centres", Some(EditKind::Spelling)),
            ("centered", true, "centred", Some(EditKind::Spelling)),
            ("visited", false, "visits", Some(EditKind::Inflection)),
            ("wokrers", true, "workers", Some(EditKind::Misspelling)),
            ("increease", true, "increase", Some(EditKind::Misspelling)),
            ("care", false, "case", None),
            ("effective", false, "ineffective", None),
            ("not", false, "now", None),
            ("63", true, "36", None),
        ] {
            assert_eq!(form(quoted, foreign, source), expected, "{quoted} {source}");
        }
        assert!(negates("unallocated", "allocated") && !negates("uncle", "cle"));
    }
}
