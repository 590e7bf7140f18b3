//! Ours and raw tantivy at the same work: the same paragraphs, the same queries, the same counts.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin engines -- [SCALES] [SEED] [OUT] [NOTE]
//! cargo run --release -p quotable-benches --bin engines -- table RUN.json [OUT]
//! ```
//!
//! `SCALES` are times 30,000 paragraphs, smallest first: `1,10` unless said. The run is written to `OUT`, which is
//! `benches` unless said: `runs/<day>-<machine>.json`, and into the table and the plot of its `README.md`;
//! `table` writes these again of a run there is. `NOTE` is what a reader should know of the run.
//!
//! Every index is made by a process of its own, so that its memory can be told. Questions go to the engines in turn,
//! several times, and take as long as they are on a processor. What must be found is said by the pure matcher over every
//! text: a wrong count voids the row.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

use quotable::report::Report;
use quotable_benches::clock::{self, Moment};
use quotable_benches::engines::machine::{Machine, forget, peak, size};
use quotable_benches::engines::oracle::{Expected, expected};
use quotable_benches::engines::ours::Ours;
use quotable_benches::engines::question::{Class, Question, questions};
use quotable_benches::engines::raw::Raw;
use quotable_benches::engines::{Answer, Engine, Outcome};
use quotable_benches::generate::Corpus;
use quotable_benches::run::{Built, Row, Run, Scale, Task, Time, plot, table, today};

/// Paragraphs at 1x: about what is in 200 reports.
const BASE: u64 = 30_000;
/// The engines, ours first and the floor last.
const ENGINES: [&str; 2] = ["quotable", "tantivy"];
/// How often each question goes to each engine.
const ROUNDS: usize = 5;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["build", engine, folder, paragraphs, seed] => build(engine, Path::new(folder), paragraphs, seed),
        ["table", run] => again(Path::new(run), "benches"),
        ["table", run, out] => again(Path::new(run), out),
        [] => run("1,10", "1", "benches", ""),
        [scales] => run(scales, "1", "benches", ""),
        [scales, seed] => run(scales, seed, "benches", ""),
        [scales, seed, out] => run(scales, seed, out, ""),
        [scales, seed, out, note] => run(scales, seed, out, note),
        _ => Err("usage: engines [SCALES] [SEED] [OUT] [NOTE], or engines table RUN.json [OUT]".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(scales: &str, seed: &str, out: &str, note: &str) -> Outcome<()> {
    let seed = seed.parse()?;
    let scales = scales.split(',').map(str::parse).collect::<Result<Vec<u64>, _>>()?;
    let work = std::env::temp_dir().join(format!("quotable-benches-{}", std::process::id()));
    let measured = scales.into_iter().map(|times| measure(times, seed, &work)).collect::<Outcome<Vec<_>>>();
    std::fs::remove_dir_all(&work)?;
    let note = note.to_owned();
    let run = Run { day: today(), machine: Machine::this(), note, seed, scales: measured? };
    let runs = Path::new(out).join("runs");
    std::fs::create_dir_all(&runs)?;
    std::fs::write(runs.join(run.name() + ".json"), serde_json::to_string_pretty(&run)? + "\n")?;
    show(&run, Path::new(out))
}

/// The tables of a run made before.
fn again(run: &Path, out: &str) -> Outcome<()> {
    show(&serde_json::from_slice(&std::fs::read(run)?)?, Path::new(out))
}

fn show(run: &Run, out: &Path) -> Outcome<()> {
    let name = run.name();
    std::fs::write(out.join(format!("runs/{name}.svg")), plot(run))?;
    let text = format!("{}\n![Ratios to tantivy, query by query](runs/{name}.svg)\n", table(run));
    println!("{text}");
    into_readme(&out.join("README.md"), &text)
}

/// Puts the tables between the marks of the README, if it is there and has them.
fn into_readme(path: &Path, text: &str) -> Outcome<()> {
    const MARKS: [&str; 2] = ["<!-- made by engines -->\n", "<!-- end -->"];
    let Ok(readme) = std::fs::read_to_string(path) else { return Ok(()) };
    let (Some(start), Some(end)) = (readme.find(MARKS[0]), readme.find(MARKS[1])) else { return Ok(()) };
    let (before, after) = (&readme[..start + MARKS[0].len()], &readme[end..]);
    Ok(std::fs::write(path, format!("{before}\n{text}\n{after}"))?)
}

fn measure(times: u64, seed: u64, work: &Path) -> Outcome<Scale> {
    let paragraphs = times * BASE;
    eprintln!("{times}x: {paragraphs} paragraphs");
    let corpus = || Corpus::new(seed, paragraphs);
    let mut built = Vec::new();
    let mut folders = Vec::new();
    for engine in ENGINES {
        let folder = work.join(format!("{times}-{engine}"));
        let program = std::env::current_exe()?;
        let mut command = Command::new(program);
        command.arg("build").arg(engine).arg(&folder).args([paragraphs.to_string(), seed.to_string()]);
        let output = command.output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        let one: Built = serde_json::from_slice(&output.stdout)?;
        eprintln!("  {engine}: {:.2} s, {} bytes, {} segments", one.seconds, one.size, one.segments);
        built.push(one);
        folders.push(folder);
    }
    // The same at every scale.
    let questions = questions(Corpus::new(seed, 3_000))?;
    eprintln!("  the oracle reads");
    let expected = expected(&questions, corpus())?;
    let bytes =
        corpus().flat_map(|report| report.paragraphs).map(|paragraph| paragraph.text.len() as u64).sum();
    let rows = ask(&folders, &questions, &expected)?;
    for folder in &folders {
        std::fs::remove_dir_all(folder)?;
    }
    Ok(Scale { times, paragraphs, bytes, built, rows })
}

/// Makes one index, in a process that does nothing else, and prints what it took.
fn build(engine: &str, folder: &Path, paragraphs: &str, seed: &str) -> Outcome<()> {
    let mut making = Duration::ZERO;
    let mut corpus = Corpus::new(seed.parse()?, paragraphs.parse()?);
    let mut reports = std::iter::from_fn(|| {
        let start = clock::of_thread();
        let report = corpus.next();
        making += clock::of_thread() - start;
        report
    });
    let reports: &mut dyn Iterator<Item = Report> = &mut reports;
    let start = Moment::now();
    let segments = match engine {
        "quotable" => Ours::build(folder, reports)?,
        "tantivy" => Raw::build(folder, reports)?,
        _ => return Err("no such engine".into()),
    };
    let spent = start.spent().own;
    let built = Built {
        engine: engine.to_owned(),
        seconds: spent.saturating_sub(making).as_secs_f64(),
        size: size(folder)?,
        segments,
        peak: peak(),
    };
    println!("{}", serde_json::to_string(&built)?);
    Ok(())
}

fn ask(folders: &[PathBuf], questions: &[Question], expected: &[Expected]) -> Outcome<Vec<Row>> {
    let (ours, raw) = (Ours::open(&folders[0], questions)?, Raw::open(&folders[1], questions)?);
    let engines: [&dyn Engine; 2] = [&ours, &raw];
    let mut rows = Vec::new();
    for (number, (question, expected)) in questions.iter().zip(expected).enumerate() {
        eprintln!("  {}: {}", question.class.name(), question.query);
        let row = |task, times| Row {
            class: question.class,
            query: question.query.to_string(),
            task,
            paragraphs: expected.paragraphs,
            occurrences: expected.occurrences,
            times,
        };
        let task = if question.class.is_ranked() { Task::Top } else { Task::All };
        let times = in_turn(&engines, expected, |engine| engine.answer(number))?;
        rows.push(row(task, times));
        if question.class.is_ranked() {
            rows.push(row(Task::Count, in_turn(&engines, expected, |engine| engine.count(number))?));
        }
    }
    drop((ours, raw));
    for class in [Class::RareWord, Class::Phrase, Class::And] {
        if let Some(number) = questions.iter().position(|question| question.class == class) {
            rows.extend(cold(folders, questions, expected, number)?);
        }
    }
    Ok(rows)
}

/// Asks the engines in turn, some rounds.
fn in_turn(
    engines: &[&dyn Engine],
    expected: &Expected,
    ask: impl Fn(&dyn Engine) -> Outcome<Option<Answer>>,
) -> Outcome<Vec<Time>> {
    let mut all = vec![Vec::new(); engines.len()];
    for _ in 0..ROUNDS {
        for (engine, times) in engines.iter().zip(&mut all) {
            times.extend(clock::each(1, || ask(*engine))?);
        }
    }
    let judged = engines.iter().zip(&all).map(|(engine, times)| {
        let fault = expected.fault(ask(*engine)?);
        Ok(Time { fault, ..Time::of(times) })
    });
    judged.collect()
}

/// The ten best of an index just opened, its files not in memory; `None` where they cannot be made to leave it.
fn cold(
    folders: &[PathBuf],
    questions: &[Question],
    expected: &[Expected],
    number: usize,
) -> Outcome<Option<Row>> {
    let mut all = vec![Vec::new(); folders.len()];
    let mut faults = vec![None; folders.len()];
    let question = &questions[number..=number];
    for _ in 0..ROUNDS {
        for (place, folder) in folders.iter().enumerate() {
            if !forget(folder) {
                return Ok(None);
            }
            let start = Instant::now();
            let answer = match place {
                0 => Ours::open(folder, question)?.answer(0)?,
                _ => Raw::open(folder, question)?.answer(0)?,
            };
            all[place].push(start.elapsed());
            faults[place] = expected[number].fault(answer);
        }
    }
    let times = all.iter().zip(faults).map(|(times, fault)| Time { fault, ..Time::of(times) }).collect();
    Ok(Some(Row {
        class: question[0].class,
        query: question[0].query.to_string(),
        task: Task::Cold,
        paragraphs: expected[number].paragraphs,
        occurrences: expected[number].occurrences,
        times,
    }))
}
