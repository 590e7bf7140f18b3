//! Measures a corpus and queries of the user's own: the time of each query, and the throughput on several threads.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin load -- FOLDER QUERIES [--threads 1,2] [--seconds 5] [--csv OUT.csv]
//! ```

#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use quotable_benches::cli::run;
use quotable_benches::error::Result;
use quotable_benches::load_test::{LoadTest, measure, parse_queries};
use quotable_benches::measurement::append_csv;

/// Measures the time of each query, and the throughput on several threads.
#[derive(Parser)]
struct Arguments {
    /// A corpus, or an index made earlier
    folder: PathBuf,
    /// File of queries, one a line; lines that begin with # are comments
    queries: PathBuf,
    /// Numbers of threads, separated by commas
    #[arg(long, value_delimiter = ',', default_value = "1,2")]
    threads: Vec<usize>,
    /// Seconds of searching on each number of threads
    #[arg(long, default_value_t = 5.0)]
    seconds: f64,
    /// Append the measurements to this CSV file
    #[arg(long)]
    csv: Option<PathBuf>,
}

fn main() -> ExitCode {
    run(load)
}

fn load(arguments: Arguments) -> Result {
    let queries = parse_queries(&std::fs::read_to_string(arguments.queries)?)?;
    let duration = Duration::try_from_secs_f64(arguments.seconds)?;
    let test = measure(&arguments.folder, &queries, &arguments.threads, duration)?;
    print(&test);
    if let Some(path) = arguments.csv {
        append_csv(&path, &test.measurements())?;
    }
    Ok(())
}

fn print(test: &LoadTest) {
    let status = &test.status;
    println!("{} reports, {} paragraphs, {} words", status.reports, status.paragraphs, status.words);
    if let Some(open) = test.open {
        println!("opened in {:.0} us", open.median);
    }
    println!("\n| query | paragraphs | occurrences | top 10 us | top 10 and counts us | counts us |");
    println!("|---|---|---|---|---|---|");
    for times in &test.queries {
        println!(
            "| `{}` | {} | {} | {:.0} | {:.0} | {:.0} |",
            times.query,
            times.paragraphs,
            times.occurrences,
            times.top.median,
            times.top_and_count.median,
            times.count.median
        );
    }
    println!("\n| threads | searches | searches/s | p50 us | p95 us | p99 us | max us | peak MiB |");
    println!("|---|---|---|---|---|---|---|---|");
    for load in &test.loads {
        println!(
            "| {} | {} | {:.0} | {:.0} | {:.0} | {:.0} | {:.0} | {} |",
            load.threads, load.searches, load.rate, load.p50, load.p95, load.p99, load.max, load.peak
        );
    }
}
