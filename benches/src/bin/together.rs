//! Searchers beside a refresh that adds, changes and removes files: every answer is held to the states that were
//! committed.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin together -- [SECONDS [SEARCHERS [FILES]]]
//! ```
//!
//! So many seconds pass beside refreshes, and a fifth as many again behind the last of them, for the latencies to be
//! compared.
//! Half of the searchers keep their index open and reload it, half open it anew for every search. They share this
//! process, but no index: what they see of each other is the folder.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use quotable::query::Query;
use quotable::{Index, Snapshot};

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// Which version of each file there is.
type State = BTreeMap<u32, u64>;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|argument| argument.parse::<u32>());
    let mut next = |usual: u32| numbers.next().unwrap_or(Ok(usual));
    let (Ok(seconds), Ok(searchers), Ok(files)) = (next(60), next(8), next(120)) else {
        eprintln!("usage: together [SECONDS [SEARCHERS [FILES]]]");
        return ExitCode::from(2);
    };
    let folder = std::env::temp_dir().join(format!("quotable-together-{}", std::process::id()));
    let measured = measure(&folder, Duration::from_secs(seconds.into()), searchers, files);
    let _ = fs::remove_dir_all(&folder);
    match measured {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// What one searcher saw.
#[derive(Default)]
struct Seen {
    /// What was found in the commits seen, by their numbers.
    states: BTreeMap<u64, BTreeSet<State>>,
    beside: Vec<Duration>,
    alone: Vec<Duration>,
    errors: Vec<String>,
    disagreements: u64,
}

/// True if every answer was right.
fn measure(folder: &Path, time: Duration, searchers: u32, files: u32) -> Outcome<bool> {
    let (corpus, place) = (folder.join("corpus"), folder.join("index"));
    fs::create_dir_all(&corpus)?;
    let mut state = State::new();
    for number in 0..files {
        write(&corpus, number, 0)?;
        state.insert(number, 0);
    }
    let index = Index::builder().threads(2).open_or_create(&place)?;
    index.refresh(&corpus)?;
    let mut committed = BTreeMap::from([(index.status().generation, state.clone())]);
    let (quiet, over) = (AtomicBool::new(false), AtomicBool::new(false));
    let (seen, refreshes) = thread::scope(|scope| {
        let (quiet, over, place) = (&quiet, &over, &place);
        let searchers: Vec<_> = (0..searchers)
            .map(|number| scope.spawn(move || search(place, number % 2 == 0, quiet, over)))
            .collect();
        let refreshed = refresh(&index, &corpus, state, time, &mut committed);
        quiet.store(true, Ordering::SeqCst);
        thread::sleep(time / 5);
        over.store(true, Ordering::SeqCst);
        let seen: Vec<Seen> = searchers.into_iter().filter_map(|searcher| searcher.join().ok()).collect();
        refreshed.map(|refreshes| (seen, refreshes))
    })?;
    Ok(tell(&seen, searchers, refreshes, &committed))
}

/// Refreshes over and over, a few files being others each time; gives how often.
fn refresh(
    index: &Index,
    corpus: &Path,
    mut state: State,
    time: Duration,
    committed: &mut BTreeMap<u64, State>,
) -> Outcome<u64> {
    let began = Instant::now();
    let files = u64::try_from(state.len())?;
    let (mut random, mut round) = (0x0005_DEEC_E66D_u64, 0);
    while began.elapsed() < time {
        round += 1;
        for _ in 0..4 {
            // The generator of POSIX's drand48, whose high bits are the good ones.
            random = (random.wrapping_mul(0x0005_DEEC_E66D).wrapping_add(11)) & 0xFFFF_FFFF_FFFF;
            let number = u32::try_from((random >> 20) % files)?;
            if (random >> 40) % 3 == 0 && state.remove(&number).is_some() {
                fs::remove_file(corpus.join(format!("{number}.txt")))?;
            } else {
                write(corpus, number, round)?;
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

/// A file that says the same thing twice, in two paragraphs far apart.
fn write(corpus: &Path, number: u32, version: u64) -> Outcome<()> {
    let mut text = format!("1. A heron stood at pond {number}, visit {version}.\n\n");
    for line in 2..30 {
        text.push_str(&format!("{line}. The keeper of pond {number} wrote line {line} of the visit.\n\n"));
    }
    text.push_str(&format!("30. An egret stood at pond {number}, visit {version}.\n"));
    fs::write(corpus.join(format!("{number}.txt")), text)?;
    Ok(())
}

fn search(place: &Path, keeps: bool, quiet: &AtomicBool, over: &AtomicBool) -> Seen {
    let mut seen = Seen::default();
    let mut kept = None;
    while !over.load(Ordering::SeqCst) {
        let beside = !quiet.load(Ordering::SeqCst);
        if let Err(error) = once(place, keeps, &mut kept, beside, &mut seen) {
            seen.errors.push(error.to_string());
        }
    }
    seen
}

fn once(place: &Path, keeps: bool, kept: &mut Option<Index>, beside: bool, seen: &mut Seen) -> Outcome<()> {
    let began = Instant::now();
    let index = match kept {
        Some(index) if keeps => {
            index.reload()?;
            index.clone()
        }
        _ => kept.insert(Index::open_read_only(place)?).clone(),
    };
    let snapshot = index.snapshot();
    let query: Query = "keeper pond".parse()?;
    let hits = snapshot.search(&query)?.top(10)?;
    let took = began.elapsed();
    if beside {
        seen.beside.push(took)
    } else {
        seen.alone.push(took)
    }
    let (herons, egrets) = (found(&snapshot, "heron")?, found(&snapshot, "egret")?);
    let reports = u64::try_from(herons.len())?;
    if herons != egrets || hits.counts.reports != reports || hits.counts.paragraphs != 28 * reports {
        seen.disagreements += 1;
    }
    seen.states.entry(snapshot.status().generation).or_default().insert(herons);
    Ok(())
}

/// Which version of each file a word is found in, as the paragraphs say.
fn found(snapshot: &Snapshot, word: &str) -> Outcome<State> {
    let mut found = State::new();
    for hit in snapshot.search(&word.parse()?)?.every()? {
        let text = hit?.text;
        let numbers = text.split(|letter: char| !letter.is_ascii_digit()).filter(|part| !part.is_empty());
        let numbers: Vec<u64> = numbers.flat_map(str::parse).collect();
        let [.., number, version] = numbers.as_slice() else {
            return Err(format!("odd text: {text}").into());
        };
        found.insert(u32::try_from(*number)?, *version);
    }
    Ok(found)
}

fn tell(seen: &[Seen], searchers: u32, refreshes: u64, committed: &BTreeMap<u64, State>) -> bool {
    let errors: Vec<&String> = seen.iter().flat_map(|one| &one.errors).collect();
    let mut wrong: u64 = seen.iter().map(|one| one.disagreements).sum();
    let mut commits = BTreeSet::new();
    for (generation, states) in seen.iter().flat_map(|one| &one.states) {
        commits.insert(generation);
        let right = committed.get(generation);
        wrong += states.iter().filter(|state| Some(*state) != right).count() as u64;
    }
    let beside = latencies(seen.iter().flat_map(|one| &one.beside));
    let alone = latencies(seen.iter().flat_map(|one| &one.alone));
    println!("searchers           {searchers} ({} came to their end)", seen.len());
    println!("refreshes           {refreshes}, {} commits, {} of them seen", committed.len(), commits.len());
    println!("searches            {} beside refreshes, {} alone", beside.len(), alone.len());
    println!("errors              {}", errors.len());
    println!("wrong answers       {wrong}");
    for part in [50, 95, 99] {
        let (beside, alone) = (percentile(&beside, part), percentile(&alone, part));
        let ratio = beside.as_secs_f64() / alone.as_secs_f64().max(f64::EPSILON);
        println!("latency, {part}th       {beside:.1?} beside, {alone:.1?} alone: {ratio:.2}");
    }
    for error in errors.iter().take(5) {
        println!("error: {error}");
    }
    errors.is_empty() && wrong == 0 && seen.len() == searchers as usize
}

fn latencies<'s>(all: impl Iterator<Item = &'s Duration>) -> Vec<Duration> {
    let mut all: Vec<_> = all.copied().collect();
    all.sort_unstable();
    all
}

fn percentile(sorted: &[Duration], part: usize) -> Duration {
    sorted.get(sorted.len() * part / 100).copied().unwrap_or_default()
}
