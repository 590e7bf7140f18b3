//! Writing reports that are not files.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use quotable_report::Report;

use crate::error::{Error, ErrorKind, Result};
use crate::id::Id;
use crate::ingest::batch::Batch;
use crate::ingest::reading::read_bytes;
use crate::ingest::settings::Settings;
use crate::source::Origin;
use crate::store::entry::Entry;
use crate::store::open::Store;

/// Puts reports into an index and takes them out. Nothing shows until [`commit`](Self::commit); what was not
/// committed is forgotten on drop.
pub struct Writer {
    store: Arc<Store>,
    settings: Arc<Settings>,
    batch: Batch,
    /// What will be there after the commit, where it differs from what is there now.
    pending: HashMap<String, bool>,
    /// The bytes of the last report, in memory that the next can use.
    bytes: Vec<u8>,
}

/// The longest name of a source, in bytes: that of a path on most systems.
const LONGEST: usize = 4096;

impl Writer {
    pub(crate) fn open(store: &Arc<Store>, settings: &Arc<Settings>, wait: Duration) -> Result<Self> {
        Ok(Self {
            store: store.clone(),
            settings: settings.clone(),
            batch: Batch::open(store, settings, wait)?,
            pending: HashMap::new(),
            bytes: Vec::new(),
        })
    }

    /// Puts in a report, in the place of any of the same path. A refresh leaves it alone.
    ///
    /// # Errors
    /// [`Invalid`](ErrorKind::Invalid) if the path is empty or longer than 4096 bytes, or a sentence is not a part
    /// of its paragraph; [`Io`](ErrorKind::Io).
    pub fn put(&mut self, report: Report) -> Result<Id> {
        check(&report)?;
        self.bytes.clear();
        self.bytes = postcard::to_extend(&report, std::mem::take(&mut self.bytes))
            .map_err(|error| Error::new(ErrorKind::Invalid, "the report cannot be stored").because(error))?;
        let entry = Entry::of(&report.path, &report, Origin::Put, None, blake3::hash(&self.bytes).into());
        let path = report.path.clone();
        self.batch.put(entry, report)?;
        let id = Id::of_report(&path);
        self.pending.insert(path, true);
        Ok(id)
    }

    /// Reads the bytes of a file as a refresh would, and puts in the report. The path names the report and, by its
    /// extension, the format.
    ///
    /// # Errors
    /// [`Unreadable`](ErrorKind::Unreadable) if they cannot be read, and those of [`put`](Self::put).
    pub fn put_bytes(&mut self, path: &str, bytes: &[u8]) -> Result<Id> {
        let settings = &self.settings;
        let report = read_bytes(&settings.readers, Path::new(path), path, bytes, &settings.budget);
        let report = report.map_err(|error| Error::new(ErrorKind::Unreadable, error.to_string()).at(path))?;
        self.put(report)
    }

    /// Takes out the source of a path; false if there is none.
    ///
    /// # Errors
    /// [`Io`](ErrorKind::Io).
    pub fn remove(&mut self, path: &str) -> Result<bool> {
        let there = match self.pending.get(path) {
            Some(there) => *there,
            None => self.store.state().sources().find(path).is_some(),
        };
        if there {
            self.batch.remove(path);
            self.pending.insert(path.to_owned(), false);
        }
        Ok(there)
    }

    /// Makes what was put and removed so far visible and durable, at once.
    ///
    /// # Errors
    /// [`Io`](ErrorKind::Io); then nothing of it shows.
    pub fn commit(&mut self) -> Result<()> {
        // An index that never saw a refresh is whole with what its writer gave it.
        let before = self.store.state().commit_info();
        self.batch.commit(before.complete || before.generation == 0)?;
        self.pending.clear();
        Ok(())
    }

    /// Commits, and waits until the engine has put its files in order. Dropping the writer after a commit leaves
    /// that work to the next one.
    ///
    /// # Errors
    /// Those of [`commit`](Self::commit).
    pub fn finish(mut self) -> Result<()> {
        self.commit()?;
        self.batch.finish()
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("store", &self.store).finish_non_exhaustive()
    }
}

/// Refuses what could not be shown or cited.
fn check(report: &Report) -> Result<()> {
    if report.path.is_empty() || report.path.len() > LONGEST {
        return Err(Error::new(ErrorKind::Invalid, "a report needs a path of 1 to 4096 bytes"));
    }
    for (number, paragraph) in report.paragraphs.iter().enumerate() {
        let mut end = 0;
        let tiles = paragraph.sentences.iter().all(|sentence| {
            let follows = sentence.start == end && paragraph.text.get(sentence.clone()).is_some();
            end = sentence.end;
            follows
        });
        if !tiles || end != paragraph.text.len() {
            let message = format!("the sentences of paragraph {} do not tile its text", number + 1);
            return Err(Error::new(ErrorKind::Invalid, message).at(report.path.as_str()));
        }
    }
    Ok(())
}
