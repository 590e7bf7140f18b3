//! The crate through its public interface: what must hold of every query and every text.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod definition;
mod matching;
mod parsing;
mod syntax;
mod trees;
