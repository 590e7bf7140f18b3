//! A plan run over the postings of one segment.
//!
//! Each part of the query gives the next paragraph that may match, which costs document numbers alone, and says of
//! one paragraph whether it does match, with its occurrences, which costs positions. A conjunction goes from
//! candidate to candidate of its rarest part.

mod docs;
mod front;
mod many;
mod node;
mod open;
mod or;
mod phrase;
mod union;

pub(crate) use docs::Runs;
pub(crate) use node::Standing;
pub(crate) use open::open;
pub(crate) use union::Union;
