//! A reader to copy for the next format.
//!
//! It reads a made-up format, `.blocks`: a line that begins with `#` is a heading, any other line a paragraph. It is
//! compiled and tested, so that it stays right. To add a format: copy this file and keep its last test; declare the module
//! in `lib.rs` and export the reader there; add the reader to `Readers::default` in `readers.rs`. If it brings a
//! dependency, put it behind a feature, in `[features]` of the crates `read`, `index`, `quotable` and `cli`.

use std::path::Path;

use crate::block::{Block, BlockKind, Line};
use crate::budget::Budget;
use crate::document::Document;
use crate::error::{ReadError, ReadErrorKind};
use crate::reader::Reader;
use crate::sniff::has_extension;

struct Template;

impl Reader for Template {
    fn format(&self) -> &'static str {
        "blocks"
    }

    /// By the name, or by the first bytes if the format has a signature.
    fn recognises(&self, path: &Path, _head: &[u8]) -> bool {
        has_extension(path, &["blocks"])
    }

    fn read(&self, bytes: &[u8], budget: &Budget) -> Result<Document, ReadError> {
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let message =
                format!("byte {} of the file is not UTF-8; save the file as UTF-8", error.valid_up_to());
            ReadError::new(ReadErrorKind::Damaged, message)
        })?;
        let mut document = Document::new(self.format());
        document.tagged = true;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            // Check the clock in every loop whose length the file decides.
            if budget.is_over() {
                return Err(ReadError::new(
                    ReadErrorKind::OverBudget,
                    "the file took too long to read; raise the time limit",
                ));
            }
            let (kind, text) = match line.strip_prefix('#') {
                Some(heading) => (BlockKind::Heading { level: 1 }, heading.trim()),
                None => (BlockKind::Paragraph, line),
            };
            if !text.is_empty() {
                document.blocks.push(Block::new(kind, vec![Line::plain(text)]));
            }
        }
        Ok(document)
    }
}

#[test]
fn reads_headings_and_paragraphs() {
    let document = Template.read(b"# Leaders\nThey are new.\n", &Budget::default()).unwrap();
    let kinds: Vec<BlockKind> = document.blocks.iter().map(|block| block.kind).collect();
    assert_eq!(kinds, [BlockKind::Heading { level: 1 }, BlockKind::Paragraph]);
}

#[test]
fn keeps_the_contract() {
    crate::contract::check(&Template, b"# Leaders\nThey are new.\n");
}
