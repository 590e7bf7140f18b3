//! Searches for paragraphs that may be the source of a quotation.

use std::collections::HashSet;
use std::ops::Range;

use quotable_index::{Hit, Hits, Id, Result, SearchOptions, Snapshot, Sort};
use quotable_query::analyse::words;
use quotable_query::{Field, Query};

use crate::options::CheckOptions;
use crate::place::Place;
use crate::token::{Token, TokenKind};
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
/// The least number of hits of a phrase query that are compared.
const MIN_HITS: usize = 100;

/// The reports that a quotation is searched in, restricted by the options.
pub(crate) struct Corpus<'a> {
    snapshot: &'a Snapshot,
    pub(crate) options: &'a CheckOptions,
    pub(crate) vocabulary: Vocabulary<'a>,
}

impl<'a> Corpus<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, options: &'a CheckOptions) -> Self {
        Self { snapshot, options, vocabulary: Vocabulary::new(snapshot) }
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

    /// Sort key of a place: 0 in the report that the article is about, 1 in another report of its authority, else 2; always
    /// 0 if it is not known what the article is about.
    pub(crate) fn rank(&self, place: &Place) -> u8 {
        let Some(about) = &self.options.about else { return 0 };
        let path = &place.citation.path;
        if about.report.as_ref() == Some(path) {
            return 0;
        }
        let authority = self.snapshot.report_head(path).and_then(|head| head.authority);
        if authority.is_some_and(|authority| authority.key == about.authority) { 1 } else { 2 }
    }

    /// Paragraphs with the words of `text` as a phrase, in one report if `report` names it; `None` if there are none.
    pub(crate) fn phrase(&mut self, text: &str, report: Option<&str>) -> Result<Option<Hits>> {
        let all: Vec<String> = words(text).map(|word| word.text).collect();
        // Cut a long quotation to the words around its rarest one.
        let rarest = (0..all.len()).min_by_key(|&at| self.vocabulary.frequency(&all[at])).unwrap_or(0);
        let start =
            rarest.saturating_sub(MAX_PHRASE_WORDS / 2).min(all.len().saturating_sub(MAX_PHRASE_WORDS));
        let part = &all[start..(start + MAX_PHRASE_WORDS).min(all.len())];
        if part.is_empty() || part.iter().any(|word| self.vocabulary.frequency(word) == 0) {
            return Ok(None);
        }
        let query = Query::Phrase(part.iter().map(|word| Query::Word(word.clone())).collect()).normalised();
        let query = in_report(query, report);
        let most = self.options.places.max(MIN_HITS);
        let mut found = self.search(query.clone(), most, Sort::Date)?;
        if let Some(about) = &self.options.about
            && found.counts.paragraphs > found.hits.len() as u64
        {
            // More matches than hits: fetch those of the authority first, or the limit could hide them.
            let query = query.and(Query::filter(Field::Authority, about.authority.as_str()));
            let mut hits = self.search(query, most, Sort::Date)?.hits;
            let known: HashSet<Id> = hits.iter().map(|hit| hit.id.clone()).collect();
            hits.extend(found.hits.into_iter().filter(|hit| !known.contains(&hit.id)));
            found.hits = hits;
        }
        Ok(Some(found).filter(|found| !found.hits.is_empty()))
    }

    /// The first `most` hits, tables and notes included, within the options' filter and folder.
    pub(crate) fn search(&self, query: Query, most: usize, sort: Sort) -> Result<Hits> {
        let query = match &self.options.filter {
            Some(filter) => query.and(filter.clone()),
            None => query,
        };
        let mut options = SearchOptions::default().tables(true).notes(true).sort(sort);
        options.codebook.clone_from(&self.options.codebook);
        options.within.clone_from(&self.options.within);
        options.duplicates = self.options.duplicates;
        self.snapshot.search_with(&query, &options.cancel(self.options.cancel.clone()))?.top(most)
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
