//! Spoils an index in many ways, one at a time, and compares what it answers with the answers of the whole one.
//!
//! ```sh
//! cargo run --release -p quotable-benches --bin damage -- REPORTS [--spoilings 2000] [--seed 1] [--command quotable]
//! ```
//!
//! Each trial spoils one file of the index: a bit, a byte, a run of bytes, a zeroed page, a page copied over another, a
//! file cut short, made longer, taken away, or with the content of another one. Then it asks for one answer of every
//! kind: counts, ranked hits, all hits, concordances, themes, theme chunks, whole reports, explanations, checks. With
//! `--command` it asks every command of that program too, and `index verify`, which must not call the index whole. An
//! answer may be right, or an error that names a cure; the exit status is 0 if none was wrong and nothing panicked.

#![allow(clippy::print_stdout, reason = "a benchmark prints its results")]

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

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
    /// Asks the commands of this program too
    #[arg(long, value_name = "PROGRAM")]
    command: Option<PathBuf>,
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
    Longer,
    Gone,
    /// It has the content of another file.
    Swapped,
}

const DAMAGES: [Damage; 9] = [
    Damage::Bit,
    Damage::Byte,
    Damage::Run,
    Damage::ZeroedPage,
    Damage::CopiedPage,
    Damage::CutShort,
    Damage::Longer,
    Damage::Gone,
    Damage::Swapped,
];

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
fn measure(Arguments { reports, spoilings, seed, command }: Arguments) -> Result<bool> {
    let work = tempfile::tempdir()?;
    let (good, bad) = (work.path().join("good"), work.path().join("bad"));
    let index = Index::builder().open_or_create(&good)?;
    println!("indexed: {}", index.refresh(&reports)?);
    let commands = command.map(|program| Commands::new(program, &index)).transpose()?;
    let all_answers = |folder: &Path| {
        let mut answers = answers(folder);
        if let Some(commands) = &commands {
            answers.extend(commands.answers(folder));
        }
        answers
    };
    let expected = all_answers(&good);
    println!("{} kinds of answer", expected.len());
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
    let (mut without_cure, mut not_seen) = (0, 0);
    let mut by_kind: BTreeMap<(String, Damage), Outcomes> = BTreeMap::new();
    // Panics that reach this program are counted; those that the library catches are errors.
    std::panic::set_hook(Box::new(|_| {}));
    for trial in 0..spoilings {
        let file = &files[usize::try_from(trial)? % files.len()];
        let damage = DAMAGES[random.index(DAMAGES.len())];
        let whole = fs::read(good.join(file))?;
        let spoiled = match damage {
            Damage::Gone => None,
            Damage::Swapped => Some(fs::read(good.join(&files[random.index(files.len())]))?),
            _ => Some(spoil(&whole, damage, &mut random)),
        };
        if spoiled.as_ref() == Some(&whole) {
            continue;
        }
        // A new file, as on another disk: the good one may be open.
        fs::remove_file(bad.join(file))?;
        if let Some(spoiled) = spoiled {
            fs::write(bad.join(file), spoiled)?;
        }
        if let Some(commands) = commands.as_ref().filter(|_| file != Path::new("lock"))
            && commands.is_sound(&bad)?
        {
            println!("NOT SEEN by verify: {damage:?} in {} (trial {trial})", file.display());
            not_seen += 1;
        }
        let outcomes = by_kind.entry((kind_of(file), damage)).or_default();
        match catch_unwind(AssertUnwindSafe(|| all_answers(&bad))) {
            Err(_) => outcomes.panicked += 1,
            Ok(found) if found.values().any(|answer| matches!(answer, Err(error) if error == PANICKED)) => {
                println!("PANIC: {damage:?} in {} (trial {trial})", file.display());
                outcomes.panicked += 1;
            }
            Ok(found) => {
                let cureless = found.iter().find_map(|(question, answer)| {
                    let error = answer.as_ref().err()?;
                    (question.starts_with("quotable ") && !error.contains("quotable index"))
                        .then_some((question, error))
                });
                if let Some((question, error)) = cureless {
                    println!(
                        "NO CURE: {question} after {damage:?} in {} (trial {trial}): {error}",
                        file.display()
                    );
                    without_cure += 1;
                }
                let wrong = expected.iter().find(|(question, right)| {
                    found.get(question.as_str()).is_none_or(|answer| answer.is_ok() && answer != *right)
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
        let _ = fs::remove_file(bad.join(file));
        fs::write(bad.join(file), whole)?;
    }
    let _ = std::panic::take_hook();
    println!("errors of commands that name no cure: {without_cure}; not seen by verify: {not_seen}");
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
        Damage::Longer => bytes.extend((0..=random.index(300)).map(|_| random.byte())),
        Damage::Gone | Damage::Swapped => {}
    }
    bytes
}

/// Answers and errors, by question.
type Answers = BTreeMap<String, std::result::Result<String, String>>;

/// The error of a command that panicked.
const PANICKED: &str = "panicked";

/// The commands of the program, each with the arguments of a question.
struct Commands {
    program: PathBuf,
    questions: Vec<Vec<String>>,
}

impl Commands {
    /// One question for each command that reads an index, about what this index holds.
    fn new(program: PathBuf, index: &Index) -> Result<Self> {
        let hits = search(index, "children")?.top_hits(1)?;
        let id = hits.first().ok_or("no report speaks of children")?.id.to_string();
        let reports = index.reports()?;
        let path =
            |at: usize| reports.get(at).map(|report| report.path.clone()).ok_or("there are fewer reports");
        let (first, second) = (path(0)?, path(1)?);
        let authority = reports
            .iter()
            .find_map(|report| Some(report.authority.as_ref()?.name.clone()))
            .unwrap_or_default();
        let questions: [&[&str]; 22] = [
            &["search", "children"],
            &["search", "children", "--all", "--format", "csv"],
            &["search", "\"social workers\"", "--group", "authority", "--format", "jsonl"],
            &["count", "children", "--format", "csv"],
            &["count", "children", "--by", "authority", "--format", "jsonl"],
            &["kwic", "plan*", "--all", "--format", "csv"],
            &["kwic", "children", "--sort", "right"],
            &["collocates", "children", "--format", "csv"],
            &["keywords", "--in", "children", "--format", "csv"],
            &["words", "--format", "csv"],
            &["ngrams", "--words", "3", "--format", "csv"],
            &["trend", "children", "--format", "csv"],
            &["show", &id],
            &["show", &first, "--text"],
            &["show", &second, "--structure"],
            &["follow", &authority, "--format", "jsonl"],
            &["similar", &id, "--format", "csv"],
            &["compare", &first, &second, "--format", "jsonl"],
            &["reports", "--format", "csv"],
            &["themes", "--format", "csv"],
            &["run", "--format", "csv"],
            &["index", "status"],
        ];
        let questions =
            questions.iter().map(|words| words.iter().map(ToString::to_string).collect()).collect();
        Ok(Self { program, questions })
    }

    fn answers(&self, folder: &Path) -> Answers {
        self.questions.iter().map(|words| self.answer(words, folder)).collect()
    }

    /// True if `index verify` calls an index whole.
    fn is_sound(&self, folder: &Path) -> Result<bool> {
        let output = Command::new(&self.program).args(["index", "verify", "--index"]).arg(folder).output()?;
        Ok(output.status.success())
    }

    fn answer(&self, words: &[String], folder: &Path) -> (String, std::result::Result<String, String>) {
        let mut command = Command::new(&self.program);
        command.args(words).arg("--index").arg(folder);
        if words.first().is_none_or(|word| word != "index") {
            command.arg("--no-refresh");
        }
        let answer = match command.output() {
            Err(error) => Err(error.to_string()),
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                match output.status.code() {
                    _ if said.contains("panicked") || said.contains("failed unexpectedly") => {
                        Err(PANICKED.to_owned())
                    }
                    // The folder is of another name.
                    Some(0 | 1) => {
                        let said = String::from_utf8_lossy(&output.stdout);
                        Ok(said
                            .lines()
                            .filter(|line| !line.starts_with("index "))
                            .collect::<Vec<_>>()
                            .join("\n"))
                    }
                    Some(_) => Err(said),
                    None => Err(PANICKED.to_owned()),
                }
            }
        };
        (format!("quotable {}", words.join(" ")), answer)
    }
}

/// The answers of the index in a folder, by question. Each is opened anew, as by a command of its own.
fn answers(folder: &Path) -> Answers {
    let mut answers = BTreeMap::new();
    let mut ask = |question: &str, answer: &dyn Fn(&Index) -> Result<String>| {
        let opened = Index::open_read_only(folder).map_err(|error| error.to_string());
        answers.insert(
            question.to_owned(),
            opened.and_then(|index| answer(&index).map_err(|error| error.to_string())),
        );
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
