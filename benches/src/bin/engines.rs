//! Runs the same queries on this library and on other engines, over the same paragraphs.
//!
//! ```sh
//! cargo run --release -p quotable-benches --features sqlite --bin engines -- \
//!     [--reports FOLDER] [--scales 1,10] [--seed 1] [--out benches] [--name NAME] [--note TEXT]
//! ```
//!
//! Writes `OUT/runs/<day>-<machine>-<name>.md` with all tables, `.csv` with all measurements and `.svg`, a picture of the
//! ratios, and puts the short table into `OUT/README.md`. Every index is built by its own process, so that its peak memory is its own. Queries go to the
//! engines in turn, in a process that has read no reports, several times; times are CPU times. The pure matcher of the query crate judges every answer: the time
//! of a wrong one does not count.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its results")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, Subcommand};
use quotable_benches::cli::{SeedOption, run};
use quotable_benches::corpus::CorpusSource;
use quotable_benches::engines::measure::{build, compare, measure};
use quotable_benches::error::Result;
use quotable_benches::machine::Machine;
use quotable_benches::measurement::append_csv;
use quotable_benches::results::{Run, details, headlines, overview, picture, today};

/// Runs the same queries on this library and on other engines, over the same paragraphs.
#[derive(Parser)]
#[command(args_conflicts_with_subcommands = true)]
struct Arguments {
    /// Folder of real reports; without it the corpus is generated
    #[arg(long)]
    reports: Option<PathBuf>,
    /// Sizes of the corpus as multiples of 1x, separated by commas, the smallest first
    #[arg(long, value_delimiter = ',', default_value = "1,10")]
    scales: Vec<u64>,
    #[command(flatten)]
    seed: SeedOption,
    /// Folder of `runs/` and `README.md`
    #[arg(long, default_value = "benches")]
    out: PathBuf,
    /// Name of the run in its file names; the README is not updated then
    #[arg(long)]
    name: Option<String>,
    /// Remark for readers of the tables
    #[arg(long, default_value = "")]
    note: String,
    #[command(subcommand)]
    child: Option<Child>,
}

#[derive(Subcommand)]
enum Child {
    /// Builds one index, in a process that does nothing else, and prints the cost as JSON
    #[command(hide = true)]
    Build { engine: String, folder: PathBuf, corpus: PathBuf },
    /// Compares the engines on one corpus, in a process that has read no reports, and prints the results as JSON
    #[command(hide = true)]
    Compare { work: PathBuf, scale: u64 },
}

fn main() -> ExitCode {
    run(|arguments: Arguments| match &arguments.child {
        Some(Child::Build { engine, folder, corpus }) => {
            println!("{}", serde_json::to_string(&build(engine, folder, corpus)?)?);
            Ok(())
        }
        Some(Child::Compare { work, scale }) => {
            let start = Instant::now();
            let log = |message: &str| eprintln!("{:>6.0} s  {message}", start.elapsed().as_secs_f64());
            println!("{}", serde_json::to_string(&compare(work, *scale, &log)?)?);
            Ok(())
        }
        None => run_engines(&arguments),
    })
}

fn run_engines(arguments: &Arguments) -> Result {
    let source = match &arguments.reports {
        None => CorpusSource::Generated,
        Some(folder) => {
            let (source, failed) = CorpusSource::read(folder)?;
            for path in failed {
                eprintln!("not read: {}", path.display());
            }
            source
        }
    };
    let mut scales = Vec::new();
    for &scale in &arguments.scales {
        eprintln!("{scale}x");
        let work = tempfile::tempdir()?;
        scales.push(measure(&source, scale, arguments.seed.seed, work.path())?);
    }
    let run = Run {
        day: today(),
        machine: Machine::this(),
        note: arguments.note.clone(),
        corpus: source.kind(),
        seed: arguments.seed.seed,
        scales,
    };
    write(&run, arguments)
}

/// Writes the Markdown and CSV files of a run, and updates the README.
fn write(run: &Run, arguments: &Arguments) -> Result {
    let kind = run.corpus.name();
    let name = run.file_name(arguments.name.as_deref().unwrap_or(kind));
    let runs = arguments.out.join("runs");
    std::fs::create_dir_all(&runs)?;
    let overview = overview(run);
    std::fs::write(runs.join(format!("{name}.md")), format!("{overview}\n{}", details(run)))?;
    let csv = runs.join(format!("{name}.csv"));
    // A second run of the same day replaces the first.
    if csv.exists() {
        std::fs::remove_file(&csv)?;
    }
    append_csv(&csv, &run.measurements())?;
    std::fs::write(runs.join(format!("{name}.svg")), picture(run))?;
    println!("{overview}");
    if arguments.name.is_some() {
        return Ok(());
    }
    let links = format!(
        "![Ratios to tantivy alone](runs/{name}.svg)\n\n[Every class of query](runs/{name}.md), and [every \
         measurement](runs/{name}.csv).\n"
    );
    update_readme(&arguments.out.join("README.md"), kind, &format!("{}\n{links}", headlines(run)))
}

/// Replaces the text between the comments `<!-- KIND -->` and `<!-- end of KIND -->` of the README, if there are any.
fn update_readme(path: &Path, kind: &str, text: &str) -> Result {
    let (open, close) = (format!("<!-- {kind} -->\n"), format!("<!-- end of {kind} -->"));
    let Ok(readme) = std::fs::read_to_string(path) else { return Ok(()) };
    let (Some(start), Some(end)) = (readme.find(&open), readme.find(&close)) else { return Ok(()) };
    let (before, after) = (&readme[..start + open.len()], &readme[end..]);
    Ok(std::fs::write(path, format!("{before}\n{text}\n{after}"))?)
}
