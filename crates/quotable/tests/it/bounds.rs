//! Limits: cancellation, deadlines, pattern expansion, repeated parts.

use std::time::{Duration, Instant};

use quotable::{CancelFlag, ErrorKind, Facet, SearchOptions};

use crate::fixtures::{index_of, report};

#[test]
fn a_pattern_with_too_many_words_is_an_error() {
    let index = index_of([report("a.txt", &["cart car care carer", "carers"])]);
    let search = |most| {
        let options = SearchOptions::default().most_expansions(most);
        index.search_with(&"\"car* *\"".parse().unwrap(), &options)
    };
    assert_eq!(search(5).unwrap().count().unwrap().occurrences, 3);
    let error = search(4).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OverLimit);
    insta::assert_snapshot!(error, @"“car*” matches 5 different words of this corpus, and the limit is 4; write more of its letters, or raise the limit");
}

#[test]
fn a_search_stops_on_cancellation_or_deadline() {
    let texts: Vec<String> = (0..2000).map(|number| format!("care {number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let index = index_of([report("a.txt", &texts)]);
    let query = "care".parse().unwrap();

    let flag = CancelFlag::new();
    let options = SearchOptions::default().cancel(flag.clone());
    let search = index.search_with(&query, &options).unwrap();
    flag.cancel();
    assert_eq!(search.count().unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(search.count_by(&[Facet::Year]).unwrap_err().kind(), ErrorKind::Cancelled);
    assert_eq!(search.every().unwrap_err().kind(), ErrorKind::Cancelled);

    let late = SearchOptions::default().deadline(Instant::now());
    assert_eq!(index.search_with(&query, &late).unwrap_err().kind(), ErrorKind::Deadline);
    let early = SearchOptions::default().deadline(Instant::now() + Duration::from_secs(3600));
    assert_eq!(index.search_with(&query, &early).unwrap().count().unwrap().paragraphs, 2000);
}

#[test]
fn a_search_without_candidates_can_be_cancelled() {
    // No paragraph has both words: the evaluator must look for the interrupt while it skips, not only at candidates.
    let texts: Vec<String> =
        (0..2000).map(|number| if number & 1 == 0 { "care" } else { "plan" }.to_owned()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let index = index_of([report("a.txt", &texts)]);
    for query in ["care plan", "\"care plan\"", "care w/5 plan", "care w/s plan"] {
        let flag = CancelFlag::new();
        let options = SearchOptions::default().cancel(flag.clone());
        let search = index.search_with(&query.parse().unwrap(), &options).unwrap();
        assert_eq!(search.count().unwrap().paragraphs, 0);
        flag.cancel();
        assert_eq!(search.count().unwrap_err().kind(), ErrorKind::Cancelled, "{query}");
    }
}

#[test]
fn repeated_parts_are_evaluated_once() {
    let index = index_of([report("a.txt", &["Care plans are made. Care is given.", "Plans."])]);
    let began = Instant::now();
    let many = "care ".repeat(3000).parse().unwrap();
    assert_eq!(index.search(&many).unwrap().count().unwrap().occurrences, 2);
    // Regression: nested scopes were evaluated twice at each level, 2^20 times here.
    let nested = (0..20).fold("w/r(care)".to_owned(), |query, _| format!("w/r(w/s({query} plans))"));
    assert_eq!(index.search(&nested.parse().unwrap()).unwrap().count().unwrap().paragraphs, 2);
    assert!(began.elapsed() < Duration::from_secs(20));
}
