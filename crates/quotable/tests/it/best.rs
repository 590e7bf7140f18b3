//! Top hits found while skipping most paragraphs, against those found by scoring all.

use std::collections::BTreeSet;

use quotable::query::matcher::Matcher;
use quotable::query::{Query, Scope, Text};
use quotable::report::{Paragraph, Report, Role};
use quotable::{Boilerplate, Index, SearchOptions, Sort};
use quotable_testkit::Random;

/// Draws a number below `end`: small ones are far more frequent than large ones.
fn rank(random: &mut Random, end: u64) -> u64 {
    let end = random.below(end) + 1;
    random.below(end)
}

/// Commits reports of 61 paragraphs with up to `length` words each.
fn write(index: &Index, random: &mut Random, reports: std::ops::Range<u32>, length: u64) {
    let mut writer = index.writer().unwrap();
    for number in reports {
        let mut report = Report::new(format!("{number}.txt"));
        for _ in 0..60 {
            let words = (0..=random.below(length)).map(|_| match rank(random, 90) {
                0 => "of".to_owned(),
                1 => "the".to_owned(),
                2 => "children".to_owned(),
                word => format!("w{word}"),
            });
            let mut paragraph = Paragraph::new(words.collect::<Vec<_>>().join(" "));
            if random.below(7) == 0 {
                paragraph.role = Role::Table;
            }
            report.paragraphs.push(paragraph);
        }
        report.paragraphs.push(Paragraph::new(
            "the words of the law are the same of the children everywhere and so on w3",
        ));
        writer.put(report).unwrap();
    }
    writer.commit().unwrap();
}

/// An index of three segments with different average paragraph lengths, and with replaced sources.
fn sample_index() -> Index {
    let index = Index::in_memory().unwrap();
    let mut random = Random::new(7);
    write(&index, &mut random, 0..180, 8);
    write(&index, &mut random, 180..230, 90);
    write(&index, &mut random, 170..240, 30);
    index
}

#[test]
fn index_and_matcher_count_alike_in_windows() {
    let index = sample_index();
    let all = index.search(&Query::All).unwrap().every().unwrap();
    let all: Vec<Text> =
        all.map(|hit| hit.map(|hit| Text::with_sentences(&hit.text, &hit.sentences)).unwrap()).collect();
    // More than one window of documents.
    assert!(all.len() > 9000, "{}", all.len());
    let queries = [
        "the",
        "w80",
        "of OR w40",
        "the OR children OR w3",
        "w3 w5",
        "the children NOT of",
        "(w3 w5) OR w6 OR (w7 w8 NOT w9)",
        "((the OR w4) (of OR w5)) OR (children w6)",
        "(w3 (NOT w4)) OR (w5 NOT (w6 OR w7))",
        "NOT the",
        "w1*",
        "w1* OR of",
        "w* NOT w9",
        "(w2* the) OR (w3* of)",
        "\"of the\" OR w3",
        "\"of the\" children",
    ];
    // More words than are counted in one pass.
    let any: Vec<String> = (0..300).map(|word| format!("w{word}")).collect();
    let mut any_boilerplate = false;
    for query in queries.into_iter().chain([any.join(" OR ").as_str()]) {
        let query: Query = query.parse().unwrap();
        let matcher = Matcher::new(&query).unwrap();
        let found: Vec<_> = all.iter().map(|text| matcher.find(text)).filter(|found| found.matched).collect();
        let search = index.search(&query).unwrap();
        let top = search.top(3).unwrap();
        for counts in [search.count().unwrap(), top.counts] {
            assert_eq!(counts.paragraphs, found.len() as u64, "{query}");
            let occurrences: usize = found.iter().map(|found| found.occurrences.len()).sum();
            assert_eq!(counts.occurrences, occurrences as u64, "{query}");
        }
        // All hits are found one by one; counts and the best are found by many paragraphs at once where that is possible.
        let mut every: Vec<_> = search.every().unwrap().collect::<Result<_, _>>().unwrap();
        let reports: BTreeSet<_> = every.iter().map(|hit| hit.citation.path.as_str()).collect();
        let boilerplate = every.iter().filter(|hit| hit.boilerplate.is_some());
        let occurrences: usize = boilerplate.clone().map(|hit| hit.occurrences.len()).sum();
        for counts in [search.count().unwrap(), top.counts] {
            assert_eq!(counts.reports, reports.len() as u64, "{query}");
            assert_eq!(counts.boilerplate.paragraphs, boilerplate.clone().count() as u64, "{query}");
            assert_eq!(counts.boilerplate.occurrences, occurrences as u64, "{query}");
        }
        any_boilerplate |= occurrences > 0;
        every.sort_by(|one, other| other.score.total_cmp(&one.score));
        assert_eq!(top.hits, every[..every.len().min(3)], "{query}");
        let page = search.page(2, 3).unwrap();
        assert_eq!(page.counts, top.counts, "{query}");
        assert_eq!(page.hits, every[every.len().min(2)..every.len().min(5)], "{query}");
        let without = SearchOptions::default().boilerplate(Boilerplate::Exclude);
        let without = index.search_with(&query, &without).unwrap();
        every.retain(|hit| hit.boilerplate.is_none());
        let top_without = without.top(3).unwrap();
        assert_eq!(top_without.counts.paragraphs, every.len() as u64, "{query}");
        assert_eq!(without.count().unwrap(), top_without.counts, "{query}");
        assert_eq!(top_without.counts.boilerplate, top.counts.boilerplate, "{query}");
        assert_eq!(top_without.hits, every[..every.len().min(3)], "{query}");
        assert_eq!(without.top_hits(3).unwrap(), top_without.hits, "{query}");
        assert_eq!(search.count_paragraphs().unwrap(), found.len() as u64, "{query}");
        assert_eq!(search.top_hits(3).unwrap(), top.hits, "{query}");
    }
    assert!(any_boilerplate);
}

#[test]
fn top_hits_are_the_same_without_counts() {
    let index = sample_index();
    let queries = [
        "the",
        "w9",
        "w80",
        "of OR w40",
        "the OR of OR children",
        "w3 w5",
        "w3 NOT the",
        "\"of the\"",
        "\"the children\"",
        "\"w3 w4\"",
        "\"of the children\"",
        "\"of * the\"",
        "\"w4 (w5|w6)\"",
        "w1*",
        "w* NOT w9",
        "\"w1* the\"",
        "the w/3 w5",
        "w5 w/8 (w6 OR \"of the\")",
        "the w/s w20",
        "(the w7) OR (of w8)",
        "the the",
        "w5* w5",
        "\"of the\" w9",
        "\"of the\" OR \"the of\"",
        "\"of of\"",
        "w1 path:1*",
        "NOT w1",
        "w30%1",
    ];
    for query in queries {
        let query = query.parse().unwrap();
        for (tables, boilerplate) in [(false, Boilerplate::Include), (true, Boilerplate::Exclude)] {
            for (scope, sort) in [
                (Scope::Paragraph, Sort::Relevance),
                (Scope::Sentence, Sort::Relevance),
                (Scope::Report, Sort::Relevance),
                (Scope::Paragraph, Sort::Date),
            ] {
                let options =
                    SearchOptions::default().scope(scope).sort(sort).tables(tables).boilerplate(boilerplate);
                let search = index.search_with(&query, &options).unwrap();
                let top = search.top(40).unwrap();
                for n in [0, 1, 10, 40] {
                    assert_eq!(search.top_hits(n).unwrap(), top.hits[..n.min(top.hits.len())], "{query} {n}");
                }
                assert_eq!(search.count_paragraphs().unwrap(), top.counts.paragraphs, "{query}");
            }
        }
    }
}
