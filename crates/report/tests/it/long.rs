//! Texts far longer than any that is printed.

use std::path::Path;

use quotable_read::{Budget, Readers};
use quotable_report::{Report, Role};

use crate::check_invariants;

/// The longest paragraph, in bytes.
const LONGEST: usize = 64 << 10;

fn read(name: &str, text: &str) -> Report {
    let document = Readers::default().read(Path::new(name), text.as_bytes(), &Budget::default()).unwrap();
    let report = Report::from_document(&document, name);
    check_invariants(&report);
    report
}

#[test]
fn long_texts_of_every_role_are_cut_and_none_of_their_words_is_lost() {
    let words = |count: usize| "word ".repeat(count);
    let text = format!(
        "<html><body><h1>{}</h1><p>{}</p><ul><li>{}</li></ul><table><tr><td>{}</td><td>{}</td></tr></table>\
         <blockquote><p>{}</p></blockquote></body></html>",
        words(30_000),
        "A sentence of some words. ".repeat(10_000),
        words(40_000),
        words(50_000),
        words(20_000),
        words(15_000),
    );
    let report = read("long.html", &text);
    for paragraph in &report.paragraphs {
        assert!(paragraph.text.len() <= LONGEST, "{:?}: {}", paragraph.role, paragraph.text.len());
    }
    let count = |role: Role, word: &str| {
        let texts = report.paragraphs.iter().filter(|paragraph| paragraph.role == role);
        texts.flat_map(|paragraph| paragraph.text.split(' ')).filter(|found| *found == word).count()
    };
    let all: usize = [Role::Heading, Role::Body, Role::Bullet, Role::Table, Role::Quote]
        .map(|role| count(role, "word"))
        .iter()
        .sum();
    assert_eq!(all, 30_000 + 40_000 + 50_000 + 20_000 + 15_000);
    assert_eq!(count(Role::Body, "sentence"), 10_000);
    assert!(report.sections.iter().all(|section| section.title.len() <= 1_000));
    assert!(report.title.is_none_or(|title| title.len() <= 1_000));
    assert!(report.warnings.iter().filter(|warning| warning.code == "long-paragraph").count() >= 4);
    // Sentences are kept whole.
    let whole = |paragraph: &&quotable_report::Paragraph| paragraph.text.contains("sentence");
    assert!(report.paragraphs.iter().filter(whole).all(|paragraph| paragraph.text.ends_with("words.")));
}

#[test]
fn a_text_without_spaces_is_cut_too() {
    let report = read("long.txt", &format!("1. {}", "é".repeat(200_000)));
    let letters: usize = report.paragraphs.iter().map(|paragraph| paragraph.text.chars().count()).sum();
    assert_eq!(letters, 200_000);
    assert!(report.paragraphs.iter().all(|paragraph| paragraph.text.len() <= LONGEST));
}
