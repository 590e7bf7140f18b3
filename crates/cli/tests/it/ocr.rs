//! Text recognition of scanned pages, with a program of the tests in the place of Tesseract: what it is asked, and what
//! becomes of its answer.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use quotable_testkit::{grey_picture, pdf_with_pictures};

use crate::sandbox::{Ran, Sandbox};

/// Answers with the words of the file `words`, a line each, and keeps the head of the picture it got.
const TESSERACT: &str = r#"#!/bin/sh
if [ "$1" = --list-langs ]; then printf 'List of available languages (2):\neng\ncym\n'; exit 0; fi
here=$(dirname "$0")
head -c 14 > "$here/picture"
cat > /dev/null
echo "$@" >> "$here/calls"
[ -e "$here/broken" ] && exit 3
printf 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n'
number=0
while read -r word; do
    number=$((number + 1))
    printf '5\t1\t1\t1\t1\t%s\t%s\t40\t50\t40\t91.5\t%s\n' "$number" "$((number * 60))" "$word"
done < "$here/words"
"#;

struct Scans(Sandbox);

impl Scans {
    /// A corpus with a file of one picture, and one with a printed page and a picture.
    fn new(words: &str) -> Self {
        let sandbox = Sandbox::new();
        let picture = grey_picture(2, "00FF");
        let (pictured, printed) = ("40 0 0 20 0 0 cm /P0 Do", "BT /F0 2 Tf 1 10 Td (Printed herons) Tj ET");
        sandbox.put("scan.pdf", pdf_with_pictures(&[&picture], &[pictured]));
        sandbox.put("half.pdf", pdf_with_pictures(&[&picture], &[printed, pictured]));
        let program = sandbox.path("bin/tesseract");
        fs::create_dir(sandbox.path("bin")).unwrap();
        fs::write(&program, TESSERACT).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        fs::write(sandbox.path("bin/words"), words.replace(' ', "\n")).unwrap();
        Self(sandbox)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.0.command(arguments);
        let others = "/usr/local/bin:/usr/bin:/bin";
        command.env("PATH", format!("{}:{others}", self.0.path("bin").display()));
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.0.ended(self.command(arguments))
    }

    /// The calls of the program so far.
    fn calls(&self) -> usize {
        fs::read_to_string(self.0.path("bin/calls")).map_or(0, |calls| calls.lines().count())
    }
}

#[test]
fn scanned_pages_are_read_where_asked_for_and_say_so() {
    let scans = Scans::new("Herons wait by the mill .\n");
    let plain = scans.run(&["index"]);
    assert!(plain.out.contains("not read: scan.pdf"), "{}", plain.out);
    assert!(plain.out.contains("quotable index --ocr"), "{}", plain.out);
    assert_eq!(scans.calls(), 0);
    let read = scans.run(&["index", "--ocr"]);
    assert_eq!((read.out.as_str(), scans.calls()), ("2 files changed\n", 2), "{}", read.err);
    // At 300 dots per inch, 40 by 20 points have 166.7 by 83.3 pixels.
    assert_eq!(fs::read_to_string(scans.0.path("bin/picture")).unwrap(), "P5\n167 84\n255\n");
    let found = scans.run(&["search", "herons"]);
    let recognised = found.out.matches("(text recognised by OCR)").count();
    let files = found.out.lines().filter(|line| line.ends_with(".pdf")).count();
    assert_eq!((files, recognised), (3, 2), "{}", found.out);
    let lines = scans.run(&["kwic", "herons", "--format", "jsonl"]).out;
    assert_eq!(
        (lines.matches("\"ocr\":true").count(), lines.matches("\"ocr\":false").count()),
        (2, 1),
        "{lines}"
    );
    // Nothing is recognised twice, whether asked for or not.
    assert_eq!(scans.run(&["index", "--ocr"]).out, "2 files unchanged\n");
    assert_eq!(scans.calls(), 2);
    // A file that is read again for another reason keeps its text.
    scans.run(&["index", "rebuild"]);
    assert_eq!(
        (scans.run(&["count", "herons", "--format", "csv"]).out.matches("3,3,2").count(), scans.calls()),
        (1, 4)
    );
}

#[test]
fn pages_without_words_are_not_looked_at_again() {
    let scans = Scans::new("");
    let read = scans.run(&["index", "--ocr"]);
    assert!(read.out.contains("nor recognised (OCR)"), "{}", read.out);
    assert!(!read.out.contains("quotable index --ocr"), "{}", read.out);
    assert_eq!((scans.run(&["index", "--ocr"]).code, scans.calls()), (0, 2));
}

#[test]
fn a_program_that_fails_costs_nothing_that_was_read() {
    let scans = Scans::new("Herons wait\n");
    fs::write(scans.0.path("bin/broken"), "").unwrap();
    let read = scans.run(&["index", "--ocr"]);
    assert!(read.out.contains("Tesseract on page 1"), "{}", read.out);
    assert!(scans.run(&["search", "printed"]).out.contains("half.pdf"));
    fs::remove_file(scans.0.path("bin/broken")).unwrap();
    assert_eq!(scans.run(&["index", "--ocr"]).out, "2 files changed\n");
}

#[test]
fn a_missing_program_or_language_is_an_error_with_the_cure() {
    let scans = Scans::new("Herons\n");
    let missing = scans.run(&["index", "--ocr=wel"]);
    assert!(missing.err.contains("it has eng, cym") && missing.code == 2, "{} {}", missing.code, missing.err);
    assert_eq!(scans.run(&["index", "--ocr=eng+cym"]).code, 0);
    assert!(fs::read_to_string(scans.0.path("bin/calls")).unwrap().contains("-l eng+cym tsv"));
    let mut none = scans.command(&["index", "--ocr"]);
    none.env("PATH", scans.0.path("nowhere"));
    let none = scans.0.ended(none);
    assert!(none.err.contains("is not installed") && none.code == 2, "{} {}", none.code, none.err);
}
