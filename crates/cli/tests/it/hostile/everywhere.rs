//! Every command in every format, over a corpus in which every text and name holds escape sequences.

use crate::hostile::harmless;
use crate::sandbox::Sandbox;

/// What a terminal obeys: sequences that set screen, title, links and clipboard, the same as C1 control characters, a
/// bell, a backspace, a delete, a lone carriage return; characters that reverse the direction of text; invisible tags.
const EVIL: &str = "\x1b[2J\x1b]0;owned\x07\x1b]8;;http://a.b\x1b\\\x1b]52;c;YQ==\x07\u{9b}31m\u{9d}0;x\u{9c}\x08\x7f\r\
                    \u{85}\u{2028}\u{202e}\u{2067}\u{200f}\u{61c}\u{e0041}<b onload=x>|`=1+1";

/// The same as character references of HTML.
const REFERENCES: &str =
    "&#27;[2J&#x1b;]0;owned&#7;&#x9b;31m&#155;&#127;&#8;&#x202e;&#x2067;&#xe0041;&lt;b&gt;";

fn text() -> String {
    format!(
        "Inspection of Mar{EVIL}lowe Council children’s services\n\nInspection dates: 4 to 8 June 2018 {EVIL}\n\n\
         Lead inspector: Ada {EVIL} Finch\n\nJudgement{EVIL}\tGrade{EVIL}\n\
         The impact of leaders on social work practice with children and families\tGood {EVIL}\n\
         Overall effectiveness\tInadequate\n\n\
         What needs to improve {EVIL}\n\n• The gate {EVIL} of the heron.\n\n\
         The experiences and progress of children who need help and protection: good {EVIL}\n\n\
         1. The heron{EVIL} sat on{EVIL} the gate of the harbour. The gate{EVIL} was not locked.{EVIL}\n\n\
         2. =cmd|' /C calc'!A0 heron{EVIL}\n\n\
         Herons in care{EVIL}\n\n3. Too many herons of the {EVIL} harbour wait for a {EVIL} home.\n"
    )
}

fn page() -> String {
    format!(
        "<html><head><title>Visit {REFERENCES}</title></head><body><h1>Visit {REFERENCES}</h1>\
         <h2>Marlowe{REFERENCES}</h2><p>1. A heron{REFERENCES} stands.{EVIL}</p>\
         <table><tr><th>Grade{REFERENCES}</th><td>Heron{REFERENCES}{EVIL}</td></tr></table>\
         <p>Note{REFERENCES}</p></body></html>"
    )
}

const BOOK: &str = r#"
title = "Birds \u001b[2J\u202e"

[[query]]
name = "birds"
title = "=1+1 \u001b]0;owned\u0007\u202e <b>|"
description = "\u001b[2J"
kind = "topic"
query = 'heron*'
"#;

/// A corpus, an article and a code book, all with hostile names.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    // A file name can hold any of these characters but `/`.
    let name = EVIL.replace('/', "\u{2215}");
    sandbox.put(&format!("=folder{name}/=report{name}.txt"), text());
    sandbox.put(&format!("=page{name}.html"), page());
    sandbox.put(
        &format!("-notes{name}.md"),
        format!("# Notes {EVIL}\n\n{REFERENCES} The heron{EVIL}.[^1]\n\n[^1]: {EVIL}"),
    );
    sandbox.put(&format!("broken{name}.pdf"), format!("<html>{EVIL}"));
    sandbox.put(&format!("broken{name}.docx"), format!("PK\x03\x04{EVIL}"));
    std::os::unix::fs::symlink("/", sandbox.corpus().join(format!("away{name}.txt"))).unwrap();
    std::os::unix::fs::symlink("nowhere", sandbox.corpus().join(format!("nowhere{name}.txt"))).unwrap();
    let article = format!(
        "Report {EVIL}\n\nIt says “too many herons {EVIL} wait for a home” and “the gate{EVIL} of the harbour was \
                           locked”, and “nothing of the {EVIL} kind was ever said here”.\n"
    );
    std::fs::write(sandbox.path(&article_name()), article).unwrap();
    std::fs::write(sandbox.path(&book_name()), BOOK).unwrap();
    sandbox
}

fn article_name() -> String {
    format!("article{}.txt", EVIL.replace('/', "\u{2215}"))
}

fn book_name() -> String {
    format!("book{}.toml", EVIL.replace('/', "\u{2215}"))
}

/// Runs a command that must succeed with harmless output.
fn answer(sandbox: &Sandbox, arguments: &[&str]) -> String {
    let (code, out) = checked(sandbox, arguments);
    assert_eq!(code, 0, "{arguments:?}");
    out
}

/// Runs a command whose output must be harmless, whether it succeeds or not. Returns its exit code and standard output.
fn checked(sandbox: &Sandbox, arguments: &[&str]) -> (i32, String) {
    let ran = sandbox.command(arguments).output().unwrap();
    let (out, err) = (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
    // A command ended by a signal has no exit code.
    let code = ran.status.code().unwrap_or(i32::MAX);
    assert!(code <= 2 && !err.contains("panicked"), "{arguments:?}: {code}\n{err}");
    // RFC 4180 ends rows with CRLF.
    let out = if arguments.contains(&"csv") { out.replace("\r\n", "\n") } else { out };
    // Our own colours, with --color always.
    let bare = if arguments.contains(&"always") { unpainted(&out) } else { out.clone() };
    for (name, shown) in [("out", &bare), ("err", &err)] {
        assert!(harmless(shown), "{arguments:?}: {name}: {:?}", first_harm(shown));
    }
    (code, out)
}

/// The text around the first harmful character.
fn first_harm(shown: &str) -> &str {
    let line = shown.lines().find(|line| !harmless(line));
    line.unwrap_or(shown)
}

/// Removes the escape sequences of colour and weight, and no others.
fn unpainted(shown: &str) -> String {
    let mut parts = shown.split("\x1b[");
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|letter: char| !letter.is_ascii_digit() && letter != ';').unwrap_or(part.len());
        match part[end..].strip_prefix('m') {
            Some(rest) => bare.push_str(rest),
            None => bare.push_str(&format!("\x1b[{part}")),
        }
    }
    bare
}

const FORMS: [&[&str]; 5] =
    [&[], &["--format", "jsonl"], &["--format", "csv"], &["--format", "markdown"], &["--color", "always"]];

#[test]
fn every_answer_is_escaped() {
    let sandbox = sandbox();
    let (article, book) = (sandbox.path(&article_name()), sandbox.path(&book_name()));
    let (article, book) = (article.to_str().unwrap(), book.to_str().unwrap());
    let first = answer(&sandbox, &["search", "heron", "--format", "jsonl", "-n", "1"]);
    let id = first.split("\"id\":\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap();
    let quoting: [&[&str]; 19] = [
        &["search", "heron*"],
        &["search", "heron*", "--sentences", "--explain", "--include", "tables,notes"],
        &["search", "heron*", "--group", "report", "--context", "2"],
        &["search", "heron*", "--group", "section", "--sort", "authority", "--all"],
        &["search", "heron*", "--group", "authority"],
        &["search", "theme:birds", "--codebook", book, "--explain"],
        &["search", "heron*", "--theme", "birds", "--codebook", book],
        &["count", "heron*", "--by", "report,section", "--explain"],
        &["kwic", "heron*", "--include", "tables,notes"],
        &["kwic", "heron*", "--sort", "left", "--words", "30"],
        &["kwic", "heron*", "--sort", "authority", "--all"],
        &["show", id],
        &["show", "=report"],
        &["show", "=page"],
        &["show", "notes"],
        &["check", article],
        &["reports"],
        &["themes", "--codebook", book],
        &["run", book],
    ];
    let counting: [&[&str]; 6] = [
        &["count", "heron*", "--by", "authority,theme"],
        &["count", "heron*", "--by", "overall", "--codebook", book],
        &["reports", "--problems"],
        &["themes", "--by", "grade"],
        &["run", book, "--by", "year"],
        &["index", "status"],
    ];
    for (number, command) in quoting.iter().chain(&counting).enumerate() {
        for form in FORMS {
            let out = answer(&sandbox, &[command, form].concat());
            assert!(
                number >= quoting.len() || out.contains("\\u"),
                "{command:?}: there was no harm in it: {out}"
            );
            if form.contains(&"csv") {
                let formula = |line: &str| line.starts_with(['=', '+', '-', '@']) || line.contains(",=");
                assert!(!out.lines().any(formula), "{command:?}: {out}");
            }
            if form.contains(&"markdown") {
                assert!(!out.contains('<') && !out.contains("http://"), "{command:?}: {out}");
            }
        }
    }
    for command in [&["search", "heron*"] as &[&str], &["show", "=report"], &["check", article]] {
        answer(&sandbox, &[command, &["--cite", "csl"]].concat());
    }
    for whole in
        [["show", "=report", "--text"], ["show", "=report", "--structure"], ["show", "=page", "--structure"]]
    {
        answer(&sandbox, &whole);
    }
    // All files have been read, so nothing is noted about any.
    checked(&sandbox, &["index"]);
}

#[test]
fn every_error_is_escaped() {
    let sandbox = sandbox();
    let (article, book) = (sandbox.path(&article_name()), sandbox.path("bad.toml"));
    let bad = book.to_str().unwrap();
    let evil_file = sandbox.path(&book_name()).to_string_lossy().into_owned();
    for content in [
        format!("[[query]]\nname = '{EVIL}'\nquery = 'a'\n"),
        "[[query]]\nname = 'a'\nquery = \"heron (\\u001b[2J\\u202e\"\n".to_owned(),
        "[[query]]\nname = 'a'\nquery = \"@nobody\\u001b[2J\"\n".to_owned(),
        "\"key\\u001b[2J\\u202e\" = 1\n".to_owned(),
        "[[query]]\nname = 'a'\nkind = 'topic'\nsections = [\"\\u001b[2J\"]\nquery = 'b'\n".to_owned(),
        "[[query]]\nname = 'a'\nkind = \"kind\\u001b[2J\"\nquery = 'b'\n".to_owned(),
        "[[query]]\nname = \"a\\u001b[2J\"\nquery = 'b'\n".to_owned(),
    ] {
        std::fs::write(&book, &content).unwrap();
        for command in
            [["run", bad, "."], ["themes", "--codebook", bad], ["check", article.to_str().unwrap(), "."]]
        {
            checked(&sandbox, &command);
        }
        checked(&sandbox, &["search", "@a", "--codebook", bad]);
    }
    let queries = [
        format!("heron {EVIL}"),
        format!("({EVIL}"),
        format!("\"heron {EVIL}\""),
        format!("authority:\"mar{EVIL}\""),
        format!("section:{EVIL}"),
        format!("{EVIL}:heron"),
        format!("@{EVIL}"),
        format!("theme:{EVIL}"),
        format!("/{EVIL}(/"),
        format!("path:\"{EVIL}\""),
        format!("date:{EVIL}"),
        "authority:marlow".to_owned(),
        "heronn".to_owned(),
        "theme:\u{1b}[2J".to_owned(),
    ];
    for query in &queries {
        for command in ["search", "count", "kwic"] {
            checked(&sandbox, &[command, "--", query]);
        }
        checked(&sandbox, &["search", "--explain", "--", query]);
        checked(&sandbox, &["show", "--", query]);
        checked(&sandbox, &["search", "heron", &format!("nowhere/{query}")]);
        checked(&sandbox, &["search", "heron", "--no-refresh", "--index", query]);
        checked(&sandbox, &["search", "heron", "--from", query]);
        checked(&sandbox, &["search", "heron", &format!("--authority={query}"), &format!("--theme={query}")]);
        checked(&sandbox, &["count", "heron", &format!("--by={query}")]);
        checked(&sandbox, &["check", query]);
        checked(&sandbox, &["run", query]);
        checked(&sandbox, &["themes", "--codebook", query]);
    }
    checked(&sandbox, &["themes", "--codebook", &evil_file, "nowhere"]);
    checked(&sandbox, &["check", sandbox.corpus().to_str().unwrap()]);
    // A damaged index, in a folder with a hostile name.
    let index = sandbox.path(&format!("index{}", EVIL.replace('/', "\u{2215}")));
    let named = index.to_str().unwrap();
    checked(&sandbox, &["search", "heron", ".", "--index", named]);
    for entry in std::fs::read_dir(&index).unwrap() {
        std::fs::write(entry.unwrap().path(), EVIL).unwrap();
    }
    for command in [["search", "heron", ".", "--index"], ["index", "status", ".", "--index"]] {
        checked(&sandbox, &[&command as &[&str], &[named]].concat());
    }
}

/// Harmful characters are shown as codes, not dropped.
#[test]
fn harmful_characters_are_shown_as_codes() {
    let sandbox = sandbox();
    let text = answer(&sandbox, &["show", "=report", "--text"]);
    // Readers drop control characters from text; file names keep them.
    assert!(text.contains("The heron [2J") && text.contains("\\u{202e}\\u{2067}"), "{text}");
    let listed = answer(&sandbox, &["reports", "--problems"]);
    assert!(listed.contains("broken\\u{1b}[2J"), "{listed}");
}
