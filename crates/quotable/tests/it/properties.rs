//! Property tests: the index against the matcher, which is the reference implementation, and an edited index against a
//! fresh one.
//!
//! They run a quarter of `PROPTEST_CASES` (64 by default), as each case is expensive. `PROPTEST_CASES=26000` compares more
//! than a million pairs of a query and a paragraph.

mod filters;
mod random_index;
mod random_query;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use quotable::query::analyse::words;
use quotable::query::{Matcher, Text, matcher};
use quotable::report::{Paragraph, Report, Role};
use quotable::{CountRow, Facet, Index, Search, SearchOptions, Sort};

use self::random_index::{Texts, book, build_index, chunk, edits, random_report};
use self::random_query::{Case, case};
use crate::fixtures::index_of;

/// For each matching paragraph: path, ordinal in the report, and byte ranges of the occurrences.
type Matches = Vec<(String, u32, Vec<(usize, usize)>)>;

/// The paragraphs of a report that a case searches, with their one-based ordinals.
fn searched<'r>(report: &'r Report, case: &Case) -> Vec<(u32, &'r Paragraph)> {
    let within = case.within.is_none_or(|within| {
        let folder = format!("{}/", within.trim_end_matches('/'));
        report.path == within || report.path.starts_with(&folder)
    });
    let wanted = |role: Role| match role {
        Role::Table => case.tables,
        Role::Note => case.notes,
        _ => true,
    };
    let all = (1..).zip(&report.paragraphs);
    all.filter(|(_, paragraph)| within && wanted(paragraph.role)).collect()
}

/// The matches by the matcher, and the number of paragraphs compared.
fn find_by_matcher(texts_by_number: &Texts, case: &Case) -> (Matches, u64) {
    let query = book().resolve(&case.query).unwrap().within(case.scope);
    let matcher = Matcher::new(&query).unwrap();
    let (mut all, mut looked) = (Vec::new(), 0);
    for (number, texts) in texts_by_number {
        let report = random_report(*number, texts);
        let searched = searched(&report, case);
        looked += searched.len() as u64;
        let paragraphs = searched.iter().map(|(ordinal, paragraph)| matcher::Paragraph {
            text: Text::with_sentences(&paragraph.text, &paragraph.sentences),
            theme: chunk(*ordinal as usize - 1),
        });
        let paragraphs: Vec<_> = paragraphs.collect();
        let found =
            matcher.find_in_report(&paragraphs, |at, filter| filters::holds(filter, &report, searched[at].1));
        for ((ordinal, _), found) in searched.iter().zip(found).filter(|(_, found)| found.matched) {
            let occurrences = found.occurrences.iter().map(|span| (span.bytes.start, span.bytes.end));
            all.push((report.path.clone(), *ordinal, occurrences.collect()));
        }
    }
    all.sort();
    (all, looked)
}

/// The matches by the index.
fn find_by_index(search: &Search) -> Matches {
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

/// True if the query names an authority that no report of this index is on, which is an error.
fn names_nobody(index: &Index, case: &Case) -> bool {
    let refused = index.search_with(&case.query, &case.options()).err();
    refused.is_some_and(|error| error.kind() == quotable::ErrorKind::UnknownValue)
}

fn search(index: &Index, case: &Case) -> Search {
    index.search_with(&case.query, &case.options()).unwrap()
}

/// The number of words of all occurrences beyond the first word of each.
fn extra_words(texts_by_number: &Texts, matches: &Matches) -> u64 {
    let each = matches.iter().flat_map(|(path, ordinal, occurrences)| {
        let number: usize = path[path.len() - 1..].parse().unwrap();
        let text = &texts_by_number[&number][*ordinal as usize - 1];
        occurrences.iter().map(move |(start, end)| words(&text[*start..*end]).count() as u64 - 1)
    });
    each.sum()
}

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 4, failure_persistence: None, ..usual }
}

#[test]
fn index_and_matcher_find_the_same() {
    let (queries, pairs) = (Cell::new(0_u64), Cell::new(0_u64));
    let cases = (edits(), proptest::collection::vec(case(), 24));
    let ran = TestRunner::new(config()).run(&cases, |(edits, all)| {
        let (index, texts_by_number) = build_index(&edits);
        for case in &all {
            if names_nobody(&index, case) {
                continue;
            }
            let (expected, looked) = find_by_matcher(&texts_by_number, case);
            queries.set(queries.get() + 1);
            pairs.set(pairs.get() + looked);
            let search = search(&index, case);
            prop_assert_eq!(find_by_index(&search), expected.clone(), "{:?}", case);
            // Counts come from postings alone, hits from stored texts: check both.
            let counts = search.count().unwrap();
            let occurrences: usize = expected.iter().map(|(_, _, occurrences)| occurrences.len()).sum();
            prop_assert_eq!(counts.occurrences, occurrences as u64, "{:?}", case);
            prop_assert_eq!(counts.paragraphs, expected.len() as u64, "{:?}", case);
            prop_assert_eq!(search.count_paragraphs().unwrap(), counts.paragraphs, "{:?}", case);
            for n in [1, 4] {
                prop_assert_eq!(search.top_hits(n).unwrap(), search.top(n).unwrap().hits, "{:?}", case);
            }
            let reports: BTreeSet<_> = expected.iter().map(|(path, ..)| path).collect();
            prop_assert_eq!(counts.reports, reports.len() as u64, "{:?}", case);
            let table = search.count_by(&[Facet::Theme, Facet::Year]).unwrap();
            let sum = |of: fn(&CountRow) -> u64| table.rows.iter().map(of).sum::<u64>();
            prop_assert_eq!(sum(|row| row.occurrences), counts.occurrences, "{:?}", case);
            prop_assert_eq!(sum(|row| row.paragraphs), counts.paragraphs, "{:?}", case);
            prop_assert!(table.rows.iter().all(|row| row.paragraphs <= row.all_paragraphs), "{:?}", case);
            prop_assert!(table.total.all_paragraphs <= looked, "{:?}", case);
            // A table by report is made of sums by report, one by theme too of single paragraphs.
            let mut by_year: BTreeMap<Option<&str>, [u64; 6]> = BTreeMap::new();
            for row in &table.rows {
                let sums = by_year.entry(row.values[1].as_deref()).or_default();
                let share = row.boilerplate;
                let of_row = [
                    row.occurrences, row.paragraphs, row.all_paragraphs, row.all_words, share.occurrences,
                    share.paragraphs,
                ];
                sums.iter_mut().zip(of_row).for_each(|(sum, of_row)| *sum += of_row);
            }
            let years = search.count_by(&[Facet::Year]).unwrap();
            let of_years = years.rows.iter().map(|row| {
                let share = row.boilerplate;
                let of_row = [
                    row.occurrences, row.paragraphs, row.all_paragraphs, row.all_words, share.occurrences,
                    share.paragraphs,
                ];
                (row.values[0].as_deref(), of_row)
            });
            prop_assert_eq!(of_years.collect::<BTreeMap<_, _>>(), by_year, "{:?}", case);
            prop_assert_eq!(years.total.reports, counts.reports, "{:?}", case);
            prop_assert_eq!(years.counts(), counts, "{:?}", case);
            // What is left out is what the search finds besides when it looks there too.
            let besides = |options: &SearchOptions| {
                let found = index.search_with(&case.query, options).unwrap().count_paragraphs().unwrap();
                found.saturating_sub(counts.paragraphs)
            };
            let left_out = search.left_out().unwrap();
            prop_assert_eq!(left_out.tables, besides(&case.options().tables(true)), "{:?}", case);
            prop_assert_eq!(left_out.notes, besides(&case.options().notes(true)), "{:?}", case);
            let extent = search.extent().unwrap();
            for total in [table.total, years.total] {
                let all = (total.all_paragraphs, total.all_words, total.all_reports);
                prop_assert_eq!(all, (extent.paragraphs, extent.words, extent.reports), "{:?}", case);
            }
            let lines = search.concordance(2, 2).unwrap();
            let apart = lines.map(|line| line.map(|line| u64::from(line.to - line.from)));
            prop_assert_eq!(
                apart.sum::<quotable::Result<u64>>().unwrap(),
                extra_words(&texts_by_number, &expected),
                "{:?}",
                case
            );
        }
        Ok(())
    });
    println!("{} queries, {} times a query and a paragraph", queries.get(), pairs.get());
    ran.unwrap_or_else(|error| panic!("{error}"));
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn an_edited_index_equals_a_fresh_one(
        edits in edits(),
        all in proptest::collection::vec(case(), 6),
    ) {
        let (index, texts_by_number) = build_index(&edits);
        let fresh = index_of(texts_by_number.iter().map(|(number, texts)| random_report(*number, texts)));
        prop_assert_eq!(index.status().corpus_hash, fresh.status().corpus_hash);
        prop_assert_eq!(index.reports().unwrap(), fresh.reports().unwrap());
        for case in &all {
            prop_assert_eq!(names_nobody(&index, case), names_nobody(&fresh, case), "{:?}", case);
            if names_nobody(&index, case) {
                continue;
            }
            for sort in [Sort::Relevance, Sort::Date] {
                let top = |index: &Index| {
                    let options = case.options().sort(sort);
                    index.search_with(&case.query, &options).unwrap().top(100).unwrap()
                };
                prop_assert_eq!(top(&index), top(&fresh), "{:?}", case);
            }
        }
    }
}
