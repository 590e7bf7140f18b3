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
use super::question::{Class, Question, Task};
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

/// Makes an index in a folder, by one thread; gives the number of its segments.
///
/// # Errors
/// If it cannot be written.
pub fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Outcome<usize> {
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

impl Engine for Raw {
    fn ask(&self, question: usize, task: Task) -> Outcome<Option<Answer>> {
        let (class, Some(query)) = &self.questions[question] else { return Ok(None) };
        let ten = || TopDocs::with_limit(10).order_by_score();
        Ok(Some(match task {
            Task::Top | Task::Cold => {
                Answer { best: self.texts(self.searcher.search(query, &ten())?)?, ..Answer::default() }
            }
            Task::Count => {
                let paragraphs = self.searcher.search(query, &Count)? as u64;
                Answer { paragraphs: Some(paragraphs), ..Answer::default() }
            }
            Task::Both => {
                let (best, paragraphs) = self.searcher.search(query, &(ten(), Count))?;
                Answer { paragraphs: Some(paragraphs as u64), best: self.texts(best)?, ..Answer::default() }
            }
            Task::All => self.all(query, *class)?,
        }))
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
    raw.texts(raw.searcher.search(query, &TopDocs::with_limit(10).order_by_score())?)
}

impl Raw {
    /// Opens the index in a folder, to be asked these questions.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open(folder: &Path, questions: &[Question]) -> Outcome<Self> {
        let fields = Fields::default();
        let index = Index::open_in_dir(folder)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let translated = |question: &Question| (question.class, translate(&fields, &question.query));
        let questions = questions.iter().map(translated).collect();
        Ok(Self { searcher: reader.searcher(), fields, questions })
    }

    /// All that match: by year, or with their text, since it has no concordance.
    fn all(&self, query: &dyn Query, class: Class) -> Outcome<Answer> {
        let places = self.searcher.search(query, &All)?;
        let mut answer = Answer { paragraphs: Some(places.len() as u64), ..Answer::default() };
        if class == Class::CountBy {
            let columns =
                self.searcher.segment_readers().iter().map(|segment| segment.fast_fields().u64(YEAR));
            let columns = columns.collect::<tantivy::Result<Vec<Column<u64>>>>()?;
            let mut years = std::collections::BTreeMap::<u64, u64>::new();
            for place in places {
                let year = columns[place.segment_ord as usize].first(place.doc_id).unwrap_or_default();
                *years.entry(year).or_default() += 1;
            }
            answer.paragraphs = Some(years.values().sum());
        } else {
            for place in places {
                answer.bytes += self.text(place)?.len() as u64;
            }
        }
        Ok(answer)
    }

    fn texts(&self, best: Vec<(Score, DocAddress)>) -> Outcome<Vec<String>> {
        best.into_iter().map(|(_, place)| self.text(place)).collect()
    }

    fn text(&self, place: DocAddress) -> Outcome<String> {
        let document: TantivyDocument = self.searcher.doc(place)?;
        let text = document.get_first(self.fields.text).and_then(|value| value.as_str().map(str::to_owned));
        Ok(text.unwrap_or_default())
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
