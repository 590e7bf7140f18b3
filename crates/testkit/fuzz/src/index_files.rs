//! An index whose files the input spoils.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{LazyLock, Mutex, Once, PoisonError};
use std::{fs, panic};

use quotable_check::{CheckQuotations as _, Quotation};
use quotable_codebook::CodeBook;
use quotable_index::{
    CollocateOptions, Facet, Index, KeywordOptions, NgramOptions, Result, Search, Source,
};
use quotable_testkit::corpus::{generated_report, to_markdown};

/// Bytes of an edit in the input: file, kind, place (two bytes), length, and three of content.
const EDIT: usize = 8;
/// The most edits of one input.
const EDITS: usize = 8;

/// An index, and what it answers.
struct Whole {
    /// The files by name.
    files: Vec<(PathBuf, Vec<u8>)>,
    answers: Answers,
    /// A copy of the index, which is spoiled and mended again and again.
    spoiled: PathBuf,
}

/// Answers or errors, by question.
type Answers = BTreeMap<&'static str, Result<String>>;

static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let work = std::env::temp_dir().join(format!("quotable-fuzz-{}", std::process::id()));
    let (reports, index, spoiled) = (work.join("reports"), work.join("index"), work.join("spoiled"));
    for folder in [&reports, &spoiled] {
        fs::create_dir_all(folder).expect("a folder for the index");
    }
    build(&reports, &index).expect("an index");
    let mut files = Vec::new();
    for entry in fs::read_dir(&index).expect("the folder of the index") {
        let path = entry.expect("a file of the index").path();
        let bytes = fs::read(&path).expect("the content of a file");
        let name = PathBuf::from(path.file_name().expect("a name"));
        // What `forged` writes must be what the index wrote.
        let again = content(&bytes).zip(form(&bytes)).map(|(content, form)| checked(form, &name, content));
        assert!(again.is_none_or(|again| again == bytes), "{}", name.display());
        fs::write(spoiled.join(&name), &bytes).expect("a copy");
        files.push((name, bytes));
    }
    // The names are random: the same edit is to meet the same file in every run.
    files.sort_by_key(|(name, bytes)| (name.extension().map(ToOwned::to_owned), bytes.len()));
    let answers = answers(&index);
    let failed = answers.iter().find(|(_, answer)| answer.is_err());
    assert!(failed.is_none(), "the whole index does not answer: {failed:?}");
    Whole { files, answers, spoiled }
});

/// Indexes three reports, then another in the place of one of them: two segments, one with deletions.
fn build(reports: &Path, index: &Path) -> std::result::Result<(), Box<dyn std::error::Error>> {
    let write = |number: u64| {
        let mut report = generated_report(3, number);
        report.paragraphs.truncate(12);
        fs::write(reports.join(format!("{number}.md")), to_markdown(&report))
    };
    (0..3).try_for_each(write)?;
    let index = Index::open_or_create(index)?;
    index.refresh(reports)?;
    fs::remove_file(reports.join("1.md"))?;
    write(3)?;
    index.refresh(reports)?;
    Ok(())
}

/// Spoils files of an index and asks it: an answer is right or an error. After a first byte that is odd, the spoiled files
/// get checksums that fit, as a forger would write them; such an index may answer what it likes, but not panic.
pub fn index_files(data: &[u8]) {
    let Whole { files, answers: expected, spoiled } = &*WHOLE;
    let Some((mode, edits)) = data.split_first() else { return };
    let is_forged = mode % 2 == 1;
    let mut changed: BTreeMap<usize, Option<Vec<u8>>> = BTreeMap::new();
    for edit in edits.chunks_exact(EDIT).take(EDITS) {
        let file = usize::from(edit[0]) % files.len();
        let (_, whole) = &files[file];
        let bytes = changed.entry(file).or_insert_with(|| {
            let content = if is_forged { content(whole) } else { None };
            Some(content.unwrap_or(whole).to_vec())
        });
        let Some(now) = bytes else { continue };
        *bytes = spoil(std::mem::take(now), edit, files);
    }
    for (&file, bytes) in &changed {
        let (name, whole) = &files[file];
        // A new file: the old one may be open.
        fs::remove_file(spoiled.join(name)).expect("a file to replace");
        match bytes {
            Some(bytes) => match form(whole).filter(|_| is_forged) {
                Some(form) => {
                    fs::write(spoiled.join(name), checked(form, name, bytes)).expect("a forged file")
                }
                None => fs::write(spoiled.join(name), bytes).expect("a spoiled file"),
            },
            None => {}
        }
    }
    let found = answers_or_abort(spoiled);
    for file in changed.into_keys() {
        let (name, whole) = &files[file];
        let _ = fs::remove_file(spoiled.join(name));
        fs::write(spoiled.join(name), whole).expect("a file to mend");
    }
    for (question, answer) in found {
        match answer {
            Ok(answer) if !is_forged => {
                assert_eq!(Some(&answer), expected[question].as_ref().ok(), "{question}")
            }
            Ok(_) => {}
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// The bytes of a file after an edit; `None` if it is taken away.
fn spoil(mut bytes: Vec<u8>, edit: &[u8], files: &[(PathBuf, Vec<u8>)]) -> Option<Vec<u8>> {
    let &[_, kind, low, high, length, ref content @ ..] = edit else { return Some(bytes) };
    let at = usize::from(u16::from_le_bytes([low, high])) % (bytes.len() + 1);
    let end = (at + usize::from(length)).min(bytes.len());
    match kind % 8 {
        0 => bytes[at..].iter_mut().zip(content).for_each(|(byte, new)| *byte = *new),
        1 => bytes[at..].iter_mut().zip(content).for_each(|(byte, new)| *byte ^= *new),
        2 => bytes[at..end].fill(content[0]),
        3 => drop(bytes.splice(at..end, content.iter().copied())),
        4 => {
            let from = usize::from(u16::from_le_bytes([content[0], content[1]])) % (bytes.len() + 1);
            let length = usize::from(length).min(bytes.len() - from.max(at));
            bytes.copy_within(from..from + length, at);
        }
        5 => bytes.truncate(at),
        6 => return None,
        _ => bytes.clone_from(&files[usize::from(content[0]) % files.len()].1),
    }
    Some(bytes)
}

/// A form of files with checksums: their last bytes, and the length of a block that has a checksum, in bytes.
type Form = (&'static [u8; 8], usize);

const FORMS: [Form; 2] = [(b"quotCRC1", 16 << 10), (b"quotCRC2", 4 << 10)];

/// The form of a file, as `index/src/store/directory/checked.rs` lays it out; `None` for one without checksums.
fn form(bytes: &[u8]) -> Option<Form> {
    FORMS.into_iter().find(|(magic, _)| bytes.ends_with(*magic))
}

/// The content of a file with checksums.
fn content(bytes: &[u8]) -> Option<&[u8]> {
    let (magic, _) = form(bytes)?;
    let (rest, length) = bytes.strip_suffix(magic)?.split_last_chunk::<8>()?;
    rest.get(..usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

/// The bytes of a file with this name and content, with its checksums.
fn checked((magic, block): Form, name: &Path, content: &[u8]) -> Vec<u8> {
    let crc = |number: u64, parts: &[&[u8]]| {
        let mut hasher = crc32fast::Hasher::new();
        hasher.update(name.as_os_str().as_encoded_bytes());
        hasher.update(&number.to_le_bytes());
        parts.iter().for_each(|part| hasher.update(part));
        hasher.finalize().to_le_bytes()
    };
    let blocks = (0..).zip(content.chunks(block)).flat_map(|(number, block)| crc(number, &[block]));
    let table: Vec<u8> = blocks.collect();
    let length = (content.len() as u64).to_le_bytes();
    let tail = crc(u64::MAX, &[&table, &length]);
    [content, &table, &tail, &length, magic].concat()
}

/// What the index in a folder answers. Ends the process if a panic leaves it.
///
/// The index catches panics of tantivy and makes errors of them, but libFuzzer ends the process at every panic, caught or not. So the
/// hook that it sets is passed over where a dependency panics while the index is asked; what it would print is kept until it is known that
/// nobody caught the panic.
fn answers_or_abort(folder: &Path) -> Answers {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let of_fuzzer = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            // Paths of our own crates are relative to the workspace.
            let is_ours = panic.location().is_none_or(|place| place.file().starts_with("crates/"));
            if is_ours || !IS_ASKED.load(Ordering::SeqCst) {
                return of_fuzzer(panic);
            }
            *LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner) = panic.to_string();
        }));
    });
    IS_ASKED.store(true, Ordering::SeqCst);
    let answers = panic::catch_unwind(|| answers(folder));
    IS_ASKED.store(false, Ordering::SeqCst);
    answers.unwrap_or_else(|_| {
        eprintln!("{}", LAST_PANIC.lock().unwrap_or_else(PoisonError::into_inner));
        std::process::abort()
    })
}

/// True while the index is asked.
static IS_ASKED: AtomicBool = AtomicBool::new(false);
/// What the last panic said.
static LAST_PANIC: Mutex<String> = Mutex::new(String::new());

/// What the index in a folder answers.
fn answers(folder: &Path) -> Answers {
    let index = match Index::open_read_only(folder) {
        Ok(index) => index,
        Err(error) => return BTreeMap::from([("open", Err(error))]),
    };
    let mut answers = Answers::new();
    let mut ask = |question, answer: Result<String>| answers.insert(question, answer);
    ask("open", Ok(String::new()));
    ask("reports", index.reports().map(|reports| show(&reports)));
    ask("ranked hits", search(&index, "the of").and_then(|search| Ok(show(&search.top(5)?))));
    ask("a phrase", search(&index, "\"of the\"").and_then(|search| Ok(show(&search.top(5)?))));
    ask("a window", search(&index, "the w/3 of").and_then(|search| every(&search)));
    ask("a pattern", search(&index, "a*").and_then(|search| every(&search)));
    ask("every paragraph", search(&index, "*:*").and_then(|search| every(&search)));
    ask("a filter", search(&index, "the date:2000..2100").and_then(|search| every(&search)));
    ask("counts", {
        let count = |search: Search| Ok(show(&search.count_by(&[Facet::Year, Facet::Authority])?.rows));
        search(&index, "the").and_then(count)
    });
    ask("lines", {
        let lines = |search: Search| Ok(show(&search.concordance(3, 3)?.collect::<Result<Vec<_>>>()?));
        search(&index, "of").and_then(lines)
    });
    ask("lent lines", {
        let lines = |search: Search| {
            let mut lines = search.concordance(3, 3)?;
            lent(lines.counts().occurrences, || Ok(lines.lend()?.map(show)))
        };
        search(&index, "of").and_then(lines)
    });
    ask("lent hits", {
        let hits = |search: Search| {
            let mut hits = search.every()?;
            lent(hits.counts().paragraphs, || Ok(hits.lend()?.map(show)))
        };
        search(&index, "the").and_then(hits)
    });
    ask("themes", {
        let themes = index.snapshot().themes(&CodeBook::builtin());
        themes.map(|themes| show(&(themes.whole, themes.without, themes.themes)))
    });
    ask("collocates", {
        let rows = |search: Search| Ok(show(&search.collocates(&CollocateOptions::default())?.rows));
        search(&index, "the").and_then(rows)
    });
    ask("keywords", {
        let options = KeywordOptions::default().min_count(1).min_reports(1).max_p(1.0).both(true);
        search(&index, "the").and_then(|search| Ok(show(&search.keywords(None, &options)?.rows)))
    });
    ask("sequences of words", {
        let options = NgramOptions::default().lengths(1..=3).min_count(2);
        search(&index, "the").and_then(|search| Ok(show(&search.ngrams(&options)?.rows)))
    });
    ask(
        "a check",
        index.check(&Quotation::new("children are not seen by the same worker")).map(|check| show(&check)),
    );
    ask("whole reports", {
        let reports = index.reports();
        let whole = |report: &Source| index.report(&report.path);
        reports.and_then(|reports| Ok(show(&reports.iter().map(whole).collect::<Result<Vec<_>>>()?)))
    });
    answers
}

fn search(index: &Index, query: &str) -> Result<Search> {
    index.search(&query.parse()?)
}

fn every(search: &Search) -> Result<String> {
    Ok(show(&search.every()?.collect::<Result<Vec<_>>>()?))
}

/// All that is lent, each in the memory of the one before, also of one that cannot be read; an error if there is one. There are at
/// most `most`.
fn lent(most: u64, mut lend: impl FnMut() -> Result<Option<String>>) -> Result<String> {
    let (mut all, mut failure) = (String::new(), None);
    // Each fails once at most.
    for _ in 0..=most {
        match lend() {
            Ok(Some(answer)) => all += &answer,
            Ok(None) => break,
            Err(error) => failure = Some(error),
        }
    }
    failure.map_or(Ok(all), Err)
}

/// An answer as text, to compare.
fn show(answer: &impl Debug) -> String {
    format!("{answer:?}")
}
