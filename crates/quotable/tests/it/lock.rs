//! Locking: one writer at a time, any number of readers.

use std::fs;

use quotable::{ErrorKind, Index};

use crate::fixtures::{TempCorpus, commit_json, counts, find, report};

#[test]
fn a_second_writer_learns_who_holds_the_lock() {
    let temp = TempCorpus::new();
    let index = temp.index();
    let mut writer = index.writer().unwrap();
    writer.put(report("a.txt", &["Plans are good."])).unwrap();
    writer.commit().unwrap();
    let other = Index::open(temp.index_folder()).unwrap();
    let error = other.writer().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Locked);
    assert_eq!(error.holder().unwrap().process, std::process::id());
    temp.write("b.txt", "Plans are late.");
    assert_eq!(other.refresh(temp.corpus()).unwrap_err().kind(), ErrorKind::Locked);
    assert_eq!(counts(&other, "plans"), (1, 1, 1), "reading needs no lock");
    drop(writer);
    assert_eq!(other.refresh(temp.corpus()).unwrap().added, 1);
}

#[test]
fn an_index_in_memory_has_one_writer() {
    let index = Index::in_memory().unwrap();
    let writer = index.writer().unwrap();
    assert_eq!(index.writer().unwrap_err().kind(), ErrorKind::Locked);
    drop(writer);
    assert!(index.writer().is_ok());
}

#[test]
fn reading_writes_nothing() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Plans are good.");
    temp.refresh();
    let before = temp.index_files();
    let index = Index::open_read_only(temp.index_folder()).unwrap();
    assert_eq!(find(&index, "good").counts.paragraphs, 1);
    assert_eq!(index.writer().unwrap_err().kind(), ErrorKind::ReadOnly);
    assert!(
        !index.refresh(temp.corpus()).unwrap().changed_anything(),
        "a refresh without changes needs no write access"
    );
    assert_eq!(temp.index_files(), before);
}

#[cfg(unix)]
#[test]
fn index_files_have_the_usual_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let temp = TempCorpus::new();
    temp.write("a.txt", "Plans are good.");
    temp.refresh();
    let ours = fs::metadata(temp.file("a.txt")).unwrap().permissions().mode() & 0o777;
    for (file, ..) in temp.index_files() {
        let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, ours, "{}", file.display());
    }
}

#[test]
fn an_index_of_another_format_is_refused_with_a_cure() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Plans are good.");
    temp.refresh();
    let now = temp.index().status().format;
    let version = |format: u32| format!("\\\"format\\\":{format}");
    let meta = temp.index_folder().join("meta.json");
    let text = commit_json(&meta);
    for (format, kind) in [(0, ErrorKind::OlderFormat), (999, ErrorKind::NewerFormat)] {
        let changed = text.replace(&version(now), &version(format));
        assert_ne!(changed, text, "the commit records the version");
        fs::write(&meta, changed).unwrap();
        let error = Index::open(temp.index_folder()).unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(error.to_string().contains("rebuild"), "{error}");
    }
    assert_eq!(Index::open(temp.corpus()).unwrap_err().kind(), ErrorKind::NotFound);
}

#[test]
fn a_refresh_without_changes_removes_leftover_files() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Plans are good.");
    temp.refresh();
    let names = || temp.index_files().into_iter().map(|(file, ..)| file).collect::<Vec<_>>();
    let tidy = names();
    let left = ["0123456789abcdef0123456789abcdef.fast", "meta.json.unfinished.tmp"];
    for name in left {
        fs::write(temp.index_folder().join(name), "half a fi").unwrap();
    }
    fs::write(temp.index_folder().join("notes.txt"), "ours").unwrap();
    let untidy = names();
    let index = temp.index();
    let mut writer = Index::open(temp.index_folder()).unwrap().writer().unwrap();
    writer.put(report("b", &["Plans are late."])).unwrap();
    writer.commit().unwrap();
    for name in left {
        fs::write(temp.index_folder().join(name), "half a fi").unwrap();
    }
    assert!(
        !index.refresh(temp.corpus()).unwrap().changed_anything(),
        "an active writer does not matter without changes"
    );
    assert!(
        left.iter().all(|name| temp.index_folder().join(name).exists()),
        "the files may belong to the writer"
    );
    assert!(writer.remove("b").unwrap());
    writer.finish().unwrap();
    index.refresh(temp.corpus()).unwrap();
    assert!(names().len() == tidy.len() + 1 && untidy.len() == tidy.len() + 3, "{:?}", names());
    assert!(names().iter().any(|file| file.ends_with("notes.txt")), "unrelated files stay");
    assert_eq!(counts(&index, "plans"), (1, 1, 1));
}

#[test]
fn uncommitted_reports_are_discarded() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "Plans are good.");
    temp.refresh();
    let index = temp.index();
    let mut writer = index.writer().unwrap();
    writer.put(report("b", &["Never committed."])).unwrap();
    drop(writer);
    assert_eq!(counts(&index, "committed"), (0, 0, 0));
    assert_eq!(counts(&index, "plans"), (1, 1, 1));
}

#[test]
fn searches_during_a_refresh_see_complete_commits() {
    let temp = TempCorpus::new();
    // Each file has one ewe and one lamb, so that every committed state has as many of one as of the other.
    temp.write("0.txt", "An ewe.\n\nA lamb.");
    temp.refresh();
    let done = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let kept = Index::open_read_only(temp.index_folder()).unwrap();
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    kept.reload().unwrap();
                    for index in [&kept, &Index::open_read_only(temp.index_folder()).unwrap()] {
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
        let index = temp.index();
        for round in 1..=12_u64 {
            temp.write_at(
                &format!("{}.txt", round % 5),
                &format!("An ewe. {round}\n\nA lamb."),
                1000 + round,
            );
            if round % 3 == 0 {
                temp.remove(&format!("{}.txt", round % 5));
            }
            index.refresh(temp.corpus()).unwrap();
        }
        done.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}
