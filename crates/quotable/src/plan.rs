//! A query made ready for one state of the index: filters resolved, words expanded.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use quotable_query::{Filter, Leaf, Limits, Matcher, Query, QueryError, Scope, Text};
use tantivy::DocAddress;
use tantivy::schema::Field;

use crate::collect::{Held, holding};
use crate::document::imprint;
use crate::expansion::Expansion;
use crate::filter::{self, Resolved};
use crate::watch::Watch;
use crate::{Error, ErrorKind, Result, SearchOptions, Snapshot, path};

/// A query ready to be opened on each segment.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) root: Part,
    pub(crate) leaves: Vec<Expansion>,
    /// Parts of the query that count for relevance.
    pub(crate) units: usize,
    /// For each unit, the leaves whose rarity is its own.
    pub(crate) weights: Vec<Vec<usize>>,
    /// The fields searched.
    pub(crate) fields: Vec<Field>,
    /// The query's filters and what they come to.
    pub(crate) filters: Vec<(Filter, Resolved)>,
    /// The sources of the part of the corpus that is searched; all if `None`.
    pub(crate) within: Option<Arc<[bool]>>,
    wide: Wide,
    /// The same query over the text of a paragraph: says what to mark.
    pub(crate) matcher: Matcher,
}

/// What is asked of theme chunks and reports, and those in which it holds.
type Wide = HashMap<Scope, HashMap<Query, Arc<Held>>>;

/// A part of the query.
#[derive(Debug)]
pub(crate) enum Part {
    /// The words of a leaf, by its number.
    Words {
        leaf: usize,
        unit: Option<usize>,
    },
    /// Words side by side; `None` is any word, several leaves are alternatives.
    Phrase {
        slots: Vec<Option<Vec<usize>>>,
        unit: Option<usize>,
    },
    And(Vec<Part>),
    Or(Vec<Part>),
    Not(Box<Part>),
    Near {
        left: Box<Part>,
        right: Box<Part>,
        distance: u32,
        ordered: bool,
        unit: Option<usize>,
    },
    NotNear {
        left: Box<Part>,
        right: Box<Part>,
        distance: u32,
        unit: Option<usize>,
    },
    /// In one sentence.
    Sentence(Box<Part>),
    /// In the whole paragraph, inside what is asked of a sentence.
    Paragraph(Box<Part>),
    /// In the whole theme chunk or report: those in which it holds.
    Wide {
        part: Box<Part>,
        held: Arc<Held>,
    },
    /// Paragraphs of the sources marked.
    Sources(Arc<[bool]>),
    /// Paragraphs with any of the facets.
    Facets(Vec<String>),
    /// Where it holds, without its occurrences.
    Quiet(Box<Part>),
    All,
}

impl Plan {
    pub(crate) fn new(snapshot: &Snapshot, query: &Query, options: &SearchOptions) -> Result<Self> {
        let mut wide = Wide::new();
        let mut plan = Self::make(snapshot, query, options, &mut wide)?;
        plan.wide = wide;
        Ok(plan)
    }

    /// Makes a plan of a query, or of what it asks of a theme chunk or report; that is asked once, however often and
    /// however deep it stands in the query.
    fn make(snapshot: &Snapshot, query: &Query, options: &SearchOptions, wide: &mut Wide) -> Result<Self> {
        query.check(&Limits::default())?;
        let query = match options.scope {
            Scope::Paragraph => query.clone(),
            scope => query.clone().within(scope),
        };
        let query = query.normalised();
        let names = snapshot.fields();
        let wanted = [(true, names.text), (options.tables, names.table), (options.notes, names.note)];
        let fields = wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, field)| field).collect();
        let mut compiler = Compiler {
            snapshot,
            options,
            fields,
            leaves: Vec::new(),
            known: HashMap::new(),
            weights: Vec::new(),
            filters: Vec::new(),
            wide,
        };
        let mut root = compiler.part(&query, true)?;
        if !root.needs_words() {
            let hidden = [(options.tables, "table"), (options.notes, "note")];
            let hidden = hidden.into_iter().filter(|(wanted, _)| !wanted);
            let facets: Vec<String> = hidden.map(|(_, part)| crate::document::facet("part", part)).collect();
            if !facets.is_empty() {
                root = Part::And(vec![root, Part::Not(Box::new(Part::Facets(facets)))]);
            }
        }
        let Compiler { fields, leaves, weights, filters, .. } = compiler;
        let mut watch = Watch::new(options);
        watch.look()?;
        let mut expand = |leaf| Expansion::new(snapshot, &fields, leaf, options.most_expansions, &mut watch);
        let leaves = leaves.iter().map(&mut expand).collect::<Result<_>>()?;
        let matcher = Matcher::new(&query)?;
        let within = options.within.as_ref().map(|within| {
            let entries = snapshot.table().entries().iter();
            entries.map(|entry| path::stands_in(&entry.path, within)).collect()
        });
        Ok(Self {
            root,
            leaves,
            units: weights.len(),
            weights,
            fields,
            filters,
            within,
            wide: Wide::new(),
            matcher,
        })
    }

    /// True if the filter lets through a paragraph of that source with those facets and words.
    pub(crate) fn passes(&self, filter: &Filter, source: u32, facets: &[String], text: &Text) -> bool {
        let resolved = self.filters.iter().find(|(known, _)| known == filter);
        let has = |wanted: &[String]| wanted.iter().any(|wanted| facets.contains(wanted));
        resolved.is_some_and(|(_, resolved)| match resolved {
            Resolved::Sources(sources) => sources.get(source as usize) == Some(&true),
            Resolved::Facets(wanted) => has(wanted),
            Resolved::Topics(topics) => {
                let words = || !facets.contains(&imprint()) && topics.matcher.find(text).matched;
                has(&topics.sections) || words()
            }
        })
    }

    /// True if no occurrence of one of the parts can be one of another too.
    pub(crate) fn are_apart(&self, parts: &[Part]) -> bool {
        let mut first = HashMap::new();
        parts.iter().enumerate().all(|(number, part)| self.stands_apart(number, part, &mut first))
    }

    /// Looks with which words and how long the occurrences of a part may be; false if one of another number may be the
    /// same, or if that is not known.
    fn stands_apart<'a>(
        &'a self,
        number: usize,
        part: &'a Part,
        first: &mut HashMap<(usize, &'a str), usize>,
    ) -> bool {
        let mut with = |length, leaves: &[usize]| {
            let leaves = leaves.iter().filter_map(|&leaf| self.leaves.get(leaf));
            let mut terms = leaves.flat_map(|leaf| &leaf.terms);
            terms.all(|term| *first.entry((length, term.as_str())).or_insert(number) == number)
        };
        match part {
            Part::Words { leaf, .. } => with(1, &[*leaf]),
            Part::Phrase { slots, .. } => match slots.first() {
                Some(Some(leaves)) => with(slots.len(), leaves),
                _ => false,
            },
            Part::And(parts) | Part::Or(parts) => {
                parts.iter().all(|part| self.stands_apart(number, part, first))
            }
            Part::Not(_) | Part::Sources(_) | Part::Facets(_) | Part::Quiet(_) | Part::All => true,
            Part::Near { .. } | Part::NotNear { .. } => false,
            Part::Sentence(part) | Part::Paragraph(part) | Part::Wide { part, .. } => {
                self.stands_apart(number, part, first)
            }
        }
    }

    /// True if what the query asks of a theme chunk or report holds of the one in which the document stands.
    pub(crate) fn holds_in(&self, scope: Scope, query: &Query, place: DocAddress) -> bool {
        let held = self.wide.get(&scope).and_then(|wide| wide.get(query));
        let ranges = held.and_then(|held| held.get(place.segment_ord as usize));
        ranges.is_some_and(|ranges| {
            let before = ranges.partition_point(|range| range.end <= place.doc_id);
            ranges.get(before).is_some_and(|range| range.contains(&place.doc_id))
        })
    }
}

impl Part {
    /// True if it matches nothing but paragraphs that hold a word of it.
    fn needs_words(&self) -> bool {
        match self {
            Self::Words { .. } | Self::Phrase { .. } | Self::Near { .. } | Self::NotNear { .. } => true,
            Self::And(parts) => parts.iter().any(Self::needs_words),
            Self::Or(parts) => parts.iter().all(Self::needs_words),
            Self::Sentence(part) | Self::Paragraph(part) | Self::Wide { part, .. } => part.needs_words(),
            Self::Not(_) | Self::Sources(_) | Self::Facets(_) | Self::Quiet(_) | Self::All => false,
        }
    }

    /// The leaves of an operand of a window.
    fn leaves(&self) -> Vec<usize> {
        match self {
            Self::Words { leaf, .. } => vec![*leaf],
            Self::Phrase { slots, .. } => slots.iter().flatten().flatten().copied().collect(),
            Self::Or(parts) => parts.iter().flat_map(Self::leaves).collect(),
            Self::Near { left, right, .. } | Self::NotNear { left, right, .. } => {
                [left.leaves(), right.leaves()].concat()
            }
            _ => Vec::new(),
        }
    }

    /// True if it gives occurrences where it holds.
    pub(crate) fn counts(&self) -> bool {
        match self {
            Self::Words { .. } | Self::Phrase { .. } | Self::Near { .. } | Self::NotNear { .. } => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::counts),
            Self::Sentence(part) | Self::Paragraph(part) | Self::Wide { part, .. } => part.counts(),
            Self::Not(_) | Self::Sources(_) | Self::Facets(_) | Self::Quiet(_) | Self::All => false,
        }
    }
}

struct Compiler<'a> {
    snapshot: &'a Snapshot,
    options: &'a SearchOptions,
    fields: Vec<Field>,
    leaves: Vec<Leaf>,
    /// The numbers of the leaves.
    known: HashMap<Query, usize>,
    weights: Vec<Vec<usize>>,
    filters: Vec<(Filter, Resolved)>,
    wide: &'a mut Wide,
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
            Query::Within { scope, query } => self.wide(*scope, query, counts)?,
            Query::Filter(filter) => {
                let resolved = filter::resolve(self.snapshot, filter, self.options.codebook.as_ref())
                    .map_err(|error| error.about(query))?;
                self.filters.push((filter.clone(), resolved.clone()));
                match resolved {
                    Resolved::Sources(sources) => Part::Sources(sources),
                    Resolved::Facets(facets) => Part::Facets(facets),
                    Resolved::Topics(topics) => {
                        let words = self.part(topics.matcher.query(), false)?;
                        let sections = Part::Facets(topics.sections.clone());
                        let imprint = Part::Not(Box::new(Part::Facets(vec![imprint()])));
                        let either = Part::Or(vec![sections, Part::And(vec![words, imprint])]);
                        Part::Quiet(Box::new(either))
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
    fn wide(&mut self, scope: Scope, query: &Query, counts: bool) -> Result<Part> {
        let mut each = |parts: &[Query]| {
            distinct(parts).map(|part| self.wide(scope, part, counts)).collect::<Result<_>>()
        };
        Ok(match query {
            Query::And(parts) => Part::And(each(parts)?),
            Query::Or(parts) => Part::Or(each(parts)?),
            Query::Not(part) => Part::Not(Box::new(self.wide(scope, part, false)?)),
            Query::All => Part::All,
            // What holds of the larger unit holds of every smaller one in it.
            Query::Within { scope: larger, query } if *larger >= scope => {
                self.wide(*larger, query, counts)?
            }
            query => {
                let known = self.wide.get(&scope).and_then(|wide| wide.get(query)).cloned();
                let held = match known {
                    Some(held) => held,
                    None => self.held(scope, query)?,
                };
                Part::Wide { part: Box::new(self.part(query, counts)?), held }
            }
        })
    }

    /// The theme chunks or reports in which the query holds of some paragraph.
    fn held(&mut self, scope: Scope, query: &Query) -> Result<Arc<Held>> {
        let options = SearchOptions { scope: Scope::Paragraph, ..self.options.clone() };
        let plan = Plan::make(self.snapshot, query, &options, self.wide)?;
        let held = Arc::new(holding(self.snapshot, &plan, scope, &options)?);
        self.wide.entry(scope).or_default().insert(query.clone(), held.clone());
        Ok(held)
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
