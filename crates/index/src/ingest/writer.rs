//! Writes reports that are not files of a corpus.

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

/// Puts reports into an index and removes sources. Searches see the changes after [`commit`](Self::commit); dropping
/// the writer discards those that are not committed.
///
/// ```
/// use quotable_index::Index;
/// use quotable_report::{Paragraph, Report};
///
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// let mut report = Report::new("westmere/2019");
/// report.fields.insert("team".parse().expect("a name"), "north".into());
/// report.paragraphs.push(Paragraph::new("Caseloads are high."));
/// writer.put(report)?;
/// // The bytes of a file are read as a refresh reads it.
/// writer.put_bytes("westmere/notes.txt", b"Caseloads fell.")?;
/// writer.remove("westmere/2018")?;
/// writer.finish()?;
/// let search = index.search(&"caseloads team:north".parse().expect("a query"))?;
/// assert_eq!(search.count()?.reports, 1);
/// # Ok::<(), quotable_index::Error>(())
/// ```
pub struct Writer {
    store: Arc<Store>,
    settings: Arc<Settings>,
    batch: Batch,
    /// For each path changed since the last commit: whether a source will exist after the next.
    pending: HashMap<String, bool>,
    /// The serialised form of the last report. Kept so that the next one reuses its memory.
    bytes: Vec<u8>,
}

/// The longest path of a source, in bytes. Most systems have the same limit for files.
const MAX_PATH_BYTES: usize = 4096;

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

    /// Puts in a report, in the place of any source with the same path. A refresh leaves it alone.
    ///
    /// # Errors
    /// [`Invalid`](ErrorKind::Invalid) if the path is empty or longer than 4096 bytes, or the sentences of a paragraph
    /// do not cover its text without gaps and overlaps; [`Io`](ErrorKind::Io).
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

    /// Reads the bytes of a file as a refresh would, and puts in the report. `path` is the path of the report, and its
    /// extension tells the format.
    ///
    /// # Errors
    /// [`Unreadable`](ErrorKind::Unreadable) if the bytes cannot be read, and those of [`put`](Self::put).
    pub fn put_bytes(&mut self, path: &str, bytes: &[u8]) -> Result<Id> {
        let settings = &self.settings;
        let (profiles, hints) = (settings.understanding.profiles(), settings.understanding.hints(path));
        let file = Path::new(path);
        let report = read_bytes(&settings.readers, profiles, &hints, file, path, bytes, &settings.budget);
        let report = report.map_err(|error| Error::new(ErrorKind::Unreadable, error.to_string()).at(path))?;
        let mut report = report;
        settings.understanding.complete(&mut report);
        self.put(report)
    }

    /// Removes the source with a path; false if there is none.
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

    /// Makes all changes so far durable, and visible to searches, in one step.
    ///
    /// # Errors
    /// [`Io`](ErrorKind::Io); then none of the changes are visible.
    pub fn commit(&mut self) -> Result<()> {
        // An index without a refresh has no files that are still to be read, so it is complete.
        let before = self.store.state().commit_info();
        self.batch.commit(before.complete || before.generation == 0)?;
        self.pending.clear();
        Ok(())
    }

    /// Commits, then merges segments and deletes the files that are no longer needed. Dropping the writer after a
    /// commit leaves that to the next writer.
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

/// Fails for a report whose paragraphs could not be cited.
fn check(report: &Report) -> Result<()> {
    if report.path.is_empty() || report.path.len() > MAX_PATH_BYTES {
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
            let message = format!("the sentences of paragraph {} do not cover its text exactly", number + 1);
            return Err(Error::new(ErrorKind::Invalid, message).at(report.path.as_str()));
        }
    }
    Ok(())
}
