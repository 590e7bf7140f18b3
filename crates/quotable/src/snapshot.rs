//! One state of the index.

mod load;

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use quotable_query::Query;
use quotable_report::{Citation, Report, Section};
use serde::Deserialize;
use tantivy::schema::{IndexRecordOption, Value as _};
use tantivy::store::StoreReader;
use tantivy::{Directory as _, DocAddress, DocSet as _, IndexMeta, Searcher, TERMINATED, TantivyDocument};

pub(crate) use self::load::load;
use crate::copies::Copies;
use crate::directory::Place;
use crate::document::{Record, Standing, lexicon_key};
use crate::entry::Entry;
use crate::error::{Error, Result};
use crate::guard::guarded;
use crate::hit::{Cursor, Hit};
use crate::id::Id;
use crate::lexicon::Lexicon;
use crate::options::SearchOptions;
use crate::schema::{COMMIT, COPY, Fields, Seal};
use crate::search::Search;
use crate::source::{Source, Status};
use crate::summary::{Key, Summary};
use crate::table::Table;
use crate::vocabulary::Vocabularies;

/// One state of an index, unchanged by whatever is committed later. Clones share it.
#[derive(Clone)]
pub struct Snapshot(Arc<State>);

struct State {
    /// What the engine's commit file holds, byte by byte and as it reads it.
    commit_file: Vec<u8>,
    commit: IndexMeta,
    seal: Seal,
    fields: Fields,
    searcher: Searcher,
    /// What is kept of all this, if it is.
    summary: Option<Summary>,
    table: Table,
    /// Found when they are first asked for.
    copies: OnceLock<Copies>,
    /// Whether the columns are what was written, once it is known that they are.
    sound: OnceLock<()>,
    /// Read when a text is first asked for.
    lexicon: OnceLock<Lexicon>,
    vocabularies: Vocabularies,
    place: Place,
    /// Readers of what is stored of each segment, for which the system reads ahead: once much is to be read.
    ahead: OnceLock<Vec<StoreReader>>,
}

impl Snapshot {
    /// Searches, in paragraphs of body text, bullets and headings.
    ///
    /// # Errors
    /// [`Query`](crate::ErrorKind::Query) if a pattern is not valid,
    /// [`UnknownValue`](crate::ErrorKind::UnknownValue) if a filter asks for what is not there,
    /// [`Unsupported`](crate::ErrorKind::Unsupported), or if the index cannot be read.
    pub fn search(&self, query: &Query) -> Result<Search> {
        self.search_with(query, &SearchOptions::default())
    }

    /// The same as [`search`](Self::search), with options.
    ///
    /// # Errors
    /// See there.
    pub fn search_with(&self, query: &Query, options: &SearchOptions) -> Result<Search> {
        Search::new(self, query, options)
    }

    /// Everything on record, in report order; those that could not be read too.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn reports(&self) -> Result<Vec<Source>> {
        let sources = (0..).zip(self.table().entries());
        sources
            .map(|(number, entry)| {
                let report = if entry.failure.is_some() { None } else { self.record::<Report>(number, 0)? };
                Ok(entry.to_source(report))
            })
            .collect()
    }

    /// A whole report, by its path or its id; `None` if there is none or it could not be read.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn report(&self, name: &str) -> Result<Option<Report>> {
        match self.find(name) {
            Some(source) => self.report_of(source),
            None => Ok(None),
        }
    }

    /// A paragraph by its id, as a hit without matches.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn paragraph(&self, id: &str) -> Result<Option<Hit>> {
        let Ok(id) = id.parse::<Id>() else { return Ok(None) };
        let Some(ordinal) = id.ordinal() else { return Ok(None) };
        let Some(source) = self.find_id(&id.report()) else { return Ok(None) };
        match self.record(source, ordinal)? {
            Some(record) => self.hit(source, ordinal, record, Vec::new()).map(Some),
            None => Ok(None),
        }
    }

    /// What this state is.
    pub fn status(&self) -> Status {
        let State { seal, table, .. } = self.0.as_ref();
        let (paragraphs, words) = table.size([true, false, false]);
        Status {
            format: seal.format,
            generation: seal.generation,
            committed: Some(seal.committed).filter(|_| seal.generation > 0),
            complete: seal.complete,
            corpus_hash: table.corpus_hash().to_owned(),
            reports: table.len() as u64 - table.failed(),
            failed: table.failed(),
            paragraphs,
            words,
        }
    }

    pub(crate) fn seal(&self) -> Seal {
        self.0.seal
    }

    pub(crate) fn opstamp(&self) -> u64 {
        self.0.commit.opstamp
    }

    pub(crate) fn commit(&self) -> &IndexMeta {
        &self.0.commit
    }

    /// True if this is what is committed in the place.
    pub(crate) fn is_of(&self, place: &Place) -> bool {
        place.atomic_read(Path::new(COMMIT)).is_ok_and(|file| file == self.0.commit_file)
    }

    /// The name of the file of its summary.
    pub(crate) fn key(&self) -> Key {
        Key::of(&self.0.commit)
    }

    /// What is to be kept of it; `None` if that is done.
    pub(crate) fn summary(&self) -> Result<Option<Vec<u8>>> {
        if self.is_summarised() {
            return Ok(None);
        }
        Summary::of(self.key(), self.table(), self.copies()?, self.lexicon()?).map(Some)
    }

    pub(crate) fn fields(&self) -> &Fields {
        &self.0.fields
    }

    pub(crate) fn searcher(&self) -> &Searcher {
        &self.0.searcher
    }

    pub(crate) fn table(&self) -> &Table {
        &self.0.table
    }

    /// The boilerplate.
    pub(crate) fn copies(&self) -> Result<&Copies> {
        if let Some(copies) = self.0.copies.get() {
            return Ok(copies);
        }
        let copies = match self.0.summary.as_ref().and_then(Summary::copies) {
            Some(copies) => copies,
            None => {
                let columns = self.columns(COPY)?;
                guarded(|| Ok(Copies::load(&columns, self.table())))?
            }
        };
        Ok(self.0.copies.get_or_init(|| copies))
    }

    /// In how many reports the paragraph stands, if it is boilerplate.
    pub(crate) fn copies_of(&self, source: u32, ordinal: u32) -> Result<Option<u32>> {
        let copies = self.copies()?;
        let Some(place) = self.table().address(source, ordinal) else { return Ok(None) };
        let reports = copies.of(place.segment_ord as usize, place.doc_id);
        Ok(Some(reports).filter(|reports| *reports > 0))
    }

    /// The number of a source by its path or id.
    pub(crate) fn find(&self, name: &str) -> Option<u32> {
        self.table().find(name).or_else(|| self.find_id(&name.parse::<Id>().ok()?.report()))
    }

    pub(crate) fn find_id(&self, id: &Id) -> Option<u32> {
        let found = self.table().entries().iter().position(|entry| Id::of_report(&entry.path) == *id);
        found.and_then(|source| u32::try_from(source).ok())
    }

    /// A whole report, rebuilt from the index.
    pub(crate) fn report_of(&self, source: u32) -> Result<Option<Report>> {
        let Some(entry) = self.table().entry(source) else { return Ok(None) };
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

    /// What is stored of a document of a source: 0 is the source's own, 1 its first paragraph.
    pub(crate) fn record<T: Stored>(&self, source: u32, ordinal: u32) -> Result<Option<T>> {
        let Some(address) = self.table().address(source, ordinal) else { return Ok(None) };
        self.stored(address, |bytes| T::read(bytes, self)).map(Some)
    }

    /// Reads what is stored of a document.
    fn stored<T>(&self, address: DocAddress, read: impl FnOnce(&[u8]) -> Result<T>) -> Result<T> {
        let ahead = self.0.ahead.get().and_then(|stores| stores.get(address.segment_ord as usize));
        let get = || match ahead {
            Some(store) => store.get(address.doc_id),
            None => self.searcher().doc(address),
        };
        let document: TantivyDocument = guarded(|| get().map_err(Error::of_engine))?;
        let bytes = document.get_first(self.fields().record).and_then(|value| value.as_bytes());
        read(bytes.ok_or_else(|| Error::damaged("a document of the index holds no record"))?)
    }

    /// Whether what follows from the state was kept with it.
    pub(crate) fn is_summarised(&self) -> bool {
        self.0.summary.is_some()
    }

    /// What is kept of the vocabulary.
    pub(crate) fn vocabularies(&self) -> &Vocabularies {
        &self.0.vocabularies
    }

    /// The strings of which texts are stored.
    pub(crate) fn lexicon(&self) -> Result<&Lexicon> {
        if let Some(lexicon) = self.0.lexicon.get() {
            return Ok(lexicon);
        }
        if let Some(lexicon) = self.0.summary.as_ref().and_then(Summary::lexicon) {
            return Ok(self.0.lexicon.get_or_init(|| lexicon));
        }
        let mut stored = Vec::new();
        for address in guarded(|| self.lexicon_pages())? {
            stored.push(self.stored(address, |bytes| Ok(bytes.to_vec()))?);
        }
        let pages = stored.iter().map(|bytes| decode(bytes)).collect::<Result<_>>()?;
        let lexicon = Lexicon::of(pages)?;
        Ok(self.0.lexicon.get_or_init(|| lexicon))
    }

    /// The documents that hold the lexicon.
    pub(crate) fn lexicon_pages(&self) -> Result<Vec<DocAddress>> {
        let term = lexicon_key(self.fields());
        let mut pages = Vec::new();
        for (segment, reader) in (0..).zip(self.searcher().segment_readers()) {
            let inverted = reader.inverted_index(term.field()).map_err(Error::of_engine)?;
            let postings = inverted.read_postings(&term, IndexRecordOption::Basic)?;
            let Some(mut postings) = postings else { continue };
            while postings.doc() != TERMINATED {
                // Pages are removed when they are put together.
                if reader.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                    pages.push(DocAddress::new(segment, postings.doc()));
                }
                postings.advance();
            }
        }
        Ok(pages)
    }

    /// A paragraph as a hit with the given matches, byte ranges of its text. The citation's pages are theirs, or
    /// those of the whole paragraph where nothing is marked.
    pub(crate) fn hit(
        &self,
        source: u32,
        ordinal: u32,
        record: Record,
        matches: Vec<Range<usize>>,
    ) -> Result<Hit> {
        let Record { mut paragraph, standing } = record;
        let mut report = self.table().entry(source).map(cited).unwrap_or_default();
        paragraph.section = lay_out(&mut report, &standing);
        report.paragraphs.push(paragraph);
        let whole = 0..report.paragraphs.first().map_or(0, |paragraph| paragraph.text.len());
        let bytes = match (matches.first(), matches.last()) {
            (Some(first), Some(last)) => first.start..last.end,
            _ => whole,
        };
        let citation = Citation::of(&report, 0, bytes);
        let (Some(citation), Some(paragraph)) = (citation, report.paragraphs.pop()) else {
            return Err(Error::damaged("a paragraph has no place to cite"));
        };
        Ok(Hit {
            id: Id::of_report(&report.path).paragraph(ordinal),
            score: 0.0,
            occurrences: Vec::new(),
            text: paragraph.text,
            matches,
            sentences: paragraph.sentences,
            role: paragraph.role,
            theme: standing.theme,
            boilerplate: self.copies_of(source, ordinal)?,
            citation,
            cursor: Cursor(String::new()),
        })
    }
}

/// What is stored of a document.
pub(crate) trait Stored: Sized {
    fn read(bytes: &[u8], snapshot: &Snapshot) -> Result<Self>;
}

impl Stored for Record {
    fn read(bytes: &[u8], snapshot: &Snapshot) -> Result<Self> {
        Self::read(bytes, snapshot.lexicon()?)
    }
}

impl Stored for Report {
    fn read(bytes: &[u8], _: &Snapshot) -> Result<Self> {
        decode(bytes)
    }
}

fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T> {
    postcard::from_bytes(bytes)
        .map_err(|error| Error::damaged("a record of the index could not be read").because(error))
}

/// What a citation says of a report.
fn cited(entry: &Entry) -> Report {
    let mut report = Report::default();
    report.path.clone_from(&entry.path);
    report.kind = entry.kind;
    report.title.clone_from(&entry.title);
    report.authority.clone_from(&entry.authority);
    report.framework = entry.framework;
    report.inspected.clone_from(&entry.inspected);
    report.published = entry.published;
    report
}

/// Lays out the headings above a paragraph as sections; gives the innermost.
fn lay_out(report: &mut Report, standing: &Standing) -> Option<u32> {
    let mut last = None;
    for (number, heading) in (0..).zip(&standing.headings) {
        let mut section = Section::new(heading.as_str(), u8::try_from(number + 1).unwrap_or(u8::MAX));
        section.parent = last.replace(number);
        report.sections.push(section);
    }
    if let Some(innermost) = report.sections.last_mut() {
        innermost.grade = standing.grade;
    }
    last
}

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("seal", &self.0.seal).finish_non_exhaustive()
    }
}
