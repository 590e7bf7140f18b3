//! Text for a terminal: wrapped, coloured, in columns. All other formats are written by `quotable-export`.
//!
//! Text of a document is never trusted: whatever goes to a terminal passes through `quotable_export::escape`, mostly
//! in [`wrap`](wrap::wrap).

pub(crate) mod checks;
pub(crate) mod chunks;
pub(crate) mod concordance;
pub(crate) mod examples;
pub(crate) mod explanation;
pub(crate) mod follow;
pub(crate) mod hits;
pub(crate) mod outline;
pub(crate) mod page;
pub(crate) mod paint;
pub(crate) mod paragraphs;
pub(crate) mod similar;
pub(crate) mod sources;
pub(crate) mod status;
pub(crate) mod structure;
pub(crate) mod table;
pub(crate) mod verification;
pub(crate) mod width;
pub(crate) mod wrap;
