//! A plan run over the postings of one segment.
//!
//! Each part of the query gives the next paragraph that may match, which costs document numbers alone, and says of
//! one paragraph whether it does match, with its occurrences, which costs positions. A conjunction goes from
//! candidate to candidate of its rarest part.

mod block_max;
mod dense;
mod docs;
mod frequencies;
mod many;
mod max_score;
mod min_heap;
mod open;
mod or;
mod phrase;
mod posting;
mod scorer;
mod union;
mod window;
mod windowed;
mod word;

pub(crate) use block_max::BlockMax;
pub(crate) use docs::SourceDocs;
pub(crate) use frequencies::Frequencies;
pub(crate) use max_score::max_windows;
pub(crate) use open::{Needed, open, open_near};
pub(crate) use scorer::{Match, Scorer};
pub(crate) use union::Union;
pub(crate) use word::Word;
