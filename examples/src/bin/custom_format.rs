//! Adds a file format: transcripts with one line for each speaker.
//!
//! ```sh
//! cargo run -p quotable-examples --bin custom_format
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::path::Path;

use quotable::Index;
use quotable::query::Query;
use quotable::read::{Block, BlockKind, Budget, Document, Line, ReadError, ReadErrorKind, Reader, Readers};

/// Reads `.transcript` files, whose lines are `Speaker: words`.
struct TranscriptReader;

impl Reader for TranscriptReader {
    fn format(&self) -> &'static str {
        "transcript"
    }

    fn recognises(&self, path: &Path, _head: &[u8]) -> bool {
        path.extension().is_some_and(|extension| extension == "transcript")
    }

    fn read(&self, bytes: &[u8], _budget: &Budget) -> Result<Document, ReadError> {
        let text = std::str::from_utf8(bytes)
            .map_err(|_| ReadError::new(ReadErrorKind::Damaged, "not UTF-8; save the transcript as UTF-8"))?;
        let mut document = Document::new(self.format());
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            // Each speaker becomes a heading, so that a citation names who spoke.
            let (speaker, words) = line.split_once(": ").unwrap_or(("", line));
            if !speaker.is_empty() {
                let heading = BlockKind::Heading { level: 1 };
                document.blocks.push(Block::new(heading, vec![Line::plain(speaker)]));
            }
            document.blocks.push(Block::new(BlockKind::Paragraph, vec![Line::plain(words)]));
        }
        Ok(document)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut readers = Readers::default();
    readers.push(TranscriptReader);
    let index = Index::builder().readers(readers).in_memory()?;
    // `refresh` would read the files of a folder in the same way.
    let mut writer = index.writer()?;
    let transcript =
        "Cllr Marrow: No child waits for a social worker.\nDr Oyelaran: Forty children wait today.\n";
    writer.put_bytes("scrutiny.transcript", transcript.as_bytes())?;
    writer.finish()?;

    // `wait~` finds every regular form of the word: `wait` and `waits`.
    let query: Query = "wait~".parse()?;
    for hit in index.search(&query)?.every()? {
        let hit = hit?;
        println!("{}: {}", hit.citation.section().unwrap_or("?"), hit.text);
    }
    Ok(())
}
