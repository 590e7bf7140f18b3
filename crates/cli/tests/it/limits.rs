//! What a file may cost, as asked for.

use std::time::{Duration, Instant};

use quotable_testkit::crafted_files;

use crate::desk::Desk;

/// A corpus with a file of more than two mebibytes of text, beside a short one.
fn long() -> Desk {
    let desk = Desk::new();
    let paragraphs =
        (1..40_000).map(|number| format!("{number}. A heron stood at gate {number} of the harbour.\n"));
    desk.put("long.txt", paragraphs.collect::<String>());
    desk.put("short.txt", "1. A heron on the gate.\n");
    desk
}

#[test]
fn a_file_over_a_limit_is_left_out_and_read_under_a_wider_one() {
    for (option, why) in [("--file-text", "text"), ("--file-size", "limit")] {
        let desk = long();
        let ran = desk.run(&["index", option, "1"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(ran.out.contains("1 file added") && ran.out.contains("not read: long.txt: "), "{}", ran.out);
        assert!(ran.out.contains(why), "{option}: {}", ran.out);
        let ran = desk.run(&["index", option, "8"]);
        assert!(ran.out.contains("1 file changed") && !ran.out.contains("not read"), "{}", ran.out);
        let ran = desk.run(&["index", "rebuild", option, "1"]);
        assert!(ran.out.contains("not read: long.txt"), "{}", ran.out);
    }
}

#[test]
fn a_file_without_end_takes_the_time_it_is_given() {
    let desk = Desk::new();
    let files = crafted_files(1);
    let file = files.iter().find(|file| file.name == "pdf-forms-ten-by-ten.pdf").unwrap();
    desk.put("endless.pdf", &file.bytes);
    let began = Instant::now();
    let ran = desk.run(&["index", "--file-seconds", "1"]);
    assert!(ran.out.contains("not read: endless.pdf: page 1 took too long"), "{}", ran.out);
    assert!(began.elapsed() < Duration::from_secs(15), "{:?}", began.elapsed());
}

/// Sixteen mebibytes are too few for any reader.
#[test]
fn files_that_want_for_memory_are_read_when_there_is_some() {
    let desk = Desk::furnished();
    let ran = desk.run(&["index", "--file-memory", "16"]);
    assert!(ran.out.contains("not read: orrery/visit.txt: the worker ended"), "{}{}", ran.out, ran.err);
    let ran = desk.run(&["index", "--retry"]);
    assert!(ran.out.contains("3 files changed") && !ran.out.contains("not read"), "{}", ran.out);
}

#[test]
fn limits_of_nothing_are_refused() {
    for option in ["--file-seconds", "--file-memory", "--file-text", "--file-size", "--file-nesting"] {
        let ran = Desk::furnished().run(&["index", option, "0"]);
        assert!(ran.code == 2 && ran.err.contains(option), "{}", ran.err);
    }
}
