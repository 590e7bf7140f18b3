#![doc = include_str!("../README.md")]

mod compare;
mod concepts;
mod follow;
mod item;
mod judging;
mod label;
mod matching;
mod model;
mod pairs;
mod part;
mod polarity;
mod similar;
mod stem;
mod term;
mod thesaurus;
mod verdict;

pub use compare::{CodeComparison, Comparison, Side, compare};
pub use concepts::Concepts;
pub use follow::{Blanket, Candidate, ConceptRow, FollowUp, Followed, GradeChange, follow};
pub use item::{Request, requests};
pub use label::Outcome;
pub use model::Model;
pub use pairs::{NamedReport, Pair, PairsError, pairs, path_of};
pub use part::FollowedPart;
pub use similar::{Similar, SimilarParagraphs, similar};
pub use verdict::FollowVerdict;
