//! The least a program on tantivy can do for one query: opens an index and prints the texts of the top ten.
//!
//! `command_latency` runs it as the baseline of the whole command. The index is made by `engines build tantivy`.

#![allow(clippy::print_stdout, reason = "the program prints what it finds")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use quotable_benches::cli::run;
use quotable_benches::engines::tantivy_engine::top_ten;

/// Prints the texts of the top ten of a query, from an index made by `engines build tantivy`.
#[derive(Parser)]
struct Arguments {
    /// Folder of the index
    index: PathBuf,
    /// The query
    query: String,
}

fn main() -> ExitCode {
    run(|Arguments { index, query }| {
        println!("{}", top_ten(&index, &query)?.join("\n\n"));
        Ok(())
    })
}
