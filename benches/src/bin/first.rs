//! From a folder of files to the first answer: the whole command with no index yet, beside what people use instead.
//!
//! ```sh
//! cargo build --release -p quotable-cli
//! cargo run --release -p quotable-benches --bin first -- QUOTABLE FOLDER [WORD]
//! ```
//!
//! `QUOTABLE` is the command, `FOLDER` holds PDFs, `WORD` is `unallocated` unless said. Every program answers twice: the
//! second time from what it keeps, if it keeps anything. recoll finds whole files, pdfgrep lines. What is not installed is
//! left out, and named: Debian has recoll as `recollcmd`, with `poppler-utils` for PDFs, and `pdfgrep`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

use quotable_benches::clock::Moment;
use quotable_benches::engines::Outcome;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [quotable, folder, word @ ..] = arguments.as_slice() else {
        eprintln!("usage: first QUOTABLE FOLDER [WORD]");
        return ExitCode::from(2);
    };
    let word = word.first().map_or("unallocated", String::as_str);
    let work = std::env::temp_dir().join(format!("quotable-first-{}", std::process::id()));
    let outcome = measure(quotable, Path::new(folder), word, &work);
    let removed = std::fs::remove_dir_all(&work);
    match outcome.and_then(|()| Ok(removed?)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn measure(quotable: &str, folder: &Path, word: &str, work: &Path) -> Outcome<()> {
    let folder = std::fs::canonicalize(folder)?;
    let recoll = work.join("recoll");
    std::fs::create_dir_all(&recoll)?;
    // Unasked it gives way to all other work, and would take by the clock whatever that takes.
    let settings = format!("topdirs = {}\nidxniceprio = 0\n", folder.display());
    std::fs::write(recoll.join("recoll.conf"), settings)?;
    let mut search = Command::new(quotable);
    search.args(["search", word]).arg(&folder).arg("--index").arg(work.join("quotable"));
    let mut index = Command::new("recollindex");
    index.arg("-c").arg(&recoll);
    let mut find = Command::new("recollq");
    find.arg("-c").arg(&recoll).arg(word);
    let mut grep = Command::new("pdfgrep");
    grep.args(["--recursive", "--ignore-case", "--count", word]).arg(&folder);
    println!("| program | answer | s by the clock | s on a processor |\n|---|---|---|---|");
    for (name, commands, again) in [
        ("quotable", vec![&mut search], 0),
        ("recoll", vec![&mut index, &mut find], 1),
        ("pdfgrep", vec![&mut grep], 0),
    ] {
        time(name, commands, again)?;
    }
    Ok(())
}

/// Runs all commands, and then those from one on again.
fn time(name: &str, mut commands: Vec<&mut Command>, again: usize) -> Outcome<()> {
    for (answer, from) in [("first", 0), ("next", again)] {
        let start = Moment::now();
        for command in &mut commands[from..] {
            let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
            match quiet.status() {
                // As with grep, 1 is nothing found.
                Ok(status) if status.code().is_some_and(|code| code < 2) => {}
                Ok(status) => return Err(format!("{name}: {status}").into()),
                Err(error) => {
                    eprintln!("LEFT OUT {name}: {error}");
                    return Ok(());
                }
            }
        }
        let spent = start.spent();
        let (clock, processor) = (spent.clock.as_secs_f64(), spent.children.as_secs_f64());
        println!("| {name} | {answer} | {clock:.2} | {processor:.2} |");
    }
    Ok(())
}
