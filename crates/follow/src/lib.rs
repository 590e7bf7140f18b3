#![doc = include_str!("../README.md")]

mod concepts;
mod follow;
mod item;
mod label;
mod matching;
mod model;
mod pairs;
mod polarity;
mod similar;
mod stem;
mod thesaurus;
mod verdict;

pub use concepts::Concepts;
pub use follow::{Blanket, Candidate, ConceptRow, FollowUp, Followed, GradeChange, follow};
pub use item::{Request, requests};
pub use label::Outcome;
pub use model::Model;
pub use pairs::{NamedReport, Pair, PairsError, pairs};
pub use similar::{Similar, SimilarParagraphs, similar};
pub use verdict::FollowVerdict;
