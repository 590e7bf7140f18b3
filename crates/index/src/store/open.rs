//! An open index: its directory, its lock, and the last commit that was read.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tantivy::Directory as _;

use crate::error::{Error, ErrorKind, Result};
use crate::holder::Holder;
use crate::network_file_system::NetworkFileSystem;
use crate::path;
use crate::store::commit::{COMMIT, CommitInfo, check_owner, check_schema, older};
use crate::store::directory::folder::IndexFolder;
use crate::store::directory::{IndexDirectory, WriteGrant, read_checked, read_small};
use crate::store::lock::IndexLock;
use crate::store::orphans;
use crate::store::packed_tokens::TokenPacking;
use crate::store::readable_by::ReadableBy;
use crate::store::schema::Fields;
use crate::store::state::{State, load};

/// An open index, in a folder or in memory. Searches answer from its [`state`](Self::state), which
/// [`reload`](Self::reload) replaces.
pub(crate) struct Store {
    directory: IndexDirectory,
    /// `None` for an index in memory.
    folder: Option<IndexFolder>,
    lock: IndexLock,
    read_only: bool,
    fields: Fields,
    engine: tantivy::Index,
    /// The last commit that this process has read.
    current: RwLock<Arc<State>>,
}

/// The file, in an index kept outside its corpus, that holds the path of the corpus.
const CORPUS: &str = "corpus";
/// How long to wait for another process that is creating the same index.
const CREATION_WAIT: Duration = Duration::from_secs(5);

/// The path that the file [`CORPUS`] holds; `None` if it holds none.
fn decode_corpus(bytes: &[u8]) -> Option<PathBuf> {
    let relative = path::decode(std::str::from_utf8(bytes).ok()?.trim_end())?;
    Some(Path::new(std::path::MAIN_SEPARATOR_STR).join(relative))
}

impl Store {
    /// True if there is an index in the folder, of any version.
    pub(crate) fn exists(folder: &Path) -> bool {
        IndexFolder::holds(folder, COMMIT)
    }

    pub(crate) fn open(path: &Path, read_only: bool) -> Result<Self> {
        let folder = IndexFolder::open(path)?;
        match folder.read(Path::new(COMMIT)) {
            Ok(_) => Self::load(IndexDirectory::of_folder(&folder), Some(folder), read_only)
                .map_err(|error| error.at(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(Error::new(ErrorKind::NotFound, "there is no index in the folder").at(path))
            }
            Err(error) => Err(Error::io("the index could not be opened", path, error)),
        }
    }

    pub(crate) fn open_or_create(path: &Path) -> Result<Self> {
        if Self::exists(path) {
            return Self::open(path, false);
        }
        let folder = IndexFolder::create(path)?;
        let began = Instant::now();
        // Ends as soon as the index exists, also if another process created it and still writes to it under the lock.
        while !Self::exists(path) {
            match lock_of(&folder).take(Duration::ZERO) {
                Ok(_lock) if Self::exists(path) => {}
                Ok(_lock) => create(&IndexDirectory::of_folder(&folder)).map_err(|error| error.at(path))?,
                Err(error) if error.kind() == ErrorKind::Locked && began.elapsed() < CREATION_WAIT => {
                    std::thread::sleep(Duration::from_millis(20));
                }
                Err(error) => return Err(error),
            }
        }
        Self::open(path, false)
    }

    /// Deletes the index in the folder, if there is one of this program, and creates an empty one.
    pub(crate) fn replace(path: &Path) -> Result<Self> {
        let failed = |error| Error::io("the index could not be deleted", path, error);
        if Self::exists(path) {
            let folder = IndexFolder::open(path)?;
            let _lock = lock_of(&folder).take(Duration::ZERO)?;
            // A commit file whose checksum is wrong is ours: no other program writes one.
            if let Ok(commit_file) = read_small(&folder, Path::new(COMMIT))
                && let Err(error) = check_owner(&commit_file)
                && error.kind() == ErrorKind::Foreign
            {
                return Err(error.at(path));
            }
            // The commit file first: if the deletion is interrupted, the rest is no index and is not opened.
            folder.remove(Path::new(COMMIT)).map_err(failed)?;
            orphans::clear_all(&folder).map_err(failed)?;
        }
        Self::open_or_create(path)
    }

    pub(crate) fn in_memory() -> Result<Self> {
        let directory = IndexDirectory::memory();
        create(&directory)?;
        Self::load(directory, None, false)
    }

    /// Opens or creates the index in a folder, with faults planned for its writes.
    #[cfg(test)]
    pub(crate) fn open_faulty(
        folder: &Path,
        faults: &crate::store::directory::fault::Faults,
    ) -> Result<Self> {
        let (exists, folder) = (Self::exists(folder), IndexFolder::open(folder)?);
        let directory = faults.directory(&folder);
        if !exists {
            create(&directory)?;
        }
        Self::load(directory, Some(folder), false)
    }

    /// The last commit on the disk, as tantivy reads it.
    pub(super) fn commit(&self) -> Result<tantivy::IndexMeta> {
        self.engine.load_metas().map_err(Error::of_engine)
    }

    fn load(directory: IndexDirectory, folder: Option<IndexFolder>, read_only: bool) -> Result<Self> {
        let fields = Fields::default();
        let engine = open_engine(directory.clone(), &fields)?;
        let current = RwLock::new(Arc::new(load(&engine, &directory, &fields)?));
        let lock = folder.as_ref().map_or_else(|| IndexLock::Memory(Arc::default()), lock_of);
        Ok(Self { directory, folder, lock, read_only, fields, engine, current })
    }

    /// The folder of the index; `None` for one in memory.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.folder.as_ref().map(IndexFolder::path)
    }

    /// The network file system that the folder is on.
    pub(crate) fn network(&self) -> Option<NetworkFileSystem> {
        self.folder.as_ref()?.network()
    }

    /// The group of the folder; `None` for an index in memory, and on systems without groups.
    pub(crate) fn group(&self) -> Option<u32> {
        self.folder.as_ref()?.group().ok()?
    }

    /// Takes the index away from users who may not read what `readable_by` may. Gives nobody anything. Does nothing for
    /// an index in memory or opened for reading only. True if users could read the index who no longer can.
    pub(crate) fn restrict(&self, readable_by: ReadableBy) -> Result<bool> {
        self.change_access(|folder| folder.restrict(readable_by))
    }

    /// Opens the index to everyone who may enter the corpus.
    pub(crate) fn open_like(&self, corpus: &Path) -> Result<()> {
        self.change_access(|folder| folder.open_like(corpus))
    }

    fn change_access<T: Default>(&self, change: impl FnOnce(&IndexFolder) -> io::Result<T>) -> Result<T> {
        let Some(folder) = self.folder.as_ref().filter(|_| !self.read_only) else { return Ok(T::default()) };
        change(folder).map_err(|error| {
            let message = "the permissions of the index must change with those of the reports, and only its owner can \
                           change them";
            Error::new(ErrorKind::ReadOnly, message).at(folder.path()).because(error)
        })
    }

    /// Writes the path of the corpus into the folder of the index, unless it stands there.
    pub(crate) fn record_corpus(&self, corpus: &Path) -> Result<()> {
        let Some(folder) = self.open_folder() else { return Ok(()) };
        let recorded = read_checked(folder, Path::new(CORPUS)).ok();
        if recorded.and_then(|bytes| decode_corpus(&bytes)).is_some_and(|recorded| recorded == corpus) {
            return Ok(());
        }
        let (directory, _grant) = self.directory.for_writing();
        let text = path::encode(corpus);
        directory.atomic_write(Path::new(CORPUS), text.as_bytes()).map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied => {
                Error::new(ErrorKind::ReadOnly, "the folder of the index is not writable")
                    .at(folder.path())
                    .because(error)
            }
            _ => Error::io("the folder of the index could not be written", folder.path(), error),
        })
    }

    /// The path that [`record_corpus`](Self::record_corpus) wrote into the folder of an index; `None` if there is none.
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) if the file that holds it was cut short or overwritten,
    /// [`Io`](crate::ErrorKind::Io) if it cannot be read.
    pub(crate) fn recorded_corpus(folder: &Path) -> Result<Option<PathBuf>> {
        let Ok(open) = IndexFolder::open(folder) else { return Ok(None) };
        let damaged =
            || Error::damaged("the file that names the folder of its reports was cut short or overwritten");
        let recorded = match read_checked(&open, Path::new(CORPUS)) {
            Ok(bytes) => decode_corpus(&bytes).map(Some).ok_or_else(damaged),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error)
                if matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof) =>
            {
                Err(damaged())
            }
            Err(error) => Err(Error::io(
                "the file that names the folder of the reports could not be read",
                folder,
                error,
            )),
        };
        recorded.map_err(|error| error.at(folder))
    }

    /// The open folder of the index; `None` for one in memory.
    pub(super) fn open_folder(&self) -> Option<&IndexFolder> {
        self.folder.as_ref()
    }

    /// Reads the last commit, if another process has made one since; true if so.
    ///
    /// # Errors
    /// [`NotFound`](ErrorKind::NotFound) if the folder was deleted or moved; [`Damaged`](crate::ErrorKind::Damaged) or
    /// [`Io`](crate::ErrorKind::Io) if the index cannot be read.
    pub(crate) fn reload(&self) -> Result<bool> {
        let state = self.state();
        if state.is_current_in(&self.directory) {
            return Ok(false);
        }
        let last = self.commit().map_err(|error| self.gone().unwrap_or(error))?;
        // Merging rewrites the commit file too, and changes no answer.
        if last.opstamp == state.opstamp()
            && CommitInfo::read(last.payload.as_deref())? == state.commit_info()
        {
            return Ok(false);
        }
        self.load_again()?;
        Ok(true)
    }

    /// The error of an index whose folder is gone; `None` if it is there.
    fn gone(&self) -> Option<Error> {
        let folder = self.folder.as_ref().filter(|folder| folder.is_gone())?;
        let message = "the folder of the index was deleted or moved while it was open; open the index again";
        Some(Error::new(ErrorKind::NotFound, message).at(folder.path()))
    }

    /// Reads the last commit even if it is the current one: merging may have given it other files.
    pub(crate) fn load_again(&self) -> Result<()> {
        let state = load(&self.engine, &self.directory, &self.fields)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(state);
        Ok(())
    }

    /// The last commit that this process has read.
    pub(crate) fn state(&self) -> Arc<State> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The process, this or another, that is writing to the index at this moment; `None` if there is none, or it cannot
    /// be found out.
    pub(crate) fn holder(&self) -> Option<Holder> {
        self.lock.holder()
    }

    /// The lock to take before writing. Fails if the index was opened for reading only.
    pub(crate) fn lock(&self) -> Result<&IndexLock> {
        if self.read_only {
            let message = "the index was opened for reading only; open it for writing to change it";
            let error = Error::new(ErrorKind::ReadOnly, message);
            return Err(match self.folder() {
                Some(folder) => error.at(folder),
                None => error,
            });
        }
        Ok(&self.lock)
    }

    /// Deletes orphaned files and writes the summary, where a writer was killed between its last commit and its end.
    /// Does nothing while another process writes. Best effort: errors are ignored.
    pub(crate) fn tidy(&self) {
        let Some(folder) = self.folder.as_ref().filter(|_| !self.read_only) else { return };
        let state = self.state();
        let orphans = orphans::find(folder, state.commit());
        // Looked up without the lock first: nearly always there is nothing to do.
        if state.is_summarised() && orphans.is_ok_and(|orphans| orphans.is_empty()) {
            return;
        }
        if let Ok(_lock) = self.lock.take(Duration::ZERO) {
            if !state.is_summarised() {
                self.keep_summary();
            }
            self.clear_orphans();
        }
    }

    /// Deletes the files that the last commit does not need. Call under the lock.
    pub(crate) fn clear_orphans(&self) {
        if let (Some(folder), Ok(commit)) = (&self.folder, self.commit()) {
            orphans::clear(folder, &commit);
        }
    }

    /// Writes the summary of the last commit, if it has none yet. Best effort: errors are ignored. Call under the lock.
    pub(crate) fn keep_summary(&self) {
        let state = self.state();
        if let (Some(_), Ok(Some(summary))) = (self.folder(), state.summary()) {
            let (directory, _grant) = self.directory.for_writing();
            let _ = directory.atomic_write(&state.key().file(), &summary);
        }
    }

    pub(super) fn directory(&self) -> &IndexDirectory {
        &self.directory
    }

    /// A tantivy index of its own, for writing until the grant is dropped. tantivy reads its list of files when it
    /// opens an index, so one opened earlier would not know of files that other processes wrote since.
    pub(crate) fn engine_for_writing(&self) -> Result<(tantivy::Index, WriteGrant)> {
        let (directory, grant) = self.directory.for_writing();
        Ok((open_engine(directory, &self.fields)?, grant))
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Store")
            .field("folder", &self.folder())
            .field("read_only", &self.read_only)
            .finish_non_exhaustive()
    }
}

fn lock_of(folder: &IndexFolder) -> IndexLock {
    IndexLock::File(folder.clone())
}

fn create(directory: &IndexDirectory) -> Result<()> {
    let (directory, _grant) = directory.for_writing();
    tantivy::Index::create(directory, Fields::default().schema, tantivy::IndexSettings::default())
        .map_err(Error::of_engine)?;
    Ok(())
}

fn open_engine(directory: IndexDirectory, fields: &Fields) -> Result<tantivy::Index> {
    // A commit file that cannot be read is left to tantivy, which reports why.
    let has_payload = match directory.atomic_read(Path::new(COMMIT)) {
        Ok(commit_file) => check_owner(&commit_file)?,
        Err(_) => false,
    };
    let engine = tantivy::Index::open(directory).map_err(|error| match error {
        // Files of an older version of tantivy come with an older version of this program.
        error @ tantivy::TantivyError::IncompatibleIndex(_) => older().because(error),
        other => Error::of_engine(other),
    })?;
    check_schema(&engine.schema(), fields, has_payload)?;
    for packing in TokenPacking::ALL {
        engine.tokenizers().register(packing.name(), packing.tokenizer());
    }
    Ok(engine)
}
