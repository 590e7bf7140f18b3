//! What a query finds in rows of tables and in footnotes, where a search leaves these out.

use crate::error::Result;
use crate::search::compiled::CompiledQuery;
use crate::search::options::SearchOptions;

/// Paragraphs that match a query and are not searched, because the options leave out their kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct LeftOut {
    /// Rows of tables.
    pub tables: u64,
    /// Footnotes.
    pub notes: u64,
}

/// Counts what a search leaves out.
///
/// A query that each paragraph answers for itself is counted in the rows or notes alone, which are few. A query with a
/// scope, or one that can match without words (filters, `NOT`), is run with them and without.
pub(crate) fn left_out(compiled: &CompiledQuery) -> Result<LeftOut> {
    let options = &compiled.options;
    let sources = compiled.state.sources();
    let count = |options: &SearchOptions| -> Result<u64> {
        CompiledQuery::new(&compiled.state, &compiled.query, options)?.count_paragraphs()
    };
    let mut searched = None;
    let mut more = |is_searched: bool, kind: [bool; 3]| -> Result<u64> {
        if is_searched || sources.size(kind) == (0, 0) {
            return Ok(0);
        }
        let [_, tables, notes] = kind;
        if compiled.plan.can_count_by_field() {
            return count(&SearchOptions { body: false, tables, notes, ..options.clone() });
        }
        let without = match searched {
            Some(without) => without,
            None => *searched.insert(compiled.count_paragraphs()?),
        };
        let (tables, notes) = (options.tables || tables, options.notes || notes);
        Ok(count(&options.clone().tables(tables).notes(notes))?.saturating_sub(without))
    };
    Ok(LeftOut {
        tables: more(options.tables, [false, true, false])?,
        notes: more(options.notes, [false, false, true])?,
    })
}
