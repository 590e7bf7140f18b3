//! The sample corpus: metadata against its truth files, structure against goldens.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use quotable_read::{Budget, ReadErrorKind, Readers};
use quotable_report::{FieldValue, Report, ReportKind};
use serde_json::Value;

use crate::{check_invariants, corpus};

/// The reports of children's services, all of one inspectorate, and the reports of others: folder and truth file.
const CHILDRENS_SERVICES: (&str, &str) = ("reports", "truth.jsonl");
const INSPECTORATES: (&str, &str) = ("inspectorates", "truth-inspectorates.jsonl");

/// What is true of the reports of a folder: a line for each.
fn truths((_, file): (&str, &str)) -> Vec<Value> {
    let truth = std::fs::read_to_string(corpus().join(file)).unwrap();
    truth.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A sample report, by its path below the folder; `None` if this build reads no such format.
fn report((folder, _): (&str, &str), path: &str) -> Option<Report> {
    let bytes = std::fs::read(corpus().join(folder).join(path)).unwrap();
    match Readers::default().read(Path::new(path), &bytes, &Budget::default()) {
        Ok(document) => Some(Report::from_document(&document, path)),
        Err(error) if error.kind() == ReadErrorKind::UnknownFormat => None,
        Err(error) => panic!("{path}: {error}"),
    }
}

#[test]
fn metadata_and_judgements_equal_the_truth_file() {
    let mut read = 0;
    for truth in truths(CHILDRENS_SERVICES) {
        let path = truth["path"].as_str().unwrap();
        let Some(report) = report(CHILDRENS_SERVICES, path) else { continue };
        read += 1;
        check_invariants(&report);
        assert_eq!(report.kind, ReportKind::Report, "{path}");
        let same = |what: &str, got: Option<String>| {
            assert_eq!(got.as_deref(), truth[what].as_str(), "{path}: {what}");
        };
        same("framework", report.framework.map(|framework| framework.as_str().replace('-', "_")));
        same("publication_date", report.published.map(|date| date.to_string()));
        same("inspection_start", report.inspected.first().map(|period| period.start.to_string()));
        same("inspection_end", report.inspected.last().map(|period| period.end.to_string()));
        let authority = report.authority.as_ref().unwrap();
        same("urn", authority.urn.clone());
        assert_eq!(authority.key, truth["authority"].as_str().unwrap().to_lowercase(), "{path}");
        let lead = truth["lead_inspector"].as_str().unwrap();
        let found = report.lead_inspector.as_deref();
        let in_text = || report.paragraphs.iter().any(|paragraph| paragraph.text.contains(lead));
        assert!(found.map_or_else(in_text, |found| found.starts_with(lead)), "{path}: {found:?}");
        let areas =
            ["overall", "leaders", "help-and-protection", "in-care", "care-leavers", "adoption", "lscb"];
        for area in areas {
            let own = report.judgements.iter().find(|judgement| judgement.area == area);
            let got = own.map(|judgement| judgement.grade.as_str().replace('-', " "));
            let wanted = truth["grades"][area.replace('-', "_")].as_str();
            assert_eq!(got.as_deref(), wanted, "{path}: {area:?}");
        }
    }
    assert!(read == 19, "only {read} of the 19 sample reports were read");
}

#[test]
fn reports_of_other_inspectorates_equal_their_truth_file() {
    let mut wrong = Vec::new();
    let truths = truths(INSPECTORATES);
    assert!(truths.len() == 6, "{} reports", truths.len());
    for truth in truths {
        let path = truth["path"].as_str().unwrap();
        let report = report(INSPECTORATES, path).unwrap();
        check_invariants(&report);
        assert_eq!(report.kind, ReportKind::Report, "{path}");
        let text = |what: &str| truth.get(what).and_then(Value::as_str).map(str::to_owned);
        let mut same = |what: &str, got: Option<String>| {
            if got != text(what) {
                wrong.push(format!("{path}: {what} is {got:?}, not {:?}", text(what)));
            }
        };
        same("profile", report.framework.as_ref().map(ToString::to_string));
        same("title", report.title.clone());
        same("authority", report.authority.as_ref().map(|authority| authority.name.clone()));
        same("urn", report.authority.as_ref().and_then(|authority| authority.urn.clone()));
        same("publication_date", report.published.map(|date| date.to_string()));
        same("inspection_start", report.inspected.first().map(|period| period.start.to_string()));
        same("inspection_end", report.inspected.last().map(|period| period.end.to_string()));
        same("lead_inspector", report.lead_inspector.clone());
        // Every area that is read and no other: a grade of an earlier inspection, of a part of the service or of a
        // question that was not asked is none of this report.
        let grades: BTreeMap<String, Value> = report
            .judgements
            .iter()
            .map(|one| (one.area.as_str().replace('-', "_"), one.grade.as_str().replace('-', " ").into()))
            .collect();
        let fields: BTreeMap<String, Value> = report
            .fields
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    // As an integer, so that it equals the one in the truth file.
                    FieldValue::Number(number) if number.fract() == 0.0 => serde_json::json!(*number as i64),
                    other => Value::String(other.to_string()),
                };
                (name.to_string(), value)
            })
            .collect();
        for (what, got) in [("grades", grades), ("fields", fields)] {
            let wanted: BTreeMap<String, Value> = serde_json::from_value(truth[what].clone()).unwrap();
            if got != wanted {
                wrong.push(format!("{path}: {what} are {got:?}, not {wanted:?}"));
            }
        }
        // Numbers as the report prints them, each once.
        for number in truth.get("numbers").and_then(Value::as_array).into_iter().flatten() {
            let number = number.as_str();
            let count = report.paragraphs.iter().filter(|one| one.number.as_deref() == number).count();
            if count != 1 {
                wrong.push(format!("{path}: paragraph {number:?} occurs {count} times"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A report as the goldens show it: the outline, then a line for each paragraph.
fn show(report: &Report) -> String {
    let mut out = String::new();
    for (index, section) in report.sections.iter().enumerate() {
        let indent = "  ".repeat(usize::from(section.level.saturating_sub(1)));
        let theme = section.theme.as_deref().unwrap_or("-");
        let grade = section.grade.as_ref().map_or("-", |grade| grade.as_str());
        writeln!(out, "{index:>3} {indent}{} [{theme}, {grade}]", section.title).unwrap();
    }
    writeln!(out).unwrap();
    for paragraph in &report.paragraphs {
        let role = paragraph.role.as_str();
        let number = paragraph.number.as_deref().unwrap_or("-");
        let pages = match (paragraph.pages.first(), paragraph.pages.last()) {
            (Some(first), Some(last)) if first != last => format!("p{first}-{last}"),
            (Some(first), _) => format!("p{first}"),
            _ => "-".to_owned(),
        };
        let section = paragraph.section.map_or("-".to_owned(), |section| section.to_string());
        writeln!(out, "{role:<7} {number:>3} {pages:<5} {section:>3} {}", paragraph.text).unwrap();
    }
    for warning in &report.warnings {
        writeln!(out, "warning: {}", warning.message).unwrap();
    }
    out
}

#[test]
fn structure_equals_the_goldens() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../../../corpus/expected/structure");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (part, truth) in [CHILDRENS_SERVICES, INSPECTORATES].map(|part| (part, truths(part))) {
        for truth in truth {
            let path = truth["path"].as_str().unwrap();
            let Some(report) = report(part, path) else { continue };
            // Without the number in front of the name of an authority; others keep the name of their series.
            let name = if part == CHILDRENS_SERVICES { path.split_once('_').unwrap().1 } else { path };
            let name = name.replace(['/', ' ', '\'', '&'], "-");
            settings.bind(|| insta::assert_snapshot!(name.as_str(), show(&report)));
        }
    }
}
