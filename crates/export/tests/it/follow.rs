//! What was asked for and what came of it, in every form.

use quotable_codebook::CodeBook;
use quotable_export::Format;
use quotable_export::check::CheckFormat;
use quotable_export::completeness::Completeness;
use quotable_export::follow::{FollowGroup, FollowRecord, FollowView, write};
use quotable_export::jsonl::Versioned;
use quotable_export::similar::SimilarRecord;
use quotable_follow::{Concepts, FollowUp, Model, Side, Similar, compare, follow, similar};
use quotable_index::{Index, KeywordOptions, SearchOptions};
use quotable_query::Query;
use quotable_report::{Authority, Date, Judgement, Paragraph, Report, ReportKind, Section};

use crate::formats_page::{assert_fields, fields};

/// A report with numbered paragraphs under headings.
fn report(path: &str, year: u16, grades: &[&str], sections: &[(&str, &[&str])]) -> Report {
    let mut report = Report::new(path);
    report.kind = ReportKind::Report;
    report.authority = Some(Authority::new("Marlowe", "marlowe"));
    report.published = Date::new(year, 3, 1);
    for area in grades {
        let grade = "good".parse().unwrap();
        report.judgements.push(Judgement::new(area.parse().unwrap(), *area, grade, "Good"));
    }
    for (at, (heading, texts)) in sections.iter().enumerate() {
        report.sections.push(Section::new(*heading, 1));
        for text in *texts {
            let mut paragraph = Paragraph::new(*text);
            paragraph.section = Some(at as u32);
            paragraph.number = Some((report.paragraphs.len() + 1).to_string());
            report.paragraphs.push(paragraph);
        }
    }
    report
}

fn answer() -> FollowUp {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let asked = [
        "The frequency and recording of reflective supervision for social workers.",
        "The analysis of ferry timetables.",
    ];
    writer
        .put(report("marlowe/2018.txt", 2018, &["overall", "lscb"], &[("What needs to improve", &asked)]))
        .unwrap();
    let found = [
        "Since the last inspection, the recommendations made then have been met in part only <em>.",
        "Reflective supervision of social workers is now regular and recorded well. It is timely and of high quality.",
        "Foster carers speak warmly of the training that they are given in spring.",
        "Young adults find homes near their friends with help from advisers.",
        "Schools are told when a child goes missing on the way home.",
    ];
    let again = ["The number of foster carers for brothers and sisters."];
    let sections = [("Findings", &found[..]), ("What needs to improve", &again[..])];
    writer.put(report("marlowe/2022.txt", 2022, &["overall"], &sections)).unwrap();
    writer.finish().unwrap();
    let snapshot = index.snapshot();
    let options = SearchOptions::default();
    let mut model = Model::learn(&snapshot, &options).unwrap();
    let concepts = Concepts::learn(&CodeBook::builtin(), &snapshot, &options).unwrap();
    follow(&snapshot, &mut model, &concepts, ("marlowe/2018.txt", "marlowe/2022.txt"), None, &options)
        .unwrap()
}

#[test]
fn what_was_asked_for_is_followed() {
    let answer = answer();
    let view = FollowView { answer: &answer, earlier: "Marlowe 2018", later: "Marlowe 2022" };
    let [supervision, ferries] = answer.followed.as_slice() else { panic!("{:?}", answer.followed) };
    assert!(supervision.candidates[0].hit.text.starts_with("Reflective supervision"), "{supervision:?}");
    assert_eq!(FollowGroup::of(ferries), FollowGroup::NotFound);
    assert!(ferries.shown().len() <= 3);
    assert_eq!(answer.new.len(), 1);
    assert_eq!(answer.blankets.len(), 1);
    assert_eq!(view.no_longer_judged().unwrap(), "No longer judged in the later report: lscb.");
}

#[test]
fn rows_have_the_documented_fields_and_pages_no_markup_of_reports() {
    let answer = answer();
    let view = FollowView { answer: &answer, earlier: "Marlowe <2018>", later: "Marlowe 2022" };
    let records: Vec<_> = FollowRecord::of(&view)
        .into_iter()
        .map(|record| serde_json::to_value(Versioned::new(record)).unwrap())
        .collect();
    assert_fields("Followed request", &fields("Followed request"), &records);
    for record in FollowRecord::of(&view) {
        assert_eq!(record.cells().len(), FollowRecord::names().len());
    }
    let written = |format| {
        let mut out = Vec::new();
        write(&mut out, format, &[view], Completeness::from(true)).unwrap();
        String::from_utf8(out).unwrap()
    };
    let page = written(CheckFormat::Page);
    assert!(
        page.contains("default-src 'none'") && !page.contains("<script") && !page.contains("<em>"),
        "{page}"
    );
    assert!(page.contains("Marlowe &lt;2018&gt;") && page.contains("This does not mean that it is solved."));
    let markdown = written(CheckFormat::Common(Format::Markdown));
    assert!(markdown.contains("### Not found") && !markdown.contains("<em>"), "{markdown}");
    let lines = written(CheckFormat::Common(Format::Jsonl));
    assert_eq!(lines.lines().count(), records.len());
}

#[test]
fn near_copies_are_apart_from_what_is_alike() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let first = "Foster carers speak warmly of the training that they are given in spring.";
    writer.put(report("a.txt", 2018, &[], &[("Findings", &[first])])).unwrap();
    let others = [
        "Foster carers speak warmly of the training that they are given.",
        "Training for foster carers has grown.",
        "Ferries run.",
    ];
    writer.put(report("b.txt", 2019, &[], &[("Findings", &others)])).unwrap();
    writer.finish().unwrap();
    let snapshot = index.snapshot();
    let options = SearchOptions::default();
    let mut model = Model::learn(&snapshot, &options).unwrap();
    let own = snapshot.search(&"spring".parse().unwrap()).unwrap().top(1).unwrap().hits.remove(0);
    let answer = similar(&snapshot, &mut model, &own.text, Some(&own.id), 5, &options).unwrap();
    let texts = |list: &[Similar]| list.iter().map(|similar| similar.hit.text.clone()).collect::<Vec<_>>();
    assert_eq!((texts(&answer.copies), answer.total_copies), (vec![others[0].to_owned()], 1));
    assert_eq!(texts(&answer.alike), [others[1]]);
    let records = SimilarRecord::of(&answer);
    assert!(records.iter().all(|record| record.cells().len() == SimilarRecord::names().len()));
    let mut json: Vec<_> =
        records.into_iter().map(|record| serde_json::to_value(Versioned::new(record)).unwrap()).collect();
    json.iter_mut().for_each(|record| record["matches"] = serde_json::json!([0]));
    assert_fields("Similar paragraph", &fields("Similar paragraph"), &json);
}

#[test]
fn two_reports_are_compared() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let shared = "The council has a duty to look after the ferries of the isle.";
    let left = ["Caseloads of social workers are high.", shared];
    writer.put(report("a.txt", 2018, &[], &[("Findings", &left)])).unwrap();
    writer.put(report("b.txt", 2019, &[], &[("Findings", &[shared, "Plans are timely."])])).unwrap();
    writer.finish().unwrap();
    let side = |path: &str| Side { query: Query::All, within: Some(path.to_owned()) };
    let (left, right) = (side("a.txt"), side("b.txt"));
    let mut keywords = KeywordOptions::default();
    (keywords.min_count, keywords.min_reports, keywords.max_p) = (1, 1, 1.0);
    let options = SearchOptions::default();
    let book = CodeBook::builtin();
    let answer = compare(&index.snapshot(), &book, (&left, &right), &keywords, &options).unwrap();
    let caseloads = answer.codes.iter().find(|code| code.name == "caseloads").unwrap();
    assert_eq!((caseloads.left, caseloads.right), (1, 0));
    assert!(answer.left_words.iter().any(|word| word.words == "caseloads"), "{:?}", answer.left_words);
    assert!(answer.right_words.iter().any(|word| word.words == "plans"), "{:?}", answer.right_words);
    let passages: Vec<_> =
        answer.same.iter().map(|(left, right)| (left.text.as_str(), right.citation.path.as_str())).collect();
    assert_eq!(passages, [(shared, "b.txt")]);
}
