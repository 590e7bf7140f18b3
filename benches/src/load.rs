//! A corpus and queries of one's own: what each query takes, and what some threads answer in a second.

use std::path::Path;
use std::time::{Duration, Instant};

use quotable::query::Query;
use quotable::{Index, Status};
use serde::Serialize;

use crate::clock::{self, median_and_spread};
use crate::engines::Outcome;
use crate::engines::machine::{Machine, peak};

/// What was measured. Times are in microseconds.
#[derive(Debug, Serialize)]
pub struct Measured {
    /// The machine.
    pub machine: Machine,
    /// What the index holds.
    pub status: Status,
    /// To open the index, its files in memory; none of one that was made for this alone.
    pub open: Option<f64>,
    /// What each query takes on a processor.
    pub queries: Vec<Asked>,
    /// What some threads answered.
    pub loads: Vec<Load>,
}

/// A query.
#[derive(Debug, Serialize)]
pub struct Asked {
    /// As it is read.
    pub query: String,
    /// Paragraphs that match.
    pub paragraphs: u64,
    /// Occurrences in them.
    pub occurrences: u64,
    /// The first ten, without counts.
    pub hits: f64,
    /// The first ten, with all counts.
    pub top: f64,
    /// All counts alone.
    pub count: f64,
}

/// What some threads answered: every one takes the queries in turn, and asks for the first ten with all counts.
#[derive(Debug, Serialize)]
pub struct Load {
    /// How many threads.
    pub threads: usize,
    /// How many searches they made.
    pub searches: usize,
    /// Searches a second.
    pub rate: f64,
    /// Half of the searches took no longer, by the clock.
    pub p50: f64,
    /// 95 in 100 took no longer.
    pub p95: f64,
    /// 99 in 100 took no longer.
    pub p99: f64,
    /// The slowest.
    pub slowest: f64,
    /// The most memory that this process has held until then, in MiB.
    pub peak: u64,
}

/// The queries of a text: one a line, `#` before a remark.
///
/// # Errors
/// If there is none, or one is at fault.
pub fn queries(text: &str) -> Outcome<Vec<Query>> {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let parse = |line: &str| line.parse::<Query>().map_err(|error| format!("{line}: {error}").into());
    let queries = lines.map(parse).collect::<Outcome<Vec<Query>>>()?;
    if queries.is_empty() { Err("there are no queries".into()) } else { Ok(queries) }
}

/// Asks the queries of a folder, which is a corpus or an index: one by one, then by each number of threads for so long.
///
/// # Errors
/// If the folder cannot be read.
pub fn measure(folder: &Path, queries: &[Query], threads: &[usize], time: Duration) -> Outcome<Measured> {
    let (index, open) = if Index::exists(folder) {
        let times = clock::each(5, || Index::open_read_only(folder))?;
        (Index::open_read_only(folder)?, Some(middle(&times)))
    } else {
        let index = Index::in_memory()?;
        index.refresh(folder)?;
        (index, None)
    };
    let asked = queries.iter().map(|query| one(&index, query)).collect::<Outcome<_>>()?;
    let loads = threads.iter().map(|threads| load(&index, queries, (*threads).max(1), time));
    let loads = loads.collect::<Outcome<_>>()?;
    Ok(Measured { machine: Machine::this(), status: index.status(), open, queries: asked, loads })
}

fn one(index: &Index, query: &Query) -> Outcome<Asked> {
    let counts = index.search(query)?.count()?;
    Ok(Asked {
        query: query.to_string(),
        paragraphs: counts.paragraphs,
        occurrences: counts.occurrences,
        hits: middle(&clock::each(5, || index.search(query)?.top_hits(10))?),
        top: middle(&clock::each(5, || index.search(query)?.top(10))?),
        count: middle(&clock::each(5, || index.search(query)?.count())?),
    })
}

fn load(index: &Index, queries: &[Query], threads: usize, time: Duration) -> Outcome<Load> {
    let times = searches(index, queries, threads, time)?;
    let at = |percent: usize| {
        let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times.get(place).copied().map_or(0.0, micros)
    };
    Ok(Load {
        threads,
        searches: times.len(),
        rate: times.len() as f64 / time.as_secs_f64(),
        p50: at(50),
        p95: at(95),
        p99: at(99),
        slowest: at(100),
        peak: peak(),
    })
}

/// How long each search took while so many threads searched, the shortest first.
fn searches(index: &Index, queries: &[Query], threads: usize, time: Duration) -> Outcome<Vec<Duration>> {
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

fn middle(times: &[Duration]) -> f64 {
    median_and_spread(times).map_or(0.0, |(median, ..)| micros(median))
}

fn micros(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate::{markdown, report};

    #[test]
    fn queries_stand_one_a_line() {
        let read = queries("# of words\ncare\n\n \"care leavers\" \n").unwrap();
        assert_eq!(read.iter().map(ToString::to_string).collect::<Vec<_>>(), ["care", "\"care leavers\""]);
        assert!(queries("care w/5").unwrap_err().to_string().starts_with("care w/5: "));
        assert!(queries("# none").is_err());
    }

    #[test]
    fn a_corpus_and_an_index_of_it_are_measured_alike() {
        let folder = tempfile::tempdir().unwrap();
        let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
        std::fs::create_dir(&corpus).unwrap();
        std::fs::write(corpus.join("a.md"), markdown(&report(1, 1))).unwrap();
        Index::open_or_create(&index).unwrap().refresh(&corpus).unwrap();
        let queries = queries("children\nxylophones").unwrap();
        for (folder, opens) in [(&corpus, false), (&index, true)] {
            let measured = measure(folder, &queries, &[1, 2], Duration::from_millis(20)).unwrap();
            let json = serde_json::to_value(&measured).unwrap();
            assert_eq!(json["status"]["reports"], 1);
            assert_eq!(json["open"].is_number(), opens);
            assert!(json["queries"][0]["occurrences"].as_u64() >= json["queries"][0]["paragraphs"].as_u64());
            assert!(json["queries"][0]["paragraphs"].as_u64() > Some(0));
            assert_eq!(json["queries"][1]["paragraphs"], 0);
            assert_eq!(json["loads"][1]["threads"], 2);
            for load in measured.loads {
                assert!(
                    load.p50 > 0.0
                        && load.p50 <= load.p95
                        && load.p95 <= load.p99
                        && load.p99 <= load.slowest
                );
                assert!(load.searches >= load.threads);
            }
        }
    }
}
