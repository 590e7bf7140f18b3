//! The least a program over raw tantivy does for one query: opens an index that `engines build tantivy` made, and prints
//! the text of the ten best. What `process` holds the whole command against.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program prints")]

use std::path::Path;
use std::process::ExitCode;

use quotable_benches::engines::raw::best;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, query] = arguments.as_slice() else {
        eprintln!("usage: floor INDEX QUERY");
        return ExitCode::from(2);
    };
    match best(Path::new(folder), query) {
        Ok(texts) => {
            println!("{}", texts.join("\n\n"));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
