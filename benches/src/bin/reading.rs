//! How fast files are read and understood, on one thread, by format; for PDFs beside `pdftotext -layout`.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin reading -- FOLDER [ROUNDS]
//! ```
//!
//! Each round reads every file of the folder, then runs pdftotext, if it is installed, on each PDF, so that both
//! meet the same machine. What is compared is time on the processor, start of process included on its side.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use quotable::read::{Budget, Readers};
use quotable::report::Report;
use quotable_benches::clock::{Moment, median_and_spread};
use quotable_benches::files::files;

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(folder), rounds) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: reading FOLDER [ROUNDS]");
        return ExitCode::from(2);
    };
    let rounds = rounds.and_then(|rounds| rounds.to_str()?.parse().ok()).unwrap_or(5);
    match measure(Path::new(&folder), rounds) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// What the files of one format hold, and how long they took in each round.
#[derive(Default)]
struct Format {
    files: u32,
    failed: u32,
    bytes: u64,
    pages: u64,
    paragraphs: u64,
    reading: Vec<Duration>,
    understanding: Vec<Duration>,
    pdftotext: Vec<Duration>,
}

fn measure(folder: &Path, rounds: usize) -> Outcome<()> {
    let paths = files(folder)?;
    let readers = Readers::default();
    let mut formats: BTreeMap<String, Format> = BTreeMap::new();
    for _ in 0..rounds.max(1) {
        for format in formats.values_mut() {
            *format = Format {
                reading: std::mem::take(&mut format.reading),
                understanding: std::mem::take(&mut format.understanding),
                pdftotext: std::mem::take(&mut format.pdftotext),
                ..Format::default()
            };
        }
        for (name, paths) in by_extension(&paths) {
            let format = formats.entry(name.clone()).or_default();
            read_all(&paths, &readers, format)?;
            if name == "pdf" {
                format.pdftotext.extend(pdftotext(&paths));
            }
        }
    }
    print(&formats);
    Ok(())
}

fn by_extension(paths: &[PathBuf]) -> BTreeMap<String, Vec<&Path>> {
    let mut by: BTreeMap<String, Vec<&Path>> = BTreeMap::new();
    for path in paths {
        let name = path.extension().map(|name| name.to_string_lossy().to_lowercase());
        by.entry(name.unwrap_or_default()).or_default().push(path);
    }
    by
}

/// Reads files, then understands them: two stretches of time, and not one a file, since the clock is coarse.
fn read_all(paths: &[&Path], readers: &Readers, format: &mut Format) -> Outcome<()> {
    let mut sources = Vec::new();
    for path in paths {
        let bytes = std::fs::read(path)?;
        format.bytes += bytes.len() as u64;
        sources.push((*path, bytes));
    }
    let start = Moment::now();
    let documents: Vec<_> =
        sources.iter().map(|(path, bytes)| readers.read(path, bytes, &Budget::default())).collect();
    format.reading.push(start.spent().own);
    let start = Moment::now();
    for ((path, _), document) in sources.iter().zip(&documents) {
        format.files += 1;
        let Ok(document) = document else {
            format.failed += 1;
            continue;
        };
        let report = Report::from_document(document, &path.to_string_lossy());
        format.pages += u64::from(report.pages);
        format.paragraphs += report.paragraphs.len() as u64;
    }
    format.understanding.push(start.spent().own);
    Ok(())
}

/// How long pdftotext takes; `None` where it is not installed.
fn pdftotext(paths: &[&Path]) -> Option<Duration> {
    let start = Moment::now();
    for path in paths {
        let mut command = Command::new("pdftotext");
        command.arg("-layout").arg(path).arg("-").stdout(Stdio::null()).stderr(Stdio::null());
        command.status().ok()?;
    }
    Some(start.spent().children)
}

fn print(formats: &BTreeMap<String, Format>) {
    println!("| format | files | failed | MB | pages | paragraphs | read s | understand s | pages/s |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for (name, format) in formats {
        let (Some((read, ..)), Some((understood, ..))) =
            (median_and_spread(&format.reading), median_and_spread(&format.understanding))
        else {
            continue;
        };
        println!(
            "| {name} | {} | {} | {:.1} | {} | {} | {:.2} | {:.2} | {:.0} |",
            format.files,
            format.failed,
            format.bytes as f64 / 1e6,
            format.pages,
            format.paragraphs,
            read.as_secs_f64(),
            understood.as_secs_f64(),
            format.pages as f64 / (read + understood).as_secs_f64().max(0.01),
        );
    }
    for format in formats.values() {
        let whole: Vec<Duration> =
            format.reading.iter().zip(&format.understanding).map(|(a, b)| *a + *b).collect();
        let (Some(ours), Some(theirs)) = (median_and_spread(&whole), median_and_spread(&format.pdftotext))
        else {
            continue;
        };
        let seconds = |(median, least, most): (Duration, Duration, Duration)| {
            let [median, least, most] = [median, least, most].map(|time| time.as_secs_f64());
            format!("median {median:.2} s ({least:.2} to {most:.2})")
        };
        println!("\nPDFs, processor time, {} rounds in turn:", whole.len());
        println!("  ours, structure included   {}", seconds(ours));
        println!("  pdftotext -layout          {}", seconds(theirs));
        println!(
            "  pdftotext / ours           {:.2}",
            theirs.0.as_secs_f64() / ours.0.as_secs_f64().max(0.01)
        );
    }
}
