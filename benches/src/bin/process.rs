//! The whole command for one query over an unchanged folder, beside the least program over raw tantivy.
//!
//! ```sh
//! cargo build --release -p quotable-cli
//! cargo run --release -p quotable-benches --bin process -- QUOTABLE [PARAGRAPHS]
//! ```
//!
//! `QUOTABLE` is the command. 30,000 paragraphs unless said, as Markdown files; the command looks at all of them for
//! changes before it answers, and once with `--no-refresh`. The programs take turns.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::Duration;

use quotable_benches::clock::{Moment, median_and_spread};
use quotable_benches::engines::{Engine, Outcome, raw::Raw};
use quotable_benches::generate::{Corpus, markdown};

/// How often each program runs.
const ROUNDS: u32 = 30;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some(quotable) = arguments.first() else {
        eprintln!("usage: process QUOTABLE [PARAGRAPHS]");
        return ExitCode::from(2);
    };
    let paragraphs = arguments.get(1).and_then(|number| number.parse().ok()).unwrap_or(30_000);
    let work = std::env::temp_dir().join(format!("quotable-process-{}", std::process::id()));
    let outcome = measure(quotable, paragraphs, &work);
    match outcome.and_then(|()| Ok(std::fs::remove_dir_all(&work)?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn measure(quotable: &str, paragraphs: u64, work: &Path) -> Outcome<()> {
    let (corpus, floor) = (work.join("corpus"), work.join("floor"));
    for report in Corpus::new(1, paragraphs) {
        let path = corpus.join(&report.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, markdown(&report))?;
    }
    Raw::build(&floor, &mut Corpus::new(1, paragraphs))?;
    run(Command::new(quotable).arg("index").arg(&corpus))?;
    println!(
        "| query | program | clock ms, median | least | on a processor ms | of the floor |\n|---|---|---|---|---|---|"
    );
    let program = std::env::current_exe()?.with_file_name("floor");
    for query in ["unallocated", "\"care leavers\"", "\"of the\""] {
        let mut programs = [
            ("quotable search", Command::new(quotable)),
            ("quotable search --no-refresh", Command::new(quotable)),
            ("tantivy alone", Command::new(&program)),
        ];
        programs[0].1.args(["search", query]).arg(&corpus);
        programs[1].1.args(["search", "--no-refresh", query]).arg(&corpus);
        programs[2].1.arg(&floor).arg(query);
        let mut all = programs.each_ref().map(|_| (Vec::new(), Duration::ZERO));
        for _ in 0..ROUNDS {
            for ((_, program), (clock, processor)) in programs.iter_mut().zip(&mut all) {
                let start = Moment::now();
                run(program)?;
                let spent = start.spent();
                clock.push(spent.clock);
                *processor += spent.children;
            }
        }
        let floor = all[2].1.as_secs_f64();
        for ((name, _), (clock, processor)) in programs.iter().zip(&all) {
            let Some((median, least, _)) = median_and_spread(clock) else { continue };
            let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
            println!(
                "| `{query}` | {name} | {:.1} | {:.1} | {:.1} | {:.2} |",
                milliseconds(median),
                milliseconds(least),
                milliseconds(*processor / ROUNDS),
                processor.as_secs_f64() / floor
            );
        }
    }
    Ok(())
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
