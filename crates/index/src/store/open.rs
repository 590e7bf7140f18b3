//! An index opened: its files, its lock, and the state that searches answer from.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tantivy::Directory as _;

use crate::error::{Error, ErrorKind, Result};
use crate::holder::Holder;
use crate::store::commit::{COMMIT, CommitInfo, check_owner, check_schema, older};
use crate::store::directory::{IndexDirectory, WriteGrant};
use crate::store::lock::IndexLock;
use crate::store::orphans;
use crate::store::packed_tokens::TokenPacking;
use crate::store::schema::Fields;
use crate::store::state::{State, load};

/// An open index: a folder, or memory.
pub(crate) struct Store {
    place: IndexDirectory,
    folder: Option<PathBuf>,
    lock: IndexLock,
    read_only: bool,
    fields: Fields,
    engine: tantivy::Index,
    /// The last commit that this process has seen.
    current: RwLock<Arc<State>>,
}

/// How long another process may take to make an empty index.
const LONGEST_MAKING: Duration = Duration::from_secs(5);

impl Store {
    /// True if there is an index in the folder, of whatever version.
    pub(crate) fn exists(folder: &Path) -> bool {
        folder.join(COMMIT).is_file()
    }

    pub(crate) fn open(folder: &Path, read_only: bool) -> Result<Self> {
        if !Self::exists(folder) {
            // A folder that may not be looked into is not a folder without an index.
            if let Err(error) = fs::metadata(folder.join(COMMIT))
                && error.kind() != std::io::ErrorKind::NotFound
            {
                return Err(Error::io("the index could not be opened", folder, error));
            }
            return Err(Error::new(ErrorKind::NotFound, "there is no index in the folder").at(folder));
        }
        let place = IndexDirectory::folder(folder).map_err(|error| Error::of_engine(error).at(folder))?;
        Self::load(place, Some(folder.to_owned()), read_only).map_err(|error| error.at(folder))
    }

    pub(crate) fn open_or_create(folder: &Path) -> Result<Self> {
        if Self::exists(folder) {
            return Self::open(folder, false);
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
                    let place =
                        IndexDirectory::folder(folder).map_err(|error| Error::of_engine(error).at(folder))?;
                    create(&place).map_err(|error| error.at(folder))?;
                }
                Err(error) if error.kind() == ErrorKind::Locked && began.elapsed() < LONGEST_MAKING => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(error) => return Err(error),
            }
        }
        Self::open(folder, false)
    }

    pub(crate) fn replace(folder: &Path) -> Result<Self> {
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
            orphans::clear_all(folder).map_err(failed)?;
        }
        Self::open_or_create(folder)
    }

    pub(crate) fn in_memory() -> Result<Self> {
        let place = IndexDirectory::memory();
        create(&place)?;
        Self::load(place, None, false)
    }

    /// Opens the index in a folder, or makes it, with faults in the way of all that is written.
    #[cfg(test)]
    pub(crate) fn open_faulty(
        folder: &Path,
        faults: &crate::store::directory::fault::Faults,
    ) -> Result<Self> {
        let place = faults.place(folder);
        if !Self::exists(folder) {
            create(&place)?;
        }
        Self::load(place, Some(folder.to_owned()), false)
    }

    /// What the engine says of the last commit.
    pub(crate) fn commit(&self) -> Result<tantivy::IndexMeta> {
        self.engine.load_metas().map_err(Error::of_engine)
    }

    fn load(place: IndexDirectory, folder: Option<PathBuf>, read_only: bool) -> Result<Self> {
        let fields = Fields::default();
        let engine = open_engine(place.clone(), &fields)?;
        let current = RwLock::new(Arc::new(load(&engine, &place, &fields)?));
        let lock = folder.as_deref().map_or_else(|| IndexLock::Memory(Arc::default()), lock_of);
        Ok(Self { place, folder, lock, read_only, fields, engine, current })
    }

    /// The folder of the index; `None` for one in memory.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Looks for commits that other processes have made; true if there was one.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub(crate) fn reload(&self) -> Result<bool> {
        let here = self.state();
        if here.is_of(&self.place) {
            return Ok(false);
        }
        let there = self.commit()?;
        if there.opstamp == here.opstamp()
            && CommitInfo::read(there.payload.as_deref())? == here.commit_info()
        {
            return Ok(false);
        }
        self.load_again()?;
        Ok(true)
    }

    /// Loads the last commit even if it is the one that is there: its files may be others.
    pub(crate) fn load_again(&self) -> Result<()> {
        let state = load(&self.engine, &self.place, &self.fields)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        Ok(())
    }

    /// The last commit that this process has seen.
    pub(crate) fn state(&self) -> Arc<State> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Who is writing to the index at this moment, in this process or another; `None` where nobody is, or it cannot be
    /// told.
    pub(crate) fn holder(&self) -> Option<Holder> {
        self.lock.holder()
    }

    pub(crate) fn lock(&self) -> Result<&IndexLock> {
        if self.read_only {
            let error = Error::new(ErrorKind::ReadOnly, "the index was opened for reading only");
            return Err(match &self.folder {
                Some(folder) => error.at(folder),
                None => error,
            });
        }
        Ok(&self.lock)
    }

    /// Clears away what a writer left that was killed after its last commit, if nobody is writing. That it cannot be
    /// done is in nobody's way.
    pub(crate) fn tidy(&self) {
        let Some(folder) = self.folder().filter(|_| !self.read_only) else { return };
        let state = self.state();
        let left = orphans::find(folder, state.commit());
        if state.is_summarised() && left.is_ok_and(|left| left.is_empty()) {
            return;
        }
        if let Ok(_lock) = self.lock.take(Duration::ZERO) {
            if !state.is_summarised() {
                self.keep_summary();
            }
            self.clear_orphans();
        }
    }

    /// Clears away what the last commit does not need. To be called under the lock.
    pub(crate) fn clear_orphans(&self) {
        if let (Some(folder), Ok(commit)) = (self.folder(), self.commit()) {
            orphans::clear(folder, &commit);
        }
    }

    /// Keeps what follows from the last commit, for those who open the index after it. That it cannot be done is in
    /// nobody's way. To be called under the lock.
    pub(crate) fn keep_summary(&self) {
        let state = self.state();
        if let (Some(_), Ok(Some(summary))) = (self.folder(), state.summary()) {
            let (place, _granted) = self.place.for_writing();
            let _ = place.atomic_write(&state.key().file(), &summary);
        }
    }

    pub(crate) fn place(&self) -> &IndexDirectory {
        &self.place
    }

    /// The engine opened anew, for reading files from end to end.
    pub(crate) fn engine_for_reading(&self) -> Result<tantivy::Index> {
        open_engine(self.place.for_whole_files(), &self.fields)
    }

    /// The engine opened anew for writing: one that stays open would not know of files that other processes left.
    pub(crate) fn engine_for_writing(&self) -> Result<(tantivy::Index, WriteGrant)> {
        let (place, granted) = self.place.for_writing();
        Ok((open_engine(place, &self.fields)?, granted))
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("folder", &self.folder)
            .field("read_only", &self.read_only)
            .finish_non_exhaustive()
    }
}

fn lock_of(folder: &Path) -> IndexLock {
    IndexLock::File(folder.join("lock"))
}

fn create(place: &IndexDirectory) -> Result<()> {
    let (place, _granted) = place.for_writing();
    tantivy::Index::create(place, Fields::default().schema, tantivy::IndexSettings::default())
        .map_err(Error::of_engine)?;
    Ok(())
}

fn open_engine(place: IndexDirectory, fields: &Fields) -> Result<tantivy::Index> {
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
    for packed in TokenPacking::ALL {
        engine.tokenizers().register(packed.name(), packed.unpacker());
    }
    Ok(engine)
}
