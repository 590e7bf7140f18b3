//! Code books: what is refused, what is labelled, and what a search does with them.

mod builtin;
mod refused;
mod used;
