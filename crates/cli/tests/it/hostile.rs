//! Text and file names with escape sequences, formulas and markup.

#[cfg(unix)]
mod everywhere;
#[cfg(unix)]
mod files;
mod long;

use crate::sandbox::Sandbox;

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
    let sandbox = Sandbox::new();
    sandbox.put("heron.txt", TEXT);
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
        let ran = sandbox.run(arguments);
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.err);
        assert!(harmless(&ran.out) && harmless(&ran.err), "{arguments:?}: {:?} {:?}", ran.out, ran.err);
    }
    let ran = sandbox.run(&["search", "heron", "--color", "always"]);
    assert!(!ran.out.contains("\x1b]0;") && !ran.out.contains("\x1b[2J"), "{:?}", ran.out);
}

#[cfg(unix)]
#[test]
fn file_names_are_escaped() {
    let sandbox = Sandbox::new();
    sandbox.put("heron\x1b[2J\u{202e}\n.txt", "1. A heron.\n");
    sandbox.put("broken\x1b[2J.pdf", "<html>");
    for arguments in [&["search", "heron"] as &[&str], &["reports"], &["index"], &["show", "heron"]] {
        let ran = sandbox.run(arguments);
        assert!(harmless(&ran.out) && harmless(&ran.err), "{arguments:?}: {:?} {:?}", ran.out, ran.err);
    }
    assert!(sandbox.run(&["show", "heron"]).out.contains("heron\\u{1b}[2J\\u{202e}\\u{a}.txt"));
}

#[test]
fn queries_are_escaped_in_errors() {
    let sandbox = Sandbox::with_reports();
    for arguments in [&["search", "(\x1b[2J"] as &[&str], &["search", "a", "\x1b[2J"], &["show", "\x1b[2J"]] {
        let ran = sandbox.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(harmless(&ran.err), "{:?}", ran.err);
    }
}

#[test]
fn csv_guards_formulas() {
    let sandbox = Sandbox::new();
    sandbox.put("=cmd|' /C calc'!A0.txt", "1. A heron.\n");
    let cell =
        |ran: crate::sandbox::Ran| ran.out.lines().nth(1).unwrap().split(',').nth(1).unwrap().to_owned();
    assert_eq!(cell(sandbox.run(&["reports", "--format", "csv"])), "\"'=cmd|' /C calc'!A0.txt\"");
    assert_eq!(cell(sandbox.run(&["reports", "--format", "csv", "--raw"])), "\"=cmd|' /C calc'!A0.txt\"");
}

/// A paragraph, a title and names made of markup, formulas and shell commands, in every format of every command.
#[cfg(unix)]
#[test]
fn hostile_text_is_inert_in_every_format() {
    let sandbox = Sandbox::new();
    sandbox.put(
        "=1+1<img src=x>\x1b[2J\u{202e}.txt",
        "# <script>alert(1)</script> | Title\x1b[2J\n\n1. =HYPERLINK(\"http://a.b\") the heron | `x` <b>sat</b>\x1b[31m \
         \u{2067}on [a](javascript:b) www.c.d “the gate of herons was not locked”.\n",
    );
    std::fs::write(sandbox.path("article.txt"), "It says “the gate\x1b[2J of <i>herons</i> was | locked”.\n")
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
            let ran = sandbox.run(&[command, &["--format", form]].concat());
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
    let cited = sandbox.run(&["search", "heron", "--cite", "csl"]);
    assert!(harmless(&cited.out) && cited.code == 0, "{:?}", cited.out);
}

#[test]
fn bad_arguments_are_escaped() {
    let sandbox = Sandbox::with_reports();
    let commands: [&[&str]; 4] = [
        &["search", "a", "--form\x1b[2J"],
        &["search", "a", "--format", "\x1b[2J\u{202e}"],
        &["count", "a", "--by", "\x1b[2J"],
        &["\x1b]0;owned\x07"],
    ];
    for arguments in commands {
        let ran = sandbox.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(harmless(&ran.err) && ran.err.starts_with("error: "), "{:?}", ran.err);
    }
}

/// A link in a corpus sent by someone else could lead to any file of the reader.
#[cfg(unix)]
#[test]
fn links_out_of_the_corpus_need_follow_links() {
    let sandbox = Sandbox::new();
    sandbox.put("heron.txt", "1. A heron.\n");
    std::fs::create_dir(sandbox.path("private")).unwrap();
    std::fs::write(sandbox.path("private/diary.txt"), "1. The heron is mine.\n").unwrap();
    std::os::unix::fs::symlink(sandbox.path("private"), sandbox.corpus().join("folder")).unwrap();
    std::os::unix::fs::symlink("../private/diary.txt", sandbox.corpus().join("file.txt")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", sandbox.corpus().join("endless.txt")).unwrap();
    let ran = sandbox.run(&["count", "mine"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert_eq!(ran.err.matches("the link leads out of the corpus").count(), 2, "{}", ran.err);
    assert_eq!(
        ran.err.matches("endless.txt: the link leads to a pipe, a socket or a device").count(),
        1,
        "{}",
        ran.err
    );
    let asked = sandbox.run(&["count", "mine", "--follow-links"]);
    assert_eq!(asked.code, 0, "{}", asked.err);
}
