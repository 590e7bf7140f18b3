//! States of the index, loaded.

use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use tantivy::columnar::Column;
use tantivy::directory::ManagedDirectory;
use tantivy::store::StoreReader;
use tantivy::{Directory as _, IndexMeta, IndexReader, ReloadPolicy, SegmentReader};

use super::State;
use crate::error::{Error, ErrorKind, Result};
use crate::store::commit::{COMMIT, CommitInfo};
use crate::store::directory::IndexDirectory;
use crate::store::engine_panic::catch_engine_panic;
use crate::store::schema::Fields;
use crate::store::sources::SourceTable;
use crate::store::summary::{Summary, SummaryKey};
use crate::store::vocabulary::Vocabularies;

impl State {
    /// The same state, found out from the index alone.
    pub(crate) fn without_summary(&self) -> Result<Self> {
        self.check_columns()?;
        let State { commit_file, commit, commit_info, fields, searcher, place, .. } = self;
        let sources = catch_engine_panic(|| SourceTable::load(searcher.segment_readers()))?;
        Ok(Self {
            commit_file: commit_file.clone(),
            commit: commit.clone(),
            commit_info: *commit_info,
            fields: fields.clone(),
            searcher: searcher.clone(),
            summary: None,
            sources,
            boilerplate: OnceLock::new(),
            sound: OnceLock::from(()),
            lexicon: OnceLock::new(),
            vocabularies: Vocabularies::default(),
            place: place.clone(),
            ahead: OnceLock::new(),
        })
    }

    /// Says that very many texts are to be read, in their order: then it pays that the system reads ahead.
    pub(crate) fn read_ahead(&self) {
        /// How many blocks of texts are held.
        const BLOCKS: usize = 4;
        if self.ahead.get().is_some() {
            return;
        }
        let open = || -> tantivy::Result<Vec<StoreReader>> {
            let files = ManagedDirectory::wrap(Box::new(self.place.for_whole_files()))?;
            let open = |reader: &SegmentReader| {
                let file = format!("{}.store", reader.segment_id().uuid_string());
                Ok(StoreReader::open(files.open_read(Path::new(&file))?, BLOCKS)?)
            };
            self.searcher().segment_readers().iter().map(open).collect()
        };
        // Where another commit took them away, those that are open serve as well.
        if let Ok(stores) = catch_engine_panic(|| open().map_err(Error::of_engine)) {
            self.ahead.get_or_init(|| stores);
        }
    }

    /// A column of numbers of each segment; `None` if no paragraph of it has one.
    pub(crate) fn columns(&self, name: &str) -> Result<Vec<Option<Column<u64>>>> {
        self.check_columns()?;
        let readers = self.searcher().segment_readers().iter();
        catch_engine_panic(|| {
            readers.map(|reader| reader.fast_fields().column_opt(name).map_err(Error::of_engine)).collect()
        })
    }

    /// What another commit deleted since is still looked at: the engine maps each file once, as long as it is open.
    fn check_columns(&self) -> Result<()> {
        if self.sound.get().is_none() {
            check_columns(self.searcher().index(), self.commit())?;
        }
        self.sound.get_or_init(|| ());
        Ok(())
    }
}

/// Loads the last commit.
///
/// Readers take no lock, so a writer may commit and clear away between the moment the commit file is read and the
/// moment the files it names are opened: then the next commit is there to be read.
pub(crate) fn load(engine: &tantivy::Index, place: &IndexDirectory, fields: &Fields) -> Result<State> {
    const TRIES: u32 = 20;
    let mut tries = 0;
    loop {
        tries += 1;
        // A commit that comes between takes files away, but makes no nonsense of them.
        match catch_engine_panic(|| Ok(try_load(engine, place, fields)))? {
            Ok(Some(state)) => return Ok(state),
            // A file may be gone because a commit came between; only one that stays gone is damage.
            Err(error) if tries >= TRIES || !matches!(error.kind(), ErrorKind::Io | ErrorKind::Damaged) => {
                return Err(error);
            }
            Ok(None) if tries >= TRIES => {
                return Err(Error::new(ErrorKind::Io, "the index changes faster than it can be opened"));
            }
            Ok(None) | Err(_) => std::thread::sleep(Duration::from_millis(2 * u64::from(tries))),
        }
    }
}

/// Columns are held in memory and say how much memory that is, which a damaged one may say as it likes. So none is opened
/// before this; with a summary a search opens none.
fn check_columns(engine: &tantivy::Index, commit: &IndexMeta) -> Result<()> {
    let files = commit.list_segment_files().into_iter();
    for file in files.filter(|file| file.extension().is_some_and(|kind| kind == "fast")) {
        match engine.directory().validate_checksum(&file) {
            Ok(true) => {}
            Ok(false) => {
                return Err(Error::damaged("the index is damaged: its columns are not what was written"));
            }
            Err(error) => return Err(Error::of_engine(error.into())),
        }
    }
    Ok(())
}

/// Loads the last commit; `None` if another was made meanwhile.
fn try_load(engine: &tantivy::Index, place: &IndexDirectory, fields: &Fields) -> Result<Option<State>> {
    let read = || place.atomic_read(Path::new(COMMIT)).map_err(|error| Error::of_engine(error.into()));
    let commit_file = read()?;
    let commit = engine.load_metas().map_err(Error::of_engine)?;
    let commit_info = CommitInfo::read(commit.payload.as_deref())?;
    let summary = Summary::open(place, SummaryKey::of(&commit));
    let reader: IndexReader =
        engine.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(Error::of_engine)?;
    if read()? != commit_file {
        return Ok(None);
    }
    let searcher = reader.searcher();
    let readers = searcher.segment_readers();
    let (sources, summary) = match summary.and_then(|summary| Some((summary.sources(readers)?, summary))) {
        Some((sources, summary)) => (sources, Some(summary)),
        None => {
            check_columns(engine, &commit)?;
            (SourceTable::load(readers)?, None)
        }
    };
    let sound = if summary.is_none() { OnceLock::from(()) } else { OnceLock::new() };
    Ok(Some(State {
        commit_file,
        commit,
        commit_info,
        fields: fields.clone(),
        searcher,
        summary,
        sources,
        boilerplate: OnceLock::new(),
        sound,
        lexicon: OnceLock::new(),
        vocabularies: Vocabularies::default(),
        place: place.clone(),
        ahead: OnceLock::new(),
    }))
}
