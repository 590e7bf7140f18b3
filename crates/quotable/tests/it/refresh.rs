//! A folder against the index.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use quotable::read::{Budget, Document, PlainText, ReadError, Reader, Readers};
use quotable::{CancelFlag, ErrorKind, FailureKind, Index, RefreshOptions};

use crate::shelf::{Shelf, counts};

#[test]
fn files_are_added_changed_and_removed() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "One sheep.").write("deep/b.txt", "Two sheep.").write("picture.jpg", "sheep");
    let first = shelf.refresh();
    assert_eq!((first.added, first.skipped), (2, 1));
    insta::assert_snapshot!(first.to_string().split(" (").next().unwrap(), @"2 files added, 1 of no known format skipped");
    shelf.write_at("a.txt", "One lamb.", 60).remove("deep/b.txt").write("c.txt", "A goat.");
    let second = shelf.refresh();
    assert_eq!((second.added, second.changed, second.removed, second.unchanged), (1, 1, 1, 0));
    let index = shelf.index();
    assert_eq!(counts(&index, "sheep"), (0, 0, 0));
    assert_eq!(counts(&index, "lamb OR goat"), (2, 2, 2));
    assert!(index.status().complete);
}

#[test]
fn with_nothing_changed_nothing_is_written() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "One sheep.");
    shelf.refresh();
    let before = shelf.index_files();
    let again = shelf.refresh();
    assert_eq!((again.unchanged, again.changed_anything()), (1, false));
    assert_eq!(shelf.index_files(), before);
}

#[test]
fn a_file_that_was_only_touched_keeps_its_ids() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "One sheep.\n\nTwo sheep.").write("bad.pdf", "<html>not found</html>");
    shelf.refresh();
    let all = |index: &Index| {
        let every = index.search(&"sheep".parse().unwrap()).unwrap().every().unwrap();
        every.map(|hit| hit.unwrap()).collect::<Vec<_>>()
    };
    let index = shelf.index();
    let (before, hash) = (all(&index), index.status().corpus_hash);
    shelf.write_at("a.txt", "One sheep.\n\nTwo sheep.", 60).write_at("bad.pdf", "<html>not found</html>", 60);
    let touched = index.refresh(shelf.corpus()).unwrap();
    assert_eq!((touched.unchanged, touched.changed, touched.failed.len()), (2, 0, 0));
    assert_eq!((all(&index), index.status().corpus_hash), (before, hash));
    let files = shelf.index_files();
    shelf.refresh();
    assert_eq!(shelf.index_files(), files, "the new time is on record");
}

#[test]
fn a_file_written_a_moment_ago_is_not_trusted_by_its_time() {
    let shelf = Shelf::new();
    // A clock of whole seconds, so that a busy machine does not outlast its tick.
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs() + 1;
    let when = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let write = |text: &str| {
        fs::write(shelf.file("a.txt"), text).unwrap();
        fs::File::options().write(true).open(shelf.file("a.txt")).unwrap().set_modified(when).unwrap();
    };
    write("One sheep.");
    shelf.refresh();
    write("One goats.");
    assert_eq!(shelf.refresh().changed, 1);
    assert_eq!(counts(&shelf.index(), "goats"), (1, 1, 1));
}

#[test]
fn what_cannot_be_read_is_on_record_and_tried_again_when_it_changes() {
    let shelf = Shelf::new();
    shelf
        .write("page.pdf", "<!doctype html><title>not found</title>")
        .write("empty.txt", "")
        .write("a.txt", "Sheep.");
    let first = shelf.refresh();
    let kinds: Vec<_> = first.failed.iter().map(|failure| (failure.path.as_str(), failure.kind)).collect();
    assert!(kinds.contains(&("page.pdf", FailureKind::Mislabelled)), "{kinds:?}");
    assert!(kinds.contains(&("empty.txt", FailureKind::Empty)), "{kinds:?}");
    assert_eq!(first.added, 1);
    let second = shelf.refresh();
    assert_eq!((second.failed.len(), second.still_failing, second.unchanged), (0, 2, 3));
    let sources = shelf.index().reports().unwrap();
    assert_eq!(sources.iter().filter(|source| source.failure.is_some()).count(), 2);
    shelf.write_at("empty.txt", "Not empty now.", 60);
    let third = shelf.refresh();
    assert_eq!((third.changed, third.still_failing), (1, 1));
}

/// Reads `.trap` files: panics, or reads as slowly as the content says.
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

/// Reads what plain text would have read.
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

fn trapped(shelf: &Shelf) -> Index {
    let mut readers = Readers::default();
    readers.prepend(Trap);
    Index::builder().readers(readers).threads(2).open_or_create(shelf.index_folder()).unwrap()
}

#[test]
fn a_file_that_another_format_takes_is_read_again() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "Sheep.").write("b.md", "# Sheep");
    shelf.refresh();
    let mut readers = Readers::default();
    readers.prepend(Ledger);
    let index = Index::builder().readers(readers).open_or_create(shelf.index_folder()).unwrap();
    let refresh = index.refresh(shelf.corpus()).unwrap();
    assert_eq!((refresh.changed, refresh.unchanged), (1, 1), "{refresh}");
    assert_eq!(index.refresh(shelf.corpus()).unwrap().unchanged, 2);
    assert_eq!(shelf.refresh().changed, 1, "and back again");
}

#[test]
fn a_panic_costs_its_file_alone() {
    let shelf = Shelf::new();
    shelf
        .write("a.txt", "Sheep.")
        .write("b.trap", "panic")
        .write("c.trap", "Sheep.")
        .write("d.txt", "Sheep.");
    let index = trapped(&shelf);
    let refresh = index.refresh(shelf.corpus()).unwrap();
    assert_eq!(refresh.added, 3);
    assert_eq!(refresh.failed[0].kind, FailureKind::Crashed);
    assert!(refresh.failed[0].message.contains("caught in the trap"), "{}", refresh.failed[0]);
    assert_eq!(counts(&index, "sheep"), (3, 3, 3));
}

#[test]
fn progress_is_told_and_a_stop_keeps_what_was_done() {
    let shelf = Shelf::new();
    for number in 0..20 {
        shelf.write(&format!("{number:02}.txt"), "Sheep.");
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
    let index = Index::builder().threads(1).open_or_create(shelf.index_folder()).unwrap();
    let stopped = index.refresh_with(shelf.corpus(), &options).unwrap();
    assert!(stopped.cancelled && stopped.added >= 5 && stopped.added < 20, "{stopped}");
    assert_eq!(calls.load(Ordering::Relaxed), stopped.added);
    assert!(!index.status().complete);
    assert_eq!(counts(&index, "sheep").2, stopped.added as u64);
    let rest = index.refresh(shelf.corpus()).unwrap();
    assert_eq!(rest.added + stopped.added, 20);
    assert!(index.status().complete);
}

#[test]
fn long_refreshes_are_committed_in_steps() {
    let shelf = Shelf::new();
    for number in 0..6 {
        shelf.write(&format!("{number}.txt"), "Sheep.");
    }
    let index = shelf.index();
    let options = RefreshOptions::default().commit_every(Duration::ZERO);
    index.refresh_with(shelf.corpus(), &options).unwrap();
    assert!(index.status().generation >= 6, "one commit a file");
    assert_eq!(counts(&index, "sheep"), (6, 6, 6));
}

#[test]
fn a_corpus_that_is_not_there_removes_nothing() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "Sheep.");
    shelf.refresh();
    let index = shelf.index();
    let error = index.refresh(shelf.corpus().join("nowhere")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert_eq!(counts(&index, "sheep"), (1, 1, 1));
}

#[test]
fn hidden_files_and_the_index_itself_are_left_out() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "Sheep.").write(".hidden/b.txt", "Sheep.").write("._c.txt", "Sheep.");
    let index = Index::open_or_create(shelf.file("my index")).unwrap();
    shelf.write("my index/d.txt", "Sheep.");
    let refresh = index.refresh(shelf.corpus()).unwrap();
    assert_eq!((refresh.added, refresh.skipped), (1, 0));
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn names_of_odd_bytes() {
        let shelf = Shelf::new();
        let name = OsStr::from_bytes(b"caf\xe9 50%.txt");
        fs::write(shelf.corpus().join(name), "Sheep.").unwrap();
        let refresh = shelf.refresh();
        assert_eq!(refresh.added, 1);
        let index = shelf.index();
        assert_eq!(index.reports().unwrap()[0].path, "caf%E9 50%.txt");
        assert!(index.report("caf%E9 50%.txt").unwrap().is_some());
    }

    #[test]
    fn links_are_reported_and_loops_end() {
        let shelf = Shelf::new();
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.txt"), "Wolf.").unwrap();
        shelf.write("a.txt", "Sheep.").write(".store/kept.txt", "Lamb.");
        symlink(shelf.corpus(), shelf.file("loop")).unwrap();
        symlink(outside.path(), shelf.file("out")).unwrap();
        symlink(shelf.file("gone.txt"), shelf.file("dangling.txt")).unwrap();
        symlink(shelf.file(".store/kept.txt"), shelf.file("kept.txt")).unwrap();
        let refresh = shelf.refresh();
        assert_eq!(refresh.added, 2, "the file, and the one that a tool keeps out of sight");
        let problems: Vec<_> = refresh.problems.iter().map(|one| (one.path.as_str(), one.kind)).collect();
        assert_eq!(problems, [("dangling.txt", FailureKind::Unreadable), ("out", FailureKind::LinkOutside)]);
        let index = shelf.index();
        let options = RefreshOptions::default().follow_links(true);
        let followed = index.refresh_with(shelf.corpus(), &options).unwrap();
        assert!(
            followed.problems.iter().any(|one| one.kind == FailureKind::LinkLoop),
            "{:?}",
            followed.problems
        );
        assert_eq!(counts(&index, "wolf"), (1, 1, 1));
    }

    #[test]
    fn a_pipe_is_not_read() {
        let shelf = Shelf::new();
        let made = std::process::Command::new("mkfifo").arg(shelf.file("pipe.txt")).status();
        if made.is_ok_and(|status| status.success()) {
            let refresh = shelf.refresh();
            assert_eq!(refresh.skipped, 1);
            let problems: Vec<_> = refresh.problems.iter().map(|one| (one.path.as_str(), one.kind)).collect();
            assert_eq!(problems, [("pipe.txt", FailureKind::Special)]);
        }
    }
}

/// Two programs share an index, and one was built without a format: its refreshes leave alone what it cannot read.
#[test]
fn reports_of_a_format_that_this_program_lacks_stay() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "Sheep.").write("b.trap", "Sheep.").write("c.trap", "Sheep.");
    trapped(&shelf).refresh(shelf.corpus()).unwrap();
    shelf.write("a.txt", "Sheep, and sheep.").remove("c.trap");
    let refresh = shelf.refresh();
    assert_eq!((refresh.changed, refresh.removed, refresh.skipped), (1, 1, 1), "{refresh}");
    assert_eq!(counts(&shelf.index(), "sheep"), (3, 2, 2));
    assert!(!trapped(&shelf).refresh(shelf.corpus()).unwrap().changed_anything());
}
