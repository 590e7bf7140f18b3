//! Fails when the stored form changes without a new number of the format.

use quotable_read::Budget;
use quotable_report::{Authority, Framework, Grade, Judgement, Paragraph, Period, Role, Section, Warning};

use super::*;
use crate::failure::FailureKind;
use crate::moment::Moment;
use crate::source::Origin;
use crate::store::commit::CommitInfo;
use crate::store::entry::EntryHeader;
use crate::store::fingerprint::Fingerprint;
use crate::store::schema::FORMAT;

/// A report with something in every field.
fn full() -> Report {
    let mut report = Report::default();
    report.path = "fenwick/visit.txt".to_owned();
    report.title = Some("Visit to Fenwick".to_owned());
    let mut authority = Authority::new("Fenwick Council", "fenwick");
    authority.urn = Some("12345".to_owned());
    report.authority = Some(authority);
    report.framework = Framework::from_label("ilacs");
    report.published = "2019-03-07".parse().ok();
    report.inspected =
        "2019-02-04".parse().ok().map(|day| Period { start: day, end: day }).into_iter().collect();
    report.pages = 2;
    let mut section = Section::new("Care leavers", 1);
    section.theme = Some("care-leavers".to_owned());
    section.grade = Grade::from_label("good");
    report.sections = vec![section];
    report.judgements =
        vec![Judgement::new("overall".parse().unwrap(), "Overall", "good".parse().unwrap(), "Good")];
    report.warnings = vec![Warning::new("doubt", "the heron is doubtful")];
    let mut body = Paragraph::new("Two herons were seen. They flew.");
    body.sentences = vec![0..22, 22..32];
    body.section = Some(0);
    body.number = Some("1".to_owned());
    body.pages.turn(0, 1);
    body.pages.turn(10, 2);
    let mut row = Paragraph::new("Herons | 2");
    row.role = Role::Table;
    report.paragraphs = vec![body, row];
    report
}

/// Hashes the documents and the schema of an index byte by byte.
#[test]
fn the_stored_form_is_that_of_the_format() {
    let fields = Fields::default();
    let (modified, changed) = (1_500_000_000_000_000_000, 1_600_000_000_000_000_001);
    let file = Fingerprint { size: 99, modified, changed, inode: 4_000_000_001, settled: true };
    let report = full();
    let mut read = Entry::of(&report.path, &report, Origin::File, Some(file), [7; 32]);
    let mut failed = Entry::failed("b.pdf", file, [8; 32], FailureKind::Special, "a pipe");
    failed = failed.read_by("pdf", &Budget::default(), [0; 8]);
    // The version of reading rises without a change of the form.
    (read.reading, failed.reading) = (0, 0);
    for entry in [&read, &failed] {
        assert_eq!(EntryHeader::from_bytes(&entry.to_bytes().unwrap()).unwrap(), EntryHeader::of(entry));
    }
    let mut lexicon_writer = LexiconWriter::default();
    let mut all = documents(&fields, &mut lexicon_writer, &mut read, report).unwrap();
    lexicon_writer.train(["a heron, a heron"].into_iter());
    all.push(page_document(&fields, &lexicon_writer.new_page().unwrap()).unwrap());
    all.push(failed_document(&fields, &failed).unwrap());
    let mut hasher = blake3::Hasher::new();
    for document in &all {
        use tantivy::schema::document::Document as _;
        hasher.update(document.to_json(&fields.schema).as_bytes());
    }
    hasher.update(serde_json::to_string(&fields.schema).unwrap().as_bytes());
    let commit_info = CommitInfo { format: 0, committed: Moment::from_seconds(1), ..CommitInfo::new() };
    hasher.update(serde_json::to_string(&commit_info).unwrap().as_bytes());
    let hash = hasher.finalize().to_hex();
    assert_eq!(
        (FORMAT, &hash[..16]),
        (14, "d386c2a3ccbbe4c3"),
        "the stored form has changed: raise FORMAT, put the new hash here, and write the index of \
         tests/formats anew (cargo test -p quotable -- --ignored write_the_index_of_this_format)"
    );
}
