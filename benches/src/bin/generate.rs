//! Writes a generated corpus as Markdown files.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin generate -- FOLDER PARAGRAPHS [SEED]
//! ```

#![allow(clippy::print_stderr, reason = "a program of measurement says how it goes")]

use std::path::Path;
use std::process::ExitCode;

use quotable_benches::generate::{Corpus, markdown};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.replace('_', "").parse::<u64>().ok());
    let (Some(folder), Some(paragraphs)) = (arguments.first(), number(1)) else {
        eprintln!("usage: generate FOLDER PARAGRAPHS [SEED]");
        return ExitCode::from(2);
    };
    match write(Path::new(folder), number(2).unwrap_or(1), paragraphs) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(folder: &Path, seed: u64, paragraphs: u64) -> std::io::Result<()> {
    for report in Corpus::new(seed, paragraphs) {
        let path = folder.join(&report.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, markdown(&report))?;
    }
    Ok(())
}
