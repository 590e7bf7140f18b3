//! The whole command for one query over an unchanged folder, beside the least program over raw tantivy.
//!
//! ```sh
//! cargo build --release -p quotable-cli
//! cargo build --release -p quotable-benches --bins
//! cargo run --release -p quotable-benches --bin process -- QUOTABLE [PARAGRAPHS,…]
//! ```
//!
//! `QUOTABLE` is the command. 30,000 and 300,000 paragraphs unless said, as Markdown files; the command looks at all of
//! them for changes before it answers, and once with `--no-refresh`. The programs take turns: warm, with all in memory,
//! and cold, the files of the index dropped from memory before each (programs and folder lists stay).

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use quotable_benches::clock::{Moment, median_and_spread};
use quotable_benches::engines::machine::forget;
use quotable_benches::engines::{Outcome, raw};
use quotable_benches::generate::{Corpus, markdown};

/// How often each program runs warm.
const WARM: u32 = 20;
/// How often each program runs cold.
const COLD: u32 = 7;
/// Seed of the corpora.
const SEED: u64 = 1;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(quotable) = arguments.first() else {
        eprintln!("usage: process QUOTABLE [PARAGRAPHS,…]");
        return ExitCode::from(2);
    };
    let scales = arguments.get(1).map_or("30000,300000", String::as_str);
    let work = std::env::temp_dir().join(format!("quotable-process-{}", std::process::id()));
    match measure(quotable, scales, &work) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn measure(quotable: &str, scales: &str, work: &Path) -> Outcome<()> {
    println!(
        "| paragraphs | memory | query | program | clock ms, median | least | on a processor ms | of the floor |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for paragraphs in scales.split(',') {
        let measured = one(quotable, paragraphs.parse()?, work);
        std::fs::remove_dir_all(work)?;
        measured?;
    }
    Ok(())
}

/// A program, and the folders of what it reads.
struct Program {
    name: &'static str,
    command: Command,
    reads: PathBuf,
}

/// How long a program took by the clock, each time, and on a processor, all together.
type Times = (Vec<Duration>, Duration);

fn one(quotable: &str, paragraphs: u64, work: &Path) -> Outcome<()> {
    let (corpus, index, floor) = (work.join("corpus"), work.join("index"), work.join("floor"));
    for report in Corpus::new(SEED, paragraphs) {
        let path = corpus.join(&report.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, markdown(&report))?;
    }
    raw::build(&floor, &mut Corpus::new(SEED, paragraphs))?;
    run(Command::new(quotable).arg("index").arg(&corpus).arg("--index").arg(&index))?;
    let least = std::env::current_exe()?.with_file_name("floor");
    for query in ["unallocated", "\"care leavers\"", "\"of the\""] {
        let ours = |name, more: &[&str]| {
            let mut command = Command::new(quotable);
            command.args(["search", query]).arg(&corpus).arg("--index").arg(&index).args(more);
            Program { name, command, reads: index.clone() }
        };
        let mut command = Command::new(&least);
        command.arg(&floor).arg(query);
        let mut programs = [
            ours("quotable search", &[]),
            ours("quotable search --no-refresh", &["--no-refresh"]),
            Program { name: "tantivy alone", command, reads: floor.clone() },
        ];
        for (state, rounds) in [("warm", WARM), ("cold", COLD)] {
            let Some(times) = in_turn(&mut programs, rounds, state == "cold")? else {
                eprintln!("LEFT OUT, cold: what the system holds of a file cannot be dropped here");
                continue;
            };
            let what = format!("{paragraphs} | {state} | `{query}`");
            print(&what, &programs, &times);
        }
    }
    Ok(())
}

/// How long each program took each time; `None` if files cannot be dropped from memory.
fn in_turn(programs: &mut [Program], rounds: u32, cold: bool) -> Outcome<Option<Vec<Times>>> {
    let mut all = vec![(Vec::new(), Duration::ZERO); programs.len()];
    for _ in 0..rounds {
        for (program, (clock, processor)) in programs.iter_mut().zip(&mut all) {
            if cold && !forget(&program.reads) {
                return Ok(None);
            }
            let start = Moment::now();
            run(&mut program.command)?;
            let spent = start.spent();
            clock.push(spent.clock);
            *processor += spent.children;
        }
    }
    Ok(Some(all))
}

fn print(what: &str, programs: &[Program], times: &[Times]) {
    let medians: Vec<_> = times.iter().filter_map(|(clock, _)| median_and_spread(clock)).collect();
    let floor = medians.last().map_or(0.0, |(median, ..)| median.as_secs_f64());
    let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
    for ((program, (median, least, _)), (clock, processor)) in programs.iter().zip(medians).zip(times) {
        println!(
            "| {what} | {} | {:.1} | {:.1} | {:.1} | {:.2} |",
            program.name,
            milliseconds(median),
            milliseconds(least),
            milliseconds(*processor) / clock.len() as f64,
            median.as_secs_f64() / floor
        );
    }
}

fn run(command: &mut Command) -> Outcome<()> {
    let status = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
    // As with grep, 1 is nothing found.
    if status.code().is_none_or(|code| code > 1) {
        Err(format!("{command:?}: {status}").into())
    } else {
        Ok(())
    }
}
