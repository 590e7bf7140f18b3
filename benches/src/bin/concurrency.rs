//! Searches an index while a refresh loop adds, changes and removes files, and compares every answer with the committed
//! states.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin concurrency -- [SECONDS] [--searchers 8] [--files 120]
//! ```
//!
//! After SECONDS of refreshes the searchers go on for a fifth of that time, so that latencies with and without refreshes
//! can be compared. Half of the searchers keep their index open and reload it, half open it anew for each search. They
//! run in one process, but share no index: they meet in the folder alone. The exit status is 0 if no search failed and
//! every answer was that of its commit.

#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use quotable::query::Query;
use quotable::{Index, Snapshot};
use quotable_benches::cli::run_trial;
use quotable_benches::error::Result;
use quotable_testkit::Random;

/// The version of each file: the contents of the corpus.
type State = BTreeMap<u32, u64>;

/// Searches an index while it is refreshed, and compares every answer with the committed states.
#[derive(Parser)]
struct Arguments {
    /// Seconds of refreshes; the searches go on for a fifth longer
    #[arg(default_value_t = 60)]
    seconds: u64,
    /// Number of searching threads
    #[arg(long, default_value_t = 8)]
    searchers: usize,
    /// Number of files
    #[arg(long, default_value_t = 120)]
    files: u32,
}

fn main() -> ExitCode {
    run_trial(measure)
}

/// What one searcher found.
#[derive(Default)]
struct Observations {
    /// The states found, by generation of the commit.
    states: BTreeMap<u64, BTreeSet<State>>,
    latencies_during_refreshes: Vec<Duration>,
    latencies_alone: Vec<Duration>,
    errors: Vec<String>,
    /// Searches whose counts contradict each other.
    contradictions: u64,
}

/// True if every answer was right.
fn measure(Arguments { seconds, searchers, files }: Arguments) -> Result<bool> {
    let duration = Duration::from_secs(seconds);
    let work = tempfile::tempdir()?;
    let (corpus, folder) = (work.path().join("corpus"), work.path().join("index"));
    fs::create_dir_all(&corpus)?;
    let mut state = State::new();
    for number in 0..files {
        write_file(&corpus, number, 0)?;
        state.insert(number, 0);
    }
    let index = Index::builder().threads(2).open_or_create(&folder)?;
    index.refresh(&corpus)?;
    let mut committed = BTreeMap::from([(index.status().generation, state.clone())]);
    let (refreshes_done, searches_done) = (AtomicBool::new(false), AtomicBool::new(false));
    let (observations, refreshes) = thread::scope(|scope| {
        let (refreshes_done, searches_done, folder) = (&refreshes_done, &searches_done, &folder);
        let running: Vec<_> = (0..searchers)
            .map(|number| {
                scope.spawn(move || search_until(searches_done, refreshes_done, folder, number % 2 == 0))
            })
            .collect();
        let refreshes = refresh_repeatedly(&index, &corpus, state, duration, &mut committed);
        refreshes_done.store(true, Ordering::SeqCst);
        thread::sleep(duration / 5);
        searches_done.store(true, Ordering::SeqCst);
        let observations: Vec<Observations> =
            running.into_iter().filter_map(|searcher| searcher.join().ok()).collect();
        refreshes.map(|refreshes| (observations, refreshes))
    })?;
    Ok(judge(&observations, searchers, refreshes, &committed))
}

/// Changes a few files and refreshes, again and again. Records every committed state; returns the number of refreshes.
fn refresh_repeatedly(
    index: &Index,
    corpus: &Path,
    mut state: State,
    duration: Duration,
    committed: &mut BTreeMap<u64, State>,
) -> Result<u64> {
    let start = Instant::now();
    let files = state.len() as u64;
    let (mut random, mut round) = (Random::new(1), 0);
    while start.elapsed() < duration {
        round += 1;
        for _ in 0..4 {
            let number = u32::try_from(random.below(files))?;
            if random.below(3) == 0 && state.remove(&number).is_some() {
                fs::remove_file(corpus.join(format!("{number}.txt")))?;
            } else {
                write_file(corpus, number, round)?;
                state.insert(number, round);
            }
        }
        let before = index.status().generation;
        index.refresh(corpus)?;
        let after = index.status().generation;
        if after != before {
            committed.insert(after, state.clone());
        }
    }
    Ok(round)
}

/// Writes a file that states its number and version twice, in paragraphs far apart, under two different words.
fn write_file(corpus: &Path, number: u32, version: u64) -> Result {
    let mut text = format!("1. A heron stood at pond {number}, visit {version}.\n\n");
    for line in 2..30 {
        text.push_str(&format!("{line}. The keeper of pond {number} wrote line {line} of the visit.\n\n"));
    }
    text.push_str(&format!("30. An egret stood at pond {number}, visit {version}.\n"));
    fs::write(corpus.join(format!("{number}.txt")), text)?;
    Ok(())
}

fn search_until(
    searches_done: &AtomicBool,
    refreshes_done: &AtomicBool,
    folder: &Path,
    keeps_index: bool,
) -> Observations {
    let mut observations = Observations::default();
    let mut kept_index = None;
    while !searches_done.load(Ordering::SeqCst) {
        let is_alone = refreshes_done.load(Ordering::SeqCst);
        if let Err(error) = search_once(folder, keeps_index, &mut kept_index, is_alone, &mut observations) {
            observations.errors.push(error.to_string());
        }
    }
    observations
}

fn search_once(
    folder: &Path,
    keeps_index: bool,
    kept_index: &mut Option<Index>,
    is_alone: bool,
    observations: &mut Observations,
) -> Result {
    let start = Instant::now();
    let index = match kept_index {
        Some(index) if keeps_index => {
            index.reload()?;
            index.clone()
        }
        _ => kept_index.insert(Index::open_read_only(folder)?).clone(),
    };
    let snapshot = index.snapshot();
    let query: Query = "keeper pond".parse()?;
    let hits = snapshot.search(&query)?.top(10)?;
    let latency = start.elapsed();
    if is_alone {
        observations.latencies_alone.push(latency);
    } else {
        observations.latencies_during_refreshes.push(latency);
    }
    let (herons, egrets) = (state_of_word(&snapshot, "heron")?, state_of_word(&snapshot, "egret")?);
    let reports = herons.len() as u64;
    if herons != egrets || hits.counts.reports != reports || hits.counts.paragraphs != 28 * reports {
        observations.contradictions += 1;
    }
    observations.states.entry(snapshot.status().generation).or_default().insert(herons);
    Ok(())
}

/// The state of the corpus as the paragraphs with a word state it.
fn state_of_word(snapshot: &Snapshot, word: &str) -> Result<State> {
    let mut state = State::new();
    for hit in snapshot.search(&word.parse()?)?.every()? {
        let text = hit?.text;
        let numbers = text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
        let numbers: Vec<u64> = numbers.flat_map(str::parse).collect();
        let [.., number, version] = numbers.as_slice() else {
            return Err(format!("a hit states no number and version: {text}").into());
        };
        state.insert(u32::try_from(*number)?, *version);
    }
    Ok(state)
}

/// Prints the results. True if every answer was right.
fn judge(
    observations: &[Observations],
    searchers: usize,
    refreshes: u64,
    committed: &BTreeMap<u64, State>,
) -> bool {
    let errors: Vec<&String> = observations.iter().flat_map(|of_one| &of_one.errors).collect();
    let mut wrong: u64 = observations.iter().map(|of_one| of_one.contradictions).sum();
    let mut commits_seen = BTreeSet::new();
    for (generation, states) in observations.iter().flat_map(|of_one| &of_one.states) {
        commits_seen.insert(generation);
        let right = committed.get(generation);
        wrong += states.iter().filter(|state| Some(*state) != right).count() as u64;
    }
    let during = sorted(observations.iter().flat_map(|of_one| &of_one.latencies_during_refreshes));
    let alone = sorted(observations.iter().flat_map(|of_one| &of_one.latencies_alone));
    println!("searchers           {searchers} ({} finished)", observations.len());
    println!(
        "refreshes           {refreshes}, {} commits, {} of them seen",
        committed.len(),
        commits_seen.len()
    );
    println!("searches            {} during refreshes, {} alone", during.len(), alone.len());
    println!("errors              {}", errors.len());
    println!("wrong answers       {wrong}");
    for percent in [50, 95, 99] {
        let (during, alone) = (percentile(&during, percent), percentile(&alone, percent));
        let ratio = during.as_secs_f64() / alone.as_secs_f64().max(f64::EPSILON);
        println!("latency, p{percent}        {during:.1?} during refreshes, {alone:.1?} alone: {ratio:.2}");
    }
    for error in errors.iter().take(5) {
        println!("error: {error}");
    }
    errors.is_empty() && wrong == 0 && observations.len() == searchers
}

fn sorted<'s>(latencies: impl Iterator<Item = &'s Duration>) -> Vec<Duration> {
    let mut latencies: Vec<_> = latencies.copied().collect();
    latencies.sort_unstable();
    latencies
}

fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    sorted.get(sorted.len() * percent / 100).copied().unwrap_or_default()
}
