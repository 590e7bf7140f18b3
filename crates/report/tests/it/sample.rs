//! The sample corpus: metadata against `corpus/truth.jsonl`, structure against goldens.

use std::fmt::Write;
use std::path::Path;

use quotable_read::{Budget, ReadErrorKind, Readers};
use quotable_report::{Report, ReportKind};
use serde_json::Value;

use crate::{check_invariants, corpus};

/// A sample report, by its path below `corpus/reports`; `None` if this build reads no such format.
fn report(path: &str) -> Option<Report> {
    let bytes = std::fs::read(corpus().join("reports").join(path)).unwrap();
    match Readers::default().read(Path::new(path), &bytes, &Budget::default()) {
        Ok(document) => Some(Report::from_document(&document, path)),
        Err(error) if error.kind() == ReadErrorKind::UnknownFormat => None,
        Err(error) => panic!("{path}: {error}"),
    }
}

#[test]
fn metadata_and_judgements_equal_the_truth_file() {
    let truth = std::fs::read_to_string(corpus().join("truth.jsonl")).unwrap();
    let mut read = 0;
    for line in truth.lines() {
        let truth: Value = serde_json::from_str(line).unwrap();
        let path = truth["path"].as_str().unwrap();
        let Some(report) = report(path) else { continue };
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
    let truth = std::fs::read_to_string(corpus().join("truth.jsonl")).unwrap();
    for line in truth.lines() {
        let truth: Value = serde_json::from_str(line).unwrap();
        let path = truth["path"].as_str().unwrap();
        let Some(report) = report(path) else { continue };
        let name = path.split_once('_').unwrap().1.replace(['/', ' ', '\''], "-");
        settings.bind(|| insta::assert_snapshot!(name.as_str(), show(&report)));
    }
}
