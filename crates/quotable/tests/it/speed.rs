//! Times expensive queries on a corpus of invented words. Ignored by default; for use when evaluation changes:
//! `cargo test -p quotable --test it speed -- --ignored --nocapture`.

use std::time::Instant;

use quotable::query::{Query, Scope};
use quotable::{Index, Result, Search};
use quotable_testkit::Random;

use crate::fixtures::{index_of, report};

const REPORTS: u32 = 400;
const PARAGRAPHS: u32 = 500;
const WORDS: u64 = 20_000;

/// About 200,000 paragraphs of twenty words: one word in three is `of`, the others are from a skewed vocabulary of 20,000.
fn corpus() -> Index {
    let mut random = Random::new(1);
    let reports: Vec<_> = (0..REPORTS)
        .map(|number| {
            let texts: Vec<String> = (0..PARAGRAPHS)
                .map(|_| {
                    let words = (0..20).map(|_| {
                        let most = random.below(WORDS) + 1;
                        if random.below(3) == 0 {
                            "of".to_owned()
                        } else {
                            format!("w{}", random.below(most))
                        }
                    });
                    words.collect::<Vec<_>>().join(" ")
                })
                .collect();
            report(&format!("{number}.txt"), &texts.iter().map(String::as_str).collect::<Vec<_>>())
        })
        .collect();
    index_of(reports)
}

fn nested(depth: usize) -> Query {
    (0..depth).fold(Query::word("w7"), |query, level| {
        query.and("of").within(if level % 2 == 0 { Scope::Sentence } else { Scope::Report })
    })
}

#[test]
#[ignore = "a benchmark that takes a minute"]
fn costly_queries() {
    let index = corpus();
    let typed = |query: &str| (query.to_owned(), query.parse::<Query>().unwrap());
    let mut all: Vec<(String, Query)> = [
        "w7",
        "of w7",
        "w1*",
        "of w1*",
        "\"w1* of\"",
        "\"of w1* of\"",
        "\"w1* w19998\"",
        "\"w1* w2* w3*\"",
        "w1* w/3 w19998",
        "(w1* OR of) w/3 (w2* OR of)",
        "w/s(w1* w7)",
    ]
    .map(typed)
    .into();
    all.push(("of, 3,000 times".to_owned(), "of ".repeat(3000).parse().unwrap()));
    all.push(("nested 10 deep".to_owned(), nested(10)));
    all.push(("nested 24 deep".to_owned(), nested(24)));
    all.push((
        "OR of 10,000".to_owned(),
        Query::any_of((0..10_000).map(|number| Query::word(format!("w{number}")))),
    ));
    all.push((
        "100,000 parts".to_owned(),
        Query::And((0..100_000).map(|number| Query::Word(format!("w{number}"))).collect()),
    ));
    for (name, query) in all {
        let began = Instant::now();
        let search: Result<Search> = index.search(&query);
        let ready = began.elapsed();
        let counts = search.and_then(|search| search.count());
        let told = counts.map_or_else(|error| error.to_string(), |counts| counts.occurrences.to_string());
        let told: String = told.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
        println!("{name:32} ready {ready:9.1?} counted {:9.1?}: {told}", began.elapsed());
    }
}
