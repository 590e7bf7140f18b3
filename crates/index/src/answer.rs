//! Turns matching paragraphs into answers: counts, groups, chunks, concordances, explanations. Does not use tantivy: all
//! access to the engine goes through `search` and `store`.

pub(crate) mod chunk;
pub(crate) mod code_counts;
pub(crate) mod concordance;
pub(crate) mod count;
pub(crate) mod coverage;
pub mod explain;
pub(crate) mod extent;
pub(crate) mod facet;
pub(crate) mod group;
pub(crate) mod hint;
pub(crate) mod in_scope;
pub(crate) mod provenance;
pub(crate) mod reports;
pub(crate) mod selector;
pub(crate) mod unjudged;
