//! Compares words: inflections, spellings, misspellings, negating prefixes.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use quotable_query::{Leaf, Query};

use crate::align::WordMatch;
use crate::edit::EditKind;
use crate::token::{Token, TokenKind};

/// Compares pairs of words and caches the results.
#[derive(Debug, Default)]
pub(super) struct Forms {
    /// Results by quoted word, then by source word. Nested, so that a lookup needs no owned pair of strings.
    known: HashMap<String, HashMap<String, Option<EditKind>, RandomState>, RandomState>,
    /// Words under one common spelling: see [`spelling`].
    spelt: HashMap<String, String, RandomState>,
    stems: HashMap<String, Option<Leaf>, RandomState>,
}

/// Prefixes that negate a word, and the length of the longest.
const PREFIXES: [&str; 8] = ["un", "in", "im", "ir", "il", "dis", "non", "mis"];
const LONGEST_PREFIX: usize = 3;
/// Longer words are not compared letter by letter.
const MAX_LETTERS: usize = 40;

impl Forms {
    /// How well two words match. `unknown` says that the corpus lacks the quoted word.
    pub(super) fn word_match(&mut self, quoted: &Token, unknown: bool, source: &Token) -> WordMatch {
        if quoted.text == source.text && quoted.is_word() {
            WordMatch::Same
        } else if self.form(quoted, unknown, source).is_some() {
            WordMatch::Form
        } else if quoted.kind == TokenKind::Word
            && quoted.text.len().abs_diff(source.text.len()) <= LONGEST_PREFIX
            && (negates(&quoted.text, &source.text) || negates(&source.text, &quoted.text))
        {
            WordMatch::Negated
        } else {
            WordMatch::Other
        }
    }

    /// The kind of edit that turns `source` into `quoted` if they are forms of one word; `None` if they are equal or different
    /// words.
    pub(super) fn form(&mut self, quoted: &Token, unknown: bool, source: &Token) -> Option<EditKind> {
        let words = quoted.kind == TokenKind::Word && source.kind == TokenKind::Word;
        // A cheap test first: most pairs have nothing in common.
        if !words || quoted.text == source.text || !may_agree(&quoted.text, &source.text) {
            return None;
        }
        if let Some(known) = self.known.get(&quoted.text).and_then(|known| known.get(&source.text)) {
            return *known;
        }
        let form = self.classify(&quoted.text, unknown, &source.text);
        self.known.entry(quoted.text.clone()).or_default().insert(source.text.clone(), form);
        form
    }

    fn classify(&mut self, quoted: &str, unknown: bool, source: &str) -> Option<EditKind> {
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
        // Only words that the corpus lacks are misspelt: two known words that are one letter apart, such as `care` and
        // `case`, are different words.
        let letters = quoted.chars().count().min(source.chars().count());
        let most = if letters >= 7 { 2 } else { 1 };
        let near = unknown && letters >= 4 && distance(quoted, source) <= most;
        near.then_some(EditKind::Misspelling)
    }
}

/// False if two words are surely no forms of one another: too long, too different in length, or alike neither in their first
/// letter nor in their third, and without their first two letters exchanged.
fn may_agree(left: &str, right: &str) -> bool {
    let short =
        left.len() <= MAX_LETTERS && right.len() <= MAX_LETTERS && left.len().abs_diff(right.len()) <= 6;
    let (mut left, mut right) = (left.chars(), right.chars());
    let (first, second) = (left.next(), right.next());
    short
        && (first == second || left.next() == second || first == right.next() || left.next() == right.next())
}

/// True if `word` is `other` with a negating prefix.
pub(super) fn negates(word: &str, other: &str) -> bool {
    // The suffix test rejects nearly all pairs before the prefixes are tried.
    other.len() >= 4
        && word.len() > other.len()
        && word.ends_with(other)
        && PREFIXES.iter().any(|prefix| word.strip_prefix(prefix) == Some(other))
}

/// Maps British and American spellings of a word to one string. Not a word itself: only for comparison.
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

/// Damerau–Levenshtein distance with adjacent transpositions (optimal string alignment), in letters.
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

    fn form(quoted: &str, unknown: bool, source: &str) -> Option<EditKind> {
        Forms::default().form(&source_tokens(quoted)[0], unknown, &source_tokens(source)[0])
    }

    #[test]
    fn forms_are_distinguished_from_other_words() {
        for (quoted, unknown, source, expected) in [
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
            assert_eq!(form(quoted, unknown, source), expected, "{quoted} {source}");
        }
        assert!(negates("unallocated", "allocated") && !negates("uncle", "cle"));
    }
}
