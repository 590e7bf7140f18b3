//! Random reports, and random edits to an index of them.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use quotable::report::{
    Authority, Date, Framework, Grade, Judgement, Period, Report, ReportKind, Role, Section,
};
use quotable::{CodeBook, Index};

use crate::fixtures::{paragraph, report};

/// The words in queries.
pub(super) const WORDS: [&str; 10] =
    ["care", "cares", "carer", "leaver", "plan", "a", "b", "leaver's", "decision-making", "éa"];

/// The words in texts, with capitals, punctuation and letters to fold.
const PRINTED: [&str; 28] = [
    "care", "Cares", "carer", "leaver", "plan", "a", "B", "leaver’s", "decision–making", "ÉA", "care/plan",
    "…", // So that `car*` expands to more words than the plan keeps one by one.
    "cara", "carb", "card", "carl", "carp", "cars", "cart", "cary",
    // For words and numbers that are held to the way they are printed.
    "Care", "CARE", "£1.2", "1.2", "1, 2", "97%", "1,000", "1000",
];

/// Folders and files, existing and not.
pub(super) const FOLDERS: &[&str] = &["north", "north/r1", "nort", "North", "r0", "old/"];

pub(super) fn book() -> CodeBook {
    const BOOK: &str = "
        [[query]]
        name = 'waiting'
        query = 'plan w/3 care OR @leavers'
        [[query]]
        name = 'leavers'
        kind = 'topic'
        sections = ['care-leavers']
        query = '\"* leaver\" OR (cares -b)'
        [[query]]
        name = 'north'
        query = 'path:north/* -para:2'
    ";
    CodeBook::parse("book.toml", BOOK).unwrap()
}

/// A text of up to 13 words, some of which end a sentence.
fn text() -> impl Strategy<Value = String> {
    let words = proptest::collection::vec((select(&PRINTED[..]), proptest::bool::weighted(0.2)), 0..14);
    words.prop_map(|words| {
        let words =
            words.into_iter().map(|(word, stop)| if stop { format!("{word}.") } else { word.to_owned() });
        words.collect::<Vec<_>>().join(" ")
    })
}

/// The texts of the paragraphs of each report, by report number.
pub(super) type Texts = BTreeMap<usize, Vec<String>>;
/// The edits of one commit: for a report number, the texts to put, or `None` to remove the report.
pub(super) type Batch = Vec<(usize, Option<Vec<String>>)>;

/// Random edits in one to three commits.
pub(super) fn edits() -> impl Strategy<Value = Vec<Batch>> {
    let texts = proptest::collection::vec(text(), 0..8);
    let edit = (0_usize..5, proptest::option::weighted(0.75, texts));
    proptest::collection::vec(proptest::collection::vec(edit, 2..8), 1..4)
}

pub(super) fn path(number: usize) -> String {
    let folder = ["", "north/", "north/", "old/north/", "old/"];
    format!("{}r{number}", folder[number % 5])
}

const FRAMEWORKS: [&str; 5] = ["looked-after-2013", "sif", "sif-reinspection", "lscb-review", "ilacs"];
const AREAS: [&str; 7] =
    ["overall", "leaders", "help-and-protection", "in-care", "care-leavers", "adoption", "lscb"];
const GRADES: [&str; 5] = ["outstanding", "good", "requires-improvement", "adequate", "inadequate"];

/// The report with a number. Its metadata depends on the number alone.
pub(super) fn random_report(number: usize, texts: &[String]) -> Report {
    let mut report = report(&path(number), &[]);
    report.kind = ReportKind::ALL[number % 3];
    report.framework = Framework::from_label(FRAMEWORKS[number]).filter(|_| number != 3);
    report.authority = match number {
        0 | 4 => Some(Authority::new("Marlowe County Council", "marlowe")),
        1 => Some(Authority::new("City of West Mere", "west mere")),
        _ => None,
    };
    if let Some(authority) = &mut report.authority {
        authority.urn = Some(if number == 1 { "9900002" } else { "9900001" }.to_owned());
    }
    let year = 2010 + u16::try_from(number).unwrap();
    report.published = Date::new(year, 6, 10).filter(|_| number.is_multiple_of(2));
    if let (Some(start), Some(end)) = (Date::new(year - 1, 11, 30), Date::new(year, 1, 9)) {
        report.inspected = vec![Period { start, end }];
    }
    for (at, area) in AREAS.into_iter().enumerate() {
        let grade = GRADES[(at + number) % 5].parse().unwrap();
        report.judgements.push(Judgement::new(area.parse().unwrap(), "as printed", grade, "as printed"));
    }
    // Three theme chunks; the last includes a section without a theme of its own.
    for (at, title) in ["The first part", "Second part", "Inner"].into_iter().enumerate() {
        let mut section = Section::new(title, 1);
        section.theme = ["care-leavers", "adoption"].get(at).map(|theme| (*theme).to_owned());
        section.grade = ["good", "requires-improvement"].get(at).and_then(|grade| Grade::from_label(grade));
        section.parent = (at == 2).then_some(1);
        report.sections.push(section);
    }
    report.paragraphs = texts.iter().map(|text| paragraph(text)).collect();
    let sections = [None, None, Some(0), Some(1), Some(2), Some(2), Some(2)];
    let roles = [Role::Heading, Role::Body, Role::Bullet, Role::Table, Role::Body, Role::Note, Role::Body];
    let numbers = [None, Some("1"), Some("2"), None, Some("2.1"), None, Some("10")];
    for (at, paragraph) in report.paragraphs.iter_mut().enumerate() {
        paragraph.section = sections[at];
        paragraph.role = roles[(at + number) % 7];
        paragraph.number = numbers[at].map(str::to_owned);
        paragraph.pages.turn(0, u32::try_from(at / 2).unwrap() + 1);
        if at == 3 && paragraph.text.len() > 4 {
            paragraph.pages.turn(4, 4);
        }
    }
    report
}

/// The number of the theme chunk of the paragraph with this zero-based index.
pub(super) fn chunk(at: usize) -> u32 {
    [0, 0, 1, 2, 2, 2, 2][at]
}

/// Applies the edits; returns the index and its expected texts.
pub(super) fn build_index(edits: &[Batch]) -> (Index, Texts) {
    let index = Index::in_memory().unwrap();
    let mut texts_by_number = BTreeMap::new();
    for batch in edits {
        let mut writer = index.writer().unwrap();
        for (number, texts) in batch {
            match texts {
                Some(texts) => {
                    writer.put(random_report(*number, texts)).unwrap();
                    texts_by_number.insert(*number, texts.clone());
                }
                None => {
                    let was = writer.remove(&path(*number)).unwrap();
                    assert_eq!(was, texts_by_number.remove(number).is_some());
                }
            }
        }
        writer.finish().unwrap();
    }
    (index, texts_by_number)
}
