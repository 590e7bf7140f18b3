//! Whether an index holds what it says, and what its sources hold.

use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result};
use crate::path::decode;
use crate::source::Origin;
use crate::store::entry::{Entry, part_of};
use crate::store::open::Store;
use crate::store::record::Record;
use crate::store::state::State;
use crate::store::summary::{Summary, stored};
use crate::store::tokens::words_of;

/// What was found of a whole index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verification {
    /// Files of the index whose checksums were computed.
    pub files: usize,
    /// Sources of which everything stored was read and counted again.
    pub sources: usize,
    /// Paragraphs of those sources: body, tables and notes.
    pub paragraphs: u64,
    /// What is wrong with the index. An index with a flaw is to be rebuilt.
    pub flaws: Vec<Flaw>,
    /// Files of the corpus that hold, by their hash, what was read from them.
    pub same: usize,
    /// Files of the corpus that hold something else by now: a refresh reads them.
    pub changed: Vec<String>,
    /// Files on record that are not in the corpus any more: a refresh removes them.
    pub gone: Vec<String>,
    /// Files of the corpus that could not be opened to be compared.
    pub unreadable: Vec<String>,
}

/// Something wrong with an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Flaw {
    /// The file of the index, or the path of the source, or nothing if it is of the index as a whole.
    pub of: Option<String>,
    /// What is wrong, in a clause.
    pub message: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.of {
            Some(of) => write!(f, "{of}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Verification {
    /// True if nothing is wrong with the index.
    pub fn is_sound(&self) -> bool {
        self.flaws.is_empty()
    }

    /// True if the index says of every file that was compared what the file holds now.
    pub fn is_current(&self) -> bool {
        self.changed.is_empty() && self.gone.is_empty() && self.unreadable.is_empty()
    }

    fn flaw(&mut self, of: Option<&str>, message: impl Into<String>) {
        self.flaws.push(Flaw { of: of.map(str::to_owned), message: message.into() });
    }
}

/// The kinds of file that there are of every segment.
const OF_EVERY_SEGMENT: [&str; 6] = ["fast", "fieldnorm", "idx", "pos", "store", "term"];

/// See [`Index::verify`](crate::Index::verify).
pub(crate) fn verify(store: &Store, corpus: Option<&Path>) -> Result<Verification> {
    const TRIES: u32 = 5;
    let mut tries = 0;
    loop {
        tries += 1;
        store.reload()?;
        let before = store.commit()?;
        let mut found = Verification::default();
        verify_files(store, &mut found)?;
        // A commit may have come between, and deleted what was being looked at.
        if !found.is_sound() && store.commit()?.opstamp != before.opstamp && tries < TRIES {
            continue;
        }
        let state = store.state();
        // Of damaged files the engine may make anything, so it is not asked what they hold.
        if found.is_sound() {
            match state.without_summary() {
                Ok(state) => {
                    verify_records(&state, &mut found);
                    verify_summary(store, &state, &mut found)?;
                }
                Err(error) => found.flaw(None, error.to_string()),
            }
        }
        if let Some(corpus) = corpus {
            std::fs::read_dir(corpus).map_err(|error| {
                Error::new(ErrorKind::NotFound, "the corpus cannot be listed").at(corpus).because(error)
            })?;
            for entry in state.sources().by_path().filter(|entry| entry.origin == Origin::File) {
                compare(entry, corpus, &mut found);
            }
        }
        return Ok(found);
    }
}

fn verify_files(store: &Store, found: &mut Verification) -> Result<()> {
    let engine = store.engine_for_reading()?;
    let mut files: Vec<PathBuf> = store.commit()?.list_segment_files().into_iter().collect();
    files.sort();
    for file in files {
        let directory = engine.directory();
        let name = file.to_string_lossy();
        if !tantivy::Directory::exists(directory, &file).unwrap_or(true) {
            // Others are there of some segments only, and without them the index cannot be opened.
            if file.extension().is_some_and(|kind| OF_EVERY_SEGMENT.iter().any(|every| kind == *every)) {
                found.flaw(Some(&name), "it is missing");
            }
            continue;
        }
        found.files += 1;
        match directory.validate_checksum(&file) {
            Ok(true) => {}
            Ok(false) => found.flaw(Some(&name), "its content is not what was written"),
            Err(error) => found.flaw(Some(&name), format!("it cannot be read: {error}")),
        }
    }
    Ok(())
}

/// Compares what is kept of a state with what is found out again.
fn verify_summary(store: &Store, state: &State, found: &mut Verification) -> Result<()> {
    let key = state.key();
    // One that is not whole is not used, and is written anew when it is next looked for.
    let whole = Summary::open(store.place(), key).and_then(|_| stored(store.place(), key).ok()?);
    let Some(kept) = whole else { return Ok(()) };
    found.files += 1;
    if !state.summary().is_ok_and(|again| again == Some(kept)) {
        let name = key.file();
        found.flaw(Some(&name.to_string_lossy()), "it does not hold what follows from the index");
    }
    Ok(())
}

/// Reads what is stored of every source, and counts it again.
fn verify_records(state: &State, found: &mut Verification) {
    let mut documents = 0;
    for (source, entry) in (0..).zip(state.sources().entries()) {
        found.sources += 1;
        documents += u64::from(entry.documents) + 1;
        if entry.failure.is_none()
            && let Err(error) = verify_source(state, source, entry, found)
        {
            found.flaw(Some(&entry.path), error.to_string());
        }
    }
    match state.lexicon_pages() {
        Ok(pages) => documents += pages.len() as u64,
        Err(error) => found.flaw(None, error.to_string()),
    }
    let there = state.searcher().num_docs();
    if documents != there {
        found.flaw(
            None,
            format!("it holds {there} documents, and its sources and its lexicon account for {documents}"),
        );
    }
}

fn verify_source(state: &State, source: u32, entry: &Entry, found: &mut Verification) -> Result<()> {
    state.record::<quotable_report::Report>(source, 0)?;
    let mut sizes = [crate::store::entry::Size::default(); 3];
    for ordinal in 1..=entry.documents {
        let Some(Record { paragraph, .. }) = state.record::<Record>(source, ordinal)? else {
            return Err(Error::damaged(format!("paragraph {ordinal} is missing")));
        };
        let size = &mut sizes[part_of(paragraph.role)];
        size.paragraphs += 1;
        size.words += u64::from(words_of(&paragraph));
        found.paragraphs += 1;
    }
    if sizes != entry.sizes {
        return Err(Error::damaged("its text does not come to the paragraphs and words that are on record"));
    }
    Ok(())
}

/// Compares a file with what was read from it.
fn compare(entry: &Entry, corpus: &Path, found: &mut Verification) {
    let Some(file) = decode(&entry.path).map(|path| corpus.join(path)) else {
        found.flaw(Some(&entry.path), "its path leads out of the corpus");
        return;
    };
    // Of a file that could not be read there may be no hash to compare.
    if entry.hash == [0; 32] {
        return;
    }
    match hash_of(&file) {
        Ok(hash) if hash == entry.hash => found.same += 1,
        Ok(_) => found.changed.push(entry.path.clone()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => found.gone.push(entry.path.clone()),
        Err(_) => found.unreadable.push(entry.path.clone()),
    }
}

fn hash_of(file: &Path) -> io::Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut File::open(file)?, &mut hasher)?;
    Ok(hasher.finalize().into())
}
