//! Measures how many quotations are checked a second, of each verdict apart, and in what memory.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin checks -- CORPUS_DIR INDEX_DIR [--each 500] [--grow PARAGRAPHS]
//! ```
//!
//! `INDEX_DIR` is made where there is none and kept. `--grow` adds paragraphs of the sentences of the corpus in another
//! order, up to so many. The first check after opening is told apart from those that follow.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program of measurement says how it goes")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use quotable::prelude::*;
use quotable::report::{Paragraph, Report};
use quotable::{Index, Quotation, Verdict};
use quotable_benches::quotations::chance::Chance;
use quotable_benches::quotations::change::CHANGES;
use quotable_benches::quotations::{Sentence, Sentences, made_up};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// How many paragraphs a report made up has, and how many sentences each of these.
const PARAGRAPHS: usize = 500;
const SENTENCES: usize = 4;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run() -> Outcome<()> {
    let mut folders = Vec::new();
    let (mut each, mut grow) = (500, 0);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut number =
            || arguments.next().and_then(|text| text.parse::<usize>().ok()).ok_or("a number is missing");
        match argument.as_str() {
            "--each" => each = number()?,
            "--grow" => grow = number()?,
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    let [corpus, folder] = folders.as_slice() else {
        return Err("usage: checks CORPUS_DIR INDEX_DIR [--each 500] [--grow PARAGRAPHS]".into());
    };
    let sentences = sentences(corpus, folder, grow)?;
    let started = Instant::now();
    let index = Index::open(folder)?;
    println!("opened in {:.1} ms; {}", millis(started.elapsed()), memory());
    let mut first = true;
    for (name, texts) in kinds(&sentences, each) {
        let mut times = Vec::with_capacity(texts.len());
        let mut verdicts: BTreeMap<Verdict, usize> = BTreeMap::new();
        for text in &texts {
            let started = Instant::now();
            let check = index.check(&Quotation::new(text.as_str()))?;
            times.push(started.elapsed());
            *verdicts.entry(check.verdict).or_default() += 1;
            if std::mem::take(&mut first) {
                println!("first check after opening: {:.1} ms", millis(started.elapsed()));
            }
        }
        let verdicts: Vec<String> =
            verdicts.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
        println!("{name:<22}{}   {}", spread(times), verdicts.join(", "));
    }
    println!("{}", memory());
    Ok(())
}

/// The sentences of the corpus; sees to it that the index holds it, and as many paragraphs as are asked for.
fn sentences(corpus: &Path, folder: &Path, grow: usize) -> Outcome<Sentences> {
    let index = Index::open_or_create(folder)?;
    let started = Instant::now();
    let plain = Index::in_memory()?;
    eprintln!("{} ({:.1} s)", plain.refresh(corpus)?, started.elapsed().as_secs_f64());
    let mut chance = Chance::new(1);
    let sentences = Sentences::of(&plain, &mut chance)?;
    if index.reports()?.is_empty() {
        let mut writer = index.writer()?;
        let mut paragraphs = 0;
        for source in plain.reports()? {
            if let Some(report) = plain.report(&source.path)? {
                paragraphs += report.paragraphs.len();
                writer.put(report)?;
            }
        }
        for number in 0..grow.saturating_sub(paragraphs).div_ceil(PARAGRAPHS) {
            writer.put(recombined(&sentences.all, number, &mut chance))?;
        }
        writer.commit()?;
    }
    Ok(sentences)
}

/// A report of sentences of all reports in chance order.
fn recombined(all: &[Sentence], number: usize, chance: &mut Chance) -> Report {
    let mut report = Report::new(format!("made up/{number:06}.txt"));
    report.paragraphs = (0..PARAGRAPHS)
        .map(|_| {
            let texts: Vec<&str> = (0..SENTENCES)
                .filter_map(|_| chance.pick(all))
                .map(|sentence| sentence.text.as_str())
                .collect();
            Paragraph::new(texts.join(" "))
        })
        .collect();
    report
}

/// Quotations of each kind, none twice.
fn kinds(sentences: &Sentences, each: usize) -> Vec<(&'static str, Vec<String>)> {
    let mut chance = Chance::new(2);
    let all = &sentences.all;
    let mut kinds =
        vec![("as they stand", all.iter().take(each).map(|sentence| sentence.text.clone()).collect())];
    for name in ["word changed", "negation lost", "silent cut of 7 to 15 words"] {
        let Some(change) = CHANGES.iter().find(|change| change.name == name) else { continue };
        let texts = all.iter().filter_map(|sentence| {
            let words: Vec<&str> = sentence.text.split(' ').collect();
            (change.make)(&words, &mut chance)
        });
        kinds.push((name, texts.take(each).collect()));
    }
    let pairs = all.chunks_exact(2).map(|pair| format!("{} {}", pair[0].text, pair[1].text));
    kinds.push(("two spliced", pairs.take(each).collect()));
    kinds.push(("made up", all.chunks_exact(5).filter_map(made_up::mosaic).take(each).collect()));
    kinds
}

/// How many a second, the median and the slowest of twenty.
fn spread(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let total: Duration = times.iter().sum();
    let at = |share: f64| times.get((times.len() as f64 * share) as usize).copied().map_or(0.0, millis);
    let rate = times.len() as f64 / total.as_secs_f64().max(1e-9);
    format!("{rate:>8.0} a second; median {:>7.2} ms, 95 in 100 under {:>7.2} ms", at(0.5), at(0.95))
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// What the system says of this process's memory, where it does.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
        kilobytes.map_or("unknown".to_owned(), |kilobytes| format!("{} MB", kilobytes / 1024))
    };
    format!("memory {}, at most {}", line("VmRSS:"), line("VmHWM:"))
}
