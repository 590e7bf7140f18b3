//! The handle of an index: opened, refreshed, searched.

pub(crate) mod builder;

use std::path::Path;
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
use crate::search::hit::Hit;
use crate::search::options::SearchOptions;
use crate::source::{Source, Status};
use crate::store::copy::copy;
use crate::store::open::Store;
use crate::store::verify::{Verification, verify};

/// An index of reports. Clones share it.
///
/// Searches answer from the last commit that this handle has seen: its own refreshes and writers show at once,
/// those of other processes after [`reload`](Self::reload).
#[derive(Debug, Clone)]
pub struct Index {
    store: Arc<Store>,
    settings: Arc<Settings>,
}

impl Index {
    fn new(store: Store, settings: Settings) -> Self {
        Self { store: Arc::new(store), settings: Arc::new(settings) }
    }

    /// Opens an index with settings of your own.
    pub fn builder() -> IndexBuilder {
        IndexBuilder::default()
    }

    /// Opens the index in a folder: [`IndexBuilder::open`].
    ///
    /// # Errors
    /// See there.
    pub fn open(folder: impl AsRef<Path>) -> Result<Self> {
        Self::builder().open(folder)
    }

    /// Opens the index in a folder, or makes an empty one there: [`IndexBuilder::open_or_create`].
    ///
    /// # Errors
    /// See there.
    pub fn open_or_create(folder: impl AsRef<Path>) -> Result<Self> {
        Self::builder().open_or_create(folder)
    }

    /// Opens the index in a folder and never writes anything: [`IndexBuilder::open_read_only`].
    ///
    /// # Errors
    /// See there.
    pub fn open_read_only(folder: impl AsRef<Path>) -> Result<Self> {
        Self::builder().open_read_only(folder)
    }

    /// Makes an empty index in memory.
    ///
    /// # Errors
    /// [`Io`](crate::ErrorKind::Io) if tantivy fails, which is not expected.
    pub fn in_memory() -> Result<Self> {
        Self::builder().in_memory()
    }

    /// True if there is an index in the folder, of whatever version.
    pub fn exists(folder: impl AsRef<Path>) -> bool {
        Store::exists(folder.as_ref())
    }

    /// The folder of the index; `None` for one in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.store.folder()
    }

    /// Brings the index up to date with a folder of files: reads what is new or changed, removes what is gone.
    ///
    /// The index holds one corpus: files known from an earlier refresh and not found in this folder are removed.
    /// When nothing has changed nothing is written and no lock is needed, but to make good what a process that was
    /// ended left undone.
    ///
    /// # Errors
    /// [`NotFound`](crate::ErrorKind::NotFound) if the folder cannot be listed, [`Locked`](crate::ErrorKind::Locked) if someone
    /// else is writing, [`ReadOnly`](crate::ErrorKind::ReadOnly), [`Io`](crate::ErrorKind::Io). What is wrong with single files
    /// is no error: it stands in the [`Refresh`].
    pub fn refresh(&self, corpus: impl AsRef<Path>) -> Result<Refresh> {
        self.refresh_with(corpus, &RefreshOptions::default())
    }

    /// The same as [`refresh`](Self::refresh), with options.
    ///
    /// # Errors
    /// See there.
    pub fn refresh_with(&self, corpus: impl AsRef<Path>, options: &RefreshOptions) -> Result<Refresh> {
        refresh(&self.store, &self.settings, corpus.as_ref(), options)
    }

    /// Opens the index for writing reports that are not files. There is one writer at a time, in all processes.
    ///
    /// # Errors
    /// [`Locked`](crate::ErrorKind::Locked), [`ReadOnly`](crate::ErrorKind::ReadOnly), [`Io`](crate::ErrorKind::Io).
    pub fn writer(&self) -> Result<Writer> {
        Writer::open(&self.store, &self.settings, Duration::ZERO)
    }

    /// Looks for commits that other processes have made; true if there was one.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn reload(&self) -> Result<bool> {
        self.store.reload()
    }

    /// The process that is writing to the index at this moment; `None` where nobody is, or it cannot be told.
    pub fn holder(&self) -> Option<Holder> {
        self.store.holder()
    }

    /// Reads the whole index and reports what is wrong with it: first whether its files have their checksums; if they
    /// have, whether everything stored can be read and agrees with the counts on record. With the folder of the
    /// sources, reports too which of them have changed since they were read. Writes nothing and takes no lock; while
    /// someone writes, it looks at the last commit.
    ///
    /// # Errors
    /// If the index changes faster than it can be read, or the corpus is not there. What is wrong with the index is not
    /// an error: see [`Verification::flaws`].
    pub fn verify(&self, corpus: Option<&Path>) -> Result<Verification> {
        verify(&self.store, corpus)
    }

    /// Copies the last commit into a new or empty folder. The copy is an index of its own: it holds the text, so that
    /// it answers where the sources are not. It can be read from a medium that cannot be written. Takes no lock.
    ///
    /// # Errors
    /// [`Invalid`](crate::ErrorKind::Invalid) if the folder is not empty, [`ReadOnly`](crate::ErrorKind::ReadOnly),
    /// [`Io`](crate::ErrorKind::Io), [`Damaged`](crate::ErrorKind::Damaged).
    pub fn copy_to(&self, folder: impl AsRef<Path>) -> Result<()> {
        copy(&self.store, folder.as_ref())
    }

    /// The last commit that this handle has seen, unchanged by whatever is committed later.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::new(self.store.state())
    }

    /// Searches the current snapshot: [`Snapshot::search`].
    ///
    /// # Errors
    /// See there.
    pub fn search(&self, query: &Query) -> Result<Search> {
        self.search_with(query, &SearchOptions::default())
    }

    /// The same as [`search`](Self::search), with options.
    ///
    /// # Errors
    /// See there.
    pub fn search_with(&self, query: &Query, options: &SearchOptions) -> Result<Search> {
        self.snapshot().search_with(query, options)
    }

    /// Everything on record: [`Snapshot::reports`].
    ///
    /// # Errors
    /// See there.
    pub fn reports(&self) -> Result<Vec<Source>> {
        self.snapshot().reports()
    }

    /// A whole report, by path or id: [`Snapshot::report`].
    ///
    /// # Errors
    /// See there.
    pub fn report(&self, name: &str) -> Result<Option<Report>> {
        self.snapshot().report(name)
    }

    /// A paragraph by its id: [`Snapshot::paragraph`].
    ///
    /// # Errors
    /// See there.
    pub fn paragraph(&self, id: &str) -> Result<Option<Hit>> {
        self.snapshot().paragraph(id)
    }

    #[cfg(test)]
    pub(crate) fn store(&self) -> &Arc<Store> {
        &self.store
    }

    /// The state of the index at the last commit seen.
    pub fn status(&self) -> Status {
        self.snapshot().status()
    }
}
