//! One writer at a time, any number of readers.

use std::fs;

use quotable::{ErrorKind, Index};

use crate::shelf::{Shelf, counts, find, report};

#[test]
fn a_second_writer_is_told_who_holds_the_index() {
    let shelf = Shelf::new();
    let index = shelf.index();
    let mut writer = index.writer().unwrap();
    writer.put(report("a.txt", &["Plans are good."])).unwrap();
    writer.commit().unwrap();
    let other = Index::open(shelf.index_folder()).unwrap();
    let error = other.writer().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert_eq!(error.holder().unwrap().process, std::process::id());
    shelf.write("b.txt", "Plans are late.");
    assert_eq!(other.refresh(shelf.corpus()).unwrap_err().kind(), ErrorKind::Locked);
    assert_eq!(counts(&other, "plans"), (1, 1, 1), "reading needs no lock");
    drop(writer);
    assert_eq!(other.refresh(shelf.corpus()).unwrap().added, 1);
}

#[test]
fn an_index_in_memory_has_one_writer_too() {
    let index = Index::in_memory().unwrap();
    let writer = index.writer().unwrap();
    assert_eq!(index.writer().unwrap_err().kind(), ErrorKind::Locked);
    drop(writer);
    assert!(index.writer().is_ok());
}

#[test]
fn reading_writes_nothing() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "Plans are good.");
    shelf.refresh();
    let before = shelf.index_files();
    let index = Index::open_read_only(shelf.index_folder()).unwrap();
    assert_eq!(find(&index, "good").counts.paragraphs, 1);
    assert_eq!(index.writer().unwrap_err().kind(), ErrorKind::ReadOnly);
    assert!(!index.refresh(shelf.corpus()).unwrap().changed_anything(), "with nothing to do it may be asked");
    assert_eq!(shelf.index_files(), before);
}

#[cfg(unix)]
#[test]
fn the_files_of_an_index_can_be_shared() {
    use std::os::unix::fs::PermissionsExt as _;
    let shelf = Shelf::new();
    shelf.write("a.txt", "Plans are good.");
    shelf.refresh();
    let ours = fs::metadata(shelf.file("a.txt")).unwrap().permissions().mode() & 0o777;
    for (file, ..) in shelf.index_files() {
        let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, ours, "{}", file.display());
    }
}

#[test]
fn an_index_of_another_version_is_refused_with_the_cure() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "Plans are good.");
    shelf.refresh();
    let now = shelf.index().status().format;
    let version = |format: u32| format!("\\\"format\\\":{format}");
    let meta = shelf.index_folder().join("meta.json");
    let text = fs::read_to_string(&meta).unwrap();
    for (format, kind) in [(0, ErrorKind::OlderFormat), (999, ErrorKind::NewerFormat)] {
        let changed = text.replace(&version(now), &version(format));
        assert_ne!(changed, text, "the version stands in the commit");
        fs::write(&meta, changed).unwrap();
        let error = Index::open(shelf.index_folder()).unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().contains("rebuild"), "{error}");
    }
    assert_eq!(Index::open(shelf.corpus()).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn what_a_writer_left_is_cleared_away_by_a_refresh_with_nothing_else_to_do() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "Plans are good.");
    shelf.refresh();
    let names = || shelf.index_files().into_iter().map(|(file, ..)| file).collect::<Vec<_>>();
    let tidy = names();
    let left = ["0123456789abcdef0123456789abcdef.fast", "meta.json.unfinished.tmp"];
    for name in left {
        fs::write(shelf.index_folder().join(name), "half a fi").unwrap();
    }
    fs::write(shelf.index_folder().join("notes.txt"), "ours").unwrap();
    let untidy = names();
    let index = shelf.index();
    let mut writer = Index::open(shelf.index_folder()).unwrap().writer().unwrap();
    writer.put(report("b", &["Plans are late."])).unwrap();
    writer.commit().unwrap();
    for name in left {
        fs::write(shelf.index_folder().join(name), "half a fi").unwrap();
    }
    assert!(!index.refresh(shelf.corpus()).unwrap().changed_anything(), "a writer is no reason to fail");
    assert!(left.iter().all(|name| shelf.index_folder().join(name).exists()), "they might be the writer's");
    assert!(writer.remove("b").unwrap());
    writer.finish().unwrap();
    index.refresh(shelf.corpus()).unwrap();
    assert!(names().len() == tidy.len() + 1 && untidy.len() == tidy.len() + 3, "{:?}", names());
    assert!(names().iter().any(|file| file.ends_with("notes.txt")), "another's file is left alone");
    assert_eq!(counts(&index, "plans"), (1, 1, 1));
}

#[test]
fn what_was_not_committed_is_forgotten() {
    let shelf = Shelf::new();
    shelf.write("a.txt", "Plans are good.");
    shelf.refresh();
    let index = shelf.index();
    let mut writer = index.writer().unwrap();
    writer.put(report("b", &["Never committed."])).unwrap();
    drop(writer);
    assert_eq!(counts(&index, "committed"), (0, 0, 0));
    assert_eq!(counts(&index, "plans"), (1, 1, 1));
}

#[test]
fn searches_beside_a_refresh_see_whole_states() {
    let shelf = Shelf::new();
    // Every state holds as many ewes as lambs: each file has one of both.
    shelf.write("0.txt", "An ewe.\n\nA lamb.");
    shelf.refresh();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let kept = Index::open_read_only(shelf.index_folder()).unwrap();
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    kept.reload().unwrap();
                    for index in [&kept, &Index::open_read_only(shelf.index_folder()).unwrap()] {
                        let snapshot = index.snapshot();
                        let count = |word: &str| {
                            let search = snapshot.search(&word.parse().unwrap()).unwrap();
                            let hits = search.top(100).unwrap();
                            assert_eq!(hits.hits.len() as u64, hits.counts.paragraphs);
                            hits.counts.paragraphs
                        };
                        assert_eq!(count("ewe"), count("lamb"));
                    }
                }
            });
        }
        let index = shelf.index();
        for round in 1..=12_u64 {
            shelf.write_at(
                &format!("{}.txt", round % 5),
                &format!("An ewe. {round}\n\nA lamb."),
                1000 + round,
            );
            if round % 3 == 0 {
                shelf.remove(&format!("{}.txt", round % 5));
            }
            index.refresh(shelf.corpus()).unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
