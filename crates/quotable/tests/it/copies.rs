//! Copies: files that hold the same report count once.

use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use quotable::{Duplicates, Facet, Index, SearchOptions};

use crate::fixtures::{TempCorpus, counts};

/// A report on a place, with enough words for two formats of it to be told from those of another place.
fn visit(place: &str) -> String {
    let lines: Vec<String> = (1..=30)
        .map(|number| format!("{number}. The harbour of {place} keeps boat {number} for its {number} pilots, and paints it.\n"))
        .collect();
    format!(
        "Inspection of {place} children’s services\n\nInspection dates: 4 to 8 March 2024\n\n{}",
        lines.join("\n")
    )
}

fn options(duplicates: Duplicates) -> SearchOptions {
    SearchOptions::default().duplicates(duplicates)
}

fn paragraphs(index: &Index, query: &str, options: &SearchOptions) -> u64 {
    index.search_with(&query.parse().unwrap(), options).unwrap().count().unwrap().paragraphs
}

#[test]
fn copies_count_once_and_are_named() {
    let temp = TempCorpus::new();
    temp.write("b.txt", &visit("Fenwick")).write("a (1).txt", &visit("Fenwick"));
    temp.write("c.md", &visit("Fenwick").replacen("paints it", "paints her", 3));
    temp.write("d.txt", &visit("Orrery"));
    temp.refresh();
    let index = temp.index();
    assert_eq!(counts(&index, "pilots"), (60, 60, 2));
    assert_eq!(paragraphs(&index, "pilots", &options(Duplicates::Keep)), 120);
    let named = index.snapshot().copies(None);
    let kept = "c.md".to_owned();
    assert_eq!(named, [("a (1).txt".to_owned(), kept.clone()), ("b.txt".to_owned(), kept)]);
    let status = index.status();
    assert_eq!((status.reports, status.copies), (2, 2));
    let search = index.search(&"pilots".parse().unwrap()).unwrap();
    let table = search.count_by(&[Facet::Report]).unwrap();
    assert_eq!((table.total.all_reports, table.rows.len()), (2, 2));
    assert_eq!((search.provenance().reports, search.provenance().copies), (2, 2));
    // Denominators by paragraph are kept, for each treatment of copies its own.
    for (duplicates, paragraphs) in [(Duplicates::Once, 64), (Duplicates::Keep, 128), (Duplicates::Once, 64)]
    {
        let search = index.search_with(&"pilots".parse().unwrap(), &options(duplicates)).unwrap();
        assert_eq!(search.count_by(&[Facet::Section]).unwrap().total.all_paragraphs, paragraphs);
    }
    assert_eq!(search.count_paragraphs().unwrap(), 60);
    assert_eq!(search.top(100).unwrap().hits.len(), 60);
    assert_eq!(search.top_hits(100).unwrap().len(), 60);
    assert_eq!(search.every().unwrap().count(), 60);
}

/// A query for a file finds it, whether it has a copy elsewhere or not.
#[test]
fn a_copy_stands_for_itself_where_the_other_is_not_looked_in() {
    let temp = TempCorpus::new();
    temp.write("a.txt", &visit("Fenwick")).write("later/b.txt", &visit("Fenwick"));
    temp.refresh();
    let index = temp.index();
    assert_eq!(paragraphs(&index, "pilots", &SearchOptions::default().within("later")), 30);
    assert_eq!(paragraphs(&index, "pilots path:later/*", &SearchOptions::default()), 30);
    assert_eq!(paragraphs(&index, "pilots -path:a.txt", &SearchOptions::default()), 30);
    assert_eq!(index.snapshot().copies(Some("later")), []);
}

#[test]
fn five_copies_are_no_boilerplate() {
    let temp = TempCorpus::new();
    for number in 0..5 {
        temp.write(&format!("{number}.txt"), &visit("Fenwick"));
    }
    temp.refresh();
    let index = temp.index();
    let search = index.search_with(&"pilots".parse().unwrap(), &options(Duplicates::Keep)).unwrap();
    assert_eq!(search.count().unwrap().boilerplate.paragraphs, 0);
}

#[test]
fn reports_of_the_same_words_on_other_days_are_no_copies() {
    let temp = TempCorpus::new();
    temp.write("a.txt", &visit("Fenwick"));
    temp.write("b.md", &visit("Fenwick").replace("4 to 8 March 2024", "3 to 7 June 2019"));
    temp.refresh();
    assert_eq!(temp.index().status().copies, 0);
}

/// Copies, occurrences by report, the number of copies, and the counts of a search.
type Answer = (Vec<(String, String)>, Vec<(String, u64)>, u64, quotable::Counts);

/// What an index says of its copies, and what it finds.
fn answer(index: &Index) -> Answer {
    let search = index.search(&"harbour OR pilots".parse().unwrap()).unwrap();
    let found = search.count_by_report().unwrap().into_iter().map(|report| (report.path, report.occurrences));
    let kept = paragraphs(index, "harbour", &options(Duplicates::Keep));
    (index.snapshot().copies(None), found.collect(), kept, search.count().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the order in which copies are added and removed, the index is that of the files that are there.
    #[test]
    fn refreshed_copies_are_those_of_a_rebuild(
        edits in proptest::collection::vec((0_usize..6, proptest::option::weighted(0.7, 0_usize..4)), 1..12),
    ) {
        let temp = TempCorpus::new();
        temp.write("always.txt", "Nothing of note.");
        let index = Index::in_memory().unwrap();
        let names = ["a.txt", "b.txt", "b.md", "deep/a.txt", "deep/c.md", "z.html"];
        let mut there = BTreeMap::new();
        for (name, text) in edits {
            match text {
                Some(text) => {
                    let places = ["Fenwick", "Fenwick", "Orrery", "Marlowe"];
                    let text = visit(places[text]).replace("paints it", if text == 1 { "paints her" } else { "paints it" });
                    temp.write(names[name], &text);
                    there.insert(name, text);
                }
                None => {
                    if there.remove(&name).is_some() {
                        fs::remove_file(temp.file(names[name])).unwrap();
                    }
                }
            }
            index.refresh(temp.corpus()).unwrap();
        }
        let fresh = Index::in_memory().unwrap();
        fresh.refresh(temp.corpus()).unwrap();
        prop_assert_eq!(answer(&index), answer(&fresh));
    }
}
