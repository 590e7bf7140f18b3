//! The readers on whole files: the sample corpus, and hostile files.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod columns;
mod drawn;
mod hostile;
mod made_pdf;
mod page_and_tree;
mod position;
mod preflight;
mod sample;

use std::path::{Path, PathBuf};

/// The folder of the sample corpus.
fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus")
}

/// The bytes of a sample report, by the end of its path.
fn sample(name: &str) -> Vec<u8> {
    let path = corpus().join("reports").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
