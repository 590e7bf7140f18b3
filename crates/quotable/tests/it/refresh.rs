//! Refreshes: bringing an index up to date with a folder.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use quotable::prelude::*;
use quotable::read::{Budget, Document, PlainText, ReadError, Reader, Readers};
use quotable::{
    CancelFlag, CheckOptions, ErrorKind, Facet, FailureKind, Index, Quotation, RefreshOptions, SearchOptions,
};

use crate::fixtures::{TempCorpus, counts};

#[test]
fn a_refresh_adds_changes_and_removes_files() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "One sheep.").write("deep/b.txt", "Two sheep.").write("picture.jpg", "sheep");
    let first = temp.refresh();
    assert_eq!((first.added, first.skipped), (2, 1));
    insta::assert_snapshot!(first.to_string().split(" (").next().unwrap(), @"2 files added, 1 of no known format skipped");
    temp.write_at("a.txt", "One lamb.", 60).remove("deep/b.txt").write("c.txt", "A goat.");
    let second = temp.refresh();
    assert_eq!((second.added, second.changed, second.removed, second.unchanged), (1, 1, 1, 0));
    let index = temp.index();
    assert_eq!(counts(&index, "sheep"), (0, 0, 0));
    assert_eq!(counts(&index, "lamb OR goat"), (2, 2, 2));
    assert!(index.status().complete);
}

#[test]
fn a_refresh_without_changes_writes_nothing() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "One sheep.");
    temp.refresh();
    let before = temp.index_files();
    let again = temp.refresh();
    assert_eq!((again.unchanged, again.changed_anything()), (1, false));
    assert_eq!(temp.index_files(), before);
}

#[test]
fn a_touched_file_keeps_its_ids() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "One sheep.\n\nTwo sheep.").write("bad.pdf", "<html>not found</html>");
    temp.refresh();
    let all = |index: &Index| {
        let every = index.search(&"sheep".parse().unwrap()).unwrap().every().unwrap();
        every.map(|hit| hit.unwrap()).collect::<Vec<_>>()
    };
    let index = temp.index();
    let (before, hash) = (all(&index), index.status().corpus_hash);
    temp.write_at("a.txt", "One sheep.\n\nTwo sheep.", 60).write_at("bad.pdf", "<html>not found</html>", 60);
    let touched = index.refresh(temp.corpus()).unwrap();
    assert_eq!((touched.unchanged, touched.changed, touched.failed.len()), (2, 0, 0));
    assert_eq!((all(&index), index.status().corpus_hash), (before, hash));
    let files = temp.index_files();
    temp.refresh();
    assert_eq!(temp.index_files(), files, "the new time is on record");
}

#[test]
fn a_recent_modification_time_is_not_trusted() {
    let temp = TempCorpus::new();
    // The time is in the next second, so that both writes have the same time even on a busy machine.
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() + 1;
    let when = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let write = |text: &str| {
        fs::write(temp.file("a.txt"), text).unwrap();
        fs::File::options().write(true).open(temp.file("a.txt")).unwrap().set_modified(when).unwrap();
    };
    write("One sheep.");
    temp.refresh();
    write("One goats.");
    assert_eq!(temp.refresh().changed, 1);
    assert_eq!(counts(&temp.index(), "goats"), (1, 1, 1));
}

#[test]
fn unreadable_files_are_recorded_and_retried_after_a_change() {
    let temp = TempCorpus::new();
    temp.write("page.pdf", "<!doctype html><title>not found</title>")
        .write("empty.txt", "")
        .write("a.txt", "Sheep.");
    let first = temp.refresh();
    let kinds: Vec<_> = first.failed.iter().map(|failure| (failure.path.as_str(), failure.kind)).collect();
    assert!(kinds.contains(&("page.pdf", FailureKind::Mislabelled)), "{kinds:?}");
    assert!(kinds.contains(&("empty.txt", FailureKind::Empty)), "{kinds:?}");
    assert_eq!(first.added, 1);
    let second = temp.refresh();
    assert_eq!((second.failed.len(), second.still_failing, second.unchanged), (0, 2, 3));
    let sources = temp.index().reports().unwrap();
    assert_eq!(sources.iter().filter(|source| source.failure.is_some()).count(), 2);
    temp.write_at("empty.txt", "Not empty now.", 60);
    let third = temp.refresh();
    assert_eq!((third.changed, third.still_failing), (1, 1));
}

#[test]
fn an_answer_lacks_the_files_that_could_not_be_read_until_they_are() {
    let temp = TempCorpus::new();
    temp.write("north/page.pdf", "<!doctype html><title>not found</title>")
        .write("north/a.txt", "Sheep.")
        .write("northern.pdf", "no")
        .write("south/b.txt", "Sheep again.");
    temp.refresh();
    assert!(temp.refresh().failed.is_empty(), "they did not change");
    let index = temp.index();
    let status = index.status();
    assert_eq!((status.complete, status.failed, status.unfinished), (false, 2, false));
    let lacking = |within: &str| {
        let options = SearchOptions::default().within(within);
        let provenance = index.search_with(&"sheep".parse().unwrap(), &options).unwrap().provenance();
        assert_eq!(index.snapshot().unread(Some(within)).len() as u64, provenance.unread, "{within}");
        let checked = index
            .check_with(&Quotation::new("no goat was ever seen"), &CheckOptions::default().within(within))
            .unwrap();
        assert_eq!((checked.complete, checked.unread), (provenance.complete, provenance.unread), "{within}");
        (provenance.complete, provenance.unread, provenance.to_string().contains("not read"))
    };
    assert_eq!(lacking("north"), (false, 1, true));
    assert_eq!(lacking("south"), (true, 0, false));
    assert_eq!(lacking("north/a.txt"), (true, 0, false));
    let all: Vec<_> = index.snapshot().unread(None).into_iter().map(|failure| failure.path).collect();
    assert_eq!(all, ["north/page.pdf", "northern.pdf"]);
    let table = index.search(&"sheep".parse().unwrap()).unwrap().count_by(&[Facet::Kind]).unwrap();
    assert_eq!((table.provenance.complete, table.provenance.unread), (false, 2));
    assert!(table.provenance.to_string().contains("2 reports, 2 files not read;"), "{}", table.provenance);

    fs::remove_file(temp.file("northern.pdf")).unwrap();
    temp.write_at("north/page.pdf", "%PDF-still not one", 60);
    temp.refresh();
    assert_eq!(temp.index().status().failed, 1);
    fs::remove_file(temp.file("north/page.pdf")).unwrap();
    temp.refresh();
    let status = temp.index().status();
    assert_eq!((status.complete, status.failed), (true, 0));
}

/// A reader of `.trap` files that panics if the content says so.
struct Trap;

impl Reader for Trap {
    fn format(&self) -> &'static str {
        "trap"
    }

    fn recognises(&self, path: &Path, _head: &[u8]) -> bool {
        path.extension().is_some_and(|extension| extension == "trap")
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        assert!(!bytes.starts_with(b"panic"), "caught in the trap");
        PlainText::default().read(bytes, budget)
    }
}

/// A reader that claims `.txt` files under another format name.
struct Ledger;

impl Reader for Ledger {
    fn format(&self) -> &'static str {
        "ledger"
    }

    fn recognises(&self, path: &Path, _head: &[u8]) -> bool {
        path.extension().is_some_and(|extension| extension == "txt")
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        PlainText::default().read(bytes, budget)
    }
}

fn index_with_trap(temp: &TempCorpus) -> Index {
    let mut readers = Readers::default();
    readers.prepend(Trap);
    Index::builder().readers(readers).threads(2).open_or_create(temp.index_folder()).unwrap()
}

#[test]
fn a_file_claimed_by_another_format_is_read_again() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Sheep.").write("b.md", "# Sheep");
    temp.refresh();
    let mut readers = Readers::default();
    readers.prepend(Ledger);
    let index = Index::builder().readers(readers).open_or_create(temp.index_folder()).unwrap();
    let refresh = index.refresh(temp.corpus()).unwrap();
    assert_eq!((refresh.changed, refresh.unchanged), (1, 1), "{refresh}");
    assert_eq!(index.refresh(temp.corpus()).unwrap().unchanged, 2);
    assert_eq!(temp.refresh().changed, 1, "and back again");
}

#[test]
fn a_panic_fails_only_its_file() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Sheep.")
        .write("b.trap", "panic")
        .write("c.trap", "Sheep here.")
        .write("d.txt", "Sheep there.");
    let index = index_with_trap(&temp);
    let refresh = index.refresh(temp.corpus()).unwrap();
    assert_eq!(refresh.added, 3);
    assert_eq!(refresh.failed[0].kind, FailureKind::Crashed);
    assert!(refresh.failed[0].message.contains("caught in the trap"), "{}", refresh.failed[0]);
    assert_eq!(counts(&index, "sheep"), (3, 3, 3));
}

#[test]
fn progress_is_reported_and_cancellation_keeps_finished_files() {
    let temp = TempCorpus::new();
    for number in 0..20 {
        temp.write(&format!("{number:02}.txt"), &format!("Sheep number {number}."));
    }
    let (flag, calls) = (CancelFlag::new(), Arc::new(AtomicUsize::new(0)));
    let (raised, counted) = (flag.clone(), calls.clone());
    let options = RefreshOptions::default().cancel(flag).progress(move |progress| {
        assert_eq!(progress.total, 20);
        counted.fetch_add(1, Ordering::Relaxed);
        if progress.done == 5 {
            raised.cancel();
        }
    });
    let index = Index::builder().threads(1).open_or_create(temp.index_folder()).unwrap();
    let stopped = index.refresh_with(temp.corpus(), &options).unwrap();
    assert!(stopped.cancelled && stopped.added >= 5 && stopped.added < 20, "{stopped}");
    assert_eq!(calls.load(Ordering::Relaxed), stopped.added);
    assert!(!index.status().complete);
    assert_eq!(counts(&index, "sheep").2, stopped.added as u64);
    let rest = index.refresh(temp.corpus()).unwrap();
    assert_eq!(rest.added + stopped.added, 20);
    assert!(index.status().complete);
}

#[test]
fn a_long_refresh_commits_at_intervals() {
    let temp = TempCorpus::new();
    for number in 0..6 {
        temp.write(&format!("{number}.txt"), &format!("Sheep number {number}."));
    }
    let index = temp.index();
    let options = RefreshOptions::default().commit_every(Duration::ZERO);
    index.refresh_with(temp.corpus(), &options).unwrap();
    assert!(index.status().generation >= 6, "one commit a file");
    assert_eq!(counts(&index, "sheep"), (6, 6, 6));
}

#[test]
fn a_missing_corpus_removes_nothing() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Sheep.");
    temp.refresh();
    let index = temp.index();
    let error = index.refresh(temp.corpus().join("nowhere")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(counts(&index, "sheep"), (1, 1, 1));
}

#[test]
fn hidden_files_and_the_index_folder_are_skipped() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Sheep.").write(".hidden/b.txt", "Sheep.").write("._c.txt", "Sheep.");
    let index = Index::open_or_create(temp.file("my index")).unwrap();
    temp.write("my index/d.txt", "Sheep.");
    let refresh = index.refresh(temp.corpus()).unwrap();
    assert_eq!((refresh.added, refresh.skipped), (1, 0));
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn file_names_that_are_not_utf8_are_escaped() {
        let temp = TempCorpus::new();
        let name = OsStr::from_bytes(b"caf\xe9 50%.txt");
        fs::write(temp.corpus().join(name), "Sheep.").unwrap();
        let refresh = temp.refresh();
        assert_eq!(refresh.added, 1);
        let index = temp.index();
        assert_eq!(index.reports().unwrap()[0].path, "caf%E9 50%.txt");
        assert!(index.report("caf%E9 50%.txt").unwrap().is_some());
    }

    #[test]
    fn links_are_reported_and_loops_detected() {
        let temp = TempCorpus::new();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.txt"), "Wolf.").unwrap();
        temp.write("a.txt", "Sheep.").write(".store/kept.txt", "Lamb.");
        symlink(temp.corpus(), temp.file("loop")).unwrap();
        symlink(outside.path(), temp.file("out")).unwrap();
        symlink(temp.file("gone.txt"), temp.file("dangling.txt")).unwrap();
        symlink(temp.file(".store/kept.txt"), temp.file("kept.txt")).unwrap();
        let refresh = temp.refresh();
        assert_eq!(refresh.added, 2, "the file, and the link to a file in a hidden folder");
        let problems: Vec<_> = refresh.problems.iter().map(|one| (one.path.as_str(), one.kind)).collect();
        assert_eq!(problems, [("dangling.txt", FailureKind::Unreadable), ("out", FailureKind::LinkOutside)]);
        let index = temp.index();
        let options = RefreshOptions::default().follow_links(true);
        let followed = index.refresh_with(temp.corpus(), &options).unwrap();
        assert!(
            followed.problems.iter().any(|one| one.kind == FailureKind::LinkLoop),
            "{:?}",
            followed.problems
        );
        assert_eq!(counts(&index, "wolf"), (1, 1, 1));
    }

    #[test]
    fn a_named_pipe_is_not_read() {
        let temp = TempCorpus::new();
        let made = std::process::Command::new("mkfifo").arg(temp.file("pipe.txt")).status();
        if made.is_ok_and(|status| status.success()) {
            let refresh = temp.refresh();
            assert_eq!(refresh.skipped, 1);
            let problems: Vec<_> = refresh.problems.iter().map(|one| (one.path.as_str(), one.kind)).collect();
            assert_eq!(problems, [("pipe.txt", FailureKind::Special)]);
        }
    }
}

/// Two programs share an index, and one lacks a format: its refreshes keep the reports of that format.
#[test]
fn reports_of_a_missing_format_stay() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Sheep.").write("b.trap", "Sheep.").write("c.trap", "Sheep.");
    index_with_trap(&temp).refresh(temp.corpus()).unwrap();
    temp.write("a.txt", "Sheep, and sheep.").remove("c.trap");
    let refresh = temp.refresh();
    assert_eq!((refresh.changed, refresh.removed, refresh.skipped), (1, 1, 1), "{refresh}");
    assert_eq!(counts(&temp.index(), "sheep"), (3, 2, 2));
    assert!(!index_with_trap(&temp).refresh(temp.corpus()).unwrap().changed_anything());
}
