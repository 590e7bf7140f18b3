//! Compiles a query to the tree that is evaluated.

use std::collections::HashMap;

use super::Condition;
use crate::check::alternative_fault;
use crate::error::Fault;
use crate::leaf::Leaf;
use crate::query::{Filter, Query, Scope, Side};

/// A node that holds or not, of a paragraph or of a sentence.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Spans(Spans),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    /// Holds if the child holds in some sentence.
    Sentence(Box<Node>),
    /// Holds if the child holds in the paragraph, even inside a sentence scope.
    Paragraph(Box<Node>),
    /// Holds if the child holds in some paragraph of the theme chunk or report.
    Wide {
        scope: Scope,
        query: Query,
        node: Box<Node>,
    },
    Filter(Filter),
    All,
}

/// A node that has occurrences: words, phrases and windows.
#[derive(Debug, Clone)]
pub(super) enum Spans {
    /// The index of a leaf.
    Leaf(usize),
    /// For each word of the phrase the leaves that match it; none for a gap.
    Phrase(Vec<Vec<usize>>),
    Or(Vec<Spans>),
    Near {
        left: Box<Spans>,
        right: Box<Spans>,
        distance: u32,
        ordered: bool,
    },
    NotNear {
        left: Box<Spans>,
        right: Box<Spans>,
        distance: u32,
        /// Where the right must not be; both sides if `None`.
        side: Option<Side>,
    },
}

impl Spans {
    /// True if an occurrence may have words between its own that are not part of it.
    pub(super) fn has_holes(&self) -> bool {
        match self {
            Self::Leaf(_) | Self::Phrase(_) => false,
            Self::Or(parts) => parts.iter().any(Self::has_holes),
            Self::Near { .. } => true,
            Self::NotNear { left, .. } => left.has_holes(),
        }
    }
}

impl Node {
    /// True if the node gives occurrences when it holds.
    pub(super) fn has_occurrences(&self) -> bool {
        match self {
            Self::Spans(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::has_occurrences),
            Self::Sentence(node) | Self::Paragraph(node) | Self::Wide { node, .. } => node.has_occurrences(),
            Self::Not(_) | Self::Filter(_) | Self::All => false,
        }
    }

    /// Adds the conditions under this node, in the order in which they are written.
    pub(super) fn conditions<'n>(&'n self, all: &mut Vec<Condition<'n>>) {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.conditions(all)),
            Self::Not(node) | Self::Sentence(node) | Self::Paragraph(node) => node.conditions(all),
            Self::Wide { scope, query, node } => {
                all.push(Condition::Within { scope: *scope, query });
                node.conditions(all);
            }
            Self::Filter(filter) => all.push(Condition::Filter(filter)),
            Self::Spans(_) | Self::All => {}
        }
    }
}

#[derive(Default)]
pub(super) struct Compiler {
    pub(super) leaves: Vec<Leaf>,
    /// The index of each leaf by its part of the query and its number there, so that equal leaves are tested once.
    leaf_indices: HashMap<(Query, usize), usize>,
}

impl Compiler {
    pub(super) fn node(&mut self, query: &Query) -> Result<Node, Fault> {
        Ok(match query {
            Query::And(parts) => Node::And(self.nodes(parts)?),
            Query::Or(parts) => Node::Or(self.nodes(parts)?),
            Query::Not(part) => Node::Not(Box::new(self.node(part)?)),
            Query::Within { scope: Scope::Sentence, query } => Node::Sentence(Box::new(self.node(query)?)),
            Query::Within { scope: Scope::Paragraph, query } => Node::Paragraph(Box::new(self.node(query)?)),
            Query::Within { scope, query } => self.wide(*scope, query)?,
            Query::Filter(filter) => Node::Filter(filter.clone()),
            Query::All => Node::All,
            spans => Node::Spans(self.spans(spans)?),
        })
    }

    fn nodes(&mut self, queries: &[Query]) -> Result<Vec<Node>, Fault> {
        queries.iter().map(|query| self.node(query)).collect()
    }

    /// Compiles a scope wider than the paragraph. A conjunction holds in a unit if each part does, and likewise for the
    /// other operators, so the scope is pushed down to the parts that a single paragraph decides.
    fn wide(&mut self, scope: Scope, query: &Query) -> Result<Node, Fault> {
        let mut all =
            |parts: &[Query]| parts.iter().map(|part| self.wide(scope, part)).collect::<Result<_, Fault>>();
        Ok(match query {
            Query::And(parts) => Node::And(all(parts)?),
            Query::Or(parts) => Node::Or(all(parts)?),
            Query::Not(part) => Node::Not(Box::new(self.wide(scope, part)?)),
            Query::All => Node::All,
            // A larger unit contains the smaller one, so its scope alone decides.
            Query::Within { scope: larger, query } if *larger >= scope => self.wide(*larger, query)?,
            // The query goes to the condition, for whoever decides it; the node finds the occurrences here.
            query => Node::Wide { scope, query: query.clone(), node: Box::new(self.node(query)?) },
        })
    }

    fn spans(&mut self, query: &Query) -> Result<Spans, Fault> {
        Ok(match query {
            Query::Phrase(parts) => self.phrase(parts)?,
            Query::Number(_) | Query::Exact(_) => self.phrase(std::slice::from_ref(query))?,
            Query::Or(parts) => {
                Spans::Or(parts.iter().map(|part| self.spans(part)).collect::<Result<_, _>>()?)
            }
            Query::Near { left, right, distance, ordered } => Spans::Near {
                left: Box::new(self.spans(left)?),
                right: Box::new(self.spans(right)?),
                distance: *distance,
                ordered: *ordered,
            },
            Query::NotNear { left, right, distance } => Spans::NotNear {
                left: Box::new(self.spans(left)?),
                right: Box::new(self.spans(right)?),
                distance: *distance,
                side: None,
            },
            Query::NotBeside { left, right, distance, side } => Spans::NotNear {
                left: Box::new(self.spans(left)?),
                right: Box::new(self.spans(right)?),
                distance: *distance,
                side: Some(*side),
            },
            Query::Named(name) => {
                return Err(Fault::new(
                    format!("the name @{name} has no code book"),
                    "give the code book that has the name",
                ));
            }
            leaf => Spans::Leaf(self.leaf(leaf)?),
        })
    }

    /// The phrase of some parts, or if a part may stand in several ways, one for each.
    fn phrase(&mut self, parts: &[Query]) -> Result<Spans, Fault> {
        let mut phrases: Vec<Vec<Vec<usize>>> = vec![Vec::new()];
        for part in parts {
            let ways = self.ways(part)?;
            let longer = |phrase: &Vec<Vec<usize>>| {
                ways.iter().map(|way| [phrase.as_slice(), way].concat()).collect::<Vec<_>>()
            };
            phrases = phrases.iter().flat_map(longer).collect();
        }
        let spans = |slots: Vec<Vec<usize>>| match slots.as_slice() {
            [leaves] if leaves.len() == 1 => Spans::Leaf(leaves[0]),
            _ => Spans::Phrase(slots),
        };
        let mut all: Vec<Spans> = phrases.into_iter().map(spans).collect();
        Ok(match all.pop() {
            Some(only) if all.is_empty() => only,
            last => Spans::Or(all.into_iter().chain(last).collect()),
        })
    }

    /// The ways in which a part of a phrase may stand: for each of its words the leaves that match it, none for a gap.
    fn ways(&mut self, part: &Query) -> Result<Vec<Vec<Vec<usize>>>, Fault> {
        match part {
            Query::Gap => Ok(vec![vec![Vec::new()]]),
            Query::Or(words) => {
                let (mut one_word, mut ways) = (Vec::new(), Vec::new());
                for word in words {
                    for way in self.leaf_ways(word)? {
                        match way.as_slice() {
                            [slot] => one_word.extend(slot),
                            _ => ways.push(way),
                        }
                    }
                }
                if !one_word.is_empty() {
                    ways.insert(0, vec![one_word]);
                }
                Ok(ways)
            }
            part => self.leaf_ways(part),
        }
    }

    /// The index of the leaf of a part that is one word.
    fn leaf(&mut self, query: &Query) -> Result<usize, Fault> {
        match self.leaf_ways(query)?.as_slice() {
            [way] => match way.as_slice() {
                [slot] if slot.len() == 1 => Ok(slot[0]),
                _ => Err(alternative_fault()),
            },
            _ => Err(alternative_fault()),
        }
    }

    /// The ways of a part that is no group: for each of its words the index of the leaf, none for a gap.
    fn leaf_ways(&mut self, query: &Query) -> Result<Vec<Vec<Vec<usize>>>, Fault> {
        if let Some(index) = self.leaf_indices.get(&(query.clone(), 0))
            && !matches!(query, Query::Number(_) | Query::Exact(_))
        {
            return Ok(vec![vec![vec![*index]]]);
        }
        let mut number = 0;
        let mut ways = Vec::new();
        for way in Leaf::compile_ways(query)? {
            let mut slots = Vec::with_capacity(way.len());
            for leaf in way {
                let Some(leaf) = leaf else {
                    slots.push(Vec::new());
                    continue;
                };
                let index = *self.leaf_indices.entry((query.clone(), number)).or_insert(self.leaves.len());
                if index == self.leaves.len() {
                    self.leaves.push(leaf);
                }
                slots.push(vec![index]);
                number += 1;
            }
            ways.push(slots);
        }
        Ok(ways)
    }
}
