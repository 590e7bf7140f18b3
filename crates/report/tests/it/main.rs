//! Tests on whole files: the sample corpus against the facts its authors put in and, if they are beside the checkout,
//! real reports.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod article;
mod linear;
mod long;
mod profiles;
mod real;
mod sample;

use std::path::{Path, PathBuf};

use quotable_report::{Report, Role};

/// The folder of the sample corpus.
fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus")
}

/// Checks the invariants of every report, whatever its source.
fn check_invariants(report: &Report) {
    let mut parents = 0;
    for (index, section) in report.sections.iter().enumerate() {
        if let Some(parent) = section.parent {
            parents += 1;
            assert!((parent as usize) < index, "{}: the parent comes after its section", report.path);
            assert!(report.sections[parent as usize].level < section.level, "{}: levels", report.path);
        }
    }
    assert!(parents <= report.sections.len());
    for paragraph in &report.paragraphs {
        let text = &paragraph.text;
        assert!(!text.trim().is_empty() && text.trim() == text, "{}: {text:?}", report.path);
        assert!(!text.contains(['\n', '\u{AD}']) && !text.contains("  "), "{}: {text:?}", report.path);
        let mut end = 0;
        for sentence in &paragraph.sentences {
            assert_eq!(sentence.start, end, "{}: sentences tile", report.path);
            assert!(text.is_char_boundary(sentence.end));
            end = sentence.end;
        }
        assert_eq!(end, text.len(), "{}: sentences tile", report.path);
        for byte in [0, text.len() / 2, text.len() - 1] {
            let page = paragraph.page_at(byte);
            let right = if report.pages == 0 {
                page.is_none()
            } else {
                page.is_some_and(|page| page <= report.pages)
            };
            assert!(right, "{}: page {page:?} of {text:?}", report.path);
        }
        if let Some(section) = paragraph.section {
            assert!((section as usize) < report.sections.len());
        }
        if paragraph.role == Role::Heading {
            assert!(paragraph.number.is_none());
        }
    }
}
