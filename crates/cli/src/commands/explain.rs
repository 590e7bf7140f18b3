//! How a query was read: `--explain`, and what is said where nothing is found.

use std::io;

use quotable::Search;
use quotable::explain::{EmptyPart, Part};

use crate::error::Result;
use crate::render::explanation;
use crate::render::number::counted;
use crate::render::page::Page;
use crate::session::Session;

/// As many of the nearest words as are named in passing.
const NEAREST: usize = 5;

/// Explains the search, beside the results.
pub(crate) fn whole(search: &Search, session: &Session) -> Result<()> {
    let explanation = search.explain()?;
    let mut err = io::stderr().lock();
    let mut page = Page::beside(&mut err, &session.environment);
    // That nobody reads it is no reason to stop.
    let _ = explanation::write(&mut page, &explanation);
    Ok(())
}

/// Says which parts of the query are to blame.
pub(crate) fn why_nothing(search: &Search, session: &Session) -> Result<()> {
    let explanation = search.explain()?;
    let left_out = explanation.counts.boilerplate.paragraphs;
    if left_out > 0 {
        session.note(format!("{} left out as boilerplate", counted(left_out, "paragraphs")));
        return Ok(());
    }
    for part in &explanation.empty {
        // Of a query of one part it has just been said.
        if !part.nearest.is_empty() || !part.values.is_empty() || part.query != explanation.tree.query {
            session.note(blame(part));
        }
    }
    let parts = &explanation.tree.parts;
    if explanation.empty.is_empty() && parts.len() > 1 && parts.iter().all(is_wanted) {
        session.note("each part of the query finds something by itself, but not together");
    }
    Ok(())
}

/// False for what is not wanted: whether that finds anything is not known. A theme of the code book is denied twice.
fn is_wanted(part: &Part) -> bool {
    part.operator != "not" || part.parts.iter().any(|inner| inner.operator == "not")
}

fn blame(part: &EmptyPart) -> String {
    let words = part.nearest.iter().map(|near| near.word.as_str());
    let near: Vec<_> = words.chain(part.values.iter().map(String::as_str)).take(NEAREST).collect();
    let offer = if near.is_empty() { String::new() } else { format!("; the nearest: {}", near.join(", ")) };
    format!("nothing is found by {} alone{offer}", part.query)
}
