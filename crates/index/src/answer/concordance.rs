//! Concordances: every occurrence with its context (keyword in context, KWIC).

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use quotable_query::analyse::words;
use quotable_query::{Span, Text};
use quotable_report::{Citation, Pages, UnknownName};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::fetch::{MarkedHit, cited, cited_source, mark};
use crate::search::hit::{Counts, Hit};
use crate::search::sample;
use crate::search::stream::{BUFFERED, FoundStream};
use crate::store::record::Record;
use crate::store::state::State;

/// One occurrence in its context: a line of a concordance, with the columns of quanteda's `kwic`.
///
/// `pre`, `keyword` and `post` are adjacent slices of the paragraph.
///
/// The documented record, which only grows, is `export::concordance::OccurrenceRecord` of the crate `quotable`; the form
/// that serde gives this type is for passing it between programs of one version.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Line {
    /// The path of the report.
    pub docname: String,
    /// The position of the first word of the occurrence in its paragraph, in words, one-based.
    pub from: u32,
    /// The position of the last word of the occurrence, one-based.
    pub to: u32,
    /// The text before the occurrence, from the first word asked for.
    pub pre: String,
    /// The occurrence.
    pub keyword: String,
    /// The text after the occurrence, up to the last word asked for.
    pub post: String,
    /// The query, in the query language.
    pub pattern: String,
    /// The id of the paragraph.
    pub id: Id,
    /// The citation of the occurrence, with its pages.
    pub citation: Citation,
    /// The number of reports with the same paragraph, if it is [boilerplate](crate::Boilerplate).
    pub boilerplate: Option<u32>,
    /// The theme of the section that the paragraph is in.
    pub theme: Option<String>,
}

/// The order of the lines of a concordance.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum LineSort {
    /// Report order, in which lines are produced: newest publication first, then path, then place in the report.
    #[default]
    Date,
    /// Oldest publication first, then path, then place in the report; undated last.
    Oldest,
    /// By the words before the occurrence, from the nearest outwards.
    Left,
    /// By the words of the occurrence, then by those after it.
    Right,
    /// By the name of the authority; lines without one last.
    Authority,
}

impl LineSort {
    /// Every order.
    pub const ALL: [Self; 5] = [Self::Date, Self::Oldest, Self::Left, Self::Right, Self::Authority];

    /// The name used in JSON: `right`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Oldest => "oldest",
            Self::Left => "left",
            Self::Right => "right",
            Self::Authority => "authority",
        }
    }
}

impl fmt::Display for LineSort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for LineSort {
    type Err = UnknownName;

    /// The value of that name, in any case.
    fn from_str(name: &str) -> Result<Self, UnknownName> {
        UnknownName::find(name, &Self::ALL, Self::as_str)
    }
}

/// Sorts lines; the sort is stable.
pub fn sort_lines(lines: &mut [Line], sort: LineSort) {
    let folded = |text: &str| words(text).map(|word| word.text).collect::<Vec<_>>();
    match sort {
        LineSort::Date => lines.sort_by(|one, other| place(one).cmp(&place(other))),
        LineSort::Oldest => lines.sort_by(|one, other| oldest_place(one).cmp(&oldest_place(other))),
        LineSort::Left => lines.sort_by_cached_key(|line| {
            let mut before = folded(&line.pre);
            before.reverse();
            before
        }),
        LineSort::Right => lines.sort_by_cached_key(|line| (folded(&line.keyword), folded(&line.post))),
        LineSort::Authority => lines.sort_by_cached_key(|line| {
            let name = line.citation.authority.as_deref();
            (name.is_none(), name.map(folded))
        }),
    }
}

/// The sort key of report order.
fn place(line: &Line) -> impl Ord + '_ {
    let dated = line.citation.dated;
    (dated.is_none(), std::cmp::Reverse(dated), &line.docname, line.id.ordinal(), line.from, line.to)
}

/// The sort key of the order from the oldest.
fn oldest_place(line: &Line) -> impl Ord + '_ {
    let dated = line.citation.dated;
    (dated.is_none(), dated, &line.docname, line.id.ordinal(), line.from, line.to)
}

/// An iterator over the lines of a concordance in report order. Borrows nothing.
pub struct Lines {
    counts: Counts,
    lines: Box<dyn Iterator<Item = Result<Line>> + Send>,
}

impl Lines {
    /// The exact counts of the whole search, known before the first line is taken.
    pub fn counts(&self) -> Counts {
        self.counts
    }
}

/// Every occurrence in report order, with up to `before` and `after` words of context.
pub(crate) fn lines(compiled: &Arc<CompiledQuery>, before: u32, after: u32) -> Result<Lines> {
    let stream = FoundStream::open(compiled, BUFFERED)?;
    let counts = stream.counts();
    let (compiled, pattern) = (Arc::clone(compiled), Arc::<str>::from(compiled.query.to_string()));
    let lines = stream.flat_map(move |found| {
        let (error, lines) = match found.and_then(|found| mark(&compiled, &found)) {
            Err(error) => (Some(Err(error)), None),
            Ok(marked) => {
                (None, Some(ParagraphLines::new(&compiled.state, marked, [before, after], &pattern)))
            }
        };
        error.into_iter().chain(lines.into_iter().flatten())
    });
    Ok(Lines { counts, lines: Box::new(lines) })
}

/// A random sample of `n` occurrences, in report order; see [`sample`].
pub(crate) fn sampled(compiled: &Arc<CompiledQuery>, words: [u32; 2], n: usize, seed: u64) -> Result<Lines> {
    let (counts, drawn) = sample::occurrences(compiled, n, seed)?;
    let (compiled, pattern) = (Arc::clone(compiled), Arc::<str>::from(compiled.query.to_string()));
    let lines = drawn.into_iter().flat_map(move |(found, numbers)| match mark(&compiled, &found) {
        Err(error) => vec![Err(error)],
        Ok(mut marked) => {
            let all = std::mem::take(&mut marked.occurrences);
            marked.occurrences =
                numbers.iter().filter_map(|&number| all.get(number as usize).cloned()).collect();
            ParagraphLines::new(&compiled.state, marked, words, &pattern).collect()
        }
    });
    Ok(Lines { counts, lines: Box::new(lines) })
}

/// The lines of a paragraph, which is loaded and analysed once for all of them. They are made one at a time: each repeats the words
/// around it and the citation.
struct ParagraphLines {
    state: Arc<State>,
    source: u32,
    id: Id,
    text: String,
    words: Text,
    pages: Pages,
    theme: Option<String>,
    boilerplate: Option<u32>,
    /// Given to the last line: most paragraphs have one, and a citation holds many strings.
    citation: Option<Citation>,
    /// Those without a line as yet.
    occurrences: std::vec::IntoIter<Span>,
    context: [u32; 2],
    pattern: Arc<str>,
}

impl ParagraphLines {
    fn new(state: &Arc<State>, marked: MarkedHit, context: [u32; 2], pattern: &Arc<str>) -> Self {
        let MarkedHit { source, hit, text: words, occurrences, pages } = marked;
        let Hit { id, text, theme, boilerplate, citation, .. } = hit;
        let (state, pattern) = (Arc::clone(state), Arc::clone(pattern));
        let (citation, occurrences) = (Some(citation), occurrences.into_iter());
        Self {
            state,
            source,
            id,
            text,
            words,
            pages,
            theme,
            boilerplate,
            citation,
            occurrences,
            context,
            pattern,
        }
    }

    /// The line of an occurrence, with the citation of its paragraph.
    fn line(&self, Span { words, bytes }: Span, mut citation: Citation) -> Result<Line> {
        let [before, after] = self.context;
        let (start, end) = context(&self.words, &words, before, after, self.text.len());
        let slice = |range: Range<usize>| self.text.get(range).unwrap_or_default().to_owned();
        let (entry, _) = cited_source(&self.state, self.source)?;
        let last = bytes.end.saturating_sub(1).max(bytes.start);
        citation.set_pages(self.pages.at(bytes.start), self.pages.at(last), &entry.page_labels);
        citation.set_ocr(&entry.ocr_pages);
        Ok(Line {
            docname: citation.path.clone(),
            from: words.start + 1,
            to: words.end,
            pre: slice(start.min(bytes.start)..bytes.start),
            keyword: slice(bytes.clone()),
            post: slice(bytes.end..end.max(bytes.end)),
            pattern: self.pattern.as_ref().to_owned(),
            id: self.id.clone(),
            citation,
            boilerplate: self.boilerplate,
            theme: self.theme.clone(),
        })
    }
}

impl Iterator for ParagraphLines {
    type Item = Result<Line>;

    fn next(&mut self) -> Option<Result<Line>> {
        let occurrence = self.occurrences.next()?;
        let is_last = self.occurrences.len() == 0;
        let citation = if is_last { self.citation.take() } else { self.citation.clone() }?;
        Some(self.line(occurrence, citation))
    }
}

/// The line of some words of a paragraph, which `find` tells by their positions, counted from 0; `None` if the paragraph has no
/// such words.
///
/// # Errors
/// [`Damaged`](crate::ErrorKind::Damaged) if the paragraph cannot be read.
pub(crate) fn line_at(
    state: &Arc<State>,
    (source, ordinal): (u32, u32),
    find: impl FnOnce(&Text) -> Option<Range<u32>>,
    context: [u32; 2],
    pattern: &str,
) -> Result<Option<Line>> {
    let Some(record): Option<Record> = state.record(source, ordinal)? else { return Ok(None) };
    let text = Text::with_sentences(&record.paragraph.text, &record.paragraph.sentences);
    let words = find(&text).filter(|words| !words.is_empty() && words.end <= text.word_count());
    let Some(words) = words else { return Ok(None) };
    let bytes = text.bytes(words.clone());
    let count = text.word_count();
    let (hit, pages) = cited(state, source, ordinal, record, vec![bytes.clone()], count)?;
    let marked = MarkedHit { source, hit, text, occurrences: vec![Span { words, bytes }], pages };
    ParagraphLines::new(state, marked, context, &Arc::from(pattern)).next().transpose()
}

/// The first byte of the context before `words`, and the end of the context after it. A context that reaches the first or
/// last word of the paragraph includes the punctuation beyond that word.
fn context(text: &Text, words: &Range<u32>, before: u32, after: u32, length: usize) -> (usize, usize) {
    let (first, last) = (words.start.saturating_sub(before), words.end.saturating_add(after));
    let start = if first == 0 && before > 0 { 0 } else { text.bytes(first..words.end).start };
    let all = text.word_count();
    let end = if last >= all && after > 0 { length } else { text.bytes(words.start..last).end };
    (start, end)
}

impl Iterator for Lines {
    type Item = Result<Line>;

    fn next(&mut self) -> Option<Result<Line>> {
        self.lines.next()
    }
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("counts", &self.counts).finish_non_exhaustive()
    }
}
