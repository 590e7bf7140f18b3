//! How a query was read, for people.

use std::io;

use quotable::Explanation;
use quotable::explain::{FilterReach, LeafWords, Part, WordCount};

use crate::render::hits::summary;
use crate::render::number::{counted, grouped};
use crate::render::page::Page;

/// As many words of a part as are named; of the others it is said how many there are.
const NAMED: usize = 10;

/// Writes it all, with an empty line after it.
pub(crate) fn write(page: &mut Page<'_>, explanation: &Explanation) -> io::Result<()> {
    page.heading("The query as read")?;
    part(page, &explanation.tree, 2)?;
    if !explanation.leaves.is_empty() {
        page.heading("Its words")?;
    }
    for leaf in &explanation.leaves {
        page.text("", 2, &words(leaf), &[])?;
    }
    if !explanation.filters.is_empty() {
        page.heading("Its filters")?;
    }
    for filter in &explanation.filters {
        page.text("", 2, &reach(filter), &[])?;
    }
    page.heading("What it finds")?;
    page.text("", 2, &summary(explanation.counts.paragraphs, &explanation.counts), &[])?;
    for part in &explanation.empty {
        page.text("", 2, &format!("nothing by {} alone", part.query), &[])?;
    }
    page.text("", 2, &explanation.provenance.to_string(), &[])?;
    page.blank()
}

fn part(page: &mut Page<'_>, read: &Part, indent: usize) -> io::Result<()> {
    let line = if read.parts.is_empty() || read.operator == "name" {
        format!("{} ({})", read.query, read.operator)
    } else {
        read.operator.clone()
    };
    page.text("", indent, &line, &[])?;
    read.parts.iter().try_for_each(|inner| part(page, inner, indent + 2))
}

fn words(leaf: &LeafWords) -> String {
    let query = &leaf.query;
    match leaf.words.as_slice() {
        [] if leaf.nearest.is_empty() => format!("{query}: no word of the corpus"),
        [] => format!("{query}: no word of the corpus; the nearest: {}", named(&leaf.nearest)),
        [one] if one.word == *query => format!("{query}: {}", of(one)),
        all => format!("{query}: {}: {}", counted(all.len() as u64, "words"), named(all)),
    }
}

fn of(word: &WordCount) -> String {
    let paragraphs = counted(word.paragraphs, "paragraphs");
    format!("{} in {paragraphs}", counted(word.occurrences, "occurrences"))
}

fn named(words: &[WordCount]) -> String {
    let mut named: Vec<_> =
        words.iter().take(NAMED).map(|word| format!("{} {}", word.word, grouped(word.occurrences))).collect();
    let more = words.len().saturating_sub(NAMED);
    if more > 0 {
        named.push(format!("and {} more", grouped(more as u64)));
    }
    named.join(", ")
}

fn reach(filter: &FilterReach) -> String {
    let (paragraphs, reports) =
        (counted(filter.paragraphs, "paragraphs"), counted(filter.reports, "reports"));
    let near = match filter.nearest.as_slice() {
        [] => String::new(),
        near => format!("; the nearest: {}", near.join(", ")),
    };
    format!("{}: {paragraphs} of {reports}{near}", filter.filter)
}
