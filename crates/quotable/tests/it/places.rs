//! Places and clocks: file systems without upper and lower case, folders that disappear, clocks that are set back.

use std::fs;
use std::time::{Duration, SystemTime};

use quotable::{ErrorKind, Index};

use crate::fixtures::{TempCorpus, commit_json, counts};

/// True if names that differ by case alone are one file here, as they mostly are on Windows and macOS.
fn is_case_insensitive(temp: &TempCorpus) -> bool {
    temp.write("case.probe", "");
    let found = temp.file("CASE.PROBE").exists();
    temp.remove("case.probe");
    found
}

/// The text of the one paragraph of a report.
fn text_of(index: &Index, path: &str) -> Option<String> {
    let report = index.report(path).unwrap()?;
    report.paragraphs.first().map(|paragraph| paragraph.text.clone())
}

#[test]
fn names_that_differ_by_case_are_as_many_reports_as_files() {
    let temp = TempCorpus::new();
    let is_one_file = is_case_insensitive(&temp);
    temp.write("North/Report.txt", "The otter swims.").write("North/report.txt", "The stoat jumps.");
    temp.refresh();
    let index = temp.index();
    let paths: Vec<String> = index.reports().unwrap().into_iter().map(|report| report.path).collect();
    if is_one_file {
        assert_eq!(paths.len(), 1, "{paths:?}");
        assert_eq!(text_of(&index, &paths[0]).as_deref(), Some("The stoat jumps."));
        assert_eq!(counts(&index, "otter OR stoat"), (1, 1, 1));
    } else {
        assert_eq!(paths, ["North/Report.txt", "North/report.txt"]);
        assert_eq!(text_of(&index, "North/Report.txt").as_deref(), Some("The otter swims."));
        assert_eq!(text_of(&index, "North/report.txt").as_deref(), Some("The stoat jumps."));
        assert_eq!(counts(&index, "otter OR stoat"), (2, 2, 2));
    }
    assert!(!temp.refresh().changed_anything());
}

#[test]
fn a_new_name_that_differs_by_case_alone_is_shown() {
    let temp = TempCorpus::new();
    temp.write("report.txt", "The otter swims.");
    temp.refresh();
    fs::rename(temp.file("report.txt"), temp.file("Report.txt")).unwrap();
    temp.refresh();
    let index = temp.index();
    let paths: Vec<String> = index.reports().unwrap().into_iter().map(|report| report.path).collect();
    assert_eq!(paths, ["Report.txt"]);
    assert_eq!(counts(&index, "otter"), (1, 1, 1));
    assert!(!temp.refresh().changed_anything());
}

/// Answers of an index whose folder is gone are those of its last commit, or errors. Windows does not delete a folder with
/// open files at once.
#[cfg(unix)]
#[test]
fn the_folder_of_an_open_index_is_deleted() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "The otter swims.").write("b.txt", "The stoat jumps.");
    temp.refresh();
    let index = temp.index();
    fs::remove_dir_all(temp.index_folder()).unwrap();
    assert_eq!(counts(&index, "otter OR stoat"), (2, 2, 2), "open files can be read");
    assert_eq!(text_of(&index, "a.txt").as_deref(), Some("The otter swims."));
    for error in [index.reload().unwrap_err(), index.refresh(temp.corpus()).unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
        assert!(error.to_string().contains("open the index again"), "{error}");
    }
    assert!(index.writer().is_err());
    assert!(!temp.index_folder().exists(), "nothing is written where the folder was");
    // Another process builds a new index in its place: the old handle does not write to that.
    temp.write("c.txt", "The heron waits.");
    temp.refresh();
    let files = temp.index_files();
    assert_eq!(index.refresh(temp.corpus()).unwrap_err().kind(), ErrorKind::NotFound);
    assert_eq!(temp.index_files(), files);
    assert_eq!(counts(&temp.index(), "otter OR stoat OR heron"), (3, 3, 3));
}

#[test]
fn the_folder_of_the_reports_is_deleted() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "The otter swims.");
    temp.refresh();
    let index = temp.index();
    fs::remove_dir_all(temp.corpus()).unwrap();
    let error = index.refresh(temp.corpus()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound, "{error}");
    assert_eq!(counts(&index, "otter"), (1, 1, 1), "what was read goes on answering");
}

/// Times of the future, and times that go back from one refresh to the next, as after a clock was set back.
#[test]
fn files_of_the_future_are_read_again_only_when_they_change() {
    let temp = TempCorpus::new();
    let set = |path: &str, time: SystemTime| {
        fs::File::options().write(true).open(temp.file(path)).unwrap().set_modified(time).unwrap();
    };
    let next_year = SystemTime::now() + Duration::from_secs(365 * 24 * 3600);
    temp.write("a.txt", "The otter swims.").write("b.txt", "The stoat jumps.");
    set("a.txt", next_year);
    temp.refresh();
    assert!(!temp.refresh().changed_anything(), "a time of the future is a time");
    // The clock has been set back: the same size, and an earlier time than the one on record.
    fs::write(temp.file("a.txt"), "The heron waits.").unwrap();
    let refresh = temp.refresh();
    assert_eq!((refresh.changed, refresh.unchanged), (1, 1), "{refresh}");
    assert_eq!(counts(&temp.index(), "heron"), (1, 1, 1));
    // Before 1970.
    fs::write(temp.file("b.txt"), "The adder basks.").unwrap();
    set("b.txt", SystemTime::UNIX_EPOCH - Duration::from_secs(24 * 3600));
    assert_eq!(temp.refresh().changed, 1);
    assert_eq!(counts(&temp.index(), "adder"), (1, 1, 1));
}

#[test]
fn no_commit_is_earlier_than_the_one_before() {
    let temp = TempCorpus::new();
    temp.write("a.txt", "The otter swims.");
    temp.refresh();
    let committed = || temp.index().status().committed.unwrap().seconds();
    let now = committed();
    // As if the clock had been an hour fast, and was then set right.
    let meta = temp.index_folder().join("meta.json");
    let field = |seconds: u64| format!("\\\"committed\\\":{seconds}");
    let (before, text) = (field(now), commit_json(&meta));
    assert!(text.contains(&before), "{text}");
    fs::write(&meta, text.replace(&before, &field(now + 3600))).unwrap();
    temp.write("b.txt", "The stoat jumps.");
    assert_eq!(temp.refresh().added, 1);
    assert_eq!(committed(), now + 3600);
}
