//! Reads a format of one's own: transcripts in which each speaker has a line.
//!
//! ```sh
//! cargo run -p quotable-examples --bin own_format
//! ```
#![allow(clippy::print_stdout, reason = "an example prints")]

use std::error::Error;
use std::path::Path;

use quotable::Index;
use quotable::query::Query;
use quotable::read::{Block, BlockKind, Budget, Document, Line, ReadError, ReadErrorKind, Reader, Readers};

/// Reads `.transcript` files: `Name: what was said`.
struct Transcript;

impl Reader for Transcript {
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
            let (speaker, said) = line.split_once(": ").unwrap_or(("", line));
            if !speaker.is_empty() {
                let heading = BlockKind::Heading { level: 1 };
                document.blocks.push(Block::new(heading, vec![Line::plain(speaker)]));
            }
            document.blocks.push(Block::new(BlockKind::Paragraph, vec![Line::plain(said)]));
        }
        Ok(document)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut readers = Readers::default();
    readers.push(Transcript);
    let index = Index::builder().readers(readers).in_memory()?;
    let mut writer = index.writer()?;
    let said = "Cllr Marrow: No child waits for a social worker.\nDr Oyelaran: Forty children wait today.\n";
    writer.put_bytes("scrutiny.transcript", said.as_bytes())?;
    writer.finish()?;

    let query: Query = "wait~".parse()?;
    for hit in index.search(&query)?.every()? {
        let hit = hit?;
        println!("{}: {}", hit.citation.section().unwrap_or("?"), hit.text);
    }
    Ok(())
}
