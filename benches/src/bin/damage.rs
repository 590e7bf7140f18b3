//! Spoils an index in many ways, one at a time, and compares what it answers with the answers of the whole one.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin damage -- REPORTS [--spoilings 2000] [--seed 1]
//! ```
//!
//! Each trial spoils one file of the index: a bit, a byte, a run of bytes, a zeroed page, a page copied over another, or
//! a file cut short. Then it asks for one answer of every kind: counts, ranked hits, all hits, concordances, themes,
//! theme chunks, whole reports, explanations, checks. An answer may be right or an error; the exit status is 0 if none
//! was wrong and nothing panicked.

#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use quotable::check::CheckQuotations as _;
use quotable::{CodeBook, Facet, Index, Quotation, SearchOptions};
use quotable_benches::cli::run_trial;
use quotable_benches::error::Result;
use quotable_testkit::Random;

/// Spoils an index in many ways, and compares its answers with the right ones.
#[derive(Parser)]
struct Arguments {
    /// The folder of reports to index
    reports: PathBuf,
    /// Number of spoiled indexes
    #[arg(long, default_value_t = 2000)]
    spoilings: u64,
    /// Other numbers spoil other places
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

fn main() -> ExitCode {
    run_trial(measure)
}

/// The length of a page, in bytes.
const PAGE: usize = 4096;

/// A way of spoiling a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Damage {
    Bit,
    Byte,
    Run,
    ZeroedPage,
    CopiedPage,
    CutShort,
}

const DAMAGES: [Damage; 6] =
    [Damage::Bit, Damage::Byte, Damage::Run, Damage::ZeroedPage, Damage::CopiedPage, Damage::CutShort];

/// What became of the answers of the spoiled indexes.
#[derive(Default)]
struct Outcomes {
    /// All answers were right: nothing asked for was in the spoiled place.
    right: u64,
    /// At least one answer was an error, and the others were right.
    refused: u64,
    wrong: u64,
    panicked: u64,
}

/// True if no answer was wrong and nothing panicked.
fn measure(Arguments { reports, spoilings, seed }: Arguments) -> Result<bool> {
    let work = tempfile::tempdir()?;
    let (good, bad) = (work.path().join("good"), work.path().join("bad"));
    let index = Index::builder().open_or_create(&good)?;
    println!("indexed: {}", index.refresh(&reports)?);
    let expected = answers(&good);
    if let Some((question, error)) = expected.iter().find(|(_, answer)| answer.is_err()) {
        return Err(format!("the whole index does not answer {question}: {error:?}").into());
    }
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(&good)? {
        let entry = entry?;
        if entry.metadata()?.len() > 0 {
            files.push(entry.file_name().into());
        }
    }
    files.sort();
    copy_all(&good, &bad, &files)?;
    let mut random = Random::new(seed);
    let mut by_kind: BTreeMap<(String, Damage), Outcomes> = BTreeMap::new();
    // Panics that reach this program are counted; those that the library catches are errors.
    std::panic::set_hook(Box::new(|_| {}));
    for trial in 0..spoilings {
        let file = &files[usize::try_from(trial)? % files.len()];
        let damage = DAMAGES[random.index(DAMAGES.len())];
        let whole = fs::read(good.join(file))?;
        let spoiled = spoil(&whole, damage, &mut random);
        if spoiled == whole {
            continue;
        }
        // A new file, as on another disk: the good one may be open.
        fs::remove_file(bad.join(file))?;
        fs::write(bad.join(file), spoiled)?;
        let outcomes = by_kind.entry((kind_of(file), damage)).or_default();
        match catch_unwind(AssertUnwindSafe(|| answers(&bad))) {
            Err(_) => outcomes.panicked += 1,
            Ok(found) => {
                let wrong = expected.iter().find(|(question, right)| {
                    found.get(*question).is_none_or(|answer| answer.is_ok() && answer != *right)
                });
                if let Some((question, _)) = wrong {
                    println!("WRONG: {question} after {damage:?} in {} (trial {trial})", file.display());
                    outcomes.wrong += 1;
                } else if found.values().any(std::result::Result::is_err) {
                    outcomes.refused += 1;
                } else {
                    outcomes.right += 1;
                }
            }
        }
        fs::remove_file(bad.join(file))?;
        fs::write(bad.join(file), whole)?;
    }
    let _ = std::panic::take_hook();
    Ok(print(&by_kind))
}

/// Prints a table; true if no answer was wrong and nothing panicked.
fn print(by_kind: &BTreeMap<(String, Damage), Outcomes>) -> bool {
    println!("| file | damage | right | error | wrong | panic |\n|---|---|---|---|---|---|");
    let mut all = Outcomes::default();
    for ((file, damage), outcomes) in by_kind {
        let Outcomes { right, refused, wrong, panicked } = outcomes;
        println!("| {file} | {damage:?} | {right} | {refused} | {wrong} | {panicked} |");
        all.right += right;
        all.refused += refused;
        all.wrong += wrong;
        all.panicked += panicked;
    }
    let Outcomes { right, refused, wrong, panicked } = all;
    println!("| all | | {right} | {refused} | {wrong} | {panicked} |");
    wrong + panicked == 0
}

fn copy_all(from: &Path, to: &Path, files: &[PathBuf]) -> Result {
    fs::create_dir_all(to)?;
    for file in files {
        fs::copy(from.join(file), to.join(file))?;
    }
    Ok(())
}

/// The kind of a file of the index: its extension, or its name if that has no number.
fn kind_of(file: &Path) -> String {
    let name = file.to_string_lossy();
    match name.split_once('.') {
        Some((number, extension)) if number.len() == 32 => {
            extension.rsplit('.').next().unwrap_or(extension).to_owned()
        }
        _ => name.into_owned(),
    }
}

fn spoil(whole: &[u8], damage: Damage, random: &mut Random) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let at = random.index(bytes.len());
    let page = at / PAGE * PAGE;
    match damage {
        Damage::Bit => bytes[at] ^= 1 << random.below(8),
        Damage::Byte => bytes[at] = random.byte(),
        Damage::Run => {
            let length = 1 + random.index(300);
            for byte in bytes[at..].iter_mut().take(length) {
                *byte = random.byte();
            }
        }
        Damage::ZeroedPage => bytes[page..].iter_mut().take(PAGE).for_each(|byte| *byte = 0),
        Damage::CopiedPage => {
            let from = random.index(bytes.len()) / PAGE * PAGE;
            let length = PAGE.min(bytes.len() - page).min(bytes.len() - from);
            bytes.copy_within(from..from + length, page);
        }
        Damage::CutShort => bytes.truncate(at),
    }
    bytes
}

/// The answers of the index in a folder, by question. Each is opened anew, as by a command of its own.
fn answers(folder: &Path) -> BTreeMap<&'static str, std::result::Result<String, String>> {
    let mut answers = BTreeMap::new();
    let mut ask = |question, answer: &dyn Fn(&Index) -> Result<String>| {
        let opened = Index::open_read_only(folder).map_err(|error| error.to_string());
        answers.insert(question, opened.and_then(|index| answer(&index).map_err(|error| error.to_string())));
    };
    ask("status", &|index| show(&index.status()));
    ask("ranked hits of a word", &|index| show(&search(index, "children")?.top(20)?));
    ask("ranked hits of a phrase", &|index| show(&search(index, "\"social workers\"")?.top(20)?));
    ask("all hits of a pattern", &|index| every(&search(index, "care*")?));
    ask("all hits of a window", &|index| every(&search(index, "children w/5 (care OR need)")?));
    ask("all paragraphs", &|index| every(&search(index, "*:*")?));
    ask("hits by filters", &|index| every(&search(index, "plan kind:report date:2000..2100")?));
    ask("counts", &|index| {
        show(&search(index, "children")?.count_by(&[Facet::Year, Facet::Authority])?.rows)
    });
    ask("concordance", &|index| {
        let lines = search(index, "children")?.concordance(5, 5)?;
        show(&lines.collect::<quotable::Result<Vec<_>>>()?)
    });
    ask("theme chunks", &|index| show(&search(index, "children plan")?.top_chunks(10)?));
    ask("boilerplate", &|index| {
        let options = SearchOptions::default().boilerplate(quotable::Boilerplate::Exclude);
        show(&index.search_with(&"children".parse()?, &options)?.top(20)?)
    });
    ask("themes", &|index| {
        let themes = index.snapshot().themes(&CodeBook::builtin())?;
        show(&(themes.whole, themes.without, themes.themes))
    });
    ask("reports", &|index| show(&index.reports()?));
    ask("whole reports", &|index| {
        let reports = index.reports()?;
        let whole = reports.iter().step_by(7).map(|report| index.report(&report.path));
        show(&whole.collect::<quotable::Result<Vec<_>>>()?)
    });
    ask("explanation", &|index| show(&search(index, "child* (care OR need)")?.explain()?));
    ask("check", &|index| {
        show(&index.check(&Quotation::new("social workers do not see all of the children"))?)
    });
    answers
}

fn search(index: &Index, query: &str) -> Result<quotable::Search> {
    Ok(index.search(&query.parse()?)?)
}

fn every(search: &quotable::Search) -> Result<String> {
    show(&search.every()?.collect::<quotable::Result<Vec<_>>>()?)
}

/// An answer as text, to compare.
fn show(answer: &impl Debug) -> Result<String> {
    Ok(format!("{answer:?}"))
}
