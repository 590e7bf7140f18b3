//! A copy of an index that can be taken elsewhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use tantivy::Directory as _;

use crate::error::{Error, ErrorKind, Result};
use crate::store::commit::{COMMIT, MANAGED};
use crate::store::directory::IndexDirectory;
use crate::store::open::Store;
use crate::store::orphans;
use crate::store::summary::{SummaryKey, stored};

/// See [`Index::copy_to`](crate::Index::copy_to).
pub(crate) fn copy(store: &Store, folder: &Path) -> Result<()> {
    const TRIES: u32 = 20;
    let failed = |error| Error::io("the copy could not be written", folder, error);
    fs::create_dir_all(folder).map_err(failed)?;
    if fs::read_dir(folder).map_err(failed)?.next().is_some() {
        let message = "the folder is not empty; name a new one for the copy";
        return Err(Error::new(ErrorKind::Invalid, message).at(folder));
    }
    let mut tries = 0;
    loop {
        tries += 1;
        match try_copy(store, folder) {
            // A commit may come between, and delete what was to be copied.
            Err(error) if error.kind() == ErrorKind::Damaged && tries < TRIES => {
                orphans::clear_all(folder).map_err(failed)?;
            }
            ended => return ended.map_err(|error| error.at(folder)),
        }
    }
}

fn try_copy(store: &Store, folder: &Path) -> Result<()> {
    let from = store.place();
    let (to, _granted) = IndexDirectory::folder(folder).map_err(Error::of_engine)?.for_writing();
    let unread = |error: tantivy::directory::error::OpenReadError| Error::of_engine(error.into());
    let commit_file = from.atomic_read(Path::new(COMMIT)).map_err(unread)?;
    let mut copied: BTreeSet<PathBuf> = BTreeSet::from([COMMIT.into()]);
    let commit = store.commit()?;
    for file in commit.list_segment_files() {
        // Not every kind of file is there of every segment.
        if from.exists(&file).map_err(unread)? {
            to.atomic_write(&file, &from.atomic_read(&file).map_err(unread)?)?;
            copied.insert(file);
        }
    }
    let key = SummaryKey::of(&commit);
    // It can do without.
    if let Ok(Some(summary)) = stored(from, key) {
        to.atomic_write(&key.file(), &summary)?;
    }
    if from.atomic_read(Path::new(COMMIT)).map_err(unread)? != commit_file {
        return Err(Error::damaged("the index changes faster than it can be copied"));
    }
    let managed = serde_json::to_vec(&copied).map_err(std::io::Error::from)?;
    to.atomic_write(Path::new(MANAGED), &managed)?;
    // Last: without it there is no index.
    to.atomic_write(Path::new(COMMIT), &commit_file)?;
    Ok(())
}
