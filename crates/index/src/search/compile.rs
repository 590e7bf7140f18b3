//! Compiles a query into a [`Plan`].

use std::collections::{HashMap, HashSet};

use quotable_query::{Filter, Leaf, Limits, Matcher, Query, QueryError, Scope};
use tantivy::schema::Field;

use crate::error::{Error, ErrorKind, Result};
use crate::path;
use crate::search::expansion::Expansion;
use crate::search::filter::{self, Resolved};
use crate::search::options::SearchOptions;
use crate::search::plan::{Part, Plan};
use crate::search::ranges::ScopeRanges;
use crate::store::keyword::{imprint_keyword, keyword};
use crate::store::state::State;

/// Compiles a query. The plan does not know yet where its [scoped](Plan::scoped) parts hold:
/// [`scope::resolve`](crate::search::scope::resolve) finds that out by running them.
pub(crate) fn compile(state: &State, query: &Query, options: &SearchOptions) -> Result<Plan> {
    query.check(&Limits::default())?;
    let query = match options.scope {
        Scope::Paragraph => query.clone(),
        scope => query.clone().within(scope),
    };
    let query = query.normalised();
    let names = state.fields();
    let wanted = [(true, names.text), (options.tables, names.table), (options.notes, names.note)];
    let fields = wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, field)| field).collect();
    let mut compiler = Compiler {
        state,
        options,
        fields,
        leaves: Vec::new(),
        known: HashMap::new(),
        weights: Vec::new(),
        filters: Vec::new(),
        scoped: Vec::new(),
    };
    let mut root = compiler.part(&query, true)?;
    if !root.needs_words() {
        let hidden = [(options.tables, "table"), (options.notes, "note")];
        let hidden = hidden.into_iter().filter(|(wanted, _)| !wanted);
        let facets: Vec<String> = hidden.map(|(_, part)| keyword("part", part)).collect();
        if !facets.is_empty() {
            root = Part::And(vec![root, Part::Not(Box::new(Part::Keywords(facets)))]);
        }
    }
    let Compiler { fields, leaves, weights, filters, scoped, .. } = compiler;
    let mut interrupt = options.interrupt();
    interrupt.look()?;
    let mut expand = |leaf| Expansion::new(state, &fields, leaf, options.most_expansions, &mut interrupt);
    let leaves = leaves.iter().map(&mut expand).collect::<Result<_>>()?;
    let matcher = Matcher::new(&query)?;
    let within = options.within.as_ref().map(|within| {
        let entries = state.sources().entries().iter();
        entries.map(|entry| path::is_within(&entry.path, within)).collect()
    });
    Ok(Plan {
        root,
        leaves,
        units: weights.len(),
        weights,
        fields,
        filters,
        within,
        scoped,
        ranges: ScopeRanges::default(),
        matcher,
    })
}

struct Compiler<'a> {
    state: &'a State,
    options: &'a SearchOptions,
    fields: Vec<Field>,
    leaves: Vec<Leaf>,
    /// The numbers of the leaves.
    known: HashMap<Query, usize>,
    weights: Vec<Vec<usize>>,
    filters: Vec<(Filter, Resolved)>,
    scoped: Vec<(Scope, Query)>,
}

impl Compiler<'_> {
    /// Compiles a part; `counts` if its occurrences make for relevance.
    fn part(&mut self, query: &Query, counts: bool) -> Result<Part> {
        Ok(match query {
            Query::Word(_)
            | Query::Wildcard(_)
            | Query::Regex(_)
            | Query::Inflected(_)
            | Query::Fuzzy { .. } => {
                let leaf = self.leaf(query)?;
                Part::Words { leaf, unit: self.unit(counts, vec![leaf]) }
            }
            Query::Phrase(parts) => {
                let slots = parts.iter().map(|part| self.slot(part)).collect::<Result<Vec<_>>>()?;
                let leaves = slots.iter().flatten().flatten().copied().collect();
                Part::Phrase { slots, unit: self.unit(counts, leaves) }
            }
            Query::And(parts) => Part::And(self.parts(parts, counts)?),
            Query::Or(parts) => Part::Or(self.parts(parts, counts)?),
            Query::Not(part) => Part::Not(Box::new(self.part(part, false)?)),
            Query::Near { left, right, distance, ordered } => {
                let left = Box::new(self.part(left, false)?);
                let right = Box::new(self.part(right, false)?);
                let unit = self.unit(counts, [left.leaves(), right.leaves()].concat());
                Part::Near { left, right, distance: *distance, ordered: *ordered, unit }
            }
            Query::NotNear { left, right, distance } => {
                let left = Box::new(self.part(left, false)?);
                let unit = self.unit(counts, left.leaves());
                let right = Box::new(self.part(right, false)?);
                Part::NotNear { left, right, distance: *distance, unit }
            }
            Query::Within { scope: Scope::Sentence, query } => {
                Part::Sentence(Box::new(self.part(query, counts)?))
            }
            Query::Within { scope: Scope::Paragraph, query } => {
                Part::Paragraph(Box::new(self.part(query, counts)?))
            }
            Query::Within { scope, query } => self.scoped_part(*scope, query, counts)?,
            Query::Filter(filter) => {
                let resolved = filter::resolve(self.state, filter, self.options.codebook.as_ref())
                    .map_err(|error| error.about(query))?;
                self.filters.push((filter.clone(), resolved.clone()));
                match resolved {
                    Resolved::Sources(sources) => Part::Sources(sources),
                    Resolved::Keywords(facets) => Part::Keywords(facets),
                    Resolved::Topics(topics) => {
                        let words = self.part(topics.matcher.query(), false)?;
                        let sections = Part::Keywords(topics.sections.clone());
                        let imprint_keyword = Part::Not(Box::new(Part::Keywords(vec![imprint_keyword()])));
                        let either = Part::Or(vec![sections, Part::And(vec![words, imprint_keyword])]);
                        Part::Unscored(Box::new(either))
                    }
                }
            }
            Query::All => Part::All,
            Query::Named(name) => {
                let written = format!("@{name}");
                let message = format!("{written} is a name of a code book, and no code book was given");
                let end = written.len();
                let fault =
                    QueryError::new(written, 0..end, message, "give the search the code book that holds it");
                return Err(Error::from(fault).of_kind(ErrorKind::Unsupported).about(query));
            }
            _ => {
                let message = format!("“{query}” cannot be searched for by itself");
                return Err(Error::new(ErrorKind::Unsupported, message));
            }
        })
    }

    /// Compiles what is asked of a theme chunk or report. It holds a conjunction if it holds each part, and so on: so
    /// the question goes down to the parts that some single paragraph answers.
    fn scoped_part(&mut self, scope: Scope, query: &Query, counts: bool) -> Result<Part> {
        let mut each = |parts: &[Query]| {
            distinct(parts).map(|part| self.scoped_part(scope, part, counts)).collect::<Result<_>>()
        };
        Ok(match query {
            Query::And(parts) => Part::And(each(parts)?),
            Query::Or(parts) => Part::Or(each(parts)?),
            Query::Not(part) => Part::Not(Box::new(self.scoped_part(scope, part, false)?)),
            Query::All => Part::All,
            // What holds of the larger unit holds of every smaller one in it.
            Query::Within { scope: larger, query } if *larger >= scope => {
                self.scoped_part(*larger, query, counts)?
            }
            query => {
                let key = (scope, query.clone());
                let known = self.scoped.iter().position(|known| *known == key);
                let scoped = known.unwrap_or_else(|| {
                    self.scoped.push(key);
                    self.scoped.len() - 1
                });
                Part::Scoped { part: Box::new(self.part(query, counts)?), scoped }
            }
        })
    }

    fn parts(&mut self, parts: &[Query], counts: bool) -> Result<Vec<Part>> {
        distinct(parts).map(|part| self.part(part, counts)).collect()
    }

    fn slot(&mut self, part: &Query) -> Result<Option<Vec<usize>>> {
        match part {
            Query::Gap => Ok(None),
            Query::Or(parts) => parts.iter().map(|part| self.leaf(part)).collect::<Result<_>>().map(Some),
            one => Ok(Some(vec![self.leaf(one)?])),
        }
    }

    fn leaf(&mut self, query: &Query) -> Result<usize> {
        if let Some(known) = self.known.get(query) {
            return Ok(*known);
        }
        let number = self.leaves.len();
        self.leaves.push(Leaf::new(query).map_err(|error| Error::from(error).about(query))?);
        self.known.insert(query.clone(), number);
        Ok(number)
    }

    fn unit(&mut self, counts: bool, leaves: Vec<usize>) -> Option<usize> {
        counts.then(|| {
            self.weights.push(leaves);
            self.weights.len() - 1
        })
    }
}

/// Parts of which all or any must hold: what is said twice holds and occurs as if said once.
fn distinct(parts: &[Query]) -> impl Iterator<Item = &Query> {
    let mut seen = HashSet::new();
    parts.iter().filter(move |part| seen.insert(*part))
}
