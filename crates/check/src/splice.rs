//! Quotations made of pieces of several paragraphs.

use std::ops::Range;

use quotable_index::Result;

use crate::align::Step;
use crate::aligner::{Aligned, Aligner, edits, span};
use crate::compare::Knowledge as _;
use crate::edit::{Edit, EditKind};
use crate::place::Place;
use crate::token::{Token, TokenKind, source_tokens};
use crate::verdict::{Check, FEWEST, Verdict};

/// How many pieces a quotation is taken apart into at most.
const PIECES: usize = 8;
/// How similar a piece must be to its source.
const ALIKE: f64 = 0.85;
/// How many words a piece has at least: fewer are found by chance.
const LEAST: usize = 6;
/// How much of the quotation the pieces must cover.
const COVERED: f64 = 0.8;

/// A piece of the quotation, by its tokens, and where it stands.
struct Piece {
    tokens: Range<usize>,
    place: Place,
    edits: Vec<Edit>,
}

/// Takes the quotation for pieces of several paragraphs; true if it is.
pub(crate) fn pieces(
    aligner: &mut Aligner<'_>,
    text: &str,
    tokens: &[Token],
    best: &Aligned,
    check: &mut Check,
) -> Result<bool> {
    let Some(core) = core_of(aligner, tokens, &best.steps) else { return Ok(false) };
    let rests = [0..core.start, core.end..tokens.len()];
    if rests.iter().all(|rest| words(tokens, rest) < LEAST) {
        return Ok(false);
    }
    let Some(first) = piece(aligner, text, tokens, core, best)? else { return Ok(false) };
    let report = first.place.citation.path.clone();
    let mut pieces = vec![first];
    for rest in rests {
        look_for_rest(aligner, text, tokens, rest, &report, &mut pieces)?;
    }
    if pieces.len() < 2 {
        return Ok(false);
    }
    pieces.sort_by_key(|piece| piece.tokens.start);
    let covered: usize = pieces.iter().map(|piece| words(tokens, &piece.tokens)).sum();
    let all = words(tokens, &(0..tokens.len()));
    if (covered as f64) < COVERED * all as f64 {
        return Ok(false);
    }
    join(text, tokens, pieces, covered as f64 / all as f64, check);
    Ok(true)
}

/// The stretch of the quotation that stands in the candidate: the tokens between the best start and end.
fn core_of(aligner: &mut Aligner<'_>, tokens: &[Token], steps: &[Step]) -> Option<Range<usize>> {
    // The stretch of steps with the greatest sum (Kadane): what is the same counts for it, all else against.
    let (mut sum, mut start) = (0_i32, 0);
    let mut best = (0_i32, 0..0);
    for (at, step) in steps.iter().enumerate() {
        sum += match step {
            Step::Same { quoted, .. } => aligner.corpus.vocabulary.worth(&tokens[*quoted]),
            Step::Like { quoted, .. } => aligner.corpus.vocabulary.worth(&tokens[*quoted]) / 2,
            Step::Other { .. } | Step::Added { .. } => -80,
            Step::Missing { .. } => -30,
            Step::Stands { source, .. } => -10 - i32::try_from(source.len()).unwrap_or(0).min(40),
        };
        if sum <= 0 {
            (sum, start) = (0, at + 1);
        } else if sum > best.0 {
            best = (sum, start..at + 1);
        }
    }
    let quoted = steps.get(best.1)?.iter().filter_map(|step| match step {
        Step::Same { quoted, .. } | Step::Like { quoted, .. } | Step::Other { quoted, .. } => Some(*quoted),
        Step::Added { quoted } | Step::Stands { quoted, .. } => Some(*quoted),
        Step::Missing { .. } => None,
    });
    let (mut first, mut last) = (None, None);
    for at in quoted {
        first.get_or_insert(at);
        last = Some(at);
    }
    Some(first?..last? + 1)
}

/// A stretch of the quotation as it stands in the candidate, if it is alike.
fn piece(
    aligner: &mut Aligner<'_>,
    text: &str,
    tokens: &[Token],
    range: Range<usize>,
    found: &Aligned,
) -> Result<Option<Piece>> {
    let part = &tokens[range.clone()];
    let source = source_tokens(&found.hit.text);
    let aligned = aligner.align(part, found.hit.clone(), source);
    let made = aligner.compare(text, part, &aligned.hit.text, &aligned.tokens, &aligned.steps);
    if made.similarity < ALIKE || made.kept < FEWEST {
        return Ok(None);
    }
    let place = aligner.corpus.place(&aligned.hit, made.source, span(part))?;
    Ok(place.map(|place| {
        let edits = edits(text, &place.text, made.differences, 0);
        Piece { tokens: range, place, edits }
    }))
}

/// Looks for what is left over, in the same report first.
fn look_for_rest(
    aligner: &mut Aligner<'_>,
    text: &str,
    tokens: &[Token],
    rest: Range<usize>,
    report: &str,
    pieces: &mut Vec<Piece>,
) -> Result<()> {
    let rest = trim(tokens, rest);
    if words(tokens, &rest) < LEAST || pieces.len() >= PIECES {
        return Ok(());
    }
    let mut best: Option<(Range<usize>, Aligned)> = None;
    for within in [Some(report), None] {
        let Some(found) = aligner.best(text, &tokens[rest.clone()], within)? else { continue };
        let Some(core) = core_of(aligner, &tokens[rest.clone()], &found.steps) else { continue };
        let core = core.start + rest.start..core.end + rest.start;
        // Of equals the one in the same report.
        if best.as_ref().is_none_or(|(best, _)| best.len() < core.len()) {
            best = Some((core, found));
        }
    }
    let Some((core, found)) = best else { return Ok(()) };
    if words(tokens, &core) < LEAST {
        return Ok(());
    }
    let Some(piece) = piece(aligner, text, tokens, core.clone(), &found)? else { return Ok(()) };
    pieces.push(piece);
    look_for_rest(aligner, text, tokens, rest.start..core.start, report, pieces)?;
    look_for_rest(aligner, text, tokens, core.end..rest.end, report, pieces)
}

/// Says of a quotation what its pieces say.
fn join(text: &str, tokens: &[Token], pieces: Vec<Piece>, similarity: f64, check: &mut Check) {
    let broken = is_broken(tokens, &pieces);
    let mut last: Option<Range<usize>> = None;
    for piece in pieces {
        let same = check
            .places
            .last()
            .is_some_and(|last| last.id == piece.place.id && last.bytes.end <= piece.place.bytes.start);
        let number = check.places.len() - usize::from(same);
        for mut edit in piece.edits {
            edit.place = number;
            check.edits.push(edit);
        }
        let from = last.as_ref().map_or(0, |last| last.end);
        let between = trim(tokens, from..piece.tokens.start);
        if words(tokens, &between) > 0 {
            check.edits.push(edit_of(text, &tokens[between], EditKind::Added, number));
        }
        if same && let Some(before) = check.places.last_mut() {
            // Further on in the same paragraph: what stands between was left out.
            let source = before.bytes.end..piece.place.bytes.start;
            before.bytes.end = piece.place.bytes.end;
            before.quoted.end = piece.place.quoted.end;
            let at = piece.place.quoted.start;
            check.edits.push(missing(&before.text, source, at, number));
        } else {
            if last.is_some() && !broken {
                let first = &tokens[piece.tokens.start..][..1];
                check.edits.push(edit_of(text, first, EditKind::Splice, number));
            }
            check.places.push(piece.place);
        }
        last = Some(piece.tokens.clone());
    }
    let behind = trim(tokens, last.map_or(0, |last| last.end)..tokens.len());
    if words(tokens, &behind) > 0 {
        let number = check.places.len().saturating_sub(1);
        check.edits.push(edit_of(text, &tokens[behind], EditKind::Added, number));
    }
    check.edits.sort_by_key(|edit| (edit.kind, edit.quoted.start));
    check.verdict = match check.places.len() {
        _ if broken => Verdict::ExactAfterFolding,
        1 => Verdict::Altered,
        _ => Verdict::Spliced,
    };
    check.similarity = similarity;
    check.total = check.places.len() as u64;
    let mut paths: Vec<&str> = check.places.iter().map(|place| place.citation.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    check.reports = paths.len() as u64;
}

/// What was left out between two pieces of one paragraph.
fn missing(text: &str, source: Range<usize>, at: usize, place: usize) -> Edit {
    let cut = text.get(source.clone()).unwrap_or_default();
    let denies = super::token::source_tokens(cut).iter().any(|token| token.kind == TokenKind::Negation);
    let kind = if denies { EditKind::NegationLost } else { EditKind::Missing };
    let source_text = cut.trim().to_owned();
    Edit { kind, place, quoted: at..at, quoted_text: String::new(), source, source_text }
}

/// True if the pieces are one sentence that a reader of the file broke into paragraphs: the one ends where its
/// paragraph ends, without a stop, and the next begins where the next paragraph begins.
fn is_broken(tokens: &[Token], pieces: &[Piece]) -> bool {
    let whole = pieces.iter().all(|piece| piece.edits.iter().all(|edit| edit.kind.is_folded()));
    let covered: usize = pieces.iter().map(|piece| piece.tokens.len()).sum();
    let joined = pieces.windows(2).all(|pair| {
        let [before, after] = pair else { return false };
        let (left, right) = (&before.place, &after.place);
        let next = left.id.ordinal().map(|ordinal| ordinal + 1) == right.id.ordinal();
        let tail = left.text.get(left.bytes.end..).unwrap_or_default();
        let head = right.text.get(..right.bytes.start).unwrap_or_default();
        let bare = |text: &str| !text.contains(char::is_alphanumeric);
        let stops = tail.contains(['.', '!', '?', ':', ';']);
        left.id.report() == right.id.report() && next && bare(tail) && bare(head) && !stops
    });
    whole && covered == tokens.len() && joined
}

fn edit_of(text: &str, tokens: &[Token], kind: EditKind, place: usize) -> Edit {
    let quoted = span(tokens);
    let quoted_text = text.get(quoted.clone()).unwrap_or_default().to_owned();
    Edit { kind, place, quoted, quoted_text, source: 0..0, source_text: String::new() }
}

/// Without ellipses at either end.
fn trim(tokens: &[Token], range: Range<usize>) -> Range<usize> {
    let Range { mut start, mut end } = range;
    let cut = |at: usize| tokens.get(at).is_some_and(|token| !token.is_word());
    while start < end && cut(start) {
        start += 1;
    }
    while start < end && cut(end - 1) {
        end -= 1;
    }
    start..end.max(start)
}

fn words(tokens: &[Token], range: &Range<usize>) -> usize {
    let tokens = tokens.get(range.clone()).unwrap_or_default();
    tokens.iter().filter(|token| token.is_word()).count()
}
