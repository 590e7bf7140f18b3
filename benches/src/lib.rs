//! What the programs under `benches/` share.
//!
//! `evaluate` measures quality: it answers the questions of truth files, for scorers of their own to judge.
//! `reading` measures how fast files are read and understood.
//! `engines` puts ours and others to the same work on a generated corpus.
//! `load` does so for a corpus and queries of one's own, `process` for the whole command, `refresh` for a folder in which
//! nothing changed.
//! `generate` writes corpora of any size, and `shape` says how like real reports they are.

pub mod clock;
pub mod engines;
pub mod files;
pub mod generate;
pub mod run;
pub mod shape;
pub mod themes;
pub mod truth;
