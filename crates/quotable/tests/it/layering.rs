//! The rules of the house: which crate uses which, which room of `quotable-index` uses which, no circles between
//! modules, nothing imported through the root of a crate, tantivy in one crate. See `crates/README.md`.

mod modules;
mod tokens;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use self::modules::{Modules, circles};

/// Every crate of the library, the command and the Python package, and the crates of the house that it may use.
const CRATES: [(&str, &[&str]); 14] = [
    ("read", &[]),
    ("query", &[]),
    ("profile", &[]),
    ("report", &["profile", "read"]),
    ("codebook", &["query", "report"]),
    ("stats", &[]),
    ("index", &["codebook", "query", "read", "report", "stats"]),
    ("check", &["codebook", "index", "query", "report"]),
    ("follow", &["codebook", "index", "query", "report", "stats"]),
    ("export", &["check", "codebook", "follow", "index", "query", "report", "stats"]),
    ("quotable", &["check", "codebook", "export", "follow", "index", "query", "read", "report", "stats"]),
    ("serve", &["export", "quotable"]),
    ("cli", &["export", "quotable", "serve"]),
    ("python", &["export", "quotable"]),
];

/// The rooms of `quotable-index` from the lowest up: each may use itself and those before it.
const FLOORS: [&str; 5] = ["store", "ingest", "search", "answer", "api"];

/// The names in the table `[dependencies]` of a crate's manifest.
fn dependencies(krate: &str) -> BTreeSet<String> {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(krate).join("Cargo.toml");
    let manifest: toml::Table = fs::read_to_string(manifest).unwrap().parse().unwrap();
    manifest["dependencies"].as_table().unwrap().keys().cloned().collect()
}

#[test]
fn crates_use_only_the_crates_below_them() {
    for (krate, allowed) in CRATES {
        let name = |name: &&str| {
            if **name == *"quotable" { "quotable".to_owned() } else { format!("quotable-{name}") }
        };
        let allowed: BTreeSet<String> = allowed.iter().map(name).collect();
        let ours = dependencies(krate).into_iter().filter(|name| name.starts_with("quotable"));
        let ours: BTreeSet<String> = ours.collect();
        assert!(ours.is_subset(&allowed), "{krate} uses {:?}", ours.difference(&allowed));
    }
}

#[test]
fn modules_form_no_circles() {
    for (krate, _) in CRATES {
        for (module, edges) in Modules::of(krate).siblings() {
            let found = circles(&edges);
            assert!(found.is_empty(), "{krate}, in `{}`: {found:?} of {edges:?}", module.join("::"));
        }
    }
}

#[test]
fn nothing_is_imported_through_the_root_of_a_crate() {
    for (krate, _) in CRATES {
        let modules = Modules::of(krate);
        for (module, paths) in modules.paths.iter().filter(|(module, _)| !module.is_empty()) {
            for path in paths {
                let through_root = modules.resolve(path).is_empty() && !path.is_empty();
                assert!(
                    !through_root,
                    "{krate}: `{}` imports `crate::{}`",
                    module.join("::"),
                    path.join("::")
                );
            }
        }
    }
}

#[test]
fn rooms_of_the_index_use_only_the_floors_below_them() {
    let floor = |room: &str| FLOORS.iter().position(|floor| *floor == room);
    let edges = Modules::of("index").siblings().remove(&Vec::new()).unwrap_or_default();
    assert!(edges.iter().any(|(from, to)| from == "search" && to == "store"), "nothing was read");
    for (from, to) in &edges {
        match (floor(from), floor(to)) {
            (Some(above), Some(below)) => assert!(above > below, "`{from}` uses `{to}`"),
            (None, Some(_)) => assert!(from.is_empty(), "`{from}`, which is below the rooms, uses `{to}`"),
            _ => {}
        }
    }
    // Reading files needs no searching, and searching no reading.
    for (one, other) in [("ingest", "search"), ("search", "ingest"), ("answer", "ingest")] {
        assert!(!edges.contains(&(one.to_owned(), other.to_owned())), "`{one}` uses `{other}`");
    }
}

#[test]
fn tantivy_is_named_in_the_index_alone_and_not_by_answers() {
    for (krate, _) in CRATES {
        let modules = Modules::of(krate);
        if krate == "index" {
            let of_answers =
                modules.tantivy.iter().find(|module| module.first().is_some_and(|room| room == "answer"));
            assert_eq!(of_answers, None, "an answer names tantivy");
            assert!(!modules.tantivy.is_empty(), "nothing was read");
        } else {
            assert!(
                !dependencies(krate).iter().any(|name| name.starts_with("tantivy")),
                "{krate} uses tantivy"
            );
            assert_eq!(modules.tantivy, BTreeSet::new(), "{krate} names tantivy");
        }
    }
}
