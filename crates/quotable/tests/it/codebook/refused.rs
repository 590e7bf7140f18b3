//! Invalid code books and their error messages.

use quotable::{CodeBook, CodeBookErrorKind};

fn refused(text: &str) -> String {
    let error = CodeBook::parse("book.toml", text).unwrap_err();
    assert_eq!(error.kind(), CodeBookErrorKind::Invalid);
    error.to_string()
}

/// A book of queries, by name and query.
fn book(queries: &[(&str, &str)]) -> String {
    queries
        .iter()
        .map(|(name, query)| format!("[[query]]\nname = '{name}'\nquery = '''{query}'''\n"))
        .collect()
}

#[test]
fn invalid_toml() {
    insta::assert_snapshot!(refused("title = 'Mine'\n[[query]\nname = 'a'"), @r##"
    book.toml, line 2, column 9:
    [[query]
            ^
    unclosed array table, expected `]`
    help: check the TOML syntax: write texts in quotation marks, and [[query]] before each query
    "##);
}

#[test]
fn a_value_of_the_wrong_type() {
    insta::assert_snapshot!(refused("[[query]]\nname = 'a'\nquery = 5"), @r##"
    book.toml, line 3, column 9:
    query = 5
            ^
    query is of type integer, not a text
    help: write it in quotation marks: query = '…'
    "##);
    insta::assert_snapshot!(refused("[query]\nname = 'a'\nquery = 'b'"), @r##"
    book.toml, line 1, column 1:
    [query]
    ^^^^^^^
    query is of type table, not a list of tables
    help: begin each query with a line [[query]]
    "##);
    insta::assert_snapshot!(
        refused("[[query]]\nname = 'a'\nkind = 'topic'\nquery = 'b'\nsections = 'lscb'"), @r##"
    book.toml, line 5, column 12:
    sections = 'lscb'
               ^^^^^^
    sections is of type string, not a list
    help: write a list of themes of sections: sections = ['care-leavers']
    "##
    );
}

#[test]
fn unknown_keys_and_values() {
    insta::assert_snapshot!(refused("[[query]]\nname = 'a'\nqeury = 'b'"), @r##"
    book.toml, line 3, column 1:
    qeury = 'b'
    ^^^^^
    unknown key qeury
    help: use one of name, title, description, kind, sections, query; the nearest are query
    "##);
    insta::assert_snapshot!(refused("[[query]]\nname = 'a'\nquery = 'b'\nkind = 'theme'"), @r##"
    book.toml, line 4, column 8:
    kind = 'theme'
           ^^^^^^^
    unknown kind of query: theme
    help: write 'topic' or 'concept'
    "##);
    insta::assert_snapshot!(
        refused("[[query]]\nname = 'a'\nkind = 'topic'\nquery = 'b'\nsections = ['care-leaver']"), @r##"
    book.toml, line 5, column 13:
    sections = ['care-leaver']
                ^^^^^^^^^^^^^
    unknown theme of a section: care-leaver
    help: did you mean care-leavers or release
    "##
    );
}

#[test]
fn missing_invalid_and_duplicate_names() {
    insta::assert_snapshot!(refused("[[query]]\nquery = 'b'"), @r##"
    book.toml, line 1, column 1:
    [[query]]
    ^^^^^^^^^
    a query has no name
    help: give it one: name = 'care-leavers'
    "##);
    insta::assert_snapshot!(refused("[[query]]\nname = 'Care Leavers'\nquery = 'b'"), @r##"
    book.toml, line 2, column 8:
    name = 'Care Leavers'
           ^^^^^^^^^^^^^^
    “Care Leavers” is not a valid name
    help: use lower-case letters and digits, in parts joined by hyphens: care-leavers
    "##);
    insta::assert_snapshot!(refused(&book(&[("a", "x"), ("a", "y")])), @r##"
    book.toml, line 5, column 8:
    name = 'a'
           ^^^
    two queries are called a
    help: give one of them another name
    "##);
}

#[test]
fn an_invalid_query_is_shown_at_its_position() {
    insta::assert_snapshot!(refused("[[query]]\nname = 'a'\nquery = '''\nfirst OR\n(second w/5 NOT third)\n'''"), @r##"
    book.toml, line 5, column 13:
    (second w/5 NOT third)
                ^^^
    a window cannot contain NOT
    help: for absence write `not w/5`: a not w/5 b finds a with no b near
    "##);
    // With escapes the carets mark the whole value.
    insta::assert_snapshot!(refused("[[query]]\nname = 'a'\nquery = \"\\\"care\\\" OR\""), @r##"
    book.toml, line 3, column 9:
    query = "\"care\" OR"
            ^^^^^^^^^^^^^
    nothing follows OR
    help: write a word after it, or "or" in quotation marks if the word was meant
    "##);
}

#[test]
fn unknown_and_circular_references() {
    insta::assert_snapshot!(refused(&book(&[("waiting", "unallocated"), ("b", "care @waitng")])), @r##"
    book.toml, line 6, column 17:
    query = '''care @waitng'''
                    ^^^^^^^
    no query is named @waitng
    help: use a name of the code book; the nearest are waiting
    "##);
    insta::assert_snapshot!(refused(&book(&[("wait-list", "a"), ("b", "\"@wait\" @wait-list @wait")])), @r##"
    book.toml, line 6, column 31:
    query = '''"@wait" @wait-list @wait'''
                                  ^^^^^
    no query is named @wait
    help: use a name of the code book; the nearest are wait-list
    "##);
    insta::assert_snapshot!(refused(&book(&[("a", "x OR @b"), ("b", "@c y"), ("c", "z @a")])), @r##"
    book.toml, line 3, column 17:
    query = '''x OR @b'''
                    ^^
    @b stands for itself: @b contains @c contains @a contains @b
    help: remove one of the names
    "##);
}

#[test]
fn a_topic_with_filters_or_wide_scopes() {
    let topic = |query: &str| refused(&format!("[[query]]\nname = 'a'\nkind = 'topic'\nquery = '{query}'"));
    insta::assert_snapshot!(topic("turnover theme:care-leavers"), @r##"
    book.toml, line 4, column 9:
    query = 'turnover theme:care-leavers'
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    a topic cannot name a theme
    help: name the query of that theme: @care-leavers
    "##);
    insta::assert_snapshot!(topic("turnover date:2014.."), @r##"
    book.toml, line 4, column 9:
    query = 'turnover date:2014..'
            ^^^^^^^^^^^^^^^^^^^^^^
    a topic is found by words alone, and date: is a filter
    help: leave the filter out, and add it to your search instead
    "##);
    insta::assert_snapshot!(topic("turnover w/r agency"), @r##"
    book.toml, line 4, column 9:
    query = 'turnover w/r agency'
            ^^^^^^^^^^^^^^^^^^^^^
    a topic has to match within one paragraph
    help: use w/p or w/s instead of w/t and w/r
    "##);
}

#[test]
fn a_topic_with_a_filter_through_a_concept() {
    let text =
        format!("{}[[query]]\nname = 'b'\nkind = 'topic'\nquery = 'x @a'", book(&[("a", "y theme:lscb")]));
    assert!(refused(&text).contains("a topic cannot name a theme"));
}

#[test]
fn a_missing_file_and_a_file_that_is_not_utf8() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.toml");
    assert_eq!(CodeBook::read(&path).unwrap_err().kind(), CodeBookErrorKind::Io);
    std::fs::write(&path, b"title = '\xff'").unwrap();
    assert!(CodeBook::read(&path).unwrap_err().to_string().contains("UTF-8"));
    std::fs::write(&path, book(&[("a", "x")])).unwrap();
    assert_eq!(CodeBook::read(&path).unwrap().codes().len(), 1);
}

/// The length of these cannot be asked for: it is what comes.
#[cfg(unix)]
#[test]
fn a_book_without_end_and_a_book_from_a_pipe() {
    let error = CodeBook::read("/dev/zero").unwrap_err();
    assert!(error.to_string().contains("larger than 1 MiB"), "{error}");
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let writer = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::write(pipe, book(&[("a", "x")])).unwrap()
    });
    assert_eq!(CodeBook::read(&pipe).unwrap().codes().len(), 1);
    writer.join().unwrap();
}
