//! Finds where a quotation stands.

use std::collections::HashSet;
use std::ops::Range;

use super::candidates::within;
use super::compare::{Comparison, Difference, Knowledge as _, Pair, compare};
use super::likeness::Forms;
use super::token::{Token, TokenKind, quoted_tokens, source_tokens};
use super::worth::Vocabulary;
use super::{ALTERED, BOILERPLATE, CUT, Check, CheckOptions, Edit, FEWEST, LONGEST, Place, Verdict};
use crate::align::{Item, Step, align};
use crate::error::Result;
use crate::hit::{Hit, Hits};
use crate::options::Sort;
use crate::snapshot::Snapshot;

/// How many candidates are aligned.
const CANDIDATES: usize = 24;
/// From this similarity on a quotation is one of a single paragraph, and no pieces are looked for: the words behind
/// a lost `not` may well stand elsewhere without it.
const WHOLE: f64 = 0.92;
/// A longer paragraph is aligned only around what of it is alike.
const STRETCH: usize = 1_200;

/// Checks quotations against one state of the index.
pub(super) struct Checker<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) options: &'a CheckOptions,
    pub(super) vocabulary: Vocabulary<'a>,
    pub(super) forms: Forms,
}

/// A candidate aligned.
pub(super) struct Aligned {
    pub(super) hit: Hit,
    pub(super) tokens: Vec<Token>,
    pub(super) steps: Vec<Step>,
    pub(super) score: i32,
}

impl<'a> Checker<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, options: &'a CheckOptions) -> Self {
        Self { snapshot, options, vocabulary: Vocabulary::new(snapshot), forms: Forms::default() }
    }

    pub(super) fn check(&mut self, text: &str) -> Result<Check> {
        let mut tokens = quoted_tokens(text);
        let unchecked = tokens.len().saturating_sub(LONGEST);
        tokens.truncate(LONGEST);
        let counted = tokens.iter().filter(|token| token.is_word()).count();
        let mut check = Check {
            verdict: Verdict::Absent,
            text: text.to_owned(),
            places: Vec::new(),
            total: 0,
            reports: 0,
            edits: Vec::new(),
            similarity: 0.0,
            nearest: None,
            boilerplate: false,
            short: counted < FEWEST,
            unchecked,
        };
        if counted == 0 {
            return Ok(check);
        }
        if !self.as_it_stands(text, &tokens, &mut check)? {
            self.changed(text, &tokens, &mut check)?;
        }
        check.boilerplate = check.reports >= BOILERPLATE;
        self.vocabulary.settle()?;
        Ok(check)
    }

    /// Looks for the words side by side.
    fn as_it_stands(&mut self, text: &str, tokens: &[Token], check: &mut Check) -> Result<bool> {
        if !tokens.iter().all(Token::is_word) {
            return Ok(false);
        }
        let span = span(tokens);
        let Some(found) = self.phrase(&text[span.clone()], None)? else { return Ok(false) };
        // Where the words stand, the signs and the rest of a long quotation are still to be seen.
        let whole = found.counts.occurrences;
        let mut places: Vec<(Vec<Difference>, Place)> = Vec::new();
        let mut missed = 0;
        for hit in &found.hits {
            let source = source_tokens(&hit.text);
            let ranges = runs(tokens, &source);
            missed += hit.occurrences.len().saturating_sub(ranges.len()) as u64;
            for range in ranges {
                let steps: Vec<Step> =
                    range.clone().enumerate().map(|(quoted, source)| Step::Same { quoted, source }).collect();
                let mut made = self.compare(text, tokens, &hit.text, &source, &steps);
                if tokens.len() >= FEWEST {
                    let capital = text[span.clone()].starts_with(char::is_uppercase);
                    made.differences.extend(beheaded(&hit.text, &source, range.clone(), span.start, capital));
                }
                if let Some(place) = self.snapshot.place(hit, made.source, span.clone())? {
                    places.push((made.differences, place));
                }
            }
        }
        if places.is_empty() {
            return Ok(false);
        }
        // The place with the fewest differences comes first; what the article is about before all.
        places.sort_by_cached_key(|(differences, place)| {
            (
                self.rank(place),
                !place.role.is_body(),
                differences.iter().map(|found| found.kind.is_folded()).collect::<Vec<_>>(),
            )
        });
        let fewest = places.iter().map(|(differences, _)| differences.len()).min().unwrap_or(0);
        let mut first = places.iter().position(|(differences, _)| differences.len() == fewest).unwrap_or(0);
        // The place whose differences are given is always among those that are.
        let most = self.options.places.max(1);
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
        check.places = places.into_iter().take(most).map(|(_, place)| place).collect();
        Ok(true)
    }

    /// What comes first: the report that the article is about, then others of its authority.
    fn rank(&self, place: &Place) -> u8 {
        let Some(about) = &self.options.about else { return 0 };
        let mine = |place: &Place| {
            let source = self.snapshot.table().find(&place.citation.path);
            let entry = source.and_then(|source| self.snapshot.table().entry(source));
            entry.and_then(|entry| entry.authority.as_ref()).is_some_and(|found| found.key == about.authority)
        };
        if about.report.as_ref() == Some(&place.citation.path) {
            0
        } else if mine(place) {
            1
        } else {
            2
        }
    }

    /// Looks for a quotation whose words do not stand side by side.
    fn changed(&mut self, text: &str, tokens: &[Token], check: &mut Check) -> Result<()> {
        let Some(best) = self.best(text, tokens, None)? else { return Ok(()) };
        let made = self.compare(text, tokens, &best.hit.text, &best.tokens, &best.steps);
        // What one cut explains was not pieced together.
        let least = if made.cut { CUT } else { ALTERED };
        let altered = made.similarity >= least && made.kept >= FEWEST;
        let cut = altered && made.cut;
        if made.similarity < WHOLE && !cut && self.pieces(text, tokens, &best, check)? {
            return Ok(());
        }
        check.similarity = made.similarity;
        let span = span(tokens);
        let place = self.snapshot.place(&best.hit, made.source.clone(), span.clone())?;
        let Some(place) = place else { return Ok(()) };
        check.edits = edits(text, &place.text, made.differences, 0);
        if !altered {
            check.nearest = Some(place);
            return Ok(());
        }
        check.verdict = verdict(&check.edits);
        // The same words of the source may stand elsewhere too.
        let same = self.phrase(place.source(), None)?;
        let mut places = Vec::new();
        if let Some(same) = &same {
            for hit in &same.hits {
                if hit.id == place.id {
                    continue;
                }
                let source = source_tokens(&hit.text);
                for range in runs(&source_tokens(place.source()), &source) {
                    let bytes = source[range.start].bytes.start..source[range.end - 1].bytes.end;
                    places.extend(self.snapshot.place(hit, bytes, span.clone())?);
                }
            }
            check.reports = reports(same, places.iter().chain([&place]));
        }
        // The place whose edits are given stays first unless the article is about another.
        let mine = self.rank(&place);
        let before = places.iter().filter(|other| self.rank(other) < mine).count();
        places.sort_by_cached_key(|place| (self.rank(place), !place.role.is_body()));
        places.insert(before, place);
        for edit in &mut check.edits {
            edit.place = before;
        }
        check.reports = check.reports.max(1);
        check.total = places.len() as u64;
        places.truncate(self.options.places.max(before + 1));
        check.places = places;
        Ok(())
    }

    /// The candidate that aligns best; of equals the first that was found. Within one report if it is named.
    pub(super) fn best(
        &mut self,
        text: &str,
        tokens: &[Token],
        report: Option<&str>,
    ) -> Result<Option<Aligned>> {
        let plain = tokens.iter().all(Token::is_word);
        let side_by_side = if plain { self.phrase(&text[span(tokens)], report)? } else { None };
        let found = match side_by_side {
            Some(found) => found,
            None => {
                let Some(query) = self.candidates(tokens) else { return Ok(None) };
                self.top(within(query, report), CANDIDATES, Sort::Relevance)?
            }
        };
        let mut best: Option<Aligned> = None;
        for hit in found.hits.into_iter().take(CANDIDATES) {
            let source = source_tokens(&hit.text);
            // What cannot be better than the best need not be aligned.
            if best.as_ref().is_some_and(|best| self.at_most(tokens, &source) <= best.score) {
                continue;
            }
            let aligned = self.align(tokens, hit, source);
            if best.as_ref().is_none_or(|best| aligned.score > best.score) {
                best = Some(aligned);
            }
        }
        Ok(best)
    }

    /// What an alignment scores at most: every word that the source has in whatever order, and half of each other, as if
    /// it had a form of it.
    fn at_most(&mut self, tokens: &[Token], source: &[Token]) -> i32 {
        let there: HashSet<&str> = source.iter().map(|token| token.text.as_str()).collect();
        let worth = |token: &Token| {
            let worth = self.vocabulary.worth(token);
            if there.contains(token.text.as_str()) { worth } else { worth / 2 }
        };
        tokens.iter().map(worth).sum()
    }

    pub(super) fn align(&mut self, tokens: &[Token], hit: Hit, mut source: Vec<Token>) -> Aligned {
        if source.len() > STRETCH + 2 * tokens.len() {
            source = stretch(source, &hit.matches, STRETCH + 2 * tokens.len());
        }
        let foreign: Vec<bool> = tokens.iter().map(|token| self.vocabulary.foreign(token)).collect();
        let items: Vec<Item> = tokens
            .iter()
            .map(|token| match token.kind {
                TokenKind::Ellipsis => Item::Ellipsis,
                TokenKind::Bracket => Item::Bracket,
                _ => Item::Word { worth: self.vocabulary.worth(token) },
            })
            .collect();
        let forms = &mut self.forms;
        let likeness =
            |quoted: usize, at: usize| forms.likeness(&tokens[quoted], foreign[quoted], &source[at]);
        let mut found = align(&items, source.len(), likeness);
        keep_to_the_sentence(&mut found.steps, tokens, &source);
        Aligned { hit, steps: found.steps, score: found.score, tokens: source }
    }

    pub(super) fn compare(
        &mut self,
        quoted: &str,
        quoted_tokens: &[Token],
        source: &str,
        source_tokens: &[Token],
        steps: &[Step],
    ) -> Comparison {
        let pair = Pair { quoted, quoted_tokens, source, source_tokens };
        compare(pair, steps, &mut self.forms, &mut self.vocabulary)
    }
}

/// A word that ends the quotation where the source has none left in its sentence was added, and stands for none of the
/// next sentence; so with one at the beginning.
fn keep_to_the_sentence(steps: &mut [Step], quoted: &[Token], source: &[Token]) {
    let begins = |tokens: &[Token], at: usize| tokens.get(at).is_none_or(|token| token.begins);
    if let Some(step) = steps.last_mut()
        && let Step::Other { quoted: at, source: there } = *step
        && begins(source, there)
        && !begins(quoted, at)
    {
        *step = Step::Added { quoted: at };
    }
    if let Some(step) = steps.first_mut()
        && let Step::Other { quoted: at, source: there } = *step
        && begins(source, there + 1)
        && !begins(quoted, at + 1)
    {
        *step = Step::Added { quoted: at };
    }
}

/// From the first to the last word.
pub(super) fn span(tokens: &[Token]) -> Range<usize> {
    match (tokens.first(), tokens.last()) {
        (Some(first), Some(last)) => first.bytes.start..last.bytes.end,
        _ => 0..0,
    }
}

/// The negation that opens a sentence of which the rest is quoted as if it were the whole: to its end, or from a
/// capital that the source does not have. `[No] child was seen.`, `[Not] Enough children are seen, …`. What is quoted
/// as a part, `evidence of impact`, is left to its reader.
fn beheaded(
    text: &str,
    source: &[Token],
    range: Range<usize>,
    at: usize,
    capital: bool,
) -> Option<Difference> {
    let before = source.get(range.start.checked_sub(1)?)?;
    let first = source.get(range.start)?;
    let opens = before.begins && before.kind == TokenKind::Negation;
    let ends = source.get(range.end).is_none_or(|next| next.begins);
    let made_to_open =
        capital && text.get(first.bytes.clone()).is_some_and(|word| !word.starts_with(char::is_uppercase));
    let (kind, quoted, source) = (super::EditKind::NegationLost, at..at, before.bytes.clone());
    (opens && (ends || made_to_open)).then_some(Difference { kind, quoted, source })
}

/// In how many reports what was searched for stands: those in which a place was seen, and those that were not looked
/// at. A search of a long quotation is one for its first words, which may stand where the rest does not.
fn reports<'p>(found: &Hits, places: impl Iterator<Item = &'p Place>) -> u64 {
    let seen: HashSet<&str> = places.map(|place| place.citation.path.as_str()).collect();
    let looked_at: HashSet<&str> = found.hits.iter().map(|hit| hit.citation.path.as_str()).collect();
    let without = looked_at.iter().filter(|path| !seen.contains(*path)).count() as u64;
    found.counts.reports.saturating_sub(without).max(seen.len() as u64)
}

/// Where the words of a quotation stand side by side among others.
fn runs(quoted: &[Token], source: &[Token]) -> Vec<Range<usize>> {
    let same = |at: usize| {
        let there = source.get(at..at + quoted.len());
        there.is_some_and(|there| there.iter().zip(quoted).all(|(left, right)| left.text == right.text))
    };
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in 0..source.len() {
        if runs.last().is_none_or(|last| last.end <= at) && same(at) {
            runs.push(at..at + quoted.len());
        }
    }
    runs
}

/// The stretch of a long paragraph that holds most of what was found in it.
fn stretch(source: Vec<Token>, matches: &[Range<usize>], most: usize) -> Vec<Token> {
    let places: Vec<usize> =
        matches.iter().map(|found| source.partition_point(|token| token.bytes.end <= found.start)).collect();
    let mut best = (0, 0);
    let mut last = 0;
    for (first, &start) in places.iter().enumerate() {
        last = last.max(first);
        while places.get(last).is_some_and(|&place| place < start + most / 2) {
            last += 1;
        }
        best = best.max((last - first, start));
    }
    let start = best.1.saturating_sub(most / 4);
    let end = (start + most).min(source.len());
    source.into_iter().skip(start).take(end - start).collect()
}

/// Differences as edits, the gravest first; equals in the order of the quotation.
pub(super) fn edits(text: &str, source: &str, differences: Vec<Difference>, place: usize) -> Vec<Edit> {
    let mut edits: Vec<Edit> = differences
        .into_iter()
        .map(|found| Edit {
            kind: found.kind,
            place,
            quoted_text: text.get(found.quoted.clone()).unwrap_or_default().to_owned(),
            quoted: found.quoted,
            source_text: source.get(found.source.clone()).unwrap_or_default().to_owned(),
            source: found.source,
        })
        .collect();
    edits.sort_by_key(|edit| (edit.kind, edit.quoted.start));
    edits
}

pub(super) fn verdict(edits: &[Edit]) -> Verdict {
    if edits.is_empty() {
        Verdict::Exact
    } else if edits.iter().all(|edit| edit.kind.is_folded()) {
        Verdict::ExactAfterFolding
    } else {
        Verdict::Altered
    }
}
