//! Evaluates a [`Plan`](crate::search::plan::Plan) over the postings of one segment.
//!
//! [`open`] turns each part of the plan into a [`Scorer`], which answers two questions at different costs:
//! `Scorer::seek` finds the next document that may match and decodes document numbers alone;
//! `Scorer::count_occurrences` and `Scorer::find_occurrences` decide whether one document matches and decode
//! frequencies and, where needed, positions. A conjunction seeks by its rarest part first.
//!
//! Every paragraph is a document of the engine, and so is every source, just before its paragraphs. Only paragraphs
//! have words.

mod block_max;
mod docs;
mod frequencies;
mod min_heap;
mod open;
mod phrase;
mod posting_list;
mod scorer;
mod texts;
mod union;
mod window;
mod window_size;

pub(super) use block_max::BlockMax;
pub(super) use docs::SourceDocs;
pub(super) use frequencies::Frequencies;
pub(super) use open::{Needed, open, open_near};
pub(super) use scorer::{Scorer, SingleWord, max_near_occurrences};
pub(super) use union::Union;
