//! Integration tests of the public API.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod best;
mod bounds;
mod check;
mod chunks;
mod codebook;
mod concordance;
#[cfg(unix)]
mod confined;
mod copies;
mod counts;
#[cfg(unix)]
mod exchanged;
mod explain;
mod fixtures;
mod format;
mod hints;
mod layering;
mod lent;
mod lock;
mod names;
mod places;
mod properties;
mod real;
mod refresh;
mod sample;
mod search;
#[cfg(unix)]
mod special_files;
mod speed;
mod traits;
mod verify;
mod whole_corpus;
mod worker;
mod writer;
