//! `--open`: the program of the system gets the file, and nothing else.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use crate::sandbox::{Ran, Sandbox};

/// Puts a program into a folder of programs, which writes its arguments to a file.
fn put_program(sandbox: &Sandbox, name: &str) {
    let folder = sandbox.path("bin");
    fs::create_dir_all(&folder).unwrap();
    let out = sandbox.path("opened");
    let script = format!("#!/bin/sh\nprintf '%s\\n' \"$0\" \"$@\" > '{}'\n", out.display());
    fs::write(folder.join(name), script).unwrap();
    fs::set_permissions(folder.join(name), fs::Permissions::from_mode(0o755)).unwrap();
}

fn run(sandbox: &Sandbox, arguments: &[&str], screen: bool) -> Ran {
    let mut command = sandbox.command(arguments);
    command.env("PATH", format!("{}:/usr/bin:/bin", sandbox.path("bin").display()));
    if screen {
        command.env("DISPLAY", ":0");
    }
    sandbox.ended(command)
}

#[test]
fn the_first_report_is_opened_by_the_program_of_the_system() {
    let sandbox = Sandbox::new();
    sandbox.put("a $(touch x); `y`/visit.txt", "1. Boats drift.\n");
    put_program(&sandbox, "xdg-open");
    let ran = run(&sandbox, &["search", "boats", "--open"], true);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let opened = fs::read_to_string(sandbox.path("opened")).unwrap();
    let file = sandbox.corpus().join("a $(touch x); `y`/visit.txt");
    assert_eq!(opened.lines().skip(1).collect::<Vec<_>>(), [file.to_str().unwrap()]);
    assert!(ran.err.contains("opened "), "{}", ran.err);
}

#[test]
fn without_a_program_or_a_screen_the_place_is_named() {
    let sandbox = Sandbox::with_reports();
    put_program(&sandbox, "unused");
    let mut command = sandbox.command(&["search", "boats", "--open"]);
    command.env("PATH", sandbox.path("bin")).env("DISPLAY", ":0");
    let ran = sandbox.ended(command);
    assert!(ran.err.contains("xdg-open") && ran.err.contains("visit 2019.txt"), "{}", ran.err);
    let ran = run(&sandbox, &["show", "orrery", "--open"], false);
    assert!(ran.err.contains("no screen") && ran.err.contains("orrery/visit.txt"), "{}", ran.err);
}

#[test]
fn a_link_out_of_the_corpus_is_not_opened() {
    let sandbox = Sandbox::with_reports();
    put_program(&sandbox, "xdg-open");
    sandbox.run(&["index"]);
    let file = sandbox.corpus().join("orrery/visit.txt");
    fs::remove_file(&file).unwrap();
    fs::write(sandbox.path("secret.txt"), "secret").unwrap();
    std::os::unix::fs::symlink(sandbox.path("secret.txt"), &file).unwrap();
    let ran = run(&sandbox, &["search", "orrery", "--open", "--no-refresh"], true);
    assert!(ran.code == 2 && ran.err.contains("leads out of"), "{}", ran.err);
    assert!(!sandbox.path("opened").exists());
}
