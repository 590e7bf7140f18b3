//! Words, the query tree, its parser and the pure matcher. Pure: no files, no index.

pub mod analyse;
mod check;
mod construct;
mod display;
mod error;
mod field;
mod leaf;
mod normalise;
mod parse;
mod query;

pub use check::Limits;
pub use error::QueryError;
pub use leaf::Leaf;
pub use parse::parse;
pub use query::{Field, Filter, Query, Scope, Value};
