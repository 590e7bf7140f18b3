//! Ours and others at the same work: the same paragraphs, the same queries, the same counts.
//!
//! ```sh
//! cargo run --release -p quotable-benches --features sqlite --bin engines -- \
//!     [--reports FOLDER] [--scales 1,10] [--seed 1] [--out benches] [--note TEXT]
//! cargo run --release -p quotable-benches --bin engines -- table RUN.json [OUT]
//! ```
//!
//! The text is that of the reports of a folder; of none, it is made from the seed. `--scales` are times that, smallest
//! first. The run is written to `OUT`: `runs/<day>-<machine>-<text>` as JSON, tables and plot, and what it comes to into
//! `README.md`; `table` writes all but the JSON again of a run there is. `--note` is what a reader should know of the run.
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
use std::process::ExitCode;
use std::time::Instant;

use quotable_benches::corpus::{Kind, Source};
use quotable_benches::engines::Outcome;
use quotable_benches::engines::machine::Machine;
use quotable_benches::engines::measure::{build, measure};
use quotable_benches::run::{Run, details, plot, table, today};

const USAGE: &str = "usage: engines [--reports FOLDER] [--scales 1,10] [--seed 1] [--out benches] [--note TEXT], \
                     or engines table RUN.json [OUT]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["build", engine, folder, corpus] => made(engine, folder, corpus),
        ["table", run] => again(Path::new(run), "benches"),
        ["table", run, out] => again(Path::new(run), out),
        options => Options::read(options).and_then(|options| run(&options)),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

struct Options {
    reports: Option<PathBuf>,
    scales: Vec<u64>,
    seed: u64,
    out: PathBuf,
    note: String,
}

impl Options {
    fn read(arguments: &[&str]) -> Outcome<Self> {
        let mut options =
            Self { reports: None, scales: vec![1, 10], seed: 1, out: "benches".into(), note: String::new() };
        for pair in arguments.chunks(2) {
            match *pair {
                ["--reports", folder] => options.reports = Some(folder.into()),
                ["--scales", scales] => {
                    options.scales = scales.split(',').map(str::parse).collect::<Result<_, _>>()?;
                }
                ["--seed", seed] => options.seed = seed.parse()?,
                ["--out", out] => options.out = out.into(),
                ["--note", note] => options.note = note.to_owned(),
                _ => return Err(USAGE.into()),
            }
        }
        Ok(options)
    }
}

fn made(engine: &str, folder: &str, corpus: &str) -> Outcome<()> {
    println!("{}", serde_json::to_string(&build(engine, Path::new(folder), Path::new(corpus))?)?);
    Ok(())
}

fn run(options: &Options) -> Outcome<()> {
    let source = match &options.reports {
        None => Source::Generated,
        Some(folder) => {
            let (source, failed) = Source::read(folder)?;
            for path in failed {
                eprintln!("not read: {}", path.display());
            }
            source
        }
    };
    let work = std::env::temp_dir().join(format!("quotable-benches-{}", std::process::id()));
    let (mut scales, start) = (Vec::new(), Instant::now());
    let say = |what: &str| eprintln!("{:>6.0} s  {what}", start.elapsed().as_secs_f64());
    for &times in &options.scales {
        say(&format!("{times}x"));
        let measured = measure(&source, times, options.seed, &work, &say);
        std::fs::remove_dir_all(&work)?;
        scales.push(measured?);
    }
    let run = Run {
        day: today(),
        machine: Machine::this(),
        note: options.note.clone(),
        corpus: source.kind(),
        seed: options.seed,
        scales,
    };
    let runs = options.out.join("runs");
    std::fs::create_dir_all(&runs)?;
    std::fs::write(runs.join(run.name() + ".json"), serde_json::to_string_pretty(&run)? + "\n")?;
    show(&run, &options.out)
}

/// The tables of a run made before.
fn again(run: &Path, out: &str) -> Outcome<()> {
    show(&serde_json::from_slice(&std::fs::read(run)?)?, Path::new(out))
}

fn show(run: &Run, out: &Path) -> Outcome<()> {
    let name = run.name();
    std::fs::create_dir_all(out.join("runs"))?;
    std::fs::write(out.join(format!("runs/{name}.svg")), plot(run))?;
    std::fs::write(out.join(format!("runs/{name}.md")), details(run))?;
    let text = format!(
        "{}\n[Every class of query](runs/{name}.md), and as a picture:\n\n![Ratios to tantivy](runs/{name}.svg)\n",
        table(run)
    );
    println!("{text}");
    into_readme(&out.join("README.md"), run.corpus, &text)
}

/// Puts the tables between the marks of the README for such text, if it is there and has them.
fn into_readme(path: &Path, corpus: Kind, text: &str) -> Outcome<()> {
    let marks = [format!("<!-- {} -->\n", corpus.name()), format!("<!-- end of {} -->", corpus.name())];
    let Ok(readme) = std::fs::read_to_string(path) else { return Ok(()) };
    let (Some(start), Some(end)) = (readme.find(&marks[0]), readme.find(&marks[1])) else { return Ok(()) };
    let (before, after) = (&readme[..start + marks[0].len()], &readme[end..]);
    Ok(std::fs::write(path, format!("{before}\n{text}\n{after}"))?)
}
