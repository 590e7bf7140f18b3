//! Checks every example of SYNTAX.md.

use quotable_query::{Matcher, Query, Text};

use crate::trees;

const SYNTAX: &str = include_str!("../../SYNTAX.md");

/// The rows of the tables with `columns` columns, each with the heading of its first column.
fn rows(columns: usize) -> Vec<(&'static str, Vec<String>)> {
    let mut heading = "";
    let mut rows = Vec::new();
    for line in SYNTAX.lines() {
        let Some(row) = line.strip_prefix("| ") else { continue };
        let row = row.replace("\\|", "\0");
        let cells: Vec<_> =
            row.trim_end_matches(" |").split(" | ").map(|cell| cell.replace('\0', "|")).collect();
        if let Some(name) = ["write", "instead of"].into_iter().find(|name| *name == cells[0]) {
            heading = name;
        } else if cells.len() == columns {
            rows.push((heading, cells));
        }
    }
    assert!(rows.len() > 5, "SYNTAX.md has tables");
    rows
}

/// The texts between pairs of `mark`.
fn marked(cell: &str, mark: char) -> Vec<&str> {
    cell.split(mark).skip(1).step_by(2).collect()
}

fn parsed(query: &str) -> Query {
    query.parse().unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn examples_find_what_the_tables_say() {
    for (_, cells) in rows(3) {
        for query in marked(&cells[0], '`') {
            let matcher = Matcher::new(&parsed(query)).unwrap();
            let finds = |text| matcher.find(&Text::with_sentences(text, &trees::sentences(text))).matched;
            for text in marked(&cells[1], '*') {
                assert!(finds(text), "{query} finds {text}");
            }
            for text in marked(&cells[2], '*') {
                assert!(!finds(text), "{query} does not find {text}");
            }
        }
    }
}

#[test]
fn corrections_of_refused_queries_parse() {
    for (heading, cells) in rows(2) {
        for query in marked(&cells[0], '`') {
            if heading == "write" {
                parsed(query);
            } else {
                assert!(query.parse::<Query>().is_err(), "{query}");
                marked(&cells[1], '`').into_iter().for_each(|query| drop(parsed(query)));
            }
        }
    }
}
