//! The queries of `corpus/queries.toml` against their expected counts, which were counted in the sources by hand or script,
//! never by this program.

use std::path::Path;

use quotable::Index;
use quotable::query::Query;
use quotable::report::Role;

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
