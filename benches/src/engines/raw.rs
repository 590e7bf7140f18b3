//! tantivy alone: the floor. One field of words with positions, text stored; the year and the grade of each paragraph,
//! and nothing else. Its words are those of our analyser, so that both count the same.
//!
//! It gives what it has: paragraphs without occurrences, without places to cite, without marks.

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
use super::question::{Class, Question};
use super::{Answer, Engine, Outcome};

/// Raw tantivy.
pub struct Raw {
    searcher: Searcher,
    fields: Fields,
    questions: Vec<(Class, Option<Box<dyn Query>>)>,
}

/// The name of our analyser.
const ANALYSER: &str = "words";
/// The memory that ours takes for writing.
const MEMORY: usize = 64 << 20;
/// The column of years.
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
            .set_tokenizer(ANALYSER)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        let text = TextOptions::default().set_indexing_options(words).set_stored();
        let text = schema.add_text_field("text", text);
        let year = schema.add_u64_field(YEAR, FAST | INDEXED);
        let grade = schema.add_text_field("grade", STRING);
        Self { schema: schema.build(), text, year, grade }
    }
}

impl Engine for Raw {
    fn name(&self) -> &'static str {
        "tantivy"
    }

    fn open(folder: &Path, questions: &[Question]) -> Outcome<Self> {
        let fields = Fields::default();
        let index = Index::open_in_dir(folder)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let translated = |question: &Question| (question.class, translate(&fields, &question.query));
        let questions = questions.iter().map(translated).collect();
        Ok(Self { searcher: reader.searcher(), fields, questions })
    }

    fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Outcome<usize> {
        std::fs::create_dir_all(folder)?;
        let fields = Fields::default();
        let index = Index::create_in_dir(folder, fields.schema.clone())?;
        index.tokenizers().register(ANALYSER, Analyser);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
        for report in reports {
            for paragraph in &report.paragraphs {
                let mut document = TantivyDocument::default();
                document.add_text(fields.text, &paragraph.text);
                if let Some(day) = report.published {
                    document.add_u64(fields.year, day.year().into());
                }
                if let Some(grade) = report.above(paragraph.section).find_map(|(_, section)| section.grade) {
                    document.add_text(fields.grade, grade.as_str());
                }
                writer.add_document(document)?;
            }
        }
        writer.commit()?;
        writer.wait_merging_threads()?;
        Ok(index.searchable_segments()?.len())
    }

    fn answer(&self, question: usize) -> Outcome<Option<Answer>> {
        let (class, Some(query)) = &self.questions[question] else { return Ok(None) };
        let mut answer = Answer::default();
        if class.is_ranked() {
            let best = self.searcher.search(query, &TopDocs::with_limit(10).order_by_score())?;
            for (_, place) in best {
                answer.bytes += self.fetch(place)?;
            }
            return Ok(Some(answer));
        }
        let all = self.searcher.search(query, &All)?;
        answer.paragraphs = Some(all.len() as u64);
        if *class == Class::CountBy {
            let columns = self.searcher.segment_readers().iter().map(|reader| reader.fast_fields().u64(YEAR));
            let columns = columns.collect::<tantivy::Result<Vec<Column<u64>>>>()?;
            let mut years = std::collections::BTreeMap::<u64, u64>::new();
            for place in all {
                let year = columns[place.segment_ord as usize].first(place.doc_id).unwrap_or_default();
                *years.entry(year).or_default() += 1;
            }
            answer.paragraphs = Some(years.values().sum());
        } else {
            for place in all {
                answer.bytes += self.fetch(place)?;
            }
        }
        Ok(Some(answer))
    }

    fn count(&self, question: usize) -> Outcome<Option<Answer>> {
        let (_, Some(query)) = &self.questions[question] else { return Ok(None) };
        let paragraphs = self.searcher.search(query, &Count)? as u64;
        Ok(Some(Answer { paragraphs: Some(paragraphs), ..Answer::default() }))
    }
}

/// The texts of the ten best of a query, of an index opened for it.
///
/// # Errors
/// If the query is at fault, or tantivy has nothing like it; if the index cannot be read.
pub fn best(folder: &Path, query: &str) -> Outcome<Vec<String>> {
    let question = Question { class: Class::Word, query: query.parse()? };
    let raw = Raw::open(folder, &[question])?;
    let Some((_, Some(query))) = raw.questions.first() else {
        return Err("tantivy has no such query".into());
    };
    let best = raw.searcher.search(query, &TopDocs::with_limit(10).order_by_score())?;
    let text = |(_, place)| {
        let document: TantivyDocument = raw.searcher.doc(place)?;
        let text = document.get_first(raw.fields.text).and_then(|value| value.as_str().map(str::to_owned));
        Ok(text.unwrap_or_default())
    };
    best.into_iter().map(text).collect()
}

impl Raw {
    fn fetch(&self, place: DocAddress) -> Outcome<u64> {
        let document: TantivyDocument = self.searcher.doc(place)?;
        let text = document.get_first(self.fields.text).and_then(|value| value.as_str().map(str::len));
        Ok(text.unwrap_or(0) as u64)
    }
}

/// Our analyser, as tantivy calls it.
#[derive(Clone)]
struct Analyser;

impl Tokenizer for Analyser {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        Stream { words: Words::new(text), token: Token { position: usize::MAX, ..Token::default() } }
    }
}

struct Stream<'a> {
    words: Words<'a>,
    token: Token,
}

impl TokenStream for Stream<'_> {
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

/// Collects where every match stands.
struct All;

impl Collector for All {
    type Fruit = Vec<DocAddress>;
    type Child = AllOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<AllOfSegment> {
        Ok(AllOfSegment { segment, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Vec<DocAddress>>) -> tantivy::Result<Vec<DocAddress>> {
        Ok(fruits.concat())
    }
}

struct AllOfSegment {
    segment: SegmentOrdinal,
    found: Vec<DocAddress>,
}

impl SegmentCollector for AllOfSegment {
    type Fruit = Vec<DocAddress>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.push(DocAddress::new(self.segment, doc));
    }

    fn harvest(self) -> Vec<DocAddress> {
        self.found
    }
}
