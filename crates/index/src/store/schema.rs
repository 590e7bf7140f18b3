//! The fields of the index, and its format.

use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

use crate::store::packed_tokens::TokenPacking;

/// The version of the index format. Raise it when an index written before could not be read, or would give other
/// answers.
pub(super) const FORMAT: u32 = 14;

/// The fields of the index.
///
/// A source is a run of adjacent documents in one segment: its own document, then one for each paragraph in order. They
/// are added in one operation and removed by one term, and tantivy keeps their order when it merges segments. So the
/// number of a document tells its source and its position, and neither is stored. (Lucene calls this block indexing.)
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub(super) schema: Schema,
    /// Words of body, bullets and headings.
    pub(crate) text: Field,
    /// Words of rows of tables.
    pub(crate) table: Field,
    /// Words of footnotes.
    pub(crate) note: Field,
    /// Pairs of adjacent frequent words in body, bullets and headings, with their frequencies: see
    /// [`pair`](crate::store::pairs::pair).
    pub(crate) pair: Field,
    /// The term [`STOP`](crate::store::packed_tokens::STOP) at the position of the last word of each sentence. The last
    /// one marks the end of the paragraph.
    pub(crate) stop: Field,
    /// The properties that filters test: see [`keyword`](crate::store::keyword). Called `facet` in the stored schema.
    pub(crate) keyword: Field,
    /// On every document: a hash of the source's path. Deleting the term removes the source.
    pub(super) key: Field,
    /// On documents of sources: the [`Entry`](crate::store::entry::Entry).
    pub(super) entry: Field,
    /// On paragraphs: the exact number of words. tantivy's norms are rounded.
    pub(super) words: Field,
    /// On paragraphs long enough to be boilerplate: a hash of the words, see
    /// [`BoilerplateTable`](crate::store::boilerplate::BoilerplateTable).
    pub(super) copy: Field,
    /// The stored form of a document: a report without its paragraphs, a [`Record`](crate::store::record::Record), or a
    /// page of the lexicon.
    pub(super) record: Field,
}

/// The name of the column of word counts.
pub(super) const WORDS: &str = "words";
/// The name of the column of hashes.
pub(super) const COPY: &str = "copy";
/// The name of the column of entries.
pub(super) const ENTRY: &str = "entry";

impl Default for Fields {
    fn default() -> Self {
        let mut schema = Schema::builder();
        let text = TextFieldIndexing::default()
            .set_tokenizer(TokenPacking::Terms.name())
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(true);
        let texts = TextOptions::default().set_indexing_options(text);
        let text = schema.add_text_field("text", texts.clone());
        let table = schema.add_text_field("table", texts.clone());
        let note = schema.add_text_field("note", texts);
        let pairs = TextFieldIndexing::default()
            .set_tokenizer(TokenPacking::Pairs.name())
            .set_index_option(IndexRecordOption::WithFreqs)
            .set_fieldnorms(false);
        let pair = schema.add_text_field("pair", TextOptions::default().set_indexing_options(pairs));
        let stops = TextFieldIndexing::default()
            .set_tokenizer(TokenPacking::Stops.name())
            .set_index_option(IndexRecordOption::WithFreqsAndPositions)
            .set_fieldnorms(false);
        let stop = schema.add_text_field("stop", TextOptions::default().set_indexing_options(stops));
        let facets = TextFieldIndexing::default()
            .set_tokenizer(TokenPacking::Terms.name())
            .set_index_option(IndexRecordOption::Basic)
            .set_fieldnorms(false);
        let keyword = schema.add_text_field("facet", TextOptions::default().set_indexing_options(facets));
        let key = schema.add_bytes_field("key", BytesOptions::default().set_indexed());
        let entry = schema.add_bytes_field(ENTRY, BytesOptions::default().set_fast());
        let words = schema.add_u64_field(WORDS, NumericOptions::default().set_fast());
        let copy = schema.add_u64_field(COPY, NumericOptions::default().set_fast());
        let record = schema.add_bytes_field("record", BytesOptions::default().set_stored());
        Self {
            schema: schema.build(),
            text,
            table,
            note,
            pair,
            stop,
            keyword,
            key,
            entry,
            words,
            copy,
            record,
        }
    }
}
