//! Reads the tables of `FORMATS.md`. A test of the command shares this file.

use std::collections::BTreeSet;

use serde_json::Value;

const PAGE: &str = include_str!("../../FORMATS.md");
/// Fields that any line of JSON may have: documented at the head of the page, not in a table.
const OF_EVERY_LINE: [&str; 2] = ["incomplete", "unread"];

/// The rows of the table under a heading: the name in the first cell, and the whole line.
pub(crate) fn documented(part: &str, heading: &str) -> Vec<(String, &'static str)> {
    let part = part_of_page(part);
    let text = if heading.is_empty() {
        part
    } else {
        let mut sections = part.split("\n### ");
        sections.find(|text| text.starts_with(&format!("{heading}\n"))).expect(heading)
    };
    let rows = text.lines().filter_map(|line| {
        let name = line.strip_prefix("| `")?.split('`').next()?;
        Some((name.to_owned(), line))
    });
    rows.collect()
}

/// The text under a heading of the second level.
pub(crate) fn part_of_page(heading: &str) -> &'static str {
    PAGE.split("\n## ").find(|text| text.starts_with(heading)).expect(heading)
}

/// Every field of a record, with the fields of the records that it holds.
pub(crate) fn fields(heading: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (name, line) in documented("Lines of JSON", heading) {
        let referred = line.split("](#").nth(1).and_then(|rest| rest.split(')').next());
        match referred {
            None => assert!(all.insert(name.clone()), "{heading}: {name} twice"),
            Some(anchor) => {
                let title = anchor.replace('-', " ");
                let title = format!("{}{}", title[..1].to_uppercase(), &title[1..]);
                all.extend(fields(&title).into_iter().map(|inner| format!("{name}.{inner}")));
                if line.contains("or `null`") {
                    all.insert(name);
                }
            }
        }
    }
    all
}

/// Asserts that the records have exactly the documented fields.
pub(crate) fn assert_fields(heading: &str, documented: &BTreeSet<String>, records: &[Value]) {
    let mut seen = BTreeSet::new();
    for record in records {
        collect_paths(record, "", &mut seen);
    }
    let plain: BTreeSet<String> =
        documented.iter().map(|name| name.trim_end_matches("[]").to_owned()).collect();
    // `fields.*` is any name below `fields`, which differ from corpus to corpus.
    let any_below =
        |name: &str, other: &str| other.strip_suffix('*').is_some_and(|start| name.starts_with(start));
    // A list that is empty in one record is documented by its items in others.
    let is_documented = |name: &String| {
        plain.contains(name)
            || plain.iter().any(|other| any_below(name, other))
            || OF_EVERY_LINE.contains(&name.as_str())
            || plain.iter().any(|other| other.starts_with(&format!("{name}[]")))
    };
    let unknown: Vec<_> = seen.iter().filter(|name| !is_documented(name)).collect();
    assert!(unknown.is_empty(), "{heading}: written but not documented: {unknown:?}");
    let is_written = |name: &String| {
        if let Some(outer) = name.strip_suffix(".*") {
            return seen.iter().any(|other| other == outer || any_below(other, name));
        }
        let inside = [format!("{name}."), format!("{name}[]")];
        seen.contains(name) || seen.iter().any(|other| inside.iter().any(|start| other.starts_with(start)))
    };
    let missing: Vec<_> = plain.iter().filter(|name| !is_written(name)).collect();
    assert!(missing.is_empty(), "{heading}: documented but not written: {missing:?}");
}

/// The paths of all values without children, without the brackets of innermost lists.
fn collect_paths(value: &Value, path: &str, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) if !map.is_empty() => {
            for (name, inner) in map {
                let dot = if path.is_empty() { "" } else { "." };
                collect_paths(inner, &format!("{path}{dot}{name}"), all);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            items.iter().for_each(|item| collect_paths(item, &format!("{path}[]"), all));
        }
        _ => {
            all.insert(path.trim_end_matches("[]").to_owned());
        }
    }
}
