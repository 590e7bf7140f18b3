//! The query language of Quotable: text analysis, the query tree, its parser, and the matcher. This crate defines the
//! meaning of a query; it opens no files and knows no index.
//!
//! - [`analyse`] splits text into words and folds them: one analyser for indexing, querying and locating.
//! - [`Query`] is the tree. It is [parsed](parse()) from text or built by hand, and prints as text that parses to the
//!   same query. Every fault is a [`QueryError`] with its place and a cure. [`syntax`] describes the language.
//! - [`Matcher`] finds a query in a [`Text`]: whether it matches, every occurrence, and the words to highlight.
//!   [`matcher`] has the rest: positions from an index, whole reports. [`interval`] has the algebra that it uses.
//! - [`Leaf`] tests single words, so that an index expands wildcards and the like as the matcher does.
//! - [`Glob`] matches names with wildcards, and [`nearest`] finds names to offer for a mistyped one.
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
mod function_words;
mod glob;
pub mod interval;
mod leaf;
mod locate;
pub mod matcher;
mod nearest;
mod normalise;
mod number_forms;
mod origin;
mod parse;
mod printed;
mod query;
mod regex;
mod resolve;
mod sentence;
mod text;
mod value;

#[doc = include_str!("../SYNTAX.md")]
pub mod syntax {}

// Compiles the example of the README.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
mod readme {}

pub use check::Limits;
pub use error::QueryError;
pub use field::{NotAField, NotAScope};
pub use function_words::is_function_word;
pub use glob::Glob;
pub use leaf::Leaf;
pub use matcher::{Found, Matcher, Span};
pub use nearest::nearest;
pub use parse::{Reading, parse, read, spanned_parts};
pub use query::{Field, Filter, Query, Scope, Side, Value};
pub use text::{LetterRuns, Text};
