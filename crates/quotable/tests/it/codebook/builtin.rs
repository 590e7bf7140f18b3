//! The built-in code book.

use std::fmt::Write;
use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use quotable::query::{Field, Matcher, Query, Text};
use quotable::{CodeBook, Evidence, Index};

const LABELS: [&str; 18] = [
    "help-and-protection",
    "children-in-care",
    "adoption",
    "care-leavers",
    "leadership-and-governance",
    "workforce",
    "missing-and-exploitation",
    "early-help",
    "front-door-and-thresholds",
    "assessment-and-planning",
    "case-recording",
    "courts-and-pre-proceedings",
    "health-and-education",
    "unaccompanied-asylum-seekers",
    "partnership-working",
    "quality-assurance-and-performance",
    "lscb",
    "voice-of-the-child",
];

fn themes(text: &str) -> Vec<String> {
    CodeBook::builtin().labels(text).into_iter().map(|label| label.theme).collect()
}

#[test]
fn it_parses_and_has_every_theme() {
    let text = include_str!("../../../../codebook/src/themes.toml");
    let book = CodeBook::parse("themes.toml", text).unwrap();
    let names: Vec<&str> = book.topics().map(|topic| topic.name.as_str()).collect();
    assert_eq!(names, LABELS);
    assert_eq!(CodeBook::builtin().codes(), book.codes());
    for topic in book.topics() {
        assert!(topic.description.is_some(), "{} has no scope note", topic.name);
    }
    // Every theme of a section of reports on children’s services belongs to a topic.
    let sections: Vec<&String> = book.topics().flat_map(|topic| &topic.sections).collect();
    let profile = quotable::report::Profiles::built_in().named("ilacs").unwrap();
    let themes: Vec<&String> =
        profile.rules.areas.iter().flatten().filter_map(|area| area.theme.as_ref()).collect();
    assert_eq!(themes.len(), 6);
    for name in themes {
        assert!(sections.contains(&name), "{name}");
    }
}

#[test]
fn every_query_has_a_title() {
    let book = CodeBook::builtin();
    for code in book.codes() {
        assert_ne!(code.title, code.name, "{} has no title", code.name);
    }
}

#[test]
fn paragraphs_have_the_expected_themes() {
    assert_eq!(
        themes("Caseloads in Harrowmere are too high, and one worker in four is from an agency."),
        ["workforce"]
    );
    assert_eq!(themes("Private fostering arrangements are known and visited."), ["help-and-protection"]);
    assert_eq!(
        themes("Children who miss education are traced quickly by the virtual school."),
        ["health-and-education"]
    );
    assert_eq!(
        themes("Young people who go missing are seen within three days of their return."),
        ["missing-and-exploitation"]
    );
    assert_eq!(themes("The kayak club of Tarnbeck meets on Sundays."), Vec::<String>::new());
}

#[test]
fn a_concept_matches_many_phrasings() {
    let book = CodeBook::builtin();
    let query = book.query("unallocated-work").unwrap();
    let matcher = Matcher::new(&query).unwrap();
    let holds = |text: &str| matcher.find(&Text::new(text)).matched;
    assert!(holds("Forty cases are unallocated."));
    assert!(holds("Forty children are not yet allocated to a social worker."));
    assert!(holds("Forty children are awaiting allocation."));
    assert!(holds("Forty cases are pending allocation."));
    assert!(holds("Forty children wait without an allocated social worker."));
    assert!(holds("Four care leavers have no personal adviser."));
    assert!(holds("Forty children are without a social worker."));
    assert!(!holds("Every child has an allocated social worker."));
}

/// Texts of random words from inspection reports.
fn texts() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "care", "leavers", "leaders", "‘adopters’", "early", "help", "missing", "e\u{301}ducation", "LSCB",
        "children’s", "views.", "ﬁles", "caseloads—high", "the", "board", "social", "workers", "not",
        "allocated", "Plans", "are", "in", "place", "private", "fostering", "foster", "carers", "partners",
        "unregistered", "SDQs", "adopted", "adoption",
    ];
    proptest::collection::vec(proptest::sample::select(WORDS), 0..40).prop_map(|words| words.join(" "))
}

/// The topics compiled one by one by the matcher, the reference implementation.
static MATCHERS: LazyLock<Vec<(String, Matcher)>> = LazyLock::new(|| {
    let book = CodeBook::builtin();
    book.topics().map(|topic| (topic.name.clone(), Matcher::new(&topic.resolved).unwrap())).collect()
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn evidence_is_a_slice_of_the_text(text in texts()) {
        for label in CodeBook::builtin().labels(text.as_str()) {
            prop_assert!(!label.evidence.is_empty());
            for evidence in label.evidence {
                let Evidence::Words { spans } = evidence else {
                    return Err(TestCaseError::fail("no section was given"));
                };
                prop_assert!(!spans.is_empty());
                prop_assert!(spans.iter().all(|span| text.get(span.clone()).is_some_and(|slice| !slice.is_empty())));
                prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            }
        }
    }

    #[test]
    fn topics_label_together_as_they_do_alone(text in texts()) {
        let made = Text::with_sentences(&text, &quotable::report::sentences(&text));
        let alone = MATCHERS.iter().filter(|(_, matcher)| matcher.find(&made).matched);
        prop_assert_eq!(themes(&text), alone.map(|(name, _)| name.clone()).collect::<Vec<_>>());
    }
}

/// Every paragraph of a report with its labels and their evidence.
fn shown(book: &CodeBook, index: &Index, path: &str) -> String {
    let mut shown = String::new();
    let query = Query::filter(Field::Path, path);
    for hit in index.search(&query).unwrap().every().unwrap() {
        let hit = hit.unwrap();
        writeln!(shown, "{}", hit.text).unwrap();
        for label in book.labels(&hit) {
            write!(shown, "    {}:", label.theme).unwrap();
            for evidence in &label.evidence {
                match evidence {
                    Evidence::Section { .. } => write!(shown, " [section]").unwrap(),
                    Evidence::Words { spans } => {
                        let words: Vec<&str> = spans.iter().map(|span| &hit.text[span.clone()]).collect();
                        write!(shown, " {}", words.join(" | ")).unwrap();
                    }
                    other => write!(shown, " {other:?}").unwrap(),
                }
            }
            writeln!(shown).unwrap();
        }
    }
    shown
}

#[test]
fn the_themes_of_sample_reports_match_the_snapshots() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus");
    let book = CodeBook::builtin();
    let index = Index::in_memory().unwrap();
    index.refresh(corpus.join("reports")).unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../../corpus/expected/themes");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    // Text files only, so that changes in the PDF reader do not show up here.
    let mut seen = 0;
    for source in index.reports().unwrap().iter().filter(|source| source.path.ends_with(".txt")) {
        let name = source.path.split_once('_').unwrap().1.replace(['/', ' ', '\''], "-");
        settings.bind(|| insta::assert_snapshot!(name.as_str(), shown(&book, &index, &source.path)));
        seen += 1;
    }
    assert!(seen > 3);
}
