//! Results of a search: hits and counts.

use std::ops::Range;

use quotable_codebook::Passage;
use quotable_report::{Citation, Role};
use serde::{Deserialize, Serialize};

use crate::id::Id;

/// How much a search found. Every number is exact unless `exact` is false.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Counts {
    /// Occurrences: minimal intervals of words that match the query.
    pub occurrences: u64,
    /// Paragraphs that match.
    pub paragraphs: u64,
    /// Reports with at least one such paragraph.
    pub reports: u64,
    /// How much of it is boilerplate. Part of the numbers above, unless the search
    /// [excludes](crate::Boilerplate::Exclude) it.
    pub boilerplate: Share,
    /// True if everything was counted.
    pub exact: bool,
}

/// The part of [`Counts`] that is boilerplate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Share {
    /// Occurrences.
    pub occurrences: u64,
    /// Paragraphs.
    pub paragraphs: u64,
}

impl Share {
    /// Adds a paragraph with that many occurrences.
    pub(crate) fn add(&mut self, occurrences: u32) {
        self.occurrences += u64::from(occurrences);
        self.paragraphs += 1;
    }

    pub(crate) fn merge(&mut self, other: Self) {
        self.occurrences += other.occurrences;
        self.paragraphs += other.paragraphs;
    }
}

/// A paragraph that matches, with everything needed to quote and cite it.
///
/// What the report says besides, such as its own fields and the grades of its areas, is in
/// [`Snapshot::report_head`](crate::Snapshot::report_head) of `citation.path`.
///
/// The form that serde gives a hit is for passing it between programs of one version, and follows the fields of this
/// type. The documented one, which only grows, is `export::hit::HitRecord` of the crate `quotable`.
///
/// ```
/// use quotable_index::Index;
///
/// let index = Index::in_memory()?;
/// let mut writer = index.writer()?;
/// writer.put_bytes("west.txt", b"Staff are few. Forty children wait for a plan. Nobody says why.")?;
/// writer.finish()?;
/// let hits = index.search(&"children".parse().unwrap())?.top(1)?.hits;
/// let hit = &hits[0];
/// // The sentence that matches, and with one more on each side.
/// assert_eq!(&hit.text[hit.quote(0)], "Forty children wait for a plan. ");
/// assert_eq!(hit.quote(1), 0..hit.text.len());
/// assert_eq!(&hit.text[hit.matches[0].clone()], "children");
/// assert_eq!((hit.words, hit.citation.path.as_str()), (12, "west.txt"));
/// # Ok::<(), quotable_index::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Hit {
    /// The stable id of the paragraph.
    pub id: Id,
    /// The relevance (BM25), rounded to four decimals. Comparable within one query on one state of the index.
    pub score: f64,
    /// The occurrences of the query: byte ranges of `text`, sorted by start, then end. They may overlap. That of a
    /// proximity reaches from its first word to its last.
    pub occurrences: Vec<Range<usize>>,
    /// The text of the whole paragraph.
    pub text: String,
    /// What to highlight: byte ranges of `text`, sorted and without overlap. Of a proximity its operands, not the words
    /// between them.
    pub matches: Vec<Range<usize>>,
    /// The number of words of the paragraph.
    #[serde(default)]
    pub words: u32,
    /// The sentences: byte ranges that cover `text` without gaps.
    pub sentences: Vec<Range<usize>>,
    /// The role of the paragraph: body text, table row, note and so on.
    pub role: Role,
    /// The stable name of the theme of its section.
    pub theme: Option<String>,
    /// Number of reports that contain the paragraph word for word, if it is [boilerplate](crate::Boilerplate).
    pub boilerplate: Option<u32>,
    /// The citation of the paragraph; its pages are those of the matches.
    pub citation: Citation,
    /// The position of the hit, for [`Search::top_after`](crate::Search::top_after).
    pub cursor: Cursor,
}

impl Hit {
    /// A hit without content, to be filled.
    pub(super) fn blank(id: Id) -> Self {
        Self {
            id,
            score: 0.0,
            occurrences: Vec::new(),
            text: String::new(),
            matches: Vec::new(),
            words: 0,
            sentences: Vec::new(),
            role: Role::Body,
            theme: None,
            boilerplate: None,
            citation: Citation::default(),
            cursor: Cursor(String::new()),
        }
    }

    /// The sentences that contain matches, as byte ranges of `text`; the whole text if there are no matches.
    pub fn matched_sentences(&self) -> Vec<Range<usize>> {
        let touches = |sentence: &Range<usize>| {
            self.matches.iter().any(|found| found.start < sentence.end && sentence.start < found.end)
        };
        let sentences: Vec<_> = self.sentences.iter().filter(|sentence| touches(sentence)).cloned().collect();
        if sentences.is_empty() { std::iter::once(0..self.text.len()).collect() } else { sentences }
    }

    /// A quotation: the byte range of `text` from the first to the last sentence that contains a match, with `around`
    /// more sentences before and after.
    pub fn quote(&self, around: usize) -> Range<usize> {
        let matched = self.matched_sentences();
        let (Some(first), Some(last)) = (matched.first(), matched.last()) else { return 0..self.text.len() };
        let sentence_at = |byte: usize| self.sentences.iter().position(|sentence| sentence.contains(&byte));
        let start = sentence_at(first.start).map_or(first.start, |index| {
            self.sentences.get(index.saturating_sub(around)).map_or(first.start, |sentence| sentence.start)
        });
        let end = sentence_at(last.start).map_or(last.end, |index| {
            let index = index.saturating_add(around).min(self.sentences.len().saturating_sub(1));
            self.sentences.get(index).map_or(last.end, |sentence| sentence.end)
        });
        start..end
    }
}

/// A position in the order of hits, from which a later search can continue. Opaque text, safe to store.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub(super) String);

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

/// The first hits of a search, and the counts of all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Hits {
    /// Counts of the whole search, not of `hits` alone.
    pub counts: Counts,
    /// The hits asked for, in order.
    pub hits: Vec<Hit>,
}

/// How much a search found in one report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReportCount {
    /// The path of the report.
    pub path: String,
    /// Occurrences in the report.
    pub occurrences: u64,
    /// Paragraphs of the report that match.
    pub paragraphs: u64,
}

/// For labelling a hit by a code book.
impl<'a> From<&'a Hit> for Passage<'a> {
    fn from(hit: &'a Hit) -> Self {
        let passage = Self::new(&hit.text).sentences(&hit.sentences).role(hit.role);
        passage.within(hit.theme.as_deref(), &hit.citation.headings)
    }
}
