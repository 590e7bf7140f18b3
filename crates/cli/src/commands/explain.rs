//! How a query was understood: `--explain`, and the notes where nothing is found.

use std::io;

use quotable::explain::{EmptyPart, Part};
use quotable::{ErrorKind, Search};
use quotable_export::number::counted;

use crate::console::Console;
use crate::error::Result;
use crate::render::explanation;
use crate::render::page::Page;

/// How many of the nearest words a note names.
const NAMED_WORDS: usize = 5;

/// Writes the explanation of a search to standard error, so that results stay what they are.
pub(super) fn write(search: &Search, console: &Console) -> Result<()> {
    let explanation = search.explain()?;
    let mut err = io::stderr().lock();
    let mut page = Page::of_messages(&mut err, &console.environment);
    // Write errors on stderr are ignored.
    let _ = explanation::write(&mut page, &explanation);
    Ok(())
}

/// Notes which parts of a query keep it from finding anything.
pub(super) fn note_why_nothing(search: &Search, console: &Console) -> Result<()> {
    let explanation = match search.explain() {
        Ok(explanation) => explanation,
        // The search has its answer, and this is an addition to it.
        Err(error) if error.kind() == ErrorKind::OverLimit => {
            console.note("why nothing is found was not looked into: the query has too many parts for that");
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    };
    let left_out = explanation.counts.boilerplate.paragraphs;
    if left_out > 0 {
        console.note(format!("{} left out as boilerplate", counted(left_out, "paragraphs")));
        return Ok(());
    }
    for part in &explanation.empty {
        // A query of one part has just been reported as finding nothing.
        let is_regex = part.query.starts_with('/');
        if is_regex
            || !part.nearest.is_empty()
            || !part.values.is_empty()
            || part.query != explanation.tree.query
        {
            console.note(empty_part(part));
        }
    }
    let parts = &explanation.tree.parts;
    if explanation.empty.is_empty() && parts.len() > 1 && parts.iter().all(is_positive) {
        console.note("each part of the query finds something by itself, but not together");
    }
    Ok(())
}

/// False for a part under NOT, of which it is not known whether it finds anything. A theme of the code book is written
/// as a double NOT, and is positive.
fn is_positive(part: &Part) -> bool {
    part.operator != "not" || part.parts.iter().any(|inner| inner.operator == "not")
}

fn empty_part(part: &EmptyPart) -> String {
    let words = part.nearest.iter().map(|near| near.word.as_str());
    let nearest: Vec<_> = words.chain(part.values.iter().map(String::as_str)).take(NAMED_WORDS).collect();
    if let Some(pattern) = part.query.strip_prefix('/').and_then(|pattern| pattern.strip_suffix('/')) {
        let inside = match nearest.as_slice() {
            [] => "no word has a part that it matches either".to_owned(),
            words => format!("/.*({pattern}).*/ matches {}", words.join(", ")),
        };
        return format!("/{pattern}/ matches no word, and a whole word must match; {inside}");
    }
    let offer =
        if nearest.is_empty() { String::new() } else { format!("; the nearest: {}", nearest.join(", ")) };
    format!("nothing is found by {} alone{offer}", part.query)
}
