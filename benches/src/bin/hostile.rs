//! Runs the command on hostile files, and tells whether they crash it, fill its memory or delay it.
//!
//! ```sh
//! cargo run -p quotable-benches --bin hostile -- QUOTABLE GOOD_FILES OUT [--corrupted 300] [--scale 10] [--seed 1]
//! ```
//!
//! Writes every crafted file, and corrupted copies of good files, to a new folder OUT. The command then indexes them as
//! it would any folder, lists what it could not read, and answers a search. The exit status is 0 if nothing crashed.

#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use quotable_benches::cli::{SeedOption, run_trial};
use quotable_benches::error::Result;
use quotable_benches::files::load_files;
use quotable_benches::memory::{MemoryMonitor, PeakMemory};
use quotable_testkit::{CorruptedFiles, TestFile, crafted_files};
use serde_json::Value;

/// Runs the command on hostile files.
#[derive(Parser)]
struct Arguments {
    /// The built command `quotable`
    quotable: PathBuf,
    /// Folder of good files, to be corrupted
    good_files: PathBuf,
    /// New folder for the hostile files and their index
    out: PathBuf,
    /// Number of corrupted files
    #[arg(long, default_value_t = 300)]
    corrupted: usize,
    /// Scale of the crafted files: 1 is quick, 100 attacks in earnest
    #[arg(long, default_value_t = 10)]
    scale: usize,
    #[command(flatten)]
    seed: SeedOption,
}

fn main() -> ExitCode {
    run_trial(|arguments: Arguments| {
        let files = write_hostile_files(&arguments)?;
        let trial = Trial { quotable: arguments.quotable, out: arguments.out };
        let crashes = trial.run(&files)?;
        println!("\n{crashes} crashes");
        Ok(crashes == 0)
    })
}

/// Writes the hostile files. Fails if OUT exists.
fn write_hostile_files(arguments: &Arguments) -> Result<Vec<TestFile>> {
    let folder = arguments.out.join("corpus");
    fs::create_dir(&arguments.out)?;
    fs::create_dir(&folder)?;
    let mut files = crafted_files(arguments.scale);
    let corrupted = CorruptedFiles::new(load_files(&arguments.good_files)?, arguments.seed.seed);
    files.extend(corrupted.take(arguments.corrupted));
    for file in &mut files {
        // The names alone are needed from here on; the content can be large.
        fs::write(folder.join(&file.name), std::mem::take(&mut file.bytes))?;
    }
    Ok(files)
}

/// A file that the command could not read.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Failure {
    kind: String,
    message: String,
    path: String,
}

struct Trial {
    quotable: PathBuf,
    out: PathBuf,
}

impl Trial {
    /// Indexes, indexes again, and counts. Returns the number of crashes.
    fn run(&self, files: &[TestFile]) -> Result<usize> {
        let start = Instant::now();
        let (indexed, memory) = self.run_command(&["index"])?;
        let took = start.elapsed();
        let failures = self.failures()?;
        print_by_format(files, &failures);
        println!("\nindexed in {:.1} s; {}", took.as_secs_f64(), indexed.status);
        println!("peak memory: {} MiB, of a worker {} MiB", memory.own >> 20, memory.child >> 20);
        let start = Instant::now();
        let (indexed_again, _) = self.run_command(&["index"])?;
        let took = start.elapsed();
        println!("again, with nothing changed, in {:.1} s; {}", took.as_secs_f64(), indexed_again.status);
        let (counted, memory) =
            self.run_command(&["count", "gate OR a* OR 1*", "--by", "report", "--format", "csv"])?;
        println!("a count over all files; {}; peak memory {} MiB", counted.status, memory.own >> 20);
        let has_crashed = |output: &&Output| {
            String::from_utf8_lossy(&output.stderr).contains("panicked")
                || !matches!(output.status.code(), Some(0 | 1))
        };
        let mut crashes = [indexed, indexed_again, counted].iter().filter(has_crashed).count();
        for Failure { kind, message, path } in &failures {
            if kind == "crashed" || kind == "over-budget" {
                println!("{kind}: {path}: {message}");
            }
            crashes += usize::from(kind == "crashed");
        }
        Ok(crashes)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.quotable);
        command.args(arguments).arg(self.out.join("corpus")).arg("--index").arg(self.out.join("index"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the command and samples its memory.
    fn run_command(&self, arguments: &[&str]) -> Result<(Output, PeakMemory)> {
        let child = self.command(arguments).spawn()?;
        let monitor = MemoryMonitor::start(child.id(), Duration::from_millis(5));
        let output = child.wait_with_output()?;
        Ok((output, monitor.stop()))
    }

    fn failures(&self) -> Result<BTreeSet<Failure>> {
        let output =
            self.command(&["reports", "--problems", "--no-refresh", "--format", "jsonl"]).output()?;
        let mut failures = BTreeSet::new();
        for line in String::from_utf8(output.stdout)?.lines() {
            let record: Value = serde_json::from_str(line)?;
            let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
            let failure = &record["failure"];
            if failure.is_object() {
                failures.insert(Failure {
                    kind: text(&failure["kind"]),
                    message: text(&failure["message"]),
                    path: text(&record["path"]),
                });
            }
        }
        Ok(failures)
    }
}

/// Prints how many files of each format were read, and why the others were not.
fn print_by_format(files: &[TestFile], failures: &BTreeSet<Failure>) {
    let mut formats: BTreeMap<&str, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for file in files {
        formats.entry(file.extension()).or_default().0 += 1;
    }
    for Failure { kind, path, .. } in failures {
        let extension = Path::new(path).extension().and_then(|extension| extension.to_str());
        *formats.entry(extension.unwrap_or_default()).or_default().1.entry(kind).or_default() += 1;
    }
    println!("| format | files | read | not read, by reason |");
    println!("|---|---|---|---|");
    for (format, (files, kinds)) in &formats {
        let reasons: Vec<_> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let read = files.saturating_sub(kinds.values().sum());
        println!("| {format} | {files} | {read} | {} |", reasons.join(", "));
    }
}
