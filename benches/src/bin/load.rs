//! A corpus and queries of one's own: how long each query takes, and how many a second some threads answer.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin load -- FOLDER QUERIES [THREADS] [SECONDS] [OUT.json]
//! ```
//!
//! `FOLDER` is a corpus, or an index that was made before. `QUERIES` is a text file, one query a line, `#` before a
//! remark. `THREADS` are numbers of threads: `1,2` unless said. Each number of threads searches for `SECONDS`, 5 unless
//! said: every thread takes the queries in turn, and asks for the ten best of each. `OUT.json` has the same numbers.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use quotable_benches::engines::Outcome;
use quotable_benches::load::{Measured, measure, queries};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |at: usize| arguments.get(at).map(String::as_str);
    let (Some(folder), Some(queries)) = (argument(0), argument(1)) else {
        eprintln!("usage: load FOLDER QUERIES [THREADS] [SECONDS] [OUT.json]");
        return ExitCode::from(2);
    };
    let (threads, seconds) = (argument(2).unwrap_or("1,2"), argument(3).unwrap_or("5"));
    match run(folder, queries, threads, seconds, argument(4)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(folder: &str, asked: &str, threads: &str, seconds: &str, out: Option<&str>) -> Outcome<()> {
    let asked = queries(&std::fs::read_to_string(asked)?)?;
    let threads = threads.split(',').map(str::parse).collect::<Result<Vec<usize>, _>>()?;
    let time = Duration::try_from_secs_f64(seconds.parse()?)?;
    let measured = measure(Path::new(folder), &asked, &threads, time)?;
    print(&measured);
    if let Some(out) = out {
        std::fs::write(out, serde_json::to_string_pretty(&measured)? + "\n")?;
    }
    Ok(())
}

fn print(measured: &Measured) {
    let status = &measured.status;
    println!("{} reports, {} paragraphs, {} words", status.reports, status.paragraphs, status.words);
    if let Some(open) = measured.open {
        println!("opened in {open:.0} us");
    }
    println!("\n| query | paragraphs | occurrences | first 10 us | top 10 and counts us | counts us |");
    println!("|---|---|---|---|---|---|");
    for asked in &measured.queries {
        println!(
            "| `{}` | {} | {} | {:.0} | {:.0} | {:.0} |",
            asked.query, asked.paragraphs, asked.occurrences, asked.hits, asked.top, asked.count
        );
    }
    println!("\n| threads | searches | a second | p50 us | p95 us | p99 us | slowest us | peak MiB |");
    println!("|---|---|---|---|---|---|---|---|");
    for load in &measured.loads {
        println!(
            "| {} | {} | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} | {} |",
            load.threads, load.searches, load.rate, load.p50, load.p95, load.p99, load.slowest, load.peak
        );
    }
}
