//! The index against the matcher, which is the measure of both; and a worked-over index against a fresh one.

use std::collections::BTreeMap;

use proptest::prelude::*;
use quotable::query::{Field, Limits, Matcher, Query, Scope, Text, matcher};
use quotable::report::{Date, Report, Section};
use quotable::{CountRow, Facet, Index, SearchOptions, Sort};

use crate::shelf::{index_of, paragraph, report};

const WORDS: [&str; 7] = ["care", "cares", "carer", "leaver", "plan", "a", "b"];

fn word() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(&WORDS[..])
}

/// A paragraph of a few words, some of them ends of sentences; perhaps of none.
fn text() -> impl Strategy<Value = String> {
    let words = proptest::collection::vec((word(), proptest::bool::weighted(0.2)), 0..14);
    words.prop_map(|words| {
        let words =
            words.into_iter().map(|(word, stop)| if stop { format!("{word}.") } else { word.to_owned() });
        words.collect::<Vec<_>>().join(" ")
    })
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(text(), 0..6)
}

fn leaf() -> impl Strategy<Value = Query> {
    prop_oneof![
        4 => word().prop_map(Query::word),
        1 => proptest::sample::select(vec!["car*", "*er", "?", "*a*", "zz*"]).prop_map(Query::wildcard),
        1 => word().prop_map(Query::inflected),
        1 => proptest::sample::select(vec!["care", "plan"]).prop_map(|word| Query::fuzzy(word, 1)),
        1 => proptest::sample::select(vec!["care?", "[ab]", "(plan|leaver)"]).prop_map(Query::regex),
    ]
}

fn phrase() -> impl Strategy<Value = Query> {
    let slot = prop_oneof![
        5 => leaf(),
        1 => Just(Query::Gap),
        1 => (leaf(), leaf()).prop_map(|(one, other)| Query::any_of([one, other])),
    ];
    // At least one slot is a word: a phrase of gaps alone is an error.
    (leaf(), proptest::collection::vec(slot, 0..3), 0_usize..3).prop_map(|(leaf, mut slots, at)| {
        slots.insert(at.min(slots.len()), leaf);
        Query::phrase(slots)
    })
}

fn operand() -> impl Strategy<Value = Query> {
    let simple = prop_oneof![
        4 => leaf(),
        2 => phrase(),
        1 => (leaf(), phrase()).prop_map(|(one, other)| Query::any_of([one, other])),
    ];
    simple.prop_recursive(2, 6, 2, |inner| {
        (inner.clone(), inner, 1_u32..5).prop_map(|(left, right, distance)| left.near(right, distance))
    })
}

fn query() -> impl Strategy<Value = Query> {
    let part = prop_oneof![
        3 => leaf(),
        2 => phrase(),
        2 => (operand(), operand(), 1_u32..6).prop_map(|(left, right, distance)| left.near(right, distance)),
        1 => (operand(), operand(), 1_u32..6).prop_map(|(left, right, distance)| left.before(right, distance)),
        1 => (operand(), operand(), 1_u32..6).prop_map(|(left, right, distance)| left.not_near(right, distance)),
        1 => Just(Query::All),
        1 => Just(Query::filter(Field::Path, "r1")),
    ];
    let any = part.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            3 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Query::all_of),
            2 => proptest::collection::vec(inner.clone(), 2..4).prop_map(Query::any_of),
            2 => inner.clone().prop_map(|part| Query::Not(Box::new(part))),
            1 => inner.clone().prop_map(|part| part.within(Scope::Sentence)),
            1 => inner.clone().prop_map(|part| part.within(Scope::Paragraph)),
            1 => inner.clone().prop_map(|part| part.within(Scope::Theme)),
            1 => inner.prop_map(|part| part.within(Scope::Report)),
        ]
    });
    any.prop_filter("a query that may be asked", |query| query.check(&Limits::default()).is_ok())
}

/// The texts of reports, by their numbers.
type Texts = BTreeMap<usize, Vec<String>>;
/// What is done between two commits: texts put in under a number, or what is there taken out.
type Batch = Vec<(usize, Option<Vec<String>>)>;
/// Path, place in the report, and byte ranges of the occurrences of each paragraph that matches.
type Matches = Vec<(String, u32, Vec<(usize, usize)>)>;

/// What is done to an index: the reports of some names put in or taken out, then committed.
fn edits() -> impl Strategy<Value = Vec<Batch>> {
    let edit = (0_usize..5, proptest::option::weighted(0.75, texts()));
    proptest::collection::vec(proptest::collection::vec(edit, 1..5), 1..5)
}

fn made(number: usize, texts: &[String]) -> Report {
    let mut report = report(&format!("r{number}"), &[]);
    report.paragraphs = texts.iter().map(|text| paragraph(text)).collect();
    // Theme chunks of two, one and two paragraphs; in the last stands a heading without a theme of its own.
    for (at, title) in ["first", "second", "inner"].into_iter().enumerate() {
        let mut section = Section::new(title, 1);
        section.theme = (at < 2).then(|| title.to_owned());
        section.parent = (at == 2).then_some(1);
        report.sections.push(section);
    }
    for (paragraph, section) in report.paragraphs.iter_mut().zip([None, None, Some(0), Some(1), Some(2)]) {
        paragraph.section = section;
    }
    report.published = u16::try_from(number)
        .ok()
        .filter(|number| number % 2 == 0)
        .and_then(|number| Date::new(2010 + number, 1, 1));
    report
}

/// Does the edits; gives the index and what should be in it.
fn worked(edits: &[Batch]) -> (Index, Texts) {
    let index = Index::in_memory().unwrap();
    let mut there = BTreeMap::new();
    for batch in edits {
        let mut writer = index.writer().unwrap();
        for (number, texts) in batch {
            match texts {
                Some(texts) => {
                    writer.put(made(*number, texts)).unwrap();
                    there.insert(*number, texts.clone());
                }
                None => {
                    let was = writer.remove(&format!("r{number}")).unwrap();
                    assert_eq!(was, there.remove(number).is_some());
                }
            }
        }
        writer.finish().unwrap();
    }
    (index, there)
}

/// What the matcher finds in the texts.
fn by_matcher(there: &Texts, query: &Query) -> Matches {
    let matcher = Matcher::new(query).unwrap();
    let mut all = Vec::new();
    for (number, texts) in there {
        let paragraphs = texts.iter().map(|text| {
            let text = Text::with_sentences(text, &paragraph(text).sentences);
            matcher::Paragraph { text, theme: 0 }
        });
        let mut paragraphs: Vec<_> = paragraphs.collect();
        for (paragraph, theme) in paragraphs.iter_mut().zip([0, 0, 1, 2, 2]) {
            paragraph.theme = theme;
        }
        // The one filter of these queries asks for the path.
        let found = matcher.find_in_report(&paragraphs, |_, _| *number == 1);
        for (ordinal, found) in (1..).zip(found).filter(|(_, found)| found.matched) {
            let occurrences = found.occurrences.iter().map(|span| (span.bytes.start, span.bytes.end));
            all.push((format!("r{number}"), ordinal, occurrences.collect()));
        }
    }
    all
}

fn by_index(index: &Index, query: &Query) -> Matches {
    let every = index.search(query).unwrap().every().unwrap();
    let mut all: Vec<_> = every
        .map(|hit| {
            let hit = hit.unwrap();
            let occurrences = hit.occurrences.iter().map(|span| (span.start, span.end)).collect();
            (hit.citation.path, hit.id.ordinal().unwrap(), occurrences)
        })
        .collect();
    all.sort();
    all
}

/// A quarter of the usual cases, each being many: 64 here, more where `PROPTEST_CASES` says so.
fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, failure_persistence: None, ..usual }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn the_index_finds_what_the_matcher_finds(
        edits in edits(),
        queries in proptest::collection::vec(query(), 12),
    ) {
        let (index, there) = worked(&edits);
        for query in &queries {
            let expected = by_matcher(&there, query);
            prop_assert_eq!(by_index(&index, query), expected.clone(), "{}", query);
            // Counted from postings alone, not from what is shown.
            let counts = index.search(query).unwrap().count().unwrap();
            let occurrences: usize = expected.iter().map(|(_, _, occurrences)| occurrences.len()).sum();
            prop_assert_eq!(counts.occurrences, occurrences as u64, "{}", query);
            prop_assert_eq!(counts.paragraphs, expected.len() as u64, "{}", query);
            let reports: std::collections::BTreeSet<_> = expected.iter().map(|(path, ..)| path).collect();
            prop_assert_eq!(counts.reports, reports.len() as u64, "{}", query);
            let table = index.search(query).unwrap().count_by(&[Facet::Theme, Facet::Year]).unwrap();
            let sum = |of: fn(&CountRow) -> u64| table.rows.iter().map(of).sum::<u64>();
            prop_assert_eq!(sum(|row| row.occurrences), counts.occurrences, "{}", query);
            prop_assert_eq!(sum(|row| row.paragraphs), counts.paragraphs, "{}", query);
            prop_assert!(table.rows.iter().all(|row| row.paragraphs <= row.all_paragraphs), "{}", query);
            let lines = index.search(query).unwrap().concordance(2, 2).unwrap();
            let words = lines.map(|line| line.map(|line| u64::from(line.to - line.from))).sum::<quotable::Result<u64>>();
            let between = |(start, end): &(usize, usize), text: &str| {
                text[*start..*end].split_whitespace().count() as u64 - 1
            };
            let expected = expected.iter().flat_map(|(path, ordinal, occurrences)| {
                let number: usize = path[1..].parse().unwrap();
                let text = &there[&number][*ordinal as usize - 1];
                occurrences.iter().map(move |one| between(one, text))
            });
            prop_assert_eq!(words.unwrap(), expected.sum::<u64>(), "{}", query);
        }
    }

    #[test]
    fn a_worked_over_index_is_as_a_fresh_one(
        edits in edits(),
        queries in proptest::collection::vec(query(), 6),
    ) {
        let (index, there) = worked(&edits);
        let fresh = index_of(there.iter().map(|(number, texts)| made(*number, texts)));
        prop_assert_eq!(index.status().corpus_hash, fresh.status().corpus_hash);
        prop_assert_eq!(index.reports().unwrap(), fresh.reports().unwrap());
        for query in &queries {
            for sort in [Sort::Relevance, Sort::Date] {
                let top = |index: &Index| {
                    let options = SearchOptions::default().sort(sort);
                    index.search_with(query, &options).unwrap().top(100).unwrap()
                };
                prop_assert_eq!(top(&index), top(&fresh), "{}", query);
            }
        }
    }
}
