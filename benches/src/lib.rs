//! What the programs under `benches/` share.
//!
//! `evaluate` measures quality: it answers the questions of truth files, for scorers of their own to judge.
//! `reading` measures how fast files are read and understood.
//! `together` searches beside a refresh, and holds every answer to what was committed.

pub mod clock;
pub mod files;
pub mod themes;
pub mod truth;
