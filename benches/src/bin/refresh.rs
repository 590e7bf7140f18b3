//! The time of a refresh in which nothing, one file, or one file in a hundred has changed.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin refresh -- [FILES]
//! ```
//!
//! Writes small files, indexes them, and refreshes the index again and again, each time in its own process with a warm
//! page cache. A file is changed by one more paragraph at its end.

#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use clap::{Parser, Subcommand};
use quotable::Index;
use quotable_benches::cli::run;
use quotable_benches::clock::Stopwatch;
use quotable_benches::error::Result;
use quotable_benches::measurement::{Measurement, append_csv};
use quotable_benches::memory::own_peak_memory;
use quotable_benches::stats::Spread;
use quotable_testkit::corpus::{GeneratedReports, to_markdown};
use serde::{Deserialize, Serialize};

/// Refreshes after each kind of change.
const ROUNDS: u64 = 3;
/// Paragraphs in a file.
const PARAGRAPHS: usize = 4;

/// Measures a refresh in which nothing, one file, or one file in a hundred has changed.
#[derive(Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    /// Number of files
    #[arg(default_value_t = 100_000)]
    files: u64,
    /// Append the measurements to this CSV file
    #[arg(long)]
    csv: Option<PathBuf>,
    #[command(subcommand)]
    child: Option<Child>,
}

#[derive(Subcommand)]
enum Child {
    /// Refreshes an index once, in a process that does nothing else, and prints the cost as JSON
    #[command(hide = true)]
    Once { corpus: PathBuf, index: PathBuf },
}

/// The cost of one refresh.
#[derive(Serialize, Deserialize)]
struct RefreshCost {
    wall_seconds: f64,
    cpu_seconds: f64,
    /// Peak memory in MiB.
    peak: u64,
    /// What the refresh reports.
    summary: String,
}

fn main() -> ExitCode {
    run(|arguments: Arguments| match arguments.child {
        Some(Child::Once { corpus, index }) => {
            println!("{}", serde_json::to_string(&refresh_once(&corpus, &index)?)?);
            Ok(())
        }
        None => measure(arguments.files, arguments.csv.as_deref()),
    })
}

fn measure(files: u64, csv: Option<&Path>) -> Result {
    let work = tempfile::tempdir()?;
    let (corpus, index) = (work.path().join("corpus"), work.path().join("index"));
    write_files(files, &corpus)?;
    println!("| refresh of {files} files | wall s | CPU s | peak MiB | reported |\n|---|---|---|---|---|");
    let mut measurements = refresh_in_children("first indexing", 1, files, &corpus, &index, |_| Ok(()))?;
    let hundredth = (files / 100).max(1);
    for (change, changed) in
        [("nothing changed", 0), ("one file changed", 1), ("one file in a hundred changed", hundredth)]
    {
        measurements.extend(refresh_in_children(change, ROUNDS, files, &corpus, &index, |round| {
            (0..changed).try_for_each(|number| append(&file_path(&corpus, number * (files / changed)), round))
        })?);
    }
    match csv {
        Some(csv) => Ok(append_csv(csv, &measurements)?),
        None => Ok(()),
    }
}

/// Writes the files. One generated report yields many.
fn write_files(files: u64, corpus: &Path) -> Result {
    let mut written = 0;
    for mut report in GeneratedReports::new(1, u64::MAX) {
        let paragraphs = std::mem::take(&mut report.paragraphs);
        for chunk in paragraphs.chunks_exact(PARAGRAPHS).take((files - written) as usize) {
            report.paragraphs = chunk.to_vec();
            let path = file_path(corpus, written);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, to_markdown(&report))?;
            written += 1;
        }
        if written == files {
            break;
        }
    }
    Ok(())
}

fn file_path(corpus: &Path, number: u64) -> PathBuf {
    corpus.join(format!("{}/{number}.md", number / 1_000))
}

fn append(path: &Path, round: u64) -> Result {
    let mut file = OpenOptions::new().append(true).open(path)?;
    Ok(writeln!(file, "\nThe plan was changed again, for the {}th time.", round + 1)?)
}

/// Applies a change and refreshes the index in a child process, `rounds` times over.
fn refresh_in_children(
    name: &str,
    rounds: u64,
    files: u64,
    corpus: &Path,
    index: &Path,
    change: impl Fn(u64) -> Result,
) -> Result<Vec<Measurement>> {
    let mut costs: Vec<RefreshCost> = Vec::new();
    for round in 0..rounds {
        change(round)?;
        let output = Command::new(std::env::current_exe()?).arg("once").arg(corpus).arg(index).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        let cost: RefreshCost = serde_json::from_slice(&output.stdout)?;
        let RefreshCost { wall_seconds, cpu_seconds, peak, summary } = &cost;
        println!("| {name} | {wall_seconds:.2} | {cpu_seconds:.2} | {peak} | {summary} |");
        costs.push(cost);
    }
    let row = |figure: &str, unit, value: fn(&RefreshCost) -> f64| Measurement {
        engine: "quotable".to_owned(),
        corpus: (files, "files"),
        kind: "refresh".to_owned(),
        query: String::new(),
        figure: format!("{name}, {figure}"),
        unit,
        values: Spread::of(costs.iter().map(value)),
        fault: String::new(),
    };
    Ok(vec![
        row("wall", "s", |cost| cost.wall_seconds),
        row("CPU", "s", |cost| cost.cpu_seconds),
        row("peak memory", "MiB", |cost| cost.peak as f64),
    ])
}

fn refresh_once(corpus: &Path, index: &Path) -> Result<RefreshCost> {
    let stopwatch = Stopwatch::start();
    let refresh = Index::open_or_create(index)?.refresh(corpus)?;
    let elapsed = stopwatch.elapsed();
    Ok(RefreshCost {
        wall_seconds: elapsed.wall.as_secs_f64(),
        cpu_seconds: elapsed.own_cpu.as_secs_f64(),
        peak: own_peak_memory() >> 20,
        summary: refresh.to_string().replace('\n', "; "),
    })
}
