//! Code books: errors, labels, and use in searches.

mod builtin;
mod refused;
mod used;
