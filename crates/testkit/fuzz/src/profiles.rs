//! Profiles and registers, and what they read.

use std::sync::LazyLock;

use quotable_profile::{GENERAL, ProfileError, Profiles, Register};
use quotable_read::Document;
use quotable_report::{Understand, draft, trace};

use crate::documents::{check_report, read};

/// The rules that every profile falls back on, and no others: parsing all takes much longer than reading one.
static GENERAL_ALONE: LazyLock<Profiles> = LazyLock::new(|| {
    let (profiles, _) = Profiles::built_in().texts();
    let general = profiles.into_iter().filter(|(file, _)| file.strip_suffix(".toml") == Some(GENERAL));
    Profiles::from_texts(general.collect(), &[])
});

/// A report of no series.
const REPORT: &str = "\
Inspection of the harbour of Kelderby

Inspection dates: 4 March 2019 to 8 March 2019
Published: 31 May 2019
Lead inspector: A. Fenwick
Overall effectiveness\tInadequate
Vessel\tThe Heron

What needs to improve

1.1 The gate of the harbour was not locked at night.

1.2 The lantern on the quay is requires improvement to be good.
";

/// Parses a profile and reads a report by it. After a first NUL byte follows a register (CSV), after a second the report.
/// What the report has is drafted into a profile too, which must be one.
pub fn profile(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let mut parts = input.splitn(3, '\0');
    let (toml, csv, report) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let mut profiles = GENERAL_ALONE.clone();
    if let Some(csv) = csv {
        match Register::parse("harbours", csv) {
            Ok(register) => profiles = profiles.with_register(register),
            Err(error) => check_error(&error, csv),
        }
    }
    let (profiles, errors) = profiles.with([("a.toml".to_owned(), toml.to_owned())]);
    errors.iter().for_each(|error| check_error(error, toml));
    assert_eq!(profiles.general().name, GENERAL, "the general profile is gone: {errors:?}");
    let (texts, registers) = profiles.texts();
    assert_eq!(
        Profiles::from_texts(texts, &registers).hash(),
        profiles.hash(),
        "texts do not make the same set"
    );
    let Some(document) = read("a.txt", report.unwrap_or(REPORT).as_bytes()) else { return };
    for profile in profiles.iter() {
        let understand = Understand::new(&profiles).framework(Some(&profile.name));
        if let Ok(report) = understand.document(&document, "2019/kelderby.txt") {
            check_report(&report);
        }
        let _ = trace(&document, "2019/kelderby.txt", profile, &profiles);
    }
    if report.is_some() {
        check_draft(&document);
    }
}

fn check_draft(document: &Document) {
    // A draft has what reports share.
    let text = draft("drafted", &[document.clone(), document.clone()]);
    let (_, errors) = GENERAL_ALONE.with([("drafted.toml".to_owned(), text.clone())]);
    assert!(errors.is_empty(), "the draft is no profile: {errors:?}\n{text}");
}

/// An error has words, and its line is one of the text.
fn check_error(error: &ProfileError, text: &str) {
    assert!(!error.message.is_empty() && !error.cure.is_empty(), "{error:?}");
    let lines = text.bytes().filter(|byte| *byte == b'\n').count() + 1;
    assert!(error.line.is_none_or(|line| (1..=lines).contains(&line)), "{error:?} of {lines} lines");
}
