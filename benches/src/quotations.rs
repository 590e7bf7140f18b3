//! Quotations made from real sentences by changes whose kind is known, to be checked against the reports that hold
//! the sentences.

pub mod alike;
pub mod chance;
pub mod change;
pub mod made_up;
pub mod word;

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use quotable::Index;
use quotable::query::analyse::words;
use quotable::report::Role;

use self::chance::Chance;

/// A sentence of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The path of the report.
    pub path: String,
    /// The number of the paragraph in it, zero-based.
    pub paragraph: usize,
    /// The words.
    pub text: String,
}

/// The sentences of a corpus, and all that stands in it.
#[derive(Debug)]
pub struct Sentences {
    /// Sentences of body paragraphs, of 8 to 45 words, each text once, in chance order.
    pub all: Vec<Sentence>,
    /// The folded words of every paragraph, a line each, by the path of the report.
    standing: BTreeMap<String, String>,
    /// Every run of so many words of them, hashed: what has another stands nowhere.
    runs: HashSet<u64>,
}

/// How long the runs are.
const RUN: usize = 5;

impl Sentences {
    /// The sentences of the reports of an index, mixed by chance.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn of(index: &Index, chance: &mut Chance) -> quotable::Result<Self> {
        let mut all = Vec::new();
        let mut seen = HashSet::new();
        let mut standing: BTreeMap<String, String> = BTreeMap::new();
        for source in index.reports()? {
            let Some(report) = index.report(&source.path)? else { continue };
            for (number, paragraph) in report.paragraphs.iter().enumerate() {
                let lines = standing.entry(source.path.clone()).or_default();
                lines.push_str(&folded(&paragraph.text));
                lines.push('\n');
                for sentence in paragraph.sentences.iter().filter(|_| paragraph.role == Role::Body) {
                    let text = paragraph.text[sentence.clone()].trim();
                    let whole = text.starts_with(char::is_uppercase) && text.ends_with('.');
                    if whole && (8..=45).contains(&text.split(' ').count()) && seen.insert(folded(text)) {
                        let path = source.path.clone();
                        all.push(Sentence { path, paragraph: number, text: text.to_owned() });
                    }
                }
            }
        }
        chance.mix(&mut all);
        let runs = standing.values().flat_map(|lines| lines.lines()).flat_map(runs).collect();
        Ok(Self { all, standing, runs })
    }

    /// True if the words of a text stand side by side in a paragraph: then it is no change of anything.
    pub fn hold(&self, text: &str) -> bool {
        let text = folded(text);
        runs(&text).all(|run| self.runs.contains(&run))
            && self.standing.values().any(|lines| lines.contains(&text))
    }

    /// True if they stand in another report than the one of this path.
    pub fn hold_in_others(&self, text: &str, path: &str) -> bool {
        let text = folded(text);
        self.standing.iter().any(|(other, lines)| other != path && lines.contains(&text))
    }
}

/// The hashes of the runs of words of a folded text.
fn runs(folded: &str) -> impl Iterator<Item = u64> {
    let words: Vec<&str> = folded.split_whitespace().collect();
    let hash = |run: &[&str]| {
        let mut hasher = DefaultHasher::new();
        run.hash(&mut hasher);
        hasher.finish()
    };
    words.windows(RUN).map(hash).collect::<Vec<_>>().into_iter()
}

/// The words of a text as the analyser has them, a space before and behind each.
fn folded(text: &str) -> String {
    let mut folded = String::from(" ");
    for word in words(text) {
        folded.push_str(&word.text);
        folded.push(' ');
    }
    folded
}
