//! A batch of changes to the index, made under its lock and committed together.

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

/// Changes that are not yet committed. Dropping the batch discards them.
pub(super) struct Batch {
    // Fields are dropped in this order. tantivy must have stopped writing before the lock is released.
    engine: IndexWriter<SharedDocument>,
    grant: WriteGrant,
    store: Arc<Store>,
    lock: WriteLock,
    /// `None` until the first report is put, since it needs the lexicon of the index.
    lexicon_writer: Option<LexiconWriter>,
    /// Reports that wait until there is enough text to train the lexicon with.
    untrained: Vec<(Entry, Report)>,
    /// The text of those reports, in bytes.
    untrained_bytes: usize,
    pending: PendingDocuments,
    /// See [`CommitInfo::shared`].
    shared: bool,
}

/// The share of deleted documents from which a segment is merged.
const REMOVED_SHARE: f32 = 0.2;
/// The most threads that write paragraphs. Four keep up with far more threads that read files.
const MAX_THREADS: usize = 4;
/// The bytes of text with which a new lexicon is trained.
const TRAINING_BYTES: usize = 1 << 18;
/// The most pages of the lexicon. Without a limit, a program that commits after every report would leave a page for
/// each.
const MAX_PAGES: usize = 32;
/// The least memory that tantivy accepts for a thread, in bytes.
const MIN_THREAD_MEMORY: usize = 15_000_000;

impl Batch {
    /// Takes the lock, then reads the last commit, which another process may have made before.
    pub(crate) fn open(store: &Arc<Store>, settings: &Settings, wait: Duration) -> Result<Self> {
        let lock = store.lock()?.take(wait)?;
        store.reload()?;
        // Each thread writes a segment of its own. That pays for a new index, and not for a few changed files.
        let is_new = store.state().sources().is_empty();
        let wanted = if is_new { settings.thread_count().clamp(1, MAX_THREADS) } else { 1 };
        let threads = wanted.min(settings.writer_memory / MIN_THREAD_MEMORY).max(1);
        let (engine, grant) = store.engine_for_writing()?;
        let writer = engine
            .writer_with_num_threads(threads, settings.writer_memory.max(threads * MIN_THREAD_MEMORY))
            .map_err(Error::of_engine)?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(REMOVED_SHARE);
        writer.set_merge_policy(Box::new(policy));
        // Deletes the files that a killed writer left behind: those that tantivy has listed, then all others.
        writer.garbage_collect_files().wait().map_err(Error::of_engine)?;
        store.clear_orphans();
        let shared = store.state().commit_info().shared;
        Ok(Self {
            engine: writer,
            grant,
            store: store.clone(),
            lock,
            lexicon_writer: None,
            untrained: Vec::new(),
            untrained_bytes: 0,
            pending: PendingDocuments::default(),
            shared,
        })
    }

    /// Sets whether the index may be read by users who may not read all of its sources.
    pub(super) fn share(&mut self, shared: bool) {
        self.shared = shared;
    }

    /// Writes a report, in the place of any source with the path of its entry.
    pub(super) fn put(&mut self, entry: Entry, report: Report) -> Result<()> {
        if self.lexicon_writer()?.is_trained() {
            return self.write(entry, report);
        }
        self.untrained_bytes += report.paragraphs.iter().map(|paragraph| paragraph.text.len()).sum::<usize>();
        self.untrained.push((entry, report));
        if self.untrained_bytes >= TRAINING_BYTES { self.train_and_write() } else { Ok(()) }
    }

    fn lexicon_writer(&mut self) -> Result<&mut LexiconWriter> {
        let lexicon_writer = match self.lexicon_writer.take() {
            Some(lexicon_writer) => lexicon_writer,
            None => LexiconWriter::new(self.store.state().lexicon()?.clone()),
        };
        Ok(self.lexicon_writer.insert(lexicon_writer))
    }

    /// Trains the lexicon with the reports that wait, and writes them.
    fn train_and_write(&mut self) -> Result<()> {
        let untrained = std::mem::take(&mut self.untrained);
        self.untrained_bytes = 0;
        if untrained.is_empty() {
            return Ok(());
        }
        let paragraphs = untrained.iter().flat_map(|(_, report)| &report.paragraphs);
        self.lexicon_writer()?.train(paragraphs.map(|paragraph| paragraph.text.as_str()));
        untrained.into_iter().try_for_each(|(entry, report)| self.write(entry, report))
    }

    fn write(&mut self, mut entry: Entry, report: Report) -> Result<()> {
        let fields = self.store.fields().clone();
        let documents = documents(&fields, self.lexicon_writer()?, &mut entry, report)?;
        self.replace(&entry.path, documents)
    }

    /// Drops the reports with this path that wait: another change of the source has followed.
    fn drop_untrained(&mut self, path: &str) {
        self.untrained.retain(|(entry, _)| entry.path != path);
    }

    /// Records that a source could not be read, in the place of any source with the path of the entry.
    pub(super) fn fail(&mut self, entry: &Entry) -> Result<()> {
        self.drop_untrained(&entry.path);
        let document = failed_document(self.store.fields(), entry)?;
        self.replace(&entry.path, vec![document])
    }

    /// Removes the source with this path, if there is one.
    pub(super) fn remove(&mut self, path: &str) {
        self.drop_untrained(path);
        self.engine.delete_term(key_of(self.store.fields(), path));
    }

    /// Replaces the documents of a source. tantivy writes the documents of one `run` to one segment, side by side, as
    /// [`Fields`](crate::store::schema::Fields) demands.
    fn replace(&mut self, path: &str, documents: Vec<SharedDocument>) -> Result<()> {
        self.pending.add(&documents);
        let mut operations = Vec::with_capacity(documents.len() + 1);
        operations.push(UserOperation::Delete(key_of(self.store.fields(), path)));
        operations.extend(documents.into_iter().map(UserOperation::Add));
        self.engine.run(operations).map_err(Error::of_engine)?;
        Ok(())
    }

    /// Writes the new strings of the lexicon as a page; if there are too many pages, all strings as one page instead.
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
        let operations = if catch_engine_panic(|| state.lexicon_pages())?.len() < MAX_PAGES {
            vec![UserOperation::Add(page_document(fields, &new)?)]
        } else {
            // One commit deletes the old pages and adds the new one, or does neither.
            let whole = page_document(fields, &lexicon_writer.whole_page())?;
            vec![UserOperation::Delete(lexicon_key(fields)), UserOperation::Add(whole)]
        };
        self.engine.run(operations).map_err(Error::of_engine)?;
        Ok(())
    }

    /// Makes the changes so far durable and visible. `complete` is stored with the commit.
    pub(super) fn commit(&mut self, complete: bool) -> Result<()> {
        self.train_and_write()?;
        self.write_page()?;
        let before = self.store.state().commit_info();
        let commit_info = CommitInfo {
            generation: before.generation + 1,
            // Never earlier than the last commit, even if the clock was set back.
            committed: Moment::now().max(before.committed),
            complete,
            shared: self.shared,
            ..CommitInfo::new()
        };
        let mut prepared = self.engine.prepare_commit().map_err(Error::of_engine)?;
        prepared.set_payload(&serde_json::to_string(&commit_info).map_err(std::io::Error::from)?);
        prepared.commit().map_err(Error::of_engine)?;
        self.lexicon_writer.iter_mut().for_each(LexiconWriter::mark_committed);
        self.store.load_again()
    }

    /// Ends writing, after tantivy has merged segments.
    pub(super) fn finish(self) -> Result<()> {
        // Variables are dropped in the reverse order: the lock last.
        let Self { lock: _lock, store, grant, engine, .. } = self;
        engine.wait_merging_threads().map_err(Error::of_engine)?;
        drop(grant);
        // Merged segments are fewer and faster to search.
        store.load_again()?;
        store.keep_summary();
        // tantivy keeps the files of merged segments while it merges, and does not try to delete them again.
        store.clear_orphans();
        Ok(())
    }
}
