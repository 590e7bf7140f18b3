//! `quotable codebook`, and `quotable run` by it.

use crate::sandbox::Sandbox;

#[test]
fn the_built_in_book_is_listed_shown_and_run() {
    let sandbox = Sandbox::with_reports();
    let listed = sandbox.run(&["codebook", "list"]);
    assert!(listed.out.contains("@unallocated-work") && listed.code == 0, "{}", listed.out);
    let shown = sandbox.run(&["codebook", "show", "@unallocated-work"]);
    assert!(shown.out.contains("query") && shown.out.contains("unallocated"), "{}", shown.out);
    let wrong = sandbox.run(&["codebook", "show", "unalocated-work"]);
    assert!(wrong.err.contains("did you mean unallocated-work") && wrong.code == 2, "{}", wrong.err);
    let folder = sandbox.corpus();
    for arguments in [&["run"][..], &["run", folder.to_str().unwrap()]] {
        let ran = sandbox.run(arguments);
        assert!(
            ran.out.contains("unallocated-work") && ran.out.contains("per 10,000 words"),
            "{}{}",
            ran.out,
            ran.err
        );
        assert!(ran.out.contains("code book: built in"), "{}", ran.out);
    }
}

#[test]
fn a_book_is_begun_and_checked() {
    let sandbox = Sandbox::with_reports();
    let file = sandbox.path("mine.toml");
    let file = file.to_str().unwrap();
    assert_eq!(sandbox.run(&["codebook", "new", file]).code, 0);
    let again = sandbox.run(&["codebook", "new", file]);
    assert!(again.err.contains("is not replaced") && again.code == 2, "{}", again.err);
    let checked = sandbox.run(&["codebook", "check", file]);
    assert!(checked.out.contains("is right: 1 topic, 2 concepts"), "{}{}", checked.out, checked.err);
    let rows = sandbox.run(&["run", "--codebook", file, "--by", "kind,year", "--format", "csv"]);
    assert_eq!(rows.code, 1, "nothing is found: {}", rows.err);
    let head = rows.out.lines().next().unwrap();
    assert!(
        head.starts_with("name,kind,title,report_kind,year,occurrences")
            && head.ends_with("per_10_000_words"),
        "{head}"
    );
    let bad = "[[query]]\nname = 'Boats'\nquery = 'boat'\n\n[[query]]\nname = 'crew'\nquery = '(crew'\n\n\
               [[query]]\nname = 'all'\nquery = '@crew OR @captain'\n";
    std::fs::write(file, bad).unwrap();
    let faults = sandbox.run(&["codebook", "check", file]);
    assert_eq!(faults.code, 2);
    for said in ["has 3 faults", "line 2,", "line 7,", "line 11,", "@captain", "help: "] {
        assert!(faults.err.contains(said), "{said}: {}", faults.err);
    }
}

#[test]
fn topics_have_help() {
    let sandbox = Sandbox::new();
    for (topic, text) in [
        ("query", "w/3"),
        ("fields", "authority:bristol"),
        ("profiles", "profile test"),
        ("codebook", "[[query]]"),
        ("search", "--sample"),
    ] {
        let ran = sandbox.run(&["help", topic]);
        assert!(ran.code == 0 && ran.out.contains(text), "{topic}: {}{}", ran.out, ran.err);
    }
    assert!(sandbox.run(&["help", "index", "verify"]).out.contains("verify"));
    assert!(sandbox.run(&["help"]).out.contains("quotable search"));
}
