//! The rate and latency of checking quotations, by verdict, and the memory it takes.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin checks -- CORPUS_DIR INDEX_DIR [--each 500] [--grow PARAGRAPHS]
//! ```
//!
//! `INDEX_DIR` is created if it is missing, and kept. `--grow` adds reports of shuffled sentences until the index has
//! that many paragraphs. The first check after opening the index is reported apart from the others.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its results")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use quotable::prelude::*;
use quotable::report::{Paragraph, Report};
use quotable::{Index, Quotation, Verdict};
use quotable_benches::cli::run;
use quotable_benches::error::Result;
use quotable_benches::memory::{own_memory, own_peak_memory};
use quotable_benches::quotations::mutation::MUTATIONS;
use quotable_benches::quotations::{Sentence, SentencePool, fabricated};
use quotable_testkit::Random;

/// Paragraphs of an added report.
const PARAGRAPHS: usize = 500;
/// Sentences of an added paragraph.
const SENTENCES: usize = 4;

/// Measures the rate and latency of checking quotations.
#[derive(Parser)]
struct Arguments {
    /// Folder of reports
    corpus: PathBuf,
    /// Folder of the index; created if it is missing
    index: PathBuf,
    /// Quotations of each kind
    #[arg(long, default_value_t = 500)]
    each: usize,
    /// Add reports of shuffled sentences until the index has this many paragraphs
    #[arg(long, default_value_t = 0)]
    grow: usize,
}

fn main() -> ExitCode {
    run(measure)
}

fn measure(Arguments { corpus, index: folder, each, grow }: Arguments) -> Result {
    let pool = prepare_index(&corpus, &folder, grow)?;
    let start = Instant::now();
    let index = Index::open(folder)?;
    println!("opened in {:.1} ms; {}", millis(start.elapsed()), memory());
    let mut is_first = true;
    for (kind, texts) in quotations_by_kind(&pool, each) {
        let mut times = Vec::with_capacity(texts.len());
        let mut verdicts: BTreeMap<Verdict, usize> = BTreeMap::new();
        for text in &texts {
            let start = Instant::now();
            let check = index.check(&Quotation::new(text.as_str()))?;
            times.push(start.elapsed());
            *verdicts.entry(check.verdict).or_default() += 1;
            if std::mem::take(&mut is_first) {
                println!("first check after opening: {:.1} ms", millis(start.elapsed()));
            }
        }
        let verdicts: Vec<String> =
            verdicts.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
        println!("{kind:<27} {}   {}", rate_and_latency(times), verdicts.join(", "));
    }
    println!("{}", memory());
    Ok(())
}

/// Collects the sentences of the corpus. Fills the index with the corpus, and up to `grow` paragraphs, if it is empty.
fn prepare_index(corpus: &Path, folder: &Path, grow: usize) -> Result<SentencePool> {
    let index = Index::open_or_create(folder)?;
    let start = Instant::now();
    let real = Index::in_memory()?;
    eprintln!("{} ({:.1} s)", real.refresh(corpus)?, start.elapsed().as_secs_f64());
    let mut random = Random::new(1);
    let pool = SentencePool::new(&real, &mut random)?;
    if index.reports()?.is_empty() {
        let mut writer = index.writer()?;
        let mut paragraphs = 0;
        for source in real.reports()? {
            if let Some(report) = real.report(&source.path)? {
                paragraphs += report.paragraphs.len();
                writer.put(report)?;
            }
        }
        for number in 0..grow.saturating_sub(paragraphs).div_ceil(PARAGRAPHS) {
            writer.put(shuffled_report(&pool.sentences, number, &mut random))?;
        }
        writer.commit()?;
    }
    Ok(pool)
}

/// A report of random sentences of all reports.
fn shuffled_report(sentences: &[Sentence], number: usize, random: &mut Random) -> Report {
    let mut report = Report::new(format!("shuffled/{number:06}.txt"));
    report.paragraphs = (0..PARAGRAPHS)
        .map(|_| {
            let texts: Vec<&str> = (0..SENTENCES)
                .filter_map(|_| random.pick(sentences))
                .map(|sentence| sentence.text.as_str())
                .collect();
            Paragraph::new(texts.join(" "))
        })
        .collect();
    report
}

/// Distinct quotations of each kind.
fn quotations_by_kind(pool: &SentencePool, each: usize) -> Vec<(&'static str, Vec<String>)> {
    let mut random = Random::new(2);
    let all = &pool.sentences;
    let mut kinds = vec![("verbatim", all.iter().take(each).map(|sentence| sentence.text.clone()).collect())];
    for name in ["word changed", "negation lost", "silent cut of 7 to 15 words"] {
        let mutation = MUTATIONS.iter().find(|mutation| mutation.name == name);
        debug_assert!(mutation.is_some(), "{name} is the name of a mutation");
        let Some(mutation) = mutation else { continue };
        let texts = all.iter().filter_map(|sentence| {
            let words: Vec<&str> = sentence.text.split(' ').collect();
            (mutation.apply)(&words, &mut random)
        });
        kinds.push((name, texts.take(each).collect()));
    }
    let pairs = all.chunks_exact(2).map(|pair| format!("{} {}", pair[0].text, pair[1].text));
    kinds.push(("two spliced", pairs.take(each).collect()));
    kinds.push(("fabricated", all.chunks_exact(5).filter_map(fabricated::mosaic).take(each).collect()));
    kinds
}

/// Checks a second, and the median and 95th percentile of the latency.
fn rate_and_latency(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let total: Duration = times.iter().sum();
    let percentile = |percent: usize| times.get(times.len() * percent / 100).copied().map_or(0.0, millis);
    let rate = times.len() as f64 / total.as_secs_f64().max(1e-9);
    format!("{rate:>8.0} checks/s; p50 {:>7.2} ms, p95 {:>7.2} ms", percentile(50), percentile(95))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn memory() -> String {
    format!("memory {} MiB, peak {} MiB", own_memory() >> 20, own_peak_memory() >> 20)
}
