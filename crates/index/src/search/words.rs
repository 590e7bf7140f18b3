//! How often a single word occurs in the text that is searched.

use tantivy::TERMINATED;
use tantivy::schema::{Field, IndexRecordOption};

use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::search::evaluate::Union;
use crate::search::expansion::live_frequency;
use crate::store::engine_panic::catch_engine_panic;
use crate::store::state::State;

/// Occurrences of a word, and paragraphs that contain it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Frequency {
    pub(crate) occurrences: u64,
    pub(crate) paragraphs: u64,
}

/// Counts a folded word in the given fields, in live paragraphs alone.
pub(crate) fn count(
    state: &State,
    fields: &[Field],
    word: &str,
    interrupt: &mut Interrupt,
) -> Result<Frequency> {
    let mut frequency = Frequency::default();
    for reader in state.searcher().segment_readers() {
        let mut union = Union::of_term(reader, fields, word, IndexRecordOption::WithFreqs)?;
        let mut doc = union.seek(0);
        while doc != TERMINATED {
            interrupt.step()?;
            if !reader.is_deleted(doc) {
                frequency.occurrences += u64::from(union.frequency());
                frequency.paragraphs += 1;
            }
            doc = union.seek(doc + 1);
        }
    }
    Ok(frequency)
}

/// Number of live paragraphs, tables and notes included, that contain a folded word.
pub(crate) fn frequency(state: &State, word: &str) -> Result<u64> {
    let fields = state.fields();
    catch_engine_panic(|| live_frequency(state, &[fields.text, fields.table, fields.note], word))
}
