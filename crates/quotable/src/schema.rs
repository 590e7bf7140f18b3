//! The fields of the index, and its format.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};
use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

use crate::error::{Error, ErrorKind, Result};
use crate::moment::Moment;
use crate::tokenizer::Packed;

/// The version of the index format. Raised when an index written before could not be read, or would answer
/// otherwise.
pub(crate) const FORMAT: u32 = 9;

/// The fields.
///
/// A source is a run of documents side by side in one segment: first the source itself, then its paragraphs in
/// order. They are always added and removed together and the engine's merges keep their order, so that a
/// paragraph's source and place need not be stored.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(crate) schema: Schema,
    /// Words of body, bullets and headings.
    pub(crate) text: Field,
    /// Words of rows of tables.
    pub(crate) table: Field,
    /// Words of footnotes.
    pub(crate) note: Field,
    /// Pairs of frequent words side by side in body, bullets and headings, see [`pair`](crate::pairs::pair), and how
    /// often each stands there.
    pub(crate) pair: Field,
    /// One term, at the position of the last word of each sentence: where sentences end, and how many words
    /// there are.
    pub(crate) stop: Field,
    /// What filters ask of a paragraph: `theme`, `section` and so on, each with its value.
    pub(crate) facet: Field,
    /// On every document: a hash of the source's path, by which a source is removed.
    pub(crate) key: Field,
    /// On sources: what is needed of all of them at once, see [`Entry`](crate::entry::Entry).
    pub(crate) entry: Field,
    /// On paragraphs: how many words there are. The engine's own lengths are rounded.
    pub(crate) words: Field,
    /// On paragraphs long enough to be boilerplate: a hash of the words, see [`Copies`](crate::copies::Copies).
    pub(crate) copy: Field,
    /// What is stored of a document: a report without its paragraphs, or a paragraph.
    pub(crate) record: Field,
}

/// The engine's commit file.
pub(crate) const COMMIT: &str = "meta.json";
/// The file in which the engine keeps a list of its files.
pub(crate) const MANAGED: &str = ".managed.json";
/// The name of the column of numbers of words.
pub(crate) const WORDS: &str = "words";
/// The name of the column of hashes of words.
pub(crate) const COPY: &str = "copy";
/// The name of the column of entries.
pub(crate) const ENTRY: &str = "entry";

impl Default for Fields {
    fn default() -> Self {
        let mut schema = Schema::builder();
        let text = TextFieldIndexing::default()
            .set_tokenizer(Packed::Terms.name())
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(true);
        let texts = TextOptions::default().set_indexing_options(text);
        let text = schema.add_text_field("text", texts.clone());
        let table = schema.add_text_field("table", texts.clone());
        let note = schema.add_text_field("note", texts);
        let pairs = TextFieldIndexing::default()
            .set_tokenizer(Packed::Pairs.name())
            .set_index_option(IndexRecordOption::WithFreqs)
            .set_fieldnorms(false);
        let pair = schema.add_text_field("pair", TextOptions::default().set_indexing_options(pairs));
        let stops = TextFieldIndexing::default()
            .set_tokenizer(Packed::Stops.name())
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(false);
        let stop = schema.add_text_field("stop", TextOptions::default().set_indexing_options(stops));
        let facets = TextFieldIndexing::default()
            .set_tokenizer(Packed::Terms.name())
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        let facet = schema.add_text_field("facet", TextOptions::default().set_indexing_options(facets));
        let key = schema.add_bytes_field("key", BytesOptions::default().set_indexed());
        let entry = schema.add_bytes_field(ENTRY, BytesOptions::default().set_fast());
        let words = schema.add_u64_field(WORDS, NumericOptions::default().set_fast());
        let copy = schema.add_u64_field(COPY, NumericOptions::default().set_fast());
        let record = schema.add_bytes_field("record", BytesOptions::default().set_stored());
        Self { schema: schema.build(), text, table, note, pair, stop, facet, key, entry, words, copy, record }
    }
}

/// What a commit says of itself, in the engine's own commit file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seal {
    /// See [`FORMAT`].
    pub(crate) format: u32,
    /// The version of the analyser that cut the words.
    pub(crate) analyser: u32,
    /// Rises with every commit.
    pub(crate) generation: u64,
    /// When the commit was made; zero seconds before the first.
    pub(crate) committed: Moment,
    /// Whether every file that a refresh found has been read.
    pub(crate) complete: bool,
}

impl Seal {
    /// The seal of an index to which nothing was ever committed.
    pub(crate) fn new() -> Self {
        let analyser = crate::tokenizer::VERSION;
        Self { format: FORMAT, analyser, generation: 0, committed: Moment::default(), complete: false }
    }

    /// Reads the seal of a commit; refuses those of other versions.
    pub(crate) fn read(payload: Option<&str>) -> Result<Self> {
        let Some(payload) = payload else { return Ok(Self::new()) };
        Versions::of(payload).map_or_else(|| Err(older()), Versions::check)?;
        serde_json::from_str(payload)
            .map_err(|error| Error::damaged("the seal of the index could not be read").because(error))
    }
}

/// The part of a seal that every version can read of every other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Versions {
    format: u32,
    analyser: u32,
}

impl Versions {
    /// `None` for what is no seal.
    fn of(payload: &str) -> Option<Self> {
        serde_json::from_str(payload).ok()
    }

    /// Refuses those of other versions.
    fn check(self) -> Result<()> {
        match self.cmp(&Self { format: FORMAT, analyser: crate::tokenizer::VERSION }) {
            Ordering::Equal => Ok(()),
            Ordering::Less => Err(older()),
            Ordering::Greater => Err(Error::new(
                ErrorKind::NewerFormat,
                "the index was written by a newer version; update this program, or rebuild the index",
            )),
        }
    }
}

/// What is said of an index that an older version wrote.
pub(crate) fn older() -> Error {
    Error::new(
        ErrorKind::OlderFormat,
        "the index was written by an older version; rebuild it from its sources",
    )
}

/// What is looked at of a commit file before the engine is.
#[derive(Debug, Deserialize)]
struct CommitFile {
    schema: Vec<NamedField>,
    payload: Option<String>,
}

#[derive(Debug, Deserialize)]
struct NamedField {
    name: String,
}

/// Looks in a commit file whose index it is: refuses those of other versions, and of other programs. Gives whether it has
/// a seal. What cannot be read at all is left to the engine.
pub(crate) fn check_owner(commit_file: &[u8]) -> Result<bool> {
    /// Fields that every version had.
    const OURS: [&str; 4] = ["text", "key", "entry", "record"];
    let Ok(commit) = serde_json::from_slice::<CommitFile>(commit_file) else { return Ok(false) };
    let is_ours = OURS.iter().all(|ours| commit.schema.iter().any(|field| field.name == *ours));
    if !is_ours {
        let message = "the folder holds an index of another program; name another folder";
        return Err(Error::new(ErrorKind::Foreign, message));
    }
    match commit.payload.as_deref() {
        None => Ok(false),
        Some(payload) => Versions::of(payload).map_or_else(|| Err(older()), Versions::check).map(|()| true),
    }
}

/// The engine's schema is of this version, by the seal; so it must be that of this version.
pub(crate) fn check_schema(schema: &Schema, fields: &Fields, has_seal: bool) -> Result<()> {
    match (*schema == fields.schema, has_seal) {
        (true, _) => Ok(()),
        (false, true) => Err(Error::damaged("the index is damaged: its fields are not those of its version")),
        // Made by another version, which never wrote to it.
        (false, false) => Err(older()),
    }
}
