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
    insta::assert_snapshot!(error, @r#"
    "car* *"
     ^^^^
    “car*” matches more than 4 different words of this corpus, which is the limit
    help: write more of its letters, or raise the limit
    "#);
}

#[test]
fn all_words_that_a_query_stands_for_are_bounded_wherever_they_are_used() {
    let words: Vec<String> = (0..30).map(|number| format!("care{number}")).collect();
    let index = index_of([report("a.txt", &[&words.join(" ")])]);
    let search = |query: &str, most| {
        let options = SearchOptions::default().most_lists(most);
        index.search_with(&query.parse().unwrap(), &options).and_then(|search| search.count())
    };
    assert!(search("care*", 100).is_ok());
    assert_eq!(search("care*", 29).unwrap_err().kind(), ErrorKind::OverLimit);
    // Different patterns add up, and so does one that is used again.
    assert_eq!(search("care* OR *care1*", 40).unwrap_err().kind(), ErrorKind::OverLimit);
    assert!(search("care* w/5 care*", 200).is_ok());
    assert_eq!(search("care* w/5 care*", 100).unwrap_err().kind(), ErrorKind::OverLimit);
    assert!(search("w/r(care*) w/r(*1 w/2 *2)", 120).is_ok());
    let doubled: String = (0..6).fold("care*".to_owned(), |query, _| format!("({query}) w/99 ({query})"));
    let error = search(&doubled, 1_000).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::OverLimit);
    let error = search("teams care*", 29).unwrap_err();
    insta::assert_snapshot!(error, @"
    teams care*
          ^^^^^
    the query stands for more than 29 words of this corpus, each counted again wherever it is used, and that is the limit
    help: write more letters of its patterns, use fewer of them, split the query, or raise the limit
    ");
}

#[test]
fn the_work_for_one_answer_is_bounded_by_the_query_and_the_index_alone() {
    let texts: Vec<String> =
        (0..2000).map(|number| format!("the care of plan {number} and the care")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let index = index_of([report("a.txt", &texts)]);
    let is_within = |query: &str, most| {
        let options = SearchOptions::default().most_steps(most);
        let search = index.search_with(&query.parse().unwrap(), &options);
        let counted = search.and_then(|search| {
            search.top(3)?;
            search.count()
        });
        match counted {
            Ok(_) => true,
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::OverLimit, "{query}: {error}");
                false
            }
        }
    };
    let chain = "the w/99 care w/99 ".repeat(20) + "plan";
    for query in [
        "the care",
        "the OR care",
        "the care NOT plan",
        "\"the care\"",
        "\"the * of\"",
        "the w/5 care",
        "w/s(the w/5 care)",
        "w/r(the w/5 care) plan",
        "w/r(c*) w/r(pl*) w/r(wholly OR the)",
        "p* w/3 1*",
        "*a*",
        "care%2 OR plan%2",
        "/c.*e/",
        chain.as_str(),
    ] {
        let steps = (0..32).find(|power| is_within(query, 1 << power)).unwrap();
        assert!(steps >= 10, "{query} is charged for almost nothing: 2^{steps}");
        assert!(steps <= 24, "{query} is charged for too much: 2^{steps}");
        // Always or never: more steps never lead to a refusal.
        assert!((steps..steps + 4).all(|power| is_within(query, 1 << power)), "{query}");
        assert!(!is_within(query, (1 << steps) / 4), "{query}");
    }
    let options = SearchOptions::default().most_steps(1_000);
    let error = index.search_with(&"*a*".parse().unwrap(), &options).unwrap_err();
    insta::assert_snapshot!(error, @"the query takes too much work: more than 1 million steps; narrow it by a filter, write more letters of its patterns, use fewer of them, split the query, or raise the limit");
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
