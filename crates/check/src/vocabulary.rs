//! Weights of words by their frequency in the corpus.

use std::collections::{HashMap, HashSet};

use foldhash::fast::RandomState;
use quotable_index::{Error, Result, Snapshot};
use quotable_query::analyse::fold;

use crate::align::MAX_WEIGHT;
use crate::compare::WordInfo;
use crate::token::{Token, TokenKind};

/// The weight of a word that every paragraph has, of numbers and of signs. Numbers and signs do not depend on frequency.
const MIN_WEIGHT: i32 = 20;
const NUMBER: i32 = 70;
const SIGN: i32 = 30;
/// The least corpus size, in paragraphs, that weights assume: in a tiny corpus every word would look common.
const MIN_PARAGRAPHS: u64 = 1_000;

/// Document frequencies of words, read from the index as needed and cached.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    snapshot: &'a Snapshot,
    paragraphs: u64,
    known: HashMap<String, u64, RandomState>,
    /// Words of the names of authorities.
    names: HashSet<String>,
    /// The first error of a lookup. The aligner cannot return errors from its inner loop: [`finish`](Self::finish) does.
    failed: Option<Error>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        let paragraphs = snapshot.paragraph_count();
        let mut names: HashSet<String> = HashSet::new();
        for authority in snapshot.report_heads().filter_map(|head| head.authority) {
            names.extend(fold(&authority.key).split(' ').filter(|word| word.len() > 3).map(str::to_owned));
        }
        // Words that names share with ordinary prose.
        for common in
            ["east", "west", "north", "south", "city", "county", "upon", "with", "central", "council"]
        {
            names.remove(common);
        }
        Self {
            snapshot,
            paragraphs: paragraphs.max(MIN_PARAGRAPHS),
            known: HashMap::default(),
            names,
            failed: None,
        }
    }

    /// The number of paragraphs with a folded word; 0 after a failed lookup.
    pub(super) fn frequency(&mut self, word: &str) -> u64 {
        if let Some(known) = self.known.get(word) {
            return *known;
        }
        let found = self.snapshot.word_frequency(word).unwrap_or_else(|error| {
            self.failed.get_or_insert(error);
            0
        });
        self.known.insert(word.to_owned(), found);
        found
    }

    /// The number of paragraphs of the corpus, at least [`MIN_PARAGRAPHS`].
    pub(super) fn paragraphs(&self) -> u64 {
        self.paragraphs
    }

    /// Returns the first error of a lookup since the last call.
    pub(super) fn finish(&mut self) -> Result<()> {
        self.failed.take().map_or(Ok(()), Err)
    }
}

impl WordInfo for Vocabulary<'_> {
    fn weight(&mut self, token: &Token) -> i32 {
        match token.kind {
            TokenKind::Number => NUMBER,
            TokenKind::Sign => SIGN,
            TokenKind::Ellipsis | TokenKind::Bracket => 0,
            TokenKind::Word | TokenKind::Negation => {
                let found = self.frequency(&token.text).max(1);
                // Inverse document frequency, scaled to `MIN_WEIGHT..=MAX_WEIGHT`. Rounded, so that every machine agrees.
                let rarity = (self.paragraphs as f64 / found as f64).ln() / (self.paragraphs as f64).ln();
                let weight =
                    f64::from(MIN_WEIGHT) + f64::from(MAX_WEIGHT - MIN_WEIGHT) * rarity.clamp(0.0, 1.0);
                weight.round() as i32
            }
        }
    }

    fn unknown(&mut self, token: &Token) -> bool {
        token.kind == TokenKind::Word && self.frequency(&token.text) == 0
    }

    fn is_name(&self, word: &str) -> bool {
        self.names.contains(word)
    }
}
