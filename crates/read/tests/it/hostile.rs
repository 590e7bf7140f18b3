//! Files that are empty, truncated, corrupt, mislabelled, or out to exhaust memory and time.

use std::path::Path;
use std::time::{Duration, Instant};

use quotable_read::{Budget, ReadErrorKind, Readers};
use quotable_testkit::{Random, crafted_files};

use crate::sample;

const TAGGED: &str = "9900021_tarnbeck/children's services inspection - 19 june 2023.pdf";

/// The number of blocks, or the kind of error.
fn kind(name: &str, bytes: &[u8]) -> Result<usize, ReadErrorKind> {
    let read = Readers::default().read(Path::new(name), bytes, &Budget::default());
    read.map(|document| document.blocks.len()).map_err(|error| error.kind())
}

#[test]
fn mislabelled_files_are_named() {
    assert_eq!(kind("a.pdf", b""), Err(ReadErrorKind::Empty));
    assert_eq!(kind("a.pdf", b"<!DOCTYPE html><html><body>404"), Err(ReadErrorKind::Mislabelled));
    assert_eq!(kind("a.pdf", b"PK\x03\x04 and so on"), Err(ReadErrorKind::Mislabelled));
    assert_eq!(kind("a.pdf", b"%PDF-1.7\n"), Err(ReadErrorKind::Damaged));
    assert_eq!(kind("a.txt", b"  \n \n"), Err(ReadErrorKind::Empty));
    assert_eq!(kind("a.xyz", b"anything"), Err(ReadErrorKind::UnknownFormat));
}

#[test]
fn every_format_refuses_every_other() {
    let contents: [(&str, &[u8]); 4] = [
        ("pdf", b"%PDF-1.7\n1 0 obj"),
        ("html", b"  <!doctype html><p>text"),
        ("docx", b"PK\x03\x04 and so on"),
        ("jpeg", b"\xFF\xD8\xFF\xE0 and so on"),
    ];
    for name in ["a.txt", "a.TEXT", "a.html", "a.htm", "a.xhtml", "a.md", "a.markdown", "a.docx", "a.pdf"] {
        for (format, content) in contents {
            let own = name.contains(&format[..3]);
            let found = kind(name, content);
            assert_eq!(found == Err(ReadErrorKind::Mislabelled), !own, "{name} holds {format}: {found:?}");
        }
    }
    assert_eq!(kind("saved page", b"<html><p>text"), Ok(1));
    assert_eq!(kind("a", b"%PDF-1.7\n"), Err(ReadErrorKind::Damaged));
}

#[test]
fn a_scan_without_text_asks_for_text_recognition() {
    let error =
        Readers::default().read(Path::new("scan.pdf"), &empty_page(), &Budget::default()).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::NoText);
    assert!(error.to_string().contains("OCR"), "{error}");
}

/// A PDF of one empty page.
fn empty_page() -> Vec<u8> {
    pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>".to_owned(),
    ])
}

/// A PDF of one page with ten levels of forms, each drawing the next ten times: `last` is drawn ten thousand million times.
fn bomb(last: &str) -> Vec<u8> {
    const DEPTH: usize = 10;
    let form = |next: usize, content: &str| {
        format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /F {next} 0 R >> /Font \
             << /T << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> /Length {} >>\nstream\n{content}\n\
             endstream",
            content.len()
        )
    };
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /F 5 0 R >> >> >>"
            .to_owned(),
        "<< /Length 4 >>\nstream\n/F Do\nendstream".to_owned(),
    ];
    objects.extend((0..DEPTH).map(|level| form(6 + level, &"/F Do ".repeat(10))));
    objects.push(form(4, last));
    pdf(&objects)
}

#[test]
fn an_endless_page_is_left_when_its_time_is_up() {
    for last in ["BT /T 9 Tf (heron) Tj ET", "0 0 5 5 re f", "/Span BMC EMC", "0 0 5 5 re W n"] {
        let mut budget = Budget::default();
        budget.time = Duration::from_millis(200);
        let began = Instant::now();
        let error = Readers::default().read(Path::new("bomb.pdf"), &bomb(last), &budget).unwrap_err();
        assert_eq!(error.kind(), ReadErrorKind::OverBudget, "{last}: {error}");
        assert!(began.elapsed() < Duration::from_secs(10), "{last}: {:?}", began.elapsed());
    }
}

/// A PDF of the given objects, numbered from 1. The first is the catalogue.
pub(crate) fn pdf(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(format!("{} 0 obj\n{object}\nendobj\n", index + 1).bytes());
    }
    let table = file.len();
    let size = objects.len() + 1;
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

#[test]
fn budgets_of_text_size_and_time_are_kept() {
    let bytes = sample(TAGGED);
    let mut small = Budget::default();
    small.output = 1000;
    let error = Readers::default().read(Path::new(TAGGED), &bytes, &small).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::OverBudget);
    let mut small = Budget::default();
    small.input = 1000;
    let error = Readers::default().read(Path::new(TAGGED), &bytes, &small).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::OverBudget);
    let mut short = Budget::default();
    short.time = Duration::ZERO;
    let error = Readers::default().read(Path::new(TAGGED), &bytes, &short).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::OverBudget);
}

#[test]
fn truncated_and_corrupt_pdfs_return() {
    let good = sample(TAGGED);
    let began = Instant::now();
    for parts in 1..20 {
        let _ = kind("cut.pdf", &good[..good.len() * parts / 20]);
    }
    let mut random = Random::new(1);
    for _ in 0..60 {
        let mut corrupt = good.clone();
        for _ in 0..40 {
            let at = random.index(corrupt.len());
            corrupt[at] = random.byte();
        }
        let _ = kind("corrupt.pdf", &corrupt);
    }
    assert!(began.elapsed() < Duration::from_secs(120), "a hang");
}

/// The longest time for one small file, generous for a debug build on a busy machine.
const LONG: Duration = Duration::from_secs(20);

#[test]
fn crafted_files_return_in_time() {
    let read_all = || {
        for file in crafted_files(1) {
            let began = Instant::now();
            let mut budget = Budget::default();
            budget.time = Duration::from_secs(2);
            let _ = Readers::default().read(Path::new(&file.name), &file.bytes, &budget);
            let took = began.elapsed();
            assert!(took < LONG, "{}: {took:?}", file.name);
        }
    };
    // The stack of a thread that reads files during a refresh.
    std::thread::Builder::new().stack_size(16 << 20).spawn(read_all).unwrap().join().unwrap();
}

/// Twelve levels of forms, each drawn ten times: thousands of years of work.
#[test]
fn a_page_without_end_is_left() {
    let files = crafted_files(1);
    let file = files.iter().find(|file| file.name == "pdf-forms-ten-by-ten.pdf").unwrap();
    let mut budget = Budget::default();
    budget.time = Duration::from_millis(500);
    let began = Instant::now();
    let error = Readers::default().read(Path::new(&file.name), &file.bytes, &budget).unwrap_err();
    assert_eq!(error.kind(), ReadErrorKind::OverBudget, "{error}");
    assert!(began.elapsed() < LONG, "{:?}", began.elapsed());
}
