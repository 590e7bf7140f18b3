//! The stored text of paragraphs, for words that must be printed as asked.
//!
//! Postings have folded words alone. A phrase finds its candidates by them, and then looks at the text of the few
//! paragraphs that have any.

use std::cell::RefCell;

use quotable_query::{Leaf, Text};
use tantivy::DocId;

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::store::record::Record;
use crate::store::sources::{SourceRange, reach};
use crate::store::state::State;

/// Steps that it takes to read the text of a paragraph.
const TEXT_STEPS: u64 = 512;

/// The texts of the paragraphs of one segment. Keeps the last one read, for the other parts of a query.
pub(super) struct Texts<'a> {
    state: &'a State,
    sources: &'a [SourceRange],
    last: RefCell<Option<(DocId, PrintedText)>>,
    interrupt: RefCell<Interrupt>,
}

/// A paragraph as it is printed, and its words.
struct PrintedText {
    printed: String,
    words: Text,
}

impl PrintedText {
    /// True if the word at a position is one that a leaf matches, printed as the leaf asks.
    fn has(&self, position: u32, leaves: &[&Leaf]) -> bool {
        let bytes = self.words.bytes(position..position + 1);
        match leaves {
            // Its postings have said that the word is the right one.
            [leaf] => leaf.holds(&self.printed, bytes),
            leaves => {
                let word = self.words.words().nth(position as usize).unwrap_or_default();
                leaves.iter().any(|leaf| leaf.matches(word) && leaf.holds(&self.printed, bytes.clone()))
            }
        }
    }
}

impl<'a> Texts<'a> {
    pub(super) fn new(state: &'a State, sources: &'a [SourceRange], interrupt: Interrupt) -> Self {
        Self { state, sources, last: RefCell::new(None), interrupt: RefCell::new(interrupt) }
    }

    /// Keeps those of `starts` at which every word is printed as asked. Each of `words` is an offset from the start and the
    /// leaves of which one must match there. A text that cannot be read makes the search fail, and keeps nothing.
    pub(super) fn retain<T>(
        &self,
        doc: DocId,
        starts: &mut Vec<T>,
        begin: usize,
        start: impl Fn(&T) -> u32,
        words: &[(u32, Vec<&Leaf>)],
    ) {
        let mut last = self.last.borrow_mut();
        let mut interrupt = self.interrupt.borrow_mut();
        if last.as_ref().is_none_or(|(known, _)| *known != doc) {
            *last = None;
            match self.read(doc) {
                Ok(text) => *last = Some((doc, text)),
                Err(error) => interrupt.damaged(&error),
            }
            // Who stops looks for itself.
            let _ = interrupt.charge(TEXT_STEPS);
        }
        let Some((_, text)) = &*last else { return starts.truncate(begin) };
        let mut at = 0;
        starts.retain(|candidate| {
            at += 1;
            at <= begin
                || words.iter().all(|(offset, leaves)| {
                    start(candidate).checked_add(*offset).is_some_and(|position| text.has(position, leaves))
                })
        });
    }

    fn read(&self, doc: DocId) -> Result<PrintedText> {
        let source = self.sources.get(reach(self.sources, doc)).filter(|source| source.base < doc);
        let missing = || Error::damaged("the text of a paragraph is missing");
        let source = source.ok_or_else(missing)?;
        let record: Option<Record> = self.state.record(source.source, doc - source.base)?;
        let printed = record.ok_or_else(missing)?.paragraph.text;
        Ok(PrintedText { words: Text::new(&printed), printed })
    }
}
