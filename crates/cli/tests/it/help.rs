//! Help texts.

use crate::sandbox::Sandbox;

#[test]
fn help_of_the_command() {
    let ran = Sandbox::new().run(&["--help"]);
    insta::assert_snapshot!(ran.out);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn help_of_each_subcommand() {
    let sandbox = Sandbox::new();
    let commands = [
        "search", "count", "kwic", "collocates", "keywords", "words", "ngrams", "trend", "follow", "similar",
        "compare", "show", "check", "reports", "themes", "run", "export", "translate", "serve", "codebook",
        "help", "index", "completions", "man",
    ];
    for command in commands {
        let ran = sandbox.run(&[command, "--help"]);
        insta::assert_snapshot!(format!("help_of_{command}"), ran.out);
        assert_eq!(ran.code, 0);
        let (examples, usage) = (ran.out.find("Examples:").unwrap(), ran.out.find("Usage:").unwrap());
        assert!(examples < usage, "{command}");
    }
}

#[test]
fn help_hides_the_worker() {
    assert!(!Sandbox::new().run(&["--help"]).out.contains("worker"));
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(
        Sandbox::new().run(&["--version"]).out.trim(),
        concat!("quotable ", env!("CARGO_PKG_VERSION"))
    );
}
