//! Licences, sources and Rust versions of everything that is compiled, by `cargo metadata`; `.cargo/deny.toml` says the
//! same to cargo-deny.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// As in `.cargo/deny.toml`.
const LICENCES: [&str; 7] =
    ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "Unicode-3.0", "Zlib"];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn said(command: &mut Command) -> String {
    let output = command.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every package that is compiled on this machine, tests and benches too. That the lock file says which is asked for.
fn packages() -> Vec<Value> {
    let version = said(Command::new("rustc").arg("-vV"));
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", host]);
    let metadata: Value = serde_json::from_str(&said(&mut cargo)).unwrap();
    let packages = metadata["packages"].as_array().unwrap().clone();
    assert!(packages.len() > 50, "{}", packages.len());
    packages
}

fn is_ours(package: &Value) -> bool {
    package["source"].is_null()
}

/// Whether a licence expression (SPDX) can be met by the licences above. An exception only gives more.
fn is_met(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut tokens: Vec<&str> = spaced.split_whitespace().rev().collect();
    let met = either(&mut tokens);
    assert!(tokens.is_empty(), "{expression}");
    met
}

fn either(tokens: &mut Vec<&str>) -> bool {
    let mut met = both(tokens);
    while tokens.last() == Some(&"OR") {
        tokens.pop();
        met |= both(tokens);
    }
    met
}

fn both(tokens: &mut Vec<&str>) -> bool {
    let mut met = one(tokens);
    while tokens.last() == Some(&"AND") {
        tokens.pop();
        met &= one(tokens);
    }
    met
}

fn one(tokens: &mut Vec<&str>) -> bool {
    let token = tokens.pop().unwrap();
    if token == "(" {
        let met = either(tokens);
        assert_eq!(tokens.pop(), Some(")"));
        return met;
    }
    if tokens.last() == Some(&"WITH") {
        tokens.truncate(tokens.len() - 2);
    }
    LICENCES.contains(&token)
}

#[test]
fn licences_are_read_as_written() {
    assert!(is_met("MIT/Apache-2.0") && is_met("(GPL-3.0 OR MIT) AND BSD-3-Clause"));
    assert!(is_met("Apache-2.0 WITH LLVM-exception OR GPL-3.0"));
    assert!(!is_met("MIT AND GPL-3.0") && !is_met("(MIT AND GPL-3.0) OR MPL-2.0"));
}

#[test]
fn everything_may_be_used_and_passed_on() {
    let refused: Vec<_> = packages()
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_met))
        .map(|package| format!("{}: {}", package["name"], package["license"]))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn everything_is_ours_or_comes_from_the_registry() {
    for package in packages().iter().filter(|package| !is_ours(package)) {
        let source = package["source"].as_str().unwrap();
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{}", package["name"]);
    }
}

#[test]
fn nothing_asks_for_a_newer_rust_than_we_say() {
    let number =
        |version: &str| -> Vec<u32> { version.split('.').map(|part| part.parse().unwrap()).collect() };
    let packages = packages();
    let ours = packages.iter().find(|package| package["name"] == "quotable").unwrap();
    let ours = number(ours["rust_version"].as_str().unwrap());
    for package in &packages {
        if let Some(asked) = package["rust_version"].as_str() {
            assert!(number(asked) <= [&ours[..], &[0]].concat(), "{} asks for {asked}", package["name"]);
        }
    }
}

#[test]
fn every_crate_of_ours_forbids_unsafe_code() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    let packages = packages();
    let ours: Vec<_> = packages.iter().filter(|package| is_ours(package)).collect();
    assert!(ours.len() >= 8, "{}", ours.len());
    for package in ours {
        let manifest = fs::read_to_string(package["manifest_path"].as_str().unwrap()).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true\n"), "{} has lints of its own", package["name"]);
        assert!(manifest.contains("rust-version.workspace = true\n"), "{}", package["name"]);
    }
}
