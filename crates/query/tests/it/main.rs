//! Properties of the public interface that must hold for every query and every text.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod definition;
mod matching;
mod parsing;
mod syntax;
mod trees;
