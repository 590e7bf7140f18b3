//! One committed state of an index, opened for reading.
//!
//! A state never changes. The parts that few searches need are loaded when they are first needed.

mod load;

use std::path::Path;
use std::sync::OnceLock;

use quotable_report::Report;
use serde::Deserialize;
use tantivy::schema::IndexRecordOption;
use tantivy::store::StoreReader;
use tantivy::{Directory as _, DocAddress, DocSet as _, IndexMeta, Searcher, TERMINATED};

pub(crate) use self::load::load;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::source::Status;
use crate::store::boilerplate::BoilerplateTable;
use crate::store::commit::{COMMIT, CommitInfo};
use crate::store::directory::IndexDirectory;
use crate::store::document::lexicon_key;
use crate::store::engine_panic::catch_engine_panic;
use crate::store::kept_documents::KeptDocuments;
use crate::store::kept_sums::KeptSums;
use crate::store::lexicon::Lexicon;
use crate::store::record::Record;
use crate::store::schema::{COPY, Fields};
use crate::store::sources::SourceTable;
use crate::store::stored_bytes::stored_bytes;
use crate::store::summary::{Summary, SummaryKey};
use crate::store::vocabulary::Vocabularies;

/// Blocks of the store of a segment that are kept unpacked, some 16 KiB each: as many as tantivy's searcher keeps.
const KEPT_BLOCKS: usize = 100;

/// One committed state of an index.
pub(crate) struct State {
    /// The bytes of the commit file.
    commit_file: Vec<u8>,
    /// The commit file as tantivy reads it.
    commit: IndexMeta,
    /// The payload of the commit file.
    commit_info: CommitInfo,
    fields: Fields,
    searcher: Searcher,
    /// The store of each segment. The searcher has its own, but copies what it reads; those keep no blocks here.
    stores: OnceLock<Vec<StoreReader>>,
    /// `None` if there is no summary of this commit, or it is damaged.
    summary: Option<Summary>,
    sources: SourceTable,
    boilerplate: OnceLock<BoilerplateTable>,
    lexicon: OnceLock<Lexicon>,
    vocabularies: Vocabularies,
    kept_documents: KeptDocuments,
    kept_sums: KeptSums,
}

impl State {
    /// The public description of this state.
    pub(crate) fn status(&self) -> Status {
        let State { commit_info, sources, .. } = self;
        let (paragraphs, words) = sources.distinct_size();
        Status {
            format: commit_info.format,
            generation: commit_info.generation,
            committed: Some(commit_info.committed).filter(|_| commit_info.generation > 0),
            complete: commit_info.complete && sources.failed() == 0,
            shared: commit_info.shared,
            corpus_hash: sources.corpus_hash().to_owned(),
            reports: sources.read() - sources.copies(),
            copies: sources.copies(),
            failed: sources.failed(),
            skipped: sources.skipped_count(),
            paragraphs,
            words,
            unfinished: !commit_info.complete,
        }
    }

    pub(crate) fn commit_info(&self) -> CommitInfo {
        self.commit_info
    }

    pub(super) fn opstamp(&self) -> u64 {
        self.commit.opstamp
    }

    pub(super) fn commit(&self) -> &IndexMeta {
        &self.commit
    }

    /// True if the commit file in the directory is still that of this state.
    pub(super) fn is_current_in(&self, directory: &IndexDirectory) -> bool {
        directory.atomic_read(Path::new(COMMIT)).is_ok_and(|file| file == self.commit_file)
    }

    /// The key of this state's summary.
    pub(super) fn key(&self) -> SummaryKey {
        SummaryKey::of(&self.commit)
    }

    /// The content of this state's summary; `None` if the state was loaded from it.
    pub(super) fn summary(&self) -> Result<Option<Vec<u8>>> {
        if self.is_summarised() {
            return Ok(None);
        }
        Summary::of(self.key(), self.sources(), self.boilerplate()?, self.lexicon()?).map(Some)
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    pub(crate) fn sources(&self) -> &SourceTable {
        &self.sources
    }

    /// The boilerplate, from the summary or found now.
    pub(crate) fn boilerplate(&self) -> Result<&BoilerplateTable> {
        if let Some(boilerplate) = self.boilerplate.get() {
            return Ok(boilerplate);
        }
        let boilerplate = match self.summary.as_ref().and_then(Summary::boilerplate) {
            Some(boilerplate) => boilerplate,
            None => {
                let columns = self.columns(COPY)?;
                catch_engine_panic(|| Ok(BoilerplateTable::load(&columns, self.sources())))?
            }
        };
        Ok(self.boilerplate.get_or_init(|| boilerplate))
    }

    /// Number of reports that hold a paragraph; `None` if it is not boilerplate.
    pub(crate) fn boilerplate_reports(&self, source: u32, ordinal: u32) -> Result<Option<u32>> {
        let boilerplate = self.boilerplate()?;
        let Some(address) = self.sources().address(source, ordinal) else { return Ok(None) };
        let reports = boilerplate.of(address.segment_ord as usize, address.doc_id);
        Ok(Some(reports).filter(|reports| *reports > 0))
    }

    /// The number of a source by its path or id.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.sources().find(name).or_else(|| self.find_id(&name.parse::<Id>().ok()?.report()))
    }

    pub(crate) fn find_id(&self, id: &Id) -> Option<u32> {
        self.sources().numbers().find(|source| self.sources().id(*source) == Some(id))
    }

    /// A whole report, put together from its documents; `None` if the source failed or does not exist.
    pub(crate) fn report(&self, source: u32) -> Result<Option<Report>> {
        let Some(entry) = self.sources().entry(source) else { return Ok(None) };
        if entry.failure.is_some() {
            return Ok(None);
        }
        let Some(mut report) = self.record::<Report>(source, 0)? else { return Ok(None) };
        for ordinal in 1..=entry.documents {
            let record = self.record::<Record>(source, ordinal)?;
            report.paragraphs.extend(record.map(|record| record.paragraph));
        }
        Ok(Some(report))
    }

    /// The record of a document of a source, if there is one. Ordinal 0 is the source's own document, 1 its first
    /// paragraph. An error names the document.
    pub(crate) fn record<T: Stored>(&self, source: u32, ordinal: u32) -> Result<Option<T>> {
        T::prepare(self)?;
        self.unlocated_record(source, ordinal).map_err(|error| self.locate(error, source, ordinal))
    }

    /// Reads a paragraph into the memory of `record`; false if there is no such paragraph.
    pub(crate) fn read_record(&self, source: u32, ordinal: u32, record: &mut Record) -> Result<bool> {
        let lexicon = self.lexicon()?;
        let Some(address) = self.sources().address(source, ordinal) else { return Ok(false) };
        let read = self.stored(address, |bytes| record.decode(bytes, lexicon));
        read.map(|()| true).map_err(|error| self.locate(error, source, ordinal))
    }

    /// Says in which document an error was found.
    fn locate(&self, error: Error, source: u32, ordinal: u32) -> Error {
        error.within(|| {
            let path = self.sources().entry(source).map_or("a source", |entry| entry.path.as_str());
            if ordinal == 0 { path.to_owned() } else { format!("paragraph {ordinal} of {path}") }
        })
    }

    /// [`record`](Self::record), with errors that do not name the document.
    pub(super) fn unlocated_record<T: Stored>(&self, source: u32, ordinal: u32) -> Result<Option<T>> {
        let Some(address) = self.sources().address(source, ordinal) else { return Ok(None) };
        self.stored(address, |bytes| T::read(bytes, self)).map(Some)
    }

    /// Calls `read` with the stored bytes of a document.
    fn stored<T>(&self, address: DocAddress, read: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
        let document = catch_engine_panic(|| {
            let store = self.stores()?.get(address.segment_ord as usize);
            let store = store.ok_or_else(|| Error::damaged("a paragraph is in no segment"))?;
            store.get_document_bytes(address.doc_id).map_err(Error::of_engine)
        })?;
        let bytes = stored_bytes(&document, self.fields().record);
        read(bytes.ok_or_else(|| Error::damaged("a stored document holds no record"))?)
    }

    /// The store of each segment.
    fn stores(&self) -> Result<&[StoreReader]> {
        if let Some(stores) = self.stores.get() {
            return Ok(stores);
        }
        let readers = self.searcher().segment_readers().iter();
        let stores =
            readers.map(|reader| reader.get_store_reader(KEPT_BLOCKS)).collect::<std::io::Result<_>>();
        let stores = stores.map_err(Error::of_index_file)?;
        Ok(self.stores.get_or_init(|| stores))
    }

    /// True if the state was loaded from its summary.
    pub(super) fn is_summarised(&self) -> bool {
        self.summary.is_some()
    }

    /// The sets of documents that are kept for searches of this state.
    pub(crate) fn kept_documents(&self) -> &KeptDocuments {
        &self.kept_documents
    }

    /// The sums of tables that are kept for answers about this state.
    pub(crate) fn kept_sums(&self) -> &KeptSums {
        &self.kept_sums
    }

    /// The lists of words that searches have read so far.
    pub(crate) fn vocabularies(&self) -> &Vocabularies {
        &self.vocabularies
    }

    /// The lexicon, from the summary or from its pages.
    pub(crate) fn lexicon(&self) -> Result<&Lexicon> {
        if let Some(lexicon) = self.lexicon.get() {
            return Ok(lexicon);
        }
        if let Some(lexicon) = self.summary.as_ref().and_then(Summary::lexicon) {
            return Ok(self.lexicon.get_or_init(|| lexicon));
        }
        let mut stored = Vec::new();
        for address in catch_engine_panic(|| self.lexicon_pages())? {
            stored.push(self.stored(address, |bytes| Ok(bytes.to_vec()))?);
        }
        let pages = stored.iter().map(|bytes| decode(bytes)).collect::<Result<_>>()?;
        let lexicon = Lexicon::of(pages)?;
        Ok(self.lexicon.get_or_init(|| lexicon))
    }

    /// The documents that hold the pages of the lexicon, in no order.
    pub(crate) fn lexicon_pages(&self) -> Result<Vec<DocAddress>> {
        let term = lexicon_key(self.fields());
        let mut pages = Vec::new();
        for (segment, reader) in (0..).zip(self.searcher().segment_readers()) {
            let inverted = reader.inverted_index(term.field()).map_err(Error::of_engine)?;
            let postings =
                inverted.read_postings(&term, IndexRecordOption::Basic).map_err(Error::of_index_file)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                // Old pages are deleted when one page replaces them all.
                if reader.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                    pages.push(DocAddress::new(segment, postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(pages)
    }
}

/// A type that a document's record can be read as.
pub(crate) trait Stored: Sized {
    fn read(bytes: &[u8], state: &State) -> Result<Self>;

    /// Loads what reading needs besides the bytes, so that its faults are not blamed on one document.
    fn prepare(_: &State) -> Result<()> {
        Ok(())
    }
}

impl Stored for Record {
    fn prepare(state: &State) -> Result<()> {
        state.lexicon().map(|_| ())
    }

    fn read(bytes: &[u8], state: &State) -> Result<Self> {
        let mut record = Self::default();
        record.decode(bytes, state.lexicon()?)?;
        Ok(record)
    }
}

impl Stored for Report {
    fn read(bytes: &[u8], _: &State) -> Result<Self> {
        decode(bytes)
    }
}

fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T> {
    postcard::from_bytes(bytes)
        .map_err(|error| Error::damaged("a stored document cannot be read").because(error))
}

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("State").field("commit_info", &self.commit_info).finish_non_exhaustive()
    }
}
