//! Explains how a query was read, and why it finds nothing.

mod empty;
mod kind;
mod values;
mod words;

use std::sync::Arc;

use quotable_query::{Filter, Query, Scope, Side};
use serde::{Deserialize, Serialize};

use self::kind::kind;
pub(super) use self::values::{near, near_path};
use crate::answer::provenance::{self, Provenance};
use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::filter::Resolved;
use crate::search::hit::Counts;
use crate::search::options::SearchOptions;
use crate::store::engine_panic::catch_engine_panic;
use quotable_codebook::CodeBook;

/// How a query was read in one snapshot.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Explanation {
    /// Version, corpus, query as read and options.
    pub provenance: Provenance,
    /// The query as read and folded, as a tree. A name of the code book has its query as its only part.
    pub tree: Part,
    /// The distinct leaves (parts that match single words) with the words that they match, in the order of the query.
    pub leaves: Vec<LeafWords>,
    /// The filters, with the number of paragraphs that each passes.
    pub filters: Vec<FilterReach>,
    /// The counts of the query.
    pub counts: Counts,
    /// If nothing is found: the smallest parts of the query that find nothing by themselves. Empty if every part finds
    /// something and only their combination does not. If the options restrict the search to a folder without reports, that
    /// folder alone, as a filter by path.
    pub empty: Vec<EmptyPart>,
}

/// A part of the query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Part {
    /// The part, in the query language.
    pub query: String,
    /// The operator over the parts: `and`, `or`, `not`, `phrase`, `w/5`, `pre/5`, `not w/5`, `not pre/5`, `w/s` and so on. For a part
    /// without parts, its kind: `word`, `wildcard`, `regex`, `inflected`, `fuzzy`, `number`, `exact`, `gap`, `filter`, `all`. For a name of the
    /// code book, `name`.
    pub operator: String,
    /// The unit of text in which the part must match.
    pub scope: Scope,
    /// The parts.
    pub parts: Vec<Part>,
}

/// The words that a leaf of the query matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LeafWords {
    /// The part, in the query language.
    pub query: String,
    /// All words of the corpus that it matches, most frequent first.
    pub words: Vec<WordCount>,
    /// If there are none: up to ten words of the corpus with a similar spelling, nearest first, then most frequent. For a
    /// regular expression, the most frequent words that have a part which it matches. Always empty for wildcards, and after the first twenty leaves without words.
    pub nearest: Vec<WordCount>,
}

/// A word of the corpus with its counts in the searched text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct WordCount {
    /// The folded word.
    pub word: String,
    /// The number of occurrences.
    pub occurrences: u64,
    /// The number of paragraphs with the word.
    pub paragraphs: u64,
}

/// What a filter passes by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FilterReach {
    /// The filter, in the query language.
    pub filter: String,
    /// The values that the filter matches: paths of reports, values of a field, or topics of the code book.
    pub values: Vec<String>,
    /// The number of reports with a paragraph that passes.
    pub reports: u64,
    /// The number of paragraphs that pass.
    pub paragraphs: u64,
    /// If there are none: values of the index with a similar spelling, nearest first; for a field with a fixed list of
    /// values, all that the index has.
    pub nearest: Vec<String>,
}

/// A part of the query that finds nothing by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct EmptyPart {
    /// The part, in the query language.
    pub query: String,
    /// For a word that the corpus lacks: words of the corpus with a similar spelling.
    pub nearest: Vec<WordCount>,
    /// For a filter: the values nearest to its own; see [`FilterReach::nearest`].
    pub values: Vec<String>,
}

/// Explains a compiled query.
pub(crate) fn explain(compiled: &Arc<CompiledQuery>) -> Result<Explanation> {
    let query = compiled.read.clone().normalised();
    let scope = compiled.options.scope;
    // It searches for each part of the query, of which there may be thousands.
    let options = compiled.options.clone().of_one_answer();
    let mut interrupt = options.interrupt();
    let leaves = catch_engine_panic(|| words::of_leaves(compiled, &mut interrupt))?;
    let filters =
        compiled.plan.filters.iter().map(|(filter, resolved)| reach(compiled, &options, filter, resolved));
    let filters = filters.collect::<Result<Vec<_>>>()?;
    let counts = compiled.count()?;
    // Excluded boilerplate was found too: no part of the query is at fault then.
    let nothing = counts.paragraphs == 0 && counts.boilerplate.paragraphs == 0;
    let empty =
        if nothing { empty::parts(compiled, &options, &query, &leaves, &filters)? } else { Vec::new() };
    let book = compiled.options.codebook.as_ref();
    let tree = Part::of(&compiled.query.clone().normalised(), scope, book);
    Ok(Explanation { provenance: provenance::of(compiled), tree, leaves, filters, counts, empty })
}

/// Counts what a filter passes by itself.
fn reach(
    compiled: &CompiledQuery,
    options: &SearchOptions,
    filter: &Filter,
    resolved: &Resolved,
) -> Result<FilterReach> {
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
        // The paragraphs without a value.
        Resolved::Not(_) => Vec::new(),
    };
    let options = options.clone().scope(Scope::Paragraph);
    let counts = CompiledQuery::new(&compiled.state, &Query::Filter(filter.clone()), &options)?.count()?;
    let (reports, paragraphs) = (counts.reports, counts.paragraphs);
    let nearest = if paragraphs == 0 { values::near(&compiled.state, filter)? } else { Vec::new() };
    Ok(FilterReach { filter: filter.to_string(), values, reports, paragraphs, nearest })
}

impl Part {
    /// The tree of a query. `scope` is the unit of the operators around it, `book` resolves names.
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
            Query::NotBeside { left, right, distance, side } => {
                let name = if *side == Side::Before { "pre" } else { "post" };
                (format!("not {name}/{distance}"), vec![left.as_ref(), right.as_ref()], scope)
            }
            Query::Within { scope, query } => (format!("w/{}", letter(*scope)), vec![query.as_ref()], *scope),
            other => (kind(other).to_owned(), Vec::new(), scope),
        };
        let parts = parts.into_iter().map(|part| Self::of(part, inner, book)).collect();
        // `query` of a gap is `*`, which does not parse by itself: it is for display.
        Self { query: query.to_string(), operator, scope, parts }
    }
}

/// The letter of a scope in the query language: `s` of `w/s`.
fn letter(scope: Scope) -> char {
    match scope {
        Scope::Sentence => 's',
        Scope::Paragraph => 'p',
        Scope::Theme => 't',
        _ => 'r',
    }
}
