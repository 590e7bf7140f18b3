//! What is asked of the engines.

use std::collections::HashMap;

use quotable::query::Query;
use quotable::query::analyse::words;
use quotable::report::Report;
use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::generate::word;

/// A query, and what is to be done with it.
#[derive(Debug, Clone)]
pub struct Question {
    /// What kind of query it is.
    pub class: Class,
    /// The query.
    pub query: Query,
}

/// A kind of query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// A frequent word.
    Word,
    /// A word of a few paragraphs.
    RareWord,
    /// A phrase.
    Phrase,
    /// A phrase of words that are among the most frequent.
    FrequentPhrase,
    /// The beginning of a word.
    Prefix,
    /// Any other pattern.
    Wildcard,
    /// Two words near each other.
    Proximity,
    /// All of some words.
    And,
    /// Any of some words.
    Or,
    /// A word, and not another.
    Not,
    /// Words, restricted by what is known of paragraph or report.
    Filter,
    /// Counts by year.
    CountBy,
    /// Every occurrence in its context.
    Kwic,
    /// Every paragraph that matches, with its text.
    Every,
}

impl Class {
    /// The name, as tables have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::RareWord => "rare word",
            Self::Phrase => "phrase",
            Self::FrequentPhrase => "phrase of frequent words",
            Self::Prefix => "prefix",
            Self::Wildcard => "wildcard",
            Self::Proximity => "proximity",
            Self::And => "and",
            Self::Or => "or",
            Self::Not => "not",
            Self::Filter => "filter",
            Self::CountBy => "count by year",
            Self::Kwic => "kwic",
            Self::Every => "every",
        }
    }

    /// True if the question is for the ten best, with their text, and for a count; otherwise all are asked for.
    pub fn is_ranked(self) -> bool {
        !matches!(self, Self::CountBy | Self::Kwic | Self::Every)
    }
}

/// The questions for a generated corpus: fixed ones, and phrases chosen by how often they come in some reports of it.
///
/// # Errors
/// If a query is at fault.
pub fn questions(sample: impl Iterator<Item = Report>) -> Outcome<Vec<Question>> {
    let fixed = [
        (Class::Word, &["the", "children", "care", "leavers", "housing"][..]),
        (Class::FrequentPhrase, &["\"of the\"", "\"in the\"", "\"and the\"", "\"children in\""]),
        (Class::Phrase, &["\"care leavers\"", "\"social workers\"", "\"help and protection\""]),
        (Class::Prefix, &["lea*", "assess*", "car*", "s*"]),
        (Class::Wildcard, &["*ation", "ch*n", "p?an*", "st*ing"]),
        (Class::Proximity, &["care w/5 plans", "children w/10 neglect", "leaders w/5 quality"]),
        (Class::And, &["care children", "leavers housing", "the children neglect", "police missing delay"]),
        (
            Class::Or,
            &["neglect OR police", "care OR children OR family", "audit OR voice OR housing OR delay"],
        ),
        (Class::Not, &["care NOT leavers", "children NOT the", "housing NOT delay"]),
        (
            Class::Filter,
            &["care grade:inadequate", "children date:2018..2020", "\"care leavers\" date:2024.."],
        ),
        (Class::CountBy, &["care", "\"care leavers\""]),
        (Class::Kwic, &["\"care leavers\"", "unallocated"]),
        (Class::Every, &["neglect", "\"social workers\""]),
    ];
    let mut questions = Vec::new();
    let mut add = |class, query: &str| {
        questions.push(Question { class, query: query.parse()? });
        Ok::<(), Box<dyn std::error::Error>>(())
    };
    for (class, queries) in fixed {
        for query in queries {
            add(class, query)?;
        }
    }
    for rank in [1_000, 3_000, 6_000, 20_000] {
        add(Class::RareWord, &word(rank))?;
    }
    for phrase in phrases(sample) {
        add(Class::Phrase, &format!("\"{phrase}\""))?;
    }
    Ok(questions)
}

/// Pairs and triples of words, from frequent to rare.
fn phrases(sample: impl Iterator<Item = Report>) -> Vec<String> {
    let mut counts: [HashMap<String, u32>; 2] = Default::default();
    for report in sample {
        for paragraph in &report.paragraphs {
            let words: Vec<String> = words(&paragraph.text).map(|word| word.text).collect();
            for (length, counts) in [2, 3].into_iter().zip(&mut counts) {
                for run in words.windows(length) {
                    *counts.entry(run.join(" ")).or_default() += 1;
                }
            }
        }
    }
    let mut chosen = Vec::new();
    for counts in counts {
        let mut phrases: Vec<(u32, String)> =
            counts.into_iter().map(|(phrase, count)| (count, phrase)).collect();
        phrases.sort_by(|(one, first), (other, second)| other.cmp(one).then_with(|| first.cmp(second)));
        let at = [20, 200, 2_000, 20_000].into_iter();
        chosen.extend(at.filter_map(|at| phrases.get(at)).map(|(_, phrase)| phrase.clone()));
    }
    chosen
}
