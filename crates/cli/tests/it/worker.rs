//! The process that reads files for a refresh.

use std::io::Write as _;
use std::process::Stdio;

use crate::sandbox::Sandbox;

fn serve(input: &str) -> (Option<i32>, String) {
    let mut command = Sandbox::new().command(&["read-worker"]);
    // The sandbox has been deleted by now, so the command needs another folder.
    command
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_worker_ends_with_its_input() {
    assert_eq!(serve(""), (Some(0), String::new()));
}

#[test]
fn a_malformed_request_is_an_error() {
    let (code, said) = serve("nonsense\n");
    assert_eq!(code, Some(2));
    let message = "error: the worker got a line that is no request";
    assert!(said.starts_with(message) && !said.contains("panicked"), "{said}");
}

/// What the system says of a process that runs, once it is confined.
#[cfg(target_os = "linux")]
fn confined(process: u32) -> String {
    let said = |of: &str| std::fs::read_to_string(format!("/proc/{process}/{of}")).unwrap();
    let began = std::time::Instant::now();
    loop {
        let status = said("status");
        if status.contains("Seccomp:\t2") || began.elapsed() > std::time::Duration::from_secs(30) {
            return format!("{status}{}{}", said("limits"), said("environ"));
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// The tests of the library try what such a process can do.
#[cfg(target_os = "linux")]
#[test]
fn the_processes_that_read_and_draw_are_confined() {
    for arguments in [&["read-worker"][..], &["draw-worker", "1"]] {
        let mut command = Sandbox::new().command(arguments);
        command.current_dir(std::env::temp_dir()).stdin(Stdio::piped()).stdout(Stdio::null());
        let mut child = command.spawn().unwrap();
        let said = confined(child.id());
        // Ends it.
        drop(child.stdin.take());
        child.wait().unwrap();
        let line = |name: &str| said.lines().find(|line| line.starts_with(name)).unwrap();
        assert_eq!(line("Seccomp:"), "Seccomp:\t2", "{arguments:?}");
        assert_eq!(line("NoNewPrivs:"), "NoNewPrivs:\t1", "{arguments:?}");
        let limits: Vec<_> = line("Max open files").split_whitespace().skip(3).take(2).collect();
        assert_eq!(limits, ["0", "0"], "{arguments:?}");
    }
}
