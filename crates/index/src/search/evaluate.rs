//! A plan run over the postings of one segment.
//!
//! Each part of the query gives the next paragraph that may match, which costs document numbers alone, and says of
//! one paragraph whether it does match, with its occurrences, which costs positions. A conjunction goes from
//! candidate to candidate of its rarest part.

mod ceiling;
mod dense;
mod docs;
mod flat;
mod front;
mod many;
mod node;
mod often;
mod open;
mod or;
mod peaks;
mod phrase;
mod posting;
mod union;
mod window;
mod word;

pub(crate) use ceiling::most_windows;
pub(crate) use docs::Runs;
pub(crate) use node::{Node, Standing};
pub(crate) use often::Often;
pub(crate) use open::{Known, open, open_near};
pub(crate) use peaks::Peaks;
pub(crate) use union::Union;
pub(crate) use word::Word;
