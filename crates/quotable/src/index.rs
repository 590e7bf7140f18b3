//! The index: opened, refreshed, searched.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use quotable_query::Query;
use quotable_report::{Quotation, Report};
use tantivy::Directory as _;

use crate::builder::IndexBuilder;
use crate::check::{Check, CheckOptions};
use crate::directory::{Granted, Place};
use crate::error::{Error, ErrorKind, Result};
use crate::hit::Hit;
use crate::leftover;
use crate::lock::LockPlace;
use crate::options::{RefreshOptions, SearchOptions};
use crate::refresh::{Refresh, refresh};
use crate::schema::{COMMIT, Fields, Seal, check_owner, check_schema, older};
use crate::search::Search;
use crate::snapshot::{Snapshot, load};
use crate::source::{Source, Status};
use crate::tokenizer::Packed;
use crate::writer::Writer;

/// An index of reports. Clones share it.
///
/// Searches answer from the last commit that this handle has seen: its own refreshes and writers show at once,
/// those of other processes after [`reload`](Self::reload).
#[derive(Clone)]
pub struct Index(Arc<Inner>);

struct Inner {
    settings: IndexBuilder,
    place: Place,
    folder: Option<PathBuf>,
    lock: LockPlace,
    read_only: bool,
    fields: Fields,
    engine: tantivy::Index,
    current: RwLock<Snapshot>,
}

/// How long another process may take to make an empty index.
const LONGEST_MAKING: Duration = Duration::from_secs(5);

impl Index {
    /// Settings other than the usual ones.
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

    /// An empty index in memory.
    ///
    /// # Errors
    /// If the engine fails, which it should not.
    pub fn in_memory() -> Result<Self> {
        Self::builder().in_memory()
    }

    /// True if there is an index in the folder, of whatever version.
    pub fn exists(folder: impl AsRef<Path>) -> bool {
        folder.as_ref().join(COMMIT).is_file()
    }

    pub(crate) fn open_with(settings: IndexBuilder, folder: &Path, read_only: bool) -> Result<Self> {
        if !Self::exists(folder) {
            // A folder that may not be looked into is not a folder without an index.
            if let Err(error) = fs::metadata(folder.join(COMMIT))
                && error.kind() != std::io::ErrorKind::NotFound
            {
                return Err(Error::io("the index could not be opened", folder, error));
            }
            return Err(Error::new(ErrorKind::NotFound, "there is no index in the folder").at(folder));
        }
        let place = Place::folder(folder).map_err(|error| Error::of_engine(error).at(folder))?;
        Self::load(settings, place, Some(folder.to_owned()), read_only).map_err(|error| error.at(folder))
    }

    pub(crate) fn open_or_create_with(settings: IndexBuilder, folder: &Path) -> Result<Self> {
        if Self::exists(folder) {
            return Self::open_with(settings, folder, false);
        }
        fs::create_dir_all(folder).map_err(|error| match error.kind() {
            std::io::ErrorKind::PermissionDenied => {
                Error::new(ErrorKind::ReadOnly, "the index folder could not be made")
                    .at(folder)
                    .because(error)
            }
            _ => Error::io("the index folder could not be made", folder, error),
        })?;
        let began = Instant::now();
        // Another process may have made it meanwhile, and be writing to it: that is no reason to wait.
        while !Self::exists(folder) {
            match lock_of(folder).take(Duration::ZERO) {
                Ok(_lock) if Self::exists(folder) => {}
                Ok(_lock) => {
                    let place = Place::folder(folder).map_err(|error| Error::of_engine(error).at(folder))?;
                    create(&place).map_err(|error| error.at(folder))?;
                }
                Err(error) if error.kind() == ErrorKind::Locked && began.elapsed() < LONGEST_MAKING => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(error) => return Err(error),
            }
        }
        Self::open_with(settings, folder, false)
    }

    pub(crate) fn replace_with(settings: IndexBuilder, folder: &Path) -> Result<Self> {
        let failed = |error| Error::io("the index could not be deleted", folder, error);
        if Self::exists(folder) {
            let _lock = lock_of(folder).take(Duration::ZERO)?;
            let commit_file = fs::read(folder.join(COMMIT)).map_err(failed)?;
            if let Err(error) = check_owner(&commit_file)
                && error.kind() == ErrorKind::Foreign
            {
                return Err(error.at(folder));
            }
            // Without its commit file it is no index any more, whatever comes between.
            fs::remove_file(folder.join(COMMIT)).map_err(failed)?;
            leftover::clear_all(folder).map_err(failed)?;
        }
        Self::open_or_create_with(settings, folder)
    }

    pub(crate) fn in_memory_with(settings: IndexBuilder) -> Result<Self> {
        let place = Place::memory();
        create(&place)?;
        Self::load(settings, place, None, false)
    }

    /// Opens the index in a folder, or makes it, with faults in the way of all that is written.
    #[cfg(test)]
    pub(crate) fn open_faulty(
        settings: IndexBuilder,
        folder: &Path,
        faults: &crate::directory::fault::Faults,
    ) -> Result<Self> {
        let place = faults.place(folder);
        if !Self::exists(folder) {
            create(&place)?;
        }
        Self::load(settings, place, Some(folder.to_owned()), false)
    }

    /// What the engine says of the last commit.
    pub(crate) fn commit(&self) -> Result<tantivy::IndexMeta> {
        self.0.engine.load_metas().map_err(Error::of_engine)
    }

    fn load(settings: IndexBuilder, place: Place, folder: Option<PathBuf>, read_only: bool) -> Result<Self> {
        let fields = Fields::default();
        let engine = open_engine(place.clone(), &fields)?;
        let snapshot = load(&engine, &place, &fields)?;
        let lock = folder.as_deref().map_or_else(|| LockPlace::Memory(Arc::default()), lock_of);
        let current = RwLock::new(snapshot);
        Ok(Self(Arc::new(Inner { settings, place, folder, lock, read_only, fields, engine, current })))
    }

    /// The folder of the index; `None` for one in memory.
    pub fn folder(&self) -> Option<&Path> {
        self.0.folder.as_deref()
    }

    /// Brings the index up to date with a folder of files: reads what is new or changed, removes what is gone.
    ///
    /// The index holds one corpus: files known from an earlier refresh and not found in this folder are removed.
    /// When nothing has changed nothing is written and no lock is needed, but to make good what a process that was
    /// ended left undone.
    ///
    /// # Errors
    /// [`NotFound`](ErrorKind::NotFound) if the folder cannot be listed, [`Locked`](ErrorKind::Locked) if someone
    /// else is writing, [`ReadOnly`](ErrorKind::ReadOnly), [`Io`](ErrorKind::Io). What is wrong with single files
    /// is no error: it stands in the [`Refresh`].
    pub fn refresh(&self, corpus: impl AsRef<Path>) -> Result<Refresh> {
        self.refresh_with(corpus, &RefreshOptions::default())
    }

    /// The same as [`refresh`](Self::refresh), with options.
    ///
    /// # Errors
    /// See there.
    pub fn refresh_with(&self, corpus: impl AsRef<Path>, options: &RefreshOptions) -> Result<Refresh> {
        refresh(self, corpus.as_ref(), options)
    }

    /// Opens the index for writing reports that are not files. There is one writer at a time, in all processes.
    ///
    /// # Errors
    /// [`Locked`](ErrorKind::Locked), [`ReadOnly`](ErrorKind::ReadOnly), [`Io`](ErrorKind::Io).
    pub fn writer(&self) -> Result<Writer> {
        Writer::open(self, Duration::ZERO)
    }

    /// Looks for commits that other processes have made; true if there was one.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn reload(&self) -> Result<bool> {
        let here = self.snapshot();
        if here.is_of(&self.0.place) {
            return Ok(false);
        }
        let there = self.commit()?;
        if there.opstamp == here.opstamp() && Seal::read(there.payload.as_deref())? == here.seal() {
            return Ok(false);
        }
        self.load_again()?;
        Ok(true)
    }

    /// Loads the last commit even if it is the one that is there: its files may be others.
    pub(crate) fn load_again(&self) -> Result<()> {
        let snapshot = load(&self.0.engine, &self.0.place, &self.0.fields)?;
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
        Ok(())
    }

    /// The state of the index as of the last commit seen, unchanged by whatever is committed later.
    pub fn snapshot(&self) -> Snapshot {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).clone()
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

    /// Checks a quotation: [`Snapshot::check`].
    ///
    /// # Errors
    /// See there.
    pub fn check(&self, quotation: &Quotation) -> Result<Check> {
        self.snapshot().check(quotation)
    }

    /// The same as [`check`](Self::check), with options.
    ///
    /// # Errors
    /// See there.
    pub fn check_with(&self, quotation: &Quotation, options: &CheckOptions) -> Result<Check> {
        self.snapshot().check_with(quotation, options)
    }

    /// The state of the index.
    pub fn status(&self) -> Status {
        self.snapshot().status()
    }

    pub(crate) fn settings(&self) -> &IndexBuilder {
        &self.0.settings
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.0.fields
    }

    /// Who is writing to the index at this moment, in this process or another; `None` where nobody is, or it cannot be
    /// told.
    pub fn holder(&self) -> Option<crate::lock::Holder> {
        self.0.lock.holder()
    }

    pub(crate) fn lock(&self) -> Result<&LockPlace> {
        if self.0.read_only {
            let error = Error::new(ErrorKind::ReadOnly, "the index was opened for reading only");
            return Err(match &self.0.folder {
                Some(folder) => error.at(folder),
                None => error,
            });
        }
        Ok(&self.0.lock)
    }

    /// Clears away what a writer left that was killed after its last commit, if nobody is writing. That it cannot be
    /// done is in nobody's way.
    pub(crate) fn tidy(&self) {
        let Some(folder) = self.folder().filter(|_| !self.0.read_only) else { return };
        let snapshot = self.snapshot();
        let left = leftover::leftovers(folder, snapshot.commit());
        if snapshot.is_summarised() && left.is_ok_and(|left| left.is_empty()) {
            return;
        }
        if let Ok(_lock) = self.0.lock.take(Duration::ZERO) {
            if !snapshot.is_summarised() {
                self.keep_summary();
            }
            self.clear_leftovers();
        }
    }

    /// Clears away what the last commit does not need. To be called under the lock.
    pub(crate) fn clear_leftovers(&self) {
        if let (Some(folder), Ok(commit)) = (self.folder(), self.commit()) {
            leftover::clear(folder, &commit);
        }
    }

    /// Keeps what follows from the last commit, for those who open the index after it. That it cannot be done is in
    /// nobody's way. To be called under the lock.
    pub(crate) fn keep_summary(&self) {
        let snapshot = self.snapshot();
        if let (Some(_), Ok(Some(summary))) = (self.folder(), snapshot.summary()) {
            let (place, _granted) = self.0.place.for_writing();
            let _ = place.atomic_write(&snapshot.key().file(), &summary);
        }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.0.place
    }

    /// The engine opened anew, for reading files from end to end.
    pub(crate) fn engine_for_reading(&self) -> Result<tantivy::Index> {
        open_engine(self.0.place.for_whole_files(), &self.0.fields)
    }

    /// The engine opened anew for writing: one that stays open would not know of files that other processes left.
    pub(crate) fn engine_for_writing(&self) -> Result<(tantivy::Index, Granted)> {
        let (place, granted) = self.0.place.for_writing();
        Ok((open_engine(place, &self.0.fields)?, granted))
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index")
            .field("folder", &self.0.folder)
            .field("read_only", &self.0.read_only)
            .finish_non_exhaustive()
    }
}

fn lock_of(folder: &Path) -> LockPlace {
    LockPlace::File(folder.join("lock"))
}

fn create(place: &Place) -> Result<()> {
    let (place, _granted) = place.for_writing();
    tantivy::Index::create(place, Fields::default().schema, tantivy::IndexSettings::default())
        .map_err(Error::of_engine)?;
    Ok(())
}

fn open_engine(place: Place, fields: &Fields) -> Result<tantivy::Index> {
    // Without a commit file that can be read, the engine says what is wrong.
    let has_seal = match place.atomic_read(Path::new(COMMIT)) {
        Ok(commit_file) => check_owner(&commit_file)?,
        Err(_) => false,
    };
    let engine = tantivy::Index::open(place).map_err(|error| match error {
        // The engine cannot read what another version of it wrote.
        error @ tantivy::TantivyError::IncompatibleIndex(_) => older().because(error),
        other => Error::of_engine(other),
    })?;
    check_schema(&engine.schema(), fields, has_seal)?;
    for packed in Packed::ALL {
        engine.tokenizers().register(packed.name(), packed.unpacker());
    }
    Ok(engine)
}
