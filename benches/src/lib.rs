//! What the programs under `benches/` share.
//!
//! `evaluate` measures quality: it answers the questions of truth files, for scorers of their own to judge. `mutations` changes real
//! sentences in known ways and counts what of it a check flags as what it is.

pub mod quotations;
pub mod themes;
pub mod truth;
