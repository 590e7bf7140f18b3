//! Concordances: every occurrence with its context (keyword in context, KWIC).

use std::fmt;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use quotable_query::analyse::words;
use quotable_query::{Span, Text};
use quotable_report::{Citation, UnknownName};
use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::id::Id;
use crate::search::compiled::CompiledQuery;
use crate::search::fetch::{Fetcher, cite_bytes, cite_section, cite_source, cited_source};
use crate::search::found::FoundParagraph;
use crate::search::hit::Counts;
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

/// The lines of a concordance in report order. Borrows nothing.
///
/// As an iterator it gives each line away. [`lend`](Self::lend) only lends each, which is faster: the strings of a line are
/// written where those of the one before were, and what a line repeats stays.
pub struct Lines {
    compiled: Arc<CompiledQuery>,
    counts: Counts,
    paragraphs: Box<dyn Iterator<Item = Result<Drawn>> + Send>,
    writer: LineWriter,
    fetcher: Fetcher,
    /// The paragraph that was fetched last, and its occurrences without a line as yet.
    paragraph: (u32, u32),
    occurrences: std::vec::IntoIter<Span>,
    /// The line that was lent last, and its paragraph.
    lent: Option<((u32, u32), Line)>,
}

/// A paragraph found, and the numbers, from zero, of those of its occurrences that were drawn; `None` for all.
type Drawn = (FoundParagraph, Option<Vec<u32>>);

impl Lines {
    fn new(
        compiled: &Arc<CompiledQuery>,
        counts: Counts,
        paragraphs: impl Iterator<Item = Result<Drawn>> + Send + 'static,
        context: [u32; 2],
    ) -> Self {
        Self {
            compiled: Arc::clone(compiled),
            counts,
            paragraphs: Box::new(paragraphs),
            writer: LineWriter { context, pattern: compiled.query.to_string() },
            fetcher: Fetcher::default(),
            paragraph: (0, 0),
            occurrences: Vec::new().into_iter(),
            lent: None,
        }
    }

    /// The exact counts of the whole search, known before the first line is taken.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Lends the next line, until this is called again; `None` after the last one.
    ///
    /// ```
    /// use quotable_index::Index;
    ///
    /// let index = Index::in_memory()?;
    /// let mut writer = index.writer()?;
    /// writer.put_bytes("west.txt", b"Forty children wait for a plan. Other children have one.")?;
    /// writer.finish()?;
    /// let mut lines = index.search(&"children".parse().unwrap())?.concordance(1, 2)?;
    /// let mut all = String::new();
    /// while let Some(line) = lines.lend()? {
    ///     all += &format!("{}[{}]{}|", line.pre, line.keyword, line.post);
    /// }
    /// assert_eq!(all, "Forty [children] wait for|Other [children] have one.|");
    /// # Ok::<(), quotable_index::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Damaged`](crate::ErrorKind::Damaged) if a paragraph cannot be read; the next call goes on with the next one. And those
    /// of [`count`](crate::Search::count), since the search is run again for every 65,000 paragraphs; then the lines end.
    pub fn lend(&mut self) -> Result<Option<&Line>> {
        let Some(occurrence) = self.advance()? else { return Ok(None) };
        let Self { compiled, paragraph, fetcher, writer, lent, .. } = self;
        match lent {
            None => {
                let line = writer.line(&compiled.state, *paragraph, fetcher, occurrence)?;
                *lent = Some((*paragraph, line));
            }
            Some((known, line)) => {
                if known != paragraph {
                    if known.0 != paragraph.0 {
                        set_source(&compiled.state, paragraph.0, line)?;
                        // No paragraph of it as yet: they are counted from 1.
                        *known = (paragraph.0, 0);
                    }
                    set_paragraph(&compiled.state, *paragraph, &fetcher.record, line)?;
                    *known = *paragraph;
                }
                writer.set_occurrence(&compiled.state, paragraph.0, fetcher, occurrence, line)?;
            }
        }
        Ok(lent.as_ref().map(|(_, line)| line))
    }

    /// Goes to the next occurrence, and fetches its paragraph.
    fn advance(&mut self) -> Result<Option<Span>> {
        loop {
            if let Some(occurrence) = self.occurrences.next() {
                return Ok(Some(occurrence));
            }
            let Some((found, drawn)) = self.paragraphs.next().transpose()? else { return Ok(None) };
            let all = self.fetcher.read(&self.compiled, &found)?.occurrences;
            self.paragraph = (found.source, found.ordinal);
            let drawn = drawn.map(|numbers| {
                numbers.iter().filter_map(|&number| all.get(number as usize).cloned()).collect::<Vec<_>>()
            });
            self.occurrences = drawn.unwrap_or(all).into_iter();
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Line>;

    fn next(&mut self) -> Option<Result<Line>> {
        let occurrence = self.advance().transpose()?;
        let Self { compiled, paragraph, fetcher, writer, .. } = self;
        Some(occurrence.and_then(|occurrence| writer.line(&compiled.state, *paragraph, fetcher, occurrence)))
    }
}

impl std::fmt::Debug for Lines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lines").field("counts", &self.counts).finish_non_exhaustive()
    }
}

/// Every occurrence in report order, with up to `before` and `after` words of context.
pub(crate) fn lines(compiled: &Arc<CompiledQuery>, before: u32, after: u32) -> Result<Lines> {
    let stream = FoundStream::open(compiled, BUFFERED)?;
    let counts = stream.counts();
    Ok(Lines::new(compiled, counts, stream.map(|found| Ok((found?, None))), [before, after]))
}

/// A random sample of `n` occurrences, in report order; see [`sample`].
pub(crate) fn sampled(compiled: &Arc<CompiledQuery>, words: [u32; 2], n: usize, seed: u64) -> Result<Lines> {
    let (counts, drawn) = sample::occurrences(compiled, n, seed)?;
    let drawn = drawn.into_iter().map(|(found, numbers)| Ok((found, Some(numbers))));
    Ok(Lines::new(compiled, counts, drawn, words))
}

/// The line of some words of a paragraph, which `find` tells by their positions, counted from 0; `None` if the paragraph has no
/// such words.
///
/// # Errors
/// [`Damaged`](crate::ErrorKind::Damaged) if the paragraph cannot be read.
pub(crate) fn line_at(
    state: &State,
    (source, ordinal): (u32, u32),
    find: impl FnOnce(&Text) -> Option<Range<u32>>,
    context: [u32; 2],
    pattern: &str,
) -> Result<Option<Line>> {
    let mut fetcher = Fetcher::default();
    if !fetcher.read_at(state, source, ordinal)? {
        return Ok(None);
    }
    let text = &fetcher.text;
    let words = find(text).filter(|words| !words.is_empty() && words.end <= text.word_count());
    let Some(words) = words else { return Ok(None) };
    let occurrence = Span { bytes: text.bytes(words.clone()), words };
    let writer = LineWriter { context, pattern: pattern.to_owned() };
    writer.line(state, (source, ordinal), &fetcher, occurrence).map(Some)
}

/// What all lines of a concordance have in common.
struct LineWriter {
    /// Words before and after.
    context: [u32; 2],
    pattern: String,
}

impl LineWriter {
    /// The line of an occurrence in the paragraph that was fetched last.
    fn line(
        &self,
        state: &State,
        (source, ordinal): (u32, u32),
        fetcher: &Fetcher,
        occurrence: Span,
    ) -> Result<Line> {
        let (_, id) = cited_source(state, source)?;
        let mut line = Line {
            docname: String::new(),
            from: 0,
            to: 0,
            pre: String::new(),
            keyword: String::new(),
            post: String::new(),
            pattern: self.pattern.clone(),
            id: id.clone(),
            citation: Citation::default(),
            boilerplate: None,
            theme: None,
        };
        set_source(state, source, &mut line)?;
        set_paragraph(state, (source, ordinal), &fetcher.record, &mut line)?;
        self.set_occurrence(state, source, fetcher, occurrence, &mut line)?;
        Ok(line)
    }

    /// Writes the words of an occurrence, and its pages.
    fn set_occurrence(
        &self,
        state: &State,
        source: u32,
        fetcher: &Fetcher,
        Span { words, bytes }: Span,
        line: &mut Line,
    ) -> Result<()> {
        let Fetcher { record, text } = fetcher;
        let printed = record.paragraph.text.as_str();
        let [before, after] = self.context;
        let (start, end) = context(text, &words, before, after, printed.len());
        let slice = |range: Range<usize>| printed.get(range).unwrap_or_default();
        slice(start.min(bytes.start)..bytes.start).clone_into(&mut line.pre);
        slice(bytes.clone()).clone_into(&mut line.keyword);
        slice(bytes.end..end.max(bytes.end)).clone_into(&mut line.post);
        (line.from, line.to) = (words.start + 1, words.end);
        let (entry, _) = cited_source(state, source)?;
        cite_bytes(entry, &record.paragraph.pages, bytes, &mut line.citation);
        Ok(())
    }
}

/// Writes what the lines of a source have in common.
fn set_source(state: &State, source: u32, line: &mut Line) -> Result<()> {
    cite_source(state, source, &mut line.citation)?;
    line.docname.clone_from(&line.citation.path);
    Ok(())
}

/// Writes what the lines of a paragraph have in common.
fn set_paragraph(
    state: &State,
    (source, ordinal): (u32, u32),
    record: &Record,
    line: &mut Line,
) -> Result<()> {
    let (_, id) = cited_source(state, source)?;
    line.id = id.paragraph(ordinal);
    cite_section(record, &mut line.citation);
    line.boilerplate = state.boilerplate_reports(source, ordinal)?;
    line.theme.clone_from(&record.context.theme);
    Ok(())
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
