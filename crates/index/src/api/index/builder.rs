//! Settings of an index, and the functions that open one.

use std::path::Path;
use std::sync::Arc;

use quotable_read::{Budget, Readers};
use quotable_report::Report;
use quotable_report::profile::Profiles;

use crate::api::index::Index;
use crate::error::Result;
use crate::ingest::found_files::FoundFiles;
use crate::ingest::metadata_table::MetadataTable;
use crate::ingest::options::RefreshOptions;
use crate::ingest::settings::Settings;
use crate::ingest::understanding::Hook;
use crate::ingest::worker::WorkerCommand;
use crate::store::open::Store;

/// Opens an index with custom settings. Created by [`Index::builder`].
///
/// The defaults: every format of this build, read in threads of this process, one per core and at most eight, within the
/// default [`Budget`]; 64 MiB of paragraphs in memory before they are written.
///
/// ```
/// use quotable_index::{Index, MetadataTable};
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let table = MetadataTable::parse("path,authority\nwest.txt,Westmere\n")?;
/// let index = Index::builder().metadata(table).threads(2).in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("west.txt", b"Nobody waits for a plan.")?;
/// writer.finish()?;
/// assert_eq!(index.search(&"plan authority:westmere".parse()?)?.count()?.paragraphs, 1);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct IndexBuilder {
    settings: Settings,
}

impl IndexBuilder {
    /// Sets the formats that a refresh reads.
    #[must_use]
    pub fn readers(mut self, readers: Readers) -> Self {
        self.settings.readers = Arc::new(readers);
        self
    }

    /// Reads files in worker processes, so that a crash, an endless loop or excessive memory use fails only the file at
    /// fault. Without a worker, files are read in threads of this process within the budget, but a reader that ignores the
    /// budget cannot be stopped. A worker has its own readers: [`readers`](Self::readers) then only selects the files.
    #[must_use]
    pub fn worker(mut self, command: WorkerCommand) -> Self {
        self.settings.worker = Some(command);
        self
    }

    /// Limits the time, memory and input of reading one file.
    #[must_use]
    pub fn budget(mut self, budget: Budget) -> Self {
        self.settings.budget = budget;
        self
    }

    /// Sets the profiles that reports are understood by. A refresh reads all files again when their
    /// [hash](Profiles::hash) changes.
    #[must_use]
    pub fn profiles(mut self, profiles: Profiles) -> Self {
        self.settings.understanding.profiles = Some(Arc::new(profiles));
        self
    }

    /// Sets metadata of files from outside, which takes the place of what is read of them. A refresh reads a file again
    /// when its row changes.
    #[must_use]
    pub fn metadata(mut self, table: MetadataTable) -> Self {
        self.settings.understanding.metadata = Some(Arc::new(table));
        self
    }

    /// Sets a step that every report of a refresh goes through after it is understood, to add metadata or fields, or to
    /// change what was read. The path of the report cannot be changed. The step runs in this process, in several threads
    /// at once.
    ///
    /// `version` is part of what a refresh compares: raise it when the step gives other reports, and all files are read
    /// again.
    ///
    /// ```
    /// use quotable_index::Index;
    ///
    /// let index = Index::builder()
    ///     .understand(1, |report| {
    ///         report.fields.insert("team".parse().unwrap(), "north".into());
    ///     })
    ///     .in_memory()?;
    /// # Ok::<(), quotable_index::Error>(())
    /// ```
    #[must_use]
    pub fn understand(mut self, version: u64, step: impl Fn(&mut Report) + Send + Sync + 'static) -> Self {
        self.settings.understanding.hook = Some(Hook { version, call: Arc::new(step) });
        self
    }

    /// Sets the number of files read in parallel, at least one.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.settings.threads = Some(threads.max(1));
        self
    }

    /// Sets the memory for paragraphs before they are written, in bytes, at least 15 million.
    #[must_use]
    pub fn writer_memory(mut self, bytes: usize) -> Self {
        self.settings.writer_memory = bytes.max(15_000_000);
        self
    }

    /// Opens the index in a folder.
    ///
    /// # Errors
    /// [`NotFound`](crate::ErrorKind::NotFound) if there is none, [`OlderFormat`](crate::ErrorKind::OlderFormat)
    /// or [`NewerFormat`](crate::ErrorKind::NewerFormat) if another version wrote it,
    /// [`Foreign`](crate::ErrorKind::Foreign) if another program did, [`Damaged`](crate::ErrorKind::Damaged),
    /// [`Io`](crate::ErrorKind::Io).
    pub fn open(self, folder: impl AsRef<Path>) -> Result<Index> {
        Store::open(folder.as_ref(), false).map(|store| Index::new(store, self.settings))
    }

    /// Opens the index in a folder for reading: writes nothing and takes no lock.
    ///
    /// # Errors
    /// Those of [`open`](Self::open).
    pub fn open_read_only(self, folder: impl AsRef<Path>) -> Result<Index> {
        Store::open(folder.as_ref(), true).map(|store| Index::new(store, self.settings))
    }

    /// Looks for the files of a corpus, a folder or one file, without an index: how many a refresh would read, and which
    /// it would not. Opens none but those whose names do not say their format.
    ///
    /// # Errors
    /// [`NotFound`](crate::ErrorKind::NotFound) or [`Io`](crate::ErrorKind::Io) if the folder cannot be listed.
    pub fn find_files(&self, corpus: impl AsRef<Path>, options: &RefreshOptions) -> Result<FoundFiles> {
        FoundFiles::look(corpus.as_ref(), &self.settings.readers, options)
    }

    /// Opens the index in a folder, or creates the folder and an empty index in it.
    ///
    /// # Errors
    /// Those of [`open`](Self::open) except `NotFound`; [`ReadOnly`](crate::ErrorKind::ReadOnly).
    pub fn open_or_create(self, folder: impl AsRef<Path>) -> Result<Index> {
        Store::open_or_create(folder.as_ref()).map(|store| Index::new(store, self.settings))
    }

    /// Replaces the index in a folder, of any version, damaged or not, by an empty one. Reports added by a
    /// [`Writer`](crate::Writer) are lost; other files in the folder stay. To rebuild an index that can be opened, prefer
    /// [`RefreshOptions::reread`](crate::RefreshOptions::reread): searches use the old state until the new one is complete.
    ///
    /// # Errors
    /// [`Locked`](crate::ErrorKind::Locked), [`Foreign`](crate::ErrorKind::Foreign) if another program wrote the index,
    /// [`ReadOnly`](crate::ErrorKind::ReadOnly), [`Io`](crate::ErrorKind::Io).
    pub fn replace(self, folder: impl AsRef<Path>) -> Result<Index> {
        Store::replace(folder.as_ref()).map(|store| Index::new(store, self.settings))
    }

    /// Creates an empty index in memory.
    ///
    /// # Errors
    /// [`Io`](crate::ErrorKind::Io) if tantivy fails, which is not expected.
    pub fn in_memory(self) -> Result<Index> {
        Store::in_memory().map(|store| Index::new(store, self.settings))
    }

    /// Opens or creates the index in a folder, with faults injected into every write.
    #[cfg(test)]
    pub(crate) fn open_faulty(
        self,
        folder: &Path,
        faults: &crate::store::directory::fault::Faults,
    ) -> Result<Index> {
        Store::open_faulty(folder, faults).map(|store| Index::new(store, self.settings))
    }
}
