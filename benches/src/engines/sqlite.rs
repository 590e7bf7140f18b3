//! SQLite with FTS5: a contentless table of words, and beside it a table of texts with year and grade.
//!
//! Its tokenizers cannot fold as our analyser does, so it is given our folded words, one space between, and splits at
//! spaces: its counts are then comparable. It saves the time of folding.

use std::fmt::Write as _;
use std::ops::RangeInclusive;
use std::path::Path;

use quotable::query::Query;
use quotable::query::analyse::fold;
use quotable::report::Report;
use rusqlite::{Connection, OpenFlags, Row, ToSql, params};

use super::{Answer, Engine};
use crate::error::Result;
use crate::queries::{BenchQuery, QueryClass, Task, grade_of, years_of};

/// An open SQLite database.
#[derive(Debug)]
pub struct SqliteEngine {
    connection: Connection,
    /// `None` for a query that has no equivalent.
    queries: Vec<(QueryClass, Option<SqlQuery>)>,
}

const FILE: &str = "paragraphs.sqlite";
/// A page cache of 64 MiB, as much memory as the other engines have for writing.
const CACHE: &str = "PRAGMA cache_size = -65536";

/// Builds the database in a folder. It counts as one segment.
///
/// # Errors
/// If the database cannot be written.
pub fn build(folder: &Path, reports: &mut dyn Iterator<Item = Report>) -> Result<usize> {
    std::fs::create_dir_all(folder)?;
    let mut connection = Connection::open(folder.join(FILE))?;
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {CACHE};
         CREATE TABLE paragraphs (id INTEGER PRIMARY KEY, year INTEGER, grade TEXT, text TEXT);
         CREATE VIRTUAL TABLE terms USING fts5 (words, content = '', tokenize = \"ascii tokenchars ''''\");"
    ))?;
    let transaction = connection.transaction()?;
    {
        let mut texts = transaction.prepare("INSERT INTO paragraphs VALUES (?1, ?2, ?3, ?4)")?;
        let mut words = transaction.prepare("INSERT INTO terms (rowid, words) VALUES (?1, ?2)")?;
        let mut id = 0_i64;
        for report in reports {
            for paragraph in &report.paragraphs {
                id += 1;
                let grade = report.above(paragraph.section).find_map(|(_, section)| section.grade.as_ref());
                let year = report.published.map(|day| day.year());
                texts.execute(params![id, year, grade.map(|grade| grade.as_str()), paragraph.text])?;
                words.execute(params![id, fold(&paragraph.text)])?;
            }
        }
    }
    transaction.commit()?;
    Ok(1)
}

impl SqliteEngine {
    /// Opens the database in a folder and translates the queries.
    ///
    /// # Errors
    /// If the database cannot be opened.
    pub fn open(folder: &Path, queries: &[BenchQuery]) -> Result<Self> {
        let connection = Connection::open_with_flags(folder.join(FILE), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        connection.execute_batch(&format!("{CACHE}; PRAGMA mmap_size = 1073741824"))?;
        let queries = queries.iter().map(|query| (query.class, SqlQuery::translate(&query.query)));
        Ok(Self { connection, queries: queries.collect() })
    }

    /// Runs `sql`, with the parameters of `query`, and maps each row.
    fn select<T>(
        &self,
        query: &SqlQuery,
        sql: &str,
        row: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>> {
        let mut statement = self.connection.prepare(sql)?;
        let grade = query.grade.as_ref().map(|grade| grade as &dyn ToSql);
        let parameters: Vec<&dyn ToSql> = std::iter::once(&query.words as &dyn ToSql).chain(grade).collect();
        Ok(statement.query_map(parameters.as_slice(), row)?.collect::<rusqlite::Result<_>>()?)
    }

    fn top(&self, query: &SqlQuery) -> Result<Vec<String>> {
        let (from, limit) = (query.from(), "ORDER BY rank LIMIT 10");
        let sql = match query.is_filtered() {
            true => format!("SELECT text {from} {limit}"),
            // Fetch the texts of the top ten alone.
            false => {
                format!("SELECT text FROM (SELECT rowid AS top {from} {limit}) JOIN paragraphs ON id = top")
            }
        };
        self.select(query, &sql, |row| row.get(0))
    }

    fn count(&self, query: &SqlQuery) -> Result<Option<u64>> {
        let counts =
            self.select(query, &format!("SELECT count(*) {}", query.from()), |row| row.get::<_, i64>(0));
        Ok(counts?.first().map(|count| count.unsigned_abs()))
    }

    fn all_matches(&self, query: &SqlQuery, class: QueryClass) -> Result<Answer> {
        let mut answer = Answer::default();
        let joined = "FROM terms JOIN paragraphs ON id = terms.rowid WHERE terms MATCH ?1";
        if class == QueryClass::CountBy {
            let sql = format!("SELECT year, count(*) {joined} GROUP BY year");
            let counts = self.select(query, &sql, |row| row.get::<_, i64>(1))?;
            answer.paragraphs = Some(counts.iter().map(|count| count.unsigned_abs()).sum());
        } else {
            let lengths = self.select(query, &format!("SELECT text {joined}"), |row| {
                row.get_ref(0).map(|text| text.as_str().map_or(0, str::len) as u64)
            })?;
            answer.paragraphs = Some(lengths.len() as u64);
            answer.bytes = lengths.iter().sum();
        }
        Ok(answer)
    }
}

impl Engine for SqliteEngine {
    fn run(&self, query: usize, task: Task) -> Result<Option<Answer>> {
        let (class, Some(query)) = &self.queries[query] else { return Ok(None) };
        let top = |paragraphs| Result::Ok(Answer { paragraphs, top: self.top(query)?, ..Answer::default() });
        Ok(Some(match task {
            Task::Top | Task::Cold => top(None)?,
            Task::Count => Answer { paragraphs: self.count(query)?, ..Answer::default() },
            Task::TopAndCount => top(self.count(query)?)?,
            Task::All => self.all_matches(query, *class)?,
        }))
    }
}

/// A query for FTS5, with the filters as SQL conditions.
#[derive(Debug, Default)]
struct SqlQuery {
    words: String,
    grade: Option<String>,
    years: Option<RangeInclusive<u16>>,
}

impl SqlQuery {
    /// Translates a query; `None` if FTS5 has no equivalent.
    fn translate(query: &Query) -> Option<Self> {
        let mut translated = Self::default();
        let Query::And(parts) = query else {
            translated.words = fts5_query(query)?;
            return Some(translated);
        };
        let mut excluded = String::new();
        for part in parts {
            match part {
                Query::Filter(filter) => {
                    translated.grade = grade_of(filter).map(str::to_owned).or(translated.grade);
                    translated.years = years_of(filter).or(translated.years);
                }
                Query::Not(part) => {
                    let _ = write!(excluded, " NOT {}", fts5_query(part)?);
                }
                part => {
                    let and = if translated.words.is_empty() { "" } else { " AND " };
                    let _ = write!(translated.words, "{and}{}", fts5_query(part)?);
                }
            }
        }
        translated.words = format!("({}){excluded}", translated.words);
        Some(translated)
    }

    fn is_filtered(&self) -> bool {
        self.grade.is_some() || self.years.is_some()
    }

    /// The clauses FROM and WHERE.
    fn from(&self) -> String {
        if !self.is_filtered() {
            return "FROM terms WHERE terms MATCH ?1".to_owned();
        }
        let mut sql = "FROM terms JOIN paragraphs ON id = terms.rowid WHERE terms MATCH ?1".to_owned();
        if self.grade.is_some() {
            sql.push_str(" AND grade = ?2");
        }
        if let Some(years) = &self.years {
            let _ = write!(sql, " AND year BETWEEN {} AND {}", years.start(), years.end());
        }
        sql
    }
}

/// A part of a query in the syntax of FTS5.
fn fts5_query(query: &Query) -> Option<String> {
    let all = |parts: &[Query]| parts.iter().map(fts5_query).collect::<Option<Vec<_>>>();
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
            // FTS5 counts the words in between; our distance of adjacent words is 1.
            format!("NEAR({} {}, {})", fts5_query(left)?, fts5_query(right)?, distance - 1)
        }
        _ => return None,
    })
}
