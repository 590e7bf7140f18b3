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
