//! From a query to paragraphs: compile, evaluate over postings, score, order.

pub(crate) mod collect;
pub(crate) mod compile;
pub(crate) mod compiled;
pub(crate) mod evaluate;
pub(crate) mod expansion;
pub(crate) mod fetch;
pub(crate) mod filter;
pub(crate) mod found;
pub(crate) mod hit;
pub(crate) mod intervals;
pub(crate) mod keyword_numbers;
pub(crate) mod keyword_values;
pub(crate) mod options;
pub(crate) mod order;
pub(crate) mod plan;
pub(crate) mod ranges;
pub(crate) mod scan;
pub(crate) mod scope;
pub(crate) mod score;
pub(crate) mod stream;
pub(crate) mod tally;
pub(crate) mod top;
pub(crate) mod unit;
pub(crate) mod words;
