//! Code books over an index: names in a query, `theme:` by topic, tables.

use quotable::query::Query;
use quotable::report::{Date, Report, Role, Section};
use quotable::{CodeBook, ErrorKind, Evidence, Index, SearchOptions, Snapshot};

use crate::shelf::{paragraph, report};

const BOOK: &str = r#"
[[query]]
name = "waiting"
title = "Children who wait"
query = 'unallocated OR "not * allocated"'

[[query]]
name = "care-leavers"
kind = "topic"
sections = ["care-leavers"]
query = '"care leavers" OR @advisers'

[[query]]
name = "advisers"
query = '"personal advisers"'

[[query]]
name = "workforce"
kind = "topic"
query = 'turnover OR caseloads'
"#;

fn book() -> CodeBook {
    CodeBook::parse("book.toml", BOOK).unwrap()
}

fn sectioned(path: &str, year: u16, heading: &str, paragraphs: &[&str]) -> Report {
    let mut report = report(path, paragraphs);
    report.published = Date::new(year, 3, 1);
    let mut section = Section::new(heading, 1);
    section.theme = quotable::report::theme::of_heading(heading).map(str::to_owned);
    report.sections.push(section);
    for paragraph in &mut report.paragraphs {
        paragraph.section = Some(0);
    }
    report
}

fn snapshot() -> Snapshot {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let mut first = sectioned(
        "a.txt",
        2014,
        "The experiences and progress of care leavers",
        &[
            "Most have a home of their own.",
            "Caseloads of personal advisers are high.",
            "Two are unallocated.",
        ],
    );
    let mut note = paragraph("Turnover is of all staff.");
    note.role = Role::Note;
    first.paragraphs.push(note);
    writer.put(first).unwrap();
    writer
        .put(sectioned(
            "b.txt",
            2018,
            "Recommendations",
            &["Turnover is high and turnover of advisers higher.", "Nothing more."],
        ))
        .unwrap();
    writer.commit().unwrap();
    drop(writer);
    index.snapshot()
}

fn query(text: &str) -> Query {
    text.parse().unwrap()
}

fn count(snapshot: &Snapshot, text: &str) -> (u64, u64) {
    let counts = snapshot.search(&book().apply(&query(text)).unwrap()).unwrap().count().unwrap();
    (counts.occurrences, counts.paragraphs)
}

#[test]
fn a_name_stands_for_its_query() {
    let snapshot = snapshot();
    assert_eq!(count(&snapshot, "@waiting"), (1, 1));
    assert_eq!(count(&snapshot, "caseloads @advisers"), (2, 1));
    assert_eq!(
        book().resolve(&query("@care-leavers -x")).unwrap().to_string(),
        r#"("care leavers" OR "personal advisers") NOT x"#
    );
    let error = book().apply(&query("@waitin")).unwrap_err();
    assert_eq!((error.kind(), error.nearest()), (ErrorKind::Query, &["waiting".to_owned()][..]));
    let fault = error.query_error().unwrap();
    assert_eq!((fault.span(), fault.cure()), (0..7, "did you mean @waiting"));
    assert_eq!(error.to_string(), fault.to_string());
}

#[test]
fn a_theme_is_of_the_section_or_of_the_words_and_counts_nothing() {
    let snapshot = snapshot();
    assert_eq!(count(&snapshot, "theme:care-leavers"), (0, 3));
    assert_eq!(count(&snapshot, "theme:workforce"), (0, 2));
    assert_eq!(count(&snapshot, "high theme:workforce"), (2, 2));
    assert_eq!(count(&snapshot, "turnover theme:workforce"), (2, 1));
    assert_eq!(count(&snapshot, "high -theme:care-leavers"), (1, 1));
    assert_eq!(count(&snapshot, "theme:*"), (0, 4));
    // A theme of sections that the corpus does not have is empty, not unknown.
    assert_eq!(count(&snapshot, "theme:adoption"), (0, 0));
    let error = book().apply(&query("high theme:workforse")).unwrap_err();
    assert_eq!((error.kind(), error.nearest()), (ErrorKind::UnknownValue, &["workforce".to_owned()][..]));
}

#[test]
fn labels_say_what_gave_them() {
    let snapshot = snapshot();
    let hits = snapshot.search(&query("high")).unwrap().top(9).unwrap().hits;
    let hit = hits.iter().find(|hit| hit.citation.path == "a.txt").unwrap();
    let labels = book().labels(hit);
    let themes: Vec<&str> = labels.iter().map(|label| label.theme.as_str()).collect();
    assert_eq!(themes, ["care-leavers", "workforce"]);
    let heading = "The experiences and progress of care leavers".to_owned();
    assert_eq!(labels[0].evidence[0], Evidence::Section { heading });
    assert_eq!(format!("{:?}", labels[1].evidence), "[Words { spans: [0..9] }]");
}

#[test]
fn themes_are_counted_as_a_search_counts_them() {
    let snapshot = snapshot();
    let themes = snapshot.themes(&book()).unwrap();
    let status = snapshot.status();
    assert_eq!((themes.whole.all.paragraphs, themes.whole.all.words), (status.paragraphs, status.words));
    assert_eq!(themes.without.all.paragraphs, 1);
    for coverage in &themes.themes {
        let all = coverage.tally.all;
        let search = snapshot.search(&book().apply(&query(&format!("theme:{}", coverage.theme))).unwrap());
        let counts = search.unwrap().count().unwrap();
        assert_eq!((all.paragraphs, all.reports), (counts.paragraphs, counts.reports), "{}", coverage.theme);
        assert_eq!(coverage.tally.by_year.iter().map(|(_, extent)| extent.words).sum::<u64>(), all.words);
    }
    let leavers = &themes.themes[0];
    assert_eq!((leavers.by_section, leavers.by_words), (3, 1));
    assert!((leavers.tally.all.share_of(&themes.whole.all) - 16.0 / 26.0).abs() < 1e-9, "{themes:?}");
}

#[test]
fn every_query_runs_at_once() {
    let rows = book().run(&snapshot(), &SearchOptions::default()).unwrap();
    let shown: Vec<String> = rows
        .iter()
        .map(|row| {
            let years: Vec<String> = row
                .by_year
                .iter()
                .map(|(year, counts)| format!("{}: {}", year.unwrap(), counts.occurrences))
                .collect();
            let counts = row.counts;
            format!(
                "{} {} {} {} ({})",
                row.name,
                counts.occurrences,
                counts.paragraphs,
                counts.reports,
                years.join(", ")
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "waiting 1 1 1 (2014: 1, 2018: 0)",
            "care-leavers 1 1 1 (2014: 1, 2018: 0)",
            "advisers 1 1 1 (2014: 1, 2018: 0)",
            "workforce 3 2 2 (2014: 1, 2018: 2)",
        ]
    );
}
