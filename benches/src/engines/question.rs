//! What is asked of the engines.

use std::collections::HashMap;

use quotable::query::Query;
use quotable::query::analyse::words;
use quotable::report::Report;
use serde::{Deserialize, Serialize};

use super::Outcome;
use crate::corpus::Kind;
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
    /// Every one, in the order of tables.
    pub const ALL: [Self; 14] = [
        Self::Word,
        Self::RareWord,
        Self::Phrase,
        Self::FrequentPhrase,
        Self::Prefix,
        Self::Wildcard,
        Self::Proximity,
        Self::And,
        Self::Or,
        Self::Not,
        Self::Filter,
        Self::CountBy,
        Self::Kwic,
        Self::Every,
    ];

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

    /// What is asked of a query of this kind.
    pub fn tasks(self) -> &'static [Task] {
        match self {
            Self::CountBy | Self::Kwic | Self::Every => &[Task::All],
            _ => &[Task::Top, Task::Count, Task::Both],
        }
    }
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Task {
    /// The ten best, with their text.
    Top,
    /// How many paragraphs.
    Count,
    /// The ten best, with their text, and all that the engine counts: how many paragraphs at least.
    Both,
    /// All of them: by year, in context, or with their text.
    All,
    /// The ten best of an index just opened, its files not in memory; by the clock.
    Cold,
}

impl Task {
    /// Every one, in the order of tables.
    pub const ALL: [Self; 5] = [Self::Top, Self::Count, Self::Both, Self::All, Self::Cold];

    /// The name, as tables have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Top => "top 10",
            Self::Count => "count",
            Self::Both => "top 10 and counts",
            Self::All => "all",
            Self::Cold => "cold top 10",
        }
    }

    /// True if the texts of the ten best are asked for.
    pub fn is_best(self) -> bool {
        matches!(self, Self::Top | Self::Both | Self::Cold)
    }
}

/// Queries for any corpus, in words that every one has.
const ANYWHERE: [(Class, &[&str]); 13] = [
    (Class::Word, &["the", "children", "care", "leavers", "housing"]),
    (Class::FrequentPhrase, &["\"of the\"", "\"in the\"", "\"and the\"", "\"children in\""]),
    (Class::Phrase, &["\"care leavers\"", "\"social workers\"", "\"help and protection\""]),
    (Class::Prefix, &["lea*", "assess*", "car*", "s*"]),
    (Class::Wildcard, &["*ation", "ch*n", "p?an*", "st*ing"]),
    (Class::Proximity, &["care w/5 plans", "children w/10 neglect", "leaders w/5 quality", "the w/5 of"]),
    (Class::And, &["care children", "leavers housing", "the children neglect", "police missing delay"]),
    (Class::Or, &["neglect OR police", "care OR children OR family", "audit OR voice OR housing OR delay"]),
    (Class::Not, &["care NOT leavers", "children NOT the", "housing NOT delay"]),
    (
        Class::Filter,
        &[
            "care grade:inadequate",
            "children date:2018..2020",
            "\"care leavers\" date:2024..",
            "the grade:good",
        ],
    ),
    (Class::CountBy, &["care", "\"care leavers\""]),
    (Class::Kwic, &["\"care leavers\"", "unallocated"]),
    (Class::Every, &["neglect", "\"social workers\""]),
];

/// Queries for reports on children’s social care, where others are made for a generated corpus.
const REAL: [(Class, &[&str]); 2] = [
    (Class::RareWord, &["unallocated", "whistleblowing", "homelessness", "caseload"]),
    (
        Class::Phrase,
        &[
            "\"local authority\"",
            "\"children looked after\"",
            "\"looked after\"",
            "\"senior leaders\"",
            "\"in need of help\"",
            "\"as a result\"",
            "\"too many children\"",
            "\"not yet\"",
        ],
    ),
];

/// The questions for a corpus: fifty that are ranked, and some that ask for all. For a generated one these are words by
/// their rank in its language, and phrases by how often they come in some reports of it.
///
/// # Errors
/// If a query is at fault.
pub fn questions(kind: Kind, sample: impl Iterator<Item = Report>) -> Outcome<Vec<Question>> {
    let mut asked: Vec<(Class, String)> = Vec::new();
    let mut add = |queries: &[(Class, &[&str])]| {
        for (class, queries) in queries {
            asked.extend(queries.iter().map(|query| (*class, (*query).to_owned())));
        }
    };
    add(&ANYWHERE);
    match kind {
        Kind::Real => add(&REAL),
        Kind::Generated => {
            asked.extend([1_000, 3_000, 6_000, 20_000].map(|rank| (Class::RareWord, word(rank))));
            asked.extend(phrases(sample).into_iter().map(|phrase| (Class::Phrase, format!("\"{phrase}\""))));
        }
    }
    let question = |(class, query): (Class, String)| Ok(Question { class, query: query.parse()? });
    asked.into_iter().map(question).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::Corpus;

    #[test]
    fn fifty_questions_are_ranked() {
        for kind in [Kind::Generated, Kind::Real] {
            let questions = questions(kind, Corpus::new(1, 3_000)).unwrap();
            let ranked = questions.iter().filter(|question| question.class.tasks().contains(&Task::Top));
            assert_eq!(ranked.count(), 50, "{kind:?}");
        }
    }
}
