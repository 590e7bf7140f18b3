//! The parts that the benchmark programs in `src/bin/` share.
//!
//! Quality: `evaluate` answers the questions of truth files for external scorers; `mutations` alters real sentences in
//! known ways and counts which alterations a check reports correctly.
//!
//! Speed: `engines` runs the same queries on this library and on other engines, over real reports or a generated corpus.
//! `generate` writes such a corpus, `corpus_stats` compares it with real reports. `load` measures a corpus and queries
//! of the user's own, `command_latency` the whole command, `first_answer` the way from files to the first answer,
//! `refresh` a folder in which little or nothing has changed, `reading` the readers, `checks` the checking of
//! quotations.
//!
//! Trust: `concurrency` searches during refreshes and compares every answer with the committed states; `hostile` runs
//! the command on hostile files. The fuzz targets are in `crates/testkit/fuzz`.

pub mod cli;
pub mod clock;
pub mod corpus;
pub mod corpus_stats;
pub mod engines;
pub mod error;
pub mod files;
pub mod follow;
pub mod load_test;
pub mod machine;
pub mod measurement;
pub mod memory;
pub mod queries;
pub mod quotations;
pub mod results;
pub mod stats;
pub mod themes;
pub mod truth;
