//! The supply chain: licences, sources and Rust versions of all dependencies.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod supply;
