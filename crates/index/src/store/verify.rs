//! Verifies an index: its files, the records in them, and the files of the corpus.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::content_hash::content_hash;
use crate::error::{Error, ErrorKind, Result};
use crate::path::decode;
use crate::source::Origin;
use crate::store::directory::verify_file;
use crate::store::entry::{Entry, part_of};
use crate::store::open::Store;
use crate::store::record::Record;
use crate::store::state::State;
use crate::store::summary::{Summary, read_file};
use crate::store::tokens::words_of;

/// The result of verifying an index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Verification {
    /// Number of files of the index whose checksums were computed.
    pub files: usize,
    /// Number of sources whose records were all read, and their paragraphs and words counted again.
    pub sources: usize,
    /// Number of paragraphs of those sources: body, tables and notes.
    pub paragraphs: u64,
    /// The faults of the index. One with a fault must be rebuilt from its sources.
    pub flaws: Vec<Flaw>,
    /// Number of files of the corpus that have, by their hash, not changed since they were read.
    pub same: usize,
    /// Files of the corpus that have changed since they were read. A refresh reads them again.
    pub changed: Vec<String>,
    /// Files of the index that are no longer in the corpus. A refresh removes them.
    pub gone: Vec<String>,
    /// Files of the corpus that could not be opened for comparison.
    pub unreadable: Vec<String>,
}

/// A fault of an index. `Display` is `FILE: FAULT`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Flaw {
    /// The file of the index or the path of the source at fault; `None` for the index as a whole.
    pub of: Option<String>,
    /// The fault, in a clause.
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
    /// True if the index has no fault.
    pub fn is_sound(&self) -> bool {
        self.flaws.is_empty()
    }

    /// True if no compared file has changed since it was read.
    pub fn is_current(&self) -> bool {
        self.changed.is_empty() && self.gone.is_empty() && self.unreadable.is_empty()
    }

    fn flaw(&mut self, of: Option<&str>, message: impl Into<String>) {
        self.flaws.push(Flaw { of: of.map(str::to_owned), message: message.into() });
    }
}

/// The extensions of the files that every segment has.
const REQUIRED: [&str; 6] = ["fast", "fieldnorm", "idx", "pos", "store", "term"];

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
        // Another process may have committed meanwhile, and deleted files that were being read.
        if !found.is_sound() && store.commit()?.opstamp != before.opstamp && tries < TRIES {
            continue;
        }
        let state = store.state();
        // tantivy may read anything from damaged files, so records are read only if all checksums are right.
        if found.is_sound() {
            match state.without_summary() {
                Ok(state) => {
                    verify_records(&state, &mut found);
                    verify_summary(store, &state, &mut found)?;
                }
                Err(error) => found.flaw(None, error.clause()),
            }
        }
        if let Some(corpus) = corpus {
            let is_file = corpus.is_file();
            if !is_file {
                std::fs::read_dir(corpus).map_err(|error| {
                    Error::new(ErrorKind::NotFound, "the corpus cannot be listed").at(corpus).because(error)
                })?;
            }
            let corpus = if is_file { corpus.parent().unwrap_or(corpus) } else { corpus };
            for entry in state.sources().by_path().filter(|entry| entry.origin == Origin::File) {
                compare(entry, corpus, &mut found);
            }
        }
        return Ok(found);
    }
}

fn verify_files(store: &Store, found: &mut Verification) -> Result<()> {
    // An index in memory has no files.
    let Some(folder) = store.open_folder() else { return Ok(()) };
    let mut files: Vec<PathBuf> = store.commit()?.list_segment_files().into_iter().collect();
    files.sort();
    for file in files {
        let name = file.to_string_lossy();
        let verified = verify_file(folder, &file);
        if verified.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            // The others exist for some segments only; if such a file were missing, the index would not have opened.
            if file.extension().is_some_and(|kind| REQUIRED.iter().any(|required| kind == *required)) {
                found.flaw(Some(&name), "it is missing");
            }
            continue;
        }
        found.files += 1;
        match verified {
            Ok(()) => {}
            Err(error)
                if matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) =>
            {
                found.flaw(Some(&name), "its checksum is wrong: it was cut short or overwritten");
            }
            Err(error) => found.flaw(Some(&name), format!("it cannot be read: {error}")),
        }
    }
    match Store::recorded_corpus(folder.path()) {
        Ok(None) => {}
        Ok(Some(_)) => found.files += 1,
        Err(error) => {
            found.files += 1;
            found.flaw(None, error.clause());
        }
    }
    Ok(())
}

/// Compares the summary of a state with one computed again.
fn verify_summary(store: &Store, state: &State, found: &mut Verification) -> Result<()> {
    let key = state.key();
    // A damaged summary is no fault: it is ignored, and the next refresh writes another.
    let directory = store.directory();
    let intact = Summary::open(directory, key).and_then(|_| read_file(directory, key).ok()?);
    let Some(written) = intact else { return Ok(()) };
    found.files += 1;
    if !state.summary().is_ok_and(|computed| computed == Some(written)) {
        let name = key.file();
        found.flaw(Some(&name.to_string_lossy()), "it disagrees with the rest of the index");
    }
    Ok(())
}

/// Reads all records of every source, and compares their number and sizes with its entry.
fn verify_records(state: &State, found: &mut Verification) {
    let mut documents = 0;
    for (source, entry) in (0..).zip(state.sources().entries()) {
        found.sources += usize::from(!entry.is_skipped());
        documents += u64::from(entry.documents) + 1;
        if entry.failure.is_none()
            && let Err(error) = verify_source(state, source, entry, found)
        {
            found.flaw(Some(&entry.path), error.clause());
        }
    }
    match state.lexicon_pages() {
        Ok(pages) => documents += pages.len() as u64,
        Err(error) => found.flaw(None, error.clause()),
    }
    let stored = state.searcher().num_docs();
    if documents != stored {
        let message = format!(
            "the index holds {stored} documents, and its sources and lexicon should have {documents}"
        );
        found.flaw(None, message);
    }
}

fn verify_source(state: &State, source: u32, entry: &Entry, found: &mut Verification) -> Result<()> {
    state.unlocated_record::<quotable_report::Report>(source, 0)?;
    let mut sizes = [crate::store::entry::Size::default(); 3];
    for ordinal in 1..=entry.documents {
        let record = state.unlocated_record::<Record>(source, ordinal);
        let record = record.map_err(|error| error.within(|| format!("paragraph {ordinal}")))?;
        let Some(Record { paragraph, .. }) = record else {
            return Err(Error::damaged(format!("paragraph {ordinal} is missing")));
        };
        let size = &mut sizes[part_of(paragraph.role)];
        size.paragraphs += 1;
        size.words += u64::from(words_of(&paragraph));
        found.paragraphs += 1;
    }
    if sizes != entry.sizes {
        return Err(Error::damaged("its number of paragraphs or words is not that of its entry"));
    }
    Ok(())
}

/// Compares a file of the corpus with the hash of the bytes that were read from it.
fn compare(entry: &Entry, corpus: &Path, found: &mut Verification) {
    let Some(file) = decode(&entry.path).map(|path| corpus.join(path)) else {
        found.flaw(Some(&entry.path), "its path leads out of the corpus");
        return;
    };
    // A file that could not be opened has no hash.
    if entry.hash == [0; 32] {
        return;
    }
    // A longer file has other content, whatever follows.
    let limit = entry.file.map_or(u64::MAX, |file| file.size);
    match content_hash(&file, limit) {
        Ok(hash) if hash == entry.hash => found.same += 1,
        Ok(_) => found.changed.push(entry.path.clone()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => found.gone.push(entry.path.clone()),
        Err(_) => found.unreadable.push(entry.path.clone()),
    }
}
