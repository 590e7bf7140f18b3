//! Checking of quotations: sample articles, random changes to sentences, and hostile input.

mod articles;
mod changes;
mod whole;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use quotable::prelude::*;
use quotable::query::{Field, Query};
use quotable::report::{Authority, Date};
use quotable::{Check, CheckOptions, EditKind, Index, Quotation, Verdict};

use crate::fixtures::{index_of, report};

/// The folder of the sample corpus.
fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus")
}

/// An index of the sample reports, built once.
fn sample() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let index = Index::in_memory().unwrap();
        index.refresh(corpus().join("reports")).unwrap();
        index
    })
}

fn check(index: &Index, text: &str) -> Check {
    index.check(&Quotation::new(text)).unwrap()
}

fn small() -> Index {
    index_of([
        report(
            "a.txt",
            &[
                "Leaders in Marlowe do not know how many of the 36 care leavers live in unsuitable homes. \
                 Plans for children’s futures are long, detailed and out of date. No child was left unseen.",
                "Managers in the emergency team read every file twice, and 57% of audits find it well kept.",
                "Visits to families on the canal boats take place every week, whatever the weather brings.",
            ],
        ),
        report(
            "b.txt",
            &["Foster carers praise the lantern workshop. Health passports reach school nurses late."],
        ),
    ])
}

#[test]
fn verdicts_and_edits_are_shown() {
    let index = small();
    let mut shown = String::new();
    for text in [
        "Plans for children’s futures are long, detailed and out of date.",
        "plans for children's futures are long, detailed and out-of-date,",
        "Leaders in Marlowe know how many of the 36 care leavers live in unsuitable homes.",
        "do not know how many of the 63 care leavers live in suitable homes",
        "Leaders in Wexcombe do not know how many of the 36 care leavers live in unsuitable homes.",
        "Plans for [their] futures are … out of date.",
        "Managers in the emergency team read each file twice, and fifty-seven per cent of audits find it well kept",
        "57 of audits find it well kept",
        "Child was left unseen.",
        "Managers in the emergency team read every file twice. Foster carers praise the lantern workshop. Health passports reach school nurses late.",
        "Visits to families on the moor take no time at all in summer and are a delight",
        "badly kept",
    ] {
        shown.push_str(&format!("{text}\n=> {}\n\n", check(&index, text)));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn the_same_sentence_in_many_reports_is_boilerplate() {
    let text = "All children have an allocated social worker in every team.";
    let index = index_of((0..7).map(|number| report(&format!("{number}.txt"), &[text])));
    let options = CheckOptions::default().places(3);
    let found = index.check_with(&Quotation::new(text), &options).unwrap();
    assert_eq!((found.total, found.reports, found.places.len(), found.boilerplate), (7, 7, 3, true));
    let altered = check(&index, "All children have an allocated social worker in each team.");
    assert_eq!((altered.verdict, altered.total, altered.boilerplate), (Verdict::Altered, 7, true));
    assert!(!check(&index, "Nothing of the kind was said.").boilerplate);
}

#[test]
fn the_report_of_an_article_changes_the_order_only() {
    let text = "All children have an allocated social worker in every team.";
    let reports = ["quill", "vane", "marlowe"].into_iter().enumerate().map(|(number, name)| {
        let mut report = report(&format!("{name}.txt"), &[text]);
        report.authority = Some(Authority::new(format!("{name} Council"), name));
        report.kind = quotable::report::ReportKind::Report;
        report.published = Date::new(2020, 1 + u8::try_from(number).unwrap(), 5);
        report
    });
    let index = index_of(reports);
    let article = "Vane’s council was told off. Vane council is sorry. Quill was not.";
    let about = index.snapshot().about(article, Date::new(2020, 2, 5)).unwrap();
    assert_eq!((about.authority.as_str(), about.report.as_deref()), ("vane", Some("vane.txt")));
    let plain = check(&index, text);
    let options = CheckOptions::default().about(Some(about));
    let ours = index.check_with(&Quotation::new(text), &options).unwrap();
    assert_eq!(plain.places[0].citation.path, "marlowe.txt");
    assert_eq!(ours.places[0].citation.path, "vane.txt");
    assert_eq!((plain.verdict, plain.total), (ours.verdict, ours.total));
    let filter = Query::filter(Field::Path, "quill*");
    let only = index.check_with(&Quotation::new(text), &CheckOptions::default().filter(filter)).unwrap();
    assert_eq!((only.total, only.places[0].citation.path.as_str()), (1, "quill.txt"));
}

#[test]
fn quotations_outweigh_the_date_of_an_article() {
    let texts = [
        "Managers in Vane do not know which children wait for help.",
        "Plans for children who leave care in Vane are made too late.",
    ];
    let reports = (0..3).map(|number| {
        // The first report has both texts, the second has one, the last has none.
        let said: Vec<&str> = texts.iter().skip(number).copied().chain(["Staff are friendly."]).collect();
        let mut report = report(&format!("vane-{number}.txt"), &said);
        report.authority = Some(Authority::new("Vane Council", "vane"));
        report.kind = quotable::report::ReportKind::Report;
        report.published = Date::new(2020, 1 + u8::try_from(number).unwrap(), 5);
        report
    });
    let snapshot = index_of(reports).snapshot();
    let about = |quotations: &[&str]| {
        let quotations: Vec<Quotation> = quotations.iter().map(|text| Quotation::new(*text)).collect();
        let article = "Vane council was told off.";
        let about = snapshot.about_quoting(article, Date::new(2020, 5, 5), &quotations).unwrap().unwrap();
        about.report.unwrap()
    };
    assert_eq!(about(&texts), "vane-0.txt");
    assert_eq!(
        about(&["Nobody said so in any report of the council of Vane."]),
        "vane-2.txt",
        "no quotation found: the date decides"
    );
    assert_eq!(about(&[texts[1]]), "vane-1.txt", "a tie of two reports: the later of them");
    assert!(snapshot.about_quoting("Nobody is named.", None, &[]).unwrap().is_none());
}

#[test]
fn dropped_openings_and_joined_words_can_change_the_meaning() {
    let index = index_of([report(
        "a.txt",
        &[
            "Not enough homes are found for children in Vane, and too few of them are near. Children who leave Vane \
             are not able to stay near their schools. Of those aged 19–21, half have a home.",
        ],
    )]);
    let kinds = |text: &str| {
        let found = check(&index, text);
        (found.verdict, found.edits.first().map(|edit| edit.kind))
    };
    let lost = (Verdict::Altered, Some(EditKind::NegationLost));
    assert_eq!(kinds("Enough homes are found for children in Vane,"), lost);
    assert_eq!(
        kinds("enough homes are found for children in Vane").0,
        Verdict::Exact,
        "a fragment is no claim about its sentence"
    );
    assert_eq!(kinds("Children who leave Vane are notable to stay near their schools."), lost);
    let number = (Verdict::Altered, Some(EditKind::Number));
    assert_eq!(kinds("Of those aged 1921, half have a home."), number);
    assert_eq!(kinds("Of those aged 19-21, half have a home.").0, Verdict::ExactAfterFolding);
}

#[test]
fn a_long_quotation_counts_only_reports_with_all_of_it() {
    let first = "word ".repeat(60);
    let texts = [format!("{first}ends here."), format!("{first}goes on there.")];
    let index = index_of((0..4).map(|number| report(&format!("{number}.txt"), &[&texts[number.min(1)]])));
    let found = check(&index, &texts[0]);
    assert_eq!((found.total, found.reports, found.places.len()), (1, 1, 1));
}

#[test]
fn a_sentence_broken_by_the_reader_is_not_a_splice() {
    let index = index_of([report(
        "a.txt",
        &[
            "Too few foster carers are found for brothers and sisters who",
            "need to stay together when they come into care.",
        ],
    )]);
    let text = "Too few foster carers are found for brothers and sisters who need to stay together when they come into care.";
    let found = check(&index, text);
    assert_eq!((found.verdict, found.places.len()), (Verdict::ExactAfterFolding, 2));
}

#[test]
fn empty_and_overlong_quotations_are_reported() {
    let index = small();
    for text in ["", "…", "[ ]", "“”", "\u{0}", "...", "[them]"] {
        let found = check(&index, text);
        assert_eq!((found.verdict, found.places.len()), (Verdict::Absent, 0), "{text:?}");
        assert!(found.short);
    }
    let long = "Managers in the emergency team read every file twice, ".repeat(500);
    let found = check(&index, &long);
    assert!(found.unchecked > 0);
    assert!(check(&Index::in_memory().unwrap(), "Plans are late and poor.").nearest.is_none());
}

#[test]
fn bad_input_takes_bounded_time() {
    let huge = "leaders know the care of children and plans ".repeat(40_000);
    let index = index_of([report("huge.txt", &[huge.as_str()]), report("a.txt", &["Plans are late."])]);
    let started = Instant::now();
    for text in [
        huge.as_str(),
        &"\"".repeat(100_000),
        &"[".repeat(100_000),
        &". . ".repeat(50_000),
        &"[a] … ".repeat(20_000),
        "leaders know the cares of child and planning of leaders",
    ] {
        let _ = check(&index, text);
    }
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
}

#[test]
fn finding_quotations_takes_linear_time() {
    let time = |text: &str| {
        let started = Instant::now();
        let found = quotable::quotations_in(text);
        (found, started.elapsed())
    };
    let prose = "Leaders know the children’s plans, and ‘visits’ are late. The report says: “Boats leave on time.”\n\n";
    for unit in [prose, "“open ", "\"", "\" a", "“a\n\n", "'s ", "\0“a\0” ", "“a ‘b “c ‘d ”"]
    {
        let small = unit.repeat(600_000 / unit.len());
        let large = unit.repeat(5_000_000 / unit.len());
        let (_, short) = time(&small);
        let (found, long) = time(&large);
        // The text is 8.3 times as long; quadratic time would be 69 times as long. 30 allows for a loaded machine.
        let least = short.max(Duration::from_millis(20));
        assert!(long < least * 30, "{unit:?}: {short:?}, {long:?}");
        assert!(found.iter().all(|found| found.depth <= 3));
    }
    let none_closed = "He said: “boats are late and nobody knows when they leave.\n\n".repeat(2_000);
    let (found, _) = time(&none_closed);
    assert_eq!(found.len(), 2_000);
    assert!(found.iter().all(|found| !found.closed));
    assert!(time("").0.is_empty() && time(&"\0".repeat(100_000)).0.is_empty());
}

#[test]
fn edits_are_slices_of_both_texts() {
    for text in
        ["Leaders at Marlowe know most of the 63 care leavers in suitable home.", "twice, and 57 % of audit"]
    {
        let found = check(&small(), text);
        for edit in &found.edits {
            let place = found.places.get(edit.place).or(found.nearest.as_ref()).unwrap();
            assert_eq!(text.get(edit.quoted.clone()).unwrap(), edit.quoted_text);
            assert_eq!(place.text.get(edit.source.clone()).unwrap(), edit.source_text);
        }
        assert!(found.edits.is_sorted_by_key(|edit| edit.kind));
        assert!(found.edits.iter().any(|edit| edit.kind > EditKind::Name));
    }
}
