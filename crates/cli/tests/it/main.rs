//! Runs the command as users do.
//!
//! After an intended change of output, run `INSTA_UPDATE=always cargo test -p quotable-cli`, and read the difference
//! before committing it.
#![allow(clippy::unwrap_used, reason = "clippy allows unwrap in test functions, but not in their helpers")]

mod analysis;
mod check;
mod chunks;
mod code_books;
mod codebook_command;
mod completions;
mod count;
mod exit_codes;
mod explain;
mod export;
mod follow;
mod formats;
#[path = "../../../export/tests/it/formats_page.rs"]
mod formats_page;
mod help;
mod hostile;
mod index_folder;
mod killed;
mod kwic;
mod left_out;
mod limits;
mod locations;
mod maintenance;
#[cfg(unix)]
mod ocr;
#[cfg(target_os = "linux")]
mod opened;
mod outputs;
mod own_metadata;
#[cfg(unix)]
mod owners;
mod reports;
mod sample;
mod samples;
mod sandbox;
mod search;
mod serve;
mod show;
#[cfg(target_os = "linux")]
mod stopped;
mod themes;
mod typed;
mod unread;
mod worker;
