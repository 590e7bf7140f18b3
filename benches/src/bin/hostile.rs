//! Whether files that are out to do harm do any: to the command, to its memory, or to the time of whoever waits.
//!
//! ```sh
//! cargo run -p quotable-benches --bin hostile -- COMMAND SEEDS OUT [SPOILED [SCALE [SEED]]]
//! ```
//!
//! COMMAND is the built `quotable`. In OUT, which must not exist, are put every crafted file and SPOILED files made of
//! those in the folder SEEDS; then the command indexes them, as anybody's would, is asked what it could not read, and
//! answers a search. The exit status is 0 if it came to no harm.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of measurement says what it measured"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::time::{Duration, Instant};

use quotable_benches::files::files;
use quotable_benches::memory::Watched;
use quotable_hostile::{Hostile, Spoiler, crafted};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    let [command, seeds, out, numbers @ ..] = arguments.as_slice() else {
        eprintln!("usage: hostile COMMAND SEEDS OUT [SPOILED [SCALE [SEED]]]");
        return ExitCode::from(2);
    };
    let number = |at: usize| numbers.get(at).and_then(|number| number.to_str()?.parse::<u64>().ok());
    let (spoiled, scale, seed) = (number(0).unwrap_or(300), number(1).unwrap_or(10), number(2).unwrap_or(1));
    let made = make(Path::new(seeds), Path::new(out), spoiled as usize, scale as usize, seed);
    match made.and_then(|made| Trial { command: command.into(), out: out.into() }.run(&made)) {
        Ok(0) => ExitCode::SUCCESS,
        Ok(harm) => {
            println!("\n{harm} harms");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Puts the files in a folder; gives the name of each.
fn make(seeds: &Path, out: &Path, spoiled: usize, scale: usize, seed: u64) -> Outcome<Vec<String>> {
    fs::create_dir(out)?;
    let folder = out.join("corpus");
    fs::create_dir(&folder)?;
    let mut good = Vec::new();
    for (number, path) in (1..).zip(files(seeds)?) {
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        good.push(Hostile::new(format!("{number}.{ending}"), fs::read(path)?));
    }
    let mut names = Vec::new();
    for file in crafted(scale).into_iter().chain(Spoiler::new(good, seed).take(spoiled)) {
        fs::write(folder.join(&file.name), &file.bytes)?;
        names.push(file.name);
    }
    Ok(names)
}

/// The command and the files.
struct Trial {
    command: PathBuf,
    out: PathBuf,
}

impl Trial {
    /// Does all and says what came of it; gives how many harms were done.
    fn run(&self, names: &[String]) -> Outcome<usize> {
        let began = Instant::now();
        let (indexed, watched) = self.watched(&["index"])?;
        let took = began.elapsed();
        let failed = self.failed()?;
        say(names, &failed);
        println!("\nindexed in {:.1} s; {}", took.as_secs_f64(), ending(&indexed));
        println!("most memory: {} MiB, its workers {} MiB each", watched.own >> 20, watched.child >> 20);
        let began = Instant::now();
        let (again, _) = self.watched(&["index"])?;
        println!(
            "again, with nothing changed, in {:.1} s; {}",
            began.elapsed().as_secs_f64(),
            ending(&again)
        );
        let (found, watched) =
            self.watched(&["count", "gate OR a* OR 1*", "--by", "report", "--format", "csv"])?;
        println!("a count over all: {}; {} MiB", ending(&found), watched.own >> 20);
        let mut harm = 0;
        for ran in [&indexed, &again, &found] {
            let panicked = String::from_utf8_lossy(&ran.stderr).contains("panicked");
            harm += usize::from(panicked || !matches!(ran.status.code(), Some(0 | 1)));
        }
        for (kind, message, name) in &failed {
            if kind == "crashed" || kind == "over-budget" {
                println!("{kind}: {name}: {message}");
            }
            harm += usize::from(kind == "crashed");
        }
        Ok(harm)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.command);
        command.args(arguments).arg(self.out.join("corpus")).arg("--index").arg(self.out.join("index"));
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn watched(&self, arguments: &[&str]) -> Outcome<(Output, Watched)> {
        let child = self.command(arguments).spawn()?;
        let watching = Watched::begin(child.id(), Duration::from_millis(5));
        let output = child.wait_with_output()?;
        Ok((output, watching.end()))
    }

    /// What could not be read: the kind, the message, the name.
    fn failed(&self) -> Outcome<BTreeSet<(String, String, String)>> {
        let listed =
            self.command(&["reports", "--problems", "--no-refresh", "--format", "jsonl"]).output()?;
        let mut failed = BTreeSet::new();
        for line in String::from_utf8(listed.stdout)?.lines() {
            let record: serde_json::Value = serde_json::from_str(line)?;
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let failure = &record["failure"];
            if failure.is_object() {
                failed.insert((text(&failure["kind"]), text(&failure["message"]), text(&record["path"])));
            }
        }
        Ok(failed)
    }
}

fn ending(ran: &Output) -> String {
    format!("it ended with {}", ran.status)
}

fn say(names: &[String], failed: &BTreeSet<(String, String, String)>) {
    let ending = |name: &str| name.rsplit_once('.').map(|(_, ending)| ending.to_owned()).unwrap_or_default();
    let mut formats: BTreeMap<String, (usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for name in names {
        formats.entry(ending(name)).or_default().0 += 1;
    }
    for (kind, _, name) in failed {
        *formats.entry(ending(name)).or_default().1.entry(kind).or_default() += 1;
    }
    println!("| format | files | read | not read, and why |");
    println!("|---|---|---|---|");
    for (format, (files, kinds)) in &formats {
        let why: Vec<_> = kinds.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        let read = files.saturating_sub(kinds.values().sum());
        println!("| {format} | {files} | {read} | {} |", why.join(", "));
    }
}
