//! Puts real sentences, some of them lightly changed, into invented prose without quotation marks, and counts how many
//! of them a check of the article finds, and how much it finds where there is nothing.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin passages -- CORPUS_DIR [--each 200] [--seed 1] [--misses]
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its results")]

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use quotable::prelude::*;
use quotable::report::{Paragraph, Report};
use quotable::{ArticleCheck, CheckOptions, Index};
use quotable_benches::cli::{SeedOption, run};
use quotable_benches::error::Result;
use quotable_benches::quotations::mutation::MUTATIONS;
use quotable_benches::quotations::{Sentence, SentencePool};
use quotable_testkit::Random;

/// Sentences of a report in one article.
const SENTENCES: usize = 5;
/// The share of a sentence that must be found.
const FOUND: f64 = 0.6;

/// Counts passages without quotation marks that a check finds.
#[derive(Parser)]
struct Arguments {
    /// Folder of reports
    corpus: PathBuf,
    /// Articles
    #[arg(long, default_value_t = 200)]
    each: usize,
    #[command(flatten)]
    seed: SeedOption,
    /// List the sentences that are not found, and what is found wrongly
    #[arg(long)]
    misses: bool,
}

/// Sentences of nobody: a beginning, a middle and an end of each kind, which join to prose of the press.
const BEGINNINGS: [&str; 16] = [
    "Campaigners in the town",
    "The leader of the council",
    "Residents who came to the meeting on Tuesday",
    "A mother of three from the harbour estate",
    "Opposition councillors",
    "The new head of the department",
    "Nobody at the civic centre on Friday",
    "Union officials",
    "Teachers at two of the primary schools",
    "The former mayor",
    "Staff on the second floor",
    "Neighbours of the closed nursery",
    "The charity that runs the drop-in on Quay Street",
    "Foster carers who spoke to this newspaper",
    "Social workers and their managers",
    "The cabinet member",
];
const MIDDLES: [&str; 16] = [
    "had expected worse, and said as much to reporters,",
    "was clear that more money alone would change little,",
    "went home without an answer to the question they had brought,",
    "has asked for a public meeting before the summer holidays,",
    "remembers how long the last overhaul took to show results,",
    "spoke of relief as much as of anger,",
    "wants to know who knew what and when they knew it,",
    "pointed to the rising cost of agency workers in the region,",
    "believes that children deserve better than another action plan,",
    "did not recognise the picture that inspectors painted of the service,",
    "has promised to publish every step of the recovery online,",
    "read the report twice over the weekend,",
    "blamed a decade of cuts to budgets for young people,",
    "praised those who work late into the night for families,",
    "called for calm while the findings are being studied,",
    "said little, and left by the side door,",
];
const ENDS: [&str; 12] = [
    "which the town has heard before.",
    "and a vote is due next month.",
    "though few in the room believed it.",
    "after eleven weeks of waiting for a reply.",
    "because nothing else has worked so far.",
    "and the phones have not stopped ringing since.",
    "as the rain came down on the market square.",
    "with the election only days away.",
    "before the item was deferred yet again.",
    "in a statement of four lines.",
    "to the surprise of those on the front bench.",
    "and asked for patience until the autumn.",
];

fn main() -> ExitCode {
    run(measure)
}

/// An article, and the bytes of its paragraphs that are real.
struct Article {
    report: Report,
    /// Paragraph, bytes, and the original of each real sentence, with how it was changed.
    real: Vec<(usize, Range<usize>, String, &'static str)>,
    invented_words: usize,
}

#[derive(Default)]
struct Tally {
    sentences: usize,
    found: usize,
}

fn measure(Arguments { corpus, each, seed: SeedOption { seed }, misses }: Arguments) -> Result {
    let index = Index::in_memory()?;
    eprintln!("{}", index.refresh(corpus)?);
    let pool = SentencePool::new(&index, &mut Random::new(seed))?;
    let mut by_report: BTreeMap<&str, Vec<&Sentence>> = BTreeMap::new();
    for sentence in &pool.sentences {
        by_report.entry(&sentence.path).or_default().push(sentence);
    }
    by_report.retain(|_, sentences| sentences.len() >= SENTENCES);
    let paths: Vec<&str> = by_report.keys().copied().collect();
    let snapshot = index.snapshot();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let (mut false_passages, mut invented_words, mut wrong_reports) = (0, 0, 0);
    let mut time = Duration::ZERO;
    for number in 0..each {
        let mut random = Random::for_item(seed, number as u64);
        let Some(path) = random.pick(&paths).copied() else { break };
        let Some(head) = snapshot.report_head(path) else { continue };
        let name = head.authority.map_or_else(|| "the town".to_owned(), |authority| authority.name.clone());
        let mut article = made(&name, &by_report[path], &mut random);
        article.report.published = head.published;
        let start = Instant::now();
        let checked = snapshot.check_article(&article.report, &CheckOptions::default())?;
        time += start.elapsed();
        let about = checked.about.as_ref().and_then(|about| about.report.as_deref());
        wrong_reports += usize::from(about != Some(path));
        invented_words += article.invented_words;
        for (paragraph, bytes, text, change) in &article.real {
            let tally = tallies.entry(change).or_default();
            tally.sentences += 1;
            let is_found = covered(&checked, *paragraph, bytes) >= FOUND;
            tally.found += usize::from(is_found);
            if misses && !is_found {
                let there = &article.report.paragraphs[*paragraph].text[bytes.clone()];
                println!("    - not found ({change}, about {about:?}): {there}\n      original: {text}");
            }
        }
        for passage in &checked.passages {
            let Some(part) = passage.quotation.parts.first() else { continue };
            let touches = article.real.iter().any(|(paragraph, bytes, ..)| {
                *paragraph == part.paragraph && bytes.start < part.bytes.end && part.bytes.start < bytes.end
            });
            if !touches {
                false_passages += 1;
                if misses {
                    println!("    - found wrongly: {}", passage.quotation.text);
                }
            }
        }
    }
    println!("{:<34}{:>10}{:>8}", "change", "sentences", "found");
    let (mut sentences, mut found) = (0, 0);
    for (change, tally) in &tallies {
        println!("{change:<34}{:>10}{:>8}", tally.sentences, tally.found);
        sentences += tally.sentences;
        found += tally.found;
    }
    println!("{:<34}{sentences:>10}{found:>8}", "all");
    println!("recall {:.1} %", 100.0 * found as f64 / sentences.max(1) as f64);
    println!("false passages: {false_passages} in {invented_words} invented words");
    println!("articles said to be about another report: {wrong_reports} of {each}");
    println!("{:.1} ms an article", time.as_secs_f64() * 1e3 / each.max(1) as f64);
    Ok(())
}

/// The share of the bytes of a paragraph that passages cover.
fn covered(checked: &ArticleCheck, paragraph: usize, bytes: &Range<usize>) -> f64 {
    let parts = checked.passages.iter().flat_map(|passage| &passage.quotation.parts);
    let here = parts.filter(|part| part.paragraph == paragraph);
    let covered: usize = here
        .map(|part| part.bytes.end.min(bytes.end).saturating_sub(part.bytes.start.max(bytes.start)))
        .sum();
    covered as f64 / bytes.len().max(1) as f64
}

/// An invented sentence.
fn invented(random: &mut Random) -> String {
    let part = |parts: &[&'static str], random: &mut Random| random.pick(parts).copied().unwrap_or_default();
    format!("{} {} {}", part(&BEGINNINGS, random), part(&MIDDLES, random), part(&ENDS, random))
}

/// An article on an authority with some sentences of its report, half of them changed.
fn made(name: &str, sentences: &[&Sentence], random: &mut Random) -> Article {
    let mut report = Report::default();
    let mut invented_words = 0;
    let opening =
        format!("{name} has a new inspection report, published today, and few will like all of it.");
    report.paragraphs.push(Paragraph::new(opening));
    let mut real = Vec::new();
    for _ in 0..SENTENCES {
        let Some(sentence) = random.pick(sentences) else { continue };
        let words: Vec<&str> = sentence.text.split(' ').collect();
        let mut change = "unchanged";
        let mut text = sentence.text.clone();
        if random.chance(0.5)
            && let Some(mutation) = random.pick(&MUTATIONS)
            && let Some(changed) = (mutation.apply)(&words, random)
        {
            (change, text) = (mutation.name, changed);
        }
        let before = if random.chance(0.7) { invented(random) + " " } else { String::new() };
        let after = if random.chance(0.7) { " ".to_owned() + &invented(random) } else { String::new() };
        invented_words += before.split_whitespace().count() + after.split_whitespace().count();
        let bytes = before.len()..before.len() + text.len();
        real.push((report.paragraphs.len(), bytes, sentence.text.clone(), change));
        report.paragraphs.push(Paragraph::new(format!("{before}{text}{after}")));
        let more = invented(random);
        invented_words += more.split_whitespace().count();
        report.paragraphs.push(Paragraph::new(more));
    }
    Article { report, real, invented_words }
}
