//! Text and names that are out to do harm.

#[cfg(unix)]
mod everywhere;
#[cfg(unix)]
mod files;

use crate::desk::Desk;

const TEXT: &str =
    "1. The heron\x1b]0;owned\x07 sat \x1b[2J\x1b[1;1Hon \u{9b}31mthe gate \u{202e}etag eht\u{202c}.\n";

fn harmless(shown: &str) -> bool {
    !shown.contains(|letter: char| {
        (letter.is_control() && letter != '\n')
            || matches!(letter,
                '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
                | '\u{e0000}'..='\u{e007f}')
    })
}

#[test]
fn no_escape_sequence_reaches_a_terminal() {
    let desk = Desk::new();
    desk.put("heron.txt", TEXT);
    let commands: [&[&str]; 8] = [
        &["search", "heron"],
        &["search", "heron", "--format", "jsonl"],
        &["show", "heron"],
        &["show", "heron", "--text"],
        &["show", "heron", "--structure"],
        &["show", "heron", "--format", "jsonl"],
        &["reports"],
        &["reports", "--format", "csv"],
    ];
    for arguments in commands {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(harmless(&ran.out) && harmless(&ran.err), "{arguments:?}: {:?} {:?}", ran.out, ran.err);
    }
    let ran = desk.run(&["search", "heron", "--color", "always"]);
    assert!(!ran.out.contains("\x1b]0;") && !ran.out.contains("\x1b[2J"), "{:?}", ran.out);
}

#[cfg(unix)]
#[test]
fn no_name_of_a_file_is_obeyed() {
    let desk = Desk::new();
    desk.put("heron\x1b[2J\u{202e}\n.txt", "1. A heron.\n");
    desk.put("broken\x1b[2J.pdf", "<html>");
    for arguments in [&["search", "heron"] as &[&str], &["reports"], &["index"], &["show", "heron"]] {
        let ran = desk.run(arguments);
        assert!(harmless(&ran.out) && harmless(&ran.err), "{arguments:?}: {:?} {:?}", ran.out, ran.err);
    }
    assert!(desk.run(&["show", "heron"]).out.contains("heron\\u{1b}[2J\\u{202e}\\u{a}.txt"));
}

#[test]
fn what_is_typed_is_not_obeyed_either() {
    let desk = Desk::furnished();
    for arguments in [&["search", "(\x1b[2J"] as &[&str], &["search", "a", "\x1b[2J"], &["show", "\x1b[2J"]] {
        let ran = desk.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(harmless(&ran.err), "{:?}", ran.err);
    }
}

#[test]
fn no_cell_is_a_formula() {
    let desk = Desk::new();
    desk.put("=cmd|' /C calc'!A0.txt", "1. A heron.\n");
    let cell = |ran: crate::desk::Ran| ran.out.lines().nth(1).unwrap().split(',').nth(1).unwrap().to_owned();
    assert_eq!(cell(desk.run(&["reports", "--format", "csv"])), "\"'=cmd|' /C calc'!A0.txt\"");
    assert_eq!(cell(desk.run(&["reports", "--format", "csv", "--raw"])), "\"=cmd|' /C calc'!A0.txt\"");
}

/// A paragraph, a title and names that are markup, formulas and commands, in every form of every command.
#[cfg(unix)]
#[test]
fn nothing_is_obeyed_in_any_form() {
    let desk = Desk::new();
    desk.put(
        "=1+1<img src=x>\x1b[2J\u{202e}.txt",
        "# <script>alert(1)</script> | Title\x1b[2J\n\n1. =HYPERLINK(\"http://a.b\") the heron | `x` <b>sat</b>\x1b[31m \
         \u{2067}on [a](javascript:b) www.c.d “the gate of herons was not locked”.\n",
    );
    std::fs::write(desk.path("article.txt"), "It says “the gate\x1b[2J of <i>herons</i> was | locked”.\n")
        .unwrap();
    let commands: [&[&str]; 8] = [
        &["search", "heron", "--context", "1", "--group", "section"],
        &["search", "heron\u{202e}", "--sentences"],
        &["kwic", "heron"],
        &["count", "heron", "--by", "section,report"],
        &["show", "1+1"],
        &["check", "../article.txt"],
        &["reports"],
        &["themes"],
    ];
    for command in commands {
        for form in ["text", "jsonl", "csv", "markdown"] {
            let ran = desk.run(&[command, &["--format", form]].concat());
            assert!(ran.code < 2, "{command:?}: {}", ran.err);
            assert!(
                harmless(&ran.out) && harmless(&ran.err),
                "{command:?} {form}: {:?} {:?}",
                ran.out,
                ran.err
            );
            if form == "markdown" {
                assert!(!ran.out.contains('<'), "{command:?}: {}", ran.out);
                let bare = ran.out.replace("\\]", "");
                assert!(!bare.contains("](") && !bare.contains("http://"), "{command:?}: {}", ran.out);
            }
            if form == "csv" {
                let formula = |line: &str| line.starts_with(['=', '+', '-', '@']) || line.contains(",=");
                assert!(!ran.out.lines().any(formula), "{command:?}: {}", ran.out);
            }
        }
    }
    let cited = desk.run(&["search", "heron", "--cite", "csl"]);
    assert!(harmless(&cited.out) && cited.code == 0, "{:?}", cited.out);
}

#[test]
fn arguments_that_are_not_understood_are_not_obeyed() {
    let desk = Desk::furnished();
    let commands: [&[&str]; 4] = [
        &["search", "a", "--form\x1b[2J"],
        &["search", "a", "--format", "\x1b[2J\u{202e}"],
        &["count", "a", "--by", "\x1b[2J"],
        &["\x1b]0;owned\x07"],
    ];
    for arguments in commands {
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(harmless(&ran.err) && ran.err.starts_with("error: "), "{:?}", ran.err);
    }
}

/// A link in a corpus that was sent to someone could lead to anything of theirs.
#[cfg(unix)]
#[test]
fn what_lies_outside_is_read_only_when_asked() {
    let desk = Desk::new();
    desk.put("heron.txt", "1. A heron.\n");
    std::fs::create_dir(desk.path("private")).unwrap();
    std::fs::write(desk.path("private/diary.txt"), "1. The heron is mine.\n").unwrap();
    std::os::unix::fs::symlink(desk.path("private"), desk.corpus().join("folder")).unwrap();
    std::os::unix::fs::symlink("../private/diary.txt", desk.corpus().join("file.txt")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", desk.corpus().join("endless.txt")).unwrap();
    let ran = desk.run(&["count", "mine"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert_eq!(ran.err.matches("the link leads out of the corpus").count(), 3, "{}", ran.err);
    let asked = desk.run(&["count", "mine", "--follow-links"]);
    assert_eq!(asked.code, 0, "{}", asked.err);
}
