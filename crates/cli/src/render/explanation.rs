//! How a query was understood, for people.

use std::io;

use quotable::Explanation;
use quotable::explain::{FilterReach, LeafWords, Part, WordCount};
use quotable_export::counts::summary;
use quotable_export::number::{counted, grouped};

use crate::render::page::Page;

/// How many words of a pattern are named; of the rest, only the number.
const NAMED_WORDS: usize = 10;

/// Writes an explanation and an empty line.
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

/// One part of the query tree on a line, its own parts indented below it.
fn part(page: &mut Page<'_>, tree: &Part, indent: usize) -> io::Result<()> {
    let line = if tree.parts.is_empty() || tree.operator == "name" {
        format!("{} ({})", tree.query, tree.operator)
    } else {
        tree.operator.clone()
    };
    page.text("", indent, &line, &[])?;
    tree.parts.iter().try_for_each(|inner| part(page, inner, indent + 2))
}

fn words(leaf: &LeafWords) -> String {
    let query = &leaf.query;
    match leaf.words.as_slice() {
        [] if leaf.nearest.is_empty() => format!("{query}: no word of the corpus"),
        [] => format!("{query}: no word of the corpus; the nearest: {}", with_counts(&leaf.nearest)),
        [one] if one.word == *query => format!("{query}: {}", counts(one)),
        all => format!("{query}: {}: {}", counted(all.len() as u64, "words"), with_counts(all)),
    }
}

fn counts(word: &WordCount) -> String {
    let paragraphs = counted(word.paragraphs, "paragraphs");
    format!("{} in {paragraphs}", counted(word.occurrences, "occurrences"))
}

fn with_counts(words: &[WordCount]) -> String {
    let mut parts: Vec<_> = words
        .iter()
        .take(NAMED_WORDS)
        .map(|word| format!("{} {}", word.word, grouped(word.occurrences)))
        .collect();
    let more = words.len().saturating_sub(NAMED_WORDS);
    if more > 0 {
        parts.push(format!("and {} more", grouped(more as u64)));
    }
    parts.join(", ")
}

fn reach(filter: &FilterReach) -> String {
    let (paragraphs, reports) =
        (counted(filter.paragraphs, "paragraphs"), counted(filter.reports, "reports"));
    let nearest = match filter.nearest.as_slice() {
        [] => String::new(),
        nearest => format!("; the nearest: {}", nearest.join(", ")),
    };
    format!("{}: {paragraphs} of {reports}{nearest}", filter.filter)
}
