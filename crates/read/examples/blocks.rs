//! Prints the blocks of files as JSON, a file a line: what a reader makes of them, before anything is understood.
//!
//! ```sh
//! cargo run -p quotable-read --example blocks -- [--by-layout] FILES
//! ```
//!
//! `--by-layout` ignores the structure trees of PDFs. `benches/word_runs.py` compares the output with that of pdftotext.

#![allow(clippy::print_stdout, reason = "a program prints its results")]

use std::error::Error;
use std::path::Path;

use quotable_read::{Budget, Pdf, Readers};
use serde_json::json;

fn main() -> Result<(), Box<dyn Error>> {
    let mut readers = Readers::default();
    for argument in std::env::args().skip(1) {
        if argument == "--by-layout" {
            readers.prepend(Pdf::by_layout());
            continue;
        }
        let bytes = std::fs::read(&argument)?;
        let record = match readers.read(Path::new(&argument), &bytes, &Budget::default()) {
            Ok(document) => {
                json!({"file": argument, "tagged": document.tagged, "blocks": document.blocks, "warnings": document.warnings})
            }
            Err(error) => json!({"file": argument, "failure": error.to_string()}),
        };
        println!("{record}");
    }
    Ok(())
}
