//! What the programs under `benches/` share.
//!
//! `evaluate` measures quality: it answers the questions of truth files, for scorers of their own to judge. `mutations`
//! changes real sentences in known ways and counts what a check flags as what it is. `checks` measures how many quotations
//! are checked a second, `reading` how fast files are read and understood. `together` searches beside a refresh, and holds
//! every answer to what was committed.

pub mod clock;
pub mod files;
pub mod quotations;
pub mod themes;
pub mod truth;
