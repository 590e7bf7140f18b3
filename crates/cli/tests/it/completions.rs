//! Completion scripts and manual pages.

use crate::sandbox::Sandbox;

#[test]
fn completions_for_every_shell() {
    let sandbox = Sandbox::new();
    let shells = [
        ("bash", "complete -F _quotable"),
        ("zsh", "#compdef quotable"),
        ("fish", "complete -c quotable"),
        ("powershell", "Register-ArgumentCompleter"),
    ];
    for (shell, marker) in shells {
        let ran = sandbox.run(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        assert!(ran.out.contains(marker), "{shell}: {}", ran.out);
        assert!(ran.out.contains("no-boilerplate") && ran.out.contains("kwic"), "{shell}");
        assert!(!ran.out.contains("worker"), "{shell}");
    }
    let unknown = sandbox.run(&["completions", "tcsh"]);
    assert!(unknown.code == 2 && unknown.err.contains("powershell"), "{}", unknown.err);
}

#[test]
fn a_manual_page_on_standard_output() {
    let ran = Sandbox::new().run(&["man"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains(".TH quotable 1"), "{}", ran.out);
    assert!(ran.out.contains("Exit status") && ran.out.contains("Examples"), "{}", ran.out);
    assert!(!ran.out.contains("read\\-worker"), "{}", ran.out);
}

#[test]
fn a_manual_page_for_each_command_in_a_folder() {
    let sandbox = Sandbox::new();
    let folder = sandbox.path("man");
    let ran = sandbox.run(&["man", folder.to_str().unwrap()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in ["quotable.1", "quotable-search.1", "quotable-index.1", "quotable-index-verify.1"] {
        assert!(names.iter().any(|other| other == name), "{name}: {names:?}");
    }
    assert!(!names.iter().any(|name| name.contains("worker")), "{names:?}");
    let search = std::fs::read_to_string(folder.join("quotable-search.1")).unwrap();
    assert!(search.contains("quotable\\-search") || search.contains("quotable-search"), "{search}");
    assert!(search.contains("quotable search unallocated"), "the examples are in it: {search}");
}
