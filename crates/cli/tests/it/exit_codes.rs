//! Exit codes, and closed pipes.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use crate::sandbox::Sandbox;

#[test]
fn exit_code_0_for_found_1_for_nothing_2_for_errors() {
    let sandbox = Sandbox::with_reports();
    let codes = [
        (["search", "caseloads"].as_slice(), 0),
        (&["search", "zeppelin"], 1),
        (&["search", "(care"], 2),
        (&["search"], 2),
        (&["search", "care", "nowhere"], 2),
        (&["search", "care", "--format", "xml"], 2),
        (&["show", "orrery"], 0),
        (&["show", "zeppelin"], 2),
        (&["reports"], 0),
        (&["reports", "orrery/visit.txt", "--problems"], 1),
        (&["index"], 0),
        (&["index", "status"], 0),
        (&["nonsense"], 2),
    ];
    for (arguments, code) in codes {
        let ran = sandbox.run(arguments);
        assert_eq!(ran.code, code, "{arguments:?}: {}", ran.err);
        assert!(code != 2 || ran.out.is_empty(), "{arguments:?} failed and wrote {}", ran.out);
        assert!(!ran.err.contains("panicked"), "{arguments:?}: {}", ran.err);
    }
}

#[test]
fn nothing_found_is_noted_on_stderr() {
    let ran = Sandbox::with_reports().run(&["search", "zeppelin"]);
    assert_eq!(ran.out, "");
    assert!(ran.err.ends_with("note: nothing found in 9 paragraphs of 3 reports\n"), "{}", ran.err);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let sandbox = Sandbox::new();
    // Far more output than a pipe buffers.
    let text: String = (1..4000).map(|number| format!("{number}. A heron stood at the gate.\n\n")).collect();
    sandbox.put("herons.txt", text);
    sandbox.run(&["index"]);
    let forms = [
        ["search", "--format", "text"],
        ["search", "--format", "jsonl"],
        ["search", "--format", "csv"],
        ["search", "--format", "markdown"],
        ["search", "--cite", "csl"],
        ["search", "--group", "report"],
        ["kwic", "--format", "text"],
        ["kwic", "--format", "markdown"],
    ];
    for [command, option, form] in forms {
        let mut command = sandbox.command(&[command, "heron", "--all", option, form]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
        assert!(!first.is_empty());
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(said, "", "{option} {form}");
        assert!(child.wait().unwrap().success());
    }
}
