//! The edges between the crates: read -> report -> quotable -> export -> cli, query -> quotable, and tantivy in one place.

use std::fs;
use std::path::Path;

/// The dependencies that a crate's manifest names, those for tests left out.
fn dependencies(krate: &str) -> Vec<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(krate).join("Cargo.toml");
    let manifest = fs::read_to_string(manifest).unwrap();
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            inside = line == "[dependencies]" || line == "[build-dependencies]";
        } else if inside && let Some((name, _)) = line.split_once(['.', '=', ' ']) {
            names.push(name.to_owned());
        }
    }
    assert!(!names.is_empty(), "the manifest of {krate} names no dependency");
    names
}

fn ours(krate: &str) -> Vec<String> {
    let mut names = dependencies(krate);
    names.retain(|name| name.starts_with("quotable"));
    names.sort();
    names
}

#[test]
fn data_flows_one_way() {
    assert_eq!(ours("read"), Vec::<String>::new());
    assert_eq!(ours("query"), Vec::<String>::new());
    assert_eq!(ours("report"), ["quotable-read"]);
    assert_eq!(ours("quotable"), ["quotable-query", "quotable-read", "quotable-report"]);
    assert_eq!(ours("export"), ["quotable"]);
    assert_eq!(ours("cli"), ["quotable", "quotable-export"]);
}

#[test]
fn the_engine_is_used_in_one_crate() {
    for krate in ["read", "report", "query", "export", "cli"] {
        let names = dependencies(krate);
        assert!(!names.iter().any(|name| name.starts_with("tantivy")), "{krate} uses tantivy");
    }
    assert!(dependencies("quotable").contains(&"tantivy".to_owned()));
}
