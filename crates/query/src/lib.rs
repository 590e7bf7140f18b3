//! Words, the query tree, its parser and the pure matcher. Pure: no files, no index.

pub mod analyse;
mod check;
mod construct;
mod display;
mod error;
mod field;
pub mod interval;
mod leaf;
pub mod matcher;
mod normalise;
mod parse;
mod query;
mod resolve;
mod text;

pub use check::Limits;
pub use error::QueryError;
pub use leaf::Leaf;
pub use matcher::{Found, Matcher, Span};
pub use parse::parse;
pub use query::{Field, Filter, Query, Scope, Value};
pub use text::Text;
