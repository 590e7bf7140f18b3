//! Copies an index to another folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use tantivy::Directory as _;

use crate::error::{Error, ErrorKind, Result};
use crate::store::commit::{COMMIT, MANAGED};
use crate::store::directory::IndexDirectory;
use crate::store::directory::folder::IndexFolder;
use crate::store::open::Store;
use crate::store::orphans;
use crate::store::readable_by::ReadableBy;
use crate::store::summary::{SummaryKey, read_file};

/// Copies the last commit of the store to a folder. See [`Index::copy_to`](crate::Index::copy_to).
///
/// Readers take no lock, so a writer may commit meanwhile and delete files that are still to be copied. Then the copy
/// begins again with the new commit.
pub(crate) fn copy(store: &Store, path: &Path) -> Result<()> {
    const TRIES: u32 = 20;
    let failed = |error| Error::io("the copy could not be written", path, error);
    let folder = IndexFolder::create(path)?;
    if !folder.names().map_err(failed)?.is_empty() {
        let message = "the folder for the copy is not empty; name a new one";
        return Err(Error::new(ErrorKind::Invalid, message).at(path));
    }
    // The copy is open to nobody who may not read the index.
    if let Some(from) = store.open_folder() {
        let group = folder.group().map_err(failed)?;
        let of_index = from.path().metadata().map_err(failed)?;
        let readable_by = ReadableBy::EVERYONE.and_folder(&of_index, group);
        let above = from.path().canonicalize().map_err(failed)?;
        folder.restrict(readable_by.and_above(&above, group)).map_err(failed)?;
    }
    let mut tries = 0;
    loop {
        tries += 1;
        match try_copy(store, &folder) {
            Ok(true) => return Ok(()),
            Ok(false) if tries >= TRIES => {
                let message =
                    "the index changes faster than it can be copied; try again when no process writes to it";
                return Err(Error::new(ErrorKind::Io, message).at(path));
            }
            // A file that is missing looks like damage, which it is only if it stays missing.
            Err(error) if error.kind() != ErrorKind::Damaged || tries >= TRIES => {
                return Err(error.at(path));
            }
            Ok(false) | Err(_) => orphans::clear_all(&folder).map_err(failed)?,
        }
    }
}

/// Copies the last commit; false if another was made meanwhile.
fn try_copy(store: &Store, folder: &IndexFolder) -> Result<bool> {
    let from = store.directory();
    let (to, _granted) = IndexDirectory::of_folder(folder).for_writing();
    let unread = |error: tantivy::directory::error::OpenReadError| Error::of_engine(error.into());
    let commit_file = from.atomic_read(Path::new(COMMIT)).map_err(unread)?;
    let mut copied: BTreeSet<PathBuf> = BTreeSet::from([COMMIT.into()]);
    let commit = store.commit()?;
    for file in commit.list_segment_files() {
        // tantivy names the files that a segment may have; some kinds exist for some segments only.
        if from.exists(&file).map_err(unread)? {
            to.atomic_write(&file, &from.atomic_read(&file).map_err(unread)?)?;
            copied.insert(file);
        }
    }
    let key = SummaryKey::of(&commit);
    // Optional: an index without its summary answers the same.
    if let Ok(Some(summary)) = read_file(from, key) {
        to.atomic_write(&key.file(), &summary)?;
    }
    if from.atomic_read(Path::new(COMMIT)).map_err(unread)? != commit_file {
        return Ok(false);
    }
    let managed = serde_json::to_vec(&copied).map_err(std::io::Error::from)?;
    to.atomic_write(Path::new(MANAGED), &managed)?;
    // Last: a folder without a commit file holds no index, so half a copy is never opened.
    to.atomic_write(Path::new(COMMIT), &commit_file)?;
    Ok(true)
}
