//! The index through its public API.

mod layering;
mod lock;

mod search;
mod shelf;
mod traits;

mod writer;
