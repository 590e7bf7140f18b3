//! The queries of `corpus/queries.toml` against their expected counts, which were counted in the sources by hand or script,
//! never by this program.

use std::path::Path;

use quotable::query::{Limits, Query, read};
use quotable::report::Role;
use quotable::{Index, SearchOptions};

#[test]
fn sample_queries_find_the_expected_counts() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let index = Index::in_memory().unwrap();
    index.refresh(corpus.join("reports")).unwrap();
    let queries = std::fs::read_to_string(corpus.join("queries.toml")).unwrap();
    let queries: serde_json::Value = toml::from_str(&queries).unwrap();
    let queries = queries["query"].as_array().unwrap();
    assert!(queries.len() >= 20);
    let mut exact = 0;
    for wanted in queries {
        let typed = wanted["query"].as_str().unwrap();
        let number = |key: &str| wanted[key].as_u64().unwrap();
        let query: Query = typed.parse().unwrap();
        // Expected counts cover paragraphs and bullets. Words of headings also occur on title pages, which the search
        // covers and the expected counts do not: for these the count is a lower bound.
        let search = index.search(&query).unwrap();
        let found = search.every().unwrap().map(|hit| hit.unwrap());
        let paragraphs = found.filter(|hit| hit.role != Role::Heading).count() as u64;
        let least = number("paragraphs");
        if number("in_headings") == 0 {
            assert_eq!(paragraphs, least, "{typed}");
            exact += 1;
        } else {
            assert!(paragraphs >= least, "{typed}: {paragraphs}, at least {least}");
        }
    }
    assert!(exact >= 15, "only {exact} queries are held to their count");
}

/// Every sentence of the sample corpus, pasted as a query bare and in quotation marks, finds its own paragraph.
#[test]
fn pasted_sentences_find_themselves() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let index = Index::in_memory().unwrap();
    index.refresh(corpus.join("reports")).unwrap();
    let (sentences, lost) = lost_sentences(&index, 1);
    assert!(sentences > 1_000, "{sentences} sentences");
    assert!(lost.is_empty(), "{} of {sentences} lost: {:#?}", lost.len(), &lost[..lost.len().min(20)]);
}

/// The same for a folder of one's own: `CORPUS=FOLDER cargo test … -- --ignored sentences_of_a_folder`.
#[test]
#[ignore = "needs a folder of reports"]
fn sentences_of_a_folder_find_themselves() {
    let folder = std::env::var("CORPUS").unwrap();
    let wanted: usize = std::env::var("SENTENCES").map_or(1_000, |number| number.parse().unwrap());
    let index = Index::in_memory().unwrap();
    index.refresh(&folder).unwrap();
    let all = index.search(&Query::All).unwrap().count_paragraphs().unwrap() as usize;
    let (sentences, lost) = lost_sentences(&index, (all / wanted).max(1));
    assert!(lost.is_empty(), "{} of {sentences} lost: {lost:#?}", lost.len());
}

/// Pastes one sentence of every `step`th paragraph; returns how many, and those that did not find their paragraph.
fn lost_sentences(index: &Index, step: usize) -> (usize, Vec<String>) {
    let (mut sentences, mut lost) = (0, Vec::new());
    let options = SearchOptions::default();
    for (number, hit) in index.search(&Query::All).unwrap().every().unwrap().enumerate() {
        let hit = hit.unwrap();
        let sentence = &hit.sentences[(number / step) % hit.sentences.len().max(1)];
        let sentence = hit.text[sentence.clone()].trim();
        if !number.is_multiple_of(step) || !sentence.contains(char::is_alphanumeric) {
            continue;
        }
        sentences += 1;
        for typed in [sentence.to_owned(), format!("\"{sentence}\"")] {
            let path = Query::filter(quotable::query::Field::Path, format!("/{}", hit.citation.path));
            let found = match read(&typed, &Limits::default()) {
                Ok(reading) => {
                    let search = index.search_with(&reading.query.and(path), &options).unwrap();
                    search.every().unwrap().any(|found| found.unwrap().id == hit.id)
                }
                Err(_) => false,
            };
            if !found {
                lost.push(typed);
            }
        }
    }
    (sentences, lost)
}
