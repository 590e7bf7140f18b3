//! What to know of a search beside its answer: why it finds nothing, what was not searched, what may have been meant.

use std::sync::OnceLock;

use pyo3::prelude::*;
use quotable::explain::{EmptyPart, Part};
use quotable::{CancelFlag, ErrorKind, Explanation, Hint, Search};
use quotable_export::number::{counted, grouped};

use crate::interrupt::run;

/// How many of the nearest words a note names.
const NAMED_WORDS: usize = 5;

/// Notes on a search, made when they are asked for.
pub(crate) struct Remarks {
    search: Search,
    /// The flag that the search was made with.
    cancel: CancelFlag,
    /// Whether the rows go by dates.
    is_dated: bool,
    made: OnceLock<Vec<String>>,
}

impl Remarks {
    pub(crate) fn new(search: Search, cancel: CancelFlag, is_dated: bool) -> Self {
        Self { search, cancel, is_dated, made: OnceLock::new() }
    }

    /// The notes.
    ///
    /// # Errors
    /// That of Ctrl-C. A search that has answered is not failed by a note on it.
    pub(crate) fn made(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        if let Some(made) = self.made.get() {
            return Ok(made.clone());
        }
        let made = run(py, &self.cancel, || match notes(&self.search, self.is_dated) {
            Err(error) if error.kind() == ErrorKind::Cancelled => Err(error),
            made => Ok(made.unwrap_or_default()),
        })?;
        Ok(self.made.get_or_init(|| made).clone())
    }
}

fn notes(search: &Search, is_dated: bool) -> quotable::Result<Vec<String>> {
    let mut notes = Vec::new();
    let counts = search.count()?;
    if counts.paragraphs == 0 {
        let all = search.extent()?;
        let (paragraphs, reports) = (counted(all.paragraphs, "paragraphs"), counted(all.reports, "reports"));
        notes.push(format!("nothing found in {paragraphs} of {reports}"));
        match search.explain() {
            Ok(explanation) => notes.extend(why_nothing(&explanation)),
            Err(error) if error.kind() == ErrorKind::OverLimit => notes.push(
                "why nothing is found was not looked into: the query has too many parts for that".to_owned(),
            ),
            Err(error) => return Err(error),
        }
    } else if is_dated {
        notes.extend(undated(search));
    }
    let left_out = search.left_out()?;
    for (count, kind) in [(left_out.tables, "tables"), (left_out.notes, "notes")] {
        if count > 0 {
            notes.push(format!("{} more in {kind}: include=\"{kind}\"", grouped(count)));
        }
    }
    notes.extend(search.hints(&counts)?.into_iter().filter_map(hint));
    Ok(notes)
}

/// Why a query finds nothing, if it is not seen from the query itself.
pub(crate) fn why_nothing(explanation: &Explanation) -> Vec<String> {
    let left_out = explanation.counts.boilerplate.paragraphs;
    if left_out > 0 {
        return vec![format!("{} left out as boilerplate", counted(left_out, "paragraphs"))];
    }
    let is_telling = |part: &&EmptyPart| {
        // A query of one part has just been said to find nothing.
        part.query.starts_with('/')
            || !part.nearest.is_empty()
            || !part.values.is_empty()
            || part.query != explanation.tree.query
    };
    let mut notes: Vec<String> = explanation.empty.iter().filter(is_telling).map(empty_part).collect();
    let parts = &explanation.tree.parts;
    if explanation.empty.is_empty() && parts.len() > 1 && parts.iter().all(is_positive) {
        notes.push("each part of the query finds something by itself, but not together".to_owned());
    }
    notes
}

/// False for a part under NOT, of which it is not known whether it finds anything. A theme of the code book is written
/// as a double NOT, and is positive.
fn is_positive(part: &Part) -> bool {
    part.operator != "not" || part.parts.iter().any(|inner| inner.operator == "not")
}

fn empty_part(part: &EmptyPart) -> String {
    let words = part.nearest.iter().map(|near| near.word.as_str());
    let nearest: Vec<_> = words.chain(part.values.iter().map(String::as_str)).take(NAMED_WORDS).collect();
    let nearest = nearest.join(", ");
    if let Some(pattern) = part.query.strip_prefix('/').and_then(|pattern| pattern.strip_suffix('/')) {
        let inside = if nearest.is_empty() {
            "no word has a part that it matches either".to_owned()
        } else {
            format!("/.*({pattern}).*/ matches {nearest}")
        };
        return format!("/{pattern}/ matches no word, and a whole word must match; {inside}");
    }
    let offer = if nearest.is_empty() { nearest } else { format!("; the nearest: {nearest}") };
    format!("nothing is found by {} alone{offer}", part.query)
}

/// Reports without a day of publication, in an answer that goes by dates.
fn undated(search: &Search) -> Vec<String> {
    let dating = search.dating();
    let mut notes = Vec::new();
    if dating.by_inspection > 0 && search.provenance().dated_by_inspection == 0 {
        notes.push(dated_by_inspection(dating.by_inspection));
    }
    let reports = counted(dating.undated, "reports");
    match dating.undated {
        0 => {}
        all if all == dating.reports => {
            notes.push("no report here has a date; they come in the order of their paths".to_owned());
        }
        1 => notes.push(format!("{reports} has no date and comes last; date:none finds it")),
        _ => notes.push(format!("{reports} have no date and come last; date:none finds them")),
    }
    notes
}

pub(crate) fn dated_by_inspection(reports: u64) -> String {
    let (name, are) = if reports == 1 { ("names", "is") } else { ("name", "are") };
    let reports = counted(reports, "reports");
    format!("{reports} {name} no day of publication and {are} dated by the end of the inspection")
}

/// A query that may have been meant, or finds more of the same.
fn hint(hint: Hint) -> Option<String> {
    Some(match hint {
        Hint::Phrase { words, phrase, occurrences } => {
            let words = ["two", "three", "four", "five"].get(words.wrapping_sub(2)).unwrap_or(&"several");
            let occurrences = counted(occurrences, "occurrences");
            format!("{words} words, not a phrase; the phrase {phrase} has {occurrences}")
        }
        Hint::Concept { name, more } => format!("{name} finds {} more", counted(more, "paragraphs")),
        Hint::Number { number, forms, more } => {
            let more = counted(more, "occurrences");
            format!("{number} is written in another way too: {forms} finds {more} more")
        }
        Hint::Name { filter } => {
            let field = filter.split(':').next().unwrap_or_default();
            format!(
                "{field}: takes one word, and the words after it are searched in the text; for the name write {filter}"
            )
        }
        Hint::Either { filters } => {
            let field = filters.trim_start_matches('(').split(':').next().unwrap_or_default();
            format!(
                "{field}: takes one value, and the words after it are searched in the text; for either write {filters}"
            )
        }
        _ => return None,
    })
}
