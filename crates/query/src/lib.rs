//! Words, the query language, and the pure matcher. No files and no index: this crate says what a query means.
//!
//! - [`analyse`] says what a word is and where it stands: one analyser for indexing, querying and locating.
//! - [`Query`] is the tree. It is [parsed](parse()) from text or built by hand, prints as what reads the same, and
//!   every fault is a [`QueryError`] with its place and a cure. The language is described in [`syntax`].
//! - [`Matcher`] finds a query in a [`Text`]: whether it matches, every occurrence, and what to mark.
//!   [`matcher`] has the rest: positions from an index, whole reports. [`interval`] is the algebra below.
//! - [`Leaf`] says which words a part of a query stands for, so that an index expands it as the matcher does.
//!
//! ```
//! use quotable_query::{Matcher, Query, Text};
//!
//! let query: Query = r#""care leavers" (unallocated OR "not * allocated")"#.parse()?;
//! let matcher = Matcher::new(&query)?;
//!
//! let text = "Too many care leavers are not yet allocated to an adviser.";
//! let found = matcher.find(&Text::new(text));
//! let quoted: Vec<&str> = found.occurrences.iter().map(|span| &text[span.bytes.clone()]).collect();
//! assert_eq!(quoted, ["care leavers", "not yet allocated"]);
//! # Ok::<(), quotable_query::QueryError>(())
//! ```

pub mod analyse;
mod chars;
mod check;
mod construct;
mod display;
mod error;
mod field;
mod glob;
pub mod interval;
mod leaf;
mod locate;
pub mod matcher;
mod nearest;
mod normalise;
mod origin;
mod parse;
mod query;
mod regex;
mod resolve;
mod text;
mod value;

#[doc = include_str!("../SYNTAX.md")]
pub mod syntax {}

pub use check::Limits;
pub use error::QueryError;
pub use glob::Glob;
pub use leaf::Leaf;
pub use matcher::{Found, Matcher, Span};
pub use nearest::nearest;
pub use parse::{parse, spanned_parts};
pub use query::{Field, Filter, Query, Scope, Value};
pub use text::Text;
