//! Searches for paragraphs that may be the source of a quotation.

use std::collections::HashSet;
use std::ops::Range;

use quotable_index::{Hit, Hits, Id, Result, Search, SearchOptions, Snapshot, Sort};
use quotable_query::analyse::words;
use quotable_query::{Field, Query};

use quotable_report::{ReportKind, Role};

use crate::days::is_too_young;
use crate::options::CheckOptions;
use crate::place::Place;
use crate::token::{Token, TokenKind};
use crate::verdict::FEWEST;
use crate::vocabulary::Vocabulary;

/// The most rare words in the query for candidates, the most short phrases, and the words of a short phrase.
const RARE_WORDS: usize = 8;
const SHORT_PHRASES: usize = 12;
const SHORT_PHRASE_WORDS: usize = 3;
/// The number of long phrases in the query for candidates, spread over the quotation, and the words of one. They single out
/// the paragraph of a sentence that consists of common words.
const LONG_PHRASES: usize = 4;
const LONG_PHRASE_WORDS: usize = 6;
/// The most paragraphs with a word that the query has as a single word, in a corpus of any size. Rarer words or phrases
/// select better.
const COMMON_FREQUENCY: u64 = 2_000;
/// The most words in a phrase query; the rest of a longer quotation is compared with the hits.
const MAX_PHRASE_WORDS: usize = 40;
/// Paragraphs, headings and notes included, that neighbouring paragraphs of a quotation may be apart.
const MOST_APART: u32 = 6;
/// The least number of hits of a phrase query that are compared.
const MIN_HITS: usize = 100;
/// The same of a phrase of fewer than [`FEWEST`] words.
const MIN_SHORT_HITS: usize = 24;

/// The reports that a quotation is searched in, restricted by the options.
pub(crate) struct Corpus<'a> {
    snapshot: &'a Snapshot,
    pub(crate) options: &'a CheckOptions,
    pub(crate) vocabulary: Vocabulary<'a>,
    /// True while only the reports that the article is about are searched.
    confined: bool,
}

/// The most reports that a query names by their paths.
const MOST_PATHS: usize = 32;
/// The ranks of places outside the reports that the article is about: in another report on its authority, and elsewhere.
const SAME_AUTHORITY: usize = usize::MAX - 1;
const OTHER_AUTHORITY: usize = usize::MAX;

impl<'a> Corpus<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, options: &'a CheckOptions) -> Self {
        Self { snapshot, options, vocabulary: Vocabulary::new(snapshot), confined: false }
    }

    /// The place at `bytes` of the paragraph of a hit, cited with their pages; `None` if the snapshot lacks the paragraph.
    pub(crate) fn place(
        &self,
        hit: &Hit,
        bytes: Range<usize>,
        quoted: Range<usize>,
    ) -> Result<Option<Place>> {
        let cited = self.snapshot.cite(hit, bytes.clone())?;
        Ok(cited.map(|cited| {
            let Hit { id, citation, role, text, .. } = cited;
            Place { id, citation, role, text, bytes, quoted }
        }))
    }

    /// Searches only the reports that the article is about from now on, or all again.
    pub(crate) fn confine(&mut self, confined: bool) {
        self.confined = confined;
    }

    /// True if the options say by which reports to judge.
    pub(crate) fn has_about(&self) -> bool {
        let about = self.options.about.as_ref();
        about.is_some_and(|about| about.missing || about.report.is_some() || !about.reports.is_empty())
    }

    /// True if none of the reports that may be searched can be the one that the article is about.
    pub(crate) fn lacks_about(&self) -> bool {
        self.options.about.as_ref().is_some_and(|about| about.missing)
    }

    /// True for the report at `path` if it is published after the article, and so is no source of it.
    pub(crate) fn is_younger(&self, path: &str) -> bool {
        if self.options.about.as_ref().is_some_and(|about| about.has(path)) {
            return false;
        }
        let head = self.options.published.and_then(|_| self.snapshot.report_head(path));
        head.is_some_and(|head| is_too_young(&head, self.options.published))
    }

    /// True for a place that may be the source: in a report that the article is about, or anywhere if that is not known, and
    /// not younger than the article.
    pub(crate) fn is_source(&self, place: &Place) -> bool {
        (!self.has_about() || self.is_about(place)) && !self.is_younger(&place.citation.path)
    }

    /// True for a place in a report that the article is about.
    pub(crate) fn is_about(&self, place: &Place) -> bool {
        self.options.about.as_ref().is_some_and(|about| about.has(&place.citation.path))
    }

    /// The paragraph with this id and up to `n` before and after it, in order.
    pub(crate) fn around(&self, id: &Id, n: u32) -> Result<Vec<Hit>> {
        self.snapshot.around(id, n)
    }

    /// Sort key of a place: first the reports that the article is about, in their order, then others on its authority; 0
    /// for all if it is not known what the article is about. What is younger than the article comes last.
    pub(crate) fn rank(&self, place: &Place) -> (bool, usize) {
        self.rank_of(&place.citation.path)
    }

    /// The same of a place in the report at `path`.
    pub(crate) fn rank_of(&self, path: &str) -> (bool, usize) {
        (self.is_younger(path), self.nearness(path))
    }

    fn nearness(&self, path: &str) -> usize {
        let Some(about) = &self.options.about else { return 0 };
        if about.report.as_deref() == Some(path) {
            return 0;
        }
        // Without a single report, those of the authority are equal.
        if about.report.is_none() && about.has(path) {
            return 0;
        }
        if let Some(at) = about.reports.iter().position(|report| report.path == path) {
            return at;
        }
        let authority = self.snapshot.report_head(path).and_then(|head| head.authority);
        let same = authority.is_some_and(|authority| authority.key == about.authority);
        if same { SAME_AUTHORITY } else { OTHER_AUTHORITY }
    }

    /// A filter for the reports that the article is about; for those on its authority if none is named.
    fn about_filter(&self) -> Option<Query> {
        let about = self.options.about.as_ref()?;
        let mut paths: Vec<&str> =
            about.reports.iter().map(|report| report.path.as_str()).chain(about.report.as_deref()).collect();
        paths.dedup();
        let paths = paths.into_iter().take(MOST_PATHS);
        let paths: Vec<Query> = paths.map(|path| Query::filter(Field::Path, path)).collect();
        match paths.len() {
            0 if about.authority.is_empty() => None,
            0 => Some(Query::filter(Field::Authority, about.authority.as_str())),
            _ => Some(Query::Or(paths).normalised()),
        }
    }

    /// The paragraphs from `first` to `last` of a report that are body text, both included; `None` if there are too many
    /// to be neighbours.
    pub(crate) fn body_between(&self, first: &Id, last: &Id) -> Result<Option<usize>> {
        let (Some(from), Some(to)) = (first.ordinal(), last.ordinal()) else { return Ok(None) };
        if from > to || to - from > MOST_APART {
            return Ok(None);
        }
        let around = self.snapshot.around(first, to - from)?;
        let inside = around
            .iter()
            .filter(|hit| hit.role.is_body() && hit.id.ordinal().is_some_and(|at| (from..=to).contains(&at)));
        Ok(Some(inside.filter(|hit| hit.role != Role::Heading).count()))
    }

    /// Paragraphs with the words of `text` as a phrase, in one report if `report` names it; `None` if there are none.
    ///
    /// As many are fetched as the options ask for, of a short quotation too, or the least number that is compared.
    pub(crate) fn phrase(&mut self, text: &str, report: Option<&str>) -> Result<Option<Hits>> {
        let Some((query, words)) = self.phrase_query(text) else { return Ok(None) };
        let query = in_report(query, report);
        let most = if words < FEWEST {
            self.options.short_places.max(MIN_SHORT_HITS)
        } else {
            self.options.places.max(MIN_HITS)
        };
        let mut found = self.search(query.clone(), most, Sort::Date)?;
        if found.counts.paragraphs > found.hits.len() as u64
            && let Some(about) = self.about_filter()
        {
            // More matches than hits: fetch those of what the article is about first, or the limit could hide them.
            let query = query.and(about);
            let mut hits = self.search(query, most, Sort::Date)?.hits;
            let known: HashSet<Id> = hits.iter().map(|hit| hit.id.clone()).collect();
            hits.extend(found.hits.into_iter().filter(|hit| !known.contains(&hit.id)));
            found.hits = hits;
        }
        Ok(Some(found).filter(|found| !found.hits.is_empty()))
    }

    /// The first `most` paragraphs with the words of `text` as a phrase; `None` if there are none.
    pub(crate) fn first_with(&mut self, text: &str, most: usize) -> Result<Option<Hits>> {
        let Some((query, _)) = self.phrase_query(text) else { return Ok(None) };
        Ok(Some(self.search(query, most, Sort::Date)?).filter(|found| !found.hits.is_empty()))
    }

    /// The number of reports that have the words of `text` as a phrase.
    pub(crate) fn reports_with(&mut self, text: &str) -> Result<u64> {
        let Some((query, _)) = self.phrase_query(text) else { return Ok(0) };
        Ok(self.searched(query, Sort::Date)?.count()?.reports)
    }

    /// The words of `text` as a phrase, and their number; `None` if the corpus lacks one. Of a long text, the phrase has the
    /// words around the rarest.
    fn phrase_query(&mut self, text: &str) -> Option<(Query, usize)> {
        let all: Vec<String> = words(text).map(|word| word.text).collect();
        let rarest = (0..all.len()).min_by_key(|&at| self.vocabulary.frequency(&all[at])).unwrap_or(0);
        let start =
            rarest.saturating_sub(MAX_PHRASE_WORDS / 2).min(all.len().saturating_sub(MAX_PHRASE_WORDS));
        let part = &all[start..(start + MAX_PHRASE_WORDS).min(all.len())];
        if part.is_empty() || part.iter().any(|word| self.vocabulary.frequency(word) == 0) {
            return None;
        }
        let query = Query::Phrase(part.iter().map(|word| Query::Word(word.clone())).collect()).normalised();
        Some((query, part.len()))
    }

    /// A place with the words of `text` at `quoted` side by side, in a report that the options leave out.
    pub(crate) fn outside(&mut self, text: &str, quoted: Range<usize>) -> Result<Option<Place>> {
        if self.options.filter.is_none() && self.options.within.is_none() {
            return Ok(None);
        }
        let everything = CheckOptions {
            cancel: self.options.cancel.clone(),
            duplicates: self.options.duplicates,
            ..CheckOptions::default()
        };
        let mut all = Corpus::new(self.snapshot, &everything);
        let found = all.phrase(text.get(quoted.clone()).unwrap_or_default(), None)?;
        let is_report = |hit: &&Hit| {
            let head = self.snapshot.report_head(&hit.citation.path);
            self.options.article.as_ref() != Some(&hit.citation.path)
                && head.is_some_and(|head| head.kind != ReportKind::Article)
        };
        let Some(hit) = found.iter().flat_map(|found| &found.hits).find(is_report) else { return Ok(None) };
        let bytes = hit.matches.first().zip(hit.matches.last());
        let bytes = bytes.map_or(0..hit.text.len(), |(first, last)| first.start..last.end);
        all.place(hit, bytes, quoted)
    }

    /// The first `most` hits, tables and notes included, within the options' filter and folder.
    pub(crate) fn search(&self, query: Query, most: usize, sort: Sort) -> Result<Hits> {
        self.searched(query, sort)?.top(most)
    }

    /// The search for a query, tables and notes included, within the options' filter and folder.
    fn searched(&self, query: Query, sort: Sort) -> Result<Search> {
        let about = if self.confined { self.about_filter() } else { None };
        let filters = self.options.filter.iter().cloned().chain(about);
        let query = filters.fold(query, Query::and);
        let mut options = SearchOptions::default().tables(true).notes(true).sort(sort);
        options.codebook.clone_from(&self.options.codebook);
        options.within.clone_from(&self.options.within);
        options.duplicates = self.options.duplicates;
        self.snapshot.search_with(&query, &options.cancel(self.options.cancel.clone()))
    }

    /// A query for paragraphs that may be the source: its rare words, its rarest short phrases, and some long phrases, joined
    /// by `OR` and to be ranked by relevance. `None` if the corpus has none of the words.
    pub(crate) fn candidate_query(&mut self, tokens: &[Token]) -> Option<Query> {
        let mut all: Vec<(u64, String)> = Vec::new();
        let mut windows: Vec<(u64, Vec<String>)> = Vec::new();
        let mut run: Vec<(u64, String)> = Vec::new();
        let mut runs: Vec<Vec<String>> = Vec::new();
        for token in tokens.iter().chain([&Token::end()]) {
            // Signs are not indexed. A number may be written otherwise in the source, but is mostly in digits, as here.
            let plain = token.is_word() && token.kind != TokenKind::Sign;
            let found = if plain { self.vocabulary.frequency(&token.text) } else { 0 };
            if plain && found > 0 {
                all.push((found, token.text.clone()));
                run.push((found, token.text.clone()));
            } else {
                run.clear();
            }
            if run.len() >= SHORT_PHRASE_WORDS {
                let window = &run[run.len() - SHORT_PHRASE_WORDS..];
                let rarest = window.iter().map(|(found, _)| *found).min().unwrap_or(0);
                windows.push((rarest, window.iter().map(|(_, word)| word.clone()).collect()));
            }
            if run.len() >= LONG_PHRASE_WORDS {
                runs.push(
                    run[run.len() - LONG_PHRASE_WORDS..].iter().map(|(_, word)| word.clone()).collect(),
                );
            }
        }
        all.sort();
        all.dedup();
        // The two rarest words always; others only if they are rare enough to select.
        let common = (self.vocabulary.paragraphs() / 20).clamp(50, COMMON_FREQUENCY);
        let rare =
            all.iter().enumerate().filter(|(at, (found, _))| *at < 2 || *found <= common).take(RARE_WORDS);
        let mut parts: Vec<Query> = rare.map(|(_, (_, word))| Query::Word(word.clone())).collect();
        windows.sort();
        windows.dedup();
        let windows = windows.into_iter().take(SHORT_PHRASES);
        let every = runs.len().div_ceil(LONG_PHRASES).max(1);
        let runs = runs.into_iter().step_by(every);
        let windows = windows.map(|(_, words)| words).chain(runs);
        parts.extend(windows.map(|words| Query::Phrase(words.into_iter().map(Query::Word).collect())));
        (!parts.is_empty()).then(|| Query::Or(parts).normalised())
    }
}

/// Restricts a query to one report, if one is named.
pub(crate) fn in_report(query: Query, report: Option<&str>) -> Query {
    match report {
        Some(path) => query.and(Query::filter(Field::Path, path)),
        None => query,
    }
}
