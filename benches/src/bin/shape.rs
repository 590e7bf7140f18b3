//! Prints the shape of the reports of a folder beside that of a generated corpus of as many paragraphs.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin shape -- FOLDER [SEED]
//! ```
//!
//! Nothing but numbers comes out of it.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use quotable::read::{Budget, Readers};
use quotable::report::Report;
use quotable_benches::files::files;
use quotable_benches::generate::Corpus;
use quotable_benches::shape::Shape;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: shape FOLDER [SEED]");
        return ExitCode::from(2);
    };
    let seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    match compare(Path::new(&folder), seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn compare(folder: &Path, seed: u64) -> Result<(), Box<dyn Error>> {
    let readers = Readers::default();
    let (mut real, mut paragraphs) = (Shape::default(), 0);
    for path in files(folder)? {
        let Ok(document) = readers.read(&path, &std::fs::read(&path)?, &Budget::default()) else {
            eprintln!("not read: {}", path.display());
            continue;
        };
        let report = Report::from_document(&document, &path.to_string_lossy());
        paragraphs += report.paragraphs.iter().filter(|paragraph| paragraph.role.is_body()).count();
        real.add(&report);
    }
    let mut made = Shape::default();
    for report in Corpus::new(seed, paragraphs as u64) {
        made.add(&report);
    }
    println!("| | real | generated |\n|---|---|---|");
    let of_made = made.rows();
    for (name, value) in real.rows() {
        let other = of_made.iter().find(|(other, _)| *other == name);
        let other = other.map_or_else(String::new, |(_, value)| shown(*value));
        println!("| {name} | {} | {other} |", shown(value));
    }
    println!("\n| rank | share of text to there, real | generated |\n|---|---|---|");
    let of_made = made.ranks();
    for (rank, share) in real.ranks() {
        let other = of_made.iter().find(|(other, _)| *other == rank);
        println!("| {rank} | {share:.5} | {:.5} |", other.map_or(1.0, |(_, share)| *share));
    }
    Ok(())
}

fn shown(value: f64) -> String {
    if value.fract() == 0.0 { format!("{value}") } else { format!("{value:.2}") }
}
