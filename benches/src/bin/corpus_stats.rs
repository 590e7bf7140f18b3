//! Compares a folder of reports with a generated corpus of as many paragraphs.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin corpus_stats -- FOLDER
//! ```
//!
//! Prints numbers alone, no text of the reports.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its results")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use quotable::read::{Budget, Readers};
use quotable::report::Report;
use quotable_benches::cli::{SeedOption, run};
use quotable_benches::corpus_stats::CorpusStats;
use quotable_benches::error::Result;
use quotable_benches::files::files_in;
use quotable_testkit::corpus::GeneratedReports;

/// Compares a folder of reports with a generated corpus of as many paragraphs.
#[derive(Parser)]
struct Arguments {
    /// Folder of reports
    folder: PathBuf,
    #[command(flatten)]
    seed: SeedOption,
}

fn main() -> ExitCode {
    run(|Arguments { folder, seed }| compare(&folder, seed.seed))
}

fn compare(folder: &Path, seed: u64) -> Result {
    let readers = Readers::default();
    let (mut real, mut paragraphs) = (CorpusStats::default(), 0);
    for path in files_in(folder)? {
        let Ok(document) = readers.read(&path, &std::fs::read(&path)?, &Budget::default()) else {
            eprintln!("not read: {}", path.display());
            continue;
        };
        let report = Report::from_document(&document, &path.to_string_lossy());
        paragraphs += report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()).count();
        real.add(&report);
    }
    let mut generated = CorpusStats::default();
    for report in GeneratedReports::new(seed, paragraphs as u64) {
        generated.add(&report);
    }
    println!("| | real | generated |\n|---|---|---|");
    let generated_rows = generated.rows();
    for (name, value) in real.rows() {
        let other = generated_rows.iter().find(|(other, _)| *other == name);
        let other = other.map_or_else(String::new, |(_, value)| shown(*value));
        println!("| {name} | {} | {other} |", shown(value));
    }
    println!("\n| rank | share of the text up to there, real | generated |\n|---|---|---|");
    let generated_shares = generated.cumulative_shares();
    for (rank, share) in real.cumulative_shares() {
        let other = generated_shares.iter().find(|(other, _)| *other == rank);
        println!("| {rank} | {share:.5} | {:.5} |", other.map_or(1.0, |(_, share)| *share));
    }
    Ok(())
}

fn shown(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value}") } else { format!("{value:.2}") }
}
