//! Pipes, sockets and devices in a corpus: nothing opens them, by whatever name they are found.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use quotable::{FailureKind, RefreshOptions};

use crate::fixtures::{TempCorpus, counts};

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Fails if the work waits, as opening a pipe does.
fn without_waiting<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = channel();
    thread::spawn(move || sender.send(work()));
    receiver.recv_timeout(Duration::from_secs(60)).expect("it waits, or it failed")
}

#[test]
fn whatever_leads_to_a_pipe_or_a_device_is_named_and_not_opened() {
    let temp = TempCorpus::new();
    let outside = tempfile::tempdir().unwrap();
    temp.write("hen.txt", "A hen.").write(".store/egg.txt", "An egg.");
    let pipe = outside.path().join("pipe");
    make_pipe(&pipe);
    make_pipe(&temp.file(".store/hidden"));
    make_pipe(&temp.file("open pipe"));
    let _listener = UnixListener::bind(temp.file("socket")).unwrap();
    symlink(&pipe, temp.file("no ending")).unwrap();
    symlink(&pipe, temp.file("report.pdf")).unwrap();
    symlink(temp.file(".store/hidden"), temp.file("inside")).unwrap();
    symlink(temp.file("report.pdf"), temp.file("twice")).unwrap();
    symlink("/dev/zero", temp.file("zero")).unwrap();
    symlink("/dev/tty", temp.file("terminal.md")).unwrap();
    let index = temp.index();
    for follow in [false, true] {
        let (index, corpus) = (index.clone(), temp.corpus());
        let options = RefreshOptions::default().follow_links(follow);
        let refresh = without_waiting(move || index.refresh_with(corpus, &options).unwrap());
        let names = ["inside", "no ending", "report.pdf", "terminal.md", "twice", "zero"];
        let found: Vec<_> = refresh.problems.iter().map(|one| (one.path.as_str(), one.kind)).collect();
        assert_eq!(found, names.map(|name| (name, FailureKind::Special)), "links followed: {follow}");
        // Nobody takes the pipe and the socket without an ending for reports.
        assert_eq!(refresh.skipped, names.len() + 2);
    }
    assert_eq!(counts(&index, "hen"), (1, 1, 1));
}

/// A pipe of this process has no path, so that its link in `/proc` seems to lead nowhere.
#[cfg(target_os = "linux")]
#[test]
fn a_link_to_a_pipe_without_a_path_is_not_opened() {
    let temp = TempCorpus::new();
    let (_reader, writer) = std::io::pipe().unwrap();
    let descriptor = std::os::fd::AsRawFd::as_raw_fd(&writer);
    symlink(format!("/proc/{}/fd/{descriptor}", std::process::id()), temp.file("pasted")).unwrap();
    let (index, corpus) = (temp.index(), temp.corpus());
    let refresh = without_waiting(move || index.refresh(corpus).unwrap());
    assert_eq!(refresh.problems.iter().map(|one| one.kind).collect::<Vec<_>>(), [FailureKind::Special]);
}

#[test]
fn a_file_that_became_a_pipe_is_reported_and_removed() {
    let temp = TempCorpus::new();
    temp.write("hen.txt", "A hen.").write("egg.txt", "An egg.");
    temp.refresh();
    temp.remove("hen.txt");
    make_pipe(&temp.file("hen.txt"));
    let (index, corpus) = (temp.index(), temp.corpus());
    let found = without_waiting(move || index.verify(Some(&corpus)).unwrap());
    assert_eq!((found.same, found.unreadable), (1, vec!["hen.txt".to_owned()]));
    let refresh = temp.refresh();
    assert_eq!((refresh.removed, refresh.unchanged), (1, 1));
    assert_eq!(refresh.problems[0].kind, FailureKind::Special);
    fs::remove_file(temp.file("hen.txt")).unwrap();
    temp.write("hen.txt", "A hen.");
    assert_eq!(temp.refresh().added, 1);
}
