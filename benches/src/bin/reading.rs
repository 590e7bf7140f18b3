//! How fast files are read and understood on one thread, by format; for PDFs beside `pdftotext -layout`.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin reading -- FOLDER [ROUNDS]
//! ```
//!
//! Each round reads every file of the folder, then runs pdftotext on each PDF, if it is installed: so both run under the
//! same conditions. Times are CPU times; those of pdftotext include the start of its process.

#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use clap::Parser;
use quotable::read::{Budget, Readers};
use quotable::report::Report;
use quotable_benches::cli::run;
use quotable_benches::clock::Stopwatch;
use quotable_benches::error::Result;
use quotable_benches::files::files_in;
use quotable_benches::stats::{Spread, median};

/// Measures how fast files are read and understood, by format.
#[derive(Parser)]
struct Arguments {
    /// Folder of reports
    folder: PathBuf,
    /// Number of rounds
    #[arg(default_value_t = 5)]
    rounds: usize,
}

fn main() -> ExitCode {
    run(|Arguments { folder, rounds }| measure(&folder, rounds))
}

/// The files of one format.
#[derive(Default)]
struct Format {
    files: u32,
    failed: u32,
    bytes: u64,
    pages: u64,
    paragraphs: u64,
    /// Seconds to read all files, for each round.
    read: Vec<f64>,
    /// Seconds to understand all documents, for each round.
    understand: Vec<f64>,
    /// Seconds that pdftotext takes, for each round.
    pdftotext: Vec<f64>,
}

fn measure(folder: &Path, rounds: usize) -> Result {
    let paths = files_in(folder)?;
    let readers = Readers::default();
    let mut formats: BTreeMap<String, Format> = BTreeMap::new();
    for _ in 0..rounds.max(1) {
        for (extension, paths) in by_extension(&paths) {
            let is_pdf = extension == "pdf";
            let format = formats.entry(extension).or_default();
            read_all(&paths, &readers, format)?;
            if is_pdf {
                format.pdftotext.extend(pdftotext(&paths).map(|time| time.as_secs_f64()));
            }
        }
    }
    print(&formats);
    Ok(())
}

fn by_extension(paths: &[PathBuf]) -> BTreeMap<String, Vec<&Path>> {
    let mut by_extension: BTreeMap<String, Vec<&Path>> = BTreeMap::new();
    for path in paths {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        by_extension.entry(extension.unwrap_or_default()).or_default().push(path);
    }
    by_extension
}

/// Reads all files, then understands all documents. The two are timed as a whole, not file by file: the resolution of
/// the clock is coarse.
fn read_all(paths: &[&Path], readers: &Readers, format: &mut Format) -> Result {
    // The counts are the same in every round: keep those of the last.
    (format.files, format.failed, format.bytes, format.pages, format.paragraphs) = Default::default();
    let mut files = Vec::new();
    for path in paths {
        let bytes = std::fs::read(path)?;
        format.bytes += bytes.len() as u64;
        files.push((*path, bytes));
    }
    let stopwatch = Stopwatch::start();
    let documents: Vec<_> =
        files.iter().map(|(path, bytes)| readers.read(path, bytes, &Budget::default())).collect();
    format.read.push(stopwatch.elapsed().own_cpu.as_secs_f64());
    let stopwatch = Stopwatch::start();
    for ((path, _), document) in files.iter().zip(&documents) {
        format.files += 1;
        let Ok(document) = document else {
            format.failed += 1;
            continue;
        };
        let report = Report::from_document(document, &path.to_string_lossy());
        format.pages += u64::from(report.pages);
        format.paragraphs += report.paragraphs.len() as u64;
    }
    format.understand.push(stopwatch.elapsed().own_cpu.as_secs_f64());
    Ok(())
}

/// CPU time of pdftotext on all files; `None` if it is not installed.
fn pdftotext(paths: &[&Path]) -> Option<Duration> {
    let stopwatch = Stopwatch::start();
    for path in paths {
        let mut command = Command::new("pdftotext");
        command.arg("-layout").arg(path).arg("-").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().ok()?;
    }
    Some(stopwatch.elapsed().children_cpu)
}

fn print(formats: &BTreeMap<String, Format>) {
    println!("| format | files | failed | MB | pages | paragraphs | read s | understand s | pages/s |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for (extension, format) in formats {
        let read = median(format.read.iter().copied()).unwrap_or_default();
        let understand = median(format.understand.iter().copied()).unwrap_or_default();
        println!(
            "| {extension} | {} | {} | {:.1} | {} | {} | {read:.2} | {understand:.2} | {:.0} |",
            format.files,
            format.failed,
            format.bytes as f64 / 1e6,
            format.pages,
            format.paragraphs,
            format.pages as f64 / (read + understand).max(0.01),
        );
    }
    for format in formats.values() {
        let both = format.read.iter().zip(&format.understand).map(|(read, understand)| read + understand);
        let (Some(ours), Some(pdftotext)) = (Spread::of(both), Spread::of(format.pdftotext.iter().copied()))
        else {
            continue;
        };
        let seconds =
            |Spread { min, median, max, .. }: Spread| format!("median {median:.2} s ({min:.2} to {max:.2})");
        println!("\nPDFs, CPU time, {} rounds in turn:", ours.n);
        println!("  read and understand    {}", seconds(ours));
        println!("  pdftotext -layout      {}", seconds(pdftotext));
        println!("  pdftotext / ours       {:.2}", pdftotext.median / ours.median.max(0.01));
    }
}
