//! Sentences and paragraphs.

use std::sync::LazyLock;

use super::language::{any_word, harmonic, next_word};
use super::spelling;
use crate::random::Random;

/// Deciles of the number of words in a sentence, from the shortest to the longest. As measured on reports, and slightly
/// longer, since the end of a paragraph cuts sentences short.
const SENTENCE_LENGTHS: [u32; 11] = [3, 9, 13, 15, 18, 20, 22, 25, 28, 33, 50];
/// Deciles of the number of words in a paragraph.
const PARAGRAPH_LENGTHS: [u32; 11] = [2, 5, 12, 24, 38, 51, 64, 78, 94, 113, 170];

/// Probability that a sentence is a stock sentence, shared between reports.
const STOCK_SENTENCE: f64 = 0.10;
/// Number of stock sentences.
const STOCK_SENTENCES: f64 = 10_000.0;
/// Probability that a clause is a stock clause.
const STOCK_CLAUSE: f64 = 0.25;
/// Number of stock clauses.
const STOCK_CLAUSES: f64 = 12_000.0;
/// Probability that a word repeats a topic word of the paragraph.
const REPEATED_TOPIC: f64 = 0.05;
/// Words of a higher rank than this are topic words: they recur within a paragraph.
const LAST_FUNCTION_WORD: u64 = 60;

/// Seeds of the texts that all corpora share.
const SENTENCE_SEED: u64 = 2;
const BOILERPLATE_SEED: u64 = 3;
const CLAUSE_SEED: u64 = 5;

/// Generates a body paragraph.
pub(super) fn paragraph(random: &mut Random) -> String {
    let length = draw_length(&PARAGRAPH_LENGTHS, random);
    let mut prose = Prose::default();
    while prose.words < length {
        if random.chance(STOCK_SENTENCE) {
            let mut stock = Random::for_item(SENTENCE_SEED, harmonic(STOCK_SENTENCES, random));
            prose.sentence(&mut stock, length, true);
        } else {
            prose.sentence(random, length, false);
        }
    }
    prose.text
}

/// Generates boilerplate paragraph `number`, the same in every corpus.
pub(super) fn boilerplate(number: u64) -> String {
    paragraph(&mut Random::for_item(BOILERPLATE_SEED, number))
}

/// Draws from a distribution given by its deciles, linear between them.
fn draw_length(deciles: &[u32; 11], random: &mut Random) -> usize {
    let at = random.unit() * (deciles.len() - 1) as f64;
    let (low, high) = (f64::from(deciles[at as usize]), f64::from(deciles[at as usize + 1]));
    (low + (high - low) * at.fract()).round() as usize
}

#[derive(Default)]
struct Prose {
    text: String,
    words: usize,
    /// Ranks of the topic words so far.
    topics: Vec<u64>,
}

impl Prose {
    /// Appends a sentence. A stock sentence keeps its length; any other is cut at `limit` words of the paragraph.
    fn sentence(&mut self, random: &mut Random, limit: usize, is_stock: bool) {
        let mut length = draw_length(&SENTENCE_LENGTHS, random);
        if !is_stock {
            length = length.min((limit - self.words).max(2));
        }
        let mut left_in_clause = 0;
        let mut stock_clause: Option<Random> = None;
        // 0 is no word: the next word is then drawn from all words.
        let mut previous = 0;
        for place in 0..length {
            if left_in_clause == 0 {
                left_in_clause = 4 + random.below(9);
                let is_stock_clause = !is_stock && random.chance(STOCK_CLAUSE);
                stock_clause =
                    is_stock_clause.then(|| Random::for_item(CLAUSE_SEED, harmonic(STOCK_CLAUSES, random)));
                if place > 0 && length - place > 3 && !is_stock_clause {
                    self.text.push(',');
                }
                if is_stock_clause {
                    previous = 0;
                }
            }
            left_in_clause -= 1;
            let from_clause = stock_clause.as_mut();
            let may_repeat = from_clause.is_none() && !is_stock && !self.topics.is_empty();
            let word = if may_repeat && random.chance(REPEATED_TOPIC) {
                self.topics[random.index(self.topics.len())]
            } else {
                let random = from_clause.unwrap_or(random);
                if previous == 0 { any_word(random) } else { next_word(previous, random) }
            };
            if word > LAST_FUNCTION_WORD {
                self.topics.push(word);
            }
            self.push(word, place == 0);
            previous = word;
        }
        self.text.push('.');
    }

    fn push(&mut self, rank: u64, capital: bool) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        match SPELLINGS.get(rank as usize) {
            Some(word) => self.text.push_str(word),
            None => self.text.push_str(&spelling::word(rank)),
        }
        if capital {
            self.text[start..=start].make_ascii_uppercase();
        }
        self.words += 1;
    }
}

/// The words up to rank 20,000, by rank: nearly all text, so spelling them once makes generation faster.
static SPELLINGS: LazyLock<Vec<String>> =
    LazyLock::new(|| std::iter::once(String::new()).chain((1..20_000).map(spelling::word)).collect());
