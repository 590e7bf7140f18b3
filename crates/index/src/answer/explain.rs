//! How a query was read, and why it finds nothing.

mod empty;
mod kind;
mod values;
mod words;

use std::sync::Arc;

use quotable_query::{Filter, Query, Scope};
use serde::{Deserialize, Serialize};

use self::kind::kind;
use crate::answer::provenance::{self, Provenance};
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::filter::Resolved;
use crate::search::hit::Counts;
use crate::store::engine_panic::catch_engine_panic;
use quotable_codebook::CodeBook;

/// How a query was read in one state of the index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// Version, corpus, query as read and options.
    pub provenance: Provenance,
    /// The query as read and folded, part by part. Names of the code book have what they stand for as their part.
    pub tree: Part,
    /// The distinct parts that match single words, and what each stands for, in the order of the query.
    pub leaves: Vec<LeafWords>,
    /// The filters, and how much each lets through.
    pub filters: Vec<FilterReach>,
    /// What is found.
    pub counts: Counts,
    /// If nothing is found: the smallest parts of the query that find nothing by themselves either. Empty where each
    /// part finds something and only the whole does not. Where the part of the corpus that was to be searched holds
    /// nothing, that alone, as a filter by path.
    pub empty: Vec<EmptyPart>,
}

/// A part of the query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Part {
    /// The part, in the query language.
    pub query: String,
    /// What joins its parts: `and`, `or`, `not`, `phrase`, `w/5`, `pre/5`, `not w/5`, `w/s` and so on; of a part
    /// without parts what it is: `word`, `wildcard`, `regex`, `inflected`, `fuzzy`, `gap`, `filter`, `all`. A name of the code book is a `name`.
    pub operator: String,
    /// The unit in which the part must hold.
    pub scope: Scope,
    /// The parts of it.
    pub parts: Vec<Part>,
}

/// What a part of the query stands for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeafWords {
    /// The part, in the query language.
    pub query: String,
    /// The words of the corpus that it matches, most frequent first. All of them.
    pub words: Vec<WordCount>,
    /// If there are none: the nearest words of the corpus, nearest first and then most frequent, at most ten. None for
    /// wildcards and regular expressions, nor for more than the first twenty words that are not there.
    pub nearest: Vec<WordCount>,
}

/// A word of the corpus, and how much of it there is in the text that is searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WordCount {
    /// The folded word.
    pub word: String,
    /// How often it stands there.
    pub occurrences: u64,
    /// In how many paragraphs.
    pub paragraphs: u64,
}

/// What a filter lets through by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FilterReach {
    /// The filter, in the query language.
    pub filter: String,
    /// The values that it comes to: paths of reports, values that paragraphs have, or topics of the code book.
    pub values: Vec<String>,
    /// Reports with a paragraph that it lets through.
    pub reports: u64,
    /// Paragraphs that it lets through.
    pub paragraphs: u64,
    /// If there are none: the nearest values that the index has, nearest first, or of a field with a fixed list all
    /// that it has.
    pub nearest: Vec<String>,
}

/// A part of the query that finds nothing by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmptyPart {
    /// The part, in the query language.
    pub query: String,
    /// If it is a word that the corpus does not hold: the nearest that it does.
    pub nearest: Vec<WordCount>,
    /// If it is a filter: the values nearest to what it asks for; see [`FilterReach::nearest`].
    pub values: Vec<String>,
}

/// Explains a compiled query.
pub(crate) fn explain(compiled: &Arc<CompiledQuery>) -> Result<Explanation> {
    let query = compiled.read.clone().normalised();
    let scope = compiled.options.scope;
    let mut interrupt = compiled.options.interrupt();
    let leaves = catch_engine_panic(|| words::of_leaves(compiled, &mut interrupt))?;
    let filters = compiled.plan.filters.iter().map(|(filter, resolved)| reach(compiled, filter, resolved));
    let filters = filters.collect::<Result<Vec<_>>>()?;
    let counts = compiled.count()?;
    let nothing = counts.paragraphs == 0 && counts.boilerplate.paragraphs == 0;
    let empty = if nothing { empty::parts(compiled, &query, &leaves, &filters)? } else { Vec::new() };
    let book = compiled.options.codebook.as_ref();
    let tree = Part::of(&compiled.query.clone().normalised(), scope, book);
    Ok(Explanation { provenance: provenance::of(compiled), tree, leaves, filters, counts, empty })
}

/// What a filter lets through by itself.
fn reach(compiled: &CompiledQuery, filter: &Filter, resolved: &Resolved) -> Result<FilterReach> {
    let values = match resolved {
        Resolved::Sources(sources) => {
            let entries = compiled.state.sources().entries().iter().zip(sources.iter());
            entries.filter(|(_, wanted)| **wanted).map(|(entry, _)| entry.path.clone()).collect()
        }
        Resolved::Keywords(facets) => {
            let value = |facet: &String| facet.split_once('\0').map(|(_, value)| value.to_owned());
            facets.iter().filter_map(value).collect()
        }
        Resolved::Topics(topics) => topics.names.clone(),
    };
    let options = compiled.options.clone().scope(Scope::Paragraph);
    let counts = CompiledQuery::new(&compiled.state, &Query::Filter(filter.clone()), &options)?.count()?;
    let (reports, paragraphs) = (counts.reports, counts.paragraphs);
    let nearest = if paragraphs == 0 { values::near(&compiled.state, filter)? } else { Vec::new() };
    Ok(FilterReach { filter: filter.to_string(), values, reports, paragraphs, nearest })
}

impl Part {
    fn of(query: &Query, scope: Scope, book: Option<&CodeBook>) -> Self {
        if let Query::Named(name) = query
            && let Some(code) = book.and_then(|book| book.get(name))
        {
            let parts = vec![Self::of(&code.query, scope, book)];
            return Self { query: query.to_string(), operator: "name".to_owned(), scope, parts };
        }
        let (operator, parts, inner): (String, Vec<&Query>, Scope) = match query {
            Query::And(parts) => ("and".to_owned(), parts.iter().collect(), scope),
            Query::Or(parts) => ("or".to_owned(), parts.iter().collect(), scope),
            Query::Phrase(parts) => ("phrase".to_owned(), parts.iter().collect(), scope),
            Query::Not(part) => ("not".to_owned(), vec![part.as_ref()], scope),
            Query::Near { left, right, distance, ordered } => {
                let name = if *ordered { "pre" } else { "w" };
                (format!("{name}/{distance}"), vec![left.as_ref(), right.as_ref()], scope)
            }
            Query::NotNear { left, right, distance } => {
                (format!("not w/{distance}"), vec![left.as_ref(), right.as_ref()], scope)
            }
            Query::Within { scope, query } => (format!("w/{}", letter(*scope)), vec![query.as_ref()], *scope),
            other => (kind(other).to_owned(), Vec::new(), scope),
        };
        let parts = parts.into_iter().map(|part| Self::of(part, inner, book)).collect();
        // A gap prints as a `*`, which is no query by itself.
        Self { query: query.to_string(), operator, scope, parts }
    }
}

fn letter(scope: Scope) -> char {
    match scope {
        Scope::Sentence => 's',
        Scope::Paragraph => 'p',
        Scope::Theme => 't',
        _ => 'r',
    }
}
