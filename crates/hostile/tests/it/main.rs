//! What is compiled into the command, and on what terms.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod supply;
