//! Searches, held to the matcher.

use std::sync::LazyLock;

use quotable_index::{Index, SearchOptions};
use quotable_query::{Matcher, Query, Text};
use quotable_testkit::corpus::GeneratedReports;

/// An index of generated reports, and the texts of their paragraphs.
pub(crate) struct Searchable {
    pub(crate) index: Index,
    texts: Vec<Text>,
}

pub(crate) static SEARCHABLE: LazyLock<Searchable> = LazyLock::new(|| {
    let index = Index::in_memory().expect("an index in memory");
    let mut writer = index.writer().expect("a writer");
    let mut texts = Vec::new();
    for report in GeneratedReports::new(1, 300) {
        let paragraphs = report.paragraphs.iter();
        texts.extend(paragraphs.map(|paragraph| Text::with_sentences(&paragraph.text, &paragraph.sentences)));
        writer.put(report).expect("a report is put");
    }
    writer.finish().expect("a commit");
    Searchable { index, texts }
});

/// Searches an index. The counts must be those of the matcher, wherever the words alone decide.
pub fn search(data: &[u8]) {
    let Ok(query) = String::from_utf8_lossy(data).parse::<Query>() else { return };
    let Searchable { index, texts } = &*SEARCHABLE;
    let Ok(search) = index.search_with(&query, &SearchOptions::default()) else { return };
    let (Ok(counts), Ok(hits)) = (search.count(), search.top(5)) else { return };
    assert!(counts.paragraphs >= hits.hits.len() as u64, "{counts:?}");
    for hit in &hits.hits {
        assert!(hit.matches.iter().all(|range| hit.text.get(range.clone()).is_some()), "{hit:?}");
    }
    let _ = search.explain();
    let Ok(matcher) = Matcher::new(&query) else { return };
    if matcher.conditions().is_empty() {
        let found = texts.iter().map(|text| matcher.find(text)).filter(|found| found.matched);
        let (mut paragraphs, mut occurrences) = (0, 0);
        for found in found {
            paragraphs += 1;
            occurrences += found.occurrences.len() as u64;
        }
        assert_eq!((counts.paragraphs, counts.occurrences), (paragraphs, occurrences), "{query}");
    }
}
