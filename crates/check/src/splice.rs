//! Quotations pieced together from several paragraphs.

use std::ops::Range;

use quotable_index::Result;

use crate::align::Step;
use crate::aligner::{Aligned, Aligner, edits, span};
use crate::compare::WordInfo as _;
use crate::edit::{Edit, EditKind};
use crate::place::Place;
use crate::token::{Token, TokenKind, source_tokens};
use crate::verbatim::verdict;
use crate::verdict::{Check, FEWEST, Verdict};

/// The most pieces of a quotation.
const MAX_PIECES: usize = 8;
/// The least similarity of a piece to its source.
const MIN_SIMILARITY: f64 = 0.85;
/// The fewest words of a piece: fewer are found by chance.
const MIN_WORDS: usize = 6;
/// The least share of the words that the pieces must cover together.
const MIN_COVERAGE: f64 = 0.8;

/// A piece of the quotation with its source.
struct Piece {
    /// Indexes into the tokens of the quotation.
    tokens: Range<usize>,
    place: Place,
    edits: Vec<Edit>,
}

/// Tries to explain the quotation as pieces of several paragraphs; if it succeeds, fills in `check` and returns true.
///
/// The first piece is the part of the quotation that agrees best with `best`, the best candidate. Pieces for the words
/// before and after it are searched recursively.
pub(crate) fn find_pieces(
    aligner: &mut Aligner<'_>,
    text: &str,
    tokens: &[Token],
    breaks: &[usize],
    best: &Aligned,
    check: &mut Check,
) -> Result<bool> {
    let Some(core) = best_core(aligner, tokens, &best.steps) else { return Ok(false) };
    let rests = [0..core.start, core.end..tokens.len()];
    if rests.iter().all(|rest| words(tokens, rest) < MIN_WORDS) {
        return Ok(false);
    }
    let Some(first) = check_piece(aligner, text, tokens, core, best)? else { return Ok(false) };
    let report = first.place.citation.path.clone();
    let mut pieces = vec![first];
    for rest in rests {
        add_pieces(aligner, text, tokens, rest, &report, &mut pieces)?;
    }
    if pieces.len() < 2 {
        return Ok(false);
    }
    pieces.sort_by_key(|piece| piece.tokens.start);
    let covered: usize = pieces.iter().map(|piece| words(tokens, &piece.tokens)).sum();
    let all = words(tokens, &(0..tokens.len()));
    if (covered as f64) < MIN_COVERAGE * all as f64 {
        return Ok(false);
    }
    let mut follow = Vec::with_capacity(pieces.len());
    for pair in pieces.windows(2) {
        let [before, after] = pair else { continue };
        follow.push(follows(aligner, text, breaks, before, after)?);
    }
    fill_check(text, tokens, pieces, &follow, covered as f64 / all as f64, check);
    Ok(true)
}

/// The quoted tokens that agree best with a candidate: those of the run of steps with the greatest sum of scores.
fn best_core(aligner: &mut Aligner<'_>, tokens: &[Token], steps: &[Step]) -> Option<Range<usize>> {
    // Maximum subarray by Kadane's algorithm: equal words and forms score, everything else costs.
    let (mut sum, mut start) = (0_i32, 0);
    let mut best = (0_i32, 0..0);
    for (at, step) in steps.iter().enumerate() {
        sum += match step {
            Step::Same { quoted, .. } => aligner.corpus.vocabulary.weight(&tokens[*quoted]),
            Step::Form { quoted, .. } => aligner.corpus.vocabulary.weight(&tokens[*quoted]) / 2,
            Step::Replaced { .. } | Step::Added { .. } => -80,
            Step::Missing { .. } => -30,
            Step::Placeholder { source, .. } => -10 - i32::try_from(source.len()).unwrap_or(0).min(40),
        };
        if sum <= 0 {
            (sum, start) = (0, at + 1);
        } else if sum > best.0 {
            best = (sum, start..at + 1);
        }
    }
    let quoted = steps.get(best.1)?.iter().filter_map(|step| match step {
        Step::Same { quoted, .. } | Step::Form { quoted, .. } | Step::Replaced { quoted, .. } => {
            Some(*quoted)
        }
        Step::Added { quoted } | Step::Placeholder { quoted, .. } => Some(*quoted),
        Step::Missing { .. } => None,
    });
    let (mut first, mut last) = (None, None);
    for at in quoted {
        first.get_or_insert(at);
        last = Some(at);
    }
    Some(first?..last? + 1)
}

/// Aligns the tokens in `range` with the paragraph of `found`; `None` if they are not similar enough for a piece.
fn check_piece(
    aligner: &mut Aligner<'_>,
    text: &str,
    tokens: &[Token],
    range: Range<usize>,
    found: &Aligned,
) -> Result<Option<Piece>> {
    let part = &tokens[range.clone()];
    let source = source_tokens(&found.hit.text);
    let aligned = aligner.align(part, found.hit.clone(), source);
    let comparison = aligner.compare(text, part, &aligned.hit.text, &aligned.tokens, &aligned.steps);
    if comparison.similarity < MIN_SIMILARITY || comparison.kept < FEWEST {
        return Ok(None);
    }
    let place = aligner.corpus.place(&aligned.hit, comparison.source, span(part))?;
    Ok(place.map(|place| {
        let edits = edits(text, &place.text, comparison.differences, 0);
        Piece { tokens: range, place, edits }
    }))
}

/// Searches for the tokens in `rest` and adds the pieces found, with those of what is then left on either side.
fn add_pieces(
    aligner: &mut Aligner<'_>,
    text: &str,
    tokens: &[Token],
    rest: Range<usize>,
    report: &str,
    pieces: &mut Vec<Piece>,
) -> Result<()> {
    let rest = trim(tokens, rest);
    if words(tokens, &rest) < MIN_WORDS || pieces.len() >= MAX_PIECES {
        return Ok(());
    }
    let mut best: Option<(Range<usize>, Aligned)> = None;
    for within in [Some(report), None] {
        let Some(found) = aligner.best(text, &tokens[rest.clone()], within)? else { continue };
        let Some(core) = best_core(aligner, &tokens[rest.clone()], &found.steps) else { continue };
        let core = core.start + rest.start..core.end + rest.start;
        // On a tie, keep the piece of the same report.
        if best.as_ref().is_none_or(|(best, _)| best.len() < core.len()) {
            best = Some((core, found));
        }
    }
    let Some((core, found)) = best else { return Ok(()) };
    if words(tokens, &core) < MIN_WORDS {
        return Ok(());
    }
    let Some(piece) = check_piece(aligner, text, tokens, core.clone(), &found)? else { return Ok(()) };
    pieces.push(piece);
    add_pieces(aligner, text, tokens, rest.start..core.start, report, pieces)?;
    add_pieces(aligner, text, tokens, core.end..rest.end, report, pieces)
}

/// True if a piece is of the paragraph of running text behind that of the piece before, and either both touch or the
/// article has a new paragraph between them, so that nothing is left out in silence.
fn follows(
    aligner: &Aligner<'_>,
    text: &str,
    breaks: &[usize],
    before: &Piece,
    after: &Piece,
) -> Result<bool> {
    let (left, right) = (&before.place, &after.place);
    if left.id.report() != right.id.report() || left.id.ordinal() >= right.id.ordinal() {
        return Ok(false);
    }
    let gap = left.quoted.end..right.quoted.start.max(left.quoted.end);
    let between = text.get(gap.clone()).unwrap_or_default();
    let opened = breaks.iter().any(|at| (gap.start..=gap.end).contains(at));
    let tail = left.text.get(left.bytes.end..).unwrap_or_default();
    let head = right.text.get(..right.bytes.start).unwrap_or_default();
    let bare = |text: &str| !text.contains(char::is_alphanumeric);
    let touch = bare(tail) && bare(head);
    // A full stop that the quotation takes away joins two sentences to one that nobody wrote.
    let kept =
        tail.chars().filter(|letter| matches!(letter, '.' | '!' | '?')).all(|stop| between.contains(stop));
    if !bare(between) || !(opened || (touch && kept)) {
        return Ok(false);
    }
    Ok(aligner.corpus.body_between(&left.id, &right.id)? == Some(2))
}

/// Fills in `check` from the pieces, sorted by place in the quotation. `follow` says of each piece but the first whether it
/// is of the paragraph behind that of the one before.
fn fill_check(
    text: &str,
    tokens: &[Token],
    pieces: Vec<Piece>,
    follow: &[bool],
    similarity: f64,
    check: &mut Check,
) {
    let broken = is_broken(tokens, &pieces);
    let consecutive = !broken && !follow.is_empty() && follow.iter().all(|follows| *follows);
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
            // Later in the same paragraph: extend the place, and report the words between as left out.
            let source = before.bytes.end..piece.place.bytes.start;
            before.bytes.end = piece.place.bytes.end;
            before.quoted.end = piece.place.quoted.end;
            let at = piece.place.quoted.start;
            check.edits.push(missing(&before.text, source, at, number));
        } else {
            if last.is_some() && !broken && !consecutive {
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
        _ if consecutive => verdict(&check.edits),
        1 => Verdict::Altered,
        _ => Verdict::Spliced,
    };
    check.similarity = similarity;
    check.consecutive = (broken || consecutive) && check.places.len() > 1;
    check.total = if check.consecutive { 1 } else { check.places.len() as u64 };
    let mut paths: Vec<&str> = check.places.iter().map(|place| place.citation.path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    check.reports = paths.len() as u64;
}

/// An edit for source text left out between two pieces of one paragraph; `at` is its place in the quotation.
fn missing(text: &str, source: Range<usize>, at: usize, place: usize) -> Edit {
    let cut = text.get(source.clone()).unwrap_or_default();
    let denies = source_tokens(cut).iter().any(|token| token.kind == TokenKind::Negation);
    let kind = if denies { EditKind::NegationLost } else { EditKind::Missing };
    let source_text = cut.trim().to_owned();
    Edit { kind, place, quoted: at..at, quoted_text: String::new(), source, source_text }
}

/// True if the pieces are one sentence that was wrongly broken into paragraphs when the file was read, for example at a
/// page break: each piece ends where its paragraph ends, without a full stop, and the next begins where the next begins.
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

/// An edit for tokens of the quotation that have no source.
fn edit_of(text: &str, tokens: &[Token], kind: EditKind, place: usize) -> Edit {
    let quoted = span(tokens);
    let quoted_text = text.get(quoted.clone()).unwrap_or_default().to_owned();
    Edit { kind, place, quoted, quoted_text, source: 0..0, source_text: String::new() }
}

/// `range` without placeholders at either end.
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

/// The number of words in `range`.
fn words(tokens: &[Token], range: &Range<usize>) -> usize {
    let tokens = tokens.get(range.clone()).unwrap_or_default();
    tokens.iter().filter(|token| token.is_word()).count()
}
