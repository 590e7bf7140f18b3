//! From a query to what is evaluated.

use std::collections::HashMap;

use super::Condition;
use crate::error::Fault;
use crate::leaf::Leaf;
use crate::query::{Filter, Query, Scope};

/// What holds or not, of a paragraph or a part of it.
#[derive(Debug, Clone)]
pub(super) enum Node {
    Spans(Spans),
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    /// One sentence must satisfy it.
    Sentence(Box<Node>),
    /// The whole paragraph must, wherever this stands.
    Paragraph(Box<Node>),
    /// Some paragraph of the theme chunk or report must.
    Wide {
        scope: Scope,
        query: Query,
        node: Box<Node>,
    },
    Filter(Filter),
    All,
}

/// What occurs as intervals.
#[derive(Debug, Clone)]
pub(super) enum Spans {
    /// By its number among the leaves.
    Leaf(usize),
    /// Each slot by the leaves that fit it; a gap has none.
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
    },
}

impl Node {
    /// True if it gives occurrences where it holds.
    pub(super) fn counts(&self) -> bool {
        match self {
            Self::Spans(_) => true,
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::counts),
            Self::Sentence(node) | Self::Paragraph(node) | Self::Wide { node, .. } => node.counts(),
            Self::Not(_) | Self::Filter(_) | Self::All => false,
        }
    }

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
    /// Their numbers.
    known: HashMap<Query, usize>,
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

    /// A unit holds a conjunction if it holds each part, and so on: so the scope goes down to the parts that
    /// some single paragraph answers.
    fn wide(&mut self, scope: Scope, query: &Query) -> Result<Node, Fault> {
        let mut all =
            |parts: &[Query]| parts.iter().map(|part| self.wide(scope, part)).collect::<Result<_, Fault>>();
        Ok(match query {
            Query::And(parts) => Node::And(all(parts)?),
            Query::Or(parts) => Node::Or(all(parts)?),
            Query::Not(part) => Node::Not(Box::new(self.wide(scope, part)?)),
            Query::All => Node::All,
            // What holds of the larger unit holds of every smaller one in it.
            Query::Within { scope: larger, query } if *larger >= scope => self.wide(*larger, query)?,
            query => Node::Wide { scope, query: query.clone(), node: Box::new(self.node(query)?) },
        })
    }

    fn spans(&mut self, query: &Query) -> Result<Spans, Fault> {
        Ok(match query {
            Query::Phrase(parts) => {
                Spans::Phrase(parts.iter().map(|part| self.slot(part)).collect::<Result<_, _>>()?)
            }
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
            },
            Query::Named(name) => {
                return Err(Fault::new(
                    format!("@{name} is not resolved"),
                    "give the code book that holds the name",
                ));
            }
            leaf => Spans::Leaf(self.leaf(leaf)?),
        })
    }

    fn slot(&mut self, part: &Query) -> Result<Vec<usize>, Fault> {
        match part {
            Query::Gap => Ok(Vec::new()),
            Query::Or(words) => words.iter().map(|word| self.leaf(word)).collect(),
            word => Ok(vec![self.leaf(word)?]),
        }
    }

    fn leaf(&mut self, query: &Query) -> Result<usize, Fault> {
        if let Some(known) = self.known.get(query) {
            return Ok(*known);
        }
        let number = self.leaves.len();
        self.leaves.push(Leaf::compile(query)?);
        self.known.insert(query.clone(), number);
        Ok(number)
    }
}
