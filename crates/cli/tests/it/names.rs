//! Code books in a search.

use crate::desk::Desk;

const BOOK: &str = "\
[[query]]
name = \"vessels\"
kind = \"topic\"
query = 'boat* OR flats'
";

#[test]
fn names_and_themes_are_those_of_the_code_book() {
    let desk = Desk::furnished();
    std::fs::write(desk.path("book.toml"), BOOK).unwrap();
    let book = desk.path("book.toml");
    let run = |query: &str| desk.run(&["count", query, "--codebook", book.to_str().unwrap()]);
    let (named, themed) = (run("@vessels"), run("theme:vessels leavers"));
    assert_eq!((named.code, themed.code), (0, 0), "{}{}", named.err, themed.err);
    assert!(named.out.contains("2           1"), "{}", named.out);
}

#[test]
fn without_one_they_are_those_built_in() {
    let ran = Desk::furnished().run(&["search", "theme:workforce"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn an_unknown_name_is_shown_in_its_place() {
    let ran = Desk::furnished().run(&["search", "care @vesels"]);
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
fn a_code_book_that_cannot_be_read_is_shown_with_the_line() {
    let desk = Desk::furnished();
    std::fs::write(desk.path("book.toml"), "[[query]]\nname = 3\n").unwrap();
    let ran = desk.run(&["search", "care", "--codebook", desk.path("book.toml").to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("book.toml") && !ran.err.contains("\\u{a}"), "{}", ran.err);
}
