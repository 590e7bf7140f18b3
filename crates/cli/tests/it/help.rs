//! Help: examples first.

use crate::desk::Desk;

#[test]
fn help_of_the_command() {
    let ran = Desk::new().run(&["--help"]);
    insta::assert_snapshot!(ran.out);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn help_of_each_subcommand() {
    let desk = Desk::new();
    for command in ["search", "count", "kwic", "show", "check", "reports", "themes", "run", "index"] {
        let ran = desk.run(&[command, "--help"]);
        insta::assert_snapshot!(format!("help_of_{command}"), ran.out);
        assert_eq!(ran.code, 0);
        let (examples, usage) = (ran.out.find("Examples:").unwrap(), ran.out.find("Usage:").unwrap());
        assert!(examples < usage, "{command}");
    }
}

#[test]
fn the_worker_is_not_for_people() {
    assert!(!Desk::new().run(&["--help"]).out.contains("worker"));
}

#[test]
fn the_version_is_that_of_the_package() {
    assert_eq!(Desk::new().run(&["--version"]).out.trim(), concat!("quotable ", env!("CARGO_PKG_VERSION")));
}
