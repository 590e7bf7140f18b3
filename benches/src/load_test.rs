//! Latency of queries, and throughput on several threads, over a corpus of the user's own.

use std::path::Path;
use std::time::{Duration, Instant};

use quotable::query::Query;
use quotable::{Index, Status};

use crate::clock::{micros, time_calls};
use crate::error::Result;
use crate::measurement::Measurement;
use crate::memory::own_peak_memory;
use crate::stats::Spread;

/// The result of a load test.
#[derive(Debug)]
pub struct LoadTest {
    /// The contents of the index.
    pub status: Status,
    /// CPU time to open the index in microseconds, its files in the page cache; `None` if the index was built for the test.
    pub open: Option<Spread>,
    /// The queries one by one.
    pub queries: Vec<QueryTimes>,
    /// All queries under load, for each number of threads.
    pub loads: Vec<Load>,
}

/// CPU times of a query, in microseconds.
#[derive(Debug)]
pub struct QueryTimes {
    /// The query as parsed.
    pub query: String,
    /// Matching paragraphs.
    pub paragraphs: u64,
    /// Occurrences in them.
    pub occurrences: u64,
    /// The top ten without counts.
    pub top: Spread,
    /// The top ten with all counts.
    pub top_and_count: Spread,
    /// All counts alone.
    pub count: Spread,
}

/// Throughput of some threads, each of which asks for the top ten with all counts of one query after another.
#[derive(Debug)]
pub struct Load {
    /// Number of threads.
    pub threads: usize,
    /// Number of searches.
    pub searches: usize,
    /// Searches a second.
    pub rate: f64,
    /// 50th percentile of the latencies, in microseconds of wall time.
    pub p50: f64,
    /// 95th percentile.
    pub p95: f64,
    /// 99th percentile.
    pub p99: f64,
    /// The longest latency.
    pub max: f64,
    /// Peak memory of this process so far, in MiB.
    pub peak: u64,
}

/// Parses a list of queries: one a line; lines that begin with `#` are comments.
///
/// # Errors
/// If there is no query, or one has a syntax error.
pub fn parse_queries(text: &str) -> Result<Vec<Query>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let parse = |line: &str| line.parse::<Query>().map_err(|error| format!("{line}: {error}").into());
    let queries = lines.map(parse).collect::<Result<Vec<Query>>>()?;
    if queries.is_empty() { Err("the list has no queries".into()) } else { Ok(queries) }
}

/// Measures the queries on `folder`, which is an index or a corpus: first one by one, then for `duration` on each number
/// of threads.
///
/// # Errors
/// If the folder cannot be read or searched.
pub fn measure(folder: &Path, queries: &[Query], threads: &[usize], duration: Duration) -> Result<LoadTest> {
    let (index, open) = if Index::exists(folder) {
        let times = time_calls(5, || Index::open_read_only(folder))?;
        (Index::open_read_only(folder)?, Spread::of(times.into_iter().map(micros)))
    } else {
        let index = Index::in_memory()?;
        index.refresh(folder)?;
        (index, None)
    };
    let query_times = queries.iter().map(|query| time_query(&index, query)).collect::<Result<_>>()?;
    let loads = threads.iter().map(|threads| measure_load(&index, queries, (*threads).max(1), duration));
    let loads = loads.collect::<Result<_>>()?;
    Ok(LoadTest { status: index.status(), open, queries: query_times, loads })
}

fn time_query(index: &Index, query: &Query) -> Result<QueryTimes> {
    const BATCHES: usize = 5;
    let counts = index.search(query)?.count()?;
    let spread = |times: Vec<Duration>| {
        Spread::of(times.into_iter().map(micros)).ok_or("time_calls returned no times")
    };
    Ok(QueryTimes {
        query: query.to_string(),
        paragraphs: counts.paragraphs,
        occurrences: counts.occurrences,
        top: spread(time_calls(BATCHES, || index.search(query)?.top_hits(10))?)?,
        top_and_count: spread(time_calls(BATCHES, || index.search(query)?.top(10))?)?,
        count: spread(time_calls(BATCHES, || index.search(query)?.count())?)?,
    })
}

fn measure_load(index: &Index, queries: &[Query], threads: usize, duration: Duration) -> Result<Load> {
    let latencies = sorted_latencies(index, queries, threads, duration)?;
    let percentile = |percent: usize| {
        let at = (latencies.len() * percent / 100).min(latencies.len().saturating_sub(1));
        latencies.get(at).copied().map_or(0.0, micros)
    };
    Ok(Load {
        threads,
        searches: latencies.len(),
        rate: latencies.len() as f64 / duration.as_secs_f64(),
        p50: percentile(50),
        p95: percentile(95),
        p99: percentile(99),
        max: percentile(100),
        peak: own_peak_memory() >> 20,
    })
}

/// Searches on several threads at once; returns the latencies in ascending order.
fn sorted_latencies(
    index: &Index,
    queries: &[Query],
    threads: usize,
    duration: Duration,
) -> Result<Vec<Duration>> {
    let end = Instant::now() + duration;
    let search = |first: usize| {
        let mut latencies = Vec::new();
        // Each thread starts at another query, so that they do not run in step.
        for query in queries.iter().cycle().skip(first) {
            let start = Instant::now();
            if start >= end && !latencies.is_empty() {
                break;
            }
            std::hint::black_box(index.search(query)?.top(10)?);
            latencies.push(start.elapsed());
        }
        Ok::<_, quotable::Error>(latencies)
    };
    let of_threads = std::thread::scope(|scope| {
        let search = &search;
        let running: Vec<_> = (0..threads).map(|first| scope.spawn(move || search(first))).collect();
        running.into_iter().map(|thread| thread.join()).collect::<Vec<_>>()
    });
    let mut latencies = Vec::new();
    for of_thread in of_threads {
        latencies.extend(of_thread.map_err(|_| "a searching thread panicked")??);
    }
    latencies.sort_unstable();
    Ok(latencies)
}

impl LoadTest {
    /// Everything measured, for a CSV file.
    pub fn measurements(&self) -> Vec<Measurement> {
        let row = |kind: &str, query: &str, figure: &str, unit, values| Measurement {
            engine: "quotable".to_owned(),
            corpus: (self.status.paragraphs, "paragraphs"),
            kind: kind.to_owned(),
            query: query.to_owned(),
            figure: figure.to_owned(),
            unit,
            values: Some(values),
            fault: String::new(),
        };
        let mut measurements: Vec<Measurement> =
            self.open.into_iter().map(|open| row("index", "", "open", "us", open)).collect();
        for times in &self.queries {
            let of_query = |figure, unit, values| row("query", times.query.as_str(), figure, unit, values);
            measurements.extend([
                of_query("matches", "paragraphs", Spread::single(times.paragraphs as f64)),
                of_query("matches", "occurrences", Spread::single(times.occurrences as f64)),
                of_query("top 10", "us", times.top),
                of_query("top 10 and counts", "us", times.top_and_count),
                of_query("counts", "us", times.count),
            ]);
        }
        for load in &self.loads {
            let kind = format!("load, {} threads", load.threads);
            let of_load = |figure, unit, value| row(&kind, "", figure, unit, Spread::single(value));
            measurements.extend([
                of_load("searches", "searches", load.searches as f64),
                of_load("rate", "searches/s", load.rate),
                of_load("p50", "us", load.p50),
                of_load("p95", "us", load.p95),
                of_load("p99", "us", load.p99),
                of_load("max", "us", load.max),
                of_load("peak memory", "MiB", load.peak as f64),
            ]);
        }
        measurements
    }
}

#[cfg(test)]
mod tests {
    use quotable_testkit::corpus::{generated_report, to_markdown};

    use super::*;

    #[test]
    fn a_list_has_one_query_a_line() {
        let queries = parse_queries("# of words\ncare\n\n \"care leavers\" \n").unwrap();
        assert_eq!(queries.iter().map(ToString::to_string).collect::<Vec<_>>(), ["care", "\"care leavers\""]);
        assert!(parse_queries("care w/5").unwrap_err().to_string().starts_with("care w/5: "));
        assert!(parse_queries("# none").is_err());
    }

    #[test]
    fn a_corpus_and_its_index_are_measured_alike() {
        let folder = tempfile::tempdir().unwrap();
        let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).unwrap();
        std::fs::write(corpus.join("a.md"), to_markdown(&generated_report(1, 1))).unwrap();
        Index::open_or_create(&index).unwrap().refresh(&corpus).unwrap();
        let queries = parse_queries("children\nxylophones").unwrap();
        for (folder, is_index) in [(&corpus, false), (&index, true)] {
            let test = measure(folder, &queries, &[1, 2], Duration::from_millis(20)).unwrap();
            assert_eq!(test.status.reports, 1);
            assert_eq!(test.open.is_some(), is_index);
            assert!(test.queries[0].paragraphs > 0);
            assert!(test.queries[0].occurrences >= test.queries[0].paragraphs);
            assert_eq!(test.queries[1].paragraphs, 0);
            assert_eq!(test.loads[1].threads, 2);
            for load in &test.loads {
                assert!(load.p50 > 0.0 && load.p50 <= load.p95 && load.p95 <= load.p99);
                assert!(load.p99 <= load.max && load.searches >= load.threads);
            }
            assert_eq!(test.measurements().len(), usize::from(is_index) + 2 * 5 + 2 * 7);
        }
    }
}
