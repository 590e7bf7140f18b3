//! The latency of the whole command for one query over an unchanged folder, beside the least program on tantivy.
//!
//! ```sh
//! cargo build --release -p quotable-cli
//! cargo build --release -p quotable-benches --bins
//! cargo run --release -p quotable-benches --bin command_latency -- QUOTABLE [--paragraphs 30000,300000]
//! ```
//!
//! The corpus is generated, as Markdown files. The command checks all of them for changes before it answers, and is run
//! with `--no-refresh` too. The programs take turns: first warm, with everything in the page cache, then cold, with the
//! files of the index dropped from it before each run. Programs and folder listings stay in the cache.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its results")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use clap::Parser;
use quotable_benches::cli::{SeedOption, run};
use quotable_benches::clock::Stopwatch;
use quotable_benches::corpus::write_generated_markdown;
use quotable_benches::engines::tantivy_engine;
use quotable_benches::error::Result;
use quotable_benches::files::drop_from_page_cache;
use quotable_benches::measurement::{Measurement, append_csv};
use quotable_benches::stats::Spread;
use quotable_testkit::corpus::GeneratedReports;

const WARM_ROUNDS: u32 = 20;
const COLD_ROUNDS: u32 = 7;

/// Measures the latency of the whole command for one query over an unchanged folder.
#[derive(Parser)]
struct Arguments {
    /// The built command `quotable`
    quotable: PathBuf,
    /// Sizes of the corpora in paragraphs, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "30000,300000")]
    paragraphs: Vec<u64>,
    #[command(flatten)]
    seed: SeedOption,
    /// Append the measurements to this CSV file
    #[arg(long)]
    csv: Option<PathBuf>,
}

fn main() -> ExitCode {
    run(measure)
}

fn measure(arguments: Arguments) -> Result {
    println!(
        "| paragraphs | page cache | query | program | wall ms, median | min | CPU ms | ratio to tantivy |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for &paragraphs in &arguments.paragraphs {
        let measurements = measure_corpus(&arguments, paragraphs)?;
        if let Some(csv) = &arguments.csv {
            append_csv(csv, &measurements)?;
        }
    }
    Ok(())
}

/// A program for one query.
struct Program {
    name: &'static str,
    command: Command,
    /// The folder to drop from the page cache before a cold run.
    index: PathBuf,
}

/// The runs of one program.
#[derive(Default)]
struct Runs {
    wall: Vec<Duration>,
    /// CPU time of all runs together: its resolution is too coarse for one.
    cpu: Duration,
}

fn measure_corpus(arguments: &Arguments, paragraphs: u64) -> Result<Vec<Measurement>> {
    let work = tempfile::tempdir()?;
    let (corpus, index) = (work.path().join("corpus"), work.path().join("index"));
    let baseline = work.path().join("tantivy");
    let seed = arguments.seed.seed;
    write_generated_markdown(&corpus, seed, paragraphs)?;
    tantivy_engine::build(&baseline, &mut GeneratedReports::new(seed, paragraphs))?;
    execute(Command::new(&arguments.quotable).arg("index").arg(&corpus).arg("--index").arg(&index))?;
    let mut measurements = Vec::new();
    for query in ["unallocated", "\"care leavers\"", "\"of the\""] {
        let mut programs = programs(&arguments.quotable, query, &corpus, &index, &baseline)?;
        for (page_cache, rounds) in [("warm", WARM_ROUNDS), ("cold", COLD_ROUNDS)] {
            let Some(runs) = run_in_turn(&mut programs, rounds, page_cache == "cold")? else {
                eprintln!("WITHOUT cold runs: files cannot be dropped from the page cache here");
                continue;
            };
            print(&format!("{paragraphs} | {page_cache} | `{query}`"), &programs, &runs);
            for (program, runs) in programs.iter().zip(&runs) {
                let row = |figure: &str, values| Measurement {
                    engine: program.name.to_owned(),
                    corpus: (paragraphs, "paragraphs"),
                    kind: format!("command, {page_cache}"),
                    query: query.to_owned(),
                    figure: figure.to_owned(),
                    unit: "ms",
                    values,
                    fault: String::new(),
                };
                measurements.push(row("wall", Spread::of(runs.wall.iter().copied().map(millis))));
                measurements.push(row("CPU", Some(Spread::single(runs.mean_cpu()))));
            }
        }
    }
    Ok(measurements)
}

/// The programs under measurement; the baseline is the last.
fn programs(
    quotable: &Path,
    query: &str,
    corpus: &Path,
    index: &Path,
    baseline: &Path,
) -> Result<[Program; 3]> {
    let quotable = |name, more: &[&str]| {
        let mut command = Command::new(quotable);
        command.args(["search", query]).arg(corpus).arg("--index").arg(index).args(more);
        Program { name, command, index: index.to_owned() }
    };
    let mut tantivy_search = Command::new(std::env::current_exe()?.with_file_name("tantivy_search"));
    tantivy_search.arg(baseline).arg(query);
    Ok([
        quotable("quotable search", &[]),
        quotable("quotable search --no-refresh", &["--no-refresh"]),
        Program { name: "tantivy", command: tantivy_search, index: baseline.to_owned() },
    ])
}

/// Runs the programs in turn; `None` if files cannot be dropped from the page cache.
fn run_in_turn(programs: &mut [Program], rounds: u32, is_cold: bool) -> Result<Option<Vec<Runs>>> {
    let mut all_runs: Vec<Runs> = programs.iter().map(|_| Runs::default()).collect();
    for _ in 0..rounds {
        for (program, runs) in programs.iter_mut().zip(&mut all_runs) {
            if is_cold && !drop_from_page_cache(&program.index) {
                return Ok(None);
            }
            let stopwatch = Stopwatch::start();
            execute(&mut program.command)?;
            let elapsed = stopwatch.elapsed();
            runs.wall.push(elapsed.wall);
            runs.cpu += elapsed.children_cpu;
        }
    }
    Ok(Some(all_runs))
}

impl Runs {
    /// Mean CPU time of a run, in milliseconds.
    fn mean_cpu(&self) -> f64 {
        millis(self.cpu) / self.wall.len() as f64
    }
}

fn print(heading: &str, programs: &[Program], runs: &[Runs]) {
    let walls: Vec<_> =
        runs.iter().filter_map(|runs| Spread::of(runs.wall.iter().copied().map(millis))).collect();
    let baseline = walls.last().map_or(0.0, |wall| wall.median);
    for ((program, wall), runs) in programs.iter().zip(walls).zip(runs) {
        println!(
            "| {heading} | {} | {:.1} | {:.1} | {:.1} | {:.2} |",
            program.name,
            wall.median,
            wall.min,
            runs.mean_cpu(),
            wall.median / baseline
        );
    }
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn execute(command: &mut Command) -> Result {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    // As with grep, status 1 means that nothing was found.
    if status.code().is_none_or(|code| code > 1) {
        Err(format!("{command:?}: {status}").into())
    } else {
        Ok(())
    }
}
