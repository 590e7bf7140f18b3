//! The answers of each kind, by the records and rows of `quotable-export`.

pub(crate) mod book;
pub(crate) mod checks;
pub(crate) mod chunks;
pub(crate) mod codes;
pub(crate) mod compared;
pub(crate) mod counts;
pub(crate) mod followed;
pub(crate) mod hits;
pub(crate) mod lines;
pub(crate) mod paragraphs;
pub(crate) mod series;
pub(crate) mod sources;
pub(crate) mod used;
pub(crate) mod words;
