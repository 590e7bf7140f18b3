//! How results are shown. Text from documents is never trusted here: see [`safe`].

pub(crate) mod checks;
pub(crate) mod columns;
pub(crate) mod concordance;
pub(crate) mod counts;
pub(crate) mod csv;
pub(crate) mod excerpt;
pub(crate) mod explanation;
pub(crate) mod hits;
pub(crate) mod jsonl;
pub(crate) mod markdown;
pub(crate) mod number;
pub(crate) mod outline;
pub(crate) mod page;
pub(crate) mod paint;
pub(crate) mod paragraphs;
pub(crate) mod record;
pub(crate) mod rows;
pub(crate) mod safe;
pub(crate) mod sources;
pub(crate) mod structure;
pub(crate) mod table;
pub(crate) mod themes;
pub(crate) mod verification;
pub(crate) mod wrap;
