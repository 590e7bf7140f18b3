//! Finds the source of a quotation and judges how it was changed.

use std::collections::HashSet;
use std::ops::Range;

use quotable_index::{Hits, Result, Snapshot};

use crate::align::Step;
use crate::aligner::{Aligner, edits, span};
use crate::compare::Difference;
use crate::corpus::Corpus;
use crate::edit::{Edit, EditKind};
use crate::options::CheckOptions;
use crate::place::Place;
use crate::splice;
use crate::token::{Token, TokenKind, quoted_tokens, source_tokens};
use crate::verdict::{ALTERED, BOILERPLATE, CUT, Check, FEWEST, LONGEST, Verdict};

/// At or above this similarity a quotation has a single source and is not tested for a splice: the words after a lost `not`
/// may well occur without it in another paragraph.
const SINGLE_SOURCE: f64 = 0.92;

/// Checks the text of a quotation against a snapshot.
pub(crate) fn check(snapshot: &Snapshot, options: &CheckOptions, text: &str) -> Result<Check> {
    let unread = snapshot.unread(options.within.as_deref()).len() as u64;
    let unfinished = snapshot.status().unfinished;
    let check = Checker { aligner: Aligner::new(Corpus::new(snapshot, options)) }.check(text)?;
    Ok(Check { complete: unread == 0 && !unfinished, unread, unfinished, ..check })
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

/// The state of one check.
struct Checker<'a> {
    aligner: Aligner<'a>,
}

impl Checker<'_> {
    fn check(&mut self, text: &str) -> Result<Check> {
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
            complete: true,
            unread: 0,
            unfinished: false,
        };
        if counted == 0 {
            return Ok(check);
        }
        if !self.find_verbatim(text, &tokens, &mut check)? {
            self.find_altered(text, &tokens, &mut check)?;
        }
        check.boilerplate = check.reports >= BOILERPLATE;
        self.aligner.corpus.vocabulary.finish()?;
        Ok(check)
    }

    /// Looks for the words of the quotation as a phrase; true if found.
    fn find_verbatim(&mut self, text: &str, tokens: &[Token], check: &mut Check) -> Result<bool> {
        if !tokens.iter().all(Token::is_word) {
            return Ok(false);
        }
        let span = span(tokens);
        let Some(found) = self.aligner.corpus.phrase(&text[span.clone()], None)? else { return Ok(false) };
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
                }
                if let Some(place) = self.aligner.corpus.place(hit, comparison.source, span.clone())? {
                    places.push((comparison.differences, place));
                }
            }
        }
        if places.is_empty() {
            return Ok(false);
        }
        // Order: the report that the article is about, body text, then the least kinds of difference.
        places.sort_by_cached_key(|(differences, place)| {
            (
                self.aligner.corpus.rank(place),
                !place.role.is_body(),
                differences.iter().map(|found| found.kind.is_folded()).collect::<Vec<_>>(),
            )
        });
        let fewest = places.iter().map(|(differences, _)| differences.len()).min().unwrap_or(0);
        let mut first = places.iter().position(|(differences, _)| differences.len() == fewest).unwrap_or(0);
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
        check.places = places.into_iter().take(most).map(|(_, place)| place).collect();
        Ok(true)
    }

    /// Aligns the quotation with candidate paragraphs, for a quotation that is not found as a phrase.
    fn find_altered(&mut self, text: &str, tokens: &[Token], check: &mut Check) -> Result<()> {
        let Some(best) = self.aligner.best(text, tokens, None)? else { return Ok(()) };
        let comparison = self.aligner.compare(text, tokens, &best.hit.text, &best.tokens, &best.steps);
        // A single cut has its own, lower threshold, and is never a splice.
        let least = if comparison.cut { CUT } else { ALTERED };
        let altered = comparison.similarity >= least && comparison.kept >= FEWEST;
        let cut = altered && comparison.cut;
        if comparison.similarity < SINGLE_SOURCE
            && !cut
            && splice::find_pieces(&mut self.aligner, text, tokens, &best, check)?
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

/// The negation that opens a sentence of the source, if the quotation drops it and presents the rest as a whole sentence:
/// quoted to its end, or with a capital that the source lacks. `[No] child was seen.`, `[Not] Enough children are seen, …`.
/// A fragment such as `evidence of impact` is no claim about its sentence and passes.
///
/// `range` is the quoted tokens of `source`, `at` the place of the difference in the quotation, `capital` true if the
/// quotation begins with a capital.
fn dropped_leading_negation(
    text: &str,
    source: &[Token],
    range: Range<usize>,
    at: usize,
    capital: bool,
) -> Option<Difference> {
    let before = source.get(range.start.checked_sub(1)?)?;
    let first = source.get(range.start)?;
    let opens = before.opens_sentence && before.kind == TokenKind::Negation;
    let ends = source.get(range.end).is_none_or(|next| next.opens_sentence);
    let recapitalised =
        capital && text.get(first.bytes.clone()).is_some_and(|word| !word.starts_with(char::is_uppercase));
    let (kind, quoted, source) = (EditKind::NegationLost, at..at, before.bytes.clone());
    (opens && (ends || recapitalised)).then_some(Difference { kind, quoted, source })
}

/// The number of reports with the quotation. Of the reports of `found`, those whose hits were compared and gave no place do
/// not count: the phrase of a long quotation covers only part of it, and the rest may differ there.
fn reports<'p>(found: &Hits, places: impl Iterator<Item = &'p Place>) -> u64 {
    let seen: HashSet<&str> = places.map(|place| place.citation.path.as_str()).collect();
    let looked_at: HashSet<&str> = found.hits.iter().map(|hit| hit.citation.path.as_str()).collect();
    let without = looked_at.iter().filter(|path| !seen.contains(*path)).count() as u64;
    found.counts.reports.saturating_sub(without).max(seen.len() as u64)
}

/// The token ranges of `source` that equal `quoted`, in order and without overlap.
fn occurrences(quoted: &[Token], source: &[Token]) -> Vec<Range<usize>> {
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

/// The verdict on a quotation that was found with these edits.
fn verdict(edits: &[Edit]) -> Verdict {
    if edits.is_empty() {
        Verdict::Exact
    } else if edits.iter().all(|edit| edit.kind.is_folded()) {
        Verdict::ExactAfterFolding
    } else {
        Verdict::Altered
    }
}
