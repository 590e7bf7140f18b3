//! What a search gives.

use std::ops::Range;

use quotable_codebook::Passage;
use quotable_report::{Citation, Role};
use serde::{Deserialize, Serialize};

use crate::id::Id;

/// How much was found. Every number is exact unless `exact` is false.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counts {
    /// Occurrences: minimal intervals of words that satisfy the query.
    pub occurrences: u64,
    /// Paragraphs that match.
    pub paragraphs: u64,
    /// Reports with at least one such paragraph.
    pub reports: u64,
    /// What of it is boilerplate: part of the numbers above, unless the search
    /// [leaves it out](crate::Boilerplate::Exclude).
    pub boilerplate: Share,
    /// True if nothing was left uncounted.
    pub exact: bool,
}

/// A part of what was found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Share {
    /// Occurrences.
    pub occurrences: u64,
    /// Paragraphs.
    pub paragraphs: u64,
}

impl Share {
    pub(crate) fn add(&mut self, occurrences: u32) {
        self.occurrences += u64::from(occurrences);
        self.paragraphs += 1;
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.occurrences += other.occurrences;
        self.paragraphs += other.paragraphs;
    }
}

/// A paragraph that matches, with all that is needed to quote and cite it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Hit {
    /// The stable id of the paragraph.
    pub id: Id,
    /// The relevance (BM25), rounded to four decimals; comparable within one query on one state of the index.
    pub score: f64,
    /// The occurrences of the query: byte ranges of `text`, by start and then end. They may overlap; a window is
    /// one from its first word to its last.
    pub occurrences: Vec<Range<usize>>,
    /// The whole paragraph.
    pub text: String,
    /// What to mark: byte ranges of `text`, in order and apart. Of a window its parts, not what lies between.
    pub matches: Vec<Range<usize>>,
    /// The sentences: byte ranges that tile `text`.
    pub sentences: Vec<Range<usize>>,
    /// What the paragraph is.
    pub role: Role,
    /// The stable name of the theme of its section.
    pub theme: Option<String>,
    /// In how many reports the same paragraph stands, word for word, if it is
    /// [boilerplate](crate::Boilerplate).
    pub boilerplate: Option<u32>,
    /// Where the paragraph stands; its pages are those of the matches.
    pub citation: Citation,
    /// From where to go on: see [`Search::top_after`](crate::Search::top_after).
    pub cursor: Cursor,
}

impl Hit {
    /// The sentences that hold matches, as byte ranges of the text; the whole text if nothing is marked.
    pub fn matched_sentences(&self) -> Vec<Range<usize>> {
        let touches = |sentence: &Range<usize>| {
            self.matches.iter().any(|found| found.start < sentence.end && sentence.start < found.end)
        };
        let found: Vec<_> = self.sentences.iter().filter(|sentence| touches(sentence)).cloned().collect();
        if found.is_empty() { std::iter::once(0..self.text.len()).collect() } else { found }
    }

    /// From the first to the last sentence that holds a match, with `around` sentences before and after:
    /// a byte range of the text.
    pub fn quote(&self, around: usize) -> Range<usize> {
        let matched = self.matched_sentences();
        let (Some(first), Some(last)) = (matched.first(), matched.last()) else { return 0..self.text.len() };
        let at = |byte: usize| self.sentences.iter().position(|sentence| sentence.contains(&byte));
        let start = at(first.start).map_or(first.start, |index| {
            self.sentences.get(index.saturating_sub(around)).map_or(first.start, |sentence| sentence.start)
        });
        let end = at(last.start).map_or(last.end, |index| {
            let index = index.saturating_add(around).min(self.sentences.len().saturating_sub(1));
            self.sentences.get(index).map_or(last.end, |sentence| sentence.end)
        });
        start..end
    }
}

/// A place in the order of hits, from which a later search can go on. Opaque text, safe to store.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub(crate) String);

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<String> for Cursor {
    fn from(text: String) -> Self {
        Self(text)
    }
}

/// The first hits, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Hits {
    /// What was found in all, of which `hits` are the first.
    pub counts: Counts,
    /// The hits asked for.
    pub hits: Vec<Hit>,
}

/// What was found in one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportCount {
    /// The path of the report.
    pub path: String,
    /// Occurrences in it.
    pub occurrences: u64,
    /// Paragraphs of it that match.
    pub paragraphs: u64,
}

/// A hit can be labelled by a code book.
impl<'a> From<&'a Hit> for Passage<'a> {
    fn from(hit: &'a Hit) -> Self {
        let passage = Self::new(&hit.text).sentences(&hit.sentences).role(hit.role);
        passage.within(hit.theme.as_deref(), &hit.citation.headings)
    }
}
