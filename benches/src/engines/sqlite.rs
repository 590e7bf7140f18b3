//! SQLite with FTS5: a table of words without content, and beside it the texts with year and grade.
//!
//! Its own tokenizers cannot fold as ours does, so it is given our words, one space between, and parts them at spaces:
//! what it counts is then the same. It does not spend the time to fold them.

use std::fmt::Write as _;
use std::path::Path;

use quotable::query::analyse::fold;
use quotable::query::{Field, Filter, Query, Value};
use quotable::report::Report;
use rusqlite::{Connection, OpenFlags, Row, ToSql, params};

use super::oracle::years;
use super::question::{Class, Question, Task};
use super::{Answer, Engine, Outcome};

/// SQLite.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    questions: Vec<(Class, Option<Translated>)>,
}

/// The name of its file.
const FILE: &str = "paragraphs.sqlite";
/// A cache as large as the memory that the others take for writing, in KiB.
const CACHE: &str = "PRAGMA cache_size = -65536";

/// Makes an index in a folder; its segments are not counted.
///
/// # Errors
/// If it cannot be written.
pub fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Outcome<usize> {
    std::fs::create_dir_all(folder)?;
    let mut connection = Connection::open(folder.join(FILE))?;
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {CACHE};
         CREATE TABLE paragraphs (id INTEGER PRIMARY KEY, year INTEGER, grade TEXT, text TEXT);
         CREATE VIRTUAL TABLE terms USING fts5 (words, content = '', tokenize = \"ascii tokenchars ''''\");"
    ))?;
    let all = connection.transaction()?;
    {
        let mut texts = all.prepare("INSERT INTO paragraphs VALUES (?1, ?2, ?3, ?4)")?;
        let mut words = all.prepare("INSERT INTO terms (rowid, words) VALUES (?1, ?2)")?;
        let mut id = 0_i64;
        for report in reports {
            for paragraph in &report.paragraphs {
                id += 1;
                let grade = report.above(paragraph.section).find_map(|(_, section)| section.grade);
                let year = report.published.map(|day| day.year());
                texts.execute(params![id, year, grade.map(|grade| grade.as_str()), paragraph.text])?;
                words.execute(params![id, fold(&paragraph.text)])?;
            }
        }
    }
    all.commit()?;
    Ok(1)
}

impl Sqlite {
    /// Opens the index in a folder, to be asked these questions.
    ///
    /// # Errors
    /// If it cannot be opened.
    pub fn open(folder: &Path, questions: &[Question]) -> Outcome<Self> {
        let connection = Connection::open_with_flags(folder.join(FILE), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.execute_batch(&format!("{CACHE}; PRAGMA mmap_size = 1073741824"))?;
        let questions = questions.iter().map(|question| (question.class, Translated::of(&question.query)));
        Ok(Self { connection, questions: questions.collect() })
    }

    fn each<T>(
        &self,
        query: &Translated,
        sql: &str,
        row: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Outcome<Vec<T>> {
        let mut statement = self.connection.prepare(sql)?;
        let grade = query.grade.as_ref().map(|grade| grade as &dyn ToSql);
        let parameters: Vec<&dyn ToSql> = std::iter::once(&query.words as &dyn ToSql).chain(grade).collect();
        Ok(statement.query_map(parameters.as_slice(), row)?.collect::<Result<_, _>>()?)
    }

    fn best(&self, query: &Translated) -> Outcome<Vec<String>> {
        let (from, limit) = (query.from(), "ORDER BY rank LIMIT 10");
        let sql = match query.is_filtered() {
            true => format!("SELECT text {from} {limit}"),
            // The texts of the ten alone are fetched.
            false => format!(
                "SELECT text FROM (SELECT rowid AS found {from} {limit}) JOIN paragraphs ON id = found"
            ),
        };
        self.each(query, &sql, |row| row.get(0))
    }

    fn count(&self, query: &Translated) -> Outcome<Option<u64>> {
        let counts =
            self.each(query, &format!("SELECT count(*) {}", query.from()), |row| row.get::<_, i64>(0));
        Ok(counts?.first().map(|count| count.unsigned_abs()))
    }

    fn all(&self, query: &Translated, class: Class) -> Outcome<Answer> {
        let mut answer = Answer::default();
        let joined = "FROM terms JOIN paragraphs ON id = terms.rowid WHERE terms MATCH ?1";
        if class == Class::CountBy {
            let sql = format!("SELECT year, count(*) {joined} GROUP BY year");
            let counts = self.each(query, &sql, |row| row.get::<_, i64>(1))?;
            answer.paragraphs = Some(counts.iter().map(|count| count.unsigned_abs()).sum());
        } else {
            let lengths = self.each(query, &format!("SELECT text {joined}"), |row| {
                row.get_ref(0).map(|text| text.as_str().map_or(0, str::len) as u64)
            })?;
            answer.paragraphs = Some(lengths.len() as u64);
            answer.bytes = lengths.iter().sum();
        }
        Ok(answer)
    }
}

impl Engine for Sqlite {
    fn ask(&self, question: usize, task: Task) -> Outcome<Option<Answer>> {
        let (class, Some(query)) = &self.questions[question] else { return Ok(None) };
        let best = |paragraphs| {
            Ok::<_, Box<dyn std::error::Error>>(Answer {
                paragraphs,
                best: self.best(query)?,
                ..Answer::default()
            })
        };
        Ok(Some(match task {
            Task::Top | Task::Cold => best(None)?,
            Task::Count => Answer { paragraphs: self.count(query)?, ..Answer::default() },
            Task::Both => best(self.count(query)?)?,
            Task::All => self.all(query, *class)?,
        }))
    }
}

/// A query, as SQLite has it.
#[derive(Debug, Default)]
struct Translated {
    words: String,
    grade: Option<String>,
    years: Option<(u16, u16)>,
}

impl Translated {
    /// `None` if there is none that finds the same.
    fn of(query: &Query) -> Option<Self> {
        let mut translated = Self::default();
        let Query::And(parts) = query else {
            translated.words = words(query)?;
            return Some(translated);
        };
        let mut left_out = String::new();
        for part in parts {
            match part {
                Query::Filter(Filter { field: Field::Grade, value: Value::Text(grade), .. }) => {
                    translated.grade = Some(grade.clone());
                }
                Query::Filter(Filter { field: Field::Date, value: Value::Range(from, to), .. }) => {
                    let years = years(from.as_deref(), to.as_deref())?;
                    translated.years = Some((*years.start(), *years.end()));
                }
                Query::Not(part) => {
                    let _ = write!(left_out, " NOT {}", words(part)?);
                }
                part => {
                    let and = if translated.words.is_empty() { "" } else { " AND " };
                    let _ = write!(translated.words, "{and}{}", words(part)?);
                }
            }
        }
        translated.words = format!("({}){left_out}", translated.words);
        Some(translated)
    }

    fn is_filtered(&self) -> bool {
        self.grade.is_some() || self.years.is_some()
    }

    fn from(&self) -> String {
        if !self.is_filtered() {
            return "FROM terms WHERE terms MATCH ?1".to_owned();
        }
        let mut sql = "FROM terms JOIN paragraphs ON id = terms.rowid WHERE terms MATCH ?1".to_owned();
        if self.grade.is_some() {
            sql.push_str(" AND grade = ?2");
        }
        if let Some((from, to)) = self.years {
            let _ = write!(sql, " AND year BETWEEN {from} AND {to}");
        }
        sql
    }
}

/// A part of a query, in the language of FTS5.
fn words(query: &Query) -> Option<String> {
    let all = |parts: &[Query]| parts.iter().map(words).collect::<Option<Vec<_>>>();
    Some(match query {
        Query::Word(word) => format!("\"{word}\""),
        Query::Wildcard(pattern) => {
            let start = pattern.strip_suffix('*').filter(|start| !start.contains(['*', '?']))?;
            format!("\"{start}\" *")
        }
        Query::Phrase(parts) => {
            let words = parts.iter().map(|part| match part {
                Query::Word(word) => Some(word.as_str()),
                _ => None,
            });
            format!("\"{}\"", words.collect::<Option<Vec<_>>>()?.join(" "))
        }
        Query::Or(parts) => format!("({})", all(parts)?.join(" OR ")),
        Query::Near { left, right, distance, ordered: false } => {
            // It counts the words between.
            format!("NEAR({} {}, {})", words(left)?, words(right)?, distance - 1)
        }
        _ => return None,
    })
}
