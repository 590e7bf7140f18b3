//! Writes a generated corpus as Markdown files.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin generate -- FOLDER PARAGRAPHS
//! ```

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use quotable_benches::cli::{SeedOption, run};
use quotable_benches::corpus::write_generated_markdown;

/// Writes a generated corpus as Markdown files.
#[derive(Parser)]
struct Arguments {
    /// Folder for the files
    folder: PathBuf,
    /// Number of paragraphs
    paragraphs: u64,
    #[command(flatten)]
    seed: SeedOption,
}

fn main() -> ExitCode {
    run(|Arguments { folder, paragraphs, seed }| {
        Ok(write_generated_markdown(&folder, seed.seed, paragraphs)?)
    })
}
