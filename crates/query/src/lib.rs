//! Words, the query tree, its parser and the pure matcher. Pure: no files, no index.

pub mod analyse;
mod query;

pub use query::{Field, Filter, Query, Scope, Value};
