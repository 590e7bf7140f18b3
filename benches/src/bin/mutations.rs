//! Alters real sentences in known ways, checks them against the reports, and counts how many alterations the check
//! reports correctly.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin mutations -- CORPUS_DIR [--each 200] [--seed 1] [--misses]
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its results")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use quotable::prelude::*;
use quotable::query::{Field, Query};
use quotable::{Check, CheckOptions, Index, Quotation, Verdict};
use quotable_benches::cli::{SeedOption, run};
use quotable_benches::error::Result;
use quotable_benches::quotations::mutation::{Expected, MUTATIONS};
use quotable_benches::quotations::similar::SimilarSentences;
use quotable_benches::quotations::{Sentence, SentencePool, fabricated};
use quotable_testkit::Random;

/// Sentences of at least this Jaccard similarity count as similar.
const MIN_SIMILARITY: f64 = 0.4;

/// Alters real sentences in known ways and counts how many alterations a check reports correctly.
#[derive(Parser)]
struct Arguments {
    /// Folder of reports
    corpus: PathBuf,
    /// Cases of each kind
    #[arg(long, default_value_t = 200)]
    each: usize,
    #[command(flatten)]
    seed: SeedOption,
    /// List the cases that are reported wrongly
    #[arg(long)]
    misses: bool,
}

fn main() -> ExitCode {
    run(measure)
}

fn measure(Arguments { corpus, each, seed: SeedOption { seed }, misses }: Arguments) -> Result {
    let index = Index::in_memory()?;
    eprintln!("{}", index.refresh(corpus)?);
    let pool = SentencePool::new(&index, &mut Random::new(seed))?;
    eprintln!("{} sentences", pool.sentences.len());
    let trial = Trial { index, pool, each, seed, show_misses: misses };
    println!("{:<34}{:>6}{:>9}{:>11}   verdicts", "alteration", "cases", "correct", "at source");
    trial.mutations()?;
    trial.splices()?;
    trial.fabrications()?;
    trial.similar_sentences()
}

struct Trial {
    index: Index,
    pool: SentencePool,
    /// Cases of each kind.
    each: usize,
    seed: u64,
    show_misses: bool,
}

/// The outcome of the cases of one kind.
#[derive(Default)]
struct Tally {
    cases: usize,
    correct: usize,
    /// Cases in which a place that the check names contains the original sentence.
    at_source: usize,
    verdicts: BTreeMap<Verdict, usize>,
    misses: Vec<String>,
}

impl Tally {
    fn add(&mut self, text: &str, check: &Check, is_correct: bool, original: &str) {
        self.cases += 1;
        self.correct += usize::from(is_correct);
        *self.verdicts.entry(check.verdict).or_default() += 1;
        self.at_source += usize::from(check.places.iter().any(|place| place.text.contains(original)));
        if !is_correct {
            let edits: Vec<String> =
                check.edits.iter().take(4).map(|edit| format!("{}: {edit}", edit.kind)).collect();
            self.misses.push(format!(
                "{} {:.2} {}\n      original: {original}\n      altered:  {text}\n      [{}]",
                check.verdict,
                check.similarity,
                check.places.first().or(check.nearest.as_ref()).map_or("", |place| place.source()),
                edits.join("] [")
            ));
        }
    }
}

impl Trial {
    fn check(&self, text: &str, filter: Option<Query>) -> quotable::Result<Check> {
        let mut options = CheckOptions::default();
        options.filter = filter;
        self.index.check_with(&Quotation::new(text), &options)
    }

    /// Sentences altered by each kind of mutation.
    fn mutations(&self) -> Result {
        for (number, mutation) in (0..).zip(MUTATIONS) {
            let mut random = Random::for_item(self.seed, number);
            let mut tally = Tally::default();
            for sentence in &self.pool.sentences {
                if tally.cases == self.each {
                    break;
                }
                let words: Vec<&str> = sentence.text.split(' ').collect();
                let Some(text) = (mutation.apply)(&words, &mut random) else { continue };
                // An altered sentence that stands in another report would be verbatim there. Only an alteration that
                // folding ignores leaves the sentence in the corpus.
                let should_occur = matches!(mutation.expected, Expected::Folded);
                if self.pool.contains(&text) != should_occur {
                    continue;
                }
                let check = self.check(&text, None)?;
                tally.add(&text, &check, mutation.expected.is_met(&check), &sentence.text);
            }
            self.print(mutation.name, &tally);
        }
        Ok(())
    }

    /// Pairs of sentences joined to one: from two reports, and from two paragraphs of one report.
    fn splices(&self) -> Result {
        let mut two_reports = Tally::default();
        let pairs = self.pool.sentences.chunks_exact(2).filter(|pair| pair[0].path != pair[1].path);
        for pair in pairs.take(self.each) {
            let text = format!("{} {}", pair[0].text, pair[1].text);
            let check = self.check(&text, None)?;
            two_reports.add(&text, &check, check.verdict == Verdict::Spliced, &pair[0].text);
        }
        self.print("two reports spliced", &two_reports);
        // The previous sentence of each report.
        let mut previous: BTreeMap<&str, &Sentence> = BTreeMap::new();
        let mut two_paragraphs = Tally::default();
        for sentence in &self.pool.sentences {
            let Some(first) = previous.insert(&sentence.path, sentence) else { continue };
            let text = format!("{} {}", first.text, sentence.text);
            if first.paragraph == sentence.paragraph
                || self.pool.contains(&text)
                || two_paragraphs.cases == self.each
            {
                continue;
            }
            let check = self.check(&text, None)?;
            two_paragraphs.add(&text, &check, check.verdict == Verdict::Spliced, &first.text);
        }
        self.print("two paragraphs spliced", &two_paragraphs);
        Ok(())
    }

    /// Sentences that no report has.
    fn fabrications(&self) -> Result {
        let mut random = Random::for_item(self.seed, 99);
        let all = &self.pool.sentences;
        let mut tallies = [Tally::default(), Tally::default(), Tally::default()];
        for (number, sentence) in all.iter().enumerate().take(self.each) {
            let other = &all[(number + self.each) % all.len()].text;
            let start = (number * 5) % all.len().saturating_sub(5).max(1);
            let texts = [
                fabricated::replace_words(&sentence.text, other, &mut random),
                Some(fabricated::shuffle_words(&sentence.text, &mut random)),
                all.get(start..start + 5).and_then(fabricated::mosaic),
            ];
            for (tally, text) in tallies.iter_mut().zip(texts) {
                let Some(text) = text else { continue };
                let check = self.check(&text, None)?;
                tally.add(&text, &check, check.verdict == Verdict::Absent, &sentence.text);
            }
        }
        for (name, tally) in
            ["two words of five replaced", "words shuffled", "mosaic of five sentences"].iter().zip(&tallies)
        {
            self.print(name, tally);
        }
        Ok(())
    }

    /// A similar sentence of another report must not pass for the original: neither in the report of the original, nor
    /// anywhere outside its own report.
    fn similar_sentences(&self) -> Result {
        let similar_sentences = SimilarSentences::new(&self.pool.sentences);
        let (mut in_report, mut elsewhere) = (Tally::default(), Tally::default());
        for (number, sentence) in self.pool.sentences.iter().enumerate() {
            if in_report.cases == self.each {
                break;
            }
            let Some((similar, similarity)) = similar_sentences.most_similar(number) else { continue };
            if similarity < MIN_SIMILARITY || self.pool.contains_outside(&similar.text, &similar.path) {
                continue;
            }
            let report = Query::filter(Field::Path, &sentence.path);
            let check = self.check(&similar.text, Some(report))?;
            in_report.add(&similar.text, &check, !check.verdict.is_exact(), &sentence.text);
            let others = Query::Not(Box::new(Query::filter(Field::Path, &similar.path)));
            let check = self.check(&similar.text, Some(others))?;
            let is_flagged = check.verdict == Verdict::Absent || !check.edits.is_empty();
            elsewhere.add(&similar.text, &check, !check.verdict.is_exact() && is_flagged, &sentence.text);
        }
        self.print("similar, in the original's report", &in_report);
        self.print("similar, in all other reports", &elsewhere);
        Ok(())
    }

    fn print(&self, name: &str, tally: &Tally) {
        let verdicts: Vec<String> =
            tally.verdicts.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
        println!(
            "{name:<34}{:>6}{:>9}{:>11}   {}",
            tally.cases,
            tally.correct,
            tally.at_source,
            verdicts.join(", ")
        );
        for miss in tally.misses.iter().filter(|_| self.show_misses) {
            println!("    - {miss}");
        }
    }
}
