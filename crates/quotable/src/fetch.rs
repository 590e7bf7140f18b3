//! Found paragraphs as they are shown.

use std::cell::OnceCell;

use quotable_query::matcher::Condition;
use quotable_query::{Span, Text};

use crate::collect::Found;
use crate::document::{Record, facets};
use crate::error::{Error, Result};
use crate::hit::Hit;
use crate::order::cursor;
use crate::score::Scale;
use crate::search::Compiled;

/// A hit, and its words.
pub(crate) struct Marked {
    pub(crate) hit: Hit,
    pub(crate) text: Text,
    /// The occurrences, in words and bytes of the text.
    pub(crate) occurrences: Vec<Span>,
    pub(crate) pages: quotable_report::Pages,
}

/// Makes a hit of what was found.
pub(crate) fn fetch(compiled: &Compiled, found: &Found) -> Result<Hit> {
    mark(compiled, found).map(|marked| marked.hit)
}

/// Makes a hit of what was found. What is marked comes of the words of the stored text, by the matcher that is the
/// measure of the index.
pub(crate) fn mark(compiled: &Compiled, found: &Found) -> Result<Marked> {
    let record: Option<Record> = compiled.snapshot.record(found.source, found.ordinal)?;
    let record = record.ok_or_else(|| Error::damaged("a paragraph found is not there"))?;
    let place = compiled.snapshot.table().address(found.source, found.ordinal);
    // Few queries ask for them.
    let known = OnceCell::new();
    let facets = || known.get_or_init(|| facets(&record.paragraph, &record.standing));
    let text = Text::with_sentences(&record.paragraph.text, &record.paragraph.sentences);
    let marked = compiled.plan.matcher.find_if(&text, |condition| match condition {
        Condition::Filter(filter) => compiled.plan.passes(filter, found.source, facets(), &text),
        Condition::Within { scope, query } => {
            place.is_some_and(|place| compiled.plan.holds_in(scope, query, place))
        }
        _ => false,
    });
    let matches = marked.marks.into_iter().map(|span| span.bytes).collect();
    let pages = record.paragraph.pages.clone();
    let mut hit = compiled.snapshot.hit(found.source, found.ordinal, record, matches)?;
    hit.score = Scale::round(found.score);
    hit.occurrences = marked.occurrences.iter().map(|span| span.bytes.clone()).collect();
    hit.cursor = cursor(compiled, found);
    Ok(Marked { hit, text, occurrences: marked.occurrences, pages })
}
