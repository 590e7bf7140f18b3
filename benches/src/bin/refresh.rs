//! How long a refresh takes that finds nothing changed, one file, and one in a hundred.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin refresh -- [FILES]
//! ```
//!
//! Writes so many small files, 100,000 unless said, indexes them, and refreshes the index again and again, each time in a
//! process of its own, with whatever the system still holds in memory. A file is changed by one more paragraph at its end.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use quotable::Index;
use quotable_benches::clock::Moment;
use quotable_benches::engines::Outcome;
use quotable_benches::engines::machine::peak;
use quotable_benches::generate::{Corpus, markdown};

/// How often the index is refreshed again after each kind of change.
const ROUNDS: u64 = 3;
/// How many paragraphs a file has.
const PARAGRAPHS: usize = 4;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments.as_slice() {
        ["again", corpus, index] => again(Path::new(corpus), Path::new(index)),
        [] => measure("100000"),
        [files] => measure(files),
        _ => Err("usage: refresh [FILES]".into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn measure(files: &str) -> Outcome<()> {
    let files: u64 = files.replace('_', "").parse()?;
    let work = std::env::temp_dir().join(format!("quotable-refresh-{}", std::process::id()));
    let outcome = rounds(files, &work);
    std::fs::remove_dir_all(&work)?;
    outcome
}

fn rounds(files: u64, work: &Path) -> Outcome<()> {
    let (corpus, index) = (work.join("corpus"), work.join("index"));
    write(files, &corpus)?;
    println!(
        "| refresh of {files} files | s by the clock | s on a processor | peak MiB | found |\n|---|---|---|---|---|"
    );
    one("the first", &corpus, &index)?;
    let hundredth = (files / 100).max(1);
    for (name, changed) in
        [("nothing changed", 0), ("one changed", 1), ("one in a hundred changed", hundredth)]
    {
        for round in 0..ROUNDS {
            for number in 0..changed {
                change(&file(&corpus, number * (files / changed)), round)?;
            }
            one(name, &corpus, &index)?;
        }
    }
    Ok(())
}

/// The paragraphs of one report make many files.
fn write(files: u64, corpus: &Path) -> Outcome<()> {
    let (mut made, mut whole) = (0, Corpus::new(1, u64::MAX));
    while made < files {
        let Some(mut report) = whole.next() else { break };
        let paragraphs = std::mem::take(&mut report.paragraphs);
        for part in paragraphs.chunks_exact(PARAGRAPHS).take((files - made) as usize) {
            report.paragraphs = part.to_vec();
            let path = file(corpus, made);
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            std::fs::write(path, markdown(&report))?;
            made += 1;
        }
    }
    Ok(())
}

fn file(corpus: &Path, number: u64) -> PathBuf {
    corpus.join(format!("{}/{number}.md", number / 1_000))
}

fn change(path: &Path, round: u64) -> Outcome<()> {
    let mut file = OpenOptions::new().append(true).open(path)?;
    Ok(writeln!(file, "\nThe plan was changed again, for the {}th time.", round + 1)?)
}

fn one(name: &str, corpus: &Path, index: &Path) -> Outcome<()> {
    let program = std::env::current_exe()?;
    let output = Command::new(program).arg("again").arg(corpus).arg(index).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    println!("| {name} | {}", String::from_utf8_lossy(&output.stdout).trim_end());
    Ok(())
}

fn again(corpus: &Path, index: &Path) -> Outcome<()> {
    let start = Moment::now();
    let refresh = Index::open_or_create(index)?.refresh(corpus)?;
    let spent = start.spent();
    let found = refresh.to_string().replace('\n', "; ");
    let (clock, own) = (spent.clock.as_secs_f64(), spent.own.as_secs_f64());
    println!("{clock:.2} | {own:.2} | {} | {found} |", peak());
    Ok(())
}
