//! Loading a state, and checking the files that it loads.

use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use tantivy::columnar::Column;
use tantivy::{Directory as _, IndexReader, ReloadPolicy};

use super::State;
use crate::error::{Error, ErrorKind, Result};
use crate::store::commit::{COMMIT, CommitInfo};
use crate::store::directory::IndexDirectory;
use crate::store::engine_panic::catch_engine_panic;
use crate::store::kept_documents::KeptDocuments;
use crate::store::kept_sums::KeptSums;
use crate::store::schema::Fields;
use crate::store::sources::SourceTable;
use crate::store::summary::{Summary, SummaryKey};
use crate::store::vocabulary::Vocabularies;

impl State {
    /// The same state, loaded without its summary.
    pub(crate) fn without_summary(&self) -> Result<Self> {
        let State { commit_file, commit, commit_info, fields, searcher, .. } = self;
        let sources = catch_engine_panic(|| SourceTable::load(searcher.segment_readers()))?;
        Ok(Self {
            commit_file: commit_file.clone(),
            commit: commit.clone(),
            commit_info: *commit_info,
            fields: fields.clone(),
            searcher: searcher.clone(),
            stores: OnceLock::new(),
            summary: None,
            sources,
            boilerplate: OnceLock::new(),
            lexicon: OnceLock::new(),
            vocabularies: Vocabularies::default(),
            kept_documents: KeptDocuments::default(),
            kept_sums: KeptSums::default(),
        })
    }

    /// A column of numbers of each segment; `None` for a segment without any such number.
    pub(crate) fn columns(&self, name: &str) -> Result<Vec<Option<Column<u64>>>> {
        let readers = self.searcher().segment_readers().iter();
        catch_engine_panic(|| {
            readers.map(|reader| reader.fast_fields().column_opt(name).map_err(Error::of_engine)).collect()
        })
    }
}

/// Loads the last commit.
///
/// Readers take no lock, so a writer may commit and delete files between the moments when the commit file is read and
/// when the files that it names are opened. Then loading begins again with the new commit.
pub(crate) fn load(engine: &tantivy::Index, directory: &IndexDirectory, fields: &Fields) -> Result<State> {
    const TRIES: u32 = 20;
    let mut tries = 0;
    loop {
        tries += 1;
        let before = directory.atomic_read(Path::new(COMMIT)).ok();
        // A panic of tantivy is not tried again: another commit deletes files, but never changes their bytes.
        match catch_engine_panic(|| Ok(try_load(engine, directory, fields)))? {
            Ok(Some(state)) => return Ok(state),
            Err(error) if tries >= TRIES || !matches!(error.kind(), ErrorKind::Io | ErrorKind::Damaged) => {
                return Err(error);
            }
            // Files are deleted after a new commit file is written. So if that is still the same, a file that is missing
            // was not deleted by another commit.
            Err(error)
                if error.kind() == ErrorKind::Damaged
                    && before == directory.atomic_read(Path::new(COMMIT)).ok() =>
            {
                return Err(error);
            }
            Ok(None) if tries >= TRIES => {
                let message =
                    "the index changes faster than it can be opened; try again when no process writes to it";
                return Err(Error::new(ErrorKind::Io, message));
            }
            Ok(None) | Err(_) => std::thread::sleep(Duration::from_millis(2 * u64::from(tries))),
        }
    }
}

/// Loads the last commit; `None` if another was made meanwhile.
fn try_load(engine: &tantivy::Index, directory: &IndexDirectory, fields: &Fields) -> Result<Option<State>> {
    let read = || directory.atomic_read(Path::new(COMMIT)).map_err(|error| Error::of_engine(error.into()));
    let commit_file = read()?;
    let commit = engine.load_metas().map_err(Error::of_engine)?;
    let commit_info = CommitInfo::read(commit.payload.as_deref())?;
    let summary = Summary::open(directory, SummaryKey::of(&commit));
    let reader: IndexReader =
        engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(Error::of_engine)?;
    if read()? != commit_file {
        return Ok(None);
    }
    let searcher = reader.searcher();
    let readers = searcher.segment_readers();
    let (sources, summary) = match summary.and_then(|summary| Some((summary.sources(readers)?, summary))) {
        Some((sources, summary)) => (sources, Some(summary)),
        None => (SourceTable::load(readers)?, None),
    };
    Ok(Some(State {
        commit_file,
        commit,
        commit_info,
        fields: fields.clone(),
        searcher,
        stores: OnceLock::new(),
        summary,
        sources,
        boilerplate: OnceLock::new(),
        lexicon: OnceLock::new(),
        vocabularies: Vocabularies::default(),
        kept_documents: KeptDocuments::default(),
        kept_sums: KeptSums::default(),
    }))
}
