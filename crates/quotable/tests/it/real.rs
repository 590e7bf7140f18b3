//! Tests over real reports in a folder `shared/corpora` next to the checkout. Without it they print that they are skipped.

use std::io::Write;
use std::path::Path;

use quotable::Index;
use quotable::query::{Matcher, Query, Text};

/// Queries of every kind, in the scope of a paragraph.
const QUERIES: [&str; 26] = [
    "unallocated",
    "children’s",
    "safeguarding",
    "café",
    "\"care leavers\"",
    "\"in need of help and protection\"",
    "\"decision-making\"",
    "\"the voice of the child\"",
    "“staying put”",
    "\"out-of-hours\"",
    "\"care leavers\" unallocated",
    "turnover NOT agency",
    "gangs OR \"county lines\"",
    "(neglect OR \"domestic abuse\") supervision",
    "unalloc*",
    "\"car* leavers\"",
    "\"not * allocated\"",
    "leave~ care",
    "unalocated%1",
    "/unallocat(ed|ion)/",
    "high w/4 turnover",
    "social pre/3 caseloads",
    "\"social workers\" w/5 caseloads",
    "allocated not w/3 not",
    "supervision w/s reflective",
    "wom?n",
];

#[test]
fn index_and_matcher_count_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora/ilacs");
    if !root.is_dir() {
        // Written to the handle directly: the test harness captures `print!`.
        let message = b"SKIPPED index_and_matcher_count_alike: no real reports beside the checkout\n";
        std::io::stderr().write_all(message).unwrap();
        return;
    }
    // The matcher is the reference implementation and slow: use every eighth report.
    let files = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().flatten();
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for file in files.filter(|file| file.file_type().is_file()).step_by(8) {
        let path = file.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        writer.put_bytes(&path, &std::fs::read(file.path()).unwrap()).unwrap();
    }
    writer.finish().unwrap();
    let mut texts = Vec::new();
    for source in index.reports().unwrap().iter().filter(|source| source.failure.is_none()) {
        let report = index.report(&source.path).unwrap().unwrap();
        let body = report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body());
        texts.extend(body.map(|paragraph| Text::with_sentences(&paragraph.text, &paragraph.sentences)));
    }
    assert!(texts.len() > 2_000, "{} paragraphs", texts.len());
    let mut found_any = 0;
    for typed in QUERIES {
        let query: Query = typed.parse().unwrap();
        let matcher = Matcher::new(&query).unwrap();
        let (mut paragraphs, mut occurrences) = (0, 0);
        for found in texts.iter().map(|text| matcher.find(text)).filter(|found| found.matched) {
            paragraphs += 1;
            occurrences += found.occurrences.len() as u64;
        }
        let counts = index.search(&query).unwrap().count().unwrap();
        assert_eq!((counts.paragraphs, counts.occurrences), (paragraphs, occurrences), "{typed}");
        found_any += usize::from(paragraphs > 0);
    }
    assert!(found_any >= 20, "only {found_any} of the queries find anything");
}
