//! Sentences and paragraphs of the language.

use std::sync::LazyLock;

use super::language::ENGLISH;
use super::random::Random;
use super::spelling;

/// Words in a sentence, from the shortest to the longest in steps of a tenth of all sentences; as measured on reports,
/// and some more, since the end of a paragraph cuts sentences short.
const SENTENCE: [u32; 11] = [3, 9, 13, 15, 18, 20, 22, 25, 28, 33, 50];
/// Words in a paragraph, likewise.
const PARAGRAPH: [u32; 11] = [2, 5, 12, 24, 38, 51, 64, 78, 94, 113, 170];

/// How often a sentence is one that reports share.
const STOCK: f64 = 0.10;
/// How many sentences there are to share.
const SENTENCES: f64 = 10_000.0;
/// How often a clause is one that reports share.
const CLAUSES_AGAIN: f64 = 0.25;
/// How many clauses there are to share.
const CLAUSES: f64 = 12_000.0;
/// How often a word of the paragraph comes again.
const AGAIN: f64 = 0.05;
/// The rank from which a word is of a subject, and comes again where it stands.
const SUBJECT: u64 = 60;

/// A body paragraph.
pub(super) fn paragraph(random: &mut Random) -> String {
    let length = random.of_steps(&PARAGRAPH);
    let mut prose = Prose::default();
    while prose.words < length {
        let mut stock;
        let shared = random.chance(STOCK);
        let random = if shared {
            stock = Random::of(2, random.harmonic(SENTENCES));
            &mut stock
        } else {
            &mut *random
        };
        prose.sentence(random, length, shared);
    }
    prose.text
}

/// A paragraph that many reports share, by its number.
pub(super) fn boilerplate(number: u64) -> String {
    paragraph(&mut Random::of(3, number))
}

#[derive(Default)]
struct Prose {
    text: String,
    words: usize,
    subjects: Vec<u64>,
}

impl Prose {
    fn sentence(&mut self, random: &mut Random, limit: usize, shared: bool) {
        let mut length = random.of_steps(&SENTENCE);
        if !shared {
            length = length.min((limit - self.words).max(2));
        }
        let mut clause = 0;
        let mut stock: Option<Random> = None;
        let mut last = 0;
        for place in 0..length {
            if clause == 0 {
                clause = 4 + random.below(9);
                let again = !shared && random.chance(CLAUSES_AGAIN);
                stock = again.then(|| Random::of(5, random.harmonic(CLAUSES)));
                if place > 0 && length - place > 3 && !again {
                    self.text.push(',');
                }
                if again {
                    last = 0;
                }
            }
            clause -= 1;
            let from = stock.as_mut();
            let repeats = from.is_none() && !shared && !self.subjects.is_empty();
            let word = if repeats && random.chance(AGAIN) {
                self.subjects[random.below(self.subjects.len())]
            } else {
                let random = from.unwrap_or(random);
                if last == 0 { ENGLISH.any(random) } else { ENGLISH.next(last, random) }
            };
            if word > SUBJECT {
                self.subjects.push(word);
            }
            self.push(word, place == 0);
            last = word;
        }
        self.text.push('.');
    }

    fn push(&mut self, word: u64, first: bool) {
        if !self.text.is_empty() {
            self.text.push(' ');
        }
        let start = self.text.len();
        match KNOWN.get(word as usize) {
            Some(known) => self.text.push_str(known),
            None => self.text.push_str(&spelling::word(word)),
        }
        if first {
            self.text[start..=start].make_ascii_uppercase();
        }
        self.words += 1;
    }
}

/// The words that make up nearly all text.
static KNOWN: LazyLock<Vec<String>> =
    LazyLock::new(|| std::iter::once(String::new()).chain((1..20_000).map(spelling::word)).collect());
