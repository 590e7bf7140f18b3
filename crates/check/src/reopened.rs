//! Quotations that the press opens again at a new paragraph, from consecutive paragraphs of a report.

use std::ops::Range;

use quotable_index::{Hit, Result};

use crate::align::Step;
use crate::aligner::{Aligner, edits, span};
use crate::compare::Difference;
use crate::edit::EditKind;
use crate::place::Place;
use crate::token::{Token, source_tokens};
use crate::verbatim::{dropped_leading_negation, occurrences, verdict};
use crate::verdict::{ALTERED, Check, FEWEST};

/// The most paragraphs with the longest part that are looked at.
const MOST_TRIED: usize = 12;
/// The most parts of a quotation; one with more is checked as a whole.
const MOST_PARTS: usize = 24;
/// Paragraphs, headings and notes included, between two parts.
const MOST_APART: u32 = 4;

/// A part of a quotation in a paragraph of a report.
struct Found {
    hit: Hit,
    /// The tokens of the paragraph.
    source: Vec<Token>,
    /// Those that are quoted.
    range: Range<usize>,
    /// How the part agrees with them, if not word for word.
    steps: Option<Vec<Step>>,
}

/// Looks for the parts of a quotation in one paragraph of a report after another, the longest word for word: where the
/// article has a new paragraph, the report may have one too, and what stands between is left out openly. Fills in `check`
/// and returns true if it finds them.
pub(crate) fn find(
    aligner: &mut Aligner<'_>,
    text: &str,
    tokens: &[Token],
    breaks: &[usize],
    check: &mut Check,
) -> Result<bool> {
    let parts = parts(tokens, breaks);
    if parts.len() < 2 || parts.len() > MOST_PARTS || !tokens.iter().all(Token::is_word) {
        return Ok(false);
    }
    let Some(longest) = (0..parts.len()).max_by_key(|&at| parts[at].len()) else { return Ok(false) };
    let Some(found) = aligner.corpus.phrase(&text[span(&tokens[parts[longest].clone()])], None)? else {
        return Ok(false);
    };
    let mut hits = found.hits;
    hits.sort_by_key(|hit| aligner.corpus.rank_of(&hit.citation.path));
    hits.retain(|hit| !aligner.corpus.is_younger(&hit.citation.path));
    for hit in hits.into_iter().take(MOST_TRIED) {
        let reach = u32::try_from(parts.len()).unwrap_or(0).saturating_mul(MOST_APART);
        let around = aligner.corpus.around(&hit.id, reach)?;
        let Some(at) = around.iter().position(|near| near.id == hit.id) else { continue };
        let source = source_tokens(&hit.text);
        for range in occurrences(&tokens[parts[longest].clone()], &source) {
            let middle = Found { hit: hit.clone(), source: source.clone(), range, steps: None };
            let whole = Whole { text, tokens, parts: &parts };
            let Some(all) = extend(aligner, whole, longest, middle, &around, at) else { continue };
            return fill(aligner, text, tokens, &parts, all, check);
        }
    }
    Ok(false)
}

/// The token ranges between the breaks, without empty ones.
fn parts(tokens: &[Token], breaks: &[usize]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for at in breaks.iter().copied().chain([usize::MAX]) {
        let end = tokens.partition_point(|token| token.bytes.start < at);
        if end > start {
            parts.push(start..end);
            start = end;
        }
    }
    parts
}

/// A quotation and its parts, as ranges of its tokens.
#[derive(Clone, Copy)]
struct Whole<'q> {
    text: &'q str,
    tokens: &'q [Token],
    parts: &'q [Range<usize>],
}

/// All parts, if those behind and before one that was found follow it: each directly behind the last in its paragraph, or
/// in the next paragraph of running text.
fn extend(
    aligner: &mut Aligner<'_>,
    whole: Whole<'_>,
    first: usize,
    middle: Found,
    around: &[Hit],
    at: usize,
) -> Option<Vec<Found>> {
    let Whole { text, tokens, parts } = whole;
    let is_text = |hit: &Hit| hit.role.is_body() && hit.role != quotable_report::Role::Heading;
    let mut all = vec![middle];
    let mut paragraph = at;
    for part in &parts[first + 1..] {
        let quoted = &tokens[part.clone()];
        let last = all.last()?;
        let directly = last.range.end..last.range.end + quoted.len();
        if same(quoted, &last.source, directly.clone()) {
            let (hit, source) = (last.hit.clone(), last.source.clone());
            all.push(Found { hit, source, range: directly, steps: None });
            continue;
        }
        paragraph += 1 + around.get(paragraph + 1..)?.iter().position(is_text)?;
        all.push(part_in(aligner, text, quoted, around.get(paragraph)?, false)?);
    }
    paragraph = at;
    for part in parts[..first].iter().rev() {
        let quoted = &tokens[part.clone()];
        let next = all.first()?;
        if let Some(start) = next.range.start.checked_sub(quoted.len())
            && same(quoted, &next.source, start..next.range.start)
        {
            let (hit, source) = (next.hit.clone(), next.source.clone());
            all.insert(0, Found { hit, source, range: start..next.range.start, steps: None });
            continue;
        }
        paragraph = around.get(..paragraph)?.iter().rposition(is_text)?;
        all.insert(0, part_in(aligner, text, quoted, around.get(paragraph)?, true)?);
    }
    Some(all)
}

/// A part in a paragraph: word for word, the first time or the last, or else with changes.
fn part_in(aligner: &mut Aligner<'_>, text: &str, quoted: &[Token], hit: &Hit, last: bool) -> Option<Found> {
    let source = source_tokens(&hit.text);
    let mut ranges = occurrences(quoted, &source).into_iter();
    let range = if last { ranges.next_back() } else { ranges.next() };
    if let Some(range) = range {
        return Some(Found { hit: hit.clone(), source, range, steps: None });
    }
    let aligned = aligner.align(quoted, hit.clone(), source);
    let compared = aligner.compare(text, quoted, &hit.text, &aligned.tokens, &aligned.steps);
    let alike = compared.similarity >= ALTERED && compared.kept >= FEWEST;
    alike.then_some(Found {
        hit: aligned.hit,
        source: aligned.tokens,
        range: 0..0,
        steps: Some(aligned.steps),
    })
}

fn same(quoted: &[Token], source: &[Token], range: Range<usize>) -> bool {
    source
        .get(range)
        .is_some_and(|there| there.iter().zip(quoted).all(|(left, right)| left.text == right.text))
}

/// Fills in `check`: the parts in one paragraph are one place, and all places together count as one.
fn fill(
    aligner: &mut Aligner<'_>,
    text: &str,
    tokens: &[Token],
    parts: &[Range<usize>],
    all: Vec<Found>,
    check: &mut Check,
) -> Result<bool> {
    let mut places: Vec<Place> = Vec::new();
    let mut found_edits = Vec::new();
    let mut similarity = 1.0_f64;
    // The text of the last paragraph with the tokens behind the quoted ones, and what is missing before the next.
    let mut tail: Option<(String, Vec<Token>)> = None;
    let mut head_missing = None;
    for (part, found) in parts.iter().zip(all) {
        let quoted = &tokens[part.clone()];
        let same = || {
            found.range.clone().enumerate().map(|(quoted, source)| Step::Same { quoted, source }).collect()
        };
        let verbatim = found.steps.is_none();
        let steps: Vec<Step> = found.steps.clone().unwrap_or_else(same);
        let mut comparison = aligner.compare(text, quoted, &found.hit.text, &found.source, &steps);
        let span = span(quoted);
        if verbatim && quoted.len() >= FEWEST {
            let capital = text[span.clone()].starts_with(char::is_uppercase);
            let lost = dropped_leading_negation(
                &found.hit.text,
                &found.source,
                found.range.clone(),
                span.start,
                capital,
            );
            comparison.differences.extend(lost);
        }
        let source = comparison.source.clone();
        similarity = similarity.min(comparison.similarity);
        let part_edits = comparison.differences;
        // What stands in the report between two parts, and the quotation leaves out.
        let quoted_bytes = |tokens: &[Token]| match (tokens.first(), tokens.last()) {
            (Some(first), Some(last)) => Some(first.bytes.start..last.bytes.end),
            _ => None,
        };
        let between = |bytes: Option<Range<usize>>, at: usize| {
            bytes.map(|source| Difference { kind: EditKind::Missing, quoted: at..at, source })
        };
        if let (Some((text_before, tail)), Some(place)) = (tail.take(), places.last())
            && place.id != found.hit.id
        {
            let head = if verbatim { found.source.get(..found.range.start) } else { None };
            let head = head.filter(|head| !head.is_empty());
            // Where one part ends with a sentence and the next begins a paragraph, the break of the article stands for what is
            // left out at the end of the paragraph before.
            let cut_short = tail.first().is_some_and(|next| !next.opens_sentence);
            if head.is_some() || cut_short {
                let missing = between(quoted_bytes(&tail), place.quoted.end);
                found_edits.extend(edits(
                    text,
                    &text_before,
                    missing.into_iter().collect(),
                    places.len() - 1,
                ));
                head_missing = between(head.and_then(quoted_bytes), span.start);
            }
        }
        if verbatim {
            tail = Some((
                found.hit.text.clone(),
                found.source.get(found.range.end..).unwrap_or_default().to_vec(),
            ));
        }
        match places.last_mut().filter(|last| last.id == found.hit.id) {
            Some(last) => {
                last.bytes.end = source.end;
                last.quoted.end = span.end;
            }
            None => {
                let Some(place) = aligner.corpus.place(&found.hit, source, span)? else { return Ok(false) };
                places.push(place);
            }
        }
        let differences = part_edits.into_iter().chain(head_missing.take()).collect();
        found_edits.extend(edits(text, &found.hit.text, differences, places.len() - 1));
    }
    found_edits.sort_by_key(|edit| (edit.kind, edit.quoted.start));
    check.verdict = verdict(&found_edits);
    check.edits = found_edits;
    check.similarity = similarity;
    check.consecutive = places.len() > 1;
    check.places = places;
    (check.total, check.reports) = (1, 1);
    Ok(true)
}
