//! Joins the pages of the lexicon, with and without faults.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use quotable_report::{Paragraph, Report};

use super::MAX_PAGES;
use crate::api::index::Index;
use crate::api::index::builder::IndexBuilder;
use crate::error::Result;
use crate::store::directory::fault::{Fault, Faults};

fn builder() -> IndexBuilder {
    Index::builder().threads(1).writer_memory(0)
}

/// A report with a string of its own, twice, so that the lexicon gives it a number.
fn report(number: usize) -> Report {
    let mut report = Report::default();
    report.path = format!("{number:03}");
    report.paragraphs = vec![Paragraph::new(text(number))];
    report
}

fn text(number: usize) -> String {
    format!("A heron of mill{number}, and of mill{number} alone.")
}

fn put(index: &Index, number: usize) -> Result<()> {
    let mut writer = index.writer()?;
    writer.put(report(number))?;
    writer.finish()
}

/// The texts of all paragraphs.
fn texts(index: &Index) -> Result<BTreeSet<String>> {
    index.search(&"heron".parse()?)?.every()?.map(|hit| hit.map(|hit| hit.text)).collect()
}

fn expected(reports: usize) -> BTreeSet<String> {
    (0..reports).map(text).collect()
}

fn pages(index: &Index) -> usize {
    index.store().state().lexicon_pages().unwrap().len()
}

#[test]
fn the_lexicon_has_few_pages_however_many_commits() {
    let index = builder().in_memory().unwrap();
    let before = index.store().state();
    let mut most = 0;
    for number in 0..2 * MAX_PAGES + 9 {
        put(&index, number).unwrap();
        most = most.max(pages(&index));
    }
    assert_eq!((most, pages(&index)), (MAX_PAGES, 9));
    assert_eq!(texts(&index).unwrap(), expected(2 * MAX_PAGES + 9));
    let found = index.verify(None).unwrap();
    assert!(found.is_sound(), "{found:?}");
    assert_eq!(before.lexicon_pages().unwrap(), []);
    // The limit holds for many commits of one writer too, and a commit without new strings adds no page.
    let mut writer = index.writer().unwrap();
    for number in 0..MAX_PAGES {
        writer.put(report(1000 + number)).unwrap();
        writer.commit().unwrap();
        assert!(pages(&index) <= MAX_PAGES);
    }
    let before = pages(&index);
    writer.put(report(1000)).unwrap();
    writer.finish().unwrap();
    assert_eq!(pages(&index), before);
    assert_eq!(texts(&index).unwrap().len(), 3 * MAX_PAGES + 9);
}

fn copy(from: &Path) -> tempfile::TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

/// After a fault the index is as before the commit or as after it, and further commits succeed.
fn holds(folder: &Path, what: &str) {
    let index = builder().open(folder).unwrap_or_else(|error| panic!("{what}: {error}"));
    let found = texts(&index).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert!(found == expected(MAX_PAGES) || found == expected(MAX_PAGES + 1), "{what}: {found:?}");
    put(&index, MAX_PAGES).unwrap_or_else(|error| panic!("{what}: {error}"));
    put(&index, MAX_PAGES + 1).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(texts(&index).unwrap(), expected(MAX_PAGES + 2), "{what}");
    assert!(pages(&index) < 4, "{what}: {} pages", pages(&index));
    assert!(index.verify(None).unwrap().is_sound(), "{what}");
}

/// Lets the commit that joins the pages fail at every `every`th of its operations.
fn sweep(every: usize) {
    let folder = tempfile::tempdir().unwrap();
    let index = builder().open_or_create(folder.path()).unwrap();
    for number in 0..MAX_PAGES {
        put(&index, number).unwrap();
    }
    assert_eq!(pages(&index), MAX_PAGES);
    let faulty = |faults: &Faults| {
        let folder = copy(folder.path());
        let index = builder().open_faulty(folder.path(), faults);
        let put = index.and_then(|index| put(&index, MAX_PAGES));
        (folder, put)
    };
    let faults = Faults::default();
    let (whole, put) = faulty(&faults);
    put.unwrap();
    assert_eq!(pages(&Index::open(whole.path()).unwrap()), 1);
    let all = faults.done();
    let mut failed = 0;
    for (first, fault) in [(1, Fault::Full), (8, Fault::Denied), (15, Fault::Once), (22, Fault::Power)] {
        for at in (first.min(every as u64)..=all + 2).step_by(every) {
            let what = format!("{fault:?} at {at} of {all}");
            let faults = Faults::plan(fault, at);
            let (folder, put) = faulty(&faults);
            failed += u64::from(put.is_err());
            if fault != Fault::Power {
                holds(folder.path(), &what);
                continue;
            }
            for hasty in [false, true] {
                let after = tempfile::tempdir().unwrap();
                for (name, content) in faults.after_power_failed(hasty) {
                    fs::write(after.path().join(name), content).unwrap();
                }
                holds(after.path(), &format!("{what}, hasty: {hasty}"));
            }
        }
    }
    assert!(failed > 3, "{failed} of {all} hurt");
}

#[test]
fn a_commit_joins_the_pages_or_changes_nothing() {
    sweep(29);
}

#[test]
#[ignore = "takes minutes"]
fn a_commit_joins_the_pages_or_changes_nothing_at_every_operation() {
    sweep(1);
}
