//! Code books in searches: names in queries, `theme:` filters, counts.

use quotable::prelude::*;
use quotable::query::Query;
use quotable::report::{Date, Report, Role, Section};
use quotable::{
    Boilerplate, CodeBook, ErrorKind, Evidence, Facet, Index, Result, Search, SearchOptions, Snapshot,
};

use crate::fixtures::{paragraph, report};

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
    let rules = &quotable::report::Profiles::built_in().general().rules;
    section.theme = rules.theme(heading).map(|(theme, _)| theme.to_owned());
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

fn search(snapshot: &Snapshot, text: &str) -> Result<Search> {
    snapshot.search_with(&query(text), &SearchOptions::default().codebook(book()))
}

fn count(snapshot: &Snapshot, text: &str) -> (u64, u64) {
    let counts = search(snapshot, text).unwrap().count().unwrap();
    (counts.occurrences, counts.paragraphs)
}

#[test]
fn a_name_is_replaced_by_its_query() {
    let snapshot = snapshot();
    assert_eq!(count(&snapshot, "@waiting"), (1, 1));
    assert_eq!(count(&snapshot, "caseloads @advisers"), (2, 1));
    assert_eq!(
        book().resolve(&query("@care-leavers -x")).unwrap().to_string(),
        r#"("care leavers" OR "personal advisers") NOT x"#
    );
    let error = search(&snapshot, "@waitin").unwrap_err();
    assert_eq!((error.kind(), error.nearest()), (ErrorKind::Query, &["waiting".to_owned()][..]));
    let fault = error.query_error().unwrap();
    assert_eq!((fault.span(), fault.cure()), (0..7, "did you mean @waiting"));
    assert_eq!(error.to_string(), fault.to_string());
}

#[test]
fn a_theme_matches_by_section_or_words_and_adds_no_occurrences() {
    let snapshot = snapshot();
    assert_eq!(count(&snapshot, "theme:care-leavers"), (0, 3));
    assert_eq!(count(&snapshot, "theme:workforce"), (0, 2));
    assert_eq!(count(&snapshot, "high theme:workforce"), (2, 2));
    assert_eq!(count(&snapshot, "turnover theme:workforce"), (2, 1));
    assert_eq!(count(&snapshot, "high -theme:care-leavers"), (1, 1));
    assert_eq!(count(&snapshot, "theme:*"), (0, 4));
    // A known theme without sections in the corpus finds nothing; it is not an error.
    assert_eq!(count(&snapshot, "theme:adoption"), (0, 0));
    let error = search(&snapshot, "high theme:workforse").unwrap_err();
    assert_eq!((error.kind(), error.nearest()), (ErrorKind::UnknownValue, &["workforce".to_owned()][..]));
}

#[test]
fn the_query_is_kept_as_given_and_as_read() {
    let search = search(&snapshot(), "@Waiting OR high").unwrap_err();
    assert_eq!(search.nearest(), ["waiting"], "names are case-sensitive");
    let search = self::search(&snapshot(), "@advisers  theme:workforce").unwrap();
    assert_eq!(search.query().to_string(), "@advisers theme:workforce");
    assert_eq!(search.read_as().to_string(), "\"personal advisers\" theme:workforce");
    let provenance = search.provenance();
    assert_eq!(provenance.query, "@advisers theme:workforce");
    assert_eq!(provenance.codebook.as_deref(), Some(book().hash()));
    let line = provenance.to_string();
    let (_, line) = line.split_once("reports; ").unwrap();
    let line = line.replace(&book().hash()[..12], "HASH");
    insta::assert_snapshot!(line, @r#"code book HASH; query: @advisers theme:workforce; read as: "personal advisers" theme:workforce"#);
    let lines: Vec<_> = search.concordance(1, 1).unwrap().map(Result::unwrap).collect();
    assert_eq!((lines.len(), lines[0].pattern.as_str()), (1, "@advisers theme:workforce"));
    let explained = search.explain().unwrap();
    let [name, theme] = &explained.tree.parts[..] else { panic!("{:?}", explained.tree) };
    assert_eq!((name.query.as_str(), name.operator.as_str()), ("@advisers", "name"));
    assert_eq!(name.parts[0].query, "\"personal advisers\"");
    assert_eq!((theme.query.as_str(), theme.operator.as_str()), ("theme:workforce", "filter"));
    assert_eq!(explained.leaves.len(), 2, "the words of a theme are not leaves of the query");
    let [reach] = &explained.filters[..] else { panic!("{:?}", explained.filters) };
    assert_eq!((reach.values.as_slice(), reach.paragraphs), (&["workforce".to_owned()][..], 2));
}

#[test]
fn a_query_without_names_or_themes_ignores_the_code_book() {
    let provenance = search(&snapshot(), "high -kind:article").unwrap().provenance();
    assert_eq!((provenance.read_as, provenance.codebook), (None, None));
}

#[test]
fn a_theme_restricts_denominators() {
    let table = search(&snapshot(), "turnover theme:workforce").unwrap().count_by(&[Facet::Year]).unwrap();
    assert_eq!(table.restriction.as_deref(), Some("theme:workforce"));
    let total = &table.total;
    assert_eq!((total.occurrences, total.all_paragraphs, total.all_words, total.all_reports), (2, 2, 14, 2));
    let named = search(&snapshot(), "turnover @waiting").unwrap().count_by(&[Facet::Year]).unwrap();
    assert_eq!(named.restriction, None, "a name whose query has words does not restrict");
}

#[test]
fn a_theme_applies_to_paragraphs_in_every_scope() {
    let mut report = report("c.txt", &["Staff stay. Turnover is low. Nothing else."]);
    report.sections.clear();
    let snapshot = crate::fixtures::index_of([report]).snapshot();
    assert_eq!(count(&snapshot, "w/s(staff theme:workforce)"), (1, 1));
    let hits = search(&snapshot, "w/s(staff theme:workforce)").unwrap().top(1).unwrap().hits;
    assert_eq!(hits[0].matches, std::slice::from_ref(&(0..5)));
}

#[test]
fn labels_have_evidence() {
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
fn theme_coverage_agrees_with_searches() {
    let snapshot = snapshot();
    let themes = snapshot.themes(&book()).unwrap();
    let status = snapshot.status();
    assert_eq!((themes.whole.all.paragraphs, themes.whole.all.words), (status.paragraphs, status.words));
    assert_eq!(themes.without.all.paragraphs, 1);
    for coverage in &themes.themes {
        let all = coverage.tally.all;
        let counts = search(&snapshot, &format!("theme:{}", coverage.theme)).unwrap().count().unwrap();
        assert_eq!((all.paragraphs, all.reports), (counts.paragraphs, counts.reports), "{}", coverage.theme);
        assert_eq!(coverage.tally.by_year.iter().map(|(_, extent)| extent.words).sum::<u64>(), all.words);
    }
    let notes = SearchOptions::default().notes(true).within("a.txt").boilerplate(Boilerplate::Exclude);
    let of_one = snapshot.themes_with(&book(), &notes).unwrap();
    assert_eq!((of_one.whole.all.paragraphs, of_one.whole.all.reports), (4, 1));
    assert_eq!(of_one.provenance.within.as_deref(), Some("a.txt"));
    let leavers = &themes.themes[0];
    assert_eq!((leavers.by_section, leavers.by_words), (3, 1));
    assert!((leavers.tally.all.share_of(&themes.whole.all) - 16.0 / 26.0).abs() < 1e-9, "{themes:?}");
}

#[test]
fn a_code_book_counts_all_its_queries() {
    let rows = book().run(&snapshot(), &SearchOptions::default()).unwrap();
    assert_eq!(rows[0].provenance.query, "@waiting");
    assert_eq!(rows[0].provenance.read_as.as_deref(), Some("unallocated OR \"not * allocated\""));
    let in_one = book().run(&snapshot(), &SearchOptions::default().within("b.txt")).unwrap();
    assert_eq!((in_one[3].counts.occurrences, in_one[3].by_year.len()), (2, 1));
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

#[test]
fn an_imprint_has_no_theme() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let mut report = sectioned("a.txt", 2014, "Recommendations", &["Turnover is high."]);
    let mut imprint = paragraph("The inspectorate counts caseloads.");
    imprint.role = Role::Imprint;
    report.paragraphs.push(imprint);
    writer.put(report).unwrap();
    writer.finish().unwrap();
    let snapshot = index.snapshot();
    assert_eq!(count(&snapshot, "caseloads"), (1, 1), "it is searched as body text");
    assert_eq!(count(&snapshot, "theme:workforce"), (0, 1));
    assert_eq!(count(&snapshot, "caseloads theme:workforce"), (0, 0));
    assert_eq!(snapshot.themes(&book()).unwrap().themes[1].tally.all.paragraphs, 1);
    let hits = search(&snapshot, "caseloads").unwrap().top(1).unwrap().hits;
    assert_eq!(book().labels(&hits[0]), []);
}

/// The sums of the index are those of labelling every paragraph.
#[test]
fn themes_are_those_of_the_labels() {
    let corpus = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus/reports");
    let index = Index::in_memory().unwrap();
    index.refresh(corpus).unwrap();
    for (snapshot, book) in [(index.snapshot(), CodeBook::builtin()), (snapshot(), book())] {
        let themes = snapshot.themes(&book).unwrap();
        let mut sums = std::collections::BTreeMap::<String, [u64; 4]>::new();
        let mut without = 0;
        for hit in snapshot.search(&Query::All).unwrap().every().unwrap() {
            let hit = hit.unwrap();
            let labels = book.labels(&hit);
            without += u64::from(labels.is_empty());
            for label in labels {
                let by = |wanted: fn(&Evidence) -> bool| u64::from(label.evidence.iter().any(wanted));
                let section = by(|evidence| matches!(evidence, Evidence::Section { .. }));
                let words = by(|evidence| matches!(evidence, Evidence::Words { .. }));
                let sum = sums.entry(label.theme.clone()).or_default();
                for (total, more) in sum.iter_mut().zip([1, u64::from(hit.words), section, words]) {
                    *total += more;
                }
            }
        }
        assert!(sums.len() > 1 && without > 0);
        assert_eq!(themes.without.all.paragraphs, without);
        for theme in &themes.themes {
            let all = theme.tally.all;
            let found = [all.paragraphs, all.words, theme.by_section, theme.by_words];
            assert_eq!(found, sums.get(&theme.theme).copied().unwrap_or_default(), "{}", theme.theme);
            let by_year: u64 = theme.tally.by_year.iter().map(|(_, extent)| extent.paragraphs).sum();
            let by_grade: u64 = theme.tally.by_grade.iter().map(|(_, extent)| extent.paragraphs).sum();
            assert_eq!((by_year, by_grade), (all.paragraphs, all.paragraphs));
        }
    }
}
