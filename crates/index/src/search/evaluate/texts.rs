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
    last: RefCell<Option<DocId>>,
    text: RefCell<PrintedText>,
    interrupt: RefCell<Interrupt>,
}

/// A paragraph as it is printed, and its words. The next one is read into its memory.
#[derive(Default)]
struct PrintedText {
    record: Record,
    words: Text,
}

impl PrintedText {
    /// True if the word at a position is one that a leaf matches, printed as the leaf asks.
    fn has(&self, position: u32, leaves: &[&Leaf]) -> bool {
        let bytes = self.words.bytes(position..position + 1);
        let printed = self.record.paragraph.text.as_str();
        match leaves {
            // Its postings have said that the word is the right one.
            [leaf] => leaf.holds(printed, bytes),
            leaves => {
                let word = self.words.words().nth(position as usize).unwrap_or_default();
                leaves.iter().any(|leaf| leaf.matches(word) && leaf.holds(printed, bytes.clone()))
            }
        }
    }
}

impl<'a> Texts<'a> {
    pub(super) fn new(state: &'a State, sources: &'a [SourceRange], interrupt: Interrupt) -> Self {
        let (last, text, interrupt) = (RefCell::default(), RefCell::default(), RefCell::new(interrupt));
        Self { state, sources, last, text, interrupt }
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
        let (mut last, mut text) = (self.last.borrow_mut(), self.text.borrow_mut());
        let mut interrupt = self.interrupt.borrow_mut();
        if *last != Some(doc) {
            *last = None;
            match self.read(doc, &mut text) {
                Ok(()) => *last = Some(doc),
                Err(error) => interrupt.damaged(&error),
            }
            // Who stops looks for itself.
            let _ = interrupt.charge(TEXT_STEPS);
        }
        if last.is_none() {
            return starts.truncate(begin);
        }
        let mut at = 0;
        starts.retain(|candidate| {
            at += 1;
            at <= begin
                || words.iter().all(|(offset, leaves)| {
                    start(candidate).checked_add(*offset).is_some_and(|position| text.has(position, leaves))
                })
        });
    }

    fn read(&self, doc: DocId, text: &mut PrintedText) -> Result<()> {
        let source = self.sources.get(reach(self.sources, doc)).filter(|source| source.base < doc);
        let missing = || Error::damaged("the text of a paragraph is missing");
        let source = source.ok_or_else(missing)?;
        let PrintedText { record, words } = text;
        if !self.state.read_record(source.source, doc - source.base, record)? {
            return Err(missing());
        }
        words.set_runs(&record.paragraph.text, &[], &record.runs);
        Ok(())
    }
}
