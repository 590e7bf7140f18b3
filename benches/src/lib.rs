//! What the programs under `benches/` share.
//!
//! Of quality: `evaluate` answers the questions of truth files, for scorers of their own to judge; `mutations` changes
//! real sentences in known ways and counts what a check flags as what it is. Of speed: `reading` reads and understands
//! files, `checks` checks quotations, `engines` puts ours and others to the same work on real reports or on a generated
//! corpus, which `generate` writes and `shape` compares with real ones; `load` does so for a corpus and queries of one's
//! own, `process` for the whole command, `first` from files to the first answer, `refresh` for a folder in which nothing
//! or little changed. Of trust: `together` searches beside a refresh and holds every answer to what was committed;
//! `hostile` tries the command on files that are out to do harm, and `fuzz` the libraries on input without end.

pub mod clock;
pub mod corpus;
pub mod engines;
pub mod files;
pub mod fuzz;
pub mod generate;
pub mod load;
pub mod memory;
pub mod quotations;
pub mod run;
pub mod shape;
pub mod themes;
pub mod truth;
