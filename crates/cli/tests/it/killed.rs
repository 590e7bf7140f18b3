//! Refreshes killed at any moment.
//!
//! Some are killed in every run of the tests. The long run, with figures:
//! `cargo test -p quotable-cli --test it -- --ignored --nocapture killed::five_hundred`

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use quotable::{ErrorKind, Hit, Index, RefreshOptions};
use quotable_testkit::Random;

use crate::sandbox::Sandbox;

#[test]
fn a_killed_refresh_loses_nothing() {
    let figures = Figures::of(12, 1);
    assert!(figures.killed > 0, "{figures:?}");
    figures.check();
}

#[test]
#[ignore = "takes minutes"]
fn five_hundred() {
    let figures = Figures::of(500, 500);
    println!("{figures:#?}");
    assert!(figures.killed > 100, "{figures:?}");
    figures.check();
}

/// The process that is killed: this test program again, with a library that commits after every file.
#[test]
#[ignore = "the process that the tests beside it kill"]
fn play_refresh() {
    let Some(sandbox) = std::env::var_os(SANDBOX) else { return };
    let corpus = std::path::Path::new(&sandbox).join("corpus");
    let index = Index::builder().threads(2).open_or_create(corpus.join(".quotable")).unwrap();
    let options = RefreshOptions::default().commit_every(Duration::ZERO);
    index.refresh_with(corpus, &options).unwrap();
}

/// The environment variable that tells that process its sandbox.
const SANDBOX: &str = "QUOTABLE_TEST_SANDBOX";

/// Outcomes of the kills.
#[derive(Debug, Default)]
struct Figures {
    rounds: u32,
    /// Processes that were still running when they were killed.
    killed: u32,
    /// Kills in the middle of a first indexing.
    first: u32,
    /// What the index held after the kill: no commit, the old files, part of the change, or all of it.
    nothing: u32,
    before: u32,
    between: u32,
    after: u32,
    /// Rounds in which the next refresh found files to delete.
    untidy: u32,
    /// Violations.
    lost_paragraphs: u64,
    wrong_answers: u64,
    unreadable_indexes: u64,
    failed_refreshes: u64,
    orphan_files: u64,
    orphan_bytes: u64,
    trouble: String,
}

/// The version of each file of the corpus.
type State = BTreeMap<String, u64>;

impl Figures {
    fn of(rounds: u32, seed: u64) -> Self {
        let (mut figures, mut random) = (Self::default(), Random::new(seed));
        let sandbox = Sandbox::new();
        let mut state = State::new();
        let mut spans = [Duration::from_millis(300); 2];
        for round in 0..rounds {
            let first = random.below(6) == 0;
            if first {
                let _ = fs::remove_dir_all(sandbox.corpus().join(".quotable"));
            }
            let before = if first || round == 0 { State::new() } else { state.clone() };
            change(&sandbox, &mut state, &mut random, u64::from(round));
            let in_steps = random.below(2) == 0;
            let span = &mut spans[usize::from(in_steps)];
            let micros = u64::try_from(span.as_micros()).unwrap() * 11 / 10;
            let ended = kill(&sandbox, in_steps, Duration::from_micros(random.below(micros)));
            figures.rounds += 1;
            match ended {
                // A running estimate of the duration, so that most kills hit the middle of a refresh.
                Some(took) => *span = (*span * 3 + took) / 4,
                None => {
                    figures.killed += 1;
                    figures.first += u32::from(before.is_empty());
                    *span = *span * 21 / 20;
                }
            }
            figures.look(&sandbox, &before, &state, in_steps);
            figures.mend(&sandbox);
        }
        figures
    }

    /// Checks the index as the kill left it.
    fn look(&mut self, sandbox: &Sandbox, before: &State, after: &State, in_steps: bool) {
        let index = match Index::open_read_only(sandbox.corpus().join(".quotable")) {
            Ok(index) => index,
            Err(error) if before.is_empty() && error.kind() == ErrorKind::NotFound => {
                self.nothing += 1;
                return;
            }
            Err(error) => {
                self.unreadable_indexes += 1;
                let _ = writeln!(self.trouble, "{error}");
                return;
            }
        };
        let found = match versions(&index) {
            Ok(found) => found,
            Err(error) => {
                self.unreadable_indexes += 1;
                let _ = writeln!(self.trouble, "{error}");
                return;
            }
        };
        let state = if found == *before {
            &mut self.before
        } else if found == *after {
            &mut self.after
        } else {
            &mut self.between
        };
        *state += 1;
        if found != *before && found != *after && !in_steps {
            self.wrong_answers += 1;
        }
        for (path, version) in before {
            // Unchanged files must be there; a changed file is there in its old or its new version.
            if after.contains_key(path) && !found.contains_key(path) {
                self.lost_paragraphs += 2;
            }
            let known = found.get(path);
            if known.is_some() && known != Some(version) && known != after.get(path) {
                self.wrong_answers += 1;
            }
        }
        if found.iter().any(|(path, version)| !before.contains_key(path) && after.get(path) != Some(version))
        {
            self.wrong_answers += 1;
        }
        if !index.status().unfinished && found != *before && found != *after {
            self.wrong_answers += 1;
            self.trouble.push_str("a part of the corpus was given out as the whole\n");
        }
    }

    /// Refreshes once more, and compares with an index built from scratch.
    fn mend(&mut self, sandbox: &Sandbox) {
        self.untidy += u32::from(!orphans(sandbox).is_empty());
        let ran = sandbox.run(&["index"]);
        if ran.code != 0 {
            self.failed_refreshes += 1;
            let _ = writeln!(self.trouble, "{}", ran.err);
        }
        for (name, bytes) in orphans(sandbox) {
            self.orphan_files += 1;
            self.orphan_bytes += bytes;
            let _ = writeln!(self.trouble, "left behind: {name}");
        }
        let fresh = Index::in_memory().unwrap();
        fresh.refresh(sandbox.corpus()).unwrap();
        let mended = Index::open_read_only(sandbox.corpus().join(".quotable")).unwrap();
        if all(&mended) != all(&fresh) || mended.status().unfinished {
            self.wrong_answers += 1;
            self.trouble.push_str("the next refresh did not mend it\n");
        }
        if mended.status().corpus_hash != fresh.status().corpus_hash {
            self.wrong_answers += 1;
        }
    }

    fn check(&self) {
        let wrong = [
            self.lost_paragraphs,
            self.wrong_answers,
            self.unreadable_indexes,
            self.failed_refreshes,
            self.orphan_files,
            self.orphan_bytes,
        ];
        assert_eq!(wrong, [0; 6], "{self:#?}");
    }
}

/// Adds, changes and removes files.
fn change(sandbox: &Sandbox, state: &mut State, random: &mut Random, round: u64) {
    const FILES: u64 = 24;
    for number in 0..FILES {
        let path = format!("part{}/heron {number}.txt", number % 3);
        match random.below(6) {
            0 if state.remove(&path).is_some() => {
                fs::remove_file(sandbox.corpus().join(&path)).unwrap();
            }
            1 | 2 => {
                let text = format!("1. A heron was seen. Visit {round}.\n\n2. It flew from pond {number}.\n");
                sandbox.put(&path, text);
                state.insert(path, round);
            }
            _ => {}
        }
    }
    // Keeps at least one file.
    if state.is_empty() {
        sandbox.put("heron.txt", format!("1. A heron was seen. Visit {round}.\n\n2. It flew.\n"));
        state.insert("heron.txt".to_owned(), round);
    }
}

/// Starts a refresh and kills it after a delay; returns its duration if it had ended by then.
fn kill(sandbox: &Sandbox, in_steps: bool, after: Duration) -> Option<Duration> {
    let mut command = if in_steps {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--ignored", "--exact", "killed::play_refresh"]).env(SANDBOX, sandbox.path(""));
        command
    } else {
        sandbox.command(&["index"])
    };
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while began.elapsed() < after {
        if child.try_wait().unwrap().is_some() {
            return Some(began.elapsed());
        }
        thread::sleep(Duration::from_micros(200));
    }
    // SIGKILL on Unix.
    child.kill().unwrap();
    child.wait().unwrap();
    None
}

/// The version of each file in the index, read from the text of its paragraphs.
fn versions(index: &Index) -> quotable::Result<State> {
    let mut found = State::new();
    let mut second = 0;
    for hit in index.search(&"heron".parse()?)?.every()? {
        let hit = hit?;
        let version = hit.text.rsplit(' ').next().and_then(|last| last.trim_end_matches('.').parse().ok());
        found.insert(hit.citation.path, version.unwrap_or(u64::MAX));
    }
    for hit in index.search(&"flew".parse()?)?.every()? {
        second += usize::from(found.contains_key(&hit?.citation.path));
    }
    assert_eq!(second, found.len(), "a report is there whole or not at all");
    Ok(found)
}

/// Every paragraph.
fn all(index: &Index) -> Vec<Hit> {
    let every = index.search(&"heron OR flew".parse().unwrap()).unwrap().every().unwrap();
    every.map(|hit| hit.unwrap()).collect()
}

/// Files in the index folder that no commit names, with their sizes. One summary file belongs to the commit.
fn orphans(sandbox: &Sandbox) -> Vec<(String, u64)> {
    let folder = sandbox.corpus().join(".quotable");
    let Ok(meta) = fs::read(folder.join("meta.json")) else { return Vec::new() };
    // Checksums follow the JSON.
    let mut meta = serde_json::Deserializer::from_slice(&meta).into_iter::<serde_json::Value>();
    let meta = meta.next().unwrap().unwrap();
    let mut known = vec!["meta.json".to_owned(), ".managed.json".to_owned(), "lock".to_owned()];
    for segment in meta["segments"].as_array().unwrap() {
        let id = segment["segment_id"].as_str().unwrap().replace('-', "");
        let kinds = ["fast", "fieldnorm", "idx", "pos", "store", "term"].map(str::to_owned);
        let removed = segment["deletes"]["opstamp"].as_u64().map(|stamp| format!("{stamp}.del"));
        known.extend(kinds.into_iter().chain(removed).map(|kind| format!("{id}.{kind}")));
    }
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let files = files.map(|file| (file.file_name().into_string().unwrap(), file.metadata().unwrap().len()));
    let mut summaries = 1;
    let mut is_known = |name: &String| {
        let is_summary = name.ends_with(".summary") && std::mem::take(&mut summaries) == 1;
        is_summary || known.contains(name)
    };
    files.filter(|(name, _)| !is_known(name)).collect()
}
