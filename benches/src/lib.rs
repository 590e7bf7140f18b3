//! What the programs under `benches/` share.
//!
//! `evaluate` measures quality: it answers the questions of truth files, for scorers of their own to judge.

pub mod themes;
pub mod truth;
