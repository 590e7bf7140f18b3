//! How long a refresh takes that finds nothing changed.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin refresh -- [FILES]
//! ```
//!
//! Writes so many small files, 100,000 unless said, indexes them, and refreshes the index again, each time in a process
//! of its own: the first with whatever the system still holds in memory.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::path::Path;
use std::process::{Command, ExitCode};

use quotable::Index;
use quotable_benches::clock::Moment;
use quotable_benches::engines::Outcome;
use quotable_benches::engines::machine::peak;
use quotable_benches::generate::{Corpus, markdown};

/// How often the index is refreshed again.
const ROUNDS: usize = 5;
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
    // The paragraphs of one report make many files.
    let (mut made, mut whole) = (0, Corpus::new(1, u64::MAX));
    while made < files {
        let Some(mut report) = whole.next() else { break };
        let paragraphs = std::mem::take(&mut report.paragraphs);
        for part in paragraphs.chunks_exact(PARAGRAPHS).take((files - made) as usize) {
            report.paragraphs = part.to_vec();
            let folder = corpus.join(format!("{}", made / 1_000));
            std::fs::create_dir_all(&folder)?;
            std::fs::write(folder.join(format!("{made}.md")), markdown(&report))?;
            made += 1;
        }
    }
    println!(
        "| refresh of {files} files | s by the clock | s on a processor | peak MiB | found |\n|---|---|---|---|---|"
    );
    for round in 0..=ROUNDS {
        let program = std::env::current_exe()?;
        let output = Command::new(program).arg("again").arg(&corpus).arg(&index).output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        let name = if round == 0 { "the first" } else { "again" };
        println!("| {name} | {}", String::from_utf8_lossy(&output.stdout).trim_end());
    }
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
