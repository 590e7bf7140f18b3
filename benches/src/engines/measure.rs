//! One corpus, put before every engine.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use quotable::report::Report;

use super::machine::{forget, peak, size};
use super::oracle::Oracle;
use super::question::{Class, Question, Task, questions};
use super::{Engine, Kind, Outcome, lucene};
use crate::clock::{self, Moment, of_thread};
use crate::corpus::{Corpus, Source};
use crate::run::{Built, Row, Scale, Time};

/// The most times that a question goes to an engine; fewer if it takes long.
const ROUNDS: usize = 5;
/// How often an index is opened.
const OPENED: usize = 5;

/// Measures every engine on so many times a source, in a folder that is there for it alone. `say` is told how it goes.
///
/// # Errors
/// If an engine fails, or a file cannot be written.
pub fn measure(source: &Source, times: u64, seed: u64, work: &Path, say: &dyn Fn(&str)) -> Outcome<Scale> {
    let corpus = Corpus::write(work.join("corpus"), source.times(times, seed))?;
    // The same at every scale.
    let questions = questions(source.kind(), source.times(1, seed).take(20))?;
    let (mut built, mut folders) = (Vec::new(), Vec::new());
    for kind in Kind::ALL {
        if let Err(why) = kind.version() {
            say(&format!("WITHOUT {}: {why}", kind.name()));
            continue;
        }
        let folder = work.join(kind.name());
        let mut one = in_a_process(kind, &folder, &corpus)?;
        if kind.has_index() {
            one.open = opened(kind, &folder)?;
            say(&format!("{}: {:.2} s, {} bytes", one.engine, one.seconds.unwrap_or_default(), one.size));
        }
        built.push(one);
        folders.push((kind, folder));
    }
    say("the oracle reads");
    let oracle = Oracle::of(&questions, &corpus)?;
    let mut rows = ask(&folders, &questions, &oracle, say)?;
    say("Lucene works");
    match lucene::measure(work, &corpus, &questions, &oracle, &mut rows)? {
        Ok(one) => built.push(one),
        Err(why) => say(&format!("WITHOUT lucene: {why}")),
    }
    Ok(Scale { times, paragraphs: oracle.paragraphs, bytes: oracle.bytes, built, rows })
}

/// Makes an index in a process of its own, so that its memory can be told: the program asked for `build`.
fn in_a_process(kind: Kind, folder: &Path, corpus: &Corpus) -> Outcome<Built> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args(["build", kind.name()]).arg(folder).arg(corpus.path()).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// Makes one index, in a process that does nothing else.
///
/// # Errors
/// If it cannot be made.
pub fn build(engine: &str, folder: &Path, corpus: &Path) -> Outcome<Built> {
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == engine).ok_or("no such engine")?;
    let mut making = Duration::ZERO;
    let corpus = Corpus::open(corpus);
    let mut corpus = corpus.reports()?;
    let mut reports = std::iter::from_fn(|| {
        let start = of_thread();
        let report = corpus.next();
        making += of_thread() - start;
        report
    });
    let reports: &mut dyn Iterator<Item = Report> = &mut reports;
    let start = Moment::now();
    let segments = kind.build(folder, reports)?;
    let spent = start.spent().own;
    Ok(Built {
        engine: engine.to_owned(),
        version: kind.version()?,
        seconds: kind.has_index().then(|| spent.saturating_sub(making).as_secs_f64()),
        size: size(folder)?,
        segments,
        peak: peak(),
        open: None,
    })
}

/// How long it takes on a processor to open an index, in microseconds.
fn opened(kind: Kind, folder: &Path) -> Outcome<Option<f64>> {
    let times = clock::each(OPENED, || kind.open(folder, &[]).map(drop))?;
    Ok(Time::of(&times).median)
}

fn ask(
    folders: &[(Kind, PathBuf)],
    questions: &[Question],
    oracle: &Oracle,
    say: &dyn Fn(&str),
) -> Outcome<Vec<Row>> {
    let engines = folders.iter().map(|(kind, folder)| kind.open(folder, questions));
    let engines = engines.collect::<Outcome<Vec<_>>>()?;
    let mut rows = Vec::new();
    for (number, question) in questions.iter().enumerate() {
        say(&format!("{}: {}", question.class.name(), question.query));
        for &task in question.class.tasks() {
            let times = in_turn(&engines, oracle, number, task)?;
            rows.push(row(question, task, oracle, number, times));
        }
    }
    // What an engine holds of its files cannot leave memory.
    drop(engines);
    for class in [Class::RareWord, Class::Phrase, Class::And] {
        let Some(number) = questions.iter().position(|question| question.class == class) else { continue };
        if let Some(times) = cold(folders, &questions[number], oracle, number)? {
            rows.push(row(&questions[number], Task::Cold, oracle, number, times));
        }
    }
    Ok(rows)
}

fn row(question: &Question, task: Task, oracle: &Oracle, number: usize, times: Vec<Time>) -> Row {
    let expected = oracle.expected(number);
    Row {
        class: question.class,
        query: question.query.to_string(),
        task,
        paragraphs: expected.paragraphs,
        occurrences: expected.occurrences,
        times,
    }
}

/// Asks the engines in turn, some rounds. The first answer of each is judged, and warms it up.
fn in_turn(engines: &[Box<dyn Engine>], oracle: &Oracle, question: usize, task: Task) -> Outcome<Vec<Time>> {
    let mut asked = Vec::new();
    for engine in engines {
        let start = Instant::now();
        let answer = engine.ask(question, task)?;
        let about = start.elapsed();
        let fault = answer.as_ref().and_then(|answer| oracle.fault(question, task, answer));
        let rounds = match about.as_millis() {
            _ if answer.is_none() => 0,
            0..100 => ROUNDS,
            100..500 => 3,
            _ => 1,
        };
        asked.push((engine, about, rounds, fault, Vec::new()));
    }
    for round in 0..ROUNDS {
        for (engine, about, rounds, _, times) in &mut asked {
            if round < *rounds {
                times.push(engine.time(question, task, *about)?);
            }
        }
    }
    Ok(asked.into_iter().map(|(.., fault, times)| Time { fault, ..Time::of(&times) }).collect())
}

/// The ten best of an index just opened, its files not in memory; `None` where they cannot be made to leave it.
fn cold(
    folders: &[(Kind, PathBuf)],
    question: &Question,
    oracle: &Oracle,
    number: usize,
) -> Outcome<Option<Vec<Time>>> {
    let mut all = vec![(Vec::new(), None); folders.len()];
    for _ in 0..ROUNDS {
        for ((kind, folder), (times, fault)) in folders.iter().zip(&mut all) {
            if !forget(folder) {
                return Ok(None);
            }
            let start = Instant::now();
            let answer = kind.open(folder, std::slice::from_ref(question))?.ask(0, Task::Cold)?;
            if let Some(answer) = answer {
                times.push(start.elapsed());
                *fault = oracle.fault(number, Task::Cold, &answer);
            }
        }
    }
    Ok(Some(all.into_iter().map(|(times, fault)| Time { fault, ..Time::of(&times) }).collect()))
}
