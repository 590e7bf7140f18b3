//! Finds the source of a quotation and judges how it was changed.

use std::collections::{HashMap, HashSet};

use quotable_index::{Hits, Result, Snapshot};

use crate::align::Step;
use crate::aligner::{Aligner, edits, span};
use crate::compare::Difference;
use crate::corpus::Corpus;
use crate::edit::{Edit, EditKind};
use crate::options::CheckOptions;
use crate::place::Place;
use crate::quotation::Quotation;
use crate::reopened;
use crate::splice;
use crate::token::{Token, quoted_tokens, source_tokens};
use crate::verbatim::{dropped_leading_negation, dropped_negation_before, occurrences, verdict};
use crate::verdict::{ALTERED, BOILERPLATE, CUT, Check, FEWEST, InAbout, LONGEST, Verdict};

/// At or above this similarity a quotation has a single source and is not tested for a splice: the words after a lost `not`
/// may well occur without it in another paragraph.
const SINGLE_SOURCE: f64 = 0.92;

/// From this similarity on, words of the report that the article is about are the source, whatever other reports have.
const SURE: f64 = 0.85;
/// How much more similar the words of another report must be, below [`SURE`], to be the likelier source.
const LIKELIER: f64 = 0.12;

/// Checks quotations against a snapshot, one after another: what is known of its words is kept from one to the next.
pub(crate) struct Checker<'a> {
    aligner: Aligner<'a>,
    /// The checks of the first quotations: an article repeats some, and a hostile one repeats one a thousand times.
    known: HashMap<Quoted, Check>,
    unread: u64,
    unfinished: bool,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot, options: &'a CheckOptions) -> Self {
        Self {
            aligner: Aligner::new(Corpus::new(snapshot, options)),
            known: HashMap::new(),
            unread: snapshot.unread(options.within.as_deref()).len() as u64,
            unfinished: snapshot.status().unfinished,
        }
    }

    /// Checks one quotation.
    pub(crate) fn check(&mut self, quotation: &Quotation) -> Result<Check> {
        let quoted = Quoted::of(quotation);
        let check = match self.known.get(&quoted) {
            Some(known) => known.clone(),
            None => {
                let check = self.judge(quotation)?;
                if self.known.len() < MOST_KNOWN {
                    self.known.insert(quoted, check.clone());
                }
                check
            }
        };
        let (unread, unfinished) = (self.unread, self.unfinished);
        Ok(Check { complete: unread == 0 && !unfinished, unread, unfinished, ..check })
    }
}

/// The most checks that are kept for quotations that repeat.
const MOST_KNOWN: usize = 64;

/// What the check of a quotation depends on.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Quoted {
    text: String,
    breaks: Vec<usize>,
    negated: bool,
    in_article: bool,
}

impl Quoted {
    fn of(quotation: &Quotation) -> Self {
        Self {
            text: quotation.text.clone(),
            breaks: quotation.breaks.clone(),
            negated: quotation.negated,
            in_article: !quotation.parts.is_empty(),
        }
    }
}

/// Where the words of a quotation stand side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verbatim {
    Nowhere,
    /// In a report that the article is about, or anywhere if that is not known.
    Here,
    /// In other reports alone.
    Elsewhere,
}

/// Bytes of a quotation that are made into tokens at once. The checked part ends far before, unless its words are longer
/// than those of any language.
const MOST_TOKENISED: usize = 64 * LONGEST;

/// Splits a text behind its last white space within the first `most` bytes; at a character if there is none. The first
/// part is the whole text if that fits.
fn split_at_space(text: &str, most: usize) -> (&str, &str) {
    if text.len() <= most {
        return (text, "");
    }
    let fits = &text[..text.floor_char_boundary(most)];
    text.split_at(fits.rfind(char::is_whitespace).filter(|space| *space > 0).unwrap_or(fits.len()))
}

impl Checker<'_> {
    fn judge(&mut self, quotation: &Quotation) -> Result<Check> {
        let text = quotation.text.as_str();
        // Of a text of megabytes, the tokens that are not checked are only counted.
        let (head, mut rest) = split_at_space(text, MOST_TOKENISED);
        let mut tokens = quoted_tokens(head);
        let mut unchecked = tokens.len().saturating_sub(LONGEST);
        tokens.truncate(LONGEST);
        while !rest.is_empty() {
            let (part, after) = split_at_space(rest, MOST_TOKENISED);
            unchecked += quoted_tokens(part).len();
            rest = after;
        }
        let counted = tokens.iter().filter(|token| token.is_word()).count();
        let mut check = Check { short: counted < FEWEST, unchecked, ..Check::blank(text) };
        if counted == 0 {
            return Ok(check);
        }
        match self.find_verbatim(quotation, &tokens, &mut check)? {
            Verbatim::Here => {}
            Verbatim::Elsewhere => self.judge_elsewhere(text, &tokens, &quotation.breaks, &mut check)?,
            Verbatim::Nowhere => {
                let reopened =
                    reopened::find(&mut self.aligner, text, &tokens, &quotation.breaks, &mut check)?;
                if !reopened {
                    self.find_changed(text, &tokens, &quotation.breaks, &mut check)?;
                }
            }
        }
        if check.verdict == Verdict::Absent && !check.short && tokens.iter().all(Token::is_word) {
            check.outside = self.aligner.corpus.outside(text, span(&tokens))?;
        }
        check.boilerplate = check.reports >= BOILERPLATE;
        self.aligner.corpus.vocabulary.finish()?;
        Ok(check)
    }

    /// Looks for the words of the quotation as a phrase.
    fn find_verbatim(
        &mut self,
        quotation: &Quotation,
        tokens: &[Token],
        check: &mut Check,
    ) -> Result<Verbatim> {
        let text = quotation.text.as_str();
        if !tokens.iter().all(Token::is_word) {
            return Ok(Verbatim::Nowhere);
        }
        let span = span(tokens);
        let Some(found) = self.aligner.corpus.phrase(&text[span.clone()], None)? else {
            return Ok(Verbatim::Nowhere);
        };
        // The phrase query covers neither signs such as `%` nor all of a long quotation: compare every token here.
        let whole = found.counts.occurrences;
        let mut places: Vec<(Vec<Difference>, Place)> = Vec::new();
        let mut missed = 0;
        for hit in &found.hits {
            let source = source_tokens(&hit.text);
            let ranges = occurrences(tokens, &source);
            missed += hit.occurrences.len().saturating_sub(ranges.len()) as u64;
            for range in ranges {
                let steps: Vec<Step> =
                    range.clone().enumerate().map(|(quoted, source)| Step::Same { quoted, source }).collect();
                let mut comparison = self.aligner.compare(text, tokens, &hit.text, &source, &steps);
                if tokens.len() >= FEWEST {
                    let capital = text[span.clone()].starts_with(char::is_uppercase);
                    comparison.differences.extend(dropped_leading_negation(
                        &hit.text,
                        &source,
                        range.clone(),
                        span.start,
                        capital,
                    ));
                    let lost = |found: &Difference| found.kind == EditKind::NegationLost;
                    let is_lost = comparison.differences.iter().any(lost);
                    if !quotation.negated && !quotation.parts.is_empty() && !is_lost {
                        let lost = dropped_negation_before(&source, &range, span.start);
                        comparison.differences.extend(lost);
                    }
                }
                if let Some(place) = self.aligner.corpus.place(hit, comparison.source, span.clone())? {
                    places.push((comparison.differences, place));
                }
            }
        }
        if places.is_empty() {
            return Ok(Verbatim::Nowhere);
        }
        // Order: the report that the article is about, body text, then the least kinds of difference.
        places.sort_by_cached_key(|(differences, place)| {
            (
                self.aligner.corpus.rank(place),
                !place.role.is_body(),
                differences.iter().map(|found| found.kind.is_folded()).collect::<Vec<_>>(),
            )
        });
        // What the article is about is judged alone, unless only another report has the words unchanged. A report younger
        // than the article is always another.
        let here = places.iter().take_while(|(_, place)| self.aligner.corpus.is_source(place)).count();
        let best = |places: &[(Vec<Difference>, Place)]| {
            let fewest = places.iter().map(|(differences, _)| differences.len()).min()?;
            places.iter().position(|(differences, _)| differences.len() == fewest)
        };
        let serious = |at: usize| places[at].0.iter().any(|difference| !difference.kind.is_folded());
        let best_here = best(&places[..here]);
        let best_there = best(&places[here..]).map(|at| at + here);
        let (mut first, found_where) = match (best_here, best_there) {
            (Some(at), Some(there)) if serious(at) && !serious(there) => {
                let (differences, place) = places[at].clone();
                let edits = edits(text, &place.text, differences, 0);
                let verdict = verdict(&edits);
                check.in_about = Some(InAbout { verdict, place: Some(place), edits, similarity: 1.0 });
                (there, Verbatim::Elsewhere)
            }
            (Some(at), _) => (at, Verbatim::Here),
            (None, there) => (there.unwrap_or(0), Verbatim::Elsewhere),
        };
        if found_where == Verbatim::Elsewhere {
            places.rotate_left(here);
            first -= here;
        }
        // Edits refer to the place with the fewest differences: keep it among the places that are returned.
        let most = self.aligner.corpus.options.places.max(1);
        if first >= most {
            places.swap(first, most - 1);
            first = most - 1;
        }
        let differences = std::mem::take(&mut places[first].0);
        check.edits = edits(text, &places[first].1.text, differences, first);
        check.verdict = verdict(&check.edits);
        check.similarity = 1.0;
        check.total = whole.saturating_sub(missed).max(places.len() as u64);
        check.reports = reports(&found, places.iter().map(|(_, place)| place));
        check.younger = self.aligner.corpus.is_younger(&places[first].1.citation.path);
        check.places = places.into_iter().take(most).map(|(_, place)| place).collect();
        Ok(found_where)
    }

    /// Judges a quotation that stands in other reports by those that the article is about.
    fn judge_elsewhere(
        &mut self,
        text: &str,
        tokens: &[Token],
        breaks: &[usize],
        check: &mut Check,
    ) -> Result<()> {
        if check.in_about.is_none() {
            let here = self.find_here(text, tokens, breaks, check)?;
            if here.verdict.is_exact() {
                let (total, reports) = (check.total + here.total, check.reports + here.reports);
                *check = Check { total, reports, ..here };
                return Ok(());
            }
            check.in_about = Some(in_about(here));
        }
        if check.verdict.is_exact() {
            check.verdict = Verdict::Elsewhere;
        }
        Ok(())
    }

    /// Looks for a quotation that stands nowhere word for word: first in what the article is about.
    fn find_changed(
        &mut self,
        text: &str,
        tokens: &[Token],
        breaks: &[usize],
        check: &mut Check,
    ) -> Result<()> {
        if !self.aligner.corpus.has_about() {
            return self.find_altered(text, tokens, breaks, check);
        }
        let here = self.find_here(text, tokens, breaks, check)?;
        if here.verdict != Verdict::Absent && here.similarity >= SURE {
            *check = here;
            return Ok(());
        }
        self.find_altered(text, tokens, breaks, check)?;
        let is_here = |check: &Check| {
            let place = check.places.first().or(check.nearest.as_ref());
            place.is_some_and(|place| self.aligner.corpus.is_about(place))
        };
        let least = match (here.verdict, check.verdict) {
            (Verdict::Absent, Verdict::Absent) => here.similarity / SURE,
            (Verdict::Absent, _) => 0.0,
            _ => here.similarity + LIKELIER,
        };
        if is_here(check) {
            return Ok(());
        }
        if check.similarity < least || (check.verdict == Verdict::Absent && here.verdict != Verdict::Absent) {
            *check = here;
        } else if check.verdict != Verdict::Absent {
            check.in_about = Some(in_about(here));
            if check.verdict.is_exact() {
                check.verdict = Verdict::Elsewhere;
            }
        }
        Ok(())
    }

    /// What becomes of a quotation in the reports that the article is about, as far as changes can be told. `check` is
    /// what is known of it otherwise.
    fn find_here(&mut self, text: &str, tokens: &[Token], breaks: &[usize], check: &Check) -> Result<Check> {
        let mut here = Check {
            verdict: Verdict::Absent,
            places: Vec::new(),
            consecutive: false,
            total: 0,
            reports: 0,
            edits: Vec::new(),
            similarity: 0.0,
            nearest: None,
            younger: false,
            ..check.clone()
        };
        if !check.short && !self.aligner.corpus.lacks_about() {
            self.aligner.corpus.confine(true);
            let found = self.find_altered(text, tokens, breaks, &mut here);
            self.aligner.corpus.confine(false);
            found?;
        }
        Ok(here)
    }

    /// Aligns the quotation with candidate paragraphs, for a quotation that is not found as a phrase.
    fn find_altered(
        &mut self,
        text: &str,
        tokens: &[Token],
        breaks: &[usize],
        check: &mut Check,
    ) -> Result<()> {
        let Some(best) = self.aligner.best(text, tokens, None)? else { return Ok(()) };
        let comparison = self.aligner.compare(text, tokens, &best.hit.text, &best.tokens, &best.steps);
        // A single cut has its own, lower threshold, and is never a splice.
        let least = if comparison.cut { CUT } else { ALTERED };
        let altered = comparison.similarity >= least && comparison.kept >= FEWEST;
        let cut = altered && comparison.cut;
        if comparison.similarity < SINGLE_SOURCE
            && !cut
            && splice::find_pieces(&mut self.aligner, text, tokens, breaks, &best, check)?
        {
            return Ok(());
        }
        check.similarity = comparison.similarity;
        let span = span(tokens);
        let place = self.aligner.corpus.place(&best.hit, comparison.source.clone(), span.clone())?;
        let Some(place) = place else { return Ok(()) };
        check.edits = edits(text, &place.text, comparison.differences, 0);
        if !altered {
            check.nearest = Some(place);
            return Ok(());
        }
        check.verdict = verdict(&check.edits);
        // Other reports may have the same words: list them as places too.
        let same = self.aligner.corpus.phrase(place.source(), None)?;
        let mut places = Vec::new();
        if let Some(same) = &same {
            for hit in &same.hits {
                if hit.id == place.id {
                    continue;
                }
                let source = source_tokens(&hit.text);
                for range in occurrences(&source_tokens(place.source()), &source) {
                    let bytes = source[range.start].bytes.start..source[range.end - 1].bytes.end;
                    places.extend(self.aligner.corpus.place(hit, bytes, span.clone())?);
                }
            }
            check.reports = reports(same, places.iter().chain([&place]));
        }
        // The place that the edits refer to comes first, unless others are nearer to what the article is about.
        let mine = self.aligner.corpus.rank(&place);
        let before = places.iter().filter(|other| self.aligner.corpus.rank(other) < mine).count();
        places.sort_by_cached_key(|place| (self.aligner.corpus.rank(place), !place.role.is_body()));
        places.insert(before, place);
        for edit in &mut check.edits {
            edit.place = before;
        }
        check.reports = check.reports.max(1);
        check.total = places.len() as u64;
        places.truncate(self.aligner.corpus.options.places.max(before + 1));
        check.places = places;
        Ok(())
    }
}

/// The number of reports with the quotation. Of the reports of `found`, those whose hits were compared and gave no place do
/// not count: the phrase of a long quotation covers only part of it, and the rest may differ there.
fn reports<'p>(found: &Hits, places: impl Iterator<Item = &'p Place>) -> u64 {
    let seen: HashSet<&str> = places.map(|place| place.citation.path.as_str()).collect();
    let looked_at: HashSet<&str> = found.hits.iter().map(|hit| hit.citation.path.as_str()).collect();
    let without = looked_at.iter().filter(|path| !seen.contains(*path)).count() as u64;
    found.counts.reports.saturating_sub(without).max(seen.len() as u64)
}

/// A check by the reports that the article is about, beside the places in others.
fn in_about(here: Check) -> InAbout {
    let Check { verdict, mut places, nearest, edits, similarity, .. } = here;
    let at = edits.first().map_or(0, |edit| edit.place).min(places.len().saturating_sub(1));
    let place = if places.is_empty() { nearest } else { Some(places.swap_remove(at)) };
    let edits =
        edits.into_iter().filter(|edit| edit.place == at).map(|edit| Edit { place: 0, ..edit }).collect();
    InAbout { verdict, place, edits, similarity }
}
