//! Files that change while their size and their time of writing stay the same.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use quotable::Index;

use crate::fixtures::{TempCorpus, counts};

/// Writes texts of one length with one time of writing.
fn write_alike(temp: &TempCorpus, texts: [(&str, &str); 2]) {
    assert_eq!(texts[0].1.len(), texts[1].1.len());
    for (path, text) in texts {
        temp.write(path, text);
        set_time(&temp.file(path));
    }
}

fn set_time(file: &Path) {
    let when = SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000);
    fs::File::options().write(true).open(file).unwrap().set_modified(when).unwrap();
}

/// The path of the report that has this word.
fn home_of(index: &Index, word: &str) -> String {
    let hits = index.search(&word.parse().unwrap()).unwrap().every().unwrap();
    let paths: Vec<_> = hits.map(|hit| hit.unwrap().citation.path).collect();
    assert_eq!(paths.len(), 1, "{word}: {paths:?}");
    paths[0].clone()
}

/// A refresh finds `changed` changed files, and the next one has nothing to do.
fn assert_changed(temp: &TempCorpus, changed: usize) {
    let refresh = temp.refresh();
    assert_eq!((refresh.changed, refresh.added, refresh.removed), (changed, 0, 0), "{refresh}");
    let files = temp.index_files();
    assert!(!temp.refresh().changed_anything());
    assert_eq!(temp.index_files(), files, "what was found is on record");
}

#[test]
fn two_files_exchange_their_names() {
    let temp = TempCorpus::new();
    write_alike(&temp, [("a.txt", "The otter swims."), ("b.txt", "The stoat jumps.")]);
    temp.refresh();
    fs::rename(temp.file("a.txt"), temp.file("c.txt")).unwrap();
    fs::rename(temp.file("b.txt"), temp.file("a.txt")).unwrap();
    fs::rename(temp.file("c.txt"), temp.file("b.txt")).unwrap();
    let mut changed = temp.index().verify(Some(&temp.corpus())).unwrap().changed;
    changed.sort();
    assert_eq!(changed, ["a.txt", "b.txt"]);
    assert_changed(&temp, 2);
    assert_eq!(home_of(&temp.index(), "otter"), "b.txt");
    assert_eq!(home_of(&temp.index(), "stoat"), "a.txt");
}

/// Renaming a folder leaves the status of its files alone: their numbers tell.
#[test]
fn two_folders_exchange_their_names() {
    let temp = TempCorpus::new();
    write_alike(&temp, [("north/x.txt", "The otter swims."), ("south/x.txt", "The stoat jumps.")]);
    temp.refresh();
    fs::rename(temp.file("north"), temp.file("east")).unwrap();
    fs::rename(temp.file("south"), temp.file("north")).unwrap();
    fs::rename(temp.file("east"), temp.file("south")).unwrap();
    assert_changed(&temp, 2);
    assert_eq!(home_of(&temp.index(), "otter"), "south/x.txt");
}

#[test]
fn a_file_is_overwritten_by_a_copy_that_keeps_the_time() {
    let temp = TempCorpus::new();
    write_alike(&temp, [("a.txt", "The otter swims."), (".spare.txt", "The stoat jumps.")]);
    temp.refresh();
    let copied = Command::new("cp").arg("-p").arg(temp.file(".spare.txt")).arg(temp.file("a.txt")).status();
    assert!(copied.unwrap().success());
    assert_changed(&temp, 1);
    assert_eq!(home_of(&temp.index(), "stoat"), "a.txt");
}

#[test]
fn a_file_is_written_in_place_and_its_time_set_back() {
    let temp = TempCorpus::new();
    write_alike(&temp, [("a.txt", "The otter swims."), ("b.txt", "The heron waits.")]);
    // At once, so that no clock can have moved on by itself.
    temp.refresh();
    fs::write(temp.file("a.txt"), "The stoat jumps.").unwrap();
    set_time(&temp.file("a.txt"));
    assert_changed(&temp, 1);
    assert_eq!(home_of(&temp.index(), "stoat"), "a.txt");
}

/// What changes the status and not the content costs one comparison and changes no answer.
#[test]
fn links_and_permissions_are_no_change() {
    let temp = TempCorpus::new();
    write_alike(&temp, [("a.txt", "The otter swims."), ("b.txt", "The stoat jumps.")]);
    temp.refresh();
    fs::hard_link(temp.file("a.txt"), temp.file(".kept")).unwrap();
    let readable = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(temp.file("b.txt"), readable).unwrap();
    assert_changed(&temp, 0);
    // The same content under another number, with all times but that of status.
    let copied = Command::new("cp").arg("-p").arg(temp.file("a.txt")).arg(temp.file(".copy")).status();
    assert!(copied.unwrap().success());
    fs::rename(temp.file(".copy"), temp.file("a.txt")).unwrap();
    assert_changed(&temp, 0);
    assert_eq!(counts(&temp.index(), "otter OR stoat"), (2, 2, 2));
    // Two names of one file are two reports.
    fs::hard_link(temp.file("a.txt"), temp.file("c.txt")).unwrap();
    let refresh = temp.refresh();
    assert_eq!((refresh.added, refresh.changed, refresh.unchanged), (1, 0, 2));
}
