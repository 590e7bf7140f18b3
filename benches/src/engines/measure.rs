//! Runs every engine on one corpus.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use quotable::report::Report;

use super::oracle::Oracle;
use super::{Engine, EngineKind, lucene};
use crate::clock::{Stopwatch, micros, thread_cpu_time, time_calls};
use crate::corpus::{CorpusFile, CorpusSource};
use crate::error::Result;
use crate::files::{drop_from_page_cache, folder_size};
use crate::memory::own_peak_memory;
use crate::queries::{BenchQuery, QueryClass, Task, bench_queries};
use crate::results::{IndexResult, QueryResult, ScaleResult, Timing};
use crate::stats::Spread;

/// Most rounds for a query; slow queries get fewer.
const MAX_ROUNDS: usize = 5;
/// How often an index is opened.
const OPENS: usize = 5;

/// The files of a comparison in its folder.
const CORPUS: &str = "corpus";
const QUERIES: &str = "queries.json";

/// Measures every engine on a corpus of `scale` times 1x, in the empty folder `work`, in a child process, `engines
/// compare`, that has read no reports: what reading leaves in the heap would slow whatever allocates after it.
///
/// # Errors
/// If an engine fails, or a file cannot be written.
pub fn measure(source: &CorpusSource, scale: u64, seed: u64, work: &Path) -> Result<ScaleResult> {
    CorpusFile::write(work.join(CORPUS), source.reports(scale, seed))?;
    // From 1x at every scale, so that the queries are the same.
    let queries = bench_queries(source.kind(), source.reports(1, seed).take(20))?;
    std::fs::write(work.join(QUERIES), serde_json::to_vec(&queries)?)?;
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.arg("compare").arg(work).arg(scale.to_string()).stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("the comparison at {scale}x failed").into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Compares the engines on the corpus and the queries that [`measure`] has written to `work`. `log` receives progress
/// messages.
///
/// # Errors
/// If an engine fails, or a file cannot be read.
pub fn compare(work: &Path, scale: u64, log: &dyn Fn(&str)) -> Result<ScaleResult> {
    let corpus = CorpusFile::at(work.join(CORPUS));
    let queries: Vec<BenchQuery> = serde_json::from_slice(&std::fs::read(work.join(QUERIES))?)?;
    let (mut indexes, mut folders) = (Vec::new(), Vec::new());
    for kind in EngineKind::ALL {
        if let Err(reason) = kind.version() {
            log(&format!("WITHOUT {}: {reason}", kind.name()));
            continue;
        }
        let folder = work.join(kind.name());
        let mut index = build_in_child(kind, &folder, &corpus)?;
        if kind.has_index() {
            index.open = time_to_open(kind, &folder)?;
            log(&format!(
                "{}: {:.2} s, {} bytes",
                index.engine,
                index.seconds.unwrap_or_default(),
                index.size
            ));
        }
        indexes.push(index);
        folders.push((kind, folder));
    }
    log("the oracle");
    let oracle = Oracle::new(&queries, &corpus)?;
    let mut rows = run_queries(&folders, &queries, &oracle, log)?;
    log("lucene");
    match lucene::measure(work, &corpus, &queries, &oracle, &mut rows)? {
        Ok(index) => indexes.push(index),
        Err(reason) => log(&format!("WITHOUT lucene: {reason}")),
    }
    Ok(ScaleResult { scale, paragraphs: oracle.paragraphs, bytes: oracle.bytes, indexes, rows })
}

/// Builds an index in a child process, `engines build`, so that its peak memory is its own.
fn build_in_child(kind: EngineKind, folder: &Path, corpus: &CorpusFile) -> Result<IndexResult> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args(["build", kind.name()]).arg(folder).arg(corpus.path()).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Builds one index, in a process that does nothing else.
///
/// # Errors
/// If there is no such engine, or the index cannot be built.
pub fn build(engine: &str, folder: &Path, corpus: &Path) -> Result<IndexResult> {
    let kind = EngineKind::ALL
        .into_iter()
        .find(|kind| kind.name() == engine)
        .ok_or_else(|| format!("unknown engine: {engine}"))?;
    // Reading the corpus is not the engine's work: its time is taken off.
    let mut reading = Duration::ZERO;
    let mut corpus = CorpusFile::at(corpus).reports()?;
    let mut reports = std::iter::from_fn(|| {
        let start = thread_cpu_time();
        let report = corpus.next();
        reading += thread_cpu_time() - start;
        report
    });
    let reports: &mut dyn Iterator<Item = Report> = &mut reports;
    let stopwatch = Stopwatch::start();
    let segments = kind.build(folder, reports)?;
    let cpu = stopwatch.elapsed().own_cpu;
    Ok(IndexResult {
        engine: engine.to_owned(),
        version: kind.version()?,
        seconds: kind.has_index().then(|| cpu.saturating_sub(reading).as_secs_f64()),
        size: folder_size(folder)?,
        segments,
        peak: own_peak_memory() >> 20,
        open: None,
    })
}

/// CPU time to open an index, in microseconds.
fn time_to_open(kind: EngineKind, folder: &Path) -> Result<Option<Spread>> {
    let times = time_calls(OPENS, || kind.open(folder, &[]).map(drop))?;
    Ok(Spread::of(times.into_iter().map(micros)))
}

fn run_queries(
    folders: &[(EngineKind, PathBuf)],
    queries: &[BenchQuery],
    oracle: &Oracle,
    log: &dyn Fn(&str),
) -> Result<Vec<QueryResult>> {
    let engines = folders.iter().map(|(kind, folder)| kind.open(folder, queries));
    let engines = engines.collect::<Result<Vec<_>>>()?;
    let mut rows = Vec::new();
    for (number, query) in queries.iter().enumerate() {
        log(&format!("{}: {}", query.class.name(), query.query));
        for &task in query.class.tasks() {
            let timings = time_hot(&engines, oracle, number, task)?;
            rows.push(result_row(query, task, oracle, number, timings));
        }
    }
    // A mapped file cannot be dropped from the page cache.
    drop(engines);
    for class in [QueryClass::RareWord, QueryClass::Phrase, QueryClass::And] {
        let Some(number) = queries.iter().position(|query| query.class == class) else { continue };
        if let Some(timings) = time_cold(folders, &queries[number], oracle, number)? {
            rows.push(result_row(&queries[number], Task::Cold, oracle, number, timings));
        }
    }
    Ok(rows)
}

fn result_row(
    query: &BenchQuery,
    task: Task,
    oracle: &Oracle,
    number: usize,
    timings: Vec<Timing>,
) -> QueryResult {
    let counts = oracle.counts(number);
    QueryResult {
        class: query.class,
        query: query.query.to_string(),
        task,
        paragraphs: counts.paragraphs,
        occurrences: counts.occurrences,
        timings,
    }
}

/// The repeated runs of one engine.
struct HotRuns<'e> {
    engine: &'e dyn Engine,
    estimate: Duration,
    rounds: usize,
    fault: Option<String>,
    times: Vec<Duration>,
}

/// Times a task on all engines in turn, so that a busy spell of the machine hits them alike. The first run of each warms
/// up and is judged by the oracle; the third tells how many runs fill a round. The first would not do, which maps pages
/// and, here, verifies blocks, nor the second, from which on blocks are kept: rounds of the few calls that these would
/// allow measure cold processor caches.
fn time_hot(engines: &[Box<dyn Engine>], oracle: &Oracle, query: usize, task: Task) -> Result<Vec<Timing>> {
    let mut all_runs = Vec::new();
    for engine in engines {
        let answer = engine.run(query, task)?;
        engine.run(query, task)?;
        let start = Instant::now();
        engine.run(query, task)?;
        let estimate = start.elapsed();
        let fault = answer.as_ref().and_then(|answer| oracle.fault(query, task, answer));
        let rounds = match estimate.as_millis() {
            _ if answer.is_none() => 0,
            0..100 => MAX_ROUNDS,
            100..500 => 3,
            _ => 1,
        };
        all_runs.push(HotRuns { engine: engine.as_ref(), estimate, rounds, fault, times: Vec::new() });
    }
    for round in 0..MAX_ROUNDS {
        for runs in all_runs.iter_mut().filter(|runs| round < runs.rounds) {
            runs.times.push(runs.engine.time(query, task, runs.estimate)?);
        }
    }
    Ok(all_runs.into_iter().map(|runs| Timing::of(&runs.times, runs.fault)).collect())
}

/// Wall time to open an index and return a top ten, its files not in the page cache. `None` where files cannot be
/// dropped from the page cache.
fn time_cold(
    folders: &[(EngineKind, PathBuf)],
    query: &BenchQuery,
    oracle: &Oracle,
    number: usize,
) -> Result<Option<Vec<Timing>>> {
    let mut all = vec![(Vec::new(), None); folders.len()];
    for _ in 0..MAX_ROUNDS {
        for ((kind, folder), (times, fault)) in folders.iter().zip(&mut all) {
            if !drop_from_page_cache(folder) {
                return Ok(None);
            }
            let start = Instant::now();
            let answer = kind.open(folder, std::slice::from_ref(query))?.run(0, Task::Cold)?;
            if let Some(answer) = answer {
                times.push(start.elapsed());
                *fault = oracle.fault(number, Task::Cold, &answer);
            }
        }
    }
    Ok(Some(all.into_iter().map(|(times, fault)| Timing::of(&times, fault)).collect()))
}
