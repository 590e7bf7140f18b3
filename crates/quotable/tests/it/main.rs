//! The index through its public API.

mod layering;
mod lock;
mod properties;
mod refresh;
mod search;
mod shelf;
mod traits;
mod worker;
mod writer;
