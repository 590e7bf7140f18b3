//! The handle of an index: open, refresh, search.

pub(crate) mod builder;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use quotable_query::Query;
use quotable_report::Report;

use crate::api::index::builder::IndexBuilder;
use crate::api::snapshot::Snapshot;
use crate::api::snapshot::search::Search;
use crate::error::Result;
use crate::holder::Holder;
use crate::ingest::options::RefreshOptions;
use crate::ingest::refresh::{Refresh, refresh};
use crate::ingest::settings::Settings;
use crate::ingest::writer::Writer;
use crate::network_file_system::NetworkFileSystem;
use crate::search::hit::Hit;
use crate::search::options::SearchOptions;
use crate::source::{Source, Status};
use crate::store::copy::copy;
use crate::store::open::Store;
use crate::store::ownership::{self, Ownership};
use crate::store::verify::{Verification, verify};

/// An index of reports. Clones share one index.
///
/// Searches answer from the last commit that this handle knows. Commits of this handle are visible at once, those of other
/// processes after [`reload`](Self::reload).
///
/// ```
/// use quotable_index::Index;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = tempfile::tempdir()?;
/// # let (reports, at) = (folder.path().join("reports"), folder.path().join("index"));
/// # std::fs::create_dir(&reports)?;
/// # std::fs::write(reports.join("westmere.txt"), "Too many care leavers have no plan.\n")?;
/// let index = Index::open_or_create(at)?;
/// // Reads what is new or changed, and forgets what is gone.
/// let refresh = index.refresh(reports)?;
/// assert!(refresh.failed.is_empty());
/// let hits = index.search(&"\"care leavers\"".parse()?)?.top(10)?;
/// assert_eq!((hits.counts.paragraphs, hits.hits[0].citation.path.as_str()), (1, "westmere.txt"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Index {
    store: Arc<Store>,
    settings: Arc<Settings>,
}

impl Index {
    fn new(store: Store, settings: Settings) -> Self {
        Self { store: Arc::new(store), settings: Arc::new(settings) }
    }

    /// Options for opening an index.
    pub fn builder() -> IndexBuilder {
        IndexBuilder::default()
    }

    /// Opens the index in a folder: [`IndexBuilder::open`].
    ///
    /// # Errors
    /// Those of [`IndexBuilder::open`].
    pub fn open(folder: impl AsRef<Path>) -> Result<Self> {
        Self::builder().open(folder)
    }

    /// Opens the index in a folder, or creates an empty one: [`IndexBuilder::open_or_create`].
    ///
    /// # Errors
    /// Those of [`IndexBuilder::open_or_create`].
    pub fn open_or_create(folder: impl AsRef<Path>) -> Result<Self> {
        Self::builder().open_or_create(folder)
    }

    /// Opens the index in a folder for reading only: [`IndexBuilder::open_read_only`].
    ///
    /// # Errors
    /// Those of [`IndexBuilder::open_read_only`].
    pub fn open_read_only(folder: impl AsRef<Path>) -> Result<Self> {
        Self::builder().open_read_only(folder)
    }

    /// Creates an empty index in memory.
    ///
    /// # Errors
    /// [`Io`](crate::ErrorKind::Io) if tantivy fails, which is not expected.
    pub fn in_memory() -> Result<Self> {
        Self::builder().in_memory()
    }

    /// True if the folder contains an index of any version.
    pub fn exists(folder: impl AsRef<Path>) -> bool {
        Store::exists(folder.as_ref())
    }

    /// Whose the folder of an index is. A program that writes text into an index folder, or believes what is in it,
    /// should know; opening does not ask. The folder need not hold an index yet.
    ///
    /// # Errors
    /// [`Io`](crate::ErrorKind::Io) if the folder does not exist or cannot be examined.
    pub fn ownership(folder: impl AsRef<Path>) -> Result<Ownership> {
        ownership::ownership(folder.as_ref())
    }

    /// The same as [`ownership`](Self::ownership), for an index that nobody named: one found in a folder above the one
    /// that a person named. Then it counts as [writable by others](Ownership::WritableByOthers) also if the folder
    /// around it is, as `/tmp` is.
    ///
    /// # Errors
    /// Those of [`ownership`](Self::ownership).
    pub fn ownership_from_above(folder: impl AsRef<Path>) -> Result<Ownership> {
        ownership::ownership_from_above(folder.as_ref())
    }

    /// The folder of the index; `None` for one in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.store.folder()
    }

    /// The network file system that the folder of the index is on, with what it does not promise; `None` on a disk of this
    /// machine, in memory, and on systems other than Linux, where it is not known.
    pub fn network_file_system(&self) -> Option<NetworkFileSystem> {
        self.store.network()
    }

    /// Writes the absolute path of the corpus into the folder of the index, for an index that is kept elsewhere than in its
    /// corpus. Does nothing for one in memory.
    ///
    /// # Errors
    /// [`ReadOnly`](crate::ErrorKind::ReadOnly), [`Io`](crate::ErrorKind::Io).
    pub fn record_corpus(&self, corpus: impl AsRef<Path>) -> Result<()> {
        self.store.record_corpus(corpus.as_ref())
    }

    /// The path that [`record_corpus`](Self::record_corpus) wrote into the folder of an index; `None` if there is none,
    /// or it cannot be read. The index is not opened.
    pub fn recorded_corpus(folder: impl AsRef<Path>) -> Option<PathBuf> {
        Self::try_recorded_corpus(folder).ok().flatten()
    }

    /// As [`recorded_corpus`](Self::recorded_corpus), telling a record that is damaged from one that is missing.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) if the record was cut short or overwritten: refreshing the index from the
    /// folder of its reports writes it again. [`Io`](crate::ErrorKind::Io).
    pub fn try_recorded_corpus(folder: impl AsRef<Path>) -> Result<Option<PathBuf>> {
        Store::recorded_corpus(folder.as_ref())
    }

    /// Brings the index up to date with a folder of files: reads new and changed files, removes those that are gone.
    ///
    /// An index holds one corpus: files of an earlier refresh that this folder lacks are removed. If nothing changed, nothing
    /// is written and no lock is taken, except to clean up after a process that was killed.
    ///
    /// # Errors
    /// [`NotFound`](crate::ErrorKind::NotFound) if the folder cannot be listed, [`Locked`](crate::ErrorKind::Locked) if another
    /// writer is active, [`ReadOnly`](crate::ErrorKind::ReadOnly), [`Io`](crate::ErrorKind::Io). Failures of
    /// single files are no errors: the [`Refresh`] lists them.
    pub fn refresh(&self, corpus: impl AsRef<Path>) -> Result<Refresh> {
        self.refresh_with(corpus, &RefreshOptions::default())
    }

    /// The same as [`refresh`](Self::refresh), with options.
    ///
    /// # Errors
    /// Those of [`refresh`](Self::refresh).
    pub fn refresh_with(&self, corpus: impl AsRef<Path>, options: &RefreshOptions) -> Result<Refresh> {
        refresh(&self.store, &self.settings, corpus.as_ref(), options)
    }

    /// Opens a writer, for reports that are not files. Only one writer can be active, across all processes.
    ///
    /// # Errors
    /// [`Locked`](crate::ErrorKind::Locked), [`ReadOnly`](crate::ErrorKind::ReadOnly), [`Io`](crate::ErrorKind::Io).
    pub fn writer(&self) -> Result<Writer> {
        Writer::open(&self.store, &self.settings, Duration::ZERO)
    }

    /// Loads the last commit of other processes; true if there was a new one.
    ///
    /// # Errors
    /// [`NotFound`](crate::ErrorKind::NotFound) if the folder of the index was deleted or moved since it was opened, in which
    /// case the last commit goes on answering; [`Damaged`](crate::ErrorKind::Damaged) or [`Io`](crate::ErrorKind::Io) if the
    /// index cannot be read.
    pub fn reload(&self) -> Result<bool> {
        self.store.reload()
    }

    /// The process that is writing to the index now; `None` if there is none or it is unknown.
    pub fn holder(&self) -> Option<Holder> {
        self.store.holder()
    }

    /// Reads the whole index and lists its flaws. Checks the checksums of all files and, if they are right, that everything
    /// stored can be read and agrees with the counts on record. Given the folder of the corpus, also lists sources that have
    /// changed since they were read. Writes nothing and takes no lock; during a write it verifies the last commit.
    ///
    /// # Errors
    /// If the index changes faster than it can be read, or the corpus folder is missing. Flaws of the index are not errors: see
    /// [`Verification::flaws`].
    pub fn verify(&self, corpus: Option<&Path>) -> Result<Verification> {
        verify(&self.store, corpus)
    }

    /// Copies the last commit into a new or empty folder. The copy is a complete index that includes the text: it needs neither
    /// the sources nor a writable medium. Takes no lock.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the folder is not empty, [`ReadOnly`](crate::ErrorKind::ReadOnly),
    /// [`Io`](crate::ErrorKind::Io), [`Damaged`](crate::ErrorKind::Damaged).
    pub fn copy_to(&self, folder: impl AsRef<Path>) -> Result<()> {
        copy(&self.store, folder.as_ref())
    }

    /// The last commit that this handle knows. Later commits do not change it.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.store.state())
    }

    /// Searches the current snapshot: [`Snapshot::search`].
    ///
    /// # Errors
    /// Those of [`Snapshot::search`].
    pub fn search(&self, query: &Query) -> Result<Search> {
        self.search_with(query, &SearchOptions::default())
    }

    /// The same as [`search`](Self::search), with options.
    ///
    /// # Errors
    /// Those of [`search`](Self::search).
    pub fn search_with(&self, query: &Query, options: &SearchOptions) -> Result<Search> {
        self.snapshot().search_with(query, options)
    }

    /// Every source on record: [`Snapshot::reports`].
    ///
    /// # Errors
    /// Those of [`Snapshot::reports`].
    pub fn reports(&self) -> Result<Vec<Source>> {
        self.snapshot().reports()
    }

    /// A whole report, by path or id: [`Snapshot::report`].
    ///
    /// # Errors
    /// Those of [`Snapshot::report`].
    pub fn report(&self, name: &str) -> Result<Option<Report>> {
        self.snapshot().report(name)
    }

    /// A paragraph by its id: [`Snapshot::paragraph`].
    ///
    /// # Errors
    /// Those of [`Snapshot::paragraph`].
    pub fn paragraph(&self, id: &str) -> Result<Option<Hit>> {
        self.snapshot().paragraph(id)
    }

    #[cfg(test)]
    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The status of the last commit that this handle knows.
    pub fn status(&self) -> Status {
        self.snapshot().status()
    }
}
