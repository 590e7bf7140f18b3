//! `--codebook`.

use crate::sandbox::Sandbox;

const BOOK: &str = "\
[[query]]
name = \"vessels\"
kind = \"topic\"
query = 'boat* OR flats'
";

#[test]
fn names_and_themes_come_from_the_code_book() {
    let sandbox = Sandbox::with_reports();
    std::fs::write(sandbox.path("book.toml"), BOOK).unwrap();
    let book = sandbox.path("book.toml");
    let run = |query: &str| sandbox.run(&["count", query, "--codebook", book.to_str().unwrap()]);
    let (named, themed) = (run("@vessels"), run("theme:vessels leavers"));
    assert_eq!((named.code, themed.code), (0, 0), "{}{}", named.err, themed.err);
    assert!(named.out.contains("2           1"), "{}", named.out);
}

#[test]
fn the_built_in_code_book_is_the_default() {
    let ran = Sandbox::with_reports().run(&["search", "theme:workforce"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn an_unknown_name_is_underlined() {
    let ran = Sandbox::with_reports().run(&["search", "care @vesels"]);
    insta::assert_snapshot!(ran.err, @r"
    error: in the query
      care @vesels
           ^^^^^^^
    no query is named @vesels
    help: use a name of the code book
    ");
    assert_eq!(ran.code, 2);
}

#[test]
fn an_error_in_a_code_book_names_the_file() {
    let sandbox = Sandbox::with_reports();
    std::fs::write(sandbox.path("book.toml"), "[[query]]\nname = 3\n").unwrap();
    let ran = sandbox.run(&["search", "care", "--codebook", sandbox.path("book.toml").to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("book.toml") && !ran.err.contains("\\u{a}"), "{}", ran.err);
}
