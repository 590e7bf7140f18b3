//! Queries that are offered beside an answer, and words that are held to the way they are printed.

use quotable::query::Query;
use quotable::report::{Authority, Report};
use quotable::{CodeBook, Hint, Index, SearchOptions};

use crate::fixtures::{counts, index_of, report};

fn report_on(name: &str, paragraphs: &[&str]) -> Report {
    let mut report = report(&format!("{name}.txt"), paragraphs);
    report.authority = Some(Authority::new(name, name.to_lowercase()));
    report
}

fn hints(index: &Index, query: &str) -> Vec<Hint> {
    let query: Query = query.parse().unwrap();
    let options = SearchOptions::default().codebook(CodeBook::builtin());
    let search = index.search_with(&query, &options).unwrap();
    search.hints(&search.count().unwrap()).unwrap()
}

#[test]
fn words_are_offered_as_the_phrase_that_they_often_form() {
    let index =
        index_of([report("a.txt", &["Care leavers wait.", "Care of the leavers.", "Care for boats."])]);
    let phrase = Hint::Phrase { words: 2, phrase: "\"care leavers\"".to_owned(), occurrences: 1 };
    assert_eq!(hints(&index, "care leavers"), std::slice::from_ref(&phrase));
    assert_eq!(hints(&index, "care leavers path:a.txt"), [phrase]);
    assert_eq!(hints(&index, "leavers care"), [], "no such phrase");
    assert_eq!(hints(&index, "care leavers -boats"), [], "a query with operators is meant as it is");
}

#[test]
fn concepts_and_numbers_are_offered_where_they_find_more() {
    let index = index_of([report(
        "a.txt",
        &["Cases were unallocated.", "Some had no allocated worker.", "Of 1,000 boats, 1000 sank."],
    )]);
    let hinted = hints(&index, "unallocated");
    assert_eq!(hinted, [Hint::Concept { name: "@unallocated-work".to_owned(), more: 1 }]);
    let number = |number: &str, forms: &str| Hint::Number {
        number: number.to_owned(),
        forms: forms.to_owned(),
        more: 1,
    };
    assert_eq!(hints(&index, "1000"), [number("1000", "1000~")]);
    assert_eq!(hints(&index, "1,000"), [number("1,000", "1,000~")]);
    assert_eq!(hints(&index, "boats"), []);
}

#[test]
fn a_name_without_quotation_marks_is_completed() {
    let index = index_of([
        report_on("North Harrowshire", &["Yes, boats."]),
        report_on("North Bramble", &["Boats."]),
        report_on("Orrery", &["Boats of Orrery county."]),
    ]);
    let query: Query = "boats authority:north harrowshire".parse().unwrap();
    let error = index.search(&query).err().unwrap().to_string();
    assert!(error.contains("authority:\"north harrowshire\""), "{error}");
    let query: Query = "authority:nowhere boats".parse().unwrap();
    let error = index.search(&query).err().unwrap().to_string();
    assert!(!error.contains("quotation marks"), "{error}");
    let filter = Hint::Name { filter: "authority:\"orrery council\"".to_owned() };
    assert_eq!(hints(&index, "authority:orrery council"), [filter]);
    assert_eq!(hints(&index, "authority:orrery boats"), []);
}

#[test]
fn several_values_after_one_filter_are_offered_with_or() {
    let index = index_of([
        report_on("Orrery", &["Boats of Orrery."]),
        report_on("Fenwick", &["Boats and fenwick."]),
        report_on("North Bramble", &["Boats."]),
    ]);
    let either = |filters: &str| [Hint::Either { filters: filters.to_owned() }];
    for query in ["authority:orrery and fenwick", "authority:orrery, fenwick", "authority:orrery OR fenwick"]
    {
        assert_eq!(hints(&index, query), either("(authority:orrery OR authority:fenwick)"), "{query}");
    }
    assert_eq!(
        hints(&index, "authority:orrery, fenwick and north bramble"),
        either("(authority:orrery OR authority:fenwick OR authority:\"north bramble\")")
    );
    assert_eq!(hints(&index, "authority:orrery and boats"), []);
    let query: Query = "authority:orrery,fenwick".parse().unwrap();
    let error = index.search(&query).err().unwrap().to_string();
    assert!(error.contains("(authority:orrery OR authority:fenwick)"), "{error}");
}

#[test]
fn a_registered_name_without_reports_is_no_other_authority() {
    let index = index_of([report_on("North Bramble", &["Boats of yorkshire."])]);
    for query in [
        "boats authority:north yorkshire",
        "authority:east riding of yorkshire",
        "(authority:north yorkshire)",
    ] {
        let query: Query = query.parse().unwrap();
        let error = index.search(&query).err().unwrap().to_string();
        assert!(error.contains("no report here is on") && error.contains("orkshire"), "{error}");
    }
    assert_eq!(hints(&index, "authority:north boats"), []);
}

#[test]
fn words_are_held_to_capitals_and_numbers_to_signs() {
    let index = index_of([report(
        "a.txt",
        &[
            "The Prevent duty. Staff prevent harm.",
            "IT is slow, and it fails: £1.2 million, at 1, 2.",
            "Café R&D.",
        ],
    )]);
    for (query, occurrences) in [
        ("prevent", 2),
        ("=Prevent", 1),
        ("=prevent duty", 2),
        ("=IT w/9 =it", 1),
        ("\"=Prevent duty\"", 1),
        ("\"(=prevent OR =Prevent) duty\"", 1),
        ("=\"R&D\"", 1),
        ("=Café", 1),
        ("=cafe", 0),
        ("£1.2", 1),
        ("\"1 2\"", 2),
        ("w/s(=Prevent duty)", 2),
        ("=Prevent OR prevent", 2),
        ("harm -=PREVENT", 1),
    ] {
        assert_eq!(counts(&index, query).0, occurrences, "{query}");
    }
}
