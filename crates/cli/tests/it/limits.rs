//! The limits on reading one file.

use std::time::{Duration, Instant};

use quotable_testkit::crafted_files;

use crate::sandbox::Sandbox;

/// A corpus with a file of more than two mebibytes of text, beside a short one.
fn long() -> Sandbox {
    let sandbox = Sandbox::new();
    let paragraphs =
        (1..40_000).map(|number| format!("{number}. A heron stood at gate {number} of the harbour.\n"));
    sandbox.put("long.txt", paragraphs.collect::<String>());
    sandbox.put("short.txt", "1. A heron on the gate.\n");
    sandbox
}

#[test]
fn a_file_over_a_limit_fails_until_the_limit_is_raised() {
    for (option, why) in [("--file-text", "text"), ("--file-size", "limit")] {
        let sandbox = long();
        let ran = sandbox.run(&["index", option, "1"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("1 file added") && ran.out.contains("not read: long.txt: "), "{}", ran.out);
        assert!(ran.out.contains(why), "{option}: {}", ran.out);
        let ran = sandbox.run(&["index", option, "8"]);
        assert!(ran.out.contains("1 file changed") && !ran.out.contains("not read"), "{}", ran.out);
        let ran = sandbox.run(&["index", "rebuild", option, "1"]);
        assert!(ran.out.contains("not read: long.txt"), "{}", ran.out);
    }
}

#[test]
fn an_endless_file_stops_at_its_time_limit() {
    let sandbox = Sandbox::new();
    let files = crafted_files(1);
    let file = files.iter().find(|file| file.name == "pdf-forms-ten-by-ten.pdf").unwrap();
    sandbox.put("endless.pdf", &file.bytes);
    let began = Instant::now();
    let mut ran = sandbox.run(&["index", "--file-seconds", "1"]);
    // The time is that of the processor, and a busy machine may leave the reader none.
    while ran.out.contains("did not go on") && began.elapsed() < Duration::from_secs(120) {
        ran = sandbox.run(&["index", "--file-seconds", "1"]);
    }
    assert!(ran.out.contains("not read: endless.pdf: page 1 took too long"), "{}", ran.out);
    // What used up its time is not tried again.
    let ran = sandbox.run(&["index", "--file-seconds", "1"]);
    assert!(ran.out.contains("1 file unchanged"), "{}", ran.out);
}

/// No reader works in sixteen mebibytes.
#[test]
fn files_that_ran_out_of_memory_are_read_with_more() {
    let sandbox = Sandbox::with_reports();
    let ran = sandbox.run(&["index", "--file-memory", "16"]);
    assert!(ran.out.contains("not read: orrery/visit.txt: the worker ended"), "{}{}", ran.out, ran.err);
    let ran = sandbox.run(&["index", "--retry"]);
    assert!(ran.out.contains("3 files changed") && !ran.out.contains("not read"), "{}", ran.out);
}

#[test]
fn a_limit_of_zero_is_an_error() {
    for option in ["--file-seconds", "--file-memory", "--file-text", "--file-size", "--file-nesting"] {
        let ran = Sandbox::with_reports().run(&["index", option, "0"]);
        assert!(ran.code == 2 && ran.err.contains(option), "{}", ran.err);
    }
}
