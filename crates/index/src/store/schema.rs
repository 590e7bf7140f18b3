//! The fields of the index, and its format.

use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};

use crate::store::packed_tokens::TokenPacking;

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
    /// Pairs of frequent words side by side in body, bullets and headings, see [`pair`](crate::store::pairs::pair), and how
    /// often each stands there.
    pub(crate) pair: Field,
    /// One term, at the position of the last word of each sentence: where sentences end, and how many words
    /// there are.
    pub(crate) stop: Field,
    /// What filters ask of a paragraph: `theme`, `section` and so on, each with its value.
    pub(crate) keyword: Field,
    /// On every document: a hash of the source's path, by which a source is removed.
    pub(crate) key: Field,
    /// On sources: what is needed of all of them at once, see [`Entry`](crate::store::entry::Entry).
    pub(crate) entry: Field,
    /// On paragraphs: how many words there are. The engine's own lengths are rounded.
    pub(crate) words: Field,
    /// On paragraphs long enough to be boilerplate: a hash of the words, see [`BoilerplateTable`](crate::store::boilerplate::BoilerplateTable).
    pub(crate) copy: Field,
    /// What is stored of a document: a report without its paragraphs, or a paragraph.
    pub(crate) record: Field,
}

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
