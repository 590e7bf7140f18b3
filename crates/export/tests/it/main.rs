//! Records, rows and formats, held to `FORMATS.md`.
#![allow(clippy::unwrap_used, reason = "clippy allows unwrap in test functions, but not in their helpers")]

mod columns;
mod corpus;
mod engine;
mod follow;
mod formats_page;
mod hostile;
mod records;
mod translate;
