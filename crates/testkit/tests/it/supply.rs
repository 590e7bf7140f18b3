//! Checks licences, sources and Rust versions of all dependencies, as `cargo metadata` lists them. `.cargo/deny.toml` has
//! the same rules for cargo-deny.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The allowed licences. Keep in step with `.cargo/deny.toml`.
const LICENCES: [&str; 7] =
    ["0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "Unicode-3.0", "Zlib"];

/// Packages with licences of their own. Keep in step with `exceptions` in `.cargo/deny.toml`.
const EXCEPTIONS: [(&str, &str); 1] = [("tiny-keccak", "CC0-1.0")];

fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

fn stdout_of(command: &mut Command) -> String {
    let output = command.current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every package compiled on this platform, for tests and benches too. `--locked` asserts that the lock file is complete.
///
/// A machine that has only run the tests lacks the packages of `crates/python`, which is no default member: they are downloaded
/// then. `None`, with a message, on one that is cut off from the network too.
fn packages() -> Option<Vec<Value>> {
    let version = stdout_of(Command::new("rustc").arg("-vV"));
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let metadata = |more: &[&str]| {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--format-version", "1", "--locked", "--filter-platform", host]).args(more);
        cargo.current_dir(root()).output().unwrap()
    };
    let output =
        [["--offline"].as_slice(), &[]].into_iter().map(metadata).find(|output| output.status.success());
    let Some(output) = output else {
        // The lock file is at fault if the packages that are here do not fit it.
        let output = metadata(&["--offline"]);
        let message = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(message.contains("--offline was specified"), "{message}");
        let message =
            b"SKIPPED: some packages are neither here nor can be downloaded: licences were not checked\n";
        std::io::stderr().write_all(message).unwrap();
        return None;
    };
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap().clone();
    assert!(packages.len() > 50, "{}", packages.len());
    Some(packages)
}

fn in_workspace(package: &Value) -> bool {
    package["source"].is_null()
}

/// True if an SPDX licence expression can be satisfied by [`LICENCES`]. Exceptions (`WITH`) only grant more rights.
fn is_satisfied(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let mut tokens: Vec<&str> = spaced.split_whitespace().rev().collect();
    let satisfied = any_of(&mut tokens);
    assert!(tokens.is_empty(), "{expression}");
    satisfied
}

fn any_of(tokens: &mut Vec<&str>) -> bool {
    let mut satisfied = all_of(tokens);
    while tokens.last() == Some(&"OR") {
        tokens.pop();
        satisfied |= all_of(tokens);
    }
    satisfied
}

fn all_of(tokens: &mut Vec<&str>) -> bool {
    let mut satisfied = licence(tokens);
    while tokens.last() == Some(&"AND") {
        tokens.pop();
        satisfied &= licence(tokens);
    }
    satisfied
}

fn licence(tokens: &mut Vec<&str>) -> bool {
    let token = tokens.pop().unwrap();
    if token == "(" {
        let satisfied = any_of(tokens);
        assert_eq!(tokens.pop(), Some(")"));
        return satisfied;
    }
    if tokens.last() == Some(&"WITH") {
        tokens.truncate(tokens.len() - 2);
    }
    LICENCES.contains(&token)
}

#[test]
fn licence_expressions_are_evaluated() {
    assert!(is_satisfied("MIT/Apache-2.0") && is_satisfied("(GPL-3.0 OR MIT) AND BSD-3-Clause"));
    assert!(is_satisfied("Apache-2.0 WITH LLVM-exception OR GPL-3.0"));
    assert!(!is_satisfied("MIT AND GPL-3.0") && !is_satisfied("(MIT AND GPL-3.0) OR MPL-2.0"));
}

#[test]
fn every_licence_is_allowed() {
    let Some(packages) = packages() else { return };
    let refused: Vec<_> = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(is_satisfied))
        .filter(|package| {
            !EXCEPTIONS
                .iter()
                .any(|(name, licence)| package["name"] == *name && package["license"] == *licence)
        })
        .map(|package| format!("{}: {}", package["name"], package["license"]))
        .collect();
    assert!(refused.is_empty(), "{refused:?}");
}

#[test]
fn every_dependency_comes_from_the_registry() {
    let Some(packages) = packages() else { return };
    for package in packages.iter().filter(|package| !in_workspace(package)) {
        let source = package["source"].as_str().unwrap();
        assert_eq!(source, "registry+https://github.com/rust-lang/crates.io-index", "{}", package["name"]);
    }
}

#[test]
fn no_dependency_needs_a_newer_rust() {
    let number =
        |version: &str| -> Vec<u32> { version.split('.').map(|part| part.parse().unwrap()).collect() };
    let Some(packages) = packages() else { return };
    let ours = packages.iter().find(|package| package["name"] == "quotable").unwrap();
    let ours = number(ours["rust_version"].as_str().unwrap());
    for package in &packages {
        if let Some(asked) = package["rust_version"].as_str() {
            // `1.92` and `1.92.0` are the same version.
            assert!(number(asked) <= [&ours[..], &[0]].concat(), "{} needs Rust {asked}", package["name"]);
        }
    }
}

#[test]
fn every_workspace_crate_forbids_unsafe_code() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("unsafe_code = \"forbid\""));
    let Some(packages) = packages() else { return };
    let ours: Vec<_> = packages.iter().filter(|package| in_workspace(package)).collect();
    assert!(ours.len() >= 8, "{}", ours.len());
    for package in ours {
        let manifest = fs::read_to_string(package["manifest_path"].as_str().unwrap()).unwrap();
        assert!(manifest.contains("rust-version.workspace = true\n"), "{}", package["name"]);
        if package["name"] == "quotable-python" {
            // The macros of PyO3 allow the unsafe code that they generate, which `forbid` would refuse.
            assert!(manifest.contains("unsafe_code = \"deny\""));
            continue;
        }
        assert!(
            manifest.contains("[lints]\nworkspace = true\n"),
            "{} does not use the lints of the workspace",
            package["name"]
        );
    }
}

#[test]
fn the_python_module_has_the_lints_of_the_workspace_and_no_unsafe_code_of_its_own() {
    let workspace = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let manifest = fs::read_to_string(root().join("crates/python/Cargo.toml")).unwrap();
    let tables = workspace.split_once("[workspace.lints.rust]").unwrap().1.split_once("[profile").unwrap().0;
    let lints = tables.lines().filter_map(|line| line.split_once(" = "));
    for (lint, level) in lints.filter(|(lint, _)| *lint != "unsafe_code") {
        let level = level.split(" #").next().unwrap();
        assert!(manifest.contains(&format!("\n{lint} = {level}\n")), "{lint}");
    }
    let mut files = vec![root().join("crates/python/src")];
    let mut sources = 0;
    while let Some(file) = files.pop() {
        if file.is_dir() {
            files.extend(fs::read_dir(file).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let source = fs::read_to_string(&file).unwrap();
        assert!(!source.contains("unsafe"), "{}", file.display());
        sources += 1;
    }
    assert!(sources > 10, "nothing was read");
}
