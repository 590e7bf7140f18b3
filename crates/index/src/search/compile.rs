//! Compiles a query tree into a [`Plan`].
//!
//! Words and patterns become numbered leaves, filters are resolved to sources or keywords, and each part that scores
//! becomes a unit. See [`plan`](crate::search::plan) for the terms.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use quotable_query::{Filter, Leaf, Limits, Matcher, Query, QueryError, Scope, Side};
use tantivy::schema::Field;

use crate::error::{Error, ErrorKind, Result};
use crate::interrupt::Interrupt;
use crate::path;
use crate::search::expansion::{Expansion, ExpansionLimits};
use crate::search::filter::{self, Resolved, Topics};
use crate::search::options::{Duplicates, SearchOptions};
use crate::search::plan::{Part, Plan};
use crate::search::ranges::ScopeRanges;
use crate::search::searched::searched_sources;
use crate::store::kept_documents::KnownDocuments;
use crate::store::keyword::{imprint_keyword, keyword};
use crate::store::state::State;

/// Compiles a query. The [ranges](Plan::ranges) of the plan are still empty:
/// [`scope::resolve`](crate::search::scope::resolve) fills them by running the scoped parts.
pub(super) fn compile(
    state: &State,
    query: &Query,
    options: &SearchOptions,
    interrupt: &mut Interrupt,
) -> Result<Plan> {
    query.check(&Limits::default())?;
    // The scope of the options is shorthand for a scope around the whole query.
    let query = match options.scope {
        Scope::Paragraph => query.clone(),
        scope => query.clone().within(scope),
    };
    let query = query.normalised().written_out();
    let plan = compile_with(state, &query, options, interrupt, |compiler| compiler.part(&query, true))?;
    debug_assert!(options.body || plan.can_count_by_field(), "the body is kept out by its field alone");
    Ok(plan)
}

/// Compiles the topics that a filter names, as a query of their own.
///
/// # Errors
/// Those of [`compile`].
pub(super) fn compile_topics(
    state: &State,
    topics: &Topics,
    options: &SearchOptions,
    interrupt: &mut Interrupt,
) -> Result<Plan> {
    compile_with(state, topics.matcher.query(), options, interrupt, |compiler| compiler.topics(topics))
}

/// Compiles a query whose root is made by `root`.
fn compile_with(
    state: &State,
    query: &Query,
    options: &SearchOptions,
    interrupt: &mut Interrupt,
    root: impl FnOnce(&mut Compiler<'_>) -> Result<Part>,
) -> Result<Plan> {
    let all = state.fields();
    let wanted = [(options.body, all.text), (options.tables, all.table), (options.notes, all.note)];
    let fields = wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, field)| field).collect();
    let mut compiler = Compiler {
        state,
        options,
        fields,
        // A leaf is large, and most queries have one: a vector would make room for four.
        leaves: Vec::with_capacity(1),
        leaf_numbers: HashMap::new(),
        unit_leaves: Vec::new(),
        filters: Vec::new(),
        scoped: Vec::new(),
        asked: Vec::new(),
    };
    let mut root = root(&mut compiler)?;
    // The fields keep words out of tables and notes. A query that can match without words, such as a filter or `NOT`
    // alone, must exclude them by keyword.
    if !root.needs_words() {
        let excluded = [(options.tables, "table"), (options.notes, "note")];
        let excluded = excluded.into_iter().filter(|(wanted, _)| !wanted);
        let keywords: Vec<String> = excluded.map(|(_, part)| keyword("part", part)).collect();
        if !keywords.is_empty() {
            root = Part::And(vec![root, Part::Not(Box::new(Part::Keywords(keywords)))]);
        }
    }
    let Compiler { fields, leaves, unit_leaves, filters, scoped, asked, .. } = compiler;
    // Expanding a pattern scans the vocabulary, so a stop is checked first.
    interrupt.look()?;
    let mut left = options.most_lists;
    let expand = |leaf| {
        let limits = ExpansionLimits { pattern: options.most_expansions, left, query: options.most_lists };
        let expansion = Expansion::new(state, &fields, leaf, limits, interrupt)?;
        left = left.saturating_sub(expansion.terms.len());
        Ok(expansion)
    };
    let leaves = leaves.iter().map(expand).collect::<Result<_>>()?;
    let matcher = Matcher::new(query)?;
    let within: Option<Arc<[bool]>> = options
        .within
        .as_ref()
        .map(|within| state.sources().paths().map(|path| path::is_within(path, within)).collect());
    let searched = match options.duplicates {
        Duplicates::Once => searched_sources(state, within.as_ref(), &root),
        Duplicates::Keep => within.clone(),
    };
    Ok(Plan {
        root,
        leaves,
        units: unit_leaves.len(),
        unit_leaves,
        fields,
        filters,
        within,
        searched,
        scoped,
        asked,
        ranges: ScopeRanges::default(),
        matcher,
        most_lists: options.most_lists,
    })
}

/// The words of a phrase: for each the alternative leaves, `None` for a gap.
type Slots = Vec<Option<Vec<usize>>>;

/// The plan while it is built.
struct Compiler<'a> {
    state: &'a State,
    options: &'a SearchOptions,
    fields: Vec<Field>,
    leaves: Vec<Leaf>,
    /// The number of each leaf by its part of the query and its place there, so that one written twice is expanded once.
    leaf_numbers: HashMap<(Query, usize), usize>,
    /// For each unit, its leaves: [`Plan::unit_leaves`].
    unit_leaves: Vec<Vec<usize>>,
    filters: Vec<(Filter, Resolved)>,
    scoped: Vec<(Scope, Query)>,
    /// [`Plan::asked`].
    asked: Vec<([u8; 32], Arc<Topics>)>,
}

impl Compiler<'_> {
    /// Compiles a part of the query; it gets units if it is `scored`.
    fn part(&mut self, query: &Query, scored: bool) -> Result<Part> {
        Ok(match query {
            Query::Word(_)
            | Query::Wildcard(_)
            | Query::Regex(_)
            | Query::Inflected(_)
            | Query::Fuzzy { .. } => {
                let leaf = self.leaf(query)?;
                Part::Words { leaf, unit: self.unit(scored, vec![leaf]) }
            }
            Query::Phrase(parts) => self.phrase(parts, scored)?,
            // Whether a word is printed as asked, only the text tells: phrases look there.
            Query::Number(_) | Query::Exact(_) => self.phrase(std::slice::from_ref(query), scored)?,
            Query::And(parts) => Part::And(self.parts(parts, scored)?),
            Query::Or(parts) => Part::Or(self.parts(parts, scored)?),
            Query::Not(part) => Part::Not(Box::new(self.part(part, false)?)),
            // The proximity is one unit; its operands are none of their own.
            Query::Near { left, right, distance, ordered } => {
                let left = Box::new(self.part(left, false)?);
                let right = Box::new(self.part(right, false)?);
                let unit = self.unit(scored, [left.leaves(), right.leaves()].concat());
                Part::Near { left, right, distance: *distance, ordered: *ordered, unit }
            }
            Query::NotNear { left, right, distance } => {
                self.not_near(left, right, *distance, None, scored)?
            }
            Query::NotBeside { left, right, distance, side } => {
                self.not_near(left, right, *distance, Some(*side), scored)?
            }
            Query::Within { scope: Scope::Sentence, query } => {
                Part::Sentence(Box::new(self.part(query, scored)?))
            }
            Query::Within { scope: Scope::Paragraph, query } => {
                Part::Paragraph(Box::new(self.part(query, scored)?))
            }
            Query::Within { scope, query } => self.scoped_part(*scope, query, scored)?,
            Query::Filter(filter) => {
                let resolved = filter::resolve_typed(self.state, filter, self.options.codebook.as_ref())
                    .map_err(|error| error.about(query))?;
                self.filters.push((filter.clone(), resolved.clone()));
                self.filter(resolved)?
            }
            Query::All => Part::All,
            Query::Named(name) => {
                let written = format!("@{name}");
                let message =
                    format!("{written} is a name from a code book, and the search has no code book");
                let cure = "name the code book that defines it";
                let end = written.len();
                let error = QueryError::new(written, 0..end, message, cure);
                return Err(Error::from(error).of_kind(ErrorKind::Unsupported).about(query));
            }
            _ => {
                let message = format!("“{query}” cannot be searched for on its own; add a word next to it");
                return Err(Error::new(ErrorKind::Unsupported, message));
            }
        })
    }

    /// Compiles a query that must match in a theme chunk or report.
    ///
    /// The scope distributes over the operators: a chunk matches `a AND b` if it matches `a` and matches `b`, in
    /// whatever paragraphs, and likewise `OR` and `NOT`. So the scope is pushed down to the parts that a single
    /// paragraph answers, and only those become [`Part::Scoped`].
    fn scoped_part(&mut self, scope: Scope, query: &Query, scored: bool) -> Result<Part> {
        let mut each = |parts: &[Query]| {
            distinct(parts).map(|part| self.scoped_part(scope, part, scored)).collect::<Result<_>>()
        };
        Ok(match query {
            Query::And(parts) => Part::And(each(parts)?),
            Query::Or(parts) => Part::Or(each(parts)?),
            Query::Not(part) => Part::Not(Box::new(self.scoped_part(scope, part, false)?)),
            Query::All => Part::All,
            // A report that matches does so in each of its chunks, so the larger scope alone decides.
            Query::Within { scope: larger, query } if *larger >= scope => {
                self.scoped_part(*larger, query, scored)?
            }
            query => {
                let key = (scope, query.clone());
                let known = self.scoped.iter().position(|known| *known == key);
                let scoped = known.unwrap_or_else(|| {
                    self.scoped.push(key);
                    self.scoped.len() - 1
                });
                Part::Scoped { part: Box::new(self.part(query, scored)?), scoped }
            }
        })
    }

    /// Compiles a resolved filter.
    fn filter(&mut self, resolved: Resolved) -> Result<Part> {
        Ok(match resolved {
            Resolved::Sources(sources) => Part::Sources(sources),
            Resolved::Keywords(keywords) => Part::Keywords(keywords),
            Resolved::Topics(topics) => {
                let key = self.key_of(&topics);
                let kept = self.state.kept_documents();
                match kept.ask(key) {
                    KnownDocuments::New => self.topics(&topics)?,
                    KnownDocuments::Asked => {
                        self.asked.push((key, Arc::clone(&topics)));
                        self.topics(&topics)?
                    }
                    KnownDocuments::Kept(documents) => Part::Documents(documents),
                }
            }
            Resolved::Not(other) => Part::Not(Box::new(self.filter(*other)?)),
        })
    }

    /// Compiles the topics that a filter names.
    fn topics(&mut self, topics: &Topics) -> Result<Part> {
        let by_section = Part::Keywords(topics.sections.clone());
        let words = self.part(topics.matcher.query(), false)?;
        // An imprint is about no theme, whatever its words.
        let not_imprint = Part::Not(Box::new(Part::Keywords(vec![imprint_keyword()])));
        let by_words = Part::And(vec![words, not_imprint]);
        Ok(Part::Unscored(Box::new(Part::Or(vec![by_section, by_words]))))
    }

    /// The key of the documents of topics: all that decides which they are in one state of the index.
    fn key_of(&self, topics: &Topics) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        let SearchOptions { body, tables, notes, .. } = *self.options;
        hasher.update(&[u8::from(body), u8::from(tables), u8::from(notes)]);
        for section in &topics.sections {
            hasher.update(section.as_bytes()).update(&[0]);
        }
        hasher.update(topics.matcher.query().to_string().as_bytes());
        hasher.finalize().into()
    }

    fn parts(&mut self, parts: &[Query], scored: bool) -> Result<Vec<Part>> {
        distinct(parts).map(|part| self.part(part, scored)).collect()
    }

    fn not_near(
        &mut self,
        left: &Query,
        right: &Query,
        distance: u32,
        side: Option<Side>,
        scored: bool,
    ) -> Result<Part> {
        let left = Box::new(self.part(left, false)?);
        // The right operand never occurs in a match, so its rarity does not count.
        let unit = self.unit(scored, left.leaves());
        let right = Box::new(self.part(right, false)?);
        Ok(Part::NotNear { left, right, distance, side, unit })
    }

    /// The phrase of some parts, or if a part may stand in several ways, one for each.
    fn phrase(&mut self, parts: &[Query], scored: bool) -> Result<Part> {
        let mut phrases: Vec<Slots> = vec![Vec::new()];
        for part in parts {
            let ways = self.ways(part)?;
            let longer =
                |phrase: &Slots| ways.iter().map(|way| [phrase.as_slice(), way].concat()).collect::<Vec<_>>();
            phrases = phrases.iter().flat_map(longer).collect();
        }
        let mut phrase = |slots: Slots| {
            let leaves = slots.iter().flatten().flatten().copied().collect();
            Part::Phrase { slots, unit: self.unit(scored, leaves) }
        };
        let mut all: Vec<Part> = phrases.into_iter().map(&mut phrase).collect();
        Ok(match all.pop() {
            Some(only) if all.is_empty() => only,
            last => Part::Or(all.into_iter().chain(last).collect()),
        })
    }

    /// The ways in which a part of a phrase may stand: for each of its words the alternative leaves, `None` for a gap, which
    /// any word fills.
    fn ways(&mut self, part: &Query) -> Result<Vec<Slots>> {
        match part {
            Query::Gap => Ok(vec![vec![None]]),
            Query::Or(parts) => {
                let (mut one_word, mut ways) = (Vec::new(), Vec::new());
                for part in parts {
                    for way in self.leaf_ways(part)? {
                        match way.as_slice() {
                            [Some(leaves)] => one_word.extend(leaves),
                            _ => ways.push(way),
                        }
                    }
                }
                if !one_word.is_empty() {
                    ways.insert(0, vec![Some(one_word)]);
                }
                Ok(ways)
            }
            one => self.leaf_ways(one),
        }
    }

    /// The number of the leaf for a word or pattern.
    fn leaf(&mut self, query: &Query) -> Result<usize> {
        if let [way] = self.leaf_ways(query)?.as_slice()
            && let [Some(leaves)] = way.as_slice()
            && let [leaf] = leaves.as_slice()
        {
            return Ok(*leaf);
        }
        let message = format!("“{query}” has several words where one is taken");
        Err(Error::new(ErrorKind::Unsupported, message))
    }

    /// The ways of a part that is no group: for each of its words the number of the leaf, `None` for a gap.
    fn leaf_ways(&mut self, query: &Query) -> Result<Vec<Slots>> {
        if let Some(known) = self.leaf_numbers.get(&(query.clone(), 0))
            && !matches!(query, Query::Number(_) | Query::Exact(_))
        {
            return Ok(vec![vec![Some(vec![*known])]]);
        }
        let ways = Leaf::ways_of(query).map_err(|error| Error::from(error).about(query))?;
        let mut place = 0;
        let mut number = |leaf: Leaf| {
            let next = self.leaves.len();
            let number = *self.leaf_numbers.entry((query.clone(), place)).or_insert(next);
            if number == next {
                self.leaves.push(leaf);
            }
            place += 1;
            vec![number]
        };
        Ok(ways.into_iter().map(|way| way.into_iter().map(|leaf| leaf.map(&mut number)).collect()).collect())
    }

    /// The number of a new unit over these leaves, if the part is `scored`.
    fn unit(&mut self, scored: bool, leaves: Vec<usize>) -> Option<usize> {
        scored.then(|| {
            self.unit_leaves.push(leaves);
            self.unit_leaves.len() - 1
        })
    }
}

/// The operands of an `AND` or `OR` without repetitions: one written twice must not count or score twice.
fn distinct(parts: &[Query]) -> impl Iterator<Item = &Query> {
    let mut seen = HashSet::new();
    parts.iter().filter(move |part| seen.insert(*part))
}
