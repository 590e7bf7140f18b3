//! How much a word tells.

use std::collections::{HashMap, HashSet};

use quotable_index::{Error, Result, Snapshot};
use quotable_query::analyse::fold;

use crate::align::WORTH;
use crate::compare::Knowledge;
use crate::token::{Token, TokenKind};

/// What the commonest word is worth, and numbers and signs.
const LEAST: i32 = 20;
const NUMBER: i32 = 70;
const SIGN: i32 = 30;
/// So many paragraphs at least are reckoned with: a handful tells little of how rare a word is.
const FEW: u64 = 1_000;

/// The words of the index: in how many live paragraphs they stand.
#[derive(Debug)]
pub(super) struct Vocabulary<'a> {
    snapshot: &'a Snapshot,
    paragraphs: u64,
    known: HashMap<String, u64>,
    /// The words of the authorities' names.
    names: HashSet<String>,
    /// The first failure to read the index.
    failed: Option<Error>,
}

impl<'a> Vocabulary<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> Self {
        let paragraphs = snapshot.paragraph_count();
        let mut names: HashSet<String> = HashSet::new();
        for authority in snapshot.report_heads().filter_map(|head| head.authority) {
            names.extend(fold(&authority.key).split(' ').filter(|word| word.len() > 3).map(str::to_owned));
        }
        for common in
            ["east", "west", "north", "south", "city", "county", "upon", "with", "central", "council"]
        {
            names.remove(common);
        }
        Self { snapshot, paragraphs: paragraphs.max(FEW), known: HashMap::new(), names, failed: None }
    }

    /// In how many paragraphs a folded word stands.
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

    pub(super) fn paragraphs(&self) -> u64 {
        self.paragraphs
    }

    /// Fails if the index could not be read meanwhile.
    pub(super) fn settle(&mut self) -> Result<()> {
        self.failed.take().map_or(Ok(()), Err)
    }
}

impl Knowledge for Vocabulary<'_> {
    fn worth(&mut self, token: &Token) -> i32 {
        match token.kind {
            TokenKind::Number => NUMBER,
            TokenKind::Sign => SIGN,
            TokenKind::Ellipsis | TokenKind::Bracket => 0,
            TokenKind::Word | TokenKind::Negation => {
                let found = self.frequency(&token.text).max(1);
                // The logarithms of counts: exact enough, and the same on every machine once rounded.
                let rarity = (self.paragraphs as f64 / found as f64).ln() / (self.paragraphs as f64).ln();
                let worth = f64::from(LEAST) + f64::from(WORTH - LEAST) * rarity.clamp(0.0, 1.0);
                worth.round() as i32
            }
        }
    }

    fn foreign(&mut self, token: &Token) -> bool {
        token.kind == TokenKind::Word && self.frequency(&token.text) == 0
    }

    fn is_name(&self, word: &str) -> bool {
        self.names.contains(word)
    }
}
