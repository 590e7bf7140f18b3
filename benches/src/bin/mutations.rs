//! Changes real sentences in known ways, checks them against the reports, and counts what is flagged as what it is.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin mutations -- CORPUS_DIR [--each 200] [--seed 1] [--misses]
//! ```

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program of measurement says how it goes")]

use std::collections::BTreeMap;
use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use quotable::prelude::*;
use quotable::query::{Field, Query};
use quotable::{Check, CheckOptions, Index, Quotation, Verdict};
use quotable_benches::quotations::alike::Alike;
use quotable_benches::quotations::chance::Chance;
use quotable_benches::quotations::change::{CHANGES, Wanted};
use quotable_benches::quotations::{Sentence, Sentences, made_up};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The words of two sentences must agree so far for them to be alike.
const ALIKE: f64 = 0.4;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// What is measured, and how.
struct Bench {
    index: Index,
    sentences: Sentences,
    /// How many cases of each kind.
    each: usize,
    seed: u64,
    misses: bool,
}

/// The cases of one kind.
#[derive(Default)]
struct Row {
    cases: usize,
    right: usize,
    /// Of those in which the sentence stands among the places given.
    at_source: usize,
    verdicts: BTreeMap<Verdict, usize>,
    misses: Vec<String>,
}

impl Row {
    fn add(&mut self, text: &str, check: &Check, right: bool, source: &str) {
        self.cases += 1;
        self.right += usize::from(right);
        *self.verdicts.entry(check.verdict).or_default() += 1;
        self.at_source += usize::from(check.places.iter().any(|place| place.text.contains(source)));
        if !right {
            let edits: Vec<String> =
                check.edits.iter().take(4).map(|edit| format!("{}: {edit}", edit.kind)).collect();
            self.misses.push(format!(
                "{} {:.2} {}\n      was: {source}\n      now: {text}\n      [{}]",
                check.verdict,
                check.similarity,
                check.places.first().or(check.nearest.as_ref()).map_or("", |place| place.source()),
                edits.join("] [")
            ));
        }
    }
}

fn run() -> Outcome<()> {
    let mut arguments = std::env::args().skip(1);
    let (mut corpus, mut each, mut seed, mut misses) = (None, 200, 1, false);
    while let Some(argument) = arguments.next() {
        let mut number =
            || arguments.next().and_then(|text| text.parse::<u64>().ok()).ok_or("a number is missing");
        match argument.as_str() {
            "--each" => each = usize::try_from(number()?)?,
            "--seed" => seed = number()?,
            "--misses" => misses = true,
            _ => corpus = Some(PathBuf::from(argument)),
        }
    }
    let corpus = corpus.ok_or("usage: mutations CORPUS_DIR [--each 200] [--seed 1] [--misses]")?;
    let index = Index::in_memory()?;
    eprintln!("{}", index.refresh(corpus)?);
    let sentences = Sentences::of(&index, &mut Chance::new(seed))?;
    eprintln!("{} sentences", sentences.all.len());
    let bench = Bench { index, sentences, each, seed, misses };
    println!("{:<34}{:>6}{:>7}{:>10}   verdicts", "change", "cases", "right", "at source");
    bench.changes()?;
    bench.splices()?;
    bench.made_up()?;
    bench.alike()
}

impl Bench {
    fn check(&self, text: &str, filter: Option<Query>) -> quotable::Result<Check> {
        let mut options = CheckOptions::default();
        options.filter = filter;
        self.index.check_with(&Quotation::new(text), &options)
    }

    /// Every kind of change to one sentence.
    fn changes(&self) -> Outcome<()> {
        for (number, change) in (1..).zip(CHANGES) {
            let mut chance = Chance::new(self.seed * 1_000 + number);
            let mut row = Row::default();
            for sentence in &self.sentences.all {
                if row.cases == self.each {
                    break;
                }
                let words: Vec<&str> = sentence.text.split(' ').collect();
                let Some(text) = (change.make)(&words, &mut chance) else { continue };
                // Folding changes no word: there the words must stand.
                let folds = matches!(change.wanted, Wanted::Folded);
                if self.sentences.hold(&text) != folds {
                    continue;
                }
                let check = self.check(&text, None)?;
                row.add(&text, &check, change.wanted.is_met(&check), &sentence.text);
            }
            self.print(change.name, &row);
        }
        Ok(())
    }

    /// Sentences of two reports, and of one report, side by side; and two of a paragraph without the one between.
    fn splices(&self) -> Outcome<()> {
        let mut two = Row::default();
        for pair in
            self.sentences.all.chunks_exact(2).filter(|pair| pair[0].path != pair[1].path).take(self.each)
        {
            let text = format!("{} {}", pair[0].text, pair[1].text);
            let check = self.check(&text, None)?;
            two.add(&text, &check, check.verdict == Verdict::Spliced, &pair[0].text);
        }
        self.print("two reports spliced", &two);
        let mut firsts: BTreeMap<&str, &Sentence> = BTreeMap::new();
        let mut one = Row::default();
        for sentence in &self.sentences.all {
            let Some(first) = firsts.insert(&sentence.path, sentence) else { continue };
            let text = format!("{} {}", first.text, sentence.text);
            if first.paragraph == sentence.paragraph || self.sentences.hold(&text) || one.cases == self.each {
                continue;
            }
            let check = self.check(&text, None)?;
            one.add(&text, &check, check.verdict == Verdict::Spliced, &first.text);
        }
        self.print("two paragraphs spliced", &one);
        Ok(())
    }

    /// What stands in no report.
    fn made_up(&self) -> Outcome<()> {
        let mut chance = Chance::new(self.seed + 99);
        let all = &self.sentences.all;
        let mut rows = [Row::default(), Row::default(), Row::default()];
        for (number, sentence) in all.iter().enumerate().take(self.each) {
            let other = &all[(number + self.each) % all.len()].text;
            let start = (number * 5) % all.len().saturating_sub(5).max(1);
            let texts = [
                made_up::replaced(&sentence.text, other, &mut chance),
                Some(made_up::disordered(&sentence.text, &mut chance)),
                all.get(start..start + 5).and_then(made_up::mosaic),
            ];
            for (row, text) in rows.iter_mut().zip(texts) {
                let Some(text) = text else { continue };
                let check = self.check(&text, None)?;
                row.add(&text, &check, check.verdict == Verdict::Absent, &sentence.text);
            }
        }
        for (name, row) in
            ["two words of five replaced", "words disordered", "mosaic of five sentences"].iter().zip(&rows)
        {
            self.print(name, row);
        }
        Ok(())
    }

    /// The likest sentence of another report, looked for in the one report and everywhere but in its own.
    fn alike(&self) -> Outcome<()> {
        let alike = Alike::new(&self.sentences.all);
        let (mut against, mut without) = (Row::default(), Row::default());
        for (number, sentence) in self.sentences.all.iter().enumerate() {
            if against.cases == self.each {
                break;
            }
            let Some((like, share)) = alike.most(number) else { continue };
            if share < ALIKE || self.sentences.hold_in_others(&like.text, &like.path) {
                continue;
            }
            let first = Query::filter(Field::Path, &sentence.path);
            let check = self.check(&like.text, Some(first))?;
            against.add(&like.text, &check, !check.verdict.is_exact(), &sentence.text);
            let others = Query::Not(Box::new(Query::filter(Field::Path, &like.path)));
            let check = self.check(&like.text, Some(others))?;
            let flagged = check.verdict == Verdict::Absent || !check.edits.is_empty();
            without.add(&like.text, &check, !check.verdict.is_exact() && flagged, &sentence.text);
        }
        self.print("look-alike, its likeness's report", &against);
        self.print("look-alike, all other reports", &without);
        Ok(())
    }

    fn print(&self, name: &str, row: &Row) {
        let verdicts: Vec<String> =
            row.verdicts.iter().map(|(verdict, count)| format!("{count} {verdict}")).collect();
        println!("{name:<34}{:>6}{:>7}{:>10}   {}", row.cases, row.right, row.at_source, verdicts.join(", "));
        for miss in row.misses.iter().filter(|_| self.misses) {
            println!("    - {miss}");
        }
    }
}
