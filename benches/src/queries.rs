//! The queries put to every engine, and the tasks each engine performs with them.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use quotable::query::analyse::words;
use quotable::query::{Field, Filter, Query, Value};
use quotable::report::Report;
use quotable_testkit::corpus::word;
use serde::{Deserialize, Serialize};

use crate::corpus::CorpusKind;
use crate::error::Result;

/// A query and its class.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BenchQuery {
    /// The class.
    pub class: QueryClass,
    /// The query.
    pub query: Query,
}

/// A class of query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueryClass {
    /// A frequent word.
    Word,
    /// A word that few paragraphs have.
    RareWord,
    /// A phrase.
    Phrase,
    /// A phrase of words among the most frequent.
    FrequentPhrase,
    /// A prefix: `lea*`.
    Prefix,
    /// Any other wildcard.
    Wildcard,
    /// Two words near each other.
    Proximity,
    /// A conjunction.
    And,
    /// A disjunction.
    Or,
    /// A word without another.
    Not,
    /// Words and a filter by grade or date.
    Filter,
    /// Matches counted by year.
    CountBy,
    /// A concordance: every occurrence in context.
    Kwic,
    /// Every matching paragraph, with its text.
    Every,
}

impl QueryClass {
    /// All of them, in the order of tables.
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

    /// The name as tables show it.
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

    /// The hot tasks for queries of this class.
    pub fn tasks(self) -> &'static [Task] {
        match self {
            Self::CountBy | Self::Kwic | Self::Every => &[Task::All],
            _ => &[Task::Top, Task::Count, Task::TopAndCount],
        }
    }
}

/// What an engine does with a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// The top ten paragraphs, with their text.
    Top,
    /// The number of matching paragraphs.
    Count,
    /// The top ten with their text, and every count the engine offers: of paragraphs at least.
    TopAndCount,
    /// All matches: counted by year, in context, or with their text.
    All,
    /// The top ten from an index just opened whose files are not in the page cache. Wall time.
    Cold,
}

impl Task {
    /// All of them, in the order of tables.
    pub const ALL: [Self; 5] = [Self::Top, Self::Count, Self::TopAndCount, Self::All, Self::Cold];

    /// The name as tables show it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Top => "top 10",
            Self::Count => "count",
            Self::TopAndCount => "top 10 and counts",
            Self::All => "all",
            Self::Cold => "cold top 10",
        }
    }

    /// True if the task returns the texts of the top ten.
    pub fn returns_top(self) -> bool {
        matches!(self, Self::Top | Self::TopAndCount | Self::Cold)
    }
}

/// Queries for any corpus, in words that every corpus has.
const FOR_ANY_CORPUS: [(QueryClass, &[&str]); 13] = [
    (QueryClass::Word, &["the", "children", "care", "leavers", "housing"]),
    (QueryClass::FrequentPhrase, &["\"of the\"", "\"in the\"", "\"and the\"", "\"children in\""]),
    (QueryClass::Phrase, &["\"care leavers\"", "\"social workers\"", "\"help and protection\""]),
    (QueryClass::Prefix, &["lea*", "assess*", "car*", "s*"]),
    (QueryClass::Wildcard, &["*ation", "ch*n", "p?an*", "st*ing"]),
    (
        QueryClass::Proximity,
        &["care w/5 plans", "children w/10 neglect", "leaders w/5 quality", "the w/5 of"],
    ),
    (QueryClass::And, &["care children", "leavers housing", "the children neglect", "police missing delay"]),
    (
        QueryClass::Or,
        &["neglect OR police", "care OR children OR family", "audit OR voice OR housing OR delay"],
    ),
    (QueryClass::Not, &["care NOT leavers", "children NOT the", "housing NOT delay"]),
    (
        QueryClass::Filter,
        &[
            "care grade:inadequate",
            "children date:2018..2020",
            "\"care leavers\" date:2024..",
            "the grade:good",
        ],
    ),
    (QueryClass::CountBy, &["care", "\"care leavers\""]),
    (QueryClass::Kwic, &["\"care leavers\"", "unallocated"]),
    (QueryClass::Every, &["neglect", "\"social workers\""]),
];

/// Queries for real reports on children’s social care.
const FOR_REAL_REPORTS: [(QueryClass, &[&str]); 2] = [
    (QueryClass::RareWord, &["unallocated", "whistleblowing", "homelessness", "caseload"]),
    (
        QueryClass::Phrase,
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

/// The queries for a kind of corpus: fifty that are ranked, and some that list all matches.
///
/// For a generated corpus, rare words are chosen by their rank in its language, and phrases by their frequency in
/// `sample`.
///
/// # Errors
/// If a query has a syntax error.
pub fn bench_queries(kind: CorpusKind, sample: impl Iterator<Item = Report>) -> Result<Vec<BenchQuery>> {
    let mut queries: Vec<(QueryClass, String)> = Vec::new();
    let mut add = |listed: &[(QueryClass, &[&str])]| {
        for (class, of_class) in listed {
            queries.extend(of_class.iter().map(|query| (*class, (*query).to_owned())));
        }
    };
    add(&FOR_ANY_CORPUS);
    match kind {
        CorpusKind::Real => add(&FOR_REAL_REPORTS),
        CorpusKind::Generated => {
            queries.extend([1_000, 3_000, 6_000, 20_000].map(|rank| (QueryClass::RareWord, word(rank))));
            let phrases = phrases_by_frequency(sample).into_iter();
            queries.extend(phrases.map(|phrase| (QueryClass::Phrase, format!("\"{phrase}\""))));
        }
    }
    let parse = |(class, query): (QueryClass, String)| Ok(BenchQuery { class, query: query.parse()? });
    queries.into_iter().map(parse).collect()
}

/// Phrases of two and of three words in `sample`, from frequent to rare.
fn phrases_by_frequency(sample: impl Iterator<Item = Report>) -> Vec<String> {
    /// Ranks of the phrases chosen, zero-based.
    const RANKS: [usize; 4] = [20, 200, 2_000, 20_000];
    let mut counts: [HashMap<String, u32>; 2] = Default::default();
    for report in sample {
        for paragraph in &report.paragraphs {
            let words: Vec<String> = words(&paragraph.text).map(|word| word.text).collect();
            for (length, counts) in [2, 3].into_iter().zip(&mut counts) {
                for phrase in words.windows(length) {
                    *counts.entry(phrase.join(" ")).or_default() += 1;
                }
            }
        }
    }
    let mut chosen = Vec::new();
    for counts in counts {
        let mut phrases: Vec<(u32, String)> =
            counts.into_iter().map(|(phrase, count)| (count, phrase)).collect();
        phrases.sort_by(|(one, first), (other, second)| other.cmp(one).then_with(|| first.cmp(second)));
        chosen
            .extend(RANKS.into_iter().filter_map(|rank| phrases.get(rank)).map(|(_, phrase)| phrase.clone()));
    }
    chosen
}

/// The grade that a filter asks for; `None` if it is not a filter by grade.
pub fn grade_of(filter: &Filter) -> Option<&str> {
    match (&filter.field, &filter.value) {
        (Field::Grade, Value::Text(grade)) => Some(grade),
        _ => None,
    }
}

/// The years that a filter asks for; `None` if it is not a filter by a range of whole years.
pub fn years_of(filter: &Filter) -> Option<RangeInclusive<u16>> {
    let (Field::Date, Value::Range(from, to)) = (&filter.field, &filter.value) else { return None };
    let year = |text: Option<&str>, open: u16| text.map_or(Some(open), |text| text.parse().ok());
    Some(year(from.as_deref(), 0)?..=year(to.as_deref(), u16::MAX)?)
}

#[cfg(test)]
mod tests {
    use quotable_testkit::corpus::GeneratedReports;

    use super::*;

    #[test]
    fn fifty_queries_are_ranked() {
        for kind in [CorpusKind::Generated, CorpusKind::Real] {
            let queries = bench_queries(kind, GeneratedReports::new(1, 3_000)).unwrap();
            let ranked = queries.iter().filter(|query| query.class.tasks().contains(&Task::Top));
            assert_eq!(ranked.count(), 50, "{kind:?}");
        }
    }

    #[test]
    fn filters_by_grade_and_whole_years_are_recognised() {
        let filter = |query: &str| match query.parse().unwrap() {
            Query::Filter(filter) => filter,
            query => panic!("{query} is no filter"),
        };
        assert_eq!(grade_of(&filter("grade:good")), Some("good"));
        assert_eq!(years_of(&filter("date:2018..2020")), Some(2018..=2020));
        assert_eq!(years_of(&filter("date:2024..")), Some(2024..=u16::MAX));
        assert_eq!((grade_of(&filter("date:2018..2020")), years_of(&filter("grade:good"))), (None, None));
    }
}
