//! The command, run as people run it.
//!
//! After a wanted change of what is shown: `INSTA_UPDATE=always cargo test -p quotable-cli`, and read the
//! difference before committing it.
#![allow(clippy::unwrap_used, reason = "helpers of tests are tests, which the lint does not see")]

mod check;
mod chunks;
mod counting;
mod desk;
mod endings;
mod explaining;
mod formats;
mod help;
mod hostile;
mod killed;
mod kwic;
mod limits;
mod names;
mod outputs;
mod places;
mod queries;
mod reports;
mod sample;
mod show;
mod themes;
mod upkeep;
mod worker;
