//! What the programs under `benches/` share.
//!
//! `evaluate` measures quality: it answers the questions of truth files, for scorers of their own to judge.
//! `reading` measures how fast files are read and understood.
//! `engines` puts ours and others to the same work on a generated corpus.
//! `generate` writes corpora of any size, and `shape` says how like real reports they are.

pub mod clock;
pub mod engines;
pub mod files;
pub mod generate;
pub mod run;
pub mod shape;
pub mod themes;
pub mod truth;
