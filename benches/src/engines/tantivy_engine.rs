//! tantivy alone, the baseline: a field of words with positions, the stored text, and year and grade of each paragraph.
//!
//! Its words are those of our analyser, so that its counts are comparable. It returns paragraphs without occurrences,
//! citations or highlights.

mod translate;

use std::path::Path;

use quotable::query::analyse::Words;
use quotable::report::Report;
use tantivy::collector::{Collector, Count, SegmentCollector, TopDocs};
use tantivy::columnar::Column;
use tantivy::query::Query;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STRING, Schema, TextFieldIndexing, TextOptions, Value as _,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use tantivy::{
    DocAddress, DocId, Index, IndexWriter, ReloadPolicy, Score, Searcher, SegmentOrdinal, SegmentReader,
    TantivyDocument,
};

use self::translate::translate;
use super::{Answer, Engine};
use crate::error::Result;
use crate::queries::{BenchQuery, QueryClass, Task};

/// An open index of tantivy.
pub struct TantivyEngine {
    searcher: Searcher,
    fields: Fields,
    /// `None` for a query that has no equivalent.
    queries: Vec<(QueryClass, Option<Box<dyn Query>>)>,
}

/// Name under which our analyser is registered.
const TOKENIZER: &str = "words";
/// Writer memory in bytes, as much as this library takes.
const WRITER_MEMORY: usize = 64 << 20;
const YEAR: &str = "year";

struct Fields {
    schema: Schema,
    text: Field,
    year: Field,
    grade: Field,
}

impl Default for Fields {
    fn default() -> Self {
        let mut schema = Schema::builder();
        let words = TextFieldIndexing::default()
            .set_tokenizer(TOKENIZER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = TextOptions::default().set_indexing_options(words).set_stored();
        let text = schema.add_text_field("text", text);
        let year = schema.add_u64_field(YEAR, FAST | INDEXED);
        let grade = schema.add_text_field("grade", STRING);
        Self { schema: schema.build(), text, year, grade }
    }
}

/// Builds an index in a folder, on one thread. Returns the number of segments.
///
/// # Errors
/// If the index cannot be written.
pub fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Result<usize> {
    std::fs::create_dir_all(folder)?;
    let fields = Fields::default();
    let index = Index::create_in_dir(folder, fields.schema.clone())?;
    index.tokenizers().register(TOKENIZER, Analyser);
    let mut writer: IndexWriter = index.writer_with_num_threads(1, WRITER_MEMORY)?;
    for report in reports {
        for paragraph in &report.paragraphs {
            let mut document = TantivyDocument::default();
            document.add_text(fields.text, &paragraph.text);
            if let Some(day) = report.published {
                document.add_u64(fields.year, day.year().into());
            }
            if let Some(grade) =
                report.above(paragraph.section).find_map(|(_, section)| section.grade.as_ref())
            {
                document.add_text(fields.grade, grade.as_str());
            }
            writer.add_document(document)?;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(index.searchable_segments()?.len())
}

impl Engine for TantivyEngine {
    fn run(&self, query: usize, task: Task) -> Result<Option<Answer>> {
        let (class, Some(query)) = &self.queries[query] else { return Ok(None) };
        let top_ten = || TopDocs::with_limit(10).order_by_score();
        Ok(Some(match task {
            Task::Top | Task::Cold => {
                Answer { top: self.texts(self.searcher.search(query, &top_ten())?)?, ..Answer::default() }
            }
            Task::Count => {
                let paragraphs = self.searcher.search(query, &Count)? as u64;
                Answer { paragraphs: Some(paragraphs), ..Answer::default() }
            }
            Task::TopAndCount => {
                let (top, paragraphs) = self.searcher.search(query, &(top_ten(), Count))?;
                Answer { paragraphs: Some(paragraphs as u64), top: self.texts(top)?, ..Answer::default() }
            }
            Task::All => self.all_matches(query, *class)?,
        }))
    }
}

/// Opens an index and returns the texts of the top ten of a query.
///
/// # Errors
/// If the query has a syntax error or no equivalent in tantivy, or the index cannot be read.
pub fn top_ten(folder: &Path, query: &str) -> Result<Vec<String>> {
    let query = BenchQuery { class: QueryClass::Word, query: query.parse()? };
    let engine = TantivyEngine::open(folder, &[query])?;
    let Some((_, Some(query))) = engine.queries.first() else {
        return Err("tantivy has no equivalent of this query".into());
    };
    engine.texts(engine.searcher.search(query, &TopDocs::with_limit(10).order_by_score())?)
}

impl TantivyEngine {
    /// Opens the index in a folder and translates the queries.
    ///
    /// # Errors
    /// If the index cannot be opened.
    pub fn open(folder: &Path, queries: &[BenchQuery]) -> Result<Self> {
        let fields = Fields::default();
        let index = Index::open_in_dir(folder)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let translated = |query: &BenchQuery| (query.class, translate(&fields, &query.query));
        let queries = queries.iter().map(translated).collect();
        Ok(Self { searcher: reader.searcher(), fields, queries })
    }

    /// Counts all matches by year, or fetches their texts. Without a concordance, that is also its `kwic`.
    fn all_matches(&self, query: &dyn Query, class: QueryClass) -> Result<Answer> {
        let addresses = self.searcher.search(query, &AllMatches)?;
        let mut answer = Answer { paragraphs: Some(addresses.len() as u64), ..Answer::default() };
        if class == QueryClass::CountBy {
            let columns =
                self.searcher.segment_readers().iter().map(|segment| segment.fast_fields().u64(YEAR));
            let columns = columns.collect::<tantivy::Result<Vec<Column<u64>>>>()?;
            let mut years = std::collections::BTreeMap::<u64, u64>::new();
            for address in addresses {
                let year = columns[address.segment_ord as usize].first(address.doc_id).unwrap_or_default();
                *years.entry(year).or_default() += 1;
            }
            answer.paragraphs = Some(years.values().sum());
        } else {
            for address in addresses {
                answer.bytes += self.text(address)?.len() as u64;
            }
        }
        Ok(answer)
    }

    fn texts(&self, top: Vec<(Score, DocAddress)>) -> Result<Vec<String>> {
        top.into_iter().map(|(_, address)| self.text(address)).collect()
    }

    fn text(&self, address: DocAddress) -> Result<String> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let text = document.get_first(self.fields.text).and_then(|value| value.as_str().map(str::to_owned));
        Ok(text.unwrap_or_default())
    }
}

/// Our analyser as a tokenizer of tantivy.
#[derive(Clone)]
struct Analyser;

impl Tokenizer for Analyser {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        WordStream { words: Words::new(text), token: Token { position: usize::MAX, ..Token::default() } }
    }
}

struct WordStream<'a> {
    words: Words<'a>,
    token: Token,
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        if !self.words.advance() {
            return false;
        }
        self.token.position = self.token.position.wrapping_add(1);
        self.token.text.clear();
        self.token.text.push_str(self.words.text());
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Collects the address of every match.
struct AllMatches;

impl Collector for AllMatches {
    type Fruit = Vec<DocAddress>;
    type Child = SegmentMatches;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentMatches> {
        Ok(SegmentMatches { segment, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<DocAddress>>) -> tantivy::Result<Vec<DocAddress>> {
        Ok(fruits.concat())
    }
}

struct SegmentMatches {
    segment: SegmentOrdinal,
    found: Vec<DocAddress>,
}

impl SegmentCollector for SegmentMatches {
    type Fruit = Vec<DocAddress>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.push(DocAddress::new(self.segment, doc));
    }

    fn harvest(self) -> Vec<DocAddress> {
        self.found
    }
}
