//! Reads a query and the options of its search as conditions.

use quotable_index::{Boilerplate, Duplicates, Search};
use quotable_query::{Query, Scope};

use super::QueryTarget;
use super::condition::{ColumnName, Condition, ReadQuery, WordsCondition};
use super::error::TranslateError;
use super::filter::FilterReader;
use super::words::WordsReader;

/// Reads the query of a search for an engine.
pub(super) fn read(search: &Search, target: QueryTarget) -> Result<ReadQuery<'_>, TranslateError> {
    let mut reader = Reader {
        words: WordsReader { search, target },
        filters: FilterReader { search, target, notes: Vec::new() },
        target,
    };
    let mut all = text_searched(search)?;
    let query = search.read_as();
    let condition = match search.options().scope {
        Scope::Paragraph => reader.condition(query)?,
        scope => reader.within(query, scope, query)?,
    };
    match condition {
        Condition::All(parts) => all.extend(parts),
        one => all.push(one),
    }
    // Everything adds nothing to other conditions.
    if all.len() > 1 {
        all.retain(|part| !matches!(part, Condition::Everything));
    }
    Ok(ReadQuery { query, target, condition: Condition::All(all), notes: reader.filters.notes })
}

/// Which paragraphs the options look in.
fn text_searched(search: &Search) -> Result<Vec<Condition>, TranslateError> {
    let options = search.options();
    let is_role = |role: &str| Condition::OneOf(ColumnName::one("role"), vec![role.to_owned()]);
    let mut all = vec![match (options.tables, options.notes) {
        (false, false) => Condition::True("searched"),
        (true, false) => Condition::Not(Box::new(is_role("note"))),
        (false, true) => Condition::Not(Box::new(is_role("table"))),
        (true, true) => Condition::Everything,
    }];
    if options.boilerplate == Boilerplate::Exclude {
        all.push(Condition::Not(Box::new(Condition::IsSet(ColumnName::one("boilerplate")))));
    }
    if options.duplicates == Duplicates::Keep {
        return Err(TranslateError::Option {
            message: "an export holds every report once, so copies cannot be counted".to_owned(),
            cure: "leave out --duplicates keep".to_owned(),
        });
    }
    all.extend(options.within.clone().map(Condition::Below));
    Ok(all)
}

struct Reader<'r> {
    words: WordsReader<'r>,
    filters: FilterReader<'r>,
    target: QueryTarget,
}

impl Reader<'_> {
    fn condition(&mut self, query: &Query) -> Result<Condition, TranslateError> {
        Ok(match query {
            Query::And(parts) => Condition::All(self.conditions(parts)?),
            Query::Or(parts) => Condition::Any(self.conditions(parts)?),
            Query::Not(part) => Condition::Not(Box::new(self.condition(part)?)),
            Query::All => Condition::Everything,
            Query::Filter(filter) => self.filters.condition(query, filter)?,
            Query::Within { scope: Scope::Paragraph, query } => self.condition(query)?,
            Query::Within { scope, query: part } => self.within(query, *scope, part)?,
            part => Condition::Words(WordsCondition {
                column: "words",
                part: part.clone(),
                test: self.words.test(part)?,
            }),
        })
    }

    fn conditions(&mut self, parts: &[Query]) -> Result<Vec<Condition>, TranslateError> {
        parts.iter().map(|part| self.condition(part)).collect()
    }

    /// A query that must hold in one unit of `scope`; `whole` is the part of the query that says so.
    fn within(&mut self, whole: &Query, scope: Scope, query: &Query) -> Result<Condition, TranslateError> {
        if scope != Scope::Sentence {
            let unit = if scope == Scope::Theme { "theme section" } else { "report" };
            let cure = "count it with quotable, or ask for each word and join what is found by report_id";
            return Err(self.words.cannot(whole, &format!("words in one {unit}"), cure));
        }
        if !matches!(self.target, QueryTarget::DuckDb | QueryTarget::Spark) {
            let cure =
                "ask DuckDB or Spark, which have a table of sentences, or write w/10 between the words";
            return Err(self.words.cannot(whole, "words in one sentence", cure));
        }
        // A filter holds for the whole paragraph, so beside the words of a sentence it may be asked outside of it.
        let parts = match query {
            Query::And(parts) => parts.as_slice(),
            one => std::slice::from_ref(one),
        };
        let (outside, inside): (Vec<&Query>, Vec<&Query>) =
            parts.iter().partition(|part| is_of_paragraph(part));
        let mut all = Vec::new();
        for part in outside {
            all.push(self.condition(part)?);
        }
        let mut sentence = Vec::new();
        for part in inside {
            if has_paragraph_part(part) {
                let cure = "put the filter outside of the sentence: kind:report w/s(a b)";
                return Err(self.words.cannot(whole, "a filter inside a sentence", cure));
            }
            sentence.push(self.condition(part)?);
        }
        if !sentence.is_empty() {
            all.push(Condition::Sentence(whole.clone(), Box::new(Condition::All(sentence))));
        }
        Ok(Condition::All(all))
    }
}

/// True if the part is about the paragraph alone, whatever the unit around it.
fn is_of_paragraph(query: &Query) -> bool {
    match query {
        Query::Filter(_) | Query::All | Query::Within { .. } => true,
        Query::Not(part) => is_of_paragraph(part),
        Query::And(parts) | Query::Or(parts) => parts.iter().all(is_of_paragraph),
        _ => false,
    }
}

/// True if any part of it is about the paragraph.
fn has_paragraph_part(query: &Query) -> bool {
    match query {
        Query::Filter(_) | Query::All | Query::Within { .. } => true,
        Query::Not(part) => has_paragraph_part(part),
        Query::And(parts) | Query::Or(parts) => parts.iter().any(has_paragraph_part),
        _ => false,
    }
}
