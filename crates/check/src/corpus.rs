//! Paragraphs in which a quotation may stand.

use std::collections::HashSet;
use std::ops::Range;

use quotable_index::{Hit, Hits, Id, Result, SearchOptions, Snapshot, Sort};
use quotable_query::analyse::words;
use quotable_query::{Field, Query};

use crate::options::CheckOptions;
use crate::place::Place;
use crate::token::{Token, TokenKind};
use crate::worth::Vocabulary;

/// How many of the rarest words and windows of words candidates are looked for by, and how long a window is.
const RARE: usize = 8;
const WINDOWS: usize = 12;
const WINDOW: usize = 3;
/// How many longer runs of words are asked for besides, and how long they are: of a sentence of common words they alone
/// tell its paragraph from the many that are about the same.
const RUNS: usize = 4;
const RUN: usize = 6;
/// In so many paragraphs a word stands at most that is asked for alone, however large the corpus: there are rarer ones, or
/// the windows tell more.
const COMMON: u64 = 2_000;
/// How many words of a quotation are looked for side by side; the rest is compared where these stand.
const PHRASE: usize = 40;
/// How many paragraphs with the words side by side are looked at, at least.
const LOOKED: usize = 100;

/// The reports that a quotation is looked for in.
pub(crate) struct Corpus<'a> {
    snapshot: &'a Snapshot,
    pub(crate) options: &'a CheckOptions,
    pub(crate) vocabulary: Vocabulary<'a>,
}

impl<'a> Corpus<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, options: &'a CheckOptions) -> Self {
        Self { snapshot, options, vocabulary: Vocabulary::new(snapshot) }
    }

    /// A place in the paragraph of a hit, with the pages of `bytes`; `None` if the paragraph is gone.
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

    /// Ranks places: those in the report that the article is about come first, then those in other reports of its
    /// authority.
    pub(crate) fn rank(&self, place: &Place) -> u8 {
        let Some(about) = &self.options.about else { return 0 };
        let path = &place.citation.path;
        if about.report.as_ref() == Some(path) {
            return 0;
        }
        let authority = self.snapshot.report_head(path).and_then(|head| head.authority);
        if authority.is_some_and(|authority| authority.key == about.authority) { 1 } else { 2 }
    }

    /// The paragraphs in which the words of a text stand side by side; `None` if there are none.
    pub(crate) fn phrase(&mut self, text: &str, report: Option<&str>) -> Result<Option<Hits>> {
        let all: Vec<String> = words(text).map(|word| word.text).collect();
        // Of a long quotation, the part with the rarest word.
        let rarest = (0..all.len()).min_by_key(|&at| self.vocabulary.frequency(&all[at])).unwrap_or(0);
        let start = rarest.saturating_sub(PHRASE / 2).min(all.len().saturating_sub(PHRASE));
        let part = &all[start..(start + PHRASE).min(all.len())];
        if part.is_empty() || part.iter().any(|word| self.vocabulary.frequency(word) == 0) {
            return Ok(None);
        }
        let query = Query::Phrase(part.iter().map(|word| Query::Word(word.clone())).collect()).normalised();
        let query = within(query, report);
        let most = self.options.places.max(LOOKED);
        let mut found = self.top(query.clone(), most, Sort::Date)?;
        if let Some(about) = &self.options.about
            && found.counts.paragraphs > found.hits.len() as u64
        {
            // What comes first must not depend on how many are looked at.
            let query = query.and(Query::filter(Field::Authority, about.authority.as_str()));
            let mut hits = self.top(query, most, Sort::Date)?.hits;
            let known: HashSet<Id> = hits.iter().map(|hit| hit.id.clone()).collect();
            hits.extend(found.hits.into_iter().filter(|hit| !known.contains(&hit.id)));
            found.hits = hits;
        }
        Ok(Some(found).filter(|found| !found.hits.is_empty()))
    }

    /// Searches tables and notes too, within the filter.
    pub(crate) fn top(&self, query: Query, most: usize, sort: Sort) -> Result<Hits> {
        let query = match &self.options.filter {
            Some(filter) => query.and(filter.clone()),
            None => query,
        };
        let mut options = SearchOptions::default().tables(true).notes(true).sort(sort);
        options.codebook.clone_from(&self.options.codebook);
        options.within.clone_from(&self.options.within);
        self.snapshot.search_with(&query, &options.cancel(self.options.cancel.clone()))?.top(most)
    }

    /// Paragraphs with the rarest words or windows of words.
    pub(crate) fn candidates(&mut self, tokens: &[Token]) -> Option<Query> {
        let mut all: Vec<(u64, String)> = Vec::new();
        let mut windows: Vec<(u64, Vec<String>)> = Vec::new();
        let mut run: Vec<(u64, String)> = Vec::new();
        let mut runs: Vec<Vec<String>> = Vec::new();
        for token in tokens.iter().chain([&Token::end()]) {
            // A number stands in the index as it is written there; in digits it mostly is.
            let plain = token.is_word() && token.kind != TokenKind::Sign;
            let found = if plain { self.vocabulary.frequency(&token.text) } else { 0 };
            if plain && found > 0 {
                all.push((found, token.text.clone()));
                run.push((found, token.text.clone()));
            } else {
                run.clear();
            }
            if run.len() >= WINDOW {
                let window = &run[run.len() - WINDOW..];
                let rarest = window.iter().map(|(found, _)| *found).min().unwrap_or(0);
                windows.push((rarest, window.iter().map(|(_, word)| word.clone()).collect()));
            }
            if run.len() >= RUN {
                runs.push(run[run.len() - RUN..].iter().map(|(_, word)| word.clone()).collect());
            }
        }
        all.sort();
        all.dedup();
        // Common words are asked for only where there are no others.
        let common = (self.vocabulary.paragraphs() / 20).clamp(50, COMMON);
        let rare = all.iter().enumerate().filter(|(at, (found, _))| *at < 2 || *found <= common).take(RARE);
        let mut parts: Vec<Query> = rare.map(|(_, (_, word))| Query::Word(word.clone())).collect();
        windows.sort();
        windows.dedup();
        let windows = windows.into_iter().take(WINDOWS);
        let every = runs.len().div_ceil(RUNS).max(1);
        let runs = runs.into_iter().step_by(every);
        let windows = windows.map(|(_, words)| words).chain(runs);
        parts.extend(windows.map(|words| Query::Phrase(words.into_iter().map(Query::Word).collect())));
        (!parts.is_empty()).then(|| Query::Or(parts).normalised())
    }
}

/// The query in one report, if one is named.
pub(crate) fn within(query: Query, report: Option<&str>) -> Query {
    match report {
        Some(path) => query.and(Query::filter(Field::Path, path)),
        None => query,
    }
}
