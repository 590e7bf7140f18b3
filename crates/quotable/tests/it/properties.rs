//! The index against the matcher, which is the measure of both; and a worked-over index against a fresh one.
//!
//! Each is of many cases by itself: 64 here, a quarter of what `PROPTEST_CASES` says elsewhere. A run over more than a
//! million pairs of a query and a paragraph takes `PROPTEST_CASES=26000`.

mod asked;
mod known;
mod made;

use std::cell::Cell;
use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use quotable::query::analyse::words;
use quotable::query::{Matcher, Text, matcher};
use quotable::report::{Paragraph, Report, Role};
use quotable::{CountRow, Facet, Index, Search, Sort};

use self::asked::{Asked, asked};
use self::made::{Texts, book, chunk, edits, made, worked};
use crate::shelf::index_of;

/// Path, place in the report, and byte ranges of the occurrences of each paragraph that matches.
type Matches = Vec<(String, u32, Vec<(usize, usize)>)>;

/// The paragraphs that are searched, with their one-based places.
fn searched<'r>(report: &'r Report, asked: &Asked) -> Vec<(u32, &'r Paragraph)> {
    let within = asked.within.is_none_or(|within| {
        let folder = format!("{}/", within.trim_end_matches('/'));
        report.path == within || report.path.starts_with(&folder)
    });
    let wanted = |role: Role| match role {
        Role::Table => asked.tables,
        Role::Note => asked.notes,
        _ => true,
    };
    let all = (1..).zip(&report.paragraphs);
    all.filter(|(_, paragraph)| within && wanted(paragraph.role)).collect()
}

/// What the matcher finds in the texts, and in how many paragraphs it has looked.
fn by_matcher(there: &Texts, asked: &Asked) -> (Matches, u64) {
    let query = book().resolve(&asked.query).unwrap().within(asked.scope);
    let matcher = Matcher::new(&query).unwrap();
    let (mut all, mut looked) = (Vec::new(), 0);
    for (number, texts) in there {
        let report = made(*number, texts);
        let searched = searched(&report, asked);
        looked += searched.len() as u64;
        let paragraphs = searched.iter().map(|(ordinal, paragraph)| matcher::Paragraph {
            text: Text::with_sentences(&paragraph.text, &paragraph.sentences),
            theme: chunk(*ordinal as usize - 1),
        });
        let paragraphs: Vec<_> = paragraphs.collect();
        let found =
            matcher.find_in_report(&paragraphs, |at, filter| known::holds(filter, &report, searched[at].1));
        for ((ordinal, _), found) in searched.iter().zip(found).filter(|(_, found)| found.matched) {
            let occurrences = found.occurrences.iter().map(|span| (span.bytes.start, span.bytes.end));
            all.push((report.path.clone(), *ordinal, occurrences.collect()));
        }
    }
    all.sort();
    (all, looked)
}

fn by_index(search: &Search) -> Matches {
    let mut all: Vec<_> = search
        .every()
        .unwrap()
        .map(|hit| {
            let hit = hit.unwrap();
            let occurrences = hit.occurrences.iter().map(|span| (span.start, span.end)).collect();
            (hit.citation.path, hit.id.ordinal().unwrap(), occurrences)
        })
        .collect();
    all.sort();
    all
}

fn search(index: &Index, asked: &Asked) -> Search {
    index.search_with(&asked.query, &asked.options()).unwrap()
}

/// How many words the occurrences are of, one taken off each.
fn width(there: &Texts, matches: &Matches) -> u64 {
    let each = matches.iter().flat_map(|(path, ordinal, occurrences)| {
        let number: usize = path[path.len() - 1..].parse().unwrap();
        let text = &there[&number][*ordinal as usize - 1];
        occurrences.iter().map(move |(start, end)| words(&text[*start..*end]).count() as u64 - 1)
    });
    each.sum()
}

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, failure_persistence: None, ..usual }
}

#[test]
fn the_index_finds_what_the_matcher_finds() {
    let (queries, looked_at) = (Cell::new(0_u64), Cell::new(0_u64));
    let cases = (edits(), proptest::collection::vec(asked(), 24));
    let ran = TestRunner::new(config()).run(&cases, |(edits, all)| {
        let (index, there) = worked(&edits);
        for asked in &all {
            let (expected, looked) = by_matcher(&there, asked);
            queries.set(queries.get() + 1);
            looked_at.set(looked_at.get() + looked);
            let search = search(&index, asked);
            prop_assert_eq!(by_index(&search), expected.clone(), "{:?}", asked);
            // Counted from postings alone, not from what is shown.
            let counts = search.count().unwrap();
            let occurrences: usize = expected.iter().map(|(_, _, occurrences)| occurrences.len()).sum();
            prop_assert_eq!(counts.occurrences, occurrences as u64, "{:?}", asked);
            prop_assert_eq!(counts.paragraphs, expected.len() as u64, "{:?}", asked);
            prop_assert_eq!(search.count_paragraphs().unwrap(), counts.paragraphs, "{:?}", asked);
            for n in [1, 4] {
                prop_assert_eq!(search.top_hits(n).unwrap(), search.top(n).unwrap().hits, "{:?}", asked);
            }
            let reports: BTreeSet<_> = expected.iter().map(|(path, ..)| path).collect();
            prop_assert_eq!(counts.reports, reports.len() as u64, "{:?}", asked);
            let table = search.count_by(&[Facet::Theme, Facet::Year]).unwrap();
            let sum = |of: fn(&CountRow) -> u64| table.rows.iter().map(of).sum::<u64>();
            prop_assert_eq!(sum(|row| row.occurrences), counts.occurrences, "{:?}", asked);
            prop_assert_eq!(sum(|row| row.paragraphs), counts.paragraphs, "{:?}", asked);
            prop_assert!(table.rows.iter().all(|row| row.paragraphs <= row.all_paragraphs), "{:?}", asked);
            prop_assert!(table.total.all_paragraphs <= looked, "{:?}", asked);
            let extent = search.extent().unwrap();
            for total in [table.total, search.count_by(&[Facet::Year]).unwrap().total] {
                let all = (total.all_paragraphs, total.all_words, total.all_reports);
                prop_assert_eq!(all, (extent.paragraphs, extent.words, extent.reports), "{:?}", asked);
            }
            let lines = search.concordance(2, 2).unwrap();
            let apart = lines.map(|line| line.map(|line| u64::from(line.to - line.from)));
            prop_assert_eq!(
                apart.sum::<quotable::Result<u64>>().unwrap(),
                width(&there, &expected),
                "{:?}",
                asked
            );
        }
        Ok(())
    });
    println!("{} queries, {} times a query and a paragraph", queries.get(), looked_at.get());
    ran.unwrap_or_else(|error| panic!("{error}"));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_worked_over_index_is_as_a_fresh_one(
        edits in edits(),
        all in proptest::collection::vec(asked(), 6),
    ) {
        let (index, there) = worked(&edits);
        let fresh = index_of(there.iter().map(|(number, texts)| made(*number, texts)));
        prop_assert_eq!(index.status().corpus_hash, fresh.status().corpus_hash);
        prop_assert_eq!(index.reports().unwrap(), fresh.reports().unwrap());
        for asked in &all {
            for sort in [Sort::Relevance, Sort::Date] {
                let top = |index: &Index| {
                    let options = asked.options().sort(sort);
                    index.search_with(&asked.query, &options).unwrap().top(100).unwrap()
                };
                prop_assert_eq!(top(&index), top(&fresh), "{:?}", asked);
            }
        }
    }
}
