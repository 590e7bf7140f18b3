//! Theme chunks.

use quotable::query::Scope;
use quotable::report::{Report, Section};
use quotable::{Chunk, Index, SearchOptions};

use crate::fixtures::{index_of, marlowe, report};

/// Two theme headings, the first with a heading of its own below it, and a paragraph before them.
fn hartle() -> Report {
    let texts = [
        "Hartle lies by the sea.",
        "Care leavers speak of their homes.",
        "Findings",
        "Their advisers are unallocated.",
        "Leaders know of homes.",
    ];
    let mut report = report("hartle.txt", &texts);
    let section = |title: &str, level, parent, theme: &str| {
        let mut section = Section::new(title, level);
        section.parent = parent;
        section.theme = Some(theme.to_owned());
        section
    };
    report.sections = vec![
        section("The experiences and progress of care leavers", 1, None, "care-leavers"),
        section("Findings", 2, Some(0), "care-leavers"),
        section("Leadership", 1, None, "leadership-and-governance"),
    ];
    let sections = [None, Some(0), Some(1), Some(1), Some(2)];
    for (paragraph, section) in report.paragraphs.iter_mut().zip(sections) {
        paragraph.section = section;
    }
    report
}

fn texts(chunk: &Chunk) -> Vec<&str> {
    chunk.paragraphs.iter().map(|hit| hit.text.as_str()).collect()
}

fn chunks(index: &Index, query: &str, scope: Scope) -> (u64, Vec<Chunk>) {
    let options = SearchOptions::default().scope(scope);
    let snapshot = index.snapshot();
    let search = snapshot.search_with(&query.parse().unwrap(), &options).unwrap();
    let found = search.top_chunks(10).unwrap();
    assert_eq!(search.count().unwrap(), found.counts);
    (found.all, found.chunks)
}

#[test]
fn a_conjunction_matches_across_a_chunk() {
    let index = index_of([marlowe(), hartle()]);
    let (all, found) = chunks(&index, "homes unallocated", Scope::Theme);
    assert_eq!(all, 1);
    let chunk = &found[0];
    assert_eq!(chunk.theme.as_deref(), Some("care-leavers"));
    let whole = ["Care leavers speak of their homes.", "Findings", "Their advisers are unallocated."];
    assert_eq!(texts(chunk), whole, "a lower heading without a theme of its own does not split the chunk");
    assert_eq!((chunk.counts.occurrences, chunk.counts.paragraphs, chunk.counts.reports), (2, 2, 1));
    let marked: Vec<usize> = chunk.paragraphs.iter().map(|hit| hit.matches.len()).collect();
    assert_eq!(marked, [1, 0, 1]);
    assert_eq!(chunk.paragraphs[0].id, chunk.id);
}

#[test]
fn every_paragraph_is_in_exactly_one_chunk() {
    let index = index_of([marlowe(), hartle()]);
    let (all, found) = chunks(&index, "*:*", Scope::Paragraph);
    assert_eq!((all, found.len()), (4, 4));
    let snapshot = index.snapshot();
    for chunk in &found {
        for hit in &chunk.paragraphs {
            assert_eq!(snapshot.chunk(&hit.id).unwrap().unwrap().id, chunk.id);
        }
    }
    let paragraphs: usize = found.iter().map(|chunk| chunk.paragraphs.len()).sum();
    assert_eq!(paragraphs, 10, "rows and notes too");
    let marlowe = found.iter().find(|chunk| chunk.pages().is_some()).unwrap();
    assert_eq!(marlowe.pages(), Some((3, 4)));
    let (all, first) = chunks(&index, "homes", Scope::Paragraph);
    assert_eq!((all, first.len()), (2, 2));
    assert!(snapshot.chunk(&marlowe.id.report()).is_err(), "the id of a report is an error");
    assert!(snapshot.chunk(&marlowe.id.report().paragraph(99)).unwrap().is_none());
}
