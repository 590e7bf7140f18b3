//! What the programs under `benches/` share.
//!
//! `evaluate` measures quality: it answers the questions of truth files, for scorers of their own to judge.
//! `reading` measures how fast files are read and understood. `hostile` tries the command on files that are out to do
//! harm, and `fuzz` the libraries on input without end.

pub mod clock;
pub mod files;
pub mod fuzz;
pub mod memory;
pub mod themes;
pub mod truth;
