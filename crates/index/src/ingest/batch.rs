//! Changes to the index, made under its lock and committed together.

mod pending;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::Duration;

use quotable_report::Report;
use tantivy::IndexWriter;
use tantivy::indexer::{LogMergePolicy, UserOperation};

use self::pending::PendingDocuments;
use crate::error::{Error, Result};
use crate::ingest::settings::Settings;
use crate::moment::Moment;
use crate::store::commit::CommitInfo;
use crate::store::directory::WriteGrant;
use crate::store::document::{documents, failed_document, key_of, lexicon_key, page_document};
use crate::store::engine_panic::catch_engine_panic;
use crate::store::entry::Entry;
use crate::store::lexicon::LexiconWriter;
use crate::store::lock::WriteLock;
use crate::store::open::Store;
use crate::store::shared_document::SharedDocument;

/// Changes under way. Dropped without a commit, nothing of them remains.
pub(crate) struct Batch {
    // In the order in which they are to end: the engine must have stopped writing when the lock is given back.
    engine: IndexWriter<SharedDocument>,
    granted: WriteGrant,
    store: Arc<Store>,
    lock: WriteLock,
    /// Stores texts; read from the index when the first is.
    lexicon_writer: Option<LexiconWriter>,
    /// Reports that wait until there is enough text to learn from.
    waiting: Vec<(Entry, Report)>,
    /// Bytes of their text.
    waiting_bytes: usize,
    ahead: PendingDocuments,
}

/// The share of removed documents in a segment from which it is written anew.
const REMOVED_SHARE: f32 = 0.2;
/// The most threads that write paragraphs. They keep up with far more that read files.
const THREADS: usize = 4;
/// From how many bytes of text the most frequent strings are learnt.
const LESSON: usize = 1 << 18;
/// How many pages the lexicon may have, lest a program that commits every report for itself leave one for each.
const MOST_PAGES: usize = 32;
/// The least memory that the engine takes for a thread.
const LEAST: usize = 15_000_000;

impl Batch {
    /// Takes the lock, and sees what was committed before it was taken.
    pub(crate) fn open(store: &Arc<Store>, settings: &Settings, wait: Duration) -> Result<Self> {
        let lock = store.lock()?.take(wait)?;
        store.reload()?;
        // Each thread writes a segment of its own: worth it for many files, not for a few.
        let first = store.state().sources().is_empty();
        let wanted = if first { settings.thread_count().clamp(1, THREADS) } else { 1 };
        let threads = wanted.min(settings.writer_memory / LEAST).max(1);
        let (engine, granted) = store.engine_for_writing()?;
        let writer = engine
            .writer_with_num_threads(threads, settings.writer_memory.max(threads * LEAST))
            .map_err(Error::of_engine)?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(REMOVED_SHARE);
        writer.set_merge_policy(Box::new(policy));
        // What a writer that was killed left behind.
        writer.garbage_collect_files().wait().map_err(Error::of_engine)?;
        store.clear_orphans();
        let store = store.clone();
        let (waiting, waiting_bytes) = (Vec::new(), 0);
        let (lexicon_writer, ahead) = (None, PendingDocuments::default());
        Ok(Self { engine: writer, granted, store, lock, lexicon_writer, waiting, waiting_bytes, ahead })
    }

    /// Puts a report in the place of whatever stands under the path of its entry.
    pub(crate) fn put(&mut self, entry: Entry, report: Report) -> Result<()> {
        if self.lexicon_writer()?.is_trained() {
            return self.write(entry, report);
        }
        self.waiting_bytes += report.paragraphs.iter().map(|paragraph| paragraph.text.len()).sum::<usize>();
        self.waiting.push((entry, report));
        if self.waiting_bytes >= LESSON { self.write_waiting() } else { Ok(()) }
    }

    fn lexicon_writer(&mut self) -> Result<&mut LexiconWriter> {
        let lexicon_writer = match self.lexicon_writer.take() {
            Some(lexicon_writer) => lexicon_writer,
            None => LexiconWriter::new(self.store.state().lexicon()?.clone()),
        };
        Ok(self.lexicon_writer.insert(lexicon_writer))
    }

    /// Learns from the reports that wait, and writes them.
    fn write_waiting(&mut self) -> Result<()> {
        let waiting = std::mem::take(&mut self.waiting);
        self.waiting_bytes = 0;
        if waiting.is_empty() {
            return Ok(());
        }
        let paragraphs = waiting.iter().flat_map(|(_, report)| &report.paragraphs);
        self.lexicon_writer()?.train(paragraphs.map(|paragraph| paragraph.text.as_str()));
        waiting.into_iter().try_for_each(|(entry, report)| self.write(entry, report))
    }

    fn write(&mut self, mut entry: Entry, report: Report) -> Result<()> {
        let fields = self.store.fields().clone();
        let documents = documents(&fields, self.lexicon_writer()?, &mut entry, report)?;
        self.replace(&entry.path, documents)
    }

    /// Does not wait any more for reports of that path: something else is to be there.
    fn forget(&mut self, path: &str) {
        self.waiting.retain(|(entry, _)| entry.path != path);
    }

    /// Puts on record that a source could not be read.
    pub(crate) fn fail(&mut self, entry: &Entry) -> Result<()> {
        self.forget(&entry.path);
        let document = failed_document(self.store.fields(), entry)?;
        self.replace(&entry.path, vec![document])
    }

    /// Takes out whatever stands under a path.
    pub(crate) fn remove(&mut self, path: &str) {
        self.forget(path);
        self.engine.delete_term(key_of(self.store.fields(), path));
    }

    /// The documents of one call stand side by side in one segment: see [`Fields`](crate::store::schema::Fields).
    fn replace(&mut self, path: &str, documents: Vec<SharedDocument>) -> Result<()> {
        self.ahead.add(&documents);
        let mut operations = Vec::with_capacity(documents.len() + 1);
        operations.push(UserOperation::Delete(key_of(self.store.fields(), path)));
        operations.extend(documents.into_iter().map(UserOperation::Add));
        self.engine.run(operations).map_err(Error::of_engine)?;
        Ok(())
    }

    /// Writes the new strings of the lexicon; all strings in one page where there are many, each read for itself.
    fn write_page(&self) -> Result<()> {
        let Some((lexicon_writer, new)) = self
            .lexicon_writer
            .as_ref()
            .and_then(|lexicon_writer| Some((lexicon_writer, lexicon_writer.new_page()?)))
        else {
            return Ok(());
        };
        let fields = self.store.fields();
        let state = self.store.state();
        let operations = if catch_engine_panic(|| state.lexicon_pages())?.len() < MOST_PAGES {
            vec![UserOperation::Add(page_document(fields, &new)?)]
        } else {
            // The old ones go with the commit that brings the new one, or stay.
            let whole = page_document(fields, &lexicon_writer.whole_page())?;
            vec![UserOperation::Delete(lexicon_key(fields)), UserOperation::Add(whole)]
        };
        self.engine.run(operations).map_err(Error::of_engine)?;
        Ok(())
    }

    /// Makes the changes so far durable and visible.
    pub(crate) fn commit(&mut self, complete: bool) -> Result<()> {
        self.write_waiting()?;
        self.write_page()?;
        let before = self.store.state().commit_info();
        let commit_info = CommitInfo {
            generation: before.generation + 1,
            committed: Moment::now().max(before.committed),
            complete,
            ..CommitInfo::new()
        };
        let mut prepared = self.engine.prepare_commit().map_err(Error::of_engine)?;
        prepared.set_payload(&serde_json::to_string(&commit_info).map_err(std::io::Error::from)?);
        prepared.commit().map_err(Error::of_engine)?;
        self.lexicon_writer.iter_mut().for_each(LexiconWriter::mark_committed);
        self.store.load_again()
    }

    /// Ends writing once the engine has put its segments in order.
    pub(crate) fn finish(self) -> Result<()> {
        // The last is dropped first.
        let Self { lock: _lock, store, granted, engine, .. } = self;
        engine.wait_merging_threads().map_err(Error::of_engine)?;
        drop(granted);
        // Segments may have been merged: fewer are faster to search.
        store.load_again()?;
        store.keep_summary();
        // While the engine merges it takes what it merged for needed, and looks no second time.
        store.clear_orphans();
        Ok(())
    }
}
