//! A corpus and queries of one's own: how long each query takes, and how many a second some threads answer.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin load -- FOLDER QUERIES [THREADS] [SECONDS] [OUT.json]
//! ```
//!
//! `FOLDER` is a corpus, or an index that was made before. `QUERIES` is a text file, one query a line, `#` before a
//! remark. `THREADS` are numbers of threads: `1,2` unless said. Each number of threads searches for `SECONDS`, 5 unless
//! said: every thread takes the queries in turn, and asks for the ten best of each. Times are by the clock.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use quotable::Index;
use quotable::query::Query;
use quotable_benches::clock::{self, median_and_spread};
use quotable_benches::engines::Outcome;
use quotable_benches::engines::machine::{Machine, peak};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |at: usize| arguments.get(at).map(String::as_str);
    let (Some(folder), Some(queries)) = (argument(0), argument(1)) else {
        eprintln!("usage: load FOLDER QUERIES [THREADS] [SECONDS] [OUT.json]");
        return ExitCode::from(2);
    };
    let (threads, seconds) = (argument(2).unwrap_or("1,2"), argument(3).unwrap_or("5"));
    let outcome = measure(Path::new(folder), Path::new(queries), threads, seconds);
    match outcome.and_then(|run| write(&run, argument(4))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(run: &Value, out: Option<&str>) -> Outcome<()> {
    match out {
        Some(out) => Ok(std::fs::write(out, serde_json::to_string_pretty(run)? + "\n")?),
        None => Ok(()),
    }
}

fn measure(folder: &Path, queries: &Path, threads: &str, seconds: &str) -> Outcome<Value> {
    let queries = std::fs::read_to_string(queries)?;
    let queries = queries.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let parse = |line: &str| line.parse::<Query>().map_err(|error| format!("{line}: {error}").into());
    let queries = queries.map(parse).collect::<Outcome<Vec<Query>>>()?;
    if queries.is_empty() {
        return Err("there are no queries".into());
    }
    let threads = threads.split(',').map(str::parse).collect::<Result<Vec<usize>, _>>()?;
    let time = Duration::from_secs_f64(seconds.parse()?);
    let index = open(folder)?;
    let status = index.status();
    println!("{} reports, {} paragraphs, {} words\n", status.reports, status.paragraphs, status.words);
    let rows = one_by_one(&index, &queries)?;
    println!("\n| threads | searches | a second | p50 us | p95 us | p99 us | slowest us | peak MiB |");
    println!("|---|---|---|---|---|---|---|---|");
    let mut loads = Vec::new();
    for threads in threads {
        let times = load(&index, &queries, threads.max(1), time)?;
        let at = |percent: usize| micros(times[(times.len() * percent / 100).min(times.len() - 1)]);
        let rate = times.len() as f64 / time.as_secs_f64();
        let (count, peak) = (times.len(), peak());
        println!(
            "| {threads} | {count} | {rate:.0} | {:.0} | {:.0} | {:.0} | {:.0} | {peak} |",
            at(50),
            at(95),
            at(99),
            at(100)
        );
        loads.push(json!({
            "threads": threads, "searches": count, "rate": rate,
            "p50": at(50), "p95": at(95), "p99": at(99), "slowest": at(100), "peak": peak,
        }));
    }
    Ok(json!({"machine": Machine::this(), "status": status, "queries": rows, "loads": loads}))
}

fn open(folder: &Path) -> Outcome<Index> {
    if Index::exists(folder) {
        return Ok(Index::open_read_only(folder)?);
    }
    let index = Index::in_memory()?;
    eprintln!("{}", index.refresh(folder)?);
    Ok(index)
}

/// What each query takes on a processor.
fn one_by_one(index: &Index, queries: &[Query]) -> Outcome<Vec<Value>> {
    println!("| query | paragraphs | occurrences | top 10 us | count us |\n|---|---|---|---|---|");
    let mut rows = Vec::new();
    for query in queries {
        let counts = index.search(query)?.count()?;
        let top = middle(&clock::each(5, || index.search(query)?.top(10))?);
        let count = middle(&clock::each(5, || index.search(query)?.count())?);
        println!("| `{query}` | {} | {} | {top:.0} | {count:.0} |", counts.paragraphs, counts.occurrences);
        rows.push(json!({
            "query": query.to_string(), "paragraphs": counts.paragraphs,
            "occurrences": counts.occurrences, "top": top, "count": count,
        }));
    }
    Ok(rows)
}

fn middle(times: &[Duration]) -> f64 {
    median_and_spread(times).map_or(0.0, |(median, ..)| micros(median))
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

/// How long each search took while so many threads searched, the shortest first.
fn load(index: &Index, queries: &[Query], threads: usize, time: Duration) -> Outcome<Vec<Duration>> {
    let end = Instant::now() + time;
    let search = |first: usize| {
        let mut times = Vec::new();
        for query in queries.iter().cycle().skip(first) {
            let start = Instant::now();
            if start >= end && !times.is_empty() {
                break;
            }
            std::hint::black_box(index.search(query)?.top(10)?);
            times.push(start.elapsed());
        }
        Ok::<_, quotable::Error>(times)
    };
    let all = std::thread::scope(|scope| {
        let search = &search;
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || search(first))).collect();
        running.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
    });
    let mut times = Vec::new();
    for one in all {
        times.extend(one.map_err(|_| "a thread panicked")??);
    }
    times.sort_unstable();
    Ok(times)
}
