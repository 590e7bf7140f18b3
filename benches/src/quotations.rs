//! Sentences of a corpus, and quotations made from them by alterations of a known kind.

pub mod fabricated;
pub mod mutation;
pub mod similar;
pub mod word_class;

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use quotable::Index;
use quotable::query::analyse::words;
use quotable::report::Role;
use quotable_testkit::Random;

/// A sentence of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Path of the report.
    pub path: String,
    /// Number of the paragraph in the report, zero-based.
    pub paragraph: usize,
    /// The text.
    pub text: String,
}

/// The sentences of a corpus, and all its text to look quotations up in.
#[derive(Debug)]
pub struct SentencePool {
    /// Distinct sentences of 8 to 45 words from body paragraphs, in random order.
    pub sentences: Vec<Sentence>,
    /// The folded words of every paragraph, one paragraph a line, by path of the report.
    folded_reports: BTreeMap<String, String>,
    /// The hash of every sequence of [`NGRAM`] folded words. A text with an unknown one occurs nowhere, which saves the
    /// search through all text.
    ngrams: HashSet<u64>,
}

const NGRAM: usize = 5;

impl SentencePool {
    /// Collects the sentences of the reports of an index and shuffles them.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn new(index: &Index, random: &mut Random) -> quotable::Result<Self> {
        let mut sentences = Vec::new();
        let mut seen = HashSet::new();
        let mut folded_reports: BTreeMap<String, String> = BTreeMap::new();
        for source in index.reports()? {
            let Some(report) = index.report(&source.path)? else { continue };
            for (number, paragraph) in report.paragraphs.iter().enumerate() {
                let lines = folded_reports.entry(source.path.clone()).or_default();
                lines.push_str(&folded(&paragraph.text));
                lines.push('\n');
                for sentence in paragraph.sentences.iter().filter(|_| paragraph.role == Role::Body) {
                    let text = paragraph.text[sentence.clone()].trim();
                    let is_complete = text.starts_with(char::is_uppercase) && text.ends_with('.');
                    if is_complete && (8..=45).contains(&text.split(' ').count()) && seen.insert(folded(text))
                    {
                        let path = source.path.clone();
                        sentences.push(Sentence { path, paragraph: number, text: text.to_owned() });
                    }
                }
            }
        }
        random.shuffle(&mut sentences);
        let ngrams = folded_reports.values().flat_map(|lines| lines.lines()).flat_map(ngrams).collect();
        Ok(Self { sentences, folded_reports, ngrams })
    }

    /// True if the words of `text` occur in sequence in some paragraph.
    pub fn contains(&self, text: &str) -> bool {
        let text = folded(text);
        ngrams(&text).all(|ngram| self.ngrams.contains(&ngram))
            && self.folded_reports.values().any(|lines| lines.contains(&text))
    }

    /// True if the words of `text` occur in sequence in a report other than the one at `path`.
    pub fn contains_outside(&self, text: &str, path: &str) -> bool {
        let text = folded(text);
        self.folded_reports.iter().any(|(other, lines)| other != path && lines.contains(&text))
    }
}

/// Hashes of the sequences of [`NGRAM`] words in a folded text.
fn ngrams(folded: &str) -> impl Iterator<Item = u64> {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let hash = |ngram: &[&str]| {
        let mut hasher = DefaultHasher::new();
        ngram.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(NGRAM).map(hash).collect::<Vec<_>>().into_iter()
}

/// The folded words of a text, with a space before and after each: so a substring search finds whole words.
fn folded(text: &str) -> String {
    let mut folded = String::from(" ");
    for word in words(text) {
        folded.push_str(&word.text);
        folded.push(' ');
    }
    folded
}
