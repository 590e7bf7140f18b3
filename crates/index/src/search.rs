//! From a query to paragraphs: compile, evaluate over postings, score, order.
//!
//! [`compile`] turns the query tree into a [`plan`], with filters resolved and patterns expanded to the words of the
//! vocabulary. [`evaluate`] runs the plan over the postings of each segment, [`scan`] and [`top`] drive it, [`score`]
//! holds BM25 and [`order`] the order of hits.

mod collect;
mod compile;
pub(crate) mod compiled;
mod evaluate;
pub(crate) mod expansion;
pub(crate) mod fetch;
pub(crate) mod filter;
pub(crate) mod forward;
pub(crate) mod found;
pub(crate) mod hit;
mod intervals;
pub(crate) mod keyword_numbers;
pub(crate) mod keyword_values;
pub(crate) mod named_field;
mod occurrences;
pub(crate) mod options;
pub(crate) mod order;
mod plan;
mod ranges;
pub(crate) mod sample;
mod scan;
mod scope;
mod score;
mod searched;
pub(crate) mod stream;
pub(crate) mod subcorpus;
pub(crate) mod tally;
pub(crate) mod theme_chunk;
pub(crate) mod top;
pub(crate) mod words;
