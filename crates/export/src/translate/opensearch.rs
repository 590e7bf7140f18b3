//! The query DSL of OpenSearch and Elasticsearch.
//!
//! Windows are intervals in one order, or in either: an unordered interval of Lucene lets its parts share words, which a
//! window here does not.

use serde_json::{Value as Json, json};

use super::condition::{
    ColumnName, Condition, ReadQuery, Run, Slot, Token, WordsCondition, WordsTest, plain_words,
};
use super::error::TranslateError;

/// The body of a search. Without `track_total_hits`, the engine stops counting at 10,000.
pub(super) fn body(read: &ReadQuery<'_>) -> Result<String, TranslateError> {
    let query = condition(read, &read.condition)?;
    Ok(format!("{:#}", json!({"track_total_hits": true, "query": query})))
}

fn condition(read: &ReadQuery<'_>, part: &Condition) -> Result<Json, TranslateError> {
    let all = |parts: &[Condition]| {
        parts.iter().map(|part| condition(read, part)).collect::<Result<Vec<Json>, TranslateError>>()
    };
    Ok(match part {
        Condition::All(parts) if parts.is_empty() => json!({"match_all": {}}),
        Condition::All(parts) => json!({"bool": {"filter": all(parts)?}}),
        Condition::Any(parts) => json!({"bool": {"should": all(parts)?, "minimum_should_match": 1}}),
        Condition::Not(part) => json!({"bool": {"must_not": [condition(read, part)?]}}),
        Condition::Everything => json!({"match_all": {}}),
        Condition::True(column) => json!({"term": {*column: true}}),
        Condition::OneOf(_, values) if values.is_empty() => json!({"match_none": {}}),
        Condition::OneOf(ColumnName { name, .. }, values) => json!({"terms": {*name: values}}),
        Condition::IsSet(ColumnName { name, .. }) => json!({"exists": {"field": name}}),
        Condition::Days(column, from, to) => json!({"range": {*column: range(from, to)}}),
        Condition::Pages(from, to) => json!({"range": {"pages": range(from, to)}}),
        Condition::Inspected(_, from, to) => {
            let mut range = range(from, to);
            range["relation"] = json!("intersects");
            json!({"range": {"inspected": range}})
        }
        Condition::Below(path) => {
            let folder = format!("{path}/");
            let should = json!([{"term": {"path": path}}, {"prefix": {"path": {"value": folder}}}]);
            json!({"bool": {"should": should, "minimum_should_match": 1}})
        }
        Condition::Words(words) => self::words(read, words)?,
        Condition::Sentence(part, _) => {
            return Err(read.cannot(
                part,
                "words in one sentence",
                "ask DuckDB or Spark, which have a table of sentences",
            ));
        }
    })
}

fn range<T: serde::Serialize>(from: &Option<T>, to: &Option<T>) -> Json {
    let mut range = json!({});
    if let Some(from) = from {
        range["gte"] = json!(from);
    }
    if let Some(to) = to {
        range["lte"] = json!(to);
    }
    range
}

fn words(read: &ReadQuery<'_>, words: &WordsCondition) -> Result<Json, TranslateError> {
    let column = words.column;
    match &words.test {
        WordsTest::Run(run) => {
            if let [Slot::OneOf(tokens)] = run.as_slice() {
                return Ok(match tokens.as_slice() {
                    [token] => term(column, token),
                    tokens => {
                        let should: Vec<Json> = tokens.iter().map(|token| term(column, token)).collect();
                        json!({"bool": {"should": should, "minimum_should_match": 1}})
                    }
                });
            }
            if let Some(plain) = plain_words(run) {
                return Ok(json!({"match_phrase": {column: {"query": plain.join(" ")}}}));
            }
            if run.iter().any(|slot| matches!(slot, Slot::Gap)) {
                return span(read, words, run);
            }
            Ok(json!({"intervals": {column: side_by_side(run)}}))
        }
        WordsTest::Near { left, right, distance, ordered } => {
            let has_gap = left.iter().chain(right).flatten().any(|slot| matches!(slot, Slot::Gap));
            if has_gap {
                let cure = "write a word in place of the *, or ask DuckDB";
                return Err(read.cannot(&words.part, "any one word (*) inside a window", cure));
            }
            let one = |first: &[Run], second: &[Run]| {
                let intervals = [side(first), side(second)];
                json!({"all_of": {"ordered": true, "max_gaps": distance.saturating_sub(1), "intervals": intervals}})
            };
            let rule = if *ordered {
                one(left, right)
            } else {
                json!({"any_of": {"intervals": [one(left, right), one(right, left)]}})
            };
            Ok(json!({"intervals": {column: rule}}))
        }
    }
}

/// A query for one word.
fn term(column: &str, token: &Token) -> Json {
    match token {
        Token::Word(word) => json!({"term": {column: word}}),
        Token::Pattern(pattern) => match prefix(pattern) {
            Some(prefix) => json!({"prefix": {column: {"value": prefix}}}),
            None => json!({"wildcard": {column: {"value": pattern}}}),
        },
    }
}

/// The letters before a star that is the only sign of a pattern.
fn prefix(pattern: &str) -> Option<&str> {
    pattern.strip_suffix('*').filter(|start| !start.contains(['*', '?']))
}

/// An interval of one word. The engine refuses a pattern of more words than it allows, and leaves none out.
fn interval(token: &Token) -> Json {
    match token {
        Token::Word(word) => json!({"match": {"query": word}}),
        Token::Pattern(pattern) => match prefix(pattern) {
            Some(prefix) => json!({"prefix": {"prefix": prefix}}),
            None => json!({"wildcard": {"pattern": pattern}}),
        },
    }
}

fn place(slot: &Slot) -> Json {
    match slot {
        Slot::OneOf(tokens) if tokens.len() == 1 => tokens.iter().map(interval).next().unwrap_or_default(),
        Slot::OneOf(tokens) => {
            json!({"any_of": {"intervals": tokens.iter().map(interval).collect::<Vec<_>>()}})
        }
        Slot::Gap => Json::Null,
    }
}

/// The interval of a run without gaps.
fn side_by_side(run: &Run) -> Json {
    match (run.as_slice(), plain_words(run)) {
        ([one], _) => place(one),
        (_, Some(plain)) => json!({"match": {"query": plain.join(" "), "ordered": true, "max_gaps": 0}}),
        (run, None) => {
            json!({"all_of": {"ordered": true, "max_gaps": 0, "intervals": run.iter().map(place).collect::<Vec<_>>()}})
        }
    }
}

fn side(runs: &[Run]) -> Json {
    match runs {
        [run] => side_by_side(run),
        runs => json!({"any_of": {"intervals": runs.iter().map(side_by_side).collect::<Vec<_>>()}}),
    }
}

/// A run with gaps, which intervals do not have.
fn span(read: &ReadQuery<'_>, words: &WordsCondition, run: &Run) -> Result<Json, TranslateError> {
    let column = words.column;
    let is_gap = |slot: Option<&Slot>| matches!(slot, Some(Slot::Gap));
    if is_gap(run.first()) || is_gap(run.last()) {
        let cure = "leave the * out at the ends of the phrase, or ask DuckDB";
        return Err(read.cannot(&words.part, "any one word (*) at the end of a phrase", cure));
    }
    let token = |token: &Token| match token {
        Token::Word(word) => json!({"span_term": {column: word}}),
        pattern => json!({"span_multi": {"match": term(column, pattern)}}),
    };
    let slot = |slot: &Slot| match slot {
        Slot::Gap => json!({"span_gap": {column: 1}}),
        Slot::OneOf(tokens) if tokens.len() == 1 => tokens.iter().map(token).next().unwrap_or_default(),
        Slot::OneOf(tokens) => json!({"span_or": {"clauses": tokens.iter().map(token).collect::<Vec<_>>()}}),
    };
    let clauses: Vec<Json> = run.iter().map(slot).collect();
    Ok(json!({"span_near": {"clauses": clauses, "slop": 0, "in_order": true}}))
}
