//! Turns matching paragraphs into answers: counts, groups, chunks, concordances, explanations. Does not use tantivy: all
//! access to the engine goes through `search` and `store`.

pub(crate) mod chunk;
pub(crate) mod code_counts;
pub(crate) mod collocates;
pub(crate) mod concordance;
pub(crate) mod count;
pub(crate) mod coverage;
pub(crate) mod dispersal;
pub mod explain;
pub(crate) mod extent;
pub(crate) mod facet;
pub(crate) mod group;
pub(crate) mod hint;
pub(crate) mod in_scope;
pub(crate) mod keywords;
pub(crate) mod left_out;
pub(crate) mod ngrams;
pub(crate) mod provenance;
pub(crate) mod reports;
pub(crate) mod selector;
pub(crate) mod sequences;
pub(crate) mod trend;
pub(crate) mod unjudged;
