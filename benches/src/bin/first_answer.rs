//! The time from a folder of PDFs to the first answer: the whole command without an index, beside recoll and pdfgrep.
//!
//! ```sh
//! cargo build --release -p quotable-cli
//! cargo run --release -p quotable-benches --bin first_answer -- QUOTABLE FOLDER [WORD]
//! ```
//!
//! Each program answers twice, the second time from whatever it has stored. recoll finds whole files, pdfgrep lines. A
//! program that is not installed is left out with a message. On Debian they are in `recollcmd` (with `poppler-utils`
//! for PDFs) and `pdfgrep`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its results")]

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use clap::Parser;
use quotable_benches::cli::run;
use quotable_benches::clock::{Elapsed, Stopwatch};
use quotable_benches::error::Result;
use quotable_benches::files::files_in;
use quotable_benches::measurement::{Measurement, append_csv};
use quotable_benches::stats::Spread;

/// Measures the time from a folder of PDFs to the first answer, beside recoll and pdfgrep.
#[derive(Parser)]
struct Arguments {
    /// The built command `quotable`
    quotable: PathBuf,
    /// Folder of PDFs
    folder: PathBuf,
    /// The word to search for
    #[arg(default_value = "unallocated")]
    word: String,
    /// Append the measurements to this CSV file
    #[arg(long)]
    csv: Option<PathBuf>,
}

fn main() -> ExitCode {
    run(measure)
}

fn measure(Arguments { quotable, folder, word, csv }: Arguments) -> Result {
    let work = tempfile::tempdir()?;
    let folder = std::fs::canonicalize(folder)?;
    let recoll = work.path().join("recoll");
    std::fs::create_dir_all(&recoll)?;
    // By default recollindex runs at idle priority, and its wall time would depend on other work.
    let settings = format!("topdirs = {}\nidxniceprio = 0\n", folder.display());
    std::fs::write(recoll.join("recoll.conf"), settings)?;
    let mut search = Command::new(quotable);
    search.args(["search", &word]).arg(&folder).arg("--index").arg(work.path().join("quotable"));
    let mut recoll_index = Command::new("recollindex");
    recoll_index.arg("-c").arg(&recoll);
    let mut recoll_query = Command::new("recollq");
    recoll_query.arg("-c").arg(&recoll).arg(&word);
    let mut pdfgrep = Command::new("pdfgrep");
    pdfgrep.args(["--recursive", "--ignore-case", "--count", &word]).arg(&folder);
    let files = files_in(&folder)?.len() as u64;
    println!("| program | answer | wall s | CPU s |\n|---|---|---|---|");
    for (program, commands, first_of_next) in [
        ("quotable", vec![&mut search], 0),
        ("recoll", vec![&mut recoll_index, &mut recoll_query], 1),
        ("pdfgrep", vec![&mut pdfgrep], 0),
    ] {
        for (answer, Elapsed { wall, children_cpu, .. }) in time(program, commands, first_of_next)? {
            let (wall, cpu) = (wall.as_secs_f64(), children_cpu.as_secs_f64());
            println!("| {program} | {answer} | {wall:.2} | {cpu:.2} |");
            let row = |figure: &str, value| Measurement {
                engine: program.to_owned(),
                corpus: (files, "files"),
                kind: "first answer".to_owned(),
                query: word.clone(),
                figure: format!("{answer} answer, {figure}"),
                unit: "s",
                values: Some(Spread::single(value)),
                fault: String::new(),
            };
            if let Some(csv) = &csv {
                append_csv(csv, &[row("wall", wall), row("CPU", cpu)])?;
            }
        }
    }
    Ok(())
}

/// Runs all commands for the first answer, and those from `first_of_next` on for the next.
fn time(
    program: &str,
    mut commands: Vec<&mut Command>,
    first_of_next: usize,
) -> Result<Vec<(&'static str, Elapsed)>> {
    let mut times = Vec::new();
    for (answer, from) in [("first", 0), ("next", first_of_next)] {
        let stopwatch = Stopwatch::start();
        for command in &mut commands[from..] {
            let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            match command.status() {
                // As with grep, status 1 means that nothing was found.
                Ok(status) if status.code().is_some_and(|code| code < 2) => {}
                Ok(status) => return Err(format!("{program}: {status}").into()),
                Err(error) => {
                    eprintln!("WITHOUT {program}: {error}");
                    return Ok(Vec::new());
                }
            }
        }
        times.push((answer, stopwatch.elapsed()));
    }
    Ok(times)
}
